"""What an eavesdropper is: which pulses she touches, what that changes for Bob, and what she learns.

An attack touches a fraction of the pulses, chosen at random, and leaves the rest alone. Everything about it follows
from two things: how often the light of a touched pulse still makes a click, and what she reads from it once Alice and
Bob have announced their bases. She sends on as many photons as suit her, but Bob's detectors are out of her reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.physics.arguments import in_range, probability
from qlearn.physics.qkd.detection import light_detection
from qlearn.physics.qkd.link import Link, transmittance
from qlearn.physics.qkd.signal_clicks import SignalClicks, photon_numbers

__all__ = ["Attack", "EveRecord", "Knowledge", "Observable", "SiftedPulses", "any_detected", "certain_or_nothing"]


class Observable(Enum):
    """What Alice and Bob can see move."""

    ERROR_RATE = "error rate of the sifted bits"
    DECOY_RATIO = "clicks of decoy pulses over clicks of signal pulses"
    NONE = "nothing"


class SiftedPulses(NamedTuple):
    """Touched pulses that clicked in the basis Alice had chosen; each array has the shape (pulses,).

    Attributes
    ----------
    link : Link
        The link as it is without Eve.
    bits : ndarray of uint8
        Alice's bits.
    diagonal : ndarray of bool
        Whether both used the diagonal basis.
    photons : ndarray of int64
        How many photons Alice's pulse held.
    light : ndarray of bool
        Whether the light made the click; otherwise it was background.
    """

    link: Link
    bits: NDArray[np.uint8]
    diagonal: NDArray[np.bool_]
    photons: NDArray[np.int64]
    light: NDArray[np.bool_]


class EveRecord(NamedTuple):
    """What came of touched pulses; each array has the shape (pulses,).

    Attributes
    ----------
    arriving : ndarray of uint8
        The bit that Bob's optics see in the announced basis, before misalignment.
    guess : ndarray of uint8
        Eve's guess of Alice's bit, once the bases are announced.
    reliability : ndarray of float64
        The probability that it is right, as Eve knows it: 1/2 where she has nothing.
    """

    arriving: NDArray[np.uint8]
    guess: NDArray[np.uint8]
    reliability: NDArray[np.float64]


class Knowledge(NamedTuple):
    """What Eve may expect to know, touched pulses and others together.

    Attributes
    ----------
    information : float
        Shannon information in bits per sifted bit of a signal pulse, 0 to 1.
    guess_probability : float
        Probability that her guess of such a bit is right, 1/2 to 1.
    """

    information: float
    guess_probability: float


@dataclass(frozen=True)
class Attack:
    """An Eve who learns and changes nothing; the attacks in `attacks` are made from it.

    Parameters
    ----------
    fraction : float
        Fraction of the pulses that she touches, 0 to 1.

    Raises
    ------
    ParameterError
        When the fraction lies outside 0 to 1.
    """

    fraction: float = 1.0
    observable: ClassVar[Observable] = Observable.NONE

    def __post_init__(self) -> None:
        probability("fraction", self.fraction)

    def detection(self, link: Link, photons: ArrayLike) -> NDArray[np.float64]:
        """Probability that the light of a touched pulse makes a click at live detectors.

        Parameters
        ----------
        link : Link
            The link as it is without her.
        photons : array_like
            Number n of photons that left Alice, 0 or more.

        Returns
        -------
        ndarray of float64
            Probability, the shape of `photons`; 1 - (1 - eta)^n where she changes nothing.

        Raises
        ------
        ParameterError
            When a number of photons is negative.
        """
        return self._detection(link, in_range("photons", photons, 0.0, np.inf))

    def light_detection(self, link: Link, intensity: float) -> float:
        """Probability that the light of a laser pulse makes a click, touched pulses and others together.

        Parameters
        ----------
        link : Link
            The link as it is without her.
        intensity : float
            Mean photons of the pulse as it leaves Alice, 0 or more.

        Returns
        -------
        float
            Clicks per pulse at live detectors without background.

        Raises
        ------
        ParameterError
            When the intensity is negative or not a finite number.
        """
        photons, weights = photon_numbers(intensity)
        touched = float(weights @ self.detection(link, photons))
        return self.fraction * touched + (1.0 - self.fraction) * float(light_detection(link, intensity=intensity))

    def disturbance(self) -> tuple[float, float]:
        """Probability that she turns the bit of a photon, in the rectilinear and in the diagonal basis.

        Returns
        -------
        tuple of float
            Each 0 to 1/2, touched photons and others together.
        """
        rectilinear, diagonal = self._turned()
        return self.fraction * rectilinear, self.fraction * diagonal

    def knowledge(self, link: Link, *, rectilinear_share: float = 0.5, average: float | None = None) -> Knowledge:
        """What she may expect to know of a sifted bit, in closed form.

        Parameters
        ----------
        link : Link
            The link as it is without her; its intensity is that of the signal.
        rectilinear_share : float
            Share of the rectilinear basis among the sifted bits, 0 to 1.
        average : float, optional
            As in `detection.gain`; it matters only where there are after-pulses.

        Returns
        -------
        Knowledge
            Information and guess probability.

        Raises
        ------
        ParameterError
            When a probability lies outside 0 to 1.
        """
        usual = light_detection(link) if average is None else average
        share = float(probability("rectilinear_share", rectilinear_share))
        touched = self._touched(SignalClicks(link, share, float(probability("average", usual))))
        return Knowledge(self.fraction * touched.information, 0.5 + self.fraction * (touched.guess_probability - 0.5))

    def eavesdrop(self, pulses: SiftedPulses, rng: np.random.Generator) -> EveRecord:
        """Act on touched pulses, one by one.

        Parameters
        ----------
        pulses : SiftedPulses
            The pulses.
        rng : numpy.random.Generator
            Source of randomness.

        Returns
        -------
        EveRecord
            What Bob and Eve are left with.
        """
        return self._eavesdrop(pulses, rng)

    def _detection(self, link: Link, photons: NDArray[np.float64]) -> NDArray[np.float64]:
        return any_detected(photons, float(transmittance(link)))

    def _turned(self) -> tuple[float, float]:
        return 0.0, 0.0

    def _touched(self, _clicks: SignalClicks) -> Knowledge:
        return Knowledge(0.0, 0.5)

    def _eavesdrop(self, pulses: SiftedPulses, rng: np.random.Generator) -> EveRecord:
        return certain_or_nothing(pulses, np.zeros(pulses.bits.shape, dtype=np.bool_), rng)


def certain_or_nothing(pulses: SiftedPulses, known: NDArray[np.bool_], rng: np.random.Generator) -> EveRecord:
    """Record of an Eve who disturbs nothing, knows some bits for certain and has a coin for the others."""
    coins = rng.integers(0, 2, pulses.bits.size, dtype=np.uint8)
    return EveRecord(pulses.bits, np.where(known, pulses.bits, coins), np.where(known, 1.0, 0.5))


def any_detected(photons: NDArray[np.float64], transmittance_per_photon: float) -> NDArray[np.float64]:
    """Probability that at least one of n photons is detected, 1 - (1 - eta)^n."""
    with np.errstate(divide="ignore", invalid="ignore"):
        # log1p and expm1 keep the digits at the end of a long fibre; 0 times log 0 is the pulse without photons
        return np.where(photons > 0, -np.expm1(photons * np.log1p(-transmittance_per_photon)), 0.0)
