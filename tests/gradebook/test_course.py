import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from gradebook.small_kit import ASSIGNMENT, NOTEBOOK, snapshot
from qlearn.errors import CourseError
from qlearn.gradebook.course import Course, open_course


def _garble(course: Path) -> None:
    (course / "gradebook.db").write_bytes(b"this was a database once" * 100)


def _garble_inside(course: Path) -> None:
    content = bytearray((course / "gradebook.db").read_bytes())
    content[4096:12288] = b"\xff" * 8192
    (course / "gradebook.db").write_bytes(content)


def _empty_database(course: Path) -> None:
    (course / "gradebook.db").write_bytes(b"")


def _other_database(course: Path) -> None:
    (course / "gradebook.db").unlink()
    with sqlite3.connect(course / "gradebook.db") as connection:
        connection.execute("create table birds (name text)")
    connection.close()


def _no_database(course: Path) -> None:
    (course / "gradebook.db").unlink()


def _no_config(course: Path) -> None:
    (course / "nbgrader_config.py").unlink()


def _bad_config(course: Path) -> None:
    (course / "nbgrader_config.py").write_text("c = get_config(\n")


def _no_source(course: Path) -> None:
    (course / "source").rename(course / "sauce")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_garble, "is damaged (file is not a database); put back a copy"),
        (_garble_inside, "is damaged ("),
        (_empty_database, "is not a gradebook: tables are missing"),
        (_other_database, "is not a gradebook: tables are missing"),
        (_no_database, "is not a course: it has no gradebook.db"),
        (_no_config, "is not a course: it has no nbgrader_config.py"),
        (_bad_config, "nbgrader_config.py fails: SyntaxError"),
        (_no_source, "is not a course: it has no source"),
    ],
)
def test_a_damaged_course_is_refused_in_one_line_and_left_as_it_is(
    course: Course, damage: Callable[[Path], None], message: str
) -> None:
    damage(course.root)
    before = snapshot(course.root)
    with pytest.raises(CourseError) as caught:
        open_course(course.root)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert snapshot(course.root) == before


def test_a_folder_that_is_not_there_is_refused_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"no such course: .*nowhere; make one with: qlearn course new"):
        open_course(tmp_path / "nowhere")


def test_a_file_is_refused_as_a_course(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(CourseError, match="is a file, not a course folder"):
        open_course(tmp_path / "notes.txt")


def test_an_unknown_assignment_is_refused_with_the_names_of_those_there_are(course: Course) -> None:
    with pytest.raises(CourseError, match=f"no assignment called school-dice .* there are: {ASSIGNMENT}"):
        course.check_assignment("school-dice")


def test_an_open_course_knows_its_parts(course: Course) -> None:
    assert course.course_id == "optics"
    assert course.assignments() == [ASSIGNMENT]
    assert course.notebooks(ASSIGNMENT) == (NOTEBOOK,)
    assert course.database_url == f"sqlite:///{course.root}/gradebook.db"
    assert course.exchange == course.root / "exchange"


def test_settings_in_the_users_home_do_not_reach_a_course(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'another'\n")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert open_course(course.root).course_id == "optics"
