"""A term with a class of thirty, from the class list to the final marks, as the teacher types it."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from cli.course_commands import run
from e2e.book_pages import watch
from e2e.lab_servers import running_lab
from gradebook.small_kit import ANSWERS, ASSIGNMENT, NOTEBOOK, make_kit
from qlearn.gradebook.course import Course, open_course
from qlearn.gradebook.exchange import submit_as
from qlearn.gradebook.marks import read_marks
from qlearn.gradebook.new_course import Kit

ASSIGNMENTS = (ASSIGNMENT, "school-dice", "school-cards")
STUDENTS = [f"s{number:02d}" for number in range(30)]
DUE = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
MISTAKEN, RIGHT = "assert type(sides(10)) is int", "assert sides(10) == 1024"
UNRELEASED = "school-darts-later"
EXTENDED, LATE = "s03", "s04"


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course at the end of the term; each test looks at a part of it."""
    folder = tmp_path_factory.mktemp("term")
    kit = kit_with_three(folder / "kit")
    course_folder = folder / "optics"
    assert run("course", "new", course_folder, "--kit", kit.root) == 0
    course = open_course(course_folder)
    take_the_class(course, folder)
    (course.root / "policy.toml").write_text(
        f"late_percent_per_day = 10\n[extensions.{ASSIGNMENT}]\n{EXTENDED} = 2026-03-12T09:00:00Z\n"
    )
    for assignment in ASSIGNMENTS:
        assert run("course", "release", course.root, assignment, "--due", DUE.isoformat()) == 0
    hand_in_through_the_exchange(course)
    hand_in_through_an_lms(course, folder)
    for assignment in ASSIGNMENTS:
        assert run("grade", course.root, assignment, "--jobs", "2") == 0
    return course


def kit_with_three(root: Path) -> Kit:
    """Three assignments; the first one's hidden test refuses a right answer that is no int."""
    kit = make_kit(root)
    for name in (*ASSIGNMENTS[1:], UNRELEASED):
        shutil.copytree(kit.exercises / "source" / ASSIGNMENT, kit.exercises / "source" / name)
    source = kit.exercises / "source" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    source.write_text(source.read_text().replace(RIGHT, MISTAKEN))
    return kit


def take_the_class(course: Course, folder: Path) -> None:
    lines = ["학번,이름,반", *(f"{student},김{student},3" for student in STUDENTS)]
    (folder / "class.csv").write_bytes("\r\n".join(lines).encode("cp949"))
    assert run("course", "roster", course.root, folder / "class.csv") == 0


def typed(course: Course, assignment: str, number: int) -> bytes:
    """The answers of a student: every third has the misconception, every fifth a float, the rest are right."""
    kind = "wrong" if number % 3 == 2 else "right"
    notebook = json.loads((course.released(assignment) / f"{NOTEBOOK}.ipynb").read_text())
    answers = ANSWERS[kind] | {"explain_parity": f"Student {number} says that pairs of ones cancel."}
    for cell in notebook["cells"]:
        source = answers.get(cell["metadata"]["nbgrader"]["grade_id"])
        if source is not None:
            cell["source"] = source.replace("2 **", "2.0 **") if number % 5 == 0 else source
    return json.dumps(notebook).encode()


def hand_in_through_the_exchange(course: Course) -> None:
    hours = {EXTENDED: 48.0, LATE: 30.0}
    for assignment in ASSIGNMENTS[:2]:
        for number, student in enumerate(STUDENTS[:28]):
            at = DUE + timedelta(hours=hours.get(student, -2.0) if assignment == ASSIGNMENT else -2.0)
            submit_as(course, student, assignment, {f"{NOTEBOOK}.ipynb": typed(course, assignment, number)}, at=at)
        assert run("course", "collect", course.root, assignment) == 0


