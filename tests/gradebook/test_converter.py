"""nbgrader's own command, API and class, in a course that is set to qlearn's grader."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import nbgrader
import pytest
from nbgrader.apps import NbGraderAPI, api, autogradeapp
from nbgrader.converters import Autograde

from gradebook.postgres_server import running_server
from gradebook.small_kit import ASSIGNMENT, answered, put_submitted
from qlearn.errors import CourseError, HostError
from qlearn.gradebook import converter_run, fresh_process
from qlearn.gradebook.converter import SEEN_WITH
from qlearn.gradebook.converter_classes import QlearnAutograde
from qlearn.gradebook.course import Course, load_config, open_course
from qlearn.gradebook.exchange import read_release, release
from qlearn.gradebook.fresh_process import Order, grade_apart
from qlearn.gradebook.grade import grade_assignment
from qlearn.gradebook.new_course import find_kit, new_course
from qlearn.gradebook.session import Session
from qlearn.grading.notebooks import read_notebook
from qlearn.grading.planted import fill_in, read_planted_answer
from qlearn.grading.report import SubmissionReport

SWITCH = "\nfrom qlearn.gradebook.converter import use_qlearn_grader\nuse_qlearn_grader(c)\n"
EARLY, LATE = "2026-03-02 09:00:00.000000 UTC", "2026-03-03 09:00:00.000000 UTC"
SECONDS = 300  # far more than any of this takes

Result = Mapping[str, Any]


@pytest.fixture
def ours(course: Course) -> Course:
    """Make the small course one that asks for our grader."""
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(SWITCH)
    return course


def autograde(course: Course, student: str, **options: Any) -> Result:
    """Do what Formgrader does for its button."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's own
        result: Result = NbGraderAPI(config=load_config(course.root)).autograde(ASSIGNMENT, student, **options)
    return result


