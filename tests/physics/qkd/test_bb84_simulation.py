"""The Monte-Carlo agrees with the formulas within its own error bars, for a fixed seed."""

import numpy as np
import pytest

from qlearn.errors import ParameterError
from qlearn.physics.qkd import bb84
from qlearn.physics.qkd.bb84_simulation import _CHUNK_PULSES

LINKS = [
    {},
    {"intercepted_fraction": 1.0},
    {"intercepted_fraction": 0.37, "transmittance": 0.2},
    {"dark_count_probability": 0.01, "transmittance": 0.05, "misalignment_error": 0.03},
    {
        "dark_count_probability": 0.3,
        "transmittance": 0.6,
        "intercepted_fraction": 0.5,
        "misalignment_error": 0.1,
    },
    {"transmittance": 0.0, "dark_count_probability": 0.02},
]


def _run(pulses: int = 400_000, seed: int = 2026, **settings: float) -> bb84.BB84Run:
    return bb84.simulate(pulses, rng=np.random.default_rng(seed), **settings)


def _sigmas(observed: int, trials: int, chance: float) -> float:
    deviation = abs(observed - trials * chance)
    return float(deviation / np.sqrt(trials * chance * (1 - chance))) if 0 < chance < 1 else float(deviation)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("bias", [0.5, 0.85])
def test_counts_agree_with_the_formulas(link: dict[str, float], bias: float) -> None:
    run = _run(rectilinear_probability=bias, **link)
    detection = {key: value for key, value in link.items() if key in ("transmittance", "dark_count_probability")}
    gain = float(bb84.gain(**({"transmittance": 1.0} | detection)))
    assert _sigmas(run.detected, run.pulses, gain) < 5
    assert _sigmas(run.sifted, run.detected, float(bb84.sifted_fraction(bias))) < 5
    assert _sigmas(run.errors, run.sifted, float(bb84.error_rate(**link))) < 5
    assert _sigmas(run.intercepted, run.pulses, link.get("intercepted_fraction", 0.0)) < 5


def test_the_keys_are_what_the_counts_say() -> None:
    run = _run(intercepted_fraction=0.5, transmittance=0.4, dark_count_probability=0.01)
    assert run.alice_key.dtype == run.bob_key.dtype == np.uint8
    assert len(run.alice_key) == len(run.bob_key) == run.sifted
    assert int(np.count_nonzero(run.alice_key != run.bob_key)) == run.errors
    assert run.error_rate == run.errors / run.sifted
    assert run.error_rate_standard_error == pytest.approx(np.sqrt(run.error_rate * (1 - run.error_rate) / run.sifted))
    assert _sigmas(int(run.alice_key.sum()), run.sifted, 0.5) < 5


def test_double_clicks_are_counted_and_decided_by_a_coin() -> None:
    run = _run(dark_count_probability=1.0)
    assert run.double_clicks == run.detected == run.pulses
    assert _sigmas(run.errors, run.sifted, 0.5) < 5


def test_an_eve_who_knows_the_bias_hides_in_the_favoured_basis() -> None:
    run = _run(intercepted_fraction=1.0, rectilinear_probability=0.9, eve_rectilinear_probability=1.0)
    assert run.errors_by_basis[0] == 0
    assert _sigmas(run.errors_by_basis[1], run.sifted_by_basis[1], 0.5) < 5
    assert run.error_rate < 0.01  # the average alone would let her through


@pytest.mark.parametrize("pulses", [1, _CHUNK_PULSES - 1, _CHUNK_PULSES, _CHUNK_PULSES + 1, 3 * _CHUNK_PULSES])
def test_every_pulse_is_sent_whatever_the_chunks(pulses: int) -> None:
    run = _run(pulses)
    assert run.pulses == run.detected == pulses


def test_the_same_seed_gives_the_same_run_and_another_seed_another() -> None:
    first, again, other = (_run(10_000, seed=seed, intercepted_fraction=0.5) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.bob_key, again.bob_key)
    assert first.errors == again.errors
    assert not np.array_equal(first.alice_key[:1000], other.alice_key[:1000])


def test_keys_stop_at_the_limit_and_counts_go_on() -> None:
    full, cut = _run(200_000), _run(200_000, most_key_bits=70_000)
    assert len(cut.alice_key) == len(cut.bob_key) == 70_000
    assert cut.sifted == full.sifted > 70_000
    np.testing.assert_array_equal(cut.alice_key, full.alice_key[:70_000])
    assert len(_run(10_000, most_key_bits=0).alice_key) == 0


def test_memory_does_not_grow_with_the_pulses() -> None:
    import tracemalloc

    peaks = []
    for pulses in (_CHUNK_PULSES * 4, _CHUNK_PULSES * 64):
        tracemalloc.start()
        _run(pulses, most_key_bits=1000)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]


def test_a_run_without_a_click_has_no_error_rate() -> None:
    run = _run(1000, transmittance=0.0)
    assert run.sifted == run.detected == 0
    assert np.isnan(run.error_rate)
    assert np.isnan(run.error_rate_standard_error)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"pulses": 0}, "pulses is 0; it must be a whole number of at least 1"),
        ({"pulses": 2.5}, "pulses is 2.5"),
        ({"transmittance": 1.5}, "transmittance is 1.5"),
        ({"dark_count_probability": -1}, "dark_count_probability is -1"),
        ({"eve_rectilinear_probability": float("nan")}, "eve_rectilinear_probability is nan"),
        ({"most_key_bits": -5}, "most_key_bits is -5"),
    ],
)
def test_bad_settings_are_refused_by_name(settings: dict[str, float], text: str) -> None:
    with pytest.raises(ParameterError, match=text.replace(".", r"\.")):
        _run(**settings)
