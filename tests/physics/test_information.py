"""Binary entropy against its definition and its properties."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.information import binary_entropy


@pytest.mark.parametrize(("p", "bits"), [(0.0, 0.0), (1.0, 0.0), (0.5, 1.0), (0.25, 2 - 0.75 * math.log2(3))])
def test_binary_entropy_has_its_known_values(p: float, bits: float) -> None:
    assert binary_entropy(p) == pytest.approx(bits, abs=1e-15)


@given(st.floats(0, 1))
def test_binary_entropy_is_symmetric_and_at_most_one_bit(p: float) -> None:
    assert 0 <= binary_entropy(p) <= 1 + 1e-15
    assert binary_entropy(p) == pytest.approx(float(binary_entropy(1 - p)), abs=1e-12)


def test_binary_entropy_keeps_the_shape_of_its_argument() -> None:
    assert binary_entropy([[0.1, 0.2, 0.3]]).shape == (1, 3)


def test_binary_entropy_refuses_more_than_certainty() -> None:
    with pytest.raises(ParameterError, match=r"probability is 1.1; it must be between 0 and 1"):
        binary_entropy(1.1)
