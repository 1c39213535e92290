"""Flux quanta, the ring's interference, and noise, against reference values and a sum of two junctions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.sensors import squid


def test_the_squid_is_anchor_s27() -> None:
    assert pytest.approx(2.067833848e-15, rel=1e-9) == squid.FLUX_QUANTUM_WB
    assert float(squid.field_noise(1e-6, area_m2=1e-6)) == pytest.approx(2.067833848e-15, rel=1e-9)
    assert float(squid.critical_current(0.25, junction_current_a=1e-6)) == pytest.approx(1.414213562e-6, rel=1e-9)
    assert pytest.approx(483597.8484, rel=1e-9) == squid.JOSEPHSON_CONSTANT_HZ_PER_V * 1e-9


@pytest.mark.parametrize("flux", [0.0, 0.1, 0.37, 0.5, 0.81, 2.3])
def test_the_critical_current_is_the_best_that_two_junctions_carry(flux: float) -> None:
    phases = np.linspace(0, 2 * np.pi, 100_001)
    both = np.sin(phases) + np.sin(phases + 2 * np.pi * flux)
    assert float(squid.critical_current(flux, junction_current_a=1.0)) == pytest.approx(both.max(), abs=1e-8)


@given(st.floats(-50, 50))
def test_the_ring_cannot_tell_one_flux_quantum_from_the_next(flux: float) -> None:
    here, there = (squid.critical_current(value, junction_current_a=1e-6) for value in (flux, flux + 1))
    assert here == pytest.approx(there, abs=1e-18)
    assert 0 <= here <= 2e-6


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: squid.critical_current(np.inf, junction_current_a=1.0), "flux_quanta is inf"),
        (lambda: squid.critical_current(0.1, junction_current_a=0.0), "junction_current_a is 0"),
        (lambda: squid.field_noise(-1e-6, area_m2=1.0), "flux_noise_quanta is -1e-06"),
        (lambda: squid.field_noise(1e-6, area_m2=0.0), "area_m2 is 0"),
    ],
)
def test_bad_input_is_refused_in_words(call: object, text: str) -> None:
    with pytest.raises(ParameterError, match=text):
        call()  # type: ignore[operator]
