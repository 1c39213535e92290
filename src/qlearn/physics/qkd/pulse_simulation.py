"""Laser pulses one by one: how many photons each holds, which of them arrive, which clicks are wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.physics.arguments import count
from qlearn.physics.qkd.decoy_counts import DecoyCounts, DecoySettings
from qlearn.physics.qkd.detection import BACKGROUND_ERROR_RATE
from qlearn.physics.qkd.detector_memory import DetectorMemory
from qlearn.physics.qkd.link import Link, transmittance

__all__ = ["DecoyRun", "PulseRun", "simulate_decoy_run", "simulate_pulses"]

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


@dataclass(frozen=True, eq=False)
class DecoyRun:
    """What Alice and Bob count in a run with decoys, and what nobody tells them.

    Attributes
    ----------
    counts : DecoyCounts
        By basis and intensity.
    key_photons, test_photons : ndarray of int64
        Clicks of either basis by the number of photons that the pulse held, shape (10,), the last for nine and more.
    test_photon_errors, key_photon_errors : ndarray of int64
        Wrong clicks of either basis, likewise.
    """

    counts: DecoyCounts
    key_photons: NDArray[np.int64]
    key_photon_errors: NDArray[np.int64]
    test_photons: NDArray[np.int64]
    test_photon_errors: NDArray[np.int64]


def simulate_pulses(link: Link, pulses: int, *, rng: np.random.Generator) -> PulseRun:
    """Send weak laser pulses through a link, each photon on its own.

    The model of `detection`: Poisson numbers of photons, each detected or not, a background click now and then, which
    decides the bit by a coin even when a photon is there too, after-pulses, and blind detectors after each click.

    Parameters
    ----------
    link : Link
        The link; a dead time is rounded to whole pulses.
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
    memory = DetectorMemory(link)
    totals = np.zeros((3, _MOST_PHOTONS + 1), dtype=np.int64)
    while left:
        size = min(left, _CHUNK_PULSES)
        photons, clicked, wrong = _send(link, link.intensity, size, memory, rng)
        for row, chosen in enumerate((np.ones(size, dtype=bool), clicked, wrong)):
            totals[row] += np.bincount(photons[chosen], minlength=_MOST_PHOTONS + 1)
        left -= size
    return PulseRun(sent=totals[0], clicked=totals[1], wrong=totals[2])


def simulate_decoy_run(link: Link, settings: DecoySettings, pulses: int, *, rng: np.random.Generator) -> DecoyRun:
    """Send signals, weak decoys and vacuum pulses in two bases, and sort the clicks.

    Parameters
    ----------
    link : Link
        The link; a dead time is rounded to whole pulses.
    settings : DecoySettings
        How often Alice sends what.
    pulses : int
        Pulses sent, 1 or more.
    rng : numpy.random.Generator
        Source of randomness; the same generator state gives the same run.

    Returns
    -------
    DecoyRun
        Counts for `finite_key`, and the truth that its bounds are about.

    Raises
    ------
    ParameterError
        When `pulses` is no whole number of at least 1.

    References
    ----------
    C. C. W. Lim et al., Phys. Rev. A 89, 022307 (2014), section II, doi:10.1103/PhysRevA.89.022307.
    """
    total = left = count("pulses", pulses, least=1)
    memory = DetectorMemory(link)
    intensities, steps = np.array(link.intensities), np.cumsum(settings.probabilities)[:2]
    # by basis (key, test), right or wrong, intensity and number of photons
    table = np.zeros((2, 2, 3, _MOST_PHOTONS + 1), dtype=np.int64)
    while left:
        size = min(left, _CHUNK_PULSES)
        choice = np.searchsorted(steps, rng.random(size), side="right")
        test = rng.random((2, size)) >= settings.key_basis_probability  # Alice's and Bob's bases
        photons, clicked, wrong = _send(link, intensities[choice], size, memory, rng)
        kept = clicked & (test[0] == test[1])
        np.add.at(table, (test[0][kept].astype(int), wrong[kept].astype(int), choice[kept], photons[kept]), 1)
        left -= size
    clicks, errors = table.sum(axis=1), table[:, 1]
    return DecoyRun(
        counts=DecoyCounts(
            pulses=total,
            key_clicks=clicks[0].sum(axis=1),
            key_errors=errors[0].sum(axis=1),
            test_clicks=clicks[1].sum(axis=1),
            test_errors=errors[1].sum(axis=1),
        ),
        key_photons=clicks[0].sum(axis=0),
        key_photon_errors=errors[0].sum(axis=0),
        test_photons=clicks[1].sum(axis=0),
        test_photon_errors=errors[1].sum(axis=0),
    )


def _send(
    link: Link, intensity: ArrayLike, size: int, memory: DetectorMemory, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Photons of each pulse, cut to the last bin; whether it was recorded, and with the wrong bit."""
    photons = rng.poisson(intensity, size)
    arrived = rng.binomial(photons, float(transmittance(link))) > 0
    background = rng.random(size) < link.background_probability
    clicked, after = memory.record(arrived | background, rng)
    chance = np.where(background | after, BACKGROUND_ERROR_RATE, link.misalignment_error)
    wrong = clicked & (rng.random(size) < chance)
    return np.minimum(photons, _MOST_PHOTONS), clicked, wrong
