"""Four attacks on BB84: intercept and resend, Breidbart's basis, photon-number splitting, beam splitting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from qlearn.physics.arguments import probability
from qlearn.physics.information import binary_entropy
from qlearn.physics.qkd.attack import (
    Attack,
    EveRecord,
    Knowledge,
    Observable,
    SiftedPulses,
    any_detected,
    certain_or_nothing,
)
from qlearn.physics.qkd.detection import light_detection
from qlearn.physics.qkd.link import Link, transmittance
from qlearn.physics.qkd.signal_clicks import SignalClicks, background, fibre_transmittance, photon_numbers

__all__ = [
    "BREIDBART_GUESS_PROBABILITY",
    "Attack",
    "BeamSplitting",
    "Breidbart",
    "InterceptResend",
    "Observable",
    "PhotonNumberSplitting",
]

BREIDBART_GUESS_PROBABILITY = float(np.cos(np.pi / 8.0) ** 2)


@dataclass(frozen=True)
class InterceptResend(Attack):
    """Eve measures one photon of a pulse in one of Alice's bases and sends on the state she saw.

    She sends as many photons as she found, so that no yield changes. What moves is the error rate: by 1/4 of the
    touched photons when she chooses her basis evenly.

    Parameters
    ----------
    fraction : float
        Fraction of the pulses that she touches, 0 to 1.
    rectilinear_probability : float
        How often she measures in the rectilinear basis, 0 to 1.

    References
    ----------
    N. Gisin et al., Rev. Mod. Phys. 74, 145 (2002), section II.C.2, doi:10.1103/RevModPhys.74.145.

    Examples
    --------
    >>> InterceptResend().disturbance()
    (0.25, 0.25)
    """

    rectilinear_probability: float = 0.5
    observable: ClassVar[Observable] = Observable.ERROR_RATE

    def __post_init__(self) -> None:
        super().__post_init__()
        probability("rectilinear_probability", self.rectilinear_probability)

    def _turned(self) -> tuple[float, float]:
        return (1.0 - self.rectilinear_probability) / 2.0, self.rectilinear_probability / 2.0

    def _touched(self, clicks: SignalClicks) -> Knowledge:
        share, chosen = clicks.rectilinear_share, self.rectilinear_probability
        return _certain((share * chosen + (1.0 - share) * (1.0 - chosen)) * clicks.with_photons)

    def _eavesdrop(self, pulses: SiftedPulses, rng: np.random.Generator) -> EveRecord:
        size = pulses.bits.size
        right = (rng.random(size) >= self.rectilinear_probability) == pulses.diagonal
        seen, arriving = (np.where(right, pulses.bits, rng.integers(0, 2, size, dtype=np.uint8)) for _ in range(2))
        return _measured(pulses, arriving, seen, np.where(right, 1.0, 0.5), rng)


@dataclass(frozen=True)
class Breidbart(Attack):
    """Eve measures one photon of a pulse half-way between Alice's bases, at 22.5 degrees, and sends on what she saw.

    She never knows a bit for certain but guesses each with probability cos^2(pi/8) = 0.854, more often right than
    with Alice's bases (3/4), though that is less Shannon information (0.399 instead of 0.5 bits). What moves is the
    error rate, by 1/4 of the touched photons.

    Parameters
    ----------
    fraction : float
        Fraction of the pulses that she touches, 0 to 1.

    References
    ----------
    C. H. Bennett, F. Bessette, G. Brassard, L. Salvail and J. Smolin, Journal of Cryptology 5, 3 (1992),
    doi:10.1007/BF00191318.

    Examples
    --------
    >>> round(BREIDBART_GUESS_PROBABILITY, 4)
    0.8536
    """

    observable: ClassVar[Observable] = Observable.ERROR_RATE

    def _turned(self) -> tuple[float, float]:
        # she is wrong and Bob's outcome is hers, or she is right and it is not
        turned = 2.0 * BREIDBART_GUESS_PROBABILITY * (1.0 - BREIDBART_GUESS_PROBABILITY)
        return turned, turned

    def _touched(self, clicks: SignalClicks) -> Knowledge:
        information = 1.0 - float(binary_entropy(BREIDBART_GUESS_PROBABILITY))
        read = clicks.with_photons
        return Knowledge(read * information, 0.5 + read * (BREIDBART_GUESS_PROBABILITY - 0.5))

    def _eavesdrop(self, pulses: SiftedPulses, rng: np.random.Generator) -> EveRecord:
        size = pulses.bits.size
        seen = pulses.bits ^ (rng.random(size) > BREIDBART_GUESS_PROBABILITY)
        arriving = seen ^ (rng.random(size) > BREIDBART_GUESS_PROBABILITY)
        return _measured(pulses, arriving, seen, np.full(size, BREIDBART_GUESS_PROBABILITY), rng)


@dataclass(frozen=True)
class PhotonNumberSplitting(Attack):
    """Eve counts the photons of a pulse, keeps one of several, and blocks single ones to make up for it.

    She has replaced the fibre by one without loss and waits with her measurement until the bases are announced. She
    lets through just as many single photons that signal pulses click as often as before; when pulses of several
    photons alone give too many clicks, she blocks some of those too. Neither errors nor the clicks of signal pulses
    move. What moves is the yield of single photons, and with it how often decoys click beside signals: too seldom on a
    fibre with loss. On a short one she takes more than it would have lost; then decoys click too often, and where even
    all single photons do not make up for it, signals too seldom.

    Parameters
    ----------
    fraction : float
        Fraction of the pulses that she touches, 0 to 1.

    References
    ----------
    G. Brassard, N. Lütkenhaus, T. Mor and B. C. Sanders, Phys. Rev. Lett. 85, 1330 (2000),
    doi:10.1103/PhysRevLett.85.1330; W.-Y. Hwang, Phys. Rev. Lett. 91, 057901 (2003),
    doi:10.1103/PhysRevLett.91.057901, for the decoys.
    """

    observable: ClassVar[Observable] = Observable.DECOY_RATIO

    def let_through(self, link: Link) -> tuple[float, float]:
        """Fractions of single photons and of pulses of several photons that she lets through.

        Parameters
        ----------
        link : Link
            The link as it is without her; its intensity is that of the signal.

        Returns
        -------
        tuple of float
            Each 0 to 1. She blocks pulses of several photons only when all single ones are blocked.

        Examples
        --------
        >>> single, several = PhotonNumberSplitting().let_through(Link(length_km=30, intensity=0.5))
        >>> round(single, 3), several
        (0.066, 1.0)
        """
        photons, weights = photon_numbers(link.intensity)
        wanted = float(light_detection(link))
        single = float(weights[1]) * link.detector_efficiency
        without_one = any_detected(photons.astype(np.float64) - 1.0, link.detector_efficiency)
        several = float(np.sum(weights * without_one))
        if several > wanted:
            return 0.0, wanted / several
        return min(1.0, (wanted - several) / single) if single else 0.0, 1.0

    def _detection(self, link: Link, photons: NDArray[np.float64]) -> NDArray[np.float64]:
        single, several = self.let_through(link)
        without_one = several * any_detected(photons - 1.0, link.detector_efficiency)
        return np.where(photons == 1.0, single * link.detector_efficiency, without_one)

    def _touched(self, clicks: SignalClicks) -> Knowledge:
        # signal pulses click as often as without her, and so leave as many after-pulses
        photons, weights = photon_numbers(clicks.link.intensity)
        dark = background(clicks.link, clicks.average)
        clicked = weights * (dark + (1.0 - dark) * self.detection(clicks.link, photons))
        return _certain(float(clicked[2:].sum() / clicked.sum()) if clicked.any() else 0.0)

    def _eavesdrop(self, pulses: SiftedPulses, rng: np.random.Generator) -> EveRecord:
        return certain_or_nothing(pulses, pulses.photons >= 2, rng)


@dataclass(frozen=True)
class BeamSplitting(Attack):
    """Eve puts the fibre's loss to use: a beam splitter gives her what would have been lost, a perfect fibre the rest.

    The pulse that reaches Bob is as weak as ever and Eve's part of it is independent of his, so no observable moves:
    no test finds her. She stores her part until the bases are announced and knows the bit when it holds a photon,
    with probability 1 - exp(-mu (1 - eta_f)). The key survives because privacy amplification already pays for every
    pulse of several photons, whether split or not.

    Parameters
    ----------
    fraction : float
        Fraction of the pulses that she touches, 0 to 1.

    References
    ----------
    C. H. Bennett, F. Bessette, G. Brassard, L. Salvail and J. Smolin, Journal of Cryptology 5, 3 (1992),
    doi:10.1007/BF00191318.
    """

    def _touched(self, clicks: SignalClicks) -> Knowledge:
        return _certain(float(-np.expm1(-clicks.link.intensity * (1.0 - fibre_transmittance(clicks.link)))))

    def _eavesdrop(self, pulses: SiftedPulses, rng: np.random.Generator) -> EveRecord:
        # that nothing went to Eve, given that one photon clicked at Bob's, or given nothing
        link, photons = pulses.link, pulses.photons.astype(np.float64)
        all_to_bob = fibre_transmittance(link) ** photons
        clicked = any_detected(photons, float(transmittance(link)))
        and_clicked = all_to_bob * any_detected(photons, link.detector_efficiency)
        given_click = np.divide(and_clicked, clicked, out=np.ones(photons.shape), where=clicked > 0)
        nothing = np.where(pulses.light, given_click, all_to_bob)
        return certain_or_nothing(pulses, rng.random(photons.size) >= nothing, rng)


def _certain(share: float) -> Knowledge:
    """Knowledge of an Eve who knows this share of the bits for certain and nothing of the others."""
    return Knowledge(share, 0.5 + share / 2.0)


def _measured(
    pulses: SiftedPulses,
    arriving: NDArray[np.uint8],
    seen: NDArray[np.uint8],
    sure: NDArray[np.float64],
    rng: np.random.Generator,
) -> EveRecord:
    """Record of an Eve who measures one photon; from a pulse without any she has a coin's guess."""
    found = pulses.photons > 0
    coins = rng.integers(0, 2, seen.size, dtype=np.uint8)
    return EveRecord(arriving, np.where(found, seen, coins), np.where(found, sure, 0.5))
