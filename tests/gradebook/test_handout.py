import json
import zipfile
from pathlib import Path

import pytest

from gradebook.small_kit import ASSIGNMENT, snapshot
from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.exchange import read_release
from qlearn.gradebook.handout import check_nothing_secret, write_handout

SECRETS = ("2 ** coins", "the reference", "1024", "one-sided-coin", "three ones are odd", "The teacher's own words")


def test_a_handout_holds_notebook_data_and_instructions_in_two_languages(course: Course, tmp_path: Path) -> None:
    names = write_handout(course, ASSIGNMENT, tmp_path / "out" / "week1.zip")
    with zipfile.ZipFile(tmp_path / "out" / "week1.zip") as archive:
        assert sorted(archive.namelist()) == names
        assert names == [
            f"{ASSIGNMENT}/{name}" for name in ("START-HERE.txt", "as-given-out/coin.json", "coin.ipynb", "tosses.csv")
        ]
        how_to = archive.read(f"{ASSIGNMENT}/START-HERE.txt").decode("utf-8")
    assert "coin.ipynb" in how_to
    assert "Before you hand in" in how_to
    assert "제출하기 전에" in how_to


def test_no_solution_hidden_test_or_marking_note_is_in_a_handout(course: Course, tmp_path: Path) -> None:
    write_handout(course, ASSIGNMENT, tmp_path / "week1.zip")
    with zipfile.ZipFile(tmp_path / "week1.zip") as archive:
        content = "".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    assert [secret for secret in SECRETS if secret in content] == []
    assert "one coin has more than one side" in content  # the visible test is there


def test_the_same_content_gives_the_same_zip(course: Course, tmp_path: Path) -> None:
    write_handout(course, ASSIGNMENT, tmp_path / "first.zip")
    write_handout(course, ASSIGNMENT, tmp_path / "second.zip")
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()


@pytest.mark.parametrize("secret", [SECRETS[0], "assert sides(10) == 1024", "The teacher's own words."])
def test_a_secret_line_in_a_released_notebook_is_found(course: Course, secret: str) -> None:
    files = read_release(course, ASSIGNMENT)
    line = {"2 ** coins": "return 2 ** coins  # the reference"}.get(secret, secret)
    line = line + ', "ten coins fall in 1024 ways"' if "assert" in line else line
    notebook = json.loads(files["coin.ipynb"])
    notebook["cells"][0]["source"] = f"# look:\n    {line}\n"
    with pytest.raises(CourseError, match=r"coin\.ipynb of school-coin would show students what only teachers may see"):
        check_nothing_secret(course, ASSIGNMENT, {"coin.ipynb": json.dumps(notebook).encode()})


def test_a_secret_line_in_a_data_file_is_found(course: Course) -> None:
    with pytest.raises(CourseError, match=r"solved\.py of school-coin would show"):
        check_nothing_secret(course, ASSIGNMENT, {"solved.py": b"    return sum(bits) % 2  # the reference\n"})


def test_stored_outputs_are_found(course: Course) -> None:
    notebook = json.loads(read_release(course, ASSIGNMENT)["coin.ipynb"])
    notebook["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1024"}]
    with pytest.raises(CourseError, match="holds outputs, which may show answers"):
        check_nothing_secret(course, ASSIGNMENT, {"coin.ipynb": json.dumps(notebook).encode()})


def test_a_source_whose_solution_would_leak_writes_no_zip(course: Course, tmp_path: Path) -> None:
    solved = course.source / ASSIGNMENT / "solved.py"
    solved.write_text("def sides(coins):\n    return 2 ** coins  # the reference\n")
    (tmp_path / "zips").mkdir()
    with pytest.raises(CourseError, match="what only teachers may see"):
        write_handout(course, ASSIGNMENT, tmp_path / "zips" / "week1.zip")
    assert snapshot(tmp_path / "zips") == {}
