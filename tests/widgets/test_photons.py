import numpy as np
import pytest

from qlearn.physics.qkd import bb84
from qlearn.widgets.photons import bb84_probabilities, draw_photons

PHOTONS = 100_000


@pytest.fixture(scope="module")
def probabilities() -> dict[str, object]:
    return bb84_probabilities()


def test_a_bit_is_certain_in_its_own_basis_and_a_coin_in_the_other(probabilities) -> None:
    for basis in (0, 1):
        for bit in (0, 1):
            chances = probabilities["outcome_one"][basis][bit]
            assert chances[basis] == bit
            assert chances[1 - basis] == 0.5


def test_the_error_rate_is_proportional_to_what_eve_takes(probabilities) -> None:
    fractions = np.linspace(0, 1, 21)
    line = fractions * probabilities["full_interception_error_rate"]
    np.testing.assert_allclose(line, bb84.intercept_resend_error_rate(fractions), rtol=1e-12)


def test_the_same_seed_gives_the_same_photons_and_a_longer_run_goes_on(probabilities) -> None:
    link = {"intercepted_fraction": 0.4, "transmittance": 0.7, "probabilities": probabilities}
    short, long = draw_photons(5, 50, **link), draw_photons(5, 80, **link)
    np.testing.assert_array_equal(short.bob_bit, long.bob_bit[:50])
    assert not np.array_equal(long.bob_bit, draw_photons(6, 80, **link).bob_bit)


def test_without_photons_nothing_is_kept(probabilities) -> None:
    record = draw_photons(5, 0, intercepted_fraction=1.0, transmittance=1.0, probabilities=probabilities)
    assert record.kept.size == 0


@pytest.mark.parametrize(("fraction", "transmittance"), [(0.0, 1.0), (0.4, 1.0), (1.0, 0.3)])
def test_a_long_run_agrees_with_the_physics_within_five_standard_errors(
    probabilities, fraction: float, transmittance: float
) -> None:
    record = draw_photons(
        2026, PHOTONS, intercepted_fraction=fraction, transmittance=transmittance, probabilities=probabilities
    )
    for seen, trials, chance in (
        (record.intercepted.sum(), PHOTONS, fraction),
        (record.arrived.sum(), PHOTONS, bb84.gain(transmittance)),
        (record.kept.sum(), record.arrived.sum(), bb84.sifted_fraction()),
        (record.wrong.sum(), record.kept.sum(), bb84.intercept_resend_error_rate(fraction)),
        (record.alice_bit.sum(), PHOTONS, 0.5),
        (record.bob_basis.sum(), PHOTONS, 0.5),
    ):
        assert abs(seen - trials * chance) <= 5 * np.sqrt(trials * chance * (1 - chance))
