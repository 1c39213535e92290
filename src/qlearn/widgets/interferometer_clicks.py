"""The clicks of `views/interferometer_clicks.js` once more, in NumPy: a picture shows the run that the page opens with.

Photon `i` of a run owns number `i` of the run's stream. A test holds both languages to the same clicks, another holds
them to `qlearn.physics.interference`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.widgets.random_stream import uniform

__all__ = ["PHASES_DEG", "ClickRecord", "draw_clicks"]

PHASES_DEG = np.arange(0, 361, 15)


@dataclass(frozen=True, eq=False)
class ClickRecord:
    """What happened to each photon of a run.

    Attributes
    ----------
    settings, detectors : ndarray of int64
        Shape (photons,): number of the phase among `PHASES_DEG`, and the detector that clicked, 0 or 1.
    """

    settings: NDArray[np.int64]
    detectors: NDArray[np.int64]

    @property
    def counts(self) -> NDArray[np.int64]:
        """Counts as `qlearn.physics.interference.visibility_of_fringe` takes them, shape (phases, 2)."""
        kinds = 2 * self.settings + self.detectors
        return np.bincount(kinds, minlength=2 * PHASES_DEG.size).reshape(-1, 2)


def draw_clicks(seed: int, settings: ArrayLike, *, marker_deg: float) -> ClickRecord:
    """Draw a run, as the page's script does.

    Parameters
    ----------
    seed : int
        Seed of the run, from `qlearn.widgets.random_stream.seed_of_run`.
    settings : array_like
        For each photon, in order, the number of its phase among `PHASES_DEG`; shape (photons,).
    marker_deg : float
        Angle of the marker in degrees, 0 to 90.

    Returns
    -------
    ClickRecord
        One entry a photon.
    """
    from qlearn.physics import interference

    chosen = np.asarray(settings, dtype=np.int64)
    chances = interference.detection_probabilities(np.deg2rad(PHASES_DEG), marker_deg=marker_deg)[:, 0]
    return ClickRecord(chosen, (uniform(seed, chosen.size) >= chances[chosen]).astype(np.int64))
