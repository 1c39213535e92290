"""Hostile messages end in one error and little memory."""

from __future__ import annotations

import json
import tracemalloc

import numpy as np
import pytest
import qutip
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.wire.values import SMALL
from qlearn.errors import SubmissionError
from qlearn.grading import wire


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
@settings(max_examples=1000)
def test_a_mutated_message_ends_in_a_value_or_one_error(seed, mutations):
    try:
        value = wire.decode(*mutated(seed, mutations), SMALL)
    except SubmissionError:
        return
    repr(value)  # numpy and qutip follow what they were given
    wire.encode(value)


@given(st.sampled_from(SEEDS), st.integers(0, 10**6), st.integers(0, 255))
@settings(max_examples=500)
def test_a_header_with_a_changed_byte_ends_in_a_value_or_one_error(seed, place, byte):
    header = bytearray(seed[0])
    header[place % len(header)] = byte
    try:
        repr(wire.decode(header, seed[1], SMALL))
    except SubmissionError:
        return


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
