"""Fields of wires against each other, against a long sum, and against the reference values."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.constants import mu_0

from qlearn.errors import ParameterError
from qlearn.physics.sensors import wires


def test_the_battery_currents_are_anchor_s26() -> None:
    assert float(wires.long_wire_field(1.0, 0.01)) * 1e6 == pytest.approx(20.0, rel=1e-5)
    assert float(wires.bar_field(10.0, 0.02, length_m=0.1)) * 1e6 == pytest.approx(92.84766908, rel=1e-5)
    assert float(wires.wire_current(1e-9, 0.01)) * 1e6 == pytest.approx(50.00000001, rel=1e-5)


@given(st.floats(1e-3, 1e3), st.floats(1e-3, 1.0), st.floats(1e-3, 10.0))
def test_a_bar_makes_less_field_than_a_long_wire(current: float, distance: float, length: float) -> None:
    assert wires.bar_field(current, distance, length_m=length) < wires.long_wire_field(current, distance)


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1.0))
def test_the_current_comes_back_from_the_field(current: float, distance: float) -> None:
    field = wires.long_wire_field(current, distance)
    assert wires.wire_current(field, distance) == pytest.approx(current, rel=1e-12)


def test_a_path_of_pieces_is_the_sum_over_short_elements() -> None:
    corners = np.array([[0.0, 0.0, 0.0], [0.03, 0.01, 0.0], [0.02, 0.04, 0.02], [0.0, 0.0, 0.0]])
    point = np.array([0.01, 0.02, 0.015])
    field = np.zeros(3)
    for start, end in pairwise(corners):
        middles = start + (end - start) * ((np.arange(20_000) + 0.5) / 20_000)[:, None]
        to_point = point - middles
        element = (end - start) / 20_000
        field += (
            mu_0
            / (4 * np.pi)
            * 2.5
            * (np.cross(element, to_point) / np.linalg.norm(to_point, axis=1)[:, None] ** 3).sum(axis=0)
        )
    np.testing.assert_allclose(wires.path_field(corners, point, current_a=2.5), field, rtol=1e-6)


def test_a_path_along_a_bar_is_the_bar() -> None:
    path = [[0.0, -0.05, 0.0], [0.0, 0.01, 0.0], [0.0, 0.05, 0.0]]
    field = wires.path_field(path, [[0.0, 0.0, 0.02], [0.02, 0.0, 0.0]], current_a=10.0)
    size = float(wires.bar_field(10.0, 0.02, length_m=0.1))
    np.testing.assert_allclose(field, [[size, 0, 0], [0, 0, -size]], atol=1e-12)


def test_a_small_loop_is_a_dipole_far_away() -> None:
    angles = np.linspace(0, 2 * np.pi, 200)
    loop = np.column_stack([1e-3 * np.cos(angles), 1e-3 * np.sin(angles), 0 * angles])
    (_, _, up) = wires.path_field(loop, [0, 0, 0.1], current_a=1.0)
    assert up == pytest.approx(mu_0 * np.pi * 1e-6 / (2 * np.pi * 0.1**3), rel=1e-3)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: wires.long_wire_field(1.0, 0.0), "distance_m is 0; it must be between"),
        (lambda: wires.long_wire_field(np.nan, 0.1), "current_a is nan"),
        (lambda: wires.bar_field(1.0, 0.1, length_m=-1.0), "length_m is -1"),
        (lambda: wires.wire_current("much", 0.1), "field_t is 'much'; it must be a real number"),
        (lambda: wires.path_field([[0, 0, 0]], [0, 0, 1], current_a=1.0), r"path_m has the shape \(1, 3\)"),
        (lambda: wires.path_field([[0, 0, 0], [1, 0, 0]], [0.5, 0, 0], current_a=1.0), "a point on the path"),
        (lambda: wires.path_field([[0, 0], [1, 0]], [0.5, 0, 0], current_a=1.0), "path_m"),
    ],
)
def test_bad_input_is_refused_in_words(call: object, text: str) -> None:
    with pytest.raises(ParameterError, match=text):
        call()  # type: ignore[operator]
