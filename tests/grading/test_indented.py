"""Notebooks are written exactly as `json` would write them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlearn.grading.indented import indented

VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(
        st.lists(inner), st.tuples(inner, inner), st.dictionaries(st.one_of(st.text(), st.integers()), inner)
    ),
)


@given(VALUES)
def test_it_is_what_json_gives(value: Any) -> None:
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("value", [{}, [], (), {"a": {}, "b": [[], {}]}, "half \ud800 a pair", {1: [2]}, {"a": {1: 2}}])
def test_corners(value: Any) -> None:
    assert json.loads(indented(value)) == json.loads(json.dumps(value))
