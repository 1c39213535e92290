from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradebook.small_kit import ASSIGNMENT
from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.policy import POLICY_NAME, POLICY_TEXT, Attempt, Policy, read_book, read_policy

DUE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def after(hours: float) -> datetime:
    return DUE + timedelta(hours=hours)


def write(course: Course, text: str) -> None:
    (course.root / POLICY_NAME).write_text(text, encoding="utf-8")


def test_without_a_file_and_with_the_one_a_course_begins_with_nothing_is_punished(course: Course) -> None:
    (course.root / POLICY_NAME).unlink(missing_ok=True)
    assert read_policy(course) == Policy()
    write(course, POLICY_TEXT)
    assert read_policy(course) == Policy()
    assert Policy().penalty(10.0, 1e9) == 0.0


def test_the_file_a_course_begins_with_shows_rules_that_can_be_switched_on(course: Course) -> None:
    lines = [line.removeprefix("# ") for line in POLICY_TEXT.splitlines()[1:]]
    write(course, "\n".join(lines).replace("school-bb84", ASSIGNMENT))
    assert read_policy(course) == Policy(
        extensions={(ASSIGNMENT, "s01"): datetime(2026, 12, 8, 9, 0, tzinfo=UTC)},  # 18:00 in Seoul
        book={"": "https://school.example/book"},
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-05T18:00:00", datetime(2026, 3, 5, 9, 0, tzinfo=UTC)),
        ('"2026-03-05T18:00"', datetime(2026, 3, 5, 9, 0, tzinfo=UTC)),
        ("2026-03-05T18:00:00+01:00", datetime(2026, 3, 5, 17, 0, tzinfo=UTC)),
        ("2026-03-05", datetime(2026, 3, 5, 15, 0, tzinfo=UTC)),  # the whole day in Seoul
    ],
)
def test_an_extension_may_be_written_as_people_write_times(course: Course, written: str, read: datetime) -> None:
    write(course, f'time_zone = "Asia/Seoul"\n[extensions.{ASSIGNMENT}]\ns01 = {written}\n')
    assert read_policy(course).deadline(ASSIGNMENT, "s01", DUE) == read
    assert read_policy(course).deadline(ASSIGNMENT, "s02", DUE) == DUE


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("late = 10", "sets late, which is no rule; there are: time_zone, attempt, grace_minutes"),
        ('attempt = "best"', "sets attempt to 'best'; it must be 'latest in time', 'latest', 'first'"),
        ("grace_minutes = -1", "sets grace_minutes to -1; it must be a number, 0 or above"),
        ("grace_minutes = true", "sets grace_minutes to True"),
        ("late_percent_per_day = 120", "must be a number from 0 to 100"),
        ("late_percent_per_day = nan", "must be a number from 0 to 100"),
        ('time_zone = "Seoul"', "must be a name like 'Asia/Seoul'"),
        ("attempt", "cannot be read"),
        ("extensions = 3", "must give extensions as in"),
        ('book = "../book"', "sets book to '../book'; it must be a web address such as"),
        ('book = "javascript:alert(1)"', "it must be a web address such as"),
        ('book = { en = "https://a.example", ko = 3 }', "it must be a web address such as"),
        ("book = 3", "it must be a web address such as"),
        (
            "[extensions.school-dice]\ns01 = 2026-03-05",
            "extends school-dice, which is no assignment; there are: school",
        ),
        (f"[extensions.{ASSIGNMENT}]\ns01 = 'tomorrow'", "extends the time of s01 to 'tomorrow'; write it like"),
    ],
)
def test_a_rule_that_is_none_is_one_line(course: Course, text: str, message: str) -> None:
    write(course, text)
    with pytest.raises(CourseError, match=message) as caught:
        read_policy(course)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("", "en", ""),
        ('book = "https://a.example/book"', "ko", "https://a.example/book"),
        ('book = { en = "https://a.example", ko = "https://a.example/ko" }', "ko", "https://a.example/ko"),
        ('book = { en = "https://a.example" }', "ko", ""),
    ],
)
def test_the_book_is_where_the_rules_say_in_the_pages_language(
    course: Course, text: str, language: str, found: str
) -> None:
    write(course, text)
    assert read_book(course.root, language) == found


def test_grace_forgives_the_first_minutes_and_nothing_after_them() -> None:
    policy = Policy(grace_minutes=30)
    assert [policy.seconds_late(after(hours), DUE) for hours in (-1, 0, 0.5, 1)] == [0.0, 0.0, 0.0, 3600.0]
    assert policy.seconds_late(after(100), None) == 0.0


def test_each_day_begun_takes_its_share_up_to_the_most() -> None:
    policy = Policy(late_percent_per_day=20, late_percent_at_most=50)
    assert [policy.penalty(10.0, hours * 3600) for hours in (0, 1, 24, 25, 48, 49, 1000)] == [0, 2, 2, 4, 4, 5, 5]


@pytest.mark.parametrize(
    ("attempt", "hours", "chosen"),
    [
        (Attempt.LATEST_IN_TIME, (-3, -1, 2), 1),
        (Attempt.LATEST_IN_TIME, (2, -3), 1),
        (Attempt.LATEST_IN_TIME, (5, 2), 0),  # all late
        (Attempt.LATEST, (-3, 2, -1), 1),
        (Attempt.FIRST, (-1, -3, 2), 1),
    ],
)
def test_the_attempt_that_counts(attempt: Attempt, hours: tuple[float, ...], chosen: int) -> None:
    assert Policy(attempt=attempt).choose([after(hour) for hour in hours], DUE) == chosen


@given(
    st.floats(0, 1000),
    st.floats(0, 1e7),
    st.floats(0, 1e7),
    st.floats(0, 100),
    st.floats(0, 100),
)
def test_a_penalty_grows_with_lateness_and_never_takes_more_than_there_is(
    points: float, one: float, other: float, rate: float, most: float
) -> None:
    policy = Policy(late_percent_per_day=rate, late_percent_at_most=most)
    sooner, later = (policy.penalty(points, seconds) for seconds in sorted((one, other)))
    assert 0.0 <= sooner <= later <= points
