"""Each attack against quantum mechanics, against a run pulse by pulse, and against the test that should find it."""

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from physics.qkd.pulse_by_pulse import send
from qlearn.errors import ParameterError
from qlearn.physics.information import binary_entropy
from qlearn.physics.qkd import bb84
from qlearn.physics.qkd.attacks import (
    BREIDBART_GUESS_PROBABILITY,
    Attack,
    BeamSplitting,
    Breidbart,
    InterceptResend,
    Observable,
    PhotonNumberSplitting,
)
from qlearn.physics.qkd.decoy_counts import DecoySettings, expected_counts
from qlearn.physics.qkd.detection import gain, light_detection
from qlearn.physics.qkd.link import Link
from qlearn.physics.qkd.sifted_clicks import SiftedClicks, draw_sifted_clicks
from qlearn.physics.states import polarisation

SETTINGS = DecoySettings(signal_probability=0.5, decoy_probability=0.3, key_basis_probability=0.6)
NOISY = Link(
    length_km=20,
    detector_efficiency=0.4,
    background_probability=0.004,
    misalignment_error=0.03,
    intensity=0.9,
    decoy_intensity=0.3,
    vacuum_intensity=0.01,
)
BLIND = Link(
    length_km=10,
    detector_efficiency=0.5,
    background_probability=0.01,
    misalignment_error=0.02,
    intensity=0.8,
    decoy_intensity=0.2,
    dead_time_s=3e-9,
    after_pulse_probability=0.15,
)
FAR = Link(length_km=60, detector_efficiency=0.5, background_probability=1e-3, intensity=1.2)  # she blocks all singles
ATTACKS = [
    Attack(),
    InterceptResend(),
    InterceptResend(0.4, 0.8),
    Breidbart(0.7),
    PhotonNumberSplitting(),
    PhotonNumberSplitting(0.5),
    BeamSplitting(),
    BeamSplitting(0.5),
]


def _measure_and_resend(axes_deg: list[float], chances: list[float]) -> tuple[list[float], float]:
    """Error rate by basis and chance of a right guess, from density operators and projectors."""
    errors, right = [], 0.0
    for basis in (0, 1):
        wrong = 0.0
        for bit in (0, 1):
            sent = bb84.signal_state(bit, basis).proj()
            for axis, chance in zip(axes_deg, chances, strict=True):
                for seen in (0, 1):
                    resent = polarisation(axis + 90.0 * seen)
                    found = chance * qutip.expect(resent.proj(), sent)
                    wrong += 0.5 * found * qutip.expect(bb84.signal_state(1 - bit, basis).proj(), resent)
                    right += 0.25 * found * (seen == bit)
        errors.append(wrong)
    return errors, right


@pytest.mark.parametrize(
    ("attack", "axes_deg", "chances"),
    [
        (InterceptResend(), [0.0, 45.0], [0.5, 0.5]),
        (InterceptResend(rectilinear_probability=0.8), [0.0, 45.0], [0.8, 0.2]),
        (Breidbart(), [22.5], [1.0]),
    ],
)
def test_measure_and_resend_does_what_quantum_mechanics_says(
    attack: Attack, axes_deg: list[float], chances: list[float]
) -> None:
    errors, right = _measure_and_resend(axes_deg, chances)
    bright = Link(background_probability=0.0)
    np.testing.assert_allclose(attack.disturbance(), errors, atol=1e-12)
    assert attack.knowledge(bright).guess_probability == pytest.approx(right)


def test_breidbart_guesses_as_well_as_any_measurement_can_without_the_basis() -> None:
    zero, one = (sum(bb84.signal_state(bit, basis).proj() for basis in (0, 1)) / 2 for bit in (0, 1))
    helstrom = 0.5 + 0.25 * np.abs((zero - one).eigenenergies()).sum()
    assert pytest.approx(helstrom) == BREIDBART_GUESS_PROBABILITY == pytest.approx(0.8536, abs=5e-5)
    assert Breidbart().disturbance() == pytest.approx((0.25, 0.25))


