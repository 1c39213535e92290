"""Containers in a call's arguments are numbered alike on both sides, and take new contents in place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qlearn.grading.run.containers import MOST, containers_of, put_contents
from qlearn.grading.wire import decode, encode

NESTED = st.recursive(
    st.one_of(st.integers(), st.text(max_size=3), st.sets(st.integers(), max_size=3)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.tuples(inner, inner), st.dictionaries(st.integers(), inner, max_size=4)
    ),
    max_leaves=15,
)


@given(NESTED)
@settings(max_examples=100)
def test_both_sides_count_alike(value: Any) -> None:
    header, frames = encode(value)
    other = decode(header, [bytes(frame) for frame in frames])
    here, there = containers_of(value), containers_of(other)
    assert here == there


def test_each_container_is_listed_once_in_the_order_met() -> None:
    row, array = [1], np.arange(2)
    outer = [row, (row, {"a": array, "b": array}), {3}]
    found = containers_of((outer, row))
    assert [id(part) for part in found] == [id(part) for part in (outer, row, outer[1][1], array, outer[2])]


def test_a_list_in_itself_ends_and_very_many_are_cut() -> None:
    loop: list[Any] = []
    loop.append(loop)
    assert len(containers_of(loop)) == 1
    assert len(containers_of([[] for _ in range(2 * MOST)])) == MOST


def test_subclasses_are_left_out() -> None:
    class Mine(list[Any]):
        pass

    assert containers_of((Mine([[1]]), np.ma.masked_array([1]))) == []


@pytest.mark.parametrize(
    ("before", "contents"),
    [
        ([1, 2], [3]),
        ({"a": 1}, {"b": [2]}),
        ({1}, {2, 3}),
        ([1], []),
        ({}, {1: 1}),
        (np.zeros(2), np.array([1.0, 2.0])),
    ],
)
def test_a_container_gets_new_contents_and_stays_itself(before: Any, contents: Any) -> None:
    put_contents(before, contents)
    assert np.array_equal(before, contents) if type(before) is np.ndarray else before == contents


@pytest.mark.parametrize(
    ("before", "contents"),
    [
        ([1], (2,)),
        ([1], {"a": 1}),
        ({1: 1}, {1}),
        ({1}, [2]),
        ([1], None),
        (np.zeros(2), np.zeros(3)),
        (np.zeros(2), np.zeros(2, dtype=int)),
        (np.zeros(2), [1.0, 2.0]),
    ],
)
def test_contents_of_another_kind_or_shape_are_left_out(before: Any, contents: Any) -> None:
    picture = before.copy()
    put_contents(before, contents)
    assert np.array_equal(before, picture) if type(before) is np.ndarray else before == picture


def test_a_read_only_array_stays_as_it_is() -> None:
    array = np.zeros(2)
    array.flags.writeable = False
    put_contents(array, np.ones(2))
    assert array.tolist() == [0, 0]
