"""Traits that say what they allow: a number in a range, a whole number in a range, one of several values."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import traitlets

from qlearn.errors import ParameterError

__all__ = ["SEED", "Between", "OneOf", "WholeBetween"]

SEED = (0, 2**32 - 1)
"""What a widget's seed may be."""


class Between(traitlets.Float):  # type: ignore[type-arg]  # no generic at run time
    """A number from `low` to `high`.

    Parameters
    ----------
    default : float or None
        What it is when left out.
    low, high : float
        The smallest and the largest number allowed.
    allow_none : bool
        Whether it may be None.
    """

    def __init__(self, default: float | None, low: float, high: float, *, allow_none: bool = False) -> None:
        super().__init__(default, allow_none=allow_none)  # type: ignore[call-overload]
        self._ends = low, high

    def validate(self, obj: Any, value: Any) -> Any:
        """Give the number; ParameterError if it is outside."""
        return _within(self, super().validate(obj, value), self._ends)


class WholeBetween(traitlets.Int):  # type: ignore[type-arg]  # no generic at run time
    """A whole number from `low` to `high`; parameters as of `Between`."""

    def __init__(self, default: int | None, low: int, high: int, *, allow_none: bool = False) -> None:
        super().__init__(default, allow_none=allow_none)  # type: ignore[call-overload]
        self._ends = low, high

    def validate(self, obj: Any, value: Any) -> Any:
        """Give the number; ParameterError if it is outside."""
        return _within(self, super().validate(obj, value), self._ends)


class OneOf(traitlets.Any):
    """One of several texts or numbers.

    Parameters
    ----------
    default
        What it is when left out.
    options
        What it may be.
    """

    def __init__(self, default: object, options: Collection[object]) -> None:
        super().__init__(default)
        self._options = tuple(options)

    def validate(self, obj: Any, value: Any) -> Any:
        """Give the option; ParameterError if it is none of them."""
        del obj
        if value not in self._options:
            allowed = ", ".join(map(repr, self._options))
            raise ParameterError(f"{self.name} is {value!r}; it must be one of {allowed}")
        return self._options[self._options.index(value)]


def _within(trait: Any, number: float, ends: tuple[float, float]) -> float:
    low, high = ends
    if low <= number <= high:
        return number
    otherwise = ", or be None" if trait.allow_none else ""
    raise ParameterError(f"{trait.name} is {number:.10g}; it must lie between {low:.10g} and {high:.10g}{otherwise}")
