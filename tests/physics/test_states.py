"""Polarised photons obey Malus and Born; a qubit's Bloch vector is what QuTiP's expectation values say."""

import math
from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.states import (
    bloch_vector,
    density_operator,
    ket_from_angles,
    polarisation,
    purity,
    relative_phase,
)

angles = st.floats(-180, 180)
thetas = st.floats(0, np.pi)
phis = st.floats(-np.pi, np.pi)
ball = st.tuples(st.floats(0, 1), thetas, phis).map(
    lambda place: (
        place[0]
        * np.array([np.sin(place[1]) * np.cos(place[2]), np.sin(place[1]) * np.sin(place[2]), np.cos(place[1])])
    )
)
ZERO, ONE = qutip.basis(2, 0), qutip.basis(2, 1)


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


@pytest.mark.parametrize(
    ("ket", "vector"),
    [
        (ZERO, (0, 0, 1)),
        (ONE, (0, 0, -1)),
        ((ZERO + ONE).unit(), (1, 0, 0)),
        ((ZERO - ONE).unit(), (-1, 0, 0)),
        ((ZERO + 1j * ONE).unit(), (0, 1, 0)),
        ((ZERO - 1j * ONE).unit(), (0, -1, 0)),
    ],
)
def test_the_six_states_of_the_axes(ket: qutip.Qobj, vector: tuple[float, ...]) -> None:
    np.testing.assert_allclose(bloch_vector(ket), vector, atol=1e-15)


@given(thetas, phis, st.floats(-np.pi, np.pi))
def test_vector_and_relative_phase_know_nothing_of_a_global_phase(theta: float, phi: float, phase: float) -> None:
    ket = ket_from_angles(theta, phi)
    turned = np.exp(1j * phase) * ket
    np.testing.assert_allclose(bloch_vector(turned), bloch_vector(ket), atol=1e-12)
    if 1e-6 < theta < np.pi - 1e-6:
        assert np.exp(1j * (relative_phase(turned) - phi)) == pytest.approx(1)


@given(thetas, phis)
def test_the_vector_of_a_ket_is_what_qutip_expects_of_the_pauli_operators(theta: float, phi: float) -> None:
    ket = ket_from_angles(theta, phi)
    expected = [qutip.expect(pauli, ket) for pauli in (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz())]
    np.testing.assert_allclose(bloch_vector(ket), expected, atol=1e-12)
    np.testing.assert_allclose(
        bloch_vector(ket), [np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi), np.cos(theta)], atol=1e-12
    )
    assert purity(ket) == pytest.approx(1)


@given(ball)
def test_every_vector_in_the_ball_is_a_state_and_comes_back(vector: np.ndarray) -> None:
    rho = density_operator(vector)
    assert rho.tr() == pytest.approx(1)
    assert rho.eigenenergies().min() >= -1e-12
    np.testing.assert_allclose(bloch_vector(rho), vector, atol=1e-12)
    assert purity(rho) == pytest.approx((1 + vector @ vector) / 2)
    assert 0.5 - 1e-12 <= purity(rho) <= 1 + 1e-12


def test_a_pole_has_no_relative_phase() -> None:
    assert math.isnan(relative_phase(1j * ZERO))
    assert math.isnan(relative_phase(ONE))


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: ket_from_angles(-0.1), "theta_rad is -0.1; it must be between 0 and 3.14159 rad"),
        (lambda: ket_from_angles(1, 7), "phi_rad is 7; it must be between -6.28319 and 6.28319 rad"),
        (lambda: density_operator([0, 0, 1.1]), "vector is 1.1 long; a state's Bloch vector is at most 1 long"),
        (lambda: density_operator([1, 0]), "vector has shape (2,); a Bloch vector has three components"),
        (lambda: bloch_vector([1, 0]), "state is a list; it must be a ket (2, 1) or a density operator (2, 2)"),
        (lambda: bloch_vector(2 * ZERO), "state has norm 2; normalise it to 1 with .unit()"),
        (lambda: bloch_vector(qutip.basis(3, 0)), "state is a Qobj of shape (3, 1); a qubit's ket has shape (2, 1)"),
        (lambda: bloch_vector(qutip.sigmax()), "state is no density operator; it must be Hermitian and have trace 1"),
        (
            lambda: bloch_vector(1.5 * ZERO.proj() - 0.5 * ONE.proj()),
            "state is no density operator; none of its eigenvalues may be negative",
        ),
        (lambda: purity(qutip.qeye(3)), "state is a Qobj of shape (3, 3)"),
        (lambda: relative_phase(ZERO.proj()), "ket is a Qobj of shape (2, 2); a relative phase needs the ket"),
        (lambda: bloch_vector(qutip.Qobj([[math.nan], [1]])), "state has norm nan; normalise it to 1"),
        (lambda: purity(qutip.Qobj([[math.nan, 0], [0, 1]])), "state is no density operator; it must be Hermitian"),
        (lambda: relative_phase(qutip.Qobj([[1], [math.inf]])), "state has norm inf"),
        (lambda: polarisation([0, 45]), "angle_deg has shape (2,); it must be one number between -360 and 360"),
        (lambda: ket_from_angles([]), "theta_rad has shape (0,); it must be one number"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
