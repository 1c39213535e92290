import stat
from datetime import UTC, datetime, timedelta, timezone

import pytest

from gradebook.small_kit import ASSIGNMENT, answered
from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.exchange import collect, read_release, release, submit_as
from qlearn.gradebook.new_course import Kit, new_course
from qlearn.gradebook.session import Session

MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_a_release_holds_the_student_version_with_its_data_and_no_solution(course: Course) -> None:
    outbound = course.exchange / "optics" / "outbound" / ASSIGNMENT
    assert {path.name for path in outbound.iterdir()} == {"coin.ipynb", "tosses.csv"}
    text = (outbound / "coin.ipynb").read_text()
    assert "2 ** coins" not in text
    assert "1024" not in text
    assert "one coin has more than one side" in text  # a visible test


def test_releasing_again_replaces_what_was_released(course: Course) -> None:
    (course.source / ASSIGNMENT / "hints.txt").write_text("look twice")
    outbound = release(course, ASSIGNMENT)
    assert (outbound / "hints.txt").read_text() == "look twice"


def test_a_due_time_is_kept_in_utc_and_a_release_without_one_keeps_it(course: Course) -> None:
    seoul = timezone(timedelta(hours=9))
    release(course, ASSIGNMENT, due=datetime(2026, 3, 2, 18, 0, tzinfo=seoul))
    release(course, ASSIGNMENT)
    with Session(course).gradebook() as gradebook:
        assert gradebook.find_assignment(ASSIGNMENT).duedate == datetime(2026, 3, 2, 9, 0)


def test_a_source_that_nbgrader_refuses_is_one_line_with_the_log_named(course: Course) -> None:
    path = course.source / ASSIGNMENT / "coin.ipynb"
    path.write_text(path.read_text().replace("END HIDDEN TESTS", "THE END"))
    with pytest.raises(CourseError, match=r"nbgrader: RuntimeError: .*; the details are in .*logs/release-school-coin"):
        release(course, ASSIGNMENT)


def test_collecting_brings_the_newest_hand_in_of_each_student(course: Course) -> None:
    for student, hours, text in (("ada", 0, "old"), ("ada", 2, "new"), ("bo", 1, "only")):
        submit_as(course, student, ASSIGNMENT, {"coin.ipynb": text.encode()}, at=MORNING + timedelta(hours=hours))
    assert collect(course, ASSIGNMENT).new == ("ada", "bo")
    assert (course.submitted("ada", ASSIGNMENT) / "coin.ipynb").read_text() == "new"
    assert course.timestamp(course.submitted("ada", ASSIGNMENT)) == "2026-03-02 11:30:00.000000 UTC"
    submit_as(course, "bo", ASSIGNMENT, {"coin.ipynb": b"again"}, at=MORNING + timedelta(hours=9))
    found = collect(course, ASSIGNMENT)
    assert (found.students, found.new) == (("ada", "bo"), ("bo",))


def test_a_hand_in_looks_as_nbgraders_own_submit_leaves_it(course: Course) -> None:
    folder = submit_as(course, "ada", ASSIGNMENT, {"coin.ipynb": b"{}"}, at=MORNING)
    student, assignment, stamp, unguessable = folder.name.split("+")
    assert (student, assignment, stamp) == ("ada", ASSIGNMENT, "2026-03-02 09:30:00.000000 UTC")
    assert len(unguessable) == 12
    assert (folder / "timestamp.txt").read_text() == stamp
    assert len((folder / "submission_secret.txt").read_text()) == 128
    assert stat.S_IMODE(folder.stat().st_mode) == 0o777


def test_a_hand_in_owned_by_another_user_is_noted_unless_told_not_to(course: Course) -> None:
    submit_as(course, "ada", ASSIGNMENT, {"coin.ipynb": answered(course, "right").encode()}, at=MORNING)
    log = course.logs / f"collect-{ASSIGNMENT}.log"
    collect(course, ASSIGNMENT, check_owner=False)
    assert "claims to be submitted by" not in log.read_text()
    collect(course, ASSIGNMENT)
    assert "claims to be submitted by ada but is owned by" in log.read_text()


def test_collecting_before_a_release_says_to_release(kit: Kit, course: Course) -> None:
    fresh = new_course(course.root.parent / "fresh", kit)
    with pytest.raises(CourseError, match=r"nothing was released .* run: qlearn course release fresh school-coin"):
        collect(fresh, ASSIGNMENT)
    with pytest.raises(CourseError, match="has no student version yet"):
        read_release(fresh, ASSIGNMENT)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("", {"ada": "in time", "bo": "later"}),
        ('attempt = "latest"', {"ada": "late", "bo": "later"}),
        ('attempt = "first"', {"ada": "first", "bo": "late"}),
        (f"[extensions.{ASSIGNMENT}]\nada = 2026-03-02T12:00:00Z", {"ada": "late", "bo": "later"}),
        ("grace_minutes = 60", {"ada": "late", "bo": "late"}),
    ],
)
def test_of_several_attempts_the_one_that_counts_is_collected_whatever_came_before(
    course: Course, policy: str, expected: dict[str, str]
) -> None:
    release(course, ASSIGNMENT, due=MORNING + timedelta(hours=1))
    hand_ins = [
        ("ada", 0.1, "first"),
        ("ada", 0.9, "in time"),
        ("ada", 1.8, "late"),
        ("bo", 2, "late"),
        ("bo", 3, "later"),
    ]
    for student, hours, text in hand_ins:
        submit_as(course, student, ASSIGNMENT, {"coin.ipynb": text.encode()}, at=MORNING + timedelta(hours=hours))
    (course.root / "policy.toml").write_text('attempt = "latest"')
    collect(course, ASSIGNMENT)
    (course.root / "policy.toml").write_text(policy)
    collect(course, ASSIGNMENT)
    found = {student: (course.submitted(student, ASSIGNMENT) / "coin.ipynb").read_text() for student in expected}
    assert found == expected
