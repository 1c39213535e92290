"""Widget: Alice, Bob and Eve, photon by photon.

On a page without a kernel the script draws fresh photons from the probabilities given here. With a kernel it can also
ask for a million photons of `qlearn.physics.qkd.bb84.simulate`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from qlearn.widgets.base import BookWidget, read_labels
from qlearn.widgets.bundle import bundle_script, bundle_style
from qlearn.widgets.photons import PhotonRecord, bb84_probabilities, draw_photons
from qlearn.widgets.traits import SEED, Between, WholeBetween

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["PhotonTimeline"]

_HERE = Path(__file__)
# the picture needs photons even where every reader's page draws its own
_PICTURE_SEED = 1984
_MOST_KERNEL_PULSES = 10_000_000


class PhotonTimeline(BookWidget):
    """BB84 with an eavesdropper on part of the photons and loss on the way.

    Parameters
    ----------
    intercepted_fraction : float
        Fraction of photons that Eve measures in a random basis and resends, 0 to 1.
    lost_fraction : float
        Fraction of photons that never reach Bob, 0 to 1.
    photons : int
        Photons already sent when the widget opens, 0 to 100 000.
    seed : int, optional
        0 to 2**32 - 1, for the same photons each time; without it every opening draws its own.

    Attributes
    ----------
    counts : dict
        What the reader's run has reached: sent, intercepted, arrived, kept, errors. The script keeps it up to date
        while a kernel is there.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> PhotonTimeline(intercepted_fraction=0.4, seed=7).intercepted_fraction
    0.4
    """

    _esm = bundle_script(_HERE.with_suffix(".js"))
    _css = bundle_style(_HERE.with_suffix(".css"))

    intercepted_fraction = Between(1.0, 0.0, 1.0).tag(sync=True)
    lost_fraction = Between(0.0, 0.0, 1.0).tag(sync=True)
    photons = WholeBetween(60, 0, 100_000).tag(sync=True)
    seed = WholeBetween(None, *SEED, allow_none=True).tag(sync=True)
    probabilities = traitlets.Dict().tag(sync=True)
    counts = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(labels=read_labels(_HERE), probabilities=bb84_probabilities(), **traits)

    def record(self) -> PhotonRecord:
        """The photons the widget opens with; with no seed set, those of its picture.

        Returns
        -------
        PhotonRecord
            One entry a photon.
        """
        return draw_photons(
            _PICTURE_SEED if self.seed is None else self.seed,
            self.photons,
            intercepted_fraction=self.intercepted_fraction,
            transmittance=1.0 - self.lost_fraction,
            probabilities=self.probabilities,
        )

    def summary(self) -> str:
        """One sentence on the run the picture shows."""
        record = self.record()
        kept, wrong = int(record.kept.sum()), int(record.wrong.sum())
        expected = self.intercepted_fraction * self.probabilities["full_interception_error_rate"]
        return (
            f"BB84 photon by photon: of {self.photons} photons Eve measured {int(record.intercepted.sum())}, "
            f"{int(record.arrived.sum())} reached Bob, {kept} were kept after sifting and {wrong} of these are wrong; "
            f"the expected error rate is {expected:.1%}."
        )

    def picture(self) -> Figure:
        """The last photons as a table, and the error rate as it settles."""
        from qlearn.widgets.photon_picture import draw_picture

        return draw_picture(self.record(), intercepted_fraction=self.intercepted_fraction)

    def heard(self, message: dict[str, Any]) -> None:
        """Answer the script with what a long run gives."""
        from qlearn.physics.qkd import bb84

        pulses = min(max(int(message.get("pulses", 1)), 1), _MOST_KERNEL_PULSES)
        intercepted, lost = float(message["intercepted_fraction"]), float(message["lost_fraction"])
        run = bb84.simulate(
            pulses,
            rng=np.random.default_rng(),
            transmittance=1.0 - lost,
            intercepted_fraction=intercepted,
            most_key_bits=0,
        )
        self.send(
            {
                "kind": "counts",
                "pulses": run.pulses,
                "intercepted": run.intercepted,
                "detected": run.detected,
                "sifted": run.sifted,
                "errors": run.errors,
                "error_rate": _or_none(run.error_rate),
                "error_rate_standard_error": _or_none(run.error_rate_standard_error),
                "expected_error_rate": float(bb84.intercept_resend_error_rate(intercepted)),
            }
        )


def _or_none(number: float) -> float | None:
    # JSON has no NaN, which a run without a kept bit gives
    return None if np.isnan(number) else number
