import pytest

from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.roster import Student, read_roster, write_roster
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
        (b"number,name\n1,Kim\n", "its first line must be id,name,track,email"),
        ("id,name,track,email\ns01,김서연,,\n".encode("cp949"), "is not UTF-8"),
        (b"", "its first line must be id,name,track,email"),
        (
            b"id,name,track,email\ns01,Kim,High,\n",
            "the track of s01 is High; it must be school, graduate, or nothing",
        ),
        (b"id,name,track,email\ns01,Kim,,\ns01,Lee,,\n", "s01 stands there twice"),
    ],
)
def test_a_roster_that_cannot_be_read_says_what_is_wanted(course: Course, content: bytes, message: str) -> None:
    (course.root / "roster.csv").write_bytes(content)
    with pytest.raises(CourseError, match=message):
        read_roster(course)


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
