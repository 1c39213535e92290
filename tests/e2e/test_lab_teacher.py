"""A teacher's JupyterLab: Formgrader, Create Assignment and the book are there, on this server alone."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.lab_gestures import find_command, validate, wait_for_kernel
from e2e.lab_servers import running_lab
from e2e.small_course import ASSIGNMENT, NOTEBOOK, make_course

BOOK = Path(__file__).parents[2] / "book"


@pytest.fixture(scope="module")
def released_course(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("courses") / "optics")


@pytest.fixture
def course(released_course, tmp_path):
    """Copy the course, for JupyterLab remembers in it what was open."""
    return shutil.copytree(released_course, tmp_path / "optics")


@pytest.fixture
def lab(course, built_book, tmp_path):
    """Start the lab from a checkout whose book is the one that was just built."""
    (tmp_path / "book").mkdir()
    for name in ("_config.yml", "_toc.yml"):
        (tmp_path / "book" / name).write_bytes((BOOK / name).read_bytes())
    (tmp_path / "book" / "_build").symlink_to(built_book.parent)
    with running_lab(course, home=tmp_path, cwd=tmp_path) as server:
        yield server


def test_the_source_notebook_opens_with_create_assignment_and_validate(lab, closed_page):
    closed_page.goto(f"{lab.origin}/lab/tree/source/{ASSIGNMENT}/{NOTEBOOK}.ipynb?token={lab.token}")
    wait_for_kernel(closed_page)
    closed_page.get_by_role("tab", name="Create Assignment").click()
    panel = closed_page.locator(".nbgrader-CreateAssignmentWidget, #nbgrader-create_assignemnt")
    expect(panel.get_by_text("Total points: 5").or_(panel.get_by_label("ID").first).first).to_be_visible()
    dialog = validate(closed_page)
    expect(dialog).to_contain_text("Success! Your notebook passes all the tests.")


def test_formgrader_is_in_the_menu_and_the_hubs_lists_are_not(lab, closed_page):
    closed_page.goto(lab.addresses["JupyterLab"])
    closed_page.get_by_role("menuitem", name="Nbgrader").click()
    menu = closed_page.locator(".lm-Menu-content")
    expect(menu.get_by_text("Formgrader", exact=True)).to_be_visible()
    expect(menu.get_by_text("Create assignment", exact=True)).to_be_visible()
    expect(menu.get_by_text("Course List", exact=True)).to_have_count(0)
    expect(menu.get_by_text("Assignment List", exact=True)).to_have_count(0)


def test_nothing_greets_the_teacher_but_the_lab(lab, closed_page):
    closed_page.goto(lab.addresses["JupyterLab"])
    expect(closed_page.get_by_role("tab", name="Launcher")).to_be_visible()
    expect(closed_page.get_by_role("dialog")).to_have_count(0)
    find_command(closed_page, "extension manager")
    expect(closed_page.locator(".lm-CommandPalette-emptyMessage")).to_be_visible()


def test_the_book_is_read_and_played_with_on_the_same_server(lab, closed_page):
    closed_page.goto(lab.addresses["Book"])
    closed_page.locator(".bd-sidebar").get_by_role("link", name="BB84").first.click()
    timeline = closed_page.get_by_role("region", name="BB84 photon by photon").first
    timeline.scroll_into_view_if_needed()
    timeline.get_by_role("button", name="New run").click()
    timeline.get_by_role("button", name="Send 100").click()
    expect(timeline).to_contain_text("100 photons sent")


def test_the_book_asks_for_the_token(lab, closed_page):
    closed_page.goto(f"{lab.origin}/qlearn/book/")
    expect(closed_page.get_by_text("Token authentication is enabled")).to_be_visible()
