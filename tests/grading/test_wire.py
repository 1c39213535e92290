"""The codec between judge and student: everything plain comes back equal, everything hostile ends in one error."""

from __future__ import annotations

import enum
import json
import math
import os
import socket
import struct
import threading
import time
import tracemalloc
from collections import OrderedDict, defaultdict, namedtuple

import numpy as np
import pytest
import qutip
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from qlearn.errors import SubmissionError
from qlearn.grading import wire

SMALL = wire.Limits(
    header_bytes=20_000, frame_bytes=100_000, frames=20, values=2_000, keys=500, depth=30, qobj_elements=5_000
)


def crossed(value, **options):
    header, frames = wire.encode(value, **options)
    return wire.decode(bytes(header), [bytes(frame) for frame in frames])


def fingerprint(value):
    """Everything that must survive, as nested tuples that compare without NumPy's or float's own equality."""
    kind = type(value)
    if kind in (float, complex):
        return kind, repr(value)
    if kind in (list, tuple):
        return kind, tuple(map(fingerprint, value))
    if kind is dict:
        return kind, tuple((fingerprint(key), fingerprint(part)) for key, part in value.items())
    if kind in (set, frozenset):
        return kind, frozenset(map(fingerprint, value))
    if kind is slice:
        return kind, tuple(map(fingerprint, (value.start, value.stop, value.step)))
    if isinstance(value, np.ndarray | np.generic):
        return kind, value.dtype.descr, value.dtype, value.shape, array_bits(np.asarray(value))
    return kind, value


def array_bits(array):
    if array.dtype.names is not None:
        return tuple(array_bits(array[name]) for name in array.dtype.names)
    return repr(array.tolist()) if array.dtype.kind in "fc" and array.dtype.itemsize >= 16 else array.tobytes()


