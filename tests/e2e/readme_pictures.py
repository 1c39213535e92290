"""Take the README's pictures anew from a demo course and the built book: `make demo && make pictures`.

Run it after a change that readers see; look at the pictures before committing them.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import nbformat
from playwright.sync_api import Page, sync_playwright

HOUSE = Path(__file__).parents[2]
sys.path.insert(0, str(HOUSE / "tests"))

from e2e.conftest import CHROMIUM_ARGUMENTS  # noqa: E402  the tests' folder is not installed
from e2e.lab_gestures import FORMGRADER_LISTENS, wait_for_kernel  # noqa: E402
from e2e.lab_servers import running_lab  # noqa: E402
from qlearn.gradebook.course import open_course  # noqa: E402
from qlearn.gradebook.handout import write_handout  # noqa: E402
from qlearn.grading.planted import fill_in, read_planted_answer  # noqa: E402

PICTURES = HOUSE / "book/images/readme"
COURSE = HOUSE / "demo-course"
WINDOW = {"width": 1280, "height": 860}


def reader(page: Page, folder: Path) -> None:
    """The chapter with its widget, from disk as a reader may open it."""
    del folder
    page.goto((HOUSE / "book/_build/html/qkd/bb84.html").as_uri())
    widget = page.locator(".qlearn-widget-live").first
    widget.get_by_role("button", name="Send 100").click()
    page.evaluate("document.querySelector('.qlearn-widget').scrollIntoView({block: 'start'}); scrollBy(0, -70)")
    page.screenshot(path=PICTURES / "reader.png")


def student(page: Page, folder: Path) -> None:
    """A student's notebook with a misconception in it, stopped at the test that names it."""
    write_handout(open_course(COURSE), "school-bb84", folder / "school-bb84.zip")
    zipfile.ZipFile(folder / "school-bb84.zip").extractall(folder)
    notebook = folder / "school-bb84/bb84.ipynb"
    source = nbformat.read(HOUSE / "exercises/source/school-bb84/bb84.ipynb", as_version=4)
    answer = read_planted_answer(HOUSE / "tests/answers/school-bb84/keeps_every_photon.py")
    nbformat.write(fill_in(nbformat.read(notebook, as_version=4), source, answer), notebook)
    with running_lab("--student", notebook, home=folder) as lab:
        page.goto(lab.addresses["JupyterLab"])
        wait_for_kernel(page)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        said = page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').first
        said.wait_for()
        said.evaluate("box => box.scrollIntoView({block: 'center'})")
        page.screenshot(path=PICTURES / "student.png")


def teacher(page: Page, folder: Path) -> None:
    """One student's explanation in Formgrader, with points and a comment."""
    with running_lab(COURSE, home=folder) as lab:
        page.goto(lab.addresses["Formgrader"])
        frame = page.frame_locator("#formgrader iframe")
        frame.get_by_role("link", name="Manual Grading").click()
        frame.get_by_role("grid").get_by_role("link", name="school-bb84").click()
        frame.get_by_role("grid").get_by_role("link", name="bb84", exact=True).click()
        frame.get_by_role("link", name="Submission #").first.click()
        points = frame.locator("#explain_copying")
        points.element_handle().owner_frame().wait_for_function(FORMGRADER_LISTENS)
        points.fill("3")
        comment = frame.locator("#explain_copying-comment")
        comment.fill("Well argued. Say also why the bits that were read aloud must not become key.")
        comment.evaluate("field => field.scrollIntoView({block: 'end'})")
        page.screenshot(path=PICTURES / "teacher.png")


def main() -> None:
    """Take all three."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or sys.exit("chromium is not installed; run: make test")
        browser = playwright.chromium.launch(executable_path=chromium, args=[*CHROMIUM_ARGUMENTS, "--no-sandbox"])
        for take in (reader, student, teacher):
            with tempfile.TemporaryDirectory() as folder:
                page = browser.new_page(viewport=WINDOW)
                page.set_default_timeout(30_000)
                take(page, Path(folder))
                page.close()


if __name__ == "__main__":
    main()
