"""What a student may import in an exercise: comparisons that explain themselves.

Holds no answers, and needs numpy and qutip only, so that nothing of ours travels with it.
"""

from qlearn.check.chance import rule_out, within
from qlearn.check.comparisons import bits, choice, close, one_of, parts
from qlearn.check.console import show_warnings_as_text
from qlearn.check.failure import require
from qlearn.check.misconception import Fault, Misconception
from qlearn.check.partial import Parts
from qlearn.check.plain import array, fraction, number
from qlearn.check.states import same_state

__all__ = [
    "Fault",
    "Misconception",
    "Parts",
    "array",
    "bits",
    "choice",
    "close",
    "fraction",
    "number",
    "one_of",
    "parts",
    "require",
    "rule_out",
    "same_state",
    "show_warnings_as_text",
    "within",
]
