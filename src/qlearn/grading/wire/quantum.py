"""Qobjs as dims, a kind and plain arrays, dense or compressed rows; cached flags such as `isherm` stay behind."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from qlearn.grading.wire.arrays import Array, put_array, take_array
from qlearn.grading.wire.tokens import TokenReader, TokenWriter, refuse

MOST_SUBSYSTEMS = 64
_REPRESENTATIONS = ("", "super", "choi", "chi")


def put_qobj(writer: TokenWriter, qobj: Any) -> None:
    """Write a `qutip.Qobj`; storage other than dense goes as compressed rows."""
    import qutip

    data, dims, shape = (qutip.Qobj.__dict__[name].fget(qobj) for name in ("data", "dims", "shape"))
    representation = qutip.Qobj.__dict__["superrep"].fget(qobj) or ""
    if not _dims_fit(dims, shape) or representation not in _REPRESENTATIONS:
        refuse(
            "a Qobj whose dims are not those of a tensor product", "kets, bras, operators, superoperators can be sent"
        )
    dense = isinstance(data, qutip.core.data.Dense)
    writer.put("qobj", _REPRESENTATIONS.index(representation), int(dense), *shape)
    _put_dims(writer, dims)
    if dense:
        put_array(writer, data.as_ndarray())
        return
    rows = qutip.core.data.to("CSR", data).as_scipy().copy()
    rows.sum_duplicates()
    for part in (rows.data, rows.indices.astype("<i4"), rows.indptr.astype("<i4")):
        put_array(writer, part)


def take_qobj(reader: TokenReader) -> Any:
    """Read what `put_qobj` wrote, with every index checked before QuTiP's compiled code follows it."""
    import qutip

    representation = _REPRESENTATIONS[reader.integer(0, len(_REPRESENTATIONS) - 1)]
    dense = reader.integer(0, 1)
    shape = (reader.integer(1), reader.integer(1))
    if shape[0] * shape[1] > reader.limits.qobj_elements:
        refuse("a Qobj is too large", f"at most {reader.limits.qobj_elements} matrix elements are allowed")
    dims = [_take_dims(reader), _take_dims(reader)]
    if not _dims_fit(dims, shape):
        refuse("a Qobj has dims that do not fit its shape", "dims whose product is the shape are allowed")
    if dense:
        matrix = take_array(reader)
        if matrix.dtype != np.complex128 or matrix.shape != shape:
            refuse("a Qobj has a wrong matrix", "complex numbers in its own shape are needed")
        data = qutip.core.data.Dense(matrix.astype(np.complex128, order="K"), copy=False)
    else:
        values, columns, starts = _take_rows(reader, shape)
        index = qutip.core.data.base.idxint_dtype
        data = qutip.core.data.CSR((values, columns.astype(index), starts.astype(index)), shape)
    return qutip.Qobj(data, dims=dims, superrep=representation or None, copy=False)


def _take_rows(reader: TokenReader, shape: tuple[int, int]) -> tuple[Array, Array, Array]:
    values, columns, starts = take_array(reader), take_array(reader), take_array(reader)
    types = values.dtype == np.complex128 and columns.dtype == starts.dtype == np.dtype("<i4")
    if not types or values.ndim != 1 or columns.shape != values.shape or starts.shape != (shape[0] + 1,):
        refuse("a sparse Qobj has wrong arrays", "values, columns and row starts are needed")
    steps = (starts[1:].astype(np.int64) - starts[:-1]).astype(np.int64)
    if starts[0] != 0 or starts[-1] != len(values) or (steps < 0).any():
        refuse("a sparse Qobj has wrong row starts", "growing starts up to the number of values are needed")
    if len(columns):
        place = np.repeat(np.arange(shape[0], dtype=np.int64), steps) * shape[1] + columns
        if columns.min() < 0 or columns.max() >= shape[1] or (np.diff(place) <= 0).any():
            refuse("a sparse Qobj has wrong columns", "growing columns inside its shape are needed")
    return values.astype(np.complex128), columns, starts


def _put_dims(writer: TokenWriter, dims: Any) -> None:
    """Write both sides of dims: a flag for the pairs of a superoperator's space, then numbers."""
    for side in dims:
        nested = isinstance(side[0], list)
        writer.put(int(nested))
        for part in side if nested else (side,):
            writer.put(len(part), *part)


def _take_dims(reader: TokenReader) -> list[Any]:
    nested = reader.integer(0, 1)
    parts = [[reader.integer(1) for _ in range(reader.integer(1, MOST_SUBSYSTEMS))] for _ in range(2 if nested else 1)]
    return parts if nested else parts[0]


def _dims_fit(dims: Any, shape: tuple[int, int]) -> bool:
    """Whether each side is a list of numbers, or two such lists, with the length of that side as product."""
    for side, length in zip(dims, shape, strict=True):
        parts = side if side and isinstance(side[0], list) else [side]
        if parts is side and len(side) != 2:
            return False
        numbers = [number for part in parts for number in part]
        flat = all(type(number) is int for number in numbers) and all(
            0 < len(part) <= MOST_SUBSYSTEMS for part in parts
        )
        if not flat or math.prod(numbers) != length:
            return False
    return True