def _same(observed: np.ndarray, other: np.ndarray) -> bool:
    """Two independent counts of rare events agree within five standard errors."""
    return bool(np.all(np.abs(observed - other) <= 5 * np.sqrt(observed + other) + 1e-9))


def _eve(run: SiftedClicks) -> tuple[int, int]:
    signal = ~run.test_basis & (run.intensity == 0)
    return int((run.eve_guess == run.alice_bits)[signal].sum()), int((run.eve_reliability == 1.0)[signal].sum())


@pytest.mark.parametrize("attack", ATTACKS, ids=repr)
@pytest.mark.parametrize("link", [NOISY, FAR], ids=["near", "far"])
def test_clicks_drawn_by_thinning_follow_the_law_of_pulses_sent_one_by_one(attack: Attack, link: Link) -> None:
    pulses = 300_000
    slow = send(link, SETTINGS, pulses, attack, rng=np.random.default_rng(1))
    run = draw_sifted_clicks(link, SETTINGS, pulses, rng=np.random.default_rng(2), attack=attack)
    fast = run.counts()
    assert _same(np.stack([fast.key_clicks, fast.test_clicks]), slow.clicks)
    assert _same(np.stack([fast.key_errors, fast.test_errors]), slow.errors)
    assert _same(np.array(_eve(run)), np.array([slow.eve_right, slow.eve_certain]))


@pytest.mark.parametrize("attack", [Attack(), InterceptResend(0.5), PhotonNumberSplitting(), BeamSplitting()], ids=repr)
def test_dead_time_and_after_pulses_agree_with_detectors_watched_pulse_by_pulse(attack: Attack) -> None:
    pulses = 300_000
    slow = send(BLIND, SETTINGS, pulses, attack, rng=np.random.default_rng(3))
    run = draw_sifted_clicks(BLIND, SETTINGS, pulses, rng=np.random.default_rng(4), attack=attack)
    fast = run.counts()
    assert _same(np.stack([fast.key_clicks, fast.test_clicks]), slow.clicks)
    assert _same(np.stack([fast.key_errors, fast.test_errors]), slow.errors)
    assert _same(np.array(_eve(run)), np.array([slow.eve_right, slow.eve_certain]))


@pytest.mark.parametrize("link", [NOISY, BLIND, FAR, Link()], ids=["near", "blind", "far", "default"])
def test_without_eve_the_counts_are_those_of_the_formulas(link: Link) -> None:
    pulses = 3_000_000
    seen = draw_sifted_clicks(link, SETTINGS, pulses, rng=np.random.default_rng(5)).counts()
    expected = expected_counts(link, SETTINGS, pulses=pulses)
    for name in ("key_clicks", "key_errors", "test_clicks", "test_errors"):
        mean = np.asarray(getattr(expected, name))
        assert np.all(np.abs(getattr(seen, name) - mean) <= 5 * np.sqrt(mean) + 3), name


@pytest.mark.parametrize("attack", ATTACKS, ids=repr)
@pytest.mark.parametrize("link", [NOISY, FAR, Link(length_km=5)], ids=["near", "far", "short"])
def test_eve_knows_what_the_closed_form_says(attack: Attack, link: Link) -> None:
    run = draw_sifted_clicks(link, SETTINGS, 3_000_000, rng=np.random.default_rng(6), attack=attack)
    signal = ~run.test_basis & (run.intensity == 0)
    bits = int(signal.sum())
    information = 1.0 - binary_entropy(run.eve_reliability[signal])
    expected = attack.knowledge(link, rectilinear_share=1.0)
    assert abs(information.mean() - expected.information) < 5 * 0.5 / np.sqrt(bits)
    right = (run.eve_guess == run.alice_bits)[signal].mean()
    assert abs(right - expected.guess_probability) < 5 * 0.5 / np.sqrt(bits)
    # she knows how reliable she is
    assert abs(right - run.eve_reliability[signal].mean()) < 5 * 0.5 / np.sqrt(bits)


fractions = st.floats(0, 1)
links = st.builds(
    Link,
    length_km=st.floats(0, 200),
    detector_efficiency=st.floats(0, 1),
    background_probability=st.one_of(st.just(0.0), st.floats(-9, -1).map(lambda x: 10**x)),
    intensity=st.floats(0.01, 3),
)


