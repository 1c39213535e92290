"""From the teacher's zip to the student's Validate: the assignment itself, answered, in JupyterLab."""

import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from e2e.lab_gestures import run_all_cells, validate, wait_for_kernel
from e2e.lab_servers import running_lab
from qlearn.grading.planted import fill_in

SOURCES = Path(__file__).parents[2] / "exercises" / "source"


def qlearn(*arguments, cwd):
    """Run a command as the teacher does."""
    subprocess.run([sys.executable, "-m", "qlearn", *arguments], cwd=cwd, check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def zips(tmp_path_factory):
    """Make a course and pack both assignments; give the folder with the zips."""
    folder = tmp_path_factory.mktemp("handout")
    qlearn("course", "new", "physics", cwd=folder)
    for assignment in ("school-bb84", "graduate-bb84"):
        qlearn("course", "handout", "physics", assignment, cwd=folder)
    return folder


@pytest.mark.parametrize("assignment", ["school-bb84", "graduate-bb84"])
def test_the_right_answers_run_and_validate_in_the_handed_out_notebook(zips, assignment, closed_page, tmp_path):
    with zipfile.ZipFile(zips / f"{assignment}.zip") as packed:
        packed.extractall(tmp_path)
    handed_out = tmp_path / assignment / "bb84.ipynb"
    answers = nbformat.read(SOURCES / assignment / "bb84.ipynb", as_version=4)
    nbformat.write(fill_in(nbformat.read(handed_out, as_version=4), answers, None), handed_out)

    with running_lab("--student", handed_out.parent, home=tmp_path) as lab:
        closed_page.goto(lab.addresses["JupyterLab"])
        wait_for_kernel(closed_page)
        run_all_cells(closed_page)
        expect(closed_page.locator('[data-mime-type="application/vnd.jupyter.stderr"]')).to_have_count(0)
        expect(validate(closed_page)).to_contain_text("Success! Your notebook passes all the tests.")
