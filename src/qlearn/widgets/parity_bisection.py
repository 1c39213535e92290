"""Widget: two short keys that nearly agree, corrected by parities told aloud, and the secret key that is left.

The script draws the keys and plays Cascade step by step; `parity_runs` holds the same in Python. What is left after
privacy amplification comes from `qlearn.physics`, which a test compares with the script's closed form.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from qlearn.widgets.base import BookWidget, read_labels
from qlearn.widgets.bundle import bundle_script, bundle_style
from qlearn.widgets.parity_runs import ParityRun, draw_run
from qlearn.widgets.random_stream import seed_of_run
from qlearn.widgets.traits import SEED, Between, OneOf, WholeBetween

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["ParityBisection"]

_HERE = Path(__file__)
# the picture needs keys even where every reader's page draws its own
_PICTURE_SEED = 1993
_LENGTHS = (16, 32, 64, 128, 256)
_MOST_ERRORS = 0.2
_MOST_BLOCK = 64
_MOST_DIGITS = 10
_MOST_STEPS = 5000


class ParityBisection(BookWidget):
    """Cascade on a short key.

    Parameters
    ----------
    error_rate : float
        Chance that a bit of Bob's key differs from Alice's, 0 to 0.2.
    key_bits : int
        Length of the keys: 16, 32, 64, 128 or 256.
    block_bits : int
        Bits of a block in the first pass, 2 to 64; half of the key is the most that is used.
    failure_digits : int
        d, 1 to 10: the keys may differ, and may be less secret than they should be, with a chance of 10**-d each.
    errors_shown : bool
        Whether Alice's bits are shown, and so the errors, or only what Bob has.
    step : int or None
        How many steps have been done when the widget opens; None for those of the first pass.
    seed : int, optional
        0 to 2**32 - 1, for the same keys each time; without it every opening draws its own.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> ParityBisection(error_rate=0.0, key_bits=256, block_bits=64, failure_digits=3, step=5000).secret_bits()
    219
    """

    _esm = bundle_script(_HERE.with_suffix(".js"))
    _css = bundle_style(_HERE.with_suffix(".css"))

    error_rate = Between(0.05, 0.0, _MOST_ERRORS).tag(sync=True)
    key_bits = OneOf(128, _LENGTHS).tag(sync=True)
    block_bits = WholeBetween(16, 2, _MOST_BLOCK).tag(sync=True)
    failure_digits = WholeBetween(3, 1, _MOST_DIGITS).tag(sync=True)
    errors_shown = traitlets.Bool(True).tag(sync=True)
    step = WholeBetween(None, 0, _MOST_STEPS, allow_none=True).tag(sync=True)
    seed = WholeBetween(None, *SEED, allow_none=True).tag(sync=True)
    limits = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        limits = {"most_errors": _MOST_ERRORS, "most_block": _MOST_BLOCK, "most_digits": _MOST_DIGITS}
        super().__init__(labels=read_labels(_HERE), limits=limits, **traits)

    def run(self) -> ParityRun:
        """Keys and steps that the widget opens with; with no seed set, those of its picture.

        Returns
        -------
        ParityRun
            Keys, blocks and steps.
        """
        seed = seed_of_run(_PICTURE_SEED if self.seed is None else self.seed, 0)
        return draw_run(seed, bits=self.key_bits, error_rate=self.error_rate, block_bits=self.block_bits)

    def position(self, run: ParityRun) -> int:
        """How many of a run's steps have been done.

        Parameters
        ----------
        run : ParityRun
            As `run` gives it.

        Returns
        -------
        int
            0 to the number of its steps.
        """
        return run.end_of_first_pass() if self.step is None else int(min(self.step, len(run.steps)))

    def tag_bits(self) -> int:
        """Bits of the tag by which the keys are compared in the end."""
        digits: int = self.failure_digits
        return math.ceil(digits * math.log2(10.0))

    def secret_bits(self) -> int:
        """Secret bits that are left if the keys are equal at the widget's step.

        Returns
        -------
        int
            0 or more.
        """
        from qlearn.physics.qkd.privacy_amplification import secret_length

        run = self.run()
        told = run.after(self.position(run)).told + self.tag_bits()
        failure = 10.0**-self.failure_digits
        return secret_length(
            self.key_bits, phase_error_rate=self.error_rate, leaked_bits=told, failure_probability=failure
        )

    def summary(self) -> str:
        """One sentence on what the picture shows."""
        from qlearn.physics.qkd.error_correction import shannon_leakage

        run = self.run()
        position = self.position(run)
        state = run.after(position)
        limit = float(shannon_leakage(self.key_bits, self.error_rate))
        return (
            f"Parity bisection of a key of {self.key_bits} bits, step {position} of {len(run.steps)}: {state.told} bits"
            f" told, Shannon's limit is {limit:.1f}; {state.left} of {int(run.wrong.sum())} errors left, {state.hidden}"
            f" of them hidden behind parities that agree; if the keys are equal, {self.secret_bits()} bits are secret."
        )

    def picture(self) -> Figure:
        """The key in the blocks of the first pass, and the errors left against the bits told."""
        from qlearn.widgets.parity_picture import draw_picture

        return draw_picture(self)