def untitled(dtype):
    """The dtype without titles, second names of fields that stay behind."""
    if dtype.subdtype is not None:
        return np.dtype((untitled(dtype.subdtype[0]), dtype.subdtype[1]))
    if dtype.names is None:
        return dtype
    return np.dtype([(name, untitled(dtype.fields[name][0])) for name in dtype.names])


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.integers(-(2**300), 2**300) | st.floats() | st.complex_numbers()
    | st.text(st.characters(codec=None, categories=None), max_size=300) | st.binary(max_size=100)
    | st.builds(range, st.integers(), st.integers(), st.integers(1)) | st.just(...)
)  # fmt: skip
KEYS = st.recursive(SCALARS, lambda keys: st.tuples(keys, keys) | st.frozensets(keys, max_size=3), max_leaves=6)
DTYPES = (
    hnp.boolean_dtypes() | hnp.integer_dtypes(endianness="?") | hnp.unsigned_integer_dtypes(endianness="?")
    | hnp.floating_dtypes(endianness="?", sizes=(16, 32, 64)) | hnp.complex_number_dtypes(endianness="?")
    | hnp.unicode_string_dtypes(endianness="?") | hnp.byte_string_dtypes() | hnp.datetime64_dtypes(endianness="?")
    | hnp.timedelta64_dtypes(endianness="?")
)  # fmt: skip
ARRAYS = (DTYPES | hnp.array_dtypes(DTYPES, max_size=3).map(untitled)).flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, min_side=0, max_side=4))
)
LAYOUTS = (lambda a: a, np.asfortranarray, lambda a: a.T, lambda a: a[..., ::2] if a.ndim else a, lambda a: a[()])
VALUES = st.recursive(
    SCALARS | ARRAYS | st.builds(slice, SCALARS, SCALARS),
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.lists(parts, max_size=4).map(tuple)
        | st.dictionaries(KEYS, parts, max_size=4)
        | st.sets(KEYS, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
@settings(max_examples=300, deadline=None)
def test_nested_plain_data_comes_back_equal(value):
    assert fingerprint(crossed(value)) == fingerprint(value)


@given(ARRAYS, st.sampled_from(LAYOUTS))
@settings(max_examples=300, deadline=None)
def test_arrays_of_every_dtype_and_layout_come_back_equal(array, layout):
    array = layout(array)
    result = crossed(array)
    assert fingerprint(result) == fingerprint(array)
    if isinstance(array, np.ndarray):
        assert result.flags.owndata
        assert result.flags.writeable


@pytest.mark.parametrize(
    "value",
    [
        np.longdouble(1) / 3,
        np.array([1, np.nan, -np.inf, -0.0], np.longdouble) / 3,
        np.array([[1 + 2j], [3]], np.clongdouble) / 7,
        np.array([1.5, 2], np.dtype(np.longdouble).newbyteorder()),
        np.str_("end\0"),
        np.bytes_(b"end\0"),
        np.float16("nan"),
        np.datetime64("NaT"),
        np.timedelta64(7, "25s"),
        np.void(b"raw"),
        np.array([(1, 2.5)], np.dtype([("a", "i1"), ("b", "f8")], align=True)),
        np.array([(1, 2.5)], [("a", "i1"), ("b", [("c", ">c8", (2, 2))])])[0],
        np.ndarray((3,), "S0"),
        np.zeros((0, 3), order="F"),
        10**10_000,
        "x" * 5000,
        "\ud83d\ude00 as two surrogates",
        "[]{}\\,\"'",
        {1: "a", (2, "b"): None, float("inf"): 3},
        list(range(-(2**63), -(2**63) + 3)),
    ],
    ids=lambda value: f"{type(value).__name__} {str(value)[:20]!a}" if type(value) is not int else "huge int",
)
def test_corners_come_back_equal(value):
    assert fingerprint(crossed(value)) == fingerprint(value)


def test_arrays_keep_fortran_order():
    assert crossed(np.ones((3, 4), order="F")).flags.f_contiguous


def test_parts_that_occur_twice_still_share_their_identity():
    row, array, ket = [0], np.zeros(2), qutip.basis(2, 0)
    first, second, third, *rest = crossed([row, row, [row], array, array, ket, ket, {"again": array}])
    first.append(1)
    assert second == third[0] == [0, 1]
    assert rest[0] is rest[1] is rest[4]["again"]
    assert rest[2] is rest[3]


QOBJS = {
    "ket": qutip.tensor(qutip.basis(2, 0), qutip.basis(3, 2)),
    "bra": qutip.basis(4, 1).dag(),
    "operator": qutip.rand_dm([2, 2], seed=1),
    "compressed rows": qutip.sigmay(),
    "diagonals": qutip.num(5),
    "rectangle": qutip.Qobj(np.arange(6).reshape(2, 3)),
    "superoperator": qutip.to_super(qutip.sigmay()),
    "Choi matrix": qutip.to_choi(qutip.to_super(qutip.sigmay())),
    "superoperator of two qubits": qutip.spre(qutip.tensor(qutip.sigmax(), qutip.sigmaz())),
    "operator as ket": qutip.operator_to_vector(qutip.sigmaz()),
    "operator as bra": qutip.operator_to_vector(qutip.sigmaz()).dag(),
    "zero": qutip.qzero(3),
    "scalar": qutip.Qobj(2j),
    "with nan": qutip.Qobj([[np.nan], [1]]),
}


@pytest.mark.parametrize("name", QOBJS)
def test_qobjs_keep_dims_kind_and_elements(name):
    qobj = QOBJS[name]
    result = crossed(qobj)
    assert type(result) is qutip.Qobj
    assert (result.dims, result.shape, result.type) == (qobj.dims, qobj.shape, qobj.type)
    assert result.superrep == qobj.superrep
    assert result.full().tobytes() == qobj.full().tobytes()
    assert isinstance(result.data, qutip.core.data.Dense) == isinstance(qobj.data, qutip.core.data.Dense)


@given(
    st.lists(st.integers(1, 3), min_size=1, max_size=3), st.sampled_from(["csr", "dense", "dia"]), st.integers(0, 99)
)
@settings(max_examples=60, deadline=None)
def test_random_operators_and_kets_come_back_equal(dims, storage, seed):
    for qobj in (qutip.rand_dm(dims, seed=seed).to(storage), qutip.rand_ket(dims, seed=seed)):
        result = crossed(qobj)
        assert result.dims == qobj.dims
        assert (result.full() == qobj.full()).all()


def test_a_forged_hermitian_flag_does_not_cross():
    qobj = qutip.Qobj([[0, 1], [0, 0]])
    qobj.isherm = True
    assert not crossed(qobj).isherm


def test_builtin_exceptions_come_back_and_others_arrive_as_data():
    class OursError(LookupError):
        def __str__(self):
            return "no such photon"

    error = crossed(KeyError("spin", 3))
    assert type(error) is KeyError
    assert error.args == ("spin", 3)
    assert crossed(OursError()) == wire.ExceptionData("OursError", "no such photon", "LookupError")
    assert crossed(SystemExit(3)) == wire.ExceptionData("SystemExit", "3", "Exception")
    assert crossed(ValueError(object())).builtin == "ValueError"
    assert isinstance(crossed(FileNotFoundError(2, "none")), FileNotFoundError)


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


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (LyingInt(7), 7),
        (LyingFloat(2.5), 2.5),
        (LyingText("text"), "text"),
        (LyingBytes(b"bytes"), b"bytes"),
        (LyingList([1, 2]), [1, 2]),
        (LyingDict(a=1), {"a": 1}),
        (Point(1, 2), (1, 2)),
        (Colour.BLUE, 2),
        (defaultdict(int, a=1), {"a": 1}),
        (OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
    ],
    ids=lambda value: type.__dict__["__name__"].__get__(type(value)),
)
def test_subclasses_arrive_as_their_plain_base_or_are_refused_by_name(value, plain):
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
        ([{"a": Lying()}], "Lying"),
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


def message(*tokens, frames=(b"",)):
    return json.dumps([1, *tokens]).encode(), list(frames)


CSR = ("qobj", 0, 0, 2, 2, 0, 1, 2, 0, 1, 2)


def sparse(columns, starts, values=2, shape=CSR):
    piece = np.ones(values, complex).tobytes() + np.array([*columns, *starts], "<i4").tobytes()
    return message(*shape, "<c16", 0, 1, values, 16 * values, "<i4", 0, 1, len(columns), 4 * len(columns),
                   "<i4", 0, 1, len(starts), 4 * len(starts), frames=[piece])  # fmt: skip


SEMANTIC = {
    "empty": message(),
    "another version": (b"[2,1]", [b""]),
    "version as truth value": (b"[true,1]", [b""]),
    "two values": message(1, 2),
    "left-over pool": message(1, frames=[b"x"]),
    "left-over frame": message(1, frames=[b"", b"x"]),
    "no frames": message(1, frames=[]),
    "truncated list": message("list", 3, 1, 2),
    "lying list length": message("list", 10**6, 1),
    "list longer than the limit": message("list", 10**15),
    "negative length": message("list", -1),
    "length as truth value": message("list", True, 1),
    "length as float": message("list", 1.0, 1),
    "unknown tag": message("os.system", "'true"),
    "pickle": message("pickle", 4, frames=[b"\x80\x04N."]),
    "raw text too short": message("str", 9, frames=[b"abc"]),
    "raw text in a frame that is missing": message("str", 5000),
    "frame of another length": message("str", 5000, frames=[b"", b"x" * 4999]),
    "text that is not UTF-8": message("str", 1, frames=[b"\xff"]),
    "integer not hexadecimal": message("int", "'0x_1"),
    "float by a word": message("float", "'1e5"),
    "complex of text": message("complex", "'1", 2.0),
    "complex of whole numbers": message("complex", 1, 2),
    "range with step zero": message("range", 0, 1, 0),
    "range of floats": message("range", 0.0, 1.0, 1.0),
    "slice of two": message("slice", 2, 1, 2),
    "duplicate key": message("dict", 2, 1, "'a", 1, "'b"),
    "equal keys of two types": message("dict", 2, 1, "'a", True, "'b"),
    "duplicate member": message("set", 2, 5, 5),
    "unhashable key": message("dict", 1, "list", 0, 1),
    "array as member": message("set", 1, "array", "<i8", 0, 0, 8, frames=[b"12345678"]),
    "colliding keys": message("set", 40, *(part for k in range(40) for part in ("int", f"'{k * (2**61 - 1):x}"))),
    "reference to nothing": message("again", 0),
    "reference to itself": message("list", 1, "again", 0),
    "negative reference": message("list", 2, "list", 0, "again", -1),
    "object dtype": message("array", "|O", 0, 1, 1, 8, frames=[b"\x01" * 8]),
    "object dtype by name": message("array", "object", 0, 1, 1, 8, frames=[b"\x01" * 8]),
    "list of dtypes": message("array", "<i8,|O", 0, 1, 1, 16, frames=[b"\x01" * 16]),
    "object in a record": message("array", "record", 8, 0, 1, 0, "'a", "|O", 0, 1, 1, 8, frames=[b"\x01" * 8]),
    "object repeated": message("array", "repeat", 1, 2, "|O", 0, 0, 16, frames=[b"\x01" * 16]),
    "variable text dtype": message("array", "|T16", 0, 1, 1, 16, frames=[b"\x01" * 16]),
    "float of no size": message("array", "<f3", 0, 1, 1, 3, frames=[b"123"]),
    "dtype with a line end": message("array", "<i8\n", 0, 0, 8, frames=[b"12345678"]),
    "date in no unit": message("array", "<M8[x]", 0, 0, 8, frames=[b"12345678"]),
    "date in units of zero": message("array", "<M8[0s]", 0, 0, 8, frames=[b"12345678"]),
    "dtype nested deeply": message("array", *["repeat", 1, 1] * 500, "<i8", 0, 0, 8, frames=[b"12345678"]),
    "huge shape": message("array", "<i8", 0, 1, 2**60, 8, frames=[b"12345678"]),
    "overflowing shape": message("array", "<i8", 0, 2, 2**32, 2**32, 0),
    "huge empty shape": message("array", "<i8", 0, 3, 0, 2**40, 2**20, 0),
    "huge shape of nothing": message("array", "|S0", 0, 1, 2**60, 0),
    "huge items": message("array", "<U999999999", 0, 1, 1, 8, frames=[b"12345678"]),
    "huge repetition": message("array", "repeat", 2, 2**40, 2**40, "<i8", 0, 1, 0, 0),
    "negative shape": message("array", "<i8", 0, 1, -1, 0),
    "too many dimensions": message("array", "<i8", 0, 70, *[1] * 70, 8, frames=[b"12345678"]),
    "unknown order": message("array", "<i8", 2, 0, 8, frames=[b"12345678"]),
    "shape and bytes disagree": message("array", "<i8", 0, 1, 2, 8, frames=[b"12345678"]),
    "truth value 2": message("array", "|b1", 0, 1, 1, 1, frames=[b"\x02"]),
    "truth value 2 in a record": message("array", "record", 2, 0, 1, 1, "'a", "|b1", 0, 0, 2, frames=[b"\0\x02"]),
    "character beyond Unicode": message("array", "<U1", 0, 1, 1, 4, frames=[b"\xff" * 4]),
    "big-endian character beyond Unicode": message("scalar", ">U1", 0, 0, 4, frames=[b"\x7f\0\0\0"]),
    "overlapping fields": message(
        "array", "record", 8, 0, 2, 0, "'a", "<i8", 4, "'b", "<i4", 0, 0, 8, frames=[b"12345678"]
    ),
    "field outside": message("array", "record", 8, 0, 1, 4, "'a", "<i8", 0, 0, 8, frames=[b"12345678"]),
    "fields of one name": message(
        "array", "record", 8, 0, 2, 0, "'a", "<i4", 4, "'a", "<i4", 0, 0, 8, frames=[b"12345678"]
    ),
    "scalar with dimensions": message("scalar", "<i8", 0, 1, 1, 8, frames=[b"12345678"]),
    "exception by import path": message("exception", "'os.system", "'os.system", "'true", 1, "tuple", 0),
    "exception of another name": message("exception", "'Mine", "'ValueError", "'a", 1, "tuple", 1, "'a"),
    "exception name of two lines": message("exception", "'a\nb", "'ValueError", "'a", 0, "tuple", 0),
    "exception with a container": message("exception", "'ValueError", "'ValueError", "'", 1, "tuple", 1, "list", 0),
    "exception without arguments": message("exception", "'ValueError", "'ValueError", "'", 1, "list", 0),
    "Qobj dims do not fit": message("qobj", 0, 1, 2, 1, 0, 1, 3, 0, 1, 1, "<c16", 0, 2, 2, 1, 32, frames=[bytes(32)]),
    "Qobj matrix of another shape": message(
        "qobj", 0, 1, 2, 1, 0, 1, 2, 0, 1, 1, "<c16", 0, 2, 1, 2, 32, frames=[bytes(32)]
    ),
    "Qobj of whole numbers": message("qobj", 0, 1, 2, 1, 0, 1, 2, 0, 1, 1, "<i8", 0, 2, 2, 1, 16, frames=[bytes(16)]),
    "huge Qobj": sparse([0], [0, 1], 1, ("qobj", 0, 0, 1, 2**50, 0, 1, 1, 0, 1, 2**50)),
    "sparse column outside": sparse([0, 2], [0, 1, 2]),
    "sparse column negative": sparse([0, -1], [0, 1, 2]),
    "sparse column twice": sparse([1, 1], [0, 2, 2]),
    "sparse starts fall": sparse([0, 1], [0, 3, 2]),
    "sparse starts outside": sparse([0, 1], [0, 1, 2**31 - 1]),
    "sparse starts late": sparse([0, 1], [1, 1, 2]),
    "sparse starts too few": sparse([0, 1], [0, 2]),
    "sparse columns too few": sparse([0], [0, 1, 2]),
}
RAW = {
    "nothing": b"",
    "no JSON": b"\x80\x04N.",
    "object": b'{"a":1}',
    "nested": b"[1,[1]]",
    "nested deeply": b"[" * 10_000 + b"]" * 10_000,
    "bracket open": b"[1,1",
    "not ASCII": '[1,"\'é"]'.encode(),
    "NaN": b"[1,NaN]",
    "Infinity": b"[1,-Infinity]",
    "float out of range": b"[1,1e999]",
    "huge integer": b"[1," + b"9" * 10_000 + b"]",
    "huge float": b"[1,0." + b"9" * 10_000 + b"]",
    "broken escape": b'[1,"\'\\ud8"]',
    "header too long": b"[1," + b" " * 9_000_000 + b"1]",
}
HOSTILE = SEMANTIC | {name: (header, [b""]) for name, header in RAW.items()}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_message_ends_in_one_error_and_little_memory(name):
    header, frames = HOSTILE[name]
    wire.decode(*wire.encode(qutip.sigmax()))  # imports happen before memory is counted
    tracemalloc.start()
    try:
        with pytest.raises(SubmissionError):
            wire.decode(header, frames)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000 + 2 * len(header)
    finally:
        tracemalloc.stop()


def test_a_bomb_of_references_is_refused_though_it_is_short():
    tokens = ["list", 41, "list", 0] + [part for k in range(40) for part in ("list", 2, "again", k, "again", k)]
    with pytest.raises(SubmissionError, match="too many values"):
        wire.decode(*message(*tokens))


SEEDS = [
    wire.encode(value)
    for value in [
        {"a": [1, 2.5, None], (1, "b"): {3, 4}, "c": frozenset({b"x"})},
        [np.arange(6.0).reshape(2, 3), np.array([True, False]), np.array(["ab", "c"]), np.longdouble(2), np.float16(1)],
        np.array([(1, "ab", True)], [("a", ">i4"), ("b", "U2"), ("c", "?", (2,))]),
        [qutip.basis(2, 0), qutip.sigmax(), qutip.to_super(qutip.sigmax())],
        [
            ValueError("a", 2),
            SystemExit(1),
            range(5),
            slice(1, None),
            1j,
            10**40,
            "\ud800",
            np.datetime64("2020-01-01"),
        ],
        [[1]] * 3 + [b"x" * 5000],
    ]
]
TOKENS = (
    st.sampled_from(
        [-1, 0, 1, 2, 3, 8, 16, 2**31, 2**62, True, None, 0.5, "'", "'a", "|O", "<i8", "<f16", "|b1", "<U1"]
    )
    | st.sampled_from(["list", "dict", "set", "tuple", "array", "scalar", "record", "repeat", "qobj", "again", "str"])
    | st.integers(-5, 50)
)
MUTATIONS = st.lists(st.tuples(st.sampled_from("rdiswf"), st.integers(0, 10**6), TOKENS), min_size=1, max_size=4)


def mutated(seed, mutations):
    header, frames = seed
    tokens, frames = json.loads(header), [bytearray(frame) for frame in frames]
    for action, place, token in mutations:
        at, frame = place % max(len(tokens), 1), frames[place % len(frames)]
        if action == "r" and tokens:
            tokens[at] = token
        elif action == "d":
            del tokens[at : at + 1]
        elif action == "i":
            tokens.insert(at, token)
        elif action == "s" and tokens:
            tokens[at], tokens[-1] = tokens[-1], tokens[at]
        elif action == "w" and frame:
            frame[place % len(frame)] ^= 1 + place % 255
        elif action == "f":
            frame.extend(b"\xff" * (place % 9))
    return json.dumps(tokens).encode(), frames


@given(st.sampled_from(SEEDS), MUTATIONS)
@settings(max_examples=1000, deadline=None)
def test_a_mutated_message_ends_in_a_value_or_one_error(seed, mutations):
    try:
        value = wire.decode(*mutated(seed, mutations), SMALL)
    except SubmissionError:
        return
    repr(value)  # numpy and qutip follow what they were given
    wire.encode(value)


@given(st.sampled_from(SEEDS), st.integers(0, 10**6), st.integers(0, 255))
@settings(max_examples=500, deadline=None)
def test_a_header_with_a_changed_byte_ends_in_a_value_or_one_error(seed, place, byte):
    header = bytearray(seed[0])
    header[place % len(header)] = byte
    try:
        repr(wire.decode(header, seed[1], SMALL))
    except SubmissionError:
        return


@pytest.fixture(params=["pipe", "socket"])
def ends(request):
    """Two descriptors: what is written to the second can be read from the first."""
    sockets = []
    if request.param == "pipe":
        reading, writing = os.pipe()
    else:
        sockets = socket.socketpair()
        reading, writing = (end.detach() for end in sockets)
    open_ends = {"reading": reading, "writing": writing}
    yield open_ends
    for descriptor in open_ends.values():
        os.close(descriptor)


def soon(seconds=20.0):
    return time.monotonic() + seconds


def test_large_and_small_messages_pass_one_after_the_other(ends):
    values = [1, np.arange(300_000.0), {"a": qutip.basis(2, 0).full()}, b"x" * 3_000_000]

    def send():
        for value in values:
            wire.write_message(ends["writing"], *wire.encode(value), deadline=soon())

    sender = threading.Thread(target=send)
    sender.start()
    results = [wire.decode(*wire.read_message(ends["reading"], deadline=soon())) for _ in values]
    sender.join()
    assert fingerprint(results) == fingerprint(values)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"QL",
        b"HTTP/1.1 200 OK\r\n",
        struct.pack("<4sII", b"QLW1", 2**32 - 1, 1),
        struct.pack("<4sII", b"QLW1", 5, 2**32 - 1),
        struct.pack("<4sIIQ", b"QLW1", 5, 1, 2**63),
        struct.pack("<4sIIQQ", b"QLW1", 5, 2, 2**27 + 1, 2**27),
        struct.pack("<4sIIQ", b"QLW1", 5, 1, 2**27) + b"[1,1]xyz",
        struct.pack("<4sIIQ", b"QLW1", 5, 1, 0) + b"[1",
    ],
)
def test_a_broken_stream_ends_in_one_error_and_little_memory(ends, sent):
    os.write(ends["writing"], sent)
    os.close(ends.pop("writing"))
    tracemalloc.start()
    try:
        with pytest.raises(SubmissionError):
            wire.read_message(ends["reading"], deadline=soon())
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_a_silent_peer_ends_at_the_deadline(ends):
    os.write(ends["writing"], b"QLW1")
    with pytest.raises(SubmissionError, match="before its deadline"):
        wire.read_message(ends["reading"], deadline=soon(0.05))
    with pytest.raises(SubmissionError, match="before its deadline"):
        wire.write_message(ends["writing"], *wire.encode(b"x" * 5_000_000), deadline=soon(0.05))


