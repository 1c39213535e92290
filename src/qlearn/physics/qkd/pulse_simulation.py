"""Laser pulses one by one: how many photons each holds, which of them arrive, which clicks are wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qlearn.physics.arguments import count
from qlearn.physics.qkd.link import BACKGROUND_ERROR_RATE, Link, transmittance

__all__ = ["PulseRun", "simulate_pulses"]

# the last bin holds pulses of that many photons and more
_MOST_PHOTONS = 9
_CHUNK_PULSES = 1 << 18  # bounds the memory


@dataclass(frozen=True, eq=False)
class PulseRun:
    """Counts of a run, by the number of photons that a pulse held when it left Alice.

    Attributes
    ----------
    sent, clicked, wrong : ndarray of int64
        Pulses sent, pulses with a click, and clicks with the wrong bit, shape (10,): entry n is for n photons, the
        last for nine and more. Both sides use the same basis throughout; sifting would halve all numbers.
    """

    sent: NDArray[np.int64]
    clicked: NDArray[np.int64]
    wrong: NDArray[np.int64]

    @property
    def gain(self) -> float:
        """Clicks per pulse."""
        return float(self.clicked.sum() / self.sent.sum())

    @property
    def error_rate(self) -> float:
        """Wrong clicks over clicks; NaN when nothing clicked."""
        clicks = int(self.clicked.sum())
        return float(self.wrong.sum() / clicks) if clicks else float("nan")


def simulate_pulses(link: Link, pulses: int, *, rng: np.random.Generator) -> PulseRun:
    """Send weak laser pulses through a link, each photon on its own.

    The model of `link`: Poisson numbers of photons, each detected or not, a background click now and then, which
    decides the bit by a coin even when a photon is there too.

    Parameters
    ----------
    link : Link
        The link.
    pulses : int
        Signal pulses sent, 1 or more.
    rng : numpy.random.Generator
        Source of randomness; the same generator state gives the same run.

    Returns
    -------
    PulseRun
        Pulses, clicks and errors by photon number.

    Raises
    ------
    ParameterError
        When `pulses` is no whole number of at least 1.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326.

    Examples
    --------
    >>> run = simulate_pulses(Link(intensity=0.5), 100_000, rng=np.random.default_rng(1))
    >>> bool(abs(run.sent[1] / 100_000 - 0.3033) < 0.007)
    True
    """
    left = count("pulses", pulses, least=1)
    eta = float(transmittance(link))
    totals = np.zeros((3, _MOST_PHOTONS + 1), dtype=np.int64)
    while left:
        size = min(left, _CHUNK_PULSES)
        photons = rng.poisson(link.intensity, size)
        arrived = rng.binomial(photons, eta) > 0
        background = rng.random(size) < link.background_probability
        clicked = arrived | background
        chance = np.where(background, BACKGROUND_ERROR_RATE, link.misalignment_error)
        wrong = clicked & (rng.random(size) < chance)
        bins = np.minimum(photons, _MOST_PHOTONS)
        for row, chosen in enumerate((np.ones(size, dtype=bool), clicked, wrong)):
            totals[row] += np.bincount(bins[chosen], minlength=_MOST_PHOTONS + 1)
        left -= size
    return PulseRun(sent=totals[0], clicked=totals[1], wrong=totals[2])
