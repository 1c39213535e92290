"""A teacher presses Autograde in Formgrader, in a course with the settings that `qlearn course new` gives."""

import json
import shutil
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Locator, expect

from e2e.lab_servers import running_lab
from e2e.small_course import ANSWERS, ASSIGNMENT, NOTEBOOK, hand_in, make_course, open_gradebook

SETTINGS = Path(__file__).parents[2] / "exercises" / "nbgrader_config.py"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("courses") / "optics")
    shutil.copyfile(SETTINGS, root / "nbgrader_config.py")
    for student, answer in ANSWERS.items():
        hand_in(root, student, answer)
    cut = root / "submitted" / "bo" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    cut.write_bytes(cut.read_bytes()[:900])
    return root


@pytest.fixture(scope="module")
def lab(course, tmp_path_factory):
    with running_lab(course, home=tmp_path_factory.mktemp("home")) as server:
        yield server


@pytest.fixture
def frame(lab, closed_page) -> FrameLocator:
    """Open the table of what was handed in."""
    closed_page.goto(lab.addresses["Formgrader"])
    frame = closed_page.frame_locator("#formgrader iframe")
    frame.get_by_role("row").filter(has_text=ASSIGNMENT).get_by_role("link", name="3", exact=True).click()
    expect(frame.get_by_role("columnheader", name="Autograde")).to_be_visible()
    return frame


def row_of(frame: FrameLocator, student: str) -> Locator:
    return frame.get_by_role("row").filter(has=frame.get_by_role("gridcell", name=student, exact=True))


def press_autograde(frame: FrameLocator, student: str) -> None:
    row_of(frame, student).locator(".autograde a").click()


def test_a_press_grades_in_the_sandbox_while_the_server_goes_on(lab, frame, course):
    press_autograde(frame, "ada")
    expect(frame.get_by_text("Please wait...")).to_be_visible()
    assert [entry["name"] for entry in ask(lab, "formgrader/api/assignments")] == [ASSIGNMENT]
    assert frame.get_by_text("Please wait...").is_visible()

    dialog = frame.locator("#success-modal")
    expect(dialog).to_contain_text(f"Successfully autograded '{ASSIGNMENT}' for student 'ada'.")
    expect(dialog.locator("pre")).to_have_text("[INFO] ada: 2 of 2 points, 1 to mark by hand")
    close(dialog)
    expect(row_of(frame, "ada")).to_contain_text("2 / 5")
    expect(row_of(frame, "ada")).to_contain_text("needs manual grading")
    with open_gradebook(course) as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "ada").score == 2
    assert (course / "reports" / f"{ASSIGNMENT}.json").is_file()  # nbgrader's own grader writes none
    assert processes_in(course) == []


def test_a_file_that_breaks_off_is_explained_in_one_sentence(frame, course):
    press_autograde(frame, "bo")
    dialog = frame.locator("#error-modal")
    expect(dialog).to_contain_text(f"There was an error autograding '{ASSIGNMENT}' for student 'bo'")
    log = dialog.locator("pre")
    expect(log).to_contain_text(f"[ERROR] bo: broken: {NOTEBOOK}.ipynb cannot be read as a notebook (Unterminated")
    expect(log).to_contain_text("ask the student to hand it in again")
    assert log.evaluate("pre => pre.scrollWidth <= pre.clientWidth"), "part of the sentence is hidden"
    expect(dialog).not_to_contain_text("Traceback")
    close(dialog)
    expect(row_of(frame, "bo")).to_contain_text("needs autograding")
    assert not (course / "autograded" / "bo").exists()


def test_two_presses_at_the_same_time_both_give_marks(frame, course):
    press_autograde(frame, "ada")
    press_autograde(frame, "cleo")
    expect(frame.locator("#success-modal")).to_have_count(2)
    for dialog in frame.locator("#success-modal").all()[::-1]:
        close(dialog)
    for student in ("ada", "cleo"):
        expect(row_of(frame, student)).to_contain_text("2 / 5")
    assert processes_in(course) == []


def ask(lab, path: str):
    """Ask the server something as another tab of the teacher would."""
    with urllib.request.urlopen(f"{lab.origin}/{path}?token={lab.token}", timeout=60) as answer:  # noqa: S310
        return json.load(answer)


def close(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Close").last.click()
    expect(dialog).not_to_be_attached()


def processes_in(course: Path) -> list[str]:
    """Name the graders that still work on the course a moment after the marks are there."""
    until = time.monotonic() + 10
    while (found := _graders(course)) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def _graders(course: Path) -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "cwd").readlink() == course.resolve():
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # it has just ended, or is another user's
    return [command for command in found if "qlearn.g" in command or "spawn_main" in command]
