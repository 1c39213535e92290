"""The host sandbox: what a student's process cannot do to the machine it runs on.

A freshly forked process calls `confine` on itself; Linux alone holds it from there on.
"""

from qlearn.grading.sandbox.confine import Layer, Layers, Policy, confine, layers
from qlearn.grading.sandbox.limits import Limits, explain_exit

__all__ = ["Layer", "Layers", "Limits", "Policy", "confine", "explain_exit", "layers"]
