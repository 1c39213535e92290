"""A student in JupyterLab: open the notebook that was handed out, answer, run, validate; no teacher's view in sight."""

import shutil

import pytest
from playwright.sync_api import expect

from e2e.lab_gestures import close, find_command, replace_code, replace_text, run_all_cells, validate, wait_for_kernel
from e2e.lab_servers import running_lab
from e2e.small_course import ASSIGNMENT, NOTEBOOK, RIGHT_ANSWER, make_course

ANSWER = f"import numpy as np\n\ndef pass_probability(angle_deg):\n{RIGHT_ANSWER}"
TEACHERS_WORDS = ("Formgrader", "Create Assignment", "Assignment List", "Course List", "Nbgrader")
TEACHERS_ADDRESSES = ("/formgrader", "/formgrader/gradebook", "/formgrader/api/assignments", "/qlearn/book/")


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    course = make_course(tmp_path_factory.mktemp("courses") / "optics")
    return course / "release" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"


@pytest.fixture
def lab(released, tmp_path):
    folder = tmp_path / "homework"
    folder.mkdir()
    shutil.copy(released, folder)
    with running_lab("--student", folder / released.name, home=tmp_path) as server:
        yield server


def test_a_student_answers_runs_and_validates(lab, closed_page):
    closed_page.goto(lab.addresses["JupyterLab"])
    wait_for_kernel(closed_page)

    dialog = validate(closed_page)
    expect(dialog).to_contain_text("The following cell failed")
    expect(dialog).to_contain_text("NotImplementedError")
    close(dialog)

    replace_code(closed_page, "def pass_probability", ANSWER)
    replace_text(closed_page, "YOUR ANSWER HERE", "It turns the polarisation, so a part passes each step.")
    run_all_cells(closed_page)
    expect(closed_page.locator(".jp-OutputArea-output")).to_have_count(0)
    dialog = validate(closed_page)
    expect(dialog).to_contain_text("Success! Your notebook passes all the tests.")
    close(dialog)


def test_a_student_sees_no_teachers_view(lab, closed_page):
    closed_page.goto(lab.addresses["JupyterLab"])
    wait_for_kernel(closed_page)
    for words in TEACHERS_WORDS:
        expect(closed_page.get_by_text(words, exact=True)).to_have_count(0)
    find_command(closed_page, "formgrader")
    expect(closed_page.locator(".lm-CommandPalette-emptyMessage")).to_be_visible()


def test_the_teachers_addresses_are_not_there(lab, closed_page):
    for path in TEACHERS_ADDRESSES:
        answer = closed_page.request.get(f"{lab.origin}{path}?token={lab.token}")
        assert (path, answer.status) == (path, 404)


def test_no_news_prompt_and_no_notification_greets_the_student(lab, closed_page):
    closed_page.goto(lab.addresses["JupyterLab"])
    wait_for_kernel(closed_page)
    expect(closed_page.get_by_role("dialog")).to_have_count(0)
    expect(closed_page.locator(".jp-toastContainer, .Toastify__toast")).to_have_count(0)
