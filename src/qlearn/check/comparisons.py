"""Compare an answer with the right one, and say what is the matter when they differ.

Each comparison returns None when the answer is right. Otherwise it raises `Misconception` where the answer is what a
known mistake gives, and an `AssertionError` with a plain sentence for everything else. The known mistakes come first,
because "you kept the mismatched bases" helps more than "the length is 40 and should be 20".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from numbers import Number
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.check import plain, sentences
from qlearn.check.misconception import Fault, Misconception
from qlearn.check.plain import fail, shown


def one_of(answer: object, options: Iterable[str], *, what: str = "Your answer") -> str:
    """Read a chosen option; capitals, spaces, brackets and a full stop do not matter.

    Returns
    -------
    str
        The option as written in `options`.

    Raises
    ------
    AssertionError
        If it is none of the options.
    """
    known = {option.casefold(): option for option in options}
    given = plain.text(answer, what=what)
    chosen = given.strip(" ().\t\n").casefold()
    if chosen not in known:
        fail(sentences.NOT_A_CHOICE, what=what, got=repr(given)[:40], options=", ".join(known.values()))
    return known[chosen]


def choice(answer: object, *, right: str, wrong: Mapping[str, tuple[str, str]], what: str = "Your answer") -> None:
    """Check the answer to a question with options.

    Parameters
    ----------
    answer
        What the student chose, such as "b".
    right
        The right option.
    wrong
        For every other option the slug of the mistake it stands for and the message to the student.
    what
        A noun phrase for the answer, which begins the message.

    Raises
    ------
    Misconception
        If a wrong option was chosen.
    AssertionError
        If there is no answer, or it is none of the options.
    """
    chosen = one_of(answer, sorted([right, *wrong]), what=what)
    if chosen != right:
        raise Misconception(*wrong[chosen])


def close(
    got: object,
    expected: ArrayLike,
    *,
    what: str = "Your answer",
    rtol: float = 1e-6,
    atol: float = 1e-12,
    faults: Sequence[Fault] = (),
) -> None:
    """Check a number or an array of numbers, allowing for rounding.

    Parameters
    ----------
    got
        The student's answer: a number, a list, a tuple or an array of real numbers.
    expected
        The right answer. The shapes have to agree, except that one number may come as an array with one entry.
    what
        A noun phrase for the answer, which begins the message.
    rtol, atol
        The allowed difference is atol + rtol |expected|.
    faults
        Known mistakes. Only those that differ from the right answer by more than twice the allowance are considered.

    Raises
    ------
    Misconception
        If the answer is what one of the faults gives.
    AssertionError
        If the answer cannot be read, has another shape, or differs.
    """
    right = np.asarray(expected)
    if right.ndim == 0:
        plain.require_one(got, what=what)
    answer = plain.real_array(got, what=what)
    if right.size == 1 and answer.size == 1:
        answer = answer.reshape(right.shape)
    if answer.shape == right.shape and np.all(_allowed(answer, right, rtol, atol)):
        return
    for fault in faults:
        mistaken = np.asarray(fault.value)
        if mistaken.size == 1 and answer.size == 1:
            mistaken = mistaken.reshape(answer.shape)
        if answer.shape != mistaken.shape or not np.all(_allowed(answer, mistaken, rtol, atol)):
            continue
        if mistaken.shape != right.shape or not np.all(_allowed(mistaken, right, 2 * rtol, 2 * atol)):
            raise fault.raised()
    _require_shape(answer, right, what)
    _report_difference(answer, right, _allowed(answer, right, rtol, atol), what)


def bits(got: object, expected: ArrayLike, *, what: str = "Your answer", faults: Sequence[Fault] = ()) -> None:
    """Check a sequence of bits exactly; any list or array of 0 and 1 (or of booleans) will do.

    Raises
    ------
    Misconception
        If the answer is what one of the faults gives.
    AssertionError
        If the answer cannot be read, has another length, holds something else than 0 and 1, or differs.
    """
    answer = plain.real_array(got, what=what)
    strange = np.flatnonzero((answer != 0) & (answer != 1))
    if strange.size:
        fail(sentences.NOT_A_BIT, what=what, index=strange[0], got=shown(answer.ravel()[strange[0]]))
    close(answer, expected, what=what, rtol=0, atol=0, faults=faults)


def parts(got: object, names: Sequence[str], *, what: str = "Your answer") -> tuple[Any, ...]:
    """Take apart what a function returns when several values are wanted.

    Parameters
    ----------
    got
        A tuple, a list, or an array with one row for each value.
    names
        The names of the values, in order.
    what
        A noun phrase for the answer, which begins the message.

    Returns
    -------
    tuple
        The values, untouched.

    Raises
    ------
    AssertionError
        If it is not a sequence of that length.
    """
    if got is None or got is Ellipsis:
        fail(sentences.NOT_ANSWERED, what=what)
    wanted = {"what": what, "expected": len(names), "names": ", ".join(names)}
    single = isinstance(got, str | bytes) or (isinstance(got, np.ndarray) and got.ndim == 0)
    if single or not isinstance(got, Sequence | np.ndarray):
        fail(sentences.NO_PARTS, **wanted)
    if len(got) != len(names):
        one_row = len(got) > 1 and all(isinstance(entry, Number | np.generic) for entry in got)
        fail(sentences.ONE_ROW_FOR_PARTS if one_row else sentences.WRONG_PARTS, got=len(got), **wanted)
    return tuple(got)


def _allowed(answer: NDArray[Any], right: NDArray[Any], rtol: float, atol: float) -> NDArray[np.bool_]:
    """Tell for each entry whether it is near enough."""
    difference = answer - 1.0 * right  # NumPy does not subtract two booleans
    return np.asarray(np.abs(difference) <= atol + rtol * np.abs(right))


def _require_shape(answer: NDArray[Any], right: NDArray[Any], what: str) -> None:
    """Fail where the shapes differ."""
    if answer.shape == right.shape:
        return
    if answer.ndim == right.ndim == 1:
        fail(sentences.WRONG_LENGTH, what=what, got=answer.size, expected=right.size)
    fail(sentences.WRONG_SHAPE, what=what, got=answer.shape, expected=right.shape)


def _report_difference(answer: NDArray[Any], right: NDArray[Any], good: NDArray[np.bool_], what: str) -> None:
    """Fail with the first entry that differs."""
    if right.size == 1:
        fail(sentences.WRONG_NUMBER, what=what, got=shown(answer.ravel()[0]), expected=shown(right.ravel()[0]))
    wrong = np.flatnonzero(~good.ravel())
    fail(
        sentences.WRONG_ENTRY,
        what=what,
        index=wrong[0],
        got=shown(answer.ravel()[wrong[0]]),
        expected=shown(right.ravel()[wrong[0]]),
        count=wrong.size,
        total=right.size,
    )