def nbgrader_command(course: Course, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run nbgrader in the course's folder as a teacher would whose PATH holds none of our programs."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    environment = {"HOME": str(home), "PATH": os.defpath}
    return subprocess.run(
        command, cwd=course.root, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
    )


def marks(course: Course, assignment: str) -> dict[tuple[str, str], tuple[float | None, bool]]:
    """Give points and whether a person has to mark, by student and question, from nbgrader's database."""
    with Session(course).gradebook() as gradebook:
        return {
            (submission.student_id, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for submission in gradebook.find_assignment(assignment).submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def test_nbgraders_command_gives_the_marks_of_qlearn_grade_in_a_new_course(tmp_path: Path) -> None:
    assignment, notebook = "school-bb84", "bb84"
    courses = [new_course(tmp_path / name, find_kit()) for name in ("one", "two")]
    for course in courses:
        release(course, assignment)
        released = read_notebook(course.released(assignment) / f"{notebook}.ipynb")
        source = read_notebook(course.source / assignment / f"{notebook}.ipynb")
        for student, answer in (("ada", "right_with_loops"), ("bo", "eve_copies"), ("cleo", "sifts_by_bits")):
            planted = read_planted_answer(find_kit().answers / assignment / f"{answer}.py")
            folder = course.submitted(student, assignment)
            folder.mkdir(parents=True)
            for name, content in read_release(course, assignment).items():
                (folder / name).write_bytes(content)
            nbformat.write(fill_in(released, source, planted), folder / f"{notebook}.ipynb")
    done = nbgrader_command(courses[0], tmp_path, "autograde", assignment)
    assert done.returncode == 0, done.stderr
    assert "checksum" not in done.stderr
    assert [line.partition("] ")[2] for line in sorted(done.stderr.splitlines())] == [
        "ada: 16 of 16 points, 1 to mark by hand",
        "bo: 11 of 16 points, 1 to mark by hand",
        "cleo: 9 of 16 points, 1 to mark by hand",
    ]
    grade_assignment(courses[1], assignment)
    assert marks(courses[0], assignment) == marks(courses[1], assignment)


def test_a_press_of_the_button_gives_marks_and_a_line_for_each_thing_to_know(ours: Course) -> None:
    notebook = json.loads(answered(ours, "right"))
    for cell in notebook["cells"]:
        if cell["metadata"]["nbgrader"]["grade_id"] == "test_parity":
            cell["source"] = "pass"
    put_submitted(ours, "ada", json.dumps(notebook))
    result = autograde(ours, "ada")
    assert result["success"], result
    assert marks(ours, ASSIGNMENT) == {
        ("ada", "test_sides"): (2.0, False),
        ("ada", "test_parity"): (3.0, False),
        ("ada", "explain_parity"): (None, True),
    }
    (line,) = result["log"].splitlines()
    assert line.startswith("[WARNING] ada: 5 of 5 points, 1 to mark by hand; needs attention: ")
    assert line.count("test_parity") == 1


def test_a_broken_submission_fails_with_one_sentence_and_stops_no_other(ours: Course, tmp_path: Path) -> None:
    put_submitted(ours, "ada", answered(ours, "right"))
    put_submitted(ours, "cut", answered(ours, "right")[:700])
    done = nbgrader_command(ours, tmp_path, "autograde", ASSIGNMENT)
    assert done.returncode == 1
    assert "ada: 5 of 5 points" in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if "ERROR" in line]
    assert "cut: broken: coin.ipynb cannot be read as a notebook" in line
    assert not ours.autograded("cut", ASSIGNMENT).exists()
    again = nbgrader_command(ours, tmp_path, "autograde", ASSIGNMENT, "--student", "ada")
    assert again.returncode == 0
    assert "Skipping existing assignment" in again.stderr


def test_the_marks_go_to_the_gradebook_of_the_settings(ours: Course) -> None:
    config = ours.root / "nbgrader_config.py"
    with running_server() as address:
        config.write_text(re.sub(r"db_url = .*", f"db_url = {address!r}", config.read_text()))
        course = open_course(ours.root)
        release(course, ASSIGNMENT)
        put_submitted(course, "ada", answered(course, "wrong"))
        assert autograde(course, "ada")["success"]
        assert {points for points, _ in marks(course, ASSIGNMENT).values()} == {0.0, None}
    assert marks(ours, ASSIGNMENT) == {}


def test_who_is_not_in_the_gradebook_is_an_error_if_no_entry_may_be_made(ours: Course) -> None:
    put_submitted(ours, "ada", answered(ours, "right"))
    result = autograde(ours, "ada", create=False)
    assert not result["success"]
    assert result["log"].startswith("[ERROR] no student ada is in the gradebook; add ada in Formgrader")
    assert not ours.autograded("ada", ASSIGNMENT).exists()


Calls = list[tuple[str, ...]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Note whom a fresh process would be started for, and grade nobody."""
    noted: Calls = []

    def note(order: Order, hear: Callable[..., None], *, seconds: float) -> None:
        del hear
        assert 60 < seconds < 86_400
        noted.append(order.students)

    monkeypatch.setattr(converter_run, "grade_apart", note)
    return noted


def hand_in(course: Course, students: Sequence[str], at: str = EARLY) -> None:
    for student in students:
        put_submitted(course, student, "{}")
        put_submitted(course, student, at, name="timestamp.txt")


def mark_as_graded(course: Course, student: str, at: str = EARLY) -> None:
    folder = course.autograded(student, ASSIGNMENT)
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text(at)


@pytest.mark.parametrize(
    ("asked", "graded"),
    [("*", [("ada", "al[1]", "bo")]), ("a*", [("ada", "al[1]")]), ("al[1]", [("al[1]",)]), ("bo", [("bo",)])],
)
def test_a_pattern_names_students_as_nbgraders_does(
    ours: Course, calls: Calls, asked: str, graded: list[tuple[str, ...]]
) -> None:
    hand_in(ours, ["bo", "ada", "al[1]"])
    assert autograde(ours, asked)["success"]
    assert calls == graded


def test_who_has_marks_is_graded_again_only_for_newer_work_or_by_force(ours: Course, calls: Calls) -> None:
    hand_in(ours, ["ada", "bo"])
    hand_in(ours, ["cleo"], at=LATE)
    hand_in(ours, ["dora"], at="yesterday")
    for student in ("ada", "cleo", "dora"):
        mark_as_graded(ours, student)
    result = autograde(ours, "*", force=False)
    assert result["success"]
    assert [line.rpartition("autograded/")[2] for line in result["log"].splitlines()] == [
        f"ada/{ASSIGNMENT}",
        f"dora/{ASSIGNMENT}",
    ]
    autograde(ours, "ada", force=False)
    autograde(ours, "ada", force=True)
    assert calls == [("bo", "cleo"), ("ada",)]
    assert ours.autograded("ada", ASSIGNMENT).exists()


def test_excluded_students_are_left_out(ours: Course, calls: Calls) -> None:
    with (ours.root / "nbgrader_config.py").open("a") as config:
        config.write("c.CourseDirectory.student_id_exclude = 'bo,cleo'\n")
    hand_in(ours, ["ada", "bo", "cleo"])
    autograde(ours, "*")
    assert calls == [("ada",)]


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("c.CourseDirectory.notebook_id = '1*'", "qlearn grades whole submissions, not the notebook 1* alone"),
        ("c.Execute.enabled = False", "qlearn does not take marks from the outputs a student has saved"),
        ("c.Grading.memory_mib = -1", "nbgrader_config.py sets c.Grading.memory_mib to -1"),
    ],
)
def test_what_cannot_be_honoured_is_refused_in_a_sentence(
    ours: Course, calls: Calls, setting: str, sentence: str
) -> None:
    with (ours.root / "nbgrader_config.py").open("a") as config:
        config.write(setting + "\n")
    hand_in(ours, ["ada"])
    result = autograde(ours, "ada")
    assert not result["success"]
    assert result["log"].startswith(f"[ERROR] {sentence}")
    assert calls == []


def test_nobodys_work_is_an_error_that_names_the_next_step(ours: Course, calls: Calls) -> None:
    result = autograde(ours, "eve")
    assert not result["success"]
    assert f"no work of eve on {ASSIGNMENT} was collected yet; run: qlearn course collect optics" in result["log"]
    assert calls == []


def test_the_class_stands_in_both_of_nbgraders_places_however_often_it_is_asked_for(ours: Course) -> None:
    for _ in range(2):
        load_config(ours.root)
        assert api.Autograde is QlearnAutograde
        assert autogradeapp.Autograde is QlearnAutograde
    assert QlearnAutograde.__bases__ == (Autograde,)


def test_an_autograde_that_was_not_replaced_hands_over_too(
    ours: Course, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(ours, ["ada"])
    config = load_config(ours.root)
    monkeypatch.setattr(api, "Autograde", Autograde)  # as if nbgrader had been imported after the settings were read
    assert NbGraderAPI(config=config).autograde(ASSIGNMENT, "ada")["success"]
    assert calls == [("ada",)]


def test_a_course_without_the_line_keeps_nbgraders_grader_in_the_same_process(
    course: Course, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "Autograde", QlearnAutograde)
    started: list[Any] = []
    monkeypatch.setattr(Autograde, "start", lambda self: started.append(self))
    hand_in(course, ["ada"])
    assert autograde(course, "ada")["success"]
    assert (len(started), calls) == (1, [])


def test_who_grades_with_nbgrader_on_purpose_is_not_sent_back_to_qlearn(ours: Course) -> None:
    assert "exporter_class" in load_config(ours.root).Autograde
    assert "exporter_class" not in Session(ours).api.config.Autograde


def test_the_nbgrader_this_was_seen_to_work_with_is_the_installed_one() -> None:
    assert nbgrader.__version__ == SEEN_WITH == "0.9.6"


@pytest.mark.parametrize("replaced", [True, False])
def test_another_nbgrader_is_refused_and_does_not_grade_by_itself(
    ours: Course, calls: Calls, monkeypatch: pytest.MonkeyPatch, replaced: bool
) -> None:
    put_submitted(ours, "ada", answered(ours, "right"))
    monkeypatch.setattr(nbgrader, "__version__", "0.9.7")
    config = load_config(ours.root)
    monkeypatch.setattr(api, "Autograde", QlearnAutograde if replaced else Autograde)
    result = NbGraderAPI(config=config).autograde(ASSIGNMENT, "ada")
    assert not result["success"]
    assert result["log"] == (
        "[ERROR] this course is graded by qlearn, which works inside nbgrader 0.9.6, and this is nbgrader 0.9.7; "
        "install nbgrader==0.9.6, or grade with: qlearn grade\n"
    )
    assert (calls, ours.autograded("ada", ASSIGNMENT).exists()) == ([], False)


def test_reading_the_settings_loads_nothing_of_nbgrader(ours: Course) -> None:
    script = (
        "import sys; from pathlib import Path; from qlearn.gradebook.course import load_config;"
        f"load_config(Path({str(ours.root)!r}));"
        "print([name for name in sys.modules if name.startswith(('nbgrader', 'nbconvert', 'tornado'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def order(course: Course, *students: str) -> Order:
    return Order(str(course.root), ASSIGNMENT, students, course.database_url)


def test_two_presses_at_the_same_time_wait_for_each_other(ours: Course) -> None:
    for student in ("ada", "bo"):
        put_submitted(ours, student, answered(ours, "right"))
    events: list[Mapping[str, Any]] = []
    with ThreadPoolExecutor(2) as both:
        waiting = [both.submit(grade_apart, order(ours, who), events.append, seconds=SECONDS) for who in ("ada", "bo")]
        for one in waiting:
            one.result()
    reports = [SubmissionReport.from_json(event["report"]) for event in events]
    assert sorted(report.student for report in reports) == ["ada", "bo"]
    assert {points for points, _ in marks(ours, ASSIGNMENT).values()} == {2.0, 3.0, None}


def test_a_process_that_takes_too_long_is_ended_and_said_to_be(ours: Course) -> None:
    put_submitted(ours, "ada", answered(ours, "right"))
    with pytest.raises(HostError, match=rf"grading {ASSIGNMENT} was stopped \(it took more than 0 s\); try again"):
        grade_apart(order(ours, "ada"), lambda _: None, seconds=0.2)


def test_a_process_that_cannot_begin_says_why(ours: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh_process, "__name__", "qlearn.no_such_module")
    with pytest.raises(HostError, match=r"was stopped .*No module named qlearn\.no_such_module"):
        grade_apart(order(ours, "ada"), lambda _: None, seconds=SECONDS)


def test_what_the_process_refuses_is_passed_on(ours: Course) -> None:
    (ours.root / "gradebook.db").write_bytes(b"not a database at all, but as long as one might well be" * 20)
    put_submitted(ours, "ada", answered(ours, "right"))
    with pytest.raises(CourseError, match=r"the gradebook .* is damaged"):
        grade_apart(order(ours, "ada"), lambda _: None, seconds=SECONDS)


def test_nothing_goes_on_when_the_caller_is_killed(ours: Course) -> None:
    put_submitted(ours, "ada", answered(ours, "loops"))
    script = (
        "from qlearn.gradebook.fresh_process import Order, grade_apart;"
        f"grade_apart({order(ours, 'ada')!r}, print, seconds={SECONDS})"
    )
    caller = subprocess.Popen([sys.executable, "-c", script])
    try:
        wait_until(lambda: len(working_in(ours.root)) > 2)  # itself, and workers
    finally:
        caller.send_signal(signal.SIGKILL)
        caller.wait()
    wait_until(lambda: working_in(ours.root) == [])


def working_in(folder: Path) -> list[int]:
    """Find the processes whose current folder this is: the fresh process and all it has started, but the caller."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "cwd").readlink() == folder.resolve():
                found.append(int(entry.name))
        except OSError:
            continue  # it has just ended, or is another user's
    return found


def wait_until(happens: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < until
        threading.Event().wait(0.1)
