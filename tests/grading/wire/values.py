"""Values of every kind for the codec, and how two of them are compared past their own equality."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

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
