"""Compare quantum states, for which a common phase factor means nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.check import plain, sentences
from qlearn.check.misconception import Fault
from qlearn.check.plain import fail, shown


def same_state(
    got: object,
    expected: ArrayLike,
    *,
    what: str = "Your state",
    atol: float = 1e-8,
    faults: Sequence[Fault] = (),
) -> None:
    """Check a pure state up to its global phase.

    Parameters
    ----------
    got
        A qutip ket or bra, or the amplitudes as a list or an array of shape (d,), (d, 1) or (1, d).
    expected
        The right amplitudes, normalised, shape (d,).
    what
        A noun phrase for the state, which begins the message.
    atol
        How far the squared norm and the overlap may be from 1.
    faults
        Known mistakes; `value` holds the amplitudes that a mistake gives, of any norm.

    Raises
    ------
    Misconception
        If the state is what one of the faults gives.
    AssertionError
        If it is no state, is not normalised, or is another state.
    """
    state = _amplitudes(got, what)
    right = np.asarray(expected, dtype=complex).ravel()
    for fault in faults:
        mistaken = np.asarray(fault.value, dtype=complex).ravel()
        if not _same(mistaken, right, atol) and _same(state, mistaken, atol):
            raise fault.raised()
    if state.size != right.size:
        fail(sentences.WRONG_DIMENSION, what=what, got=state.size, expected=right.size)
    norm = float(np.vdot(state, state).real)
    if abs(norm - 1) > atol:
        fail(sentences.NOT_NORMALISED, what=what, got=shown(norm))
    overlap = float(abs(np.vdot(right, state)) ** 2)
    if overlap < 1 - atol:
        fail(sentences.WRONG_STATE, what=what, overlap=shown(overlap))


def _amplitudes(got: object, what: str) -> NDArray[np.complex128]:
    """Read a state's amplitudes into an array of ours, shape (d,)."""
    from qutip import Qobj  # takes a second to import, and many exercises have no states

    values: Any = got
    if isinstance(got, Qobj):
        if not (got.isket or got.isbra):
            fail(sentences.NOT_A_STATE, what=what, kind=got.type)
        values = got.full() if got.isket else got.full().conj()
    amplitudes = plain.array(values, what=what).astype(np.complex128)
    if amplitudes.size == 0 or amplitudes.size != max(amplitudes.shape, default=0):
        fail(sentences.NOT_A_STATE, what=what, kind=type(got).__name__)
    return amplitudes.ravel()


def _same(one: NDArray[Any], other: NDArray[Any], atol: float) -> bool:
    """Tell whether two vectors have the same norm and, up to a phase factor, the same direction."""
    if one.size != other.size:
        return False
    norm_one, norm_other = float(np.vdot(one, one).real), float(np.vdot(other, other).real)
    if abs(norm_one - norm_other) > atol or norm_one == 0:
        return False
    return float(abs(np.vdot(one, other)) ** 2) > (1 - atol) * norm_one * norm_other
