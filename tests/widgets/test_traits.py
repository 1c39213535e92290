"""Traits of widgets refuse what they do not allow in one clear sentence, and keep what they had."""

from __future__ import annotations

import pytest
import traitlets

from qlearn.errors import ParameterError
from qlearn.widgets.traits import SEED, Between, OneOf, WholeBetween


class Thing(traitlets.HasTraits):
    angle = Between(10.0, -90.0, 90.0)
    time = Between(2.0, 1.0, 1e6, allow_none=True)
    seed = WholeBetween(None, *SEED, allow_none=True)
    name = OneOf("bell", ("bell", "noisy"))
    runs = OneOf(100, (10, 100))


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("angle", 91, "angle is 91; it must lie between -90 and 90$"),
        ("angle", float("nan"), "angle is nan; it must lie"),
        ("time", 0.5, "time is 0.5; it must lie between 1 and 1000000, or be None"),
        ("seed", 2**32, "seed is 4294967296; it must lie between 0 and 4294967295, or be None"),
        ("name", "ghz", "name is 'ghz'; it must be one of 'bell', 'noisy'"),
        ("runs", 30, "runs is 30; it must be one of 10, 100"),
    ],
)
def test_what_is_not_allowed_is_refused_and_changes_nothing(name: str, value: object, text: str) -> None:
    thing = Thing()
    before = getattr(thing, name)
    with pytest.raises(ParameterError, match=text):
        setattr(thing, name, value)
    assert getattr(thing, name) == before


@pytest.mark.parametrize(
    ("name", "value"), [("angle", -90), ("angle", 90.0), ("time", None), ("seed", 0), ("name", "noisy"), ("runs", 10)]
)
def test_what_is_allowed_is_kept(name: str, value: object) -> None:
    assert getattr(Thing(**{name: value}), name) == value


def test_another_type_is_refused_as_traitlets_does() -> None:
    with pytest.raises(traitlets.TraitError, match="angle"):
        Thing(angle="wide")
