"""Polarised photons obey Malus and Born."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.states import polarisation

angles = st.floats(-180, 180)


@given(angles, angles)
def test_two_polarisations_overlap_as_malus_says(first: float, second: float) -> None:
    overlap = abs(polarisation(first).overlap(polarisation(second))) ** 2
    assert overlap == pytest.approx(math.cos(math.radians(first - second)) ** 2, abs=1e-12)


@given(angles)
def test_a_polarisation_is_normalised(angle: float) -> None:
    assert polarisation(angle).norm() == pytest.approx(1)


@pytest.mark.parametrize("angle", [math.nan, 400, "north"])
def test_an_angle_out_of_range_is_refused(angle: object) -> None:
    with pytest.raises(ParameterError, match="angle_deg is"):
        polarisation(angle)
