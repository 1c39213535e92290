from datetime import UTC, datetime
from pathlib import Path

import pytest

from gradebook.small_kit import ASSIGNMENT
from gradebook.test_downloads import zipped
from qlearn.errors import CourseError
from qlearn.gradebook.collect_files import collect_files
from qlearn.gradebook.course import Course
from qlearn.gradebook.roster import Student, write_roster

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def course(course: Course) -> Course:
    write_roster(course, [Student("s01", "Kim Seo-yeon"), Student("s02", "이도윤")])
    return course


def content(course: Course, student: str) -> bytes:
    return (course.submitted(student, ASSIGNMENT) / "coin.ipynb").read_bytes()


def test_a_zip_of_moodle_reaches_the_students_folders_and_unknown_names_are_listed(
    course: Course, tmp_path: Path
) -> None:
    (tmp_path / "all.zip").write_bytes(
        zipped(
            {
                "Kim Seo-yeon_1_assignsubmission_file_/coin.ipynb": b"kim",
                "이도윤_2_assignsubmission_file_/work.zip": zipped({"coin.ipynb": b"lee"}),
                "Park_3_assignsubmission_file_/coin.ipynb": b"park",
                "Kim Seo-yeon_1_assignsubmission_file_/notes.txt": b"hello",
            }
        )
    )
    found = collect_files(course, ASSIGNMENT, tmp_path / "all.zip", handed_in=NOON)
    assert (found.students, found.new, found.late) == (("s01", "s02"), ("s01", "s02"), ())
    assert found.unknown == (
        ("Park_3_assignsubmission_file_/coin.ipynb", "Park is nobody of the roster"),
        ("Kim Seo-yeon_1_assignsubmission_file_/notes.txt", "is no notebook"),
    )
    assert [content(course, student) for student in found.students] == [b"kim", b"lee"]
    assert course.timestamp(course.submitted("s01", ASSIGNMENT)) == "2026-03-02 12:00:00.000000 UTC"


def test_of_several_attempts_the_last_counts_and_the_others_stay_in_the_download(
    course: Course, tmp_path: Path
) -> None:
    names = ("coin", "coin-2", "coin-1")
    files = {f"kimseoyeon_LATE_8_{number}_{name}.ipynb": name.encode() for number, name in enumerate(names)}
    (tmp_path / "all.zip").write_bytes(zipped(files))
    found = collect_files(course, ASSIGNMENT, tmp_path / "all.zip")
    assert (found.new, found.late) == (("s01",), ("s01",))
    assert content(course, "s01") == b"coin-2"
    assert course.timestamp(course.submitted("s01", ASSIGNMENT)) == ""  # nobody knows when


def test_collecting_again_replaces_what_changed_leaves_the_others_and_keeps_every_download(
    course: Course, tmp_path: Path
) -> None:
    for student in ("s01", "s02"):
        (tmp_path / "all" / student).mkdir(parents=True)
        (tmp_path / "all" / student / "coin.ipynb").write_bytes(b"first")
    collect_files(course, ASSIGNMENT, tmp_path / "all", handed_in=NOON)
    (tmp_path / "all" / "s01" / "coin.ipynb").write_bytes(b"second")
    found = collect_files(course, ASSIGNMENT, tmp_path / "all")
    assert (found.students, found.new) == (("s01", "s02"), ("s01",))
    assert [content(course, student) for student in ("s01", "s02")] == [b"second", b"first"]
    assert course.timestamp(course.submitted("s02", ASSIGNMENT)).startswith("2026-03-02 12:00")
    kept = course.root / "downloaded" / ASSIGNMENT
    assert (kept / "0001" / "archive" / "s01" / "coin.ipynb").read_bytes() == b"first"
    assert collect_files(course, ASSIGNMENT, tmp_path / "all").new == ()
    assert sorted(folder.name for folder in kept.iterdir()) == ["0001", "0002"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"nobody/coin.ipynb": b""}, "holds no notebook of a student; the first file, nobody/coin.ipynb, names nobody"),
        ({}, "holds no notebook of a student; nothing was collected"),
        (
            {"s01/coin.ipynb": b"1", "s01/again/coin.ipynb": b"2"},
            r"coin\.ipynb of s01 twice; leave the one that counts",
        ),
        ({"s01/coin.ipynb": b"1", "../s02/coin.ipynb": b"2"}, "leads out of it; nothing was collected"),
    ],
)
def test_a_download_that_cannot_be_used_changes_nothing(
    course: Course, tmp_path: Path, files: dict[str, bytes], message: str
) -> None:
    (tmp_path / "all.zip").write_bytes(zipped(files))
    with pytest.raises(CourseError, match=message):
        collect_files(course, ASSIGNMENT, tmp_path / "all.zip")
    assert course.students_with_work(ASSIGNMENT) == []
    assert not (course.root / "downloaded").exists()


def test_without_a_roster_no_name_is_believed(course: Course, tmp_path: Path) -> None:
    (course.root / "roster.csv").unlink()
    with pytest.raises(CourseError, match=r"the roster of .* is empty.*qlearn course roster optics CLASS\.csv"):
        collect_files(course, ASSIGNMENT, tmp_path)
