from pathlib import Path

import pytest

from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.roster import BadRow, Student, import_roster, read_roster, read_table, write_roster
from qlearn.gradebook.session import Session

STUDENTS = (
    Student("s01", "Kim Seo-yeon 김서연", "school", "s01@example.org"),
    Student("g01", "Ryu, Ka-ram", "graduate"),
)


def test_a_roster_comes_back_as_it_was_written_and_reaches_the_gradebook(course: Course) -> None:
    write_roster(course, STUDENTS)
    assert tuple(read_roster(course).values()) == STUDENTS
    with Session(course).gradebook() as gradebook:
        entry = gradebook.find_student("s01")
        assert (entry.last_name, entry.first_name, entry.email) == ("Kim", "Seo-yeon 김서연", "s01@example.org")


def test_a_new_course_has_an_empty_roster_and_an_absent_one_is_empty(course: Course) -> None:
    assert read_roster(course) == {}
    (course.root / "roster.csv").unlink()
    assert read_roster(course) == {}


def test_excels_byte_order_mark_does_no_harm(course: Course) -> None:
    (course.root / "roster.csv").write_bytes("id,name,track,email\ns01, 김서연 ,,\n".encode("utf-8-sig"))
    assert read_roster(course) == {"s01": Student("s01", "김서연")}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"number,name\n1,Kim\n", "starts with number, name; its first line must be id,name,track,email"),
        (b"id,name,id\n1,Kim,2\n", "id,name,track,email, each once"),
        (b"id,name\ns01,\xff\xff\n", "neither UTF-8 nor CP949"),
        (b"", "its first line must be id,name,track,email"),
        (
            b"id,name,track,email\ns01,Kim,High,\n",
            "the track of s01 is High; it must be school, graduate, or nothing",
        ),
        (b"id,name,track,email\ns01,Kim,,\ns01,Lee,,\n", "line 3: s01 stands there twice"),
        (b"id,name\n../x,Kim\n", "the id '../x' cannot name a folder"),
        (b"id,name\na+b,Kim\n", "cannot name a folder"),
        (b"id,name\n,Kim\n", "line 2: has no id"),
        (b"id,email\ns01,kim\n", "the e-mail of s01 is 'kim'; it must be like name@school.kr"),
        (b"id,name\ns01,Kim,Seo-yeon\n", "has 3 fields, the first line has 2"),
    ],
)
def test_a_roster_that_cannot_be_read_says_what_is_wanted(course: Course, content: bytes, message: str) -> None:
    (course.root / "roster.csv").write_bytes(content)
    with pytest.raises(CourseError, match=message):
        read_roster(course)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_list_out_of_excel_is_taken_in_any_of_its_encodings_and_with_korean_headings(
    course: Course, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "class.csv"
    path.write_bytes("반,이름,학번,이메일\r\n3,김서연,s01,s01@example.org\r\n\r\n3,이도윤,s02,\r\n".encode(encoding))
    table = import_roster(course, path)
    assert table.unused_columns == ("반",)
    assert read_roster(course) == {
        "s01": Student("s01", "김서연", "", "s01@example.org"),
        "s02": Student("s02", "이도윤"),
    }
    with Session(course).gradebook() as gradebook:
        assert gradebook.find_student("s01").last_name == "김서연"


def test_every_bad_row_is_named_and_the_old_roster_stays(course: Course, tmp_path: Path) -> None:
    write_roster(course, STUDENTS)
    path = tmp_path / "class.csv"
    path.write_text("id,name,track\ns01,Kim,\ns01,Lee,\n,Park,\ns02,Choi,High\n", encoding="utf-8")
    table = import_roster(course, path)
    assert table.bad_rows == (
        BadRow(3, "s01 stands there twice; each id may have one line"),
        BadRow(4, "has no id; every student needs one"),
        BadRow(
            5, "the track of s02 is High; it must be school, graduate, or nothing for whoever takes part in everything"
        ),
    )
    assert tuple(read_roster(course).values()) == STUDENTS


def test_a_list_that_is_not_there_or_names_nobody_is_refused(course: Course, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"no such file: .*; name a CSV file with the columns id,name,track,email"):
        read_table(tmp_path / "class.csv")
    (tmp_path / "class.csv").write_text("id,name\n", encoding="utf-8")
    with pytest.raises(CourseError, match="names nobody"):
        import_roster(course, tmp_path / "class.csv")


@pytest.mark.parametrize(
    ("track", "assignment", "expected"),
    [
        ("school", "school-coin", True),
        ("school", "graduate-coin", False),
        ("", "graduate-coin", True),
        ("school", "lab1", True),
    ],
)
def test_a_student_takes_the_assignments_of_the_track(track: str, assignment: str, expected: bool) -> None:
    assert Student("s01", track=track).takes(assignment) is expected
