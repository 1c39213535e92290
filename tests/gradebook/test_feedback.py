import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gradebook.feedback_notebooks import NOTEBOOK, STUDENT, error, graded, markdown, notebook_of, put_course
from gradebook.small_kit import ASSIGNMENT, MISCONCEPTION, answered, put_submitted
from qlearn.errors import CourseError
from qlearn.gradebook.course import Course, open_course
from qlearn.gradebook.exchange import collect, submit_as
from qlearn.gradebook.feedback import FeedbackResult, write_feedback
from qlearn.gradebook.grade import grade_assignment
from qlearn.gradebook.session import Session

SPY = {
    "sides": """kept = []
def sides(coins):
    kept.append(('kept', coins))
    return 2 ** coins
print('at first', kept)""",
    "parity": "print(kept)\nkept",
}
"""It keeps what the hidden test calls it with, and shows it in the next answer."""


def typed(course: Course, answers: dict[str, str]) -> str:
    notebook = json.loads(answered(course, "right"))
    for cell in notebook["cells"]:
        cell["source"] = answers.get(cell["metadata"]["nbgrader"]["grade_id"], cell["source"])
    return json.dumps(notebook)


@pytest.fixture(scope="module")
def given_back(released_course: Course, tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, FeedbackResult]:
    root = tmp_path_factory.mktemp("given-back") / "optics"
    shutil.copytree(released_course.root, root)
    course = open_course(root)
    at = datetime(2026, 3, 2, tzinfo=UTC)
    submit_as(course, "wrong", ASSIGNMENT, {"coin.ipynb": answered(course, "wrong").encode()}, at=at)
    submit_as(course, "cut", ASSIGNMENT, {"coin.ipynb": b"{"}, at=at)
    collect(course, ASSIGNMENT)
    put_submitted(course, "by-mail", answered(course, "right"))
    put_submitted(course, "spy", typed(course, SPY))
    grade_assignment(course, ASSIGNMENT, jobs=2)
    return course, write_feedback(course, ASSIGNMENT, jobs=2)


def page(course: Course, student: str) -> str:
    return (course.feedback(student, ASSIGNMENT) / "coin.html").read_text(encoding="utf-8")


def test_graded_hand_ins_get_feedback_and_broken_ones_none(given_back: tuple[Course, FeedbackResult]) -> None:
    course, result = given_back
    assert result == FeedbackResult(written=("by-mail", "spy", "wrong"), released=("wrong",), failed=())
    assert not course.feedback("cut", ASSIGNMENT).exists()


def test_released_feedback_is_in_the_exchange(given_back: tuple[Course, FeedbackResult]) -> None:
    course, _ = given_back
    (released,) = (course.exchange / "optics" / "feedback").iterdir()
    assert released.read_text(encoding="utf-8") == page(course, "wrong")


def test_feedback_shows_the_mark_and_the_message_and_no_hidden_test(
    given_back: tuple[Course, FeedbackResult],
) -> None:
    text = page(given_back[0], "wrong")
    assert MISCONCEPTION in text
    assert "one coin has more than one side" in text
    for hidden in ("HIDDEN TESTS", "1024", "sides(3) ==", "parity([1, 1, 1])", "three ones are odd"):
        assert hidden not in text


def test_what_a_function_kept_of_a_hidden_test_is_for_the_teacher_alone(
    given_back: tuple[Course, FeedbackResult],
) -> None:
    course, _ = given_back
    kept = "('kept', 10)"
    graded_text = (course.autograded("spy", ASSIGNMENT) / "coin.ipynb").read_text(encoding="utf-8")
    assert graded_text.count(kept) == 2
    text = page(course, "spy")
    assert "at first []" in text
    assert "&#39;kept&#39;, 10" not in text
    assert kept not in text
    assert text.count("Output not shown: a hidden test ran before this cell. Run your own notebook to see it.") == 1


