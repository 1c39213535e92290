"""The sheet's field against the law of Biot and Savart, the inversion against least squares, and silent currents."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.constants import mu_0

from qlearn.errors import ParameterError
from qlearn.physics.sensors import current_imaging as imaging
from qlearn.physics.sensors import wires

Floats = NDArray[np.float64]
STEP, HEIGHT = 1e-3, 3e-3


def hill(points: int, step: float, *, x: float = 0.0, width: float = 4e-3) -> Floats:
    """A smooth loop current in the middle of a square sheet, 50 mA round its top."""
    place = (np.arange(points) - points // 2) * step
    return 0.05 * np.exp(-((place[None, :] - x) ** 2 + place[:, None] ** 2) / (2 * width**2))


def noisy_map(seed: int, rows: int = 12, columns: int = 16) -> Floats:
    return np.random.default_rng(seed).normal(scale=1e-7, size=(rows, columns))


def test_the_field_is_that_of_biot_and_savart() -> None:
    points = 160
    j_x, j_y = imaging.sheet_current(hill(points, STEP), STEP)
    field = imaging.sheet_field(hill(points, STEP), STEP, height_m=HEIGHT)
    place = (np.arange(points) - points // 2) * STEP
    for row, column in ((80, 80), (80, 88), (71, 83)):
        x, y = place[column] - place[None, :], place[row] - place[:, None]
        cubed = (x**2 + y**2 + HEIGHT**2) ** 1.5
        summed = mu_0 / (4 * np.pi) * np.sum((j_x * y - j_y * x) / cubed) * STEP**2
        # the Fourier sheet is repeated every 16 cm, which adds one part in a thousand of the largest field
        assert field[row, column] == pytest.approx(summed, abs=2e-3 * field.max())


def test_the_field_is_that_of_a_stack_of_wire_loops() -> None:
    # a hill of g is a set of round wires along its lines of equal height
    levels, width = np.linspace(0.0005, 0.0495, 50), 4e-3
    angles = np.linspace(0, 2 * np.pi, 121)
    circle = np.column_stack([np.cos(angles), np.sin(angles), np.zeros(121)])
    radii = width * np.sqrt(2 * np.log(0.05 / levels))
    loops = sum(wires.path_field(radius * circle, [0, 0, HEIGHT], current_a=1e-3)[2] for radius in radii)
    field = imaging.sheet_field(hill(160, STEP), STEP, height_m=HEIGHT)
    assert field[80, 80] == pytest.approx(loops, rel=5e-3)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_current_is_the_turned_slope_of_the_stream_function(seed: int) -> None:
    stream = hill(60, STEP, x=2e-3 * seed)
    j_x, j_y = imaging.sheet_current(stream, STEP)
    # finite differences miss 3 % of so narrow a hill
    d_y, d_x = np.gradient(stream, STEP, edge_order=2)
    size = np.abs(d_x).max()
    np.testing.assert_allclose(j_x, d_y, atol=0.04 * size)
    np.testing.assert_allclose(j_y, -d_x, atol=0.04 * size)


def test_no_current_enters_or_leaves() -> None:
    j_x, j_y = imaging.sheet_current(hill(60, STEP), STEP)
    k = 2 * np.pi * np.fft.fftfreq(60, STEP)
    divergence = np.fft.ifft2(1j * k[None, :] * np.fft.fft2(j_x) + 1j * k[:, None] * np.fft.fft2(j_y))
    assert np.abs(divergence).max() < 1e-9 * np.abs(j_x).max() / STEP


def test_the_inversion_is_the_least_squares_solution() -> None:
    field, strength = noisy_map(3, 6, 8), 3e-7
    # columns of the matrix are the fields and, weighed, the currents of one point each
    columns = []
    for unit in np.eye(field.size).reshape(-1, *field.shape):
        k_y = 2 * np.pi * np.fft.fftfreq(6, STEP)[:, None]
        k = np.hypot(2 * np.pi * np.fft.fftfreq(8, STEP)[None, :], k_y)
        current = np.fft.ifft2(k * np.fft.fft2(unit)).real
        columns.append(
            np.concatenate([imaging.sheet_field(unit, STEP, height_m=HEIGHT).ravel(), strength * current.ravel()])
        )
    wanted = np.concatenate([field.ravel(), np.zeros(field.size)])
    best = np.linalg.lstsq(np.array(columns).T, wanted, rcond=None)[0].reshape(field.shape)
    found = imaging.stream_from_field(field, STEP, height_m=HEIGHT, strength=strength)
    np.testing.assert_allclose(found, best - best.mean(), atol=1e-6 * np.abs(best).max())


def test_without_noise_the_current_comes_back() -> None:
    stream = hill(80, STEP)
    field = imaging.sheet_field(stream, STEP, height_m=HEIGHT)
    found = imaging.stream_from_field(field, STEP, height_m=HEIGHT, strength=1e-13)
    np.testing.assert_allclose(found, stream - stream.mean(), atol=1e-5)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 1000), st.floats(0.05, 0.95))
def test_the_chosen_strength_leaves_the_noise(seed: int, share: float) -> None:
    field = noisy_map(seed)
    noise = share * float(np.std(field))
    strength = imaging.strength_for_noise(field, STEP, height_m=HEIGHT, noise_t=noise)
    found = imaging.stream_from_field(field, STEP, height_m=HEIGHT, strength=strength)
    assert np.std(imaging.sheet_field(found, STEP, height_m=HEIGHT) - field) == pytest.approx(noise, rel=1e-6)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 1000), st.floats(1e-9, 1e-7), st.floats(1.1, 100))
def test_more_strength_never_gives_more_current(seed: int, strength: float, factor: float) -> None:
    sizes = []
    for value in (strength, strength * factor):
        stream = imaging.stream_from_field(noisy_map(seed), STEP, height_m=HEIGHT, strength=value)
        sizes.append(np.sum(np.square(imaging.sheet_current(stream, STEP))))
    assert sizes[1] <= sizes[0]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 1000), st.floats(1e-4, 5e-3), st.floats(0, 5e-3))
def test_a_hidden_sheet_makes_no_field_at_any_height(seed: int, distance: float, height: float) -> None:
    deep = 1e6 * noisy_map(seed)
    upper = imaging.hiding_sheet(deep, STEP, distance_m=distance)
    below = imaging.sheet_field(deep, STEP, height_m=height + distance)
    above = imaging.sheet_field(upper, STEP, height_m=height)
    np.testing.assert_allclose(below + above, 0, atol=1e-12 * (1 + np.abs(below).max()))
    # but a sensor between the two sheets, or below both, would see it
    assert np.abs(deep + upper).max() > 1e-3 * np.abs(deep).max()


def test_three_sheets_show_no_more_than_one() -> None:
    units = np.eye(36).reshape(-1, 6, 6)
    heights = (1e-3, 2e-3, 3e-3)
    fields = [imaging.sheet_field(unit, STEP, height_m=height).ravel() for height in heights for unit in units]
    sizes = np.linalg.svd(np.array(fields).T, compute_uv=False)
    # a constant stream function is no current
    assert np.sum(sizes > 1e-9 * sizes[0]) == 35


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: imaging.sheet_field(np.zeros(5), STEP, height_m=1e-3), r"stream_a has the shape \(5,\)"),
        (lambda: imaging.sheet_field(np.zeros((5, 5)), 0.0, height_m=1e-3), "step_m is 0"),
        (lambda: imaging.sheet_field(np.zeros((5, 5)), STEP, height_m=-1e-3), "height_m is -0.001"),
        (lambda: imaging.sheet_current(np.full((5, 5), np.nan), STEP), "stream_a is nan"),
        (lambda: imaging.stream_from_field(np.zeros((5, 5)), STEP, height_m=0, strength=0.0), "strength is 0"),
        (
            lambda: imaging.strength_for_noise(noisy_map(1), STEP, height_m=HEIGHT, noise_t=1e-6),
            "noise_t is 1e-06 T; the map scatters by",
        ),
        (lambda: imaging.hiding_sheet(np.zeros((5, 5)), STEP, distance_m=np.inf), "distance_m is inf"),
    ],
)
def test_bad_input_is_refused_in_words(call: object, text: str) -> None:
    with pytest.raises(ParameterError, match=text):
        call()  # type: ignore[operator]
