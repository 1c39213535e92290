import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qlearn.errors import ParameterError
from qlearn.widgets import grid_values
from qlearn.widgets.grid import MOST_BYTES, Axis, Grid

CALLS: list[tuple[float, float]] = []


def wave(x: float, y: float) -> list[float]:
    CALLS.append((x, y))
    return [np.sin(x) * y, x + 2 * y]


def nothing_finite(x: float) -> list[float]:
    return [np.inf * x]


def one_number(x: float) -> list[float]:
    return [x]


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(grid_values, "user_cache_path", lambda name: tmp_path / name)
    CALLS.clear()
    return tmp_path / "qlearn" / "grids"


def wave_grid() -> Grid:
    return Grid(wave, {"x": Axis(0.0, 3.0, 31), "y": Axis(-1.0, 1.0, 5)}, ["product", "sum"])


def test_the_points_of_the_grid_are_the_functions_own_values() -> None:
    grid = wave_grid()
    assert grid.values.dtype == np.float32
    assert grid.values.shape == (31, 5, 2)
    assert grid.values[10, 4, 0] == np.float32(np.sin(1.0))
    assert grid.interpolate(x=1.0, y=1.0) == pytest.approx([np.sin(1.0), 3.0], abs=1e-6)


def test_the_error_is_the_worst_distance_between_the_points() -> None:
    grid = wave_grid()
    # linear interpolation of a sine over steps h misses by h^2 / 8 at its top
    assert grid.error["product"] == pytest.approx(0.1**2 / 8 * 0.75, rel=0.01)  # y of the middles reaches 0.75
    assert grid.error["sum"] < 1e-6
    assert f"product {grid.error['product']:.1e}" in repr(grid)


def test_beyond_the_ends_the_end_counts() -> None:
    grid = wave_grid()
    assert grid.interpolate(x=99.0, y=-99.0) == pytest.approx(grid.interpolate(x=3.0, y=-1.0))


def test_what_was_computed_once_is_read_from_the_disk(own_cache: Path) -> None:
    first = wave_grid()
    calls = len(CALLS)
    second = wave_grid()
    assert calls == 31 * 5 + 30 * 4
    assert len(CALLS) == calls
    assert np.array_equal(first.values, second.values)
    assert first.error == second.error
    assert len(list(own_cache.glob("*.npy"))) == 1


@pytest.mark.parametrize("damage", [b"", b"not an array"])
def test_a_damaged_file_is_computed_anew(own_cache: Path, damage: bytes) -> None:
    first = wave_grid()
    (kept,) = own_cache.glob("*.npy")
    kept.write_bytes(damage)
    assert np.array_equal(wave_grid().values, first.values)


def test_a_folder_that_cannot_be_written_costs_no_result(tmp_path: Path) -> None:
    (tmp_path / "qlearn").write_text("a file where the folder would be")
    assert wave_grid().values.shape == (31, 5, 2)


def test_progress_counts_every_point_of_the_grid_and_between() -> None:
    seen: list[tuple[int, int]] = []
    Grid(one_number, {"x": Axis(0, 1, 3)}, ["x"], progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_long_work_goes_to_several_processes_and_keeps_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid_values, "WORTH_PROCESSES", -1.0)
    monkeypatch.setattr(grid_values, "_processors", lambda: 2)
    places = [{"x": float(number), "unit": "s"} for number in range(40)]
    assert grid_values.compute_points(dict, places) == places


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Axis(1.0, 1.0, 5), "an axis goes from 1.0 to 1.0; it must end above where it begins"),
        (lambda: Axis(0.0, np.inf, 5), "an axis goes from 0.0 to inf; it must end above where it begins"),
        (lambda: Axis(0.0, 1.0, 1), "an axis has 1 points; it needs at least 2"),
        (lambda: Grid(one_number, {}, ["x"]), "a grid has 0 axes; 1 to 3 are possible"),
        (
            lambda: Grid(one_number, {"x": Axis(0, 1, MOST_BYTES)}, ["x"]),
            f"a grid takes {4 * MOST_BYTES} bytes; a page has room for {MOST_BYTES}: take fewer points",
        ),
        (lambda: Grid(nothing_finite, {"x": Axis(0.5, 1, 3)}, ["x"]), "must return 1 finite numbers at each point"),
        (lambda: Grid(one_number, {"x": Axis(0, 1, 3)}, ["x", "y"]), "must return 2 finite numbers at each point"),
    ],
)
def test_a_grid_that_cannot_be_is_refused(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        make()


def test_the_trait_holds_names_ranges_and_little_endian_bytes() -> None:
    trait = wave_grid().to_trait()
    assert trait["axes"][0] == {"name": "x", "low": 0.0, "high": 3.0, "points": 31, "unit": ""}
    assert trait["outputs"] == ["product", "sum"]
    assert np.frombuffer(trait["values"], "<f4").reshape(31, 5, 2)[10, 4, 1] == np.float32(3.0)