@given(links, fractions, st.floats(0.05, 0.95))
def test_splitting_photons_moves_decoys_and_no_signal_unless_the_fibre_is_too_short(
    link: Link, fraction: float, weaker: float
) -> None:
    attack = PhotonNumberSplitting(fraction)
    single, several = attack.let_through(link)
    assert 0 <= single <= 1
    assert 0 <= several <= 1
    assert several == 1 or single == 0
    signal, honest = attack.light_detection(link, link.intensity), float(light_detection(link))
    if single < 1:
        assert signal == pytest.approx(honest, rel=1e-9, abs=1e-15)
    else:
        assert signal <= honest * (1 + 1e-9)
    decoy = weaker * link.intensity
    move = attack.light_detection(link, decoy) - float(light_detection(link, intensity=decoy))
    if several == 1 and single < 1:
        single_photon = float(attack.detection(link, 1) - Attack().detection(link, 1))
        assert move * single_photon >= -1e-12  # decoys follow the yield of single photons, down or up


@given(links, fractions, st.sampled_from([InterceptResend, Breidbart, BeamSplitting]))
def test_the_other_attacks_move_no_yield(link: Link, fraction: float, kind: type[Attack]) -> None:
    photons = np.arange(6)
    attack = kind(fraction)
    np.testing.assert_array_equal(attack.detection(link, photons), Attack().detection(link, photons))
    # she knows at most the whole bit, and more when she touches more
    known, more = attack.knowledge(link), kind(min(1.0, fraction + 0.1)).knowledge(link)
    assert 0 <= known.information <= more.information <= 1
    assert 0.5 <= known.guess_probability <= more.guess_probability <= 1


@given(links)
def test_the_proof_pays_for_all_that_beam_splitting_gives(link: Link) -> None:
    known = BeamSplitting().knowledge(link).information
    single = link.intensity * np.exp(-link.intensity) * Attack().detection(link, 1)
    empty = link.background_probability
    clean = float(np.divide((1 - empty) * single, gain(link))) if gain(link) else 0.0
    assert known <= 1 - clean + 1e-12


def test_each_attack_names_what_it_moves() -> None:
    moved = {type(attack): attack.observable for attack in ATTACKS}
    assert moved == {
        Attack: Observable.NONE,
        InterceptResend: Observable.ERROR_RATE,
        Breidbart: Observable.ERROR_RATE,
        PhotonNumberSplitting: Observable.DECOY_RATIO,
        BeamSplitting: Observable.NONE,
    }


@pytest.mark.parametrize("link", [Link(detector_efficiency=0.0), Link(intensity=0.0), Link(intensity=100.0)], ids=repr)
@pytest.mark.parametrize("attack", ATTACKS, ids=repr)
def test_dead_detectors_an_empty_and_a_bright_source_break_nothing(attack: Attack, link: Link) -> None:
    assert all(np.isfinite(attack.knowledge(link)))
    assert draw_sifted_clicks(link, SETTINGS, 10_000, rng=np.random.default_rng(7), attack=attack).clicks >= 0


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: Breidbart(1.5), "fraction is 1.5; it must be between 0 and 1"),
        (lambda: InterceptResend(1.0, -0.1), "rectilinear_probability is -0.1"),
        (lambda: BeamSplitting(float("nan")), "fraction is nan"),
        (lambda: PhotonNumberSplitting().detection(Link(), -1), "photons is -1"),
        (lambda: InterceptResend().knowledge(Link(), rectilinear_share=2.0), "rectilinear_share is 2"),
        (lambda: InterceptResend().light_detection(Link(), -0.5), "intensity is -0.5"),
        (lambda: draw_sifted_clicks(Link(), SETTINGS, 0, rng=np.random.default_rng(1)), "pulses is 0"),
        (
            lambda: draw_sifted_clicks(Link(length_km=0), SETTINGS, 10**11, rng=np.random.default_rng(1)),
            "pulses is 100000000000; some .* of them would click",
        ),
    ],
)
def test_bad_input_is_refused_by_name(call: object, text: str) -> None:
    with pytest.raises(ParameterError, match=text):
        call()
