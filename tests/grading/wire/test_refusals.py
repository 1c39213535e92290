"""What is not plain, or lies about what it is, arrives as its plain base or is refused by name."""

from __future__ import annotations

import enum
from collections import OrderedDict, defaultdict, namedtuple
from functools import partial

import numpy as np
import pytest
import qutip

from grading.wire.values import SMALL, crossed, fingerprint
from qlearn.errors import SubmissionError
from qlearn.grading import wire


class Lying:
    """Methods that must not be called on the way."""

    def __eq__(self, _):
        raise AssertionError

    __hash__ = None
    __len__ = __iter__ = __int__ = __index__ = __float__ = __str__ = __array__ = __eq__
    __getitem__ = items = encode = __bytes__ = __reduce__ = __getattribute__ = __eq__


class LyingInt(Lying, int):
    __hash__ = int.__hash__


class LyingFloat(Lying, float): ...


class LyingText(Lying, str): ...


class LyingBytes(Lying, bytes): ...


class LyingList(Lying, list): ...


class LyingDict(Lying, dict): ...


class LyingArray(Lying, np.ndarray): ...


Point = namedtuple("Point", "x y")
Colour = enum.IntEnum("Colour", "RED BLUE")


# A liar is made by its test and gone after it: whoever looks through all objects there are would trip over it.
@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        (LyingInt, 7),
        (LyingFloat, 2.5),
        (LyingText, "text"),
        (LyingBytes, b"bytes"),
        (LyingList, [1, 2]),
        (LyingDict, {"a": 1}),
        (Point._make, (1, 2)),
        (Colour, 2),
        (partial(defaultdict, int), {"a": 1}),
        (OrderedDict, {"b": 1, "a": 2}),
    ],
)
def test_subclasses_arrive_as_their_plain_base_or_are_refused_by_name(kind, plain):
    value = kind(plain)
    assert fingerprint(crossed(value)) == fingerprint(plain)
    with pytest.raises(SubmissionError, match=type.__dict__["__name__"].__get__(type(value))):
        wire.encode([value], convert=False)


def test_a_lying_array_arrives_as_its_own_numbers():
    array = np.array([1.0, 2.0]).view(LyingArray)
    assert fingerprint(crossed(array)) == fingerprint(np.array([1.0, 2.0]))
    assert type(crossed(np.array([[1, 2]]).view(np.matrix))) is np.ndarray
    assert type(crossed(np.rec.array([(1, 2.0)]))) is np.ndarray


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (object(), "object"),
        (lambda: 1, "function"),
        (np, "module"),
        (int, "type"),
        (np.ma.array([1, 2], mask=[0, 1]), "MaskedArray"),
        (np.array([object()]), "dtype object"),
        (np.array([(1, None)], [("a", "i4"), ("b", "O")]), "dtype"),
        (np.array(["a"], np.dtypes.StringDType()), "StringDType"),
        (qutip.QobjEvo(qutip.sigmax()), "QobjEvo"),
        (qutip.enr_fock([2, 2], 1, [0, 0]), "Qobj"),
        (iter([1]), "list_iterator"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_plain_is_refused_by_its_types_name(value, named):
    with pytest.raises(SubmissionError, match=named):
        wire.encode(value)


def test_a_liar_inside_plain_containers_is_refused_by_its_types_name():
    with pytest.raises(SubmissionError, match="Lying"):
        wire.encode([{"a": Lying()}])


def test_a_value_that_contains_itself_is_refused():
    loop = [1]
    loop.append({"inside": (loop,)})
    with pytest.raises(SubmissionError, match="a list contains itself"):
        wire.encode(loop)


def bomb():
    value = [0]
    for _ in range(25):
        value = [value, value]
    return value


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (bomb(), "too many values"),
        ([np.zeros(10_000)] * 2, "too much data"),
        ([b"x" * 4096] * 21, "too many large pieces"),
        (set(range(501)), "too many keys"),
        (["x" * 250] * 100, "description is too long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_sender_sees_which_limit_was_met(value, reason):
    with pytest.raises(SubmissionError, match=reason):
        wire.encode(value, limits=SMALL)


def test_nesting_beyond_the_limit_is_refused():
    value = []
    for _ in range(200_000):
        value = [value]
    with pytest.raises(SubmissionError, match="nested too deeply"):
        wire.encode(value)
    while value:  # freed step by step, as the interpreter's own stack is finite
        value = value.pop()


def test_gaps_between_values_do_not_leak_the_senders_memory():
    dtype = np.dtype([("a", "i1"), ("b", "f8")], align=True)
    memory = np.full(16 * 4, 0xAB, np.uint8)
    for array in (memory.view(dtype), memory.view(np.longdouble), memory.view(np.clongdouble)):
        _, frames = wire.encode(array)
        assert bytes(frames[0]).count(0xAB) <= 40  # four values of at most ten bytes