def hand_in_through_an_lms(course: Course, folder: Path) -> None:
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        for number, student in enumerate(STUDENTS):
            name = f"김{student}_{number}_assignsubmission_file_/{NOTEBOOK}.ipynb"
            archive.writestr(name, typed(course, ASSIGNMENTS[2], number))
        archive.writestr(f"손님_99_assignsubmission_file_/{NOTEBOOK}.ipynb", "{}")
    handed_in = ("--handed-in", (DUE - timedelta(hours=1)).isoformat())
    assert run("course", "collect", course.root, ASSIGNMENTS[2], folder / "all.zip", *handed_in) == 0


def moodle(course: Course, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, str]]:
    capsys.readouterr()
    assert run("marks", course.root, "--moodle") == 0
    return {row["ID number"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}


def test_everybodys_work_is_where_it_was_handed_in_and_a_strangers_is_not(term: Course) -> None:
    assert [len(term.students_with_work(assignment)) for assignment in ASSIGNMENTS] == [28, 28, 30]
    assert {row.standing.value for row in read_marks(term, ASSIGNMENTS[2]).rows} == {"graded"}


def test_late_work_pays_by_the_rules_and_an_extension_is_no_lateness(term: Course) -> None:
    rows = {row.student.id: row for row in read_marks(term, ASSIGNMENT).rows}
    assert (rows[EXTENDED].late_seconds, rows[EXTENDED].penalty) == (0.0, 0.0)
    assert (rows[LATE].late_seconds, rows[LATE].penalty) == (30 * 3600, pytest.approx(1.0))  # two days begun, of 5


def test_a_corrected_test_is_regraded_appealed_and_marked_to_the_end(
    term: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = shutil.copytree(term.root, tmp_path / "optics")
    course = open_course(root)
    source = course.source / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    source.write_text(source.read_text().replace(MISTAKEN, RIGHT))
    floats = [student for number, student in enumerate(STUDENTS[:28]) if number % 5 == 0 and number % 3 != 2]
    assert run("regrade", course.root, ASSIGNMENT, "--yes", "--because", "1024.0 is right", "--jobs", "2") == 0
    said = capsys.readouterr().out
    assert [line.split()[0] for line in said.splitlines() if "0 -> 2" in line][: len(floats)] == floats
    assert f"{len(floats)} marks of {len(floats)} students changed" in said
    target = tmp_path / "appeal.zip"
    assert run("appeal", course.root, ASSIGNMENT, "s02", "sides", "--out", target) == 0
    with zipfile.ZipFile(target) as archive:
        assert "one sided coin" in archive.read("READ-ME.md").decode()
    before = moodle(course, capsys)
    assert {row[assignment] for row in before.values() for assignment in ASSIGNMENTS} == {"-"}  # hand marks wait
    mark_every_explanation(course)
    final = moodle(course, capsys)
    assert (final["s00"][ASSIGNMENT], final["s02"][ASSIGNMENT], final["s29"][ASSIGNMENT]) == ("8", "3", "-")
    assert final[LATE][ASSIGNMENT] == "6.4"  # 8 less a fifth
    assert final["s29"][ASSIGNMENTS[2]] == "3"
    again = {row.student.id: row.total for row in read_marks(course, ASSIGNMENT).rows}
    assert run("grade", course.root, ASSIGNMENT, "--jobs", "2") == 0
    assert {row.student.id: row.total for row in read_marks(course, ASSIGNMENT).rows} == again


def mark_every_explanation(course: Course) -> None:
    """Give three of four points to every explanation, as a teacher does in Formgrader."""
    from qlearn.gradebook.session import Session

    with Session(course).gradebook() as gradebook:
        for assignment in ASSIGNMENTS:
            for submission in gradebook.assignment_submissions(assignment):
                grade = gradebook.find_grade("explain_parity", NOTEBOOK, assignment, submission.student.id)
                grade.manual_score, grade.needs_manual_grade = 3.0, False
        gradebook.db.commit()


def test_the_class_report_can_be_read_by_everyone_and_asks_for_nothing(
    term: Course, page: Page, tmp_path: Path
) -> None:
    target = tmp_path / "report.html"
    assert run("report", term.root, "--out", target) == 0
    log = watch(page)
    page.goto(target.as_uri())
    expect(page.locator("section")).to_have_count(3)
    first = page.locator("section").first
    expect(first.locator("ol.talk li").first).to_contain_text("sides")
    expect(first.locator("tbody").first).to_contain_text("one sided coin")
    expect(first.locator("tbody").last.locator("tr")).to_have_count(30)
    assert log.outside(target.as_uri()) == []
    assert log.complaints == []
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [360, 1100])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_fits_a_phone_and_has_contrast_in_the_dark(
    term: Course, page: Page, tmp_path: Path, width: int, scheme: str
) -> None:
    target = tmp_path / "report.html"
    assert run("report", term.root, ASSIGNMENT, "--language", "ko", "--out", target) == 0
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(target.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(page, options={"runOnly": ["color-contrast"]}).violations_count == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("course", "collect", "COURSE", ASSIGNMENT, "bad.zip"), "leads out of it; nothing was collected"),
        (("course", "roster", "COURSE", "twice.csv"), "nothing was changed"),
        (("regrade", "COURSE", "school-darts", "--yes", "--because", "x"), "no assignment called school-darts"),
        (("appeal", "COURSE", ASSIGNMENT, "s29", "sides"), "no work of s29 on school-coin was collected yet"),
        (("grade", "COURSE", UNRELEASED), "was not released yet, so there is nothing to grade"),
        (("report", "COURSE", UNRELEASED), "was not released yet, so it has no marks"),
        (("report", "COURSE", "school-darts"), "no assignment called school-darts"),
        (("similar", "COURSE", "school-darts"), "no assignment called school-darts"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_bad_input_is_one_clear_line_and_changes_no_mark(
    term: Course, tmp_path: Path, arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("../s00/coin.ipynb", "{}")
    (tmp_path / "twice.csv").write_text("id,name\ns00,Kim\ns00,Lee\n")
    before = read_marks(term, ASSIGNMENT), (term.root / "roster.csv").read_bytes()
    places = {"COURSE": term.root, "bad.zip": tmp_path / "bad.zip", "twice.csv": tmp_path / "twice.csv"}
    capsys.readouterr()
    assert run(*(places.get(part, part) for part in arguments)) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("qlearn: ")
    assert message in last
    assert (read_marks(term, ASSIGNMENT), (term.root / "roster.csv").read_bytes()) == before


def test_a_rule_that_is_none_stops_before_a_mark_is_read(term: Course, tmp_path: Path) -> None:
    root = shutil.copytree(term.root, tmp_path / "optics")
    (root / "policy.toml").write_text("late = 10\n")
    assert run("marks", root) == 2
    assert run("course", "policy", root) == 2
    assert run("course", "collect", root, ASSIGNMENT) == 2


def test_formgrader_lists_the_class_with_its_points(term: Course, closed_page: Page, tmp_path: Path) -> None:
    root = shutil.copytree(term.root, tmp_path / "optics")
    with (root / "nbgrader_config.py").open("a") as config:  # as in a course that `qlearn course new` makes
        config.write("\nfrom qlearn.gradebook.converter import use_qlearn_grader\nuse_qlearn_grader(c)\n")
    with running_lab(root, home=tmp_path) as lab:
        closed_page.goto(lab.addresses["Formgrader"])
        frame = closed_page.frame_locator("#formgrader iframe")
        frame.get_by_role("link", name="Manage Assignments").first.click()
        row = frame.get_by_role("row").filter(has=frame.get_by_role("link", name=ASSIGNMENT, exact=True))
        row.get_by_role("link", name="28").click()
        late = frame.get_by_role("row").filter(has_text=LATE)
        expect(late).to_contain_text("needs manual grading")
        expect(late).to_contain_text("4 / 9")  # less two days begun, as in the marks table
        expect(frame.get_by_role("row").filter(has_text="s02")).to_contain_text("0 / 9")