def test_a_peer_that_left_is_told(ends):
    os.close(ends.pop("reading"))
    with pytest.raises(SubmissionError, match="closed its connection"):
        wire.write_message(ends["writing"], *wire.encode(1), deadline=soon())


def test_a_message_beyond_the_limits_is_not_sent(ends):
    with pytest.raises(SubmissionError, match="too long"):
        wire.write_message(ends["writing"], b"[1,1]", [b"x" * 200_000], deadline=soon(), limits=SMALL)


def test_special_floats_keep_sign_and_kind():
    assert math.copysign(1, crossed(-0.0)) == -1
    assert [repr(part) for part in crossed([math.nan, math.inf, -math.inf])] == ["nan", "inf", "-inf"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("object dtype", "not on the list"),
        ("list of dtypes", "not on the list"),
        ("object in a record", "not on the list"),
        ("huge empty shape", "an array is too large"),
        ("huge integer", "too long"),
        ("sparse starts fall", "wrong row starts"),
        ("huge Qobj", "a Qobj is too large"),
    ],
)
def test_our_own_check_refuses_before_numpy_qutip_or_json_see_it(name, reason):
    with pytest.raises(SubmissionError, match=reason):
        wire.decode(*HOSTILE[name])


def test_an_ordered_dict_keeps_the_order_it_was_moved_to():
    value = OrderedDict(a=1, b=2)
    value.move_to_end("a")
    assert list(crossed(value)) == ["b", "a"]
