"""The host sandbox: what a student's process cannot do to the machine it runs on.

A freshly forked process calls `confine` on itself; Linux alone holds it from there on.
"""

from qlearn.grading.sandbox.confine import Policy, confine, layers
from qlearn.grading.sandbox.limits import Limits, explain_exit
from qlearn.grading.sandbox.protection import Layer, Layers, advice
from qlearn.grading.sandbox.refusals import explain_refusal

__all__ = [
    "Layer",
    "Layers",
    "Limits",
    "Policy",
    "advice",
    "confine",
    "explain_exit",
    "explain_refusal",
    "layers",
]
