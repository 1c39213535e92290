"""NumPy arrays and scalars as a described dtype, a shape and raw bytes, for every dtype that holds no object."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

from qlearn.grading.wire.tokens import POOLED_BYTES, TokenReader, TokenWriter, quoted, refuse

MOST_FIELDS = 1000
MOST_DIMENSIONS = 64
MOST_DTYPE_DEPTH = 16
_DTYPE = re.compile(
    r"\|b1|[|<>][iu]1|[<>][iu][248]|[<>]f(2|4|8|16)|[<>]c(8|16|32)|\|[SV]\d{1,9}|[<>]U\d{1,9}"
    r"|[<>][Mm]8(\[\d{0,9}(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?"
)
_LARGEST_CHARACTER = 0x10FFFF
_EXTENDED_BYTES = 10 if np.finfo(np.longdouble).nmant == 63 else 16  # x86 keeps 80 bits in 16 bytes

Array = np.ndarray[Any, np.dtype[Any]]
_NUMBERS = {
    dtype.str: (quoted(dtype.str), np.dtype(dtype.str))  # of two types of one size, int64 and not longlong
    for dtype in map(np.dtype, ("?", "b", "B", "h", "H", "i", "I", "q", "Q", "e", "f", "d", "F", "D"))
}
"""The dtypes of ordinary numbers, as they stand in a header."""
SCALAR_TYPES = frozenset(set(np.sctypeDict.values()) - {np.object_})


def put_array(writer: TokenWriter, array: Array) -> None:
    """Write an exact `numpy.ndarray`: dtype, order, shape, bytes. What is not contiguous is sent in C order."""
    flags = array.flags
    order = 1 if flags.f_contiguous and not flags.c_contiguous else 0
    number = _NUMBERS.get(array.dtype.str)
    if number is not None and array.nbytes < POOLED_BYTES:  # nearly all there are, without what the others need
        writer.spend(values=1)
        writer.written.append(f"{number[0]},{order},{','.join(map(str, (array.ndim, *array.shape)))}")
        writer.raw(array.tobytes("F" if order else "C"))
        return
    put_dtype(writer, array.dtype)
    writer.put(order, array.ndim, *array.shape)
    flat = np.ascontiguousarray(array.T if order else array).reshape(-1)
    flat = _without_padding(flat)
    writer.raw(flat.view(np.uint8).data if flat.nbytes else b"")


def take_array(reader: TokenReader) -> Array:
    """Read what `put_array` wrote into a new array that owns its memory."""
    dtype = take_dtype(reader)
    order = reader.integer(0, 1)
    shape = tuple(reader.integer() for _ in range(reader.integer(0, MOST_DIMENSIONS)))
    # Zero dimensions are left out: numpy multiplies the others too, and a sum along the empty axis would build them.
    if math.prod(length for length in shape if length) * max(dtype.itemsize, 1) > reader.limits.frame_bytes:
        refuse("an array is too large", f"at most {reader.limits.frame_bytes} bytes are allowed")
    piece = reader.raw(math.prod(shape) * dtype.itemsize)
    array: Array = np.ndarray(shape, dtype, order="F" if order else "C")
    if array.nbytes:
        flat = (array.T if order else array).reshape(-1)
        flat.view(np.uint8)[:] = np.frombuffer(piece, np.uint8)
        if dtype.kind not in "iufc":  # any bytes are a number
            _check_contents(flat)
    return array


def put_dtype(writer: TokenWriter, dtype: np.dtype[Any], depth: int = 0) -> None:
    """Write a dtype: its string, or its fields or its repetitions. Titles and metadata stay behind."""
    writer.spend(values=1)
    if depth > MOST_DTYPE_DEPTH or len(dtype.names or ()) > MOST_FIELDS:
        refuse("an array's dtype is too complicated", f"at most {MOST_FIELDS} fields are allowed")
    if dtype.hasobject or not (dtype.names is not None or dtype.subdtype or _DTYPE.fullmatch(dtype.str)):
        refuse(f"an array of dtype {str(dtype)[:80]}", "numbers, text, bytes, dates and records of them can be sent")
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        writer.put("repeat", len(shape), *shape)
        put_dtype(writer, base, depth + 1)
    elif dtype.names is not None and dtype.fields is not None:
        writer.put("record", dtype.itemsize, int(dtype.isalignedstruct), len(dtype.names))
        for name in dtype.names:
            field, offset = dtype.fields[name][:2]
            writer.put(offset)
            writer.text(name)
            put_dtype(writer, field, depth + 1)
    else:
        writer.put(dtype.str)


def take_dtype(reader: TokenReader, depth: int = 0) -> np.dtype[Any]:
    """Read a dtype; numpy sees a string only after it matched the list of those without objects."""
    if depth > MOST_DTYPE_DEPTH:
        refuse("an array's dtype is nested too deeply", f"at most {MOST_DTYPE_DEPTH} levels are allowed")
    reader.spend(values=1)
    tag = reader.tag()
    if tag in _NUMBERS:
        return _NUMBERS[tag][1]
    if tag == "record":
        return _take_record(reader, depth)
    if tag == "repeat":
        shape = tuple(reader.integer(1) for _ in range(reader.integer(1, MOST_DIMENSIONS)))
        base = take_dtype(reader, depth + 1)
        if math.prod(shape) * max(base.itemsize, 1) > reader.limits.frame_bytes:
            refuse("an array's dtype is too large", f"at most {reader.limits.frame_bytes} bytes are allowed")
        return np.dtype((base, shape))
    if len(tag) > 40 or not _DTYPE.fullmatch(tag):
        refuse("an array's dtype is not on the list", "dtypes without objects are allowed")
    return np.dtype(tag)


def _take_record(reader: TokenReader, depth: int) -> np.dtype[Any]:
    itemsize = reader.integer(0, reader.limits.frame_bytes)
    aligned = bool(reader.integer(0, 1))
    names, formats, offsets = [], [], []
    for _ in range(reader.integer(0, MOST_FIELDS)):
        offsets.append(reader.integer(0, itemsize))
        names.append(reader.text())
        formats.append(take_dtype(reader, depth + 1))
    end = 0
    for offset, field in sorted(
        zip(offsets, formats, strict=True), key=lambda pair: (pair[0], pair[0] + pair[1].itemsize)
    ):
        if offset < end:
            refuse("the fields of a record overlap", "fields beside each other are allowed")
        end = offset + field.itemsize
    if end > itemsize:
        refuse("a field lies outside its record", f"{itemsize} bytes are allowed")
    return np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": itemsize}, align=aligned)


def _without_padding(flat: Array) -> Array:
    """Return the array with zeros wherever no value lies: the gaps hold whatever the sender's memory held before."""
    dtype = flat.dtype
    if not (dtype.names is not None or dtype.str[1:] in ("f16", "c32")):
        return flat
    clean = np.zeros(flat.shape, dtype)
    _copy_values(clean, flat)
    return clean


def _copy_values(clean: Array, source: Array) -> None:
    dtype = source.dtype
    if dtype.names is not None:
        for name in dtype.names:
            _copy_values(clean[name], source[name])
        return
    clean[...] = source
    if dtype.str[1:] in ("f16", "c32"):
        gap = range(_EXTENDED_BYTES, 16) if dtype.isnative else range(16 - _EXTENDED_BYTES)
        for start in range(0, dtype.itemsize, 16):
            for offset in gap:
                clean.setfield(0, np.uint8, start + offset)


def _check_contents(array: Array) -> None:
    """Refuse bytes that no value of the dtype has: numpy trusts them, and the judge would trip over them later."""
    if array.dtype.names is not None:
        for name in array.dtype.names:
            _check_contents(array[name])
    elif array.dtype.kind == "b" and array.size and array.view(np.uint8).max() > 1:
        refuse("a truth value is neither true nor false", "bytes 0 and 1 are allowed")
    elif array.dtype.kind == "U" and array.size and array.dtype.itemsize:
        points = np.ascontiguousarray(array).reshape(-1).view(np.dtype(f"{array.dtype.byteorder}u4"))
        if points.max() > _LARGEST_CHARACTER:
            refuse("text holds a character that does not exist", "Unicode code points are allowed")
