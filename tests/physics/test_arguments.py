"""Bad arguments are refused in one line that names what is allowed."""

import numpy as np
import pytest

from qlearn.errors import ParameterError
from qlearn.physics.arguments import bit_string, count, in_range, number, probability, shapes_fit


@pytest.mark.parametrize("value", [0, 1, 0.5, True, np.float32(0.25), [0.0, 1.0], np.zeros((2, 3))])
def test_a_probability_comes_back_as_float64_of_the_same_shape(value: object) -> None:
    checked = probability("visibility", value)
    assert checked.dtype == np.float64
    assert checked.shape == np.shape(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.2, "visibility is 1.2; it must be between 0 and 1"),
        (-1e-9, "visibility is -1e-09; it must be between 0 and 1"),
        (float("nan"), "visibility is nan; it must be between 0 and 1"),
        ([0.5, np.inf], "visibility is inf; it must be between 0 and 1"),
        ("high", "visibility is 'high'; it must be a real number between 0 and 1"),
        (None, "visibility is None; it must be a real number between 0 and 1"),
        (0.5 + 0.1j, "visibility is (0.5+0.1j); it must be a real number between 0 and 1"),
        ([[1], [0, 1]], "visibility is [[1], [0, 1]]; it must be a real number between 0 and 1"),
    ],
)
def test_a_bad_probability_is_refused_by_name(value: object, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        probability("visibility", value)
    assert str(refused.value) == text


def test_a_range_names_its_unit() -> None:
    with pytest.raises(ParameterError, match="it must be between -360 and 360 degrees"):
        in_range("angle_deg", 361, -360, 360, unit="degrees")


@pytest.mark.parametrize("value", [[0.5], [], [[0.5]]])
def test_one_number_is_no_array(value: object) -> None:
    assert number("visibility", np.float32(0.5), 0, 1) == 0.5
    with pytest.raises(ParameterError, match=r"visibility has shape \(.*\); it must be one number between 0 and 1"):
        number("visibility", value, 0, 1)


def test_arguments_that_broadcast_fit_and_others_are_named() -> None:
    shapes_fit(first=1.0, second=[1, 2], third=np.zeros((3, 1)))
    with pytest.raises(ParameterError) as refused:
        shapes_fit(first=1.0, second=[1, 2], third=[1, 2, 3])
    assert str(refused.value) == (
        "second of shape (2,) and third of shape (3,) do not fit; "
        "each must be one number or have the shape of the others"
    )


@pytest.mark.parametrize(("value", "expected"), [(3, 3), (1e6, 1_000_000), (np.int64(7), 7), (np.float64(2), 2)])
def test_a_count_accepts_every_whole_number(value: object, expected: int) -> None:
    assert count("pulses", value) == expected


@pytest.mark.parametrize("value", [2.5, -1, True, "10", None, float("nan"), float("inf"), [3]])
def test_a_count_refuses_what_is_no_whole_number(value: object) -> None:
    with pytest.raises(ParameterError, match=r"pulses is .*; it must be a whole number of at least 0"):
        count("pulses", value)


@pytest.mark.parametrize(
    "value", [[0, 1, 1], (True, False), np.array([0.0, 1.0]), np.array([1], dtype=np.uint8), np.array([0, 1])]
)
def test_bits_come_back_as_small_whole_numbers(value: object) -> None:
    checked = bit_string("key", value)
    assert checked.dtype == np.uint8
    assert checked.tolist() == [int(bit) for bit in value]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([0, 2], "key is 2; it must be between 0 and 1"),
        ([0, 0.5], "key is not made of bits; each entry must be 0 or 1"),
        (np.array([7], dtype=np.uint8), "key is not made of bits; each entry must be 0 or 1"),
        ("0110", "key is '0110'; it must be a real number between 0 and 1"),
        ([], r"key has shape \(0,\); a string of bits has one dimension and at least one bit"),
        ([[0, 1]], r"key has shape \(1, 2\); a string of bits has one dimension"),
    ],
)
def test_what_is_no_string_of_bits_is_refused(value: object, text: str) -> None:
    with pytest.raises(ParameterError, match=text):
        bit_string("key", value)
