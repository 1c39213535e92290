import re
from pathlib import Path

import pytest
from traitlets.config import Config

from qlearn.errors import CourseError
from qlearn.gradebook.limits import KEYS, read_limits
from qlearn.grading.plan import MIB, RunLimits
from qlearn.grading.sandbox.limits import Limits

EXERCISES = Path(__file__).parents[2] / "exercises"


def test_a_course_that_says_nothing_has_the_defaults() -> None:
    found = read_limits(Config())
    assert found == RunLimits(sandbox=Limits(cpu_seconds=300))
    assert (found.cell_seconds, found.notebook_seconds) == (60.0, 300.0)


def test_every_key_has_its_effect() -> None:
    config = Config()
    config.Grading.update(
        memory_mib=512, cpu_seconds=10, cell_seconds=2.5, notebook_seconds=20, processes=3, threads=8, file_mib=1,
        scratch_mib=2, output_mib=3,
    )  # fmt: skip
    assert set(config.Grading) == set(KEYS)
    found = read_limits(config)
    assert (found.cell_seconds, found.notebook_seconds, found.output_bytes) == (2.5, 20.0, 3 * MIB)
    assert found.sandbox == Limits(
        memory_bytes=512 * MIB, cpu_seconds=10, threads=8, processes=3, file_bytes=MIB, scratch_bytes=2 * MIB
    )


def test_a_course_of_nbgraders_keeps_its_time_for_a_cell_and_the_notebook_gets_more() -> None:
    config = Config()
    config.Execute.timeout = 200
    found = read_limits(config)
    assert (found.cell_seconds, found.notebook_seconds, found.sandbox.cpu_seconds) == (200.0, 1000.0, 1000)
    config.Execute.timeout = -1  # nbgrader's "no limit"
    assert read_limits(config).cell_seconds == 60.0


def test_an_unknown_key_names_those_there_are() -> None:
    config = Config()
    config.Grading.memory = 3
    with pytest.raises(
        CourseError, match=r"sets c\.Grading\.memory, which is no limit; there are: memory_mib, cpu_sec"
    ):
        read_limits(config)


@pytest.mark.parametrize(
    ("key", "value"),
    [("memory_mib", 0), ("memory_mib", "2 GB"), ("threads", 1.5), ("processes", -1), ("cell_seconds", float("inf")),
     ("cell_seconds", True), ("notebook_seconds", float("nan"))],
)  # fmt: skip
def test_a_value_that_is_none_names_what_is_allowed(key: str, value: object) -> None:
    config = Config()
    config.Grading[key] = value
    message = rf"c\.Grading\.{key} to {re.escape(repr(value))}; it must be {KEYS[key]}"
    with pytest.raises(CourseError, match=message):
        read_limits(config)


def test_the_kits_settings_show_every_key_with_its_default() -> None:
    text = (EXERCISES / "nbgrader_config.py").read_text(encoding="utf-8")
    shown = {name: float(value) for name, value in re.findall(r"^# c\.Grading\.(\w+) = ([\d.]+)", text, re.MULTILINE)}
    config = Config()
    config.Execute.timeout = 60
    found = read_limits(config)
    assert shown == {
        "memory_mib": found.sandbox.memory_bytes / MIB,
        "cpu_seconds": found.sandbox.cpu_seconds,
        "cell_seconds": found.cell_seconds,
        "notebook_seconds": found.notebook_seconds,
        "processes": found.sandbox.processes,
        "threads": found.sandbox.threads,
        "file_mib": found.sandbox.file_bytes / MIB,
        "scratch_mib": found.sandbox.scratch_bytes / MIB,
        "output_mib": found.output_bytes / MIB,
    }
