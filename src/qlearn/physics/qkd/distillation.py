"""From sifted bits to two equal secret keys, or to the reason why there are none.

The steps in order: comparison of the test basis, tests for Eve, Cascade, verification, the length that the counts
allow, privacy amplification. Each leaves its result behind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from qlearn.physics.information import binary_entropy
from qlearn.physics.qkd.alarms import Alarm, decoy_alarm, error_rate_alarm, expected_decoy_share, expected_error_rates
from qlearn.physics.qkd.attack import Observable
from qlearn.physics.qkd.decoy_counts import DecoyCounts, DecoySettings
from qlearn.physics.qkd.error_correction import CascadeResult, correct
from qlearn.physics.qkd.finite_key import FiniteKey, finite_key
from qlearn.physics.qkd.link import Link
from qlearn.physics.qkd.privacy_amplification import toeplitz_hash, toeplitz_seed
from qlearn.physics.qkd.sifted_clicks import SiftedClicks
from qlearn.physics.qkd.single_photon_key import single_photon_finite_key
from qlearn.physics.qkd.verification import Verification, tag_bits_for, verify

__all__ = ["Outcome", "ProtocolRun", "distil"]


class Outcome(Enum):
    """How a run ended."""

    KEY = "both hold the same secret key"
    NOTHING_ARRIVED = "no bits in one of the bases"
    TOO_MANY_ERRORS = "more errors than the link makes by itself"
    DECOYS_CHANGED = "decoys click too seldom or too often beside signals"
    KEYS_DIFFER = "the tags of the corrected keys differ"
    NO_KEY_LEFT = "Eve may know as much as there is"


_ENDINGS = {Observable.ERROR_RATE: Outcome.TOO_MANY_ERRORS, Observable.DECOY_RATIO: Outcome.DECOYS_CHANGED}


@dataclass(frozen=True, kw_only=True, eq=False)
class ProtocolRun:
    """A run and everything on the way; what it did not reach is None, and its keys are empty without a key.

    Attributes
    ----------
    outcome : Outcome
        How it ended.
    clicks : SiftedClicks
        The sifted bits, and the truth about each that only a simulation knows.
    counts : DecoyCounts
        Clicks and errors by basis and intensity. Alice and Bob know the errors of the key basis after correction.
    estimated_error_rate : float
        Error rate of the test basis; NaN without a bit.
    alarms : tuple of Alarm
        The tests for Eve.
    correction : CascadeResult or None
        Error correction of the key basis.
    verification : Verification or None
        Comparison of the corrected keys.
    finite_key : FiniteKey or None
        The length that the counts allow at the leakage spent.
    alice_key, bob_key : ndarray of uint8
        The secret keys.
    """

    outcome: Outcome
    clicks: SiftedClicks
    counts: DecoyCounts
    estimated_error_rate: float
    alarms: tuple[Alarm, ...] = ()
    correction: CascadeResult | None = None
    verification: Verification | None = None
    finite_key: FiniteKey | None = None
    alice_key: NDArray[np.uint8]
    bob_key: NDArray[np.uint8]

    @property
    def secret_bits(self) -> int:
        """Length of the secret key; 0 without one."""
        return self.alice_key.size

    @property
    def secret_bits_per_pulse(self) -> float:
        """Secret bits over pulses sent."""
        return self.secret_bits / self.clicks.pulses

    @property
    def eve_information_bits(self) -> float:
        """Bits of the sifted key that Eve read from the light, which privacy amplification must outweigh."""
        return float(np.sum(1.0 - binary_entropy(self.clicks.eve_reliability[~self.clicks.test_basis])))


def distil(
    clicks: SiftedClicks,
    link: Link,
    settings: DecoySettings,
    *,
    rng: np.random.Generator,
    false_alarm_rate: float = 1e-6,
    stop_at_alarm: bool = True,
    secrecy: float = 1e-10,
    correctness: float = 1e-15,
) -> ProtocolRun:
    """Make a secret key of sifted bits: everything after the last photon.

    Parameters
    ----------
    clicks : SiftedClicks
        The sifted bits of both bases.
    link : Link
        The link as Alice and Bob know it; it says what is expected without Eve, and the key length does not rest on it.
    settings : DecoySettings
        How often Alice sent which intensity.
    rng : numpy.random.Generator
        Source of shuffles and hashes, which are public.
    false_alarm_rate : float
        How often an honest run may end by an alarm, above 0 and below 1, both tests together.
    stop_at_alarm : bool
        Whether an alarm ends the run. A key made in spite of it is as secret, since its length follows from the counts.
    secrecy, correctness : float
        epsilon_sec and epsilon_cor, above 0 and below 1; the tag is as short as the latter allows.

    Returns
    -------
    ProtocolRun
        Two equal secret keys, or the reason why not, and every step before.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    C. C. W. Lim et al., Phys. Rev. A 89, 022307 (2014), section II, doi:10.1103/PhysRevA.89.022307; the tag's bits are
    the term log2(2/epsilon_cor) of their key length.
    """
    counts = clicks.counts()
    key, compared = ~clicks.test_basis, float(np.sum(counts.test_clicks))
    estimate = float(np.sum(counts.test_errors)) / compared if compared else float("nan")
    nothing = np.zeros(0, dtype=np.uint8)
    run = ProtocolRun(
        outcome=Outcome.NOTHING_ARRIVED,
        clicks=clicks,
        counts=counts,
        estimated_error_rate=estimate,
        alice_key=nothing,
        bob_key=nothing,
    )
    if not (compared and key.any()):
        return run
    run = replace(run, alarms=_watch(clicks, counts, link, settings, false_alarm_rate))
    raised = [alarm for alarm in run.alarms if alarm.raised]
    if raised and stop_at_alarm:
        return replace(run, outcome=_ENDINGS[raised[0].observable])
    alice, bob = clicks.alice_bits[key], clicks.bob_bits[key]
    correction = correct(alice, bob, error_rate=min(estimate, 0.5), rng=rng)
    verification = verify(alice, correction.corrected_key, rng=rng, tag_bits=tag_bits_for(correctness))
    run = replace(run, outcome=Outcome.KEYS_DIFFER, correction=correction, verification=verification)
    if not verification.equal:
        return run
    length = (single_photon_finite_key if clicks.single_photons else finite_key)(
        counts, link, settings, leakage_bits=correction.leaked_bits, secrecy=secrecy, correctness=correctness
    )
    run = replace(run, outcome=Outcome.NO_KEY_LEFT, finite_key=length)
    return _amplified(run, alice, correction.corrected_key, rng) if length.secret_bits else run


def _amplified(
    run: ProtocolRun, alice: NDArray[np.uint8], bob: NDArray[np.uint8], rng: np.random.Generator
) -> ProtocolRun:
    """Shorten both keys by the same public matrix."""
    length = run.finite_key.secret_bits if run.finite_key else 0
    seed = toeplitz_seed(alice.size, length, rng=rng)
    keys = [toeplitz_hash(bits, seed, length) for bits in (alice, bob)]
    return replace(run, outcome=Outcome.KEY, alice_key=keys[0], bob_key=keys[1])


def _watch(
    clicks: SiftedClicks, counts: DecoyCounts, link: Link, settings: DecoySettings, rate: float
) -> tuple[Alarm, ...]:
    """The tests for Eve, which share the false alarms; single photons have no decoys."""
    share = rate if clicks.single_photons else rate / 2.0
    usual_errors = expected_error_rates(link, settings, single_photons=clicks.single_photons)[1]
    errors = error_rate_alarm(
        int(np.sum(counts.test_errors)),
        int(np.sum(counts.test_clicks)),
        expected_error_rate=float(np.nan_to_num(usual_errors, nan=0.5)),
        false_alarm_rate=share,
    )
    if clicks.single_photons:
        return (errors,)
    signals, decoys, _ = np.asarray(counts.key_clicks) + counts.test_clicks
    usual_decoys = expected_decoy_share(link, settings)
    return errors, decoy_alarm(
        int(decoys),
        int(signals + decoys),
        expected_share=float(np.nan_to_num(usual_decoys)),
        false_alarm_rate=share,
    )
