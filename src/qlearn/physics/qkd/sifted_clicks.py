r"""The quantum part of BB84 as a Monte-Carlo that draws clicks, not pulses: source, fibre, Eve, detectors, sifting.

Pulses are alike and independent, so most need not be drawn: the pulse of the next click is a geometric number away
(later by the dead time, next in line for an after-pulse), and what it held is drawn by Bayes' rule, from how likely
each intensity, photon number and cause of a click was. The counts follow the same law as pulse by pulse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count
from qlearn.physics.qkd.attack import Attack, SiftedPulses
from qlearn.physics.qkd.decoy_counts import DecoyCounts, DecoySettings
from qlearn.physics.qkd.link import Link
from qlearn.physics.qkd.signal_clicks import photon_numbers

__all__ = ["SiftedClicks", "draw_sifted_clicks"]

_MOST_CLICKS = 1e8  # bounds the memory


@dataclass(frozen=True, kw_only=True, eq=False)
class SiftedClicks:
    """Clicks for which Alice and Bob had chosen the same basis; each array has the shape (clicks,).

    Attributes
    ----------
    pulses, clicks : int
        Pulses sent, and clicks before sifting.
    alice_bits, bob_bits : ndarray of uint8
        Zeros and ones.
    test_basis : ndarray of bool
        Whether both used the test basis, diagonal; otherwise both used the key basis, rectilinear.
    intensity : ndarray of int64
        0 for a signal, 1 for a decoy, 2 for vacuum.
    photons : ndarray of int64
        Photons that left Alice; nobody knows them, except for the simulation and perhaps Eve.
    light : ndarray of bool
        Whether light made the click, not background.
    eve_guess : ndarray of uint8
        Eve's guess of Alice's bit.
    eve_reliability : ndarray of float64
        The probability, known to her, that it is right.
    """

    pulses: int
    clicks: int
    alice_bits: NDArray[np.uint8]
    bob_bits: NDArray[np.uint8]
    test_basis: NDArray[np.bool_]
    intensity: NDArray[np.int64]
    photons: NDArray[np.int64]
    light: NDArray[np.bool_]
    eve_guess: NDArray[np.uint8]
    eve_reliability: NDArray[np.float64]

    def counts(self) -> DecoyCounts:
        """Clicks and errors by basis and intensity, as `finite_key` takes them."""
        wrong = self.alice_bits != self.bob_bits

        def by_intensity(chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
            return np.bincount(self.intensity[chosen], minlength=3)

        return DecoyCounts(
            pulses=self.pulses,
            key_clicks=by_intensity(~self.test_basis),
            key_errors=by_intensity(~self.test_basis & wrong),
            test_clicks=by_intensity(self.test_basis),
            test_errors=by_intensity(self.test_basis & wrong),
        )


def draw_sifted_clicks(
    link: Link, settings: DecoySettings, pulses: int, *, rng: np.random.Generator, attack: Attack | None = None
) -> SiftedClicks:
    """Send laser pulses through a link, past Eve, and keep the clicks in equal bases.

    Parameters
    ----------
    link : Link
        The link, with its three intensities, dead time (rounded to whole pulses) and after-pulses.
    settings : DecoySettings
        How often Alice sends which intensity, and how often each chooses the key basis.
    pulses : int
        Pulses sent, 1 or more. Time and memory grow with the clicks, not with the pulses.
    rng : numpy.random.Generator
        Source of randomness; the same generator state gives the same run.
    attack : Attack, optional
        Eve; nobody when left out.

    Returns
    -------
    SiftedClicks
        What Alice, Bob and Eve are left with.

    Raises
    ------
    ParameterError
        When `pulses` is no whole number of at least 1, or some 10^8 clicks would come of them.

    References
    ----------
    The model is that of `detection`: X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005),
    doi:10.1103/PhysRevA.72.012326, with dead time and after-pulses.

    Examples
    --------
    >>> run = draw_sifted_clicks(Link(), DecoySettings(), 10_000_000, rng=np.random.default_rng(1))
    >>> run.clicks > run.alice_bits.size > 50_000
    True
    """
    sent, eve = count("pulses", pulses, least=1), attack or Attack(fraction=0.0)
    origins = _Origins(link, settings, eve)
    after = _after_pulses(link, origins.chance, sent, rng)
    key = settings.key_basis_probability
    basis = rng.random(after.size)
    sifted = basis < key**2 + (1.0 - key) ** 2
    test = basis[sifted] >= key**2
    intensity, photons, touched, light = origins.draw(after[sifted], rng)
    alice = rng.integers(0, 2, test.size, dtype=np.uint8)
    # where Eve did nothing, her guess is a coin
    arriving, guess = alice.copy(), rng.integers(0, 2, test.size, dtype=np.uint8)
    reliability = np.full(test.size, 0.5)
    if touched.any():
        hers = SiftedPulses(link, alice[touched], test[touched], photons[touched], light[touched])
        arriving[touched], guess[touched], reliability[touched] = eve.eavesdrop(hers, rng)
    bob = arriving ^ (rng.random(test.size) < link.misalignment_error)
    return SiftedClicks(
        pulses=sent,
        clicks=after.size,
        alice_bits=alice,
        bob_bits=np.where(light, bob, rng.integers(0, 2, test.size, dtype=np.uint8)),
        test_basis=test,
        intensity=intensity,
        photons=photons,
        light=light,
        eve_guess=guess,
        eve_reliability=reliability,
    )


class _Origins:
    """How likely a pulse is to be of each kind: intensity, photon number, touched or not, its light detected or not."""

    def __init__(self, link: Link, settings: DecoySettings, eve: Attack) -> None:
        numbers = photon_numbers(max(link.intensities))[0]
        sent = np.zeros((3, 2, numbers.size))
        for row, (share, intensity) in enumerate(zip(settings.probabilities, link.intensities, strict=True)):
            photons, weights = photon_numbers(intensity)
            sent[row, 0, : photons.size] = share * (1.0 - eve.fraction) * weights
            sent[row, 1, : photons.size] = share * eve.fraction * weights
        detected = np.stack([Attack().detection(link, numbers), eve.detection(link, numbers)])
        dark = link.background_probability
        # a pulse in which both happen counts as background
        clicks = np.stack([sent * dark, sent * (1.0 - dark) * detected], axis=-1)
        self._shape = clicks.shape
        self._sent, self._clicks = sent.ravel(), clicks.ravel()
        self.chance = min(1.0, float(clicks.sum()))

    def draw(
        self, after: NDArray[np.bool_], rng: np.random.Generator
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
        """Intensity, photons, touched, made by light, for each click; an after-pulse tells nothing of its pulse."""
        places = np.empty(after.size, dtype=np.int64)
        blind = int(np.count_nonzero(after))
        places[~after] = _choose(self._clicks, after.size - blind, rng)
        places[after] = 2 * _choose(self._sent, blind, rng)
        intensity, touched, photons, light = np.unravel_index(places, self._shape)
        return intensity, photons, touched.astype(np.bool_), light.astype(np.bool_)


def _choose(weights: NDArray[np.float64], size: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Indices drawn in proportion to the weights."""
    if size == 0:
        return np.zeros(0, dtype=np.int64)
    total = np.cumsum(weights)
    # rounding must not lead past the last weight that is not zero
    last = int(np.flatnonzero(weights)[-1])
    places: NDArray[np.int64] = np.searchsorted(total, rng.random(size) * total[-1], side="right")
    return np.minimum(places, last)


