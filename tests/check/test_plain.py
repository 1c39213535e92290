"""What students return is read as plain numbers, or refused with a reason they can act on."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import qutip

from qlearn import check


class AgreesWithEverything:
    """An object that claims to equal whatever it is compared with."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


class ArrayThatAlwaysAgrees(np.ndarray):  # type: ignore[type-arg]
    """An array subclass whose comparisons and differences are always favourable."""

    def __eq__(self, other: object) -> Any:
        return np.ones(self.shape, dtype=bool)

    def __sub__(self, other: object) -> Any:
        return np.zeros(self.shape)

    __rsub__ = __sub__
    __hash__ = None  # type: ignore[assignment]


class FloatThatAlwaysAgrees(float):
    """A float subclass whose comparisons are always favourable."""

    def __eq__(self, other: object) -> bool:
        return True

    def __sub__(self, other: object) -> float:
        return 0.0

    __rsub__ = __sub__
    __hash__ = float.__hash__


class LetterThatAlwaysAgrees(str):
    """A text subclass that pretends to be the right letter."""

    __slots__ = ()

    def casefold(self) -> str:
        return "c"

    def strip(self, chars: str | None = None) -> str:  # noqa: ARG002  the signature of str
        return "c"

    def __str__(self) -> str:
        return "c"


@pytest.mark.parametrize(
    "answer",
    [
        [0, 1, 1],
        (0, 1, 1),
        range(0, 3),
        np.array([0, 1, 1], dtype=np.uint8),
        np.array([False, True, True]),
        [np.int8(0), np.True_, 1.0],
        [np.array(0), np.array(1), 1],
        np.array([0, Fraction(1), True], dtype=object),
        [0j, 1 + 0j, 1 + 1e-14j],
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_numbers_are_accepted_in_every_usual_form(answer: object) -> None:
    wanted = [0, 1, 2] if isinstance(answer, range) else [0, 1, 1]
    check.close(answer, wanted)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (None, r"there is no answer yet \(None\)"),
        (..., "there is no answer yet"),
        ([1, None], "there is no answer yet"),
        (np.array([1, None]), "there is no answer yet"),
        ("0.25", "this is text"),
        (len, "this is the function itself"),
        (qutip.qeye(2), "this is a QuTiP object. Give its numbers as an array"),
        ({0.25}, "a set has no fixed order"),
        ({"a": 1}, "a dict has no fixed order"),
        (iter([1]), "list_iterator has no fixed order"),
        (object(), "a object is not a number"),
        ([[1, 2], [3]], "the rows have different lengths"),
        (float("nan"), "there is a NaN"),
        ([1.0, float("inf")], "there is a NaN"),
        (0.25 + 0.1j, "there is an imaginary part"),
        ([0.25, 0.25], r"has the shape \(2,\), and it should have the shape \(\)"),
        (AgreesWithEverything(), "is not a number"),
        (np.array([0.3]).view(ArrayThatAlwaysAgrees), "your answer is 0.3, and it should be 0.25"),
        (FloatThatAlwaysAgrees(0.3), "your answer is 0.3, and it should be 0.25"),
    ],
)
def test_what_is_no_plain_number_is_refused_with_a_reason(answer: object, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check.close(answer, 0.25, what="The error fraction")


def test_a_text_that_pretends_is_read_for_what_it_holds() -> None:
    with pytest.raises(AssertionError, match="should be one of a, b, c"):
        check.one_of(LetterThatAlwaysAgrees("x"), "abc")


def test_huge_integers_and_empty_lists_are_numbers_too() -> None:
    check.close(10**30, 1e30)
    check.bits([], [])


def test_one_number_is_read_from_an_array_with_one_entry() -> None:
    assert check.number(np.array([[0.5]])) == 0.5
    with pytest.raises(AssertionError, match="one number is wanted, and your function returned 2 values"):
        check.number([1, 2])


def test_several_values_in_place_of_one_number_are_counted() -> None:
    with pytest.raises(AssertionError, match="one number is wanted, and your function returned 3 values"):
        check.number((0.1, [0, 1], [1, 1]))
    with pytest.raises(AssertionError, match="one number is wanted, and your function returned 2 values"):
        check.close((0.1, [0, 1]), 0.1)
    check.close((0.1,), 0.1)


@pytest.mark.parametrize("answer", [0, 1, 0.25, np.float64(1 + 1e-12)])
def test_a_fraction_lies_between_0_and_1(answer: object) -> None:
    assert check.fraction(answer) == answer


@pytest.mark.parametrize("answer", [25, -0.1, 1.01])
def test_a_percentage_or_a_count_is_no_fraction(answer: object) -> None:
    with pytest.raises(AssertionError, match=r"a fraction lies between 0 and 1\. Give neither a percentage nor"):
        check.fraction(answer)


def test_what_is_read_is_a_copy() -> None:
    answer = np.array([1.0, 2.0])
    check.array(answer)[0] = 7
    assert answer[0] == 1
