"""Numbers for a widget's sliders: a physics function on a grid, computed once, interpolated by the page.

The page has no kernel, so it gets the values at the grid's points as float32 and takes what lies between by
multilinear interpolation (`views/grid.js`). How far that is from the function is measured here, at the middles of
cells, which no grid point touches.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qlearn.errors import ParameterError
from qlearn.widgets.grid_values import compute_points, remembered

__all__ = ["Axis", "Grid"]

MOST_AXES = 3
MOST_BYTES = 200_000  # a page's widget data stays under 300 kB, and base64 takes a third more
MOST_CHECKED = 400


@dataclass(frozen=True)
class Axis:
    """Evenly spaced values of one parameter.

    Parameters
    ----------
    low, high : float
        First and last value, `low` below `high`.
    points : int
        How many values, 2 or more.
    unit : str
        For the reader; may be empty.

    Raises
    ------
    ParameterError
        When the range is empty or there are too few points.
    """

    low: float
    high: float
    points: int
    unit: str = ""

    def __post_init__(self) -> None:
        if not (np.isfinite(self.low) and np.isfinite(self.high) and self.low < self.high):
            raise ParameterError(f"an axis goes from {self.low} to {self.high}; it must end above where it begins")
        if self.points < 2:
            raise ParameterError(f"an axis has {self.points} points; it needs at least 2")

    @property
    def values(self) -> NDArray[np.float64]:
        """The values, shape (points,)."""
        return np.linspace(self.low, self.high, self.points)


class Grid:
    """A function of at most three parameters on a grid.

    Parameters
    ----------
    function : callable
        A module-level function that takes the axes as keyword arguments, one number each, and returns one number for
        each output.
    axes : mapping of str to Axis
        One to three axes, by the names of the function's arguments.
    outputs : sequence of str
        Names of what the function returns.
    progress : callable, optional
        Called with the number of points done and of all while they are computed.

    Attributes
    ----------
    values : ndarray of float32
        Shape (points of each axis, outputs).
    error : dict of str to float
        For each output the largest distance of the interpolation from the function at held-out middles of cells, in
        the output's unit.

    Raises
    ------
    ParameterError
        When there are too many axes or values, or the function does not return one finite number for each output.

    Examples
    --------
    >>> grid = Grid(square_for_doctest, {"x": Axis(0.0, 1.0, 11)}, ["y"])
    >>> [round(float(grid.interpolate(x=0.55)[0]), 4), round(grid.error["y"], 4)]
    [0.305, 0.0025]
    """

    def __init__(
        self,
        function: Callable[..., Sequence[float]],
        axes: Mapping[str, Axis],
        outputs: Sequence[str],
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.function, self.axes, self.outputs = function, dict(axes), tuple(outputs)
        size = 4 * len(self.outputs) * int(np.prod([axis.points for axis in self.axes.values()]))
        if not 1 <= len(self.axes) <= MOST_AXES:
            raise ParameterError(f"a grid has {len(self.axes)} axes; 1 to {MOST_AXES} are possible")
        if size > MOST_BYTES:
            raise ParameterError(f"a grid takes {size} bytes; a page has room for {MOST_BYTES}: take fewer points")
        self.values: NDArray[np.float32] = np.empty(0, np.float32)
        self.error: dict[str, float] = {}
        self._compute(progress)

    def _compute(self, progress: Callable[[int, int], None] | None) -> None:
        """Compute values and error, or take them from the disk if the same was computed before."""
        places = list(itertools.product(*(axis.values for axis in self.axes.values())))
        checked = self._held_out_places()
        key = hashlib.sha256(repr((self._name, self.axes, self.outputs)).encode()).hexdigest()
        found = remembered(key, lambda: self._evaluate([*places, *checked], progress))
        exact = found[: len(places)].astype(np.float32)
        self.values = exact.reshape([axis.points for axis in self.axes.values()] + [len(self.outputs)])
        between = np.array([self.interpolate(**dict(zip(self.axes, place, strict=True))) for place in checked])
        worst = np.abs(between - found[len(places) :]).max(axis=0)
        self.error = {name: float(size) for name, size in zip(self.outputs, worst, strict=True)}

    def interpolate(self, **at: float) -> NDArray[np.float64]:
        """Value between the grid's points, by the rule that the page uses.

        Parameters
        ----------
        **at
            A number for each axis; beyond the ends the end counts.

        Returns
        -------
        ndarray of float64
            Shape (outputs,).
        """
        total = np.zeros(len(self.outputs))
        cells = [_cell_of(axis, at[name]) for name, axis in self.axes.items()]
        for corner in itertools.product((0, 1), repeat=len(cells)):
            weight = np.prod([part if upper else 1 - part for (_, part), upper in zip(cells, corner, strict=True)])
            index = tuple(first + upper for (first, _), upper in zip(cells, corner, strict=True))
            if weight:
                total += weight * self.values[index]
        return total

    def to_trait(self) -> dict[str, Any]:
        """What the page's `gridOf` reads: axes, names of outputs, and the values as little-endian float32."""
        axes = [{"name": name, **asdict(axis)} for name, axis in self.axes.items()]
        return {"axes": axes, "outputs": list(self.outputs), "values": self.values.astype("<f4").tobytes()}

    def __repr__(self) -> str:
        axes = ", ".join(f"{name} {axis.low:g} to {axis.high:g} in {axis.points}" for name, axis in self.axes.items())
        error = ", ".join(f"{name} {size:.1e}" for name, size in self.error.items())
        return f"Grid({self._name}: {axes}; {self.values.nbytes} bytes; interpolation error at most {error})"

    @property
    def _name(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__}"

    def _evaluate(
        self, places: Sequence[tuple[float, ...]], progress: Callable[[int, int], None] | None
    ) -> NDArray[np.float64]:
        names = tuple(self.axes)
        found = compute_points(self.function, [dict(zip(names, place, strict=True)) for place in places], progress)
        values = np.array([np.asarray(value, dtype=np.float64).reshape(-1) for value in found])
        if values.shape != (len(places), len(self.outputs)) or not np.isfinite(values).all():
            raise ParameterError(f"{self._name} must return {len(self.outputs)} finite numbers at each point")
        return values

    def _held_out_places(self) -> list[tuple[float, ...]]:
        """Middles of cells: all of them, or as many as is quick, spread by a fixed rule."""
        middles = [axis.values[:-1] + np.diff(axis.values) / 2 for axis in self.axes.values()]
        places = list(itertools.product(*middles))
        if len(places) <= MOST_CHECKED:
            return places
        chosen = np.random.default_rng(1984).choice(len(places), MOST_CHECKED, replace=False)
        return [places[number] for number in sorted(chosen)]


def square_for_doctest(x: float) -> list[float]:
    """Square of a number, for the example of `Grid`."""
    return [x * x]


def _cell_of(axis: Axis, value: float) -> tuple[int, float]:
    place = float(np.clip((value - axis.low) / (axis.high - axis.low) * (axis.points - 1), 0, axis.points - 1))
    first = min(int(place), axis.points - 2)
    return first, place - first
