"""What is not plain data crosses as references, and comes back as what it stands for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qlearn.errors import SubmissionError
from qlearn.grading.run.containers import containers_of
from qlearn.grading.run.references import Reference, pack, unpack
from qlearn.grading.wire import decode, encode


class Thing:
    pass


class Table:
    """Objects by number, as both sides have them."""

    def __init__(self) -> None:
        self.things: list[object] = []

    def describe(self, value: object) -> Reference:
        if not any(thing is value for thing in self.things):
            self.things.append(value)
        return Reference("thing", (next(n for n, thing in enumerate(self.things) if thing is value),))

    def resolve(self, reference: Reference) -> object:
        assert reference.kind == "thing"
        return self.things[reference.fields[0]]


def crossed(value: object) -> Any:
    table = Table()
    found, packed = pack(value, table.describe)
    header, frames = encode(packed)
    return unpack((found, decode(header, [bytes(frame) for frame in frames])), table.resolve)


KEYS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.tuples(st.integers(), st.text()))
THINGS = st.builds(Thing)
VALUES = st.recursive(
    st.one_of(KEYS, st.floats(allow_nan=False), st.binary(max_size=5), THINGS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(KEYS, inner, max_size=4),
        st.sets(KEYS, max_size=4),
        st.frozensets(KEYS, max_size=4),
    ),
    max_leaves=20,
)


@given(VALUES)
@settings(max_examples=150)
def test_nested_values_come_back_with_the_same_objects_in_them(value: Any) -> None:
    assert crossed(value) == value


def test_plain_values_hold_no_references() -> None:
    value = [1, "a", {"b": (2.5, None)}, {3}, np.arange(3), np.float32(2), range(3), slice(1, 2), ...]
    found, packed = pack(value, Table().describe)
    assert not found
    assert packed is not value
    assert packed[4] is value[4]


def test_what_is_shared_stays_shared() -> None:
    row, thing = [1, Thing()], Thing()
    back = crossed({"rows": [row, row], "row": row, "things": [thing, thing], "pair": (row,)})
    assert back["rows"][0] is back["rows"][1] is back["row"] is back["pair"][0]
    assert back["things"][0] is back["things"][1] is thing


def test_a_list_that_contains_itself_is_refused() -> None:
    value: list[Any] = [1]
    value.append({"again": value})
    with pytest.raises(SubmissionError, match="a list contains itself"):
        pack(value, Table().describe)


@pytest.mark.parametrize("value", [{Thing(): 1}, {Thing()}, frozenset([Thing()]), {(1, Thing()): 2}])
def test_a_container_with_a_key_that_is_not_plain_is_one_reference(value: Any) -> None:
    assert crossed([value])[0] is value


def test_subclasses_of_plain_types_and_objects_arrays_are_references() -> None:
    class Number(int):
        pass

    for value in (Number(3), np.array([Thing()], dtype=object), np.ma.masked_array([1]), type):
        assert crossed(value) is value


def test_a_description_that_is_plain_takes_the_place_of_the_value() -> None:
    found, packed = pack([Thing(), {"a": Thing()}], lambda _: (1, 2))
    assert (found, packed) == (False, [(1, 2), {"a": (1, 2)}])


def test_references_in_fields_are_told_from_plain_data() -> None:
    inner = Reference("inner", (1,))
    found, packed = pack(Thing(), lambda _: Reference("outer", (inner, (inner, 2), [3])))
    met = []
    unpack((found, packed), met.append)
    assert met == [Reference("outer", (inner, (inner, 2), [3]))]


def test_without_references_nothing_is_looked_for() -> None:
    trap = slice("qlearn reference thing", (0,), None)
    assert unpack((False, [trap]), Table().resolve) == [trap]
    with pytest.raises(IndexError):
        unpack((True, [trap]), Table().resolve)


def test_a_slice_of_the_students_own_is_no_reference_unless_it_bears_the_mark() -> None:
    assert crossed([slice("a", "b", "c"), Thing()])[0] == slice("a", "b", "c")


@pytest.mark.parametrize("fields", [None, 3, [0], "0"])
def test_a_reference_without_fields_is_refused(fields: Any) -> None:
    with pytest.raises(SubmissionError, match="has no fields"):
        unpack((True, slice("qlearn reference thing", fields, None)), Table().resolve)


def test_known_containers_inside_the_value_become_arguments_but_not_the_value_itself() -> None:
    inner, array = [1], np.arange(2)
    outer = [inner, array, {"a": inner}]
    known = {id(part): number for number, part in enumerate(containers_of(outer))}
    found, packed = pack(outer, Table().describe, known)
    assert found
    met: list[Reference] = []
    assert unpack((found, packed), lambda reference: met.append(reference) or len(met)) == [1, 2, {"a": 3}] or met
    assert {reference.kind for reference in met} == {"argument"}