def test_a_korean_notebook_gets_korean_feedback(course: Course) -> None:
    path = course.source / ASSIGNMENT / "coin.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"]["lang"] = "ko-KR"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    put_submitted(course, "spy", typed(course, SPY))
    grade_assignment(course, ASSIGNMENT, jobs=1)
    write_feedback(course, ASSIGNMENT, jobs=1)
    text = page(course, "spy")
    assert '<html lang="ko">' in text
    assert "숨겨진 테스트 뒤에 실행된 셀이라 출력을 표시하지 않습니다" in text


def test_nothing_graded_names_the_next_command(course: Course) -> None:
    with pytest.raises(CourseError, match="nothing of school-coin was graded yet; run: qlearn grade optics"):
        write_feedback(course, ASSIGNMENT)


def test_an_unknown_assignment_is_refused(course: Course, tmp_path: Path) -> None:
    del tmp_path
    with pytest.raises(CourseError, match="no assignment called school-dice"):
        write_feedback(course, "school-dice")


@pytest.fixture
def graded_course(tmp_path: Path) -> Course:
    hidden = "assert True\n### BEGIN HIDDEN TESTS\nassert sides(10) == 1024\n### END HIDDEN TESTS"
    notebook = notebook_of(
        markdown("<script>alert(1)</script><img src=x onerror=alert(1)> $x^2$"),
        graded("test_sides", hidden, error("ValueError", "1024", "sides(10) == 1024")),
    )
    course = open_course(put_course(tmp_path / "optics", notebook, {"test_sides": (0.0, 2.0)}))
    (course.autograded(STUDENT, ASSIGNMENT) / "own.html").write_text("<script>alert(1)</script>", encoding="utf-8")
    return course


def by_qlearn(course: Course) -> None:
    assert write_feedback(course, ASSIGNMENT).failed == ()


def by_nbgrader(course: Course) -> None:
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", ASSIGNMENT]
    environment = os.environ | {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    done = subprocess.run(
        command, cwd=course.root, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr


def by_formgraders_button(course: Course) -> None:
    assert Session(course).must(lambda api: api.generate_feedback(ASSIGNMENT, STUDENT), log_name="feedback")["success"]


def by_formgraders_button_for_all(course: Course) -> None:
    assert Session(course).must(lambda api: api.generate_feedback(ASSIGNMENT), log_name="feedback")["success"]


def by_settings_that_name_no_pages(course: Course) -> None:
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text("utf-8").replace("configure_feedback(c)", ""), encoding="utf-8")
    by_qlearn(course)


@pytest.mark.parametrize(
    "way",
    [by_qlearn, by_nbgrader, by_formgraders_button, by_formgraders_button_for_all, by_settings_that_name_no_pages],
)
def test_every_way_to_feedback_makes_the_same_safe_page(graded_course: Course, way: Callable[[Course], None]) -> None:
    way(graded_course)
    folder = graded_course.feedback(STUDENT, ASSIGNMENT)
    assert [path.name for path in folder.iterdir()] == [f"{NOTEBOOK}.html"]
    text = (folder / f"{NOTEBOOK}.html").read_text(encoding="utf-8")
    assert "Your code raised ValueError while a hidden test called it." in text
    assert "<math" in text
    for forbidden in ("<script", "onerror", "1024", "cdnjs", "require"):
        assert forbidden not in text


def test_a_class_larger_than_one_process_is_worth_is_shared_out(
    graded_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qlearn.gradebook.feedback.STUDENTS_WORTH_A_PROCESS", 1)
    other = graded_course.autograded("bo", ASSIGNMENT)
    shutil.copytree(graded_course.autograded(STUDENT, ASSIGNMENT), other)
    result = write_feedback(graded_course, ASSIGNMENT, jobs=2)
    assert result.written == (STUDENT,)
    ((student, reason),) = result.failed
    assert student == "bo"
    assert "the gradebook has no coin of bo for school-coin" in reason
