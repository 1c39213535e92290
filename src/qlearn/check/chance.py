"""Judge a number that chance has a hand in, by its standard error."""

from __future__ import annotations

from collections.abc import Sequence

from qlearn.check import plain, sentences
from qlearn.check.misconception import Fault
from qlearn.check.plain import fail, shown


def within(
    got: object,
    expected: float,
    standard_error: float,
    *,
    what: str = "Your answer",
    faults: Sequence[Fault] = (),
    sigmas: float = 6.0,
) -> None:
    """Check a number that chance has a hand in.

    Parameters
    ----------
    got
        The student's answer, one real number.
    expected
        The mean over many runs of a right answer.
    standard_error
        The standard deviation of a right answer over many runs, in the same unit.
    what
        A noun phrase for the answer, which begins the message.
    faults
        Known mistakes. A fault is named only if the answer lies within five of its standard errors, and if it is
        itself more than five standard errors away from the right answer. If several fit, the nearest is named.
    sigmas
        How many standard errors are allowed; 6 fails a right answer with a probability of 2e-9.

    Raises
    ------
    Misconception
        If the answer is what one of the faults gives.
    AssertionError
        If the answer is not a number, or too far away.
    """
    answer = plain.number(got, what=what)
    if abs(answer - expected) <= sigmas * standard_error:
        return
    near: list[tuple[float, Fault]] = []
    for fault in faults:
        spread = standard_error if fault.standard_error is None else fault.standard_error
        distance = fault.distance(answer)
        if distance <= 5 * spread + 1e-12 and fault.distance(expected) > 5 * max(spread, standard_error):
            near.append((distance, fault))
    if near:
        raise min(near, key=lambda pair: pair[0])[1].raised()
    distance = abs(answer - expected) / standard_error if standard_error else float("inf")
    fail(sentences.WRONG_STATISTICS, what=what, got=shown(answer), expected=shown(expected), distance=f"{distance:.0f}")


def rule_out(got: object, faults: Sequence[Fault], *, what: str = "Your answer", standard_error: float = 0.0) -> float:
    """Check that a number is none of the known wrong ones, where the right one is not to be given away.

    Parameters
    ----------
    got
        The student's answer, one real number.
    faults
        Known mistakes; one is named if the answer lies within five of its standard errors.
    what
        A noun phrase for the answer, which begins the message.
    standard_error
        The standard error of every fault that has none of its own, in the same unit.

    Returns
    -------
    float
        The answer.

    Raises
    ------
    Misconception
        If the answer is what one of the faults gives.
    AssertionError
        If the answer is not a number.
    """
    answer = plain.number(got, what=what)
    for fault in faults:
        spread = standard_error if fault.standard_error is None else fault.standard_error
        if fault.distance(answer) <= 5 * spread + 1e-12:
            raise fault.raised()
    return answer