def _after_pulses(link: Link, chance: float, pulses: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """One entry a click, true for an after-pulse, until all pulses are sent."""
    dead, after = round(link.dead_time_s * link.clock_rate_hz), link.after_pulse_probability
    live = chance / (1.0 - after * (1.0 - chance))
    expected = pulses * live / (1.0 + dead * live)
    if expected > _MOST_CLICKS:
        raise ParameterError(
            f"pulses is {pulses}; some {expected:.1e} of them would click, more than {_MOST_CLICKS:.0e}"
        )
    if chance == 0.0:
        return np.zeros(0, dtype=np.bool_)
    if dead == 0 and after == 0.0:
        return np.zeros(rng.binomial(pulses, chance), dtype=np.bool_)
    kinds: list[NDArray[np.bool_]] = []
    end, size = 0, int(expected + 6.0 * np.sqrt(expected) + 10.0)
    while end <= pulses:
        kind = rng.random(size) < after
        kind[0] &= bool(kinds)  # nothing comes before the first click
        steps = np.where(kind, 1, rng.geometric(chance, size)) + dead
        steps[0] -= 0 if kinds else dead
        ends = end + np.cumsum(steps)
        kinds.append(kind[ends <= pulses])
        end = int(ends[-1])
    return np.concatenate(kinds)
