"""A teacher in Formgrader: see the marks, mark an explanation by hand, see the total change on the page and on disk."""

import re

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from e2e.lab_gestures import FORMGRADER_LISTENS
from e2e.lab_servers import running_lab
from e2e.small_course import ANSWERS, ASSIGNMENT, hand_in_and_grade, make_course, open_gradebook

EXPLANATION = "explain_third"
COMMENT = "Right; say also that half of the light is lost at $45^\\circ$."


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("courses") / "optics")
    hand_in_and_grade(root)
    return root


@pytest.fixture
def lab(course, tmp_path):
    with running_lab(course, home=tmp_path) as server:
        yield server


def formgrader(page: Page, lab) -> FrameLocator:
    page.goto(lab.addresses["Formgrader"])
    return page.frame_locator("#formgrader iframe")


def row_of(frame: FrameLocator, student: str):
    return frame.get_by_role("row").filter(has_text=student)


def open_submissions(frame: FrameLocator) -> None:
    """Go from the first page to the table of submissions, with names shown."""
    frame.get_by_role("link", name="Manual Grading").click()
    frame.get_by_role("grid").get_by_role("link", name=ASSIGNMENT).click()
    expect(frame.get_by_role("columnheader", name="Notebook ID")).to_be_visible()
    frame.get_by_role("grid").get_by_role("link", name=ASSIGNMENT).click()
    show_names(frame)


def show_names(frame: FrameLocator) -> None:
    """Show who is who, once all rows are there: the button knows only of those."""
    expect(frame.get_by_role("link", name=re.compile("Submission #"))).to_have_count(len(ANSWERS))
    frame.get_by_role("button", name="Show All Names").click()


def test_hand_marking_one_answer_changes_the_total(lab, closed_page, course):
    frame = formgrader(closed_page, lab)
    open_submissions(frame)
    expect(row_of(frame, "Byron, Ada")).to_contain_text("2 / 5")
    expect(row_of(frame, "Li, Bo")).to_contain_text("0 / 5")

    row_of(frame, "Byron, Ada").get_by_role("link", name="Byron, Ada").click()
    expect(frame.get_by_text("It turns the polarisation")).to_be_visible()
    expect(frame.locator("mjx-container").first).to_be_visible()
    fill_and_save(closed_page, frame, f"#{EXPLANATION}", "2", saved="/api/grade/")
    fill_and_save(closed_page, frame, f"#{EXPLANATION}-comment", COMMENT, saved="/api/comment/")

    frame.locator(".breadcrumb").get_by_role("link", name=ASSIGNMENT).last.click()
    show_names(frame)
    expect(row_of(frame, "Byron, Ada")).to_contain_text("4 / 5")
    expect(row_of(frame, "Li, Bo")).to_contain_text("0 / 5")

    with open_gradebook(course) as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, "ada")
        assert (submission.score, submission.max_score) == (4, 5)
        assert not submission.needs_manual_grade
        assert gradebook.find_comment(EXPLANATION, ASSIGNMENT, ASSIGNMENT, "ada").manual_comment == COMMENT


def fill_and_save(page: Page, frame: FrameLocator, field: str, text: str, *, saved: str) -> None:
    """Type into a field and leave it, which is when Formgrader saves."""
    marking = frame.locator(field).element_handle().owner_frame()
    marking.wait_for_function(FORMGRADER_LISTENS)
    frame.locator(field).fill(text)
    with page.expect_response(lambda answer: saved in answer.url and answer.request.method == "PUT") as answer:
        frame.locator(field).press("Tab")
    assert answer.value.ok


def test_a_failed_test_shows_the_teacher_the_students_answer_and_the_message(lab, closed_page):
    frame = formgrader(closed_page, lab)
    open_submissions(frame)
    row_of(frame, "Li, Bo").get_by_role("link", name="Li, Bo").click()
    expect(frame.get_by_text("return np.cos(np.radians(angle_deg))")).to_be_visible()
    expect(frame.get_by_text("AssertionError: did you square the cosine?")).to_be_visible()


def test_the_submission_opens_as_a_notebook_beside_formgrader(lab, closed_page):
    frame = formgrader(closed_page, lab)
    open_submissions(frame)
    row_of(frame, "Roy, Cleo").get_by_role("link", name="Roy, Cleo").click()
    frame.locator(".live-notebook").get_by_role("link").locator("visible=true").click()
    expect(closed_page.get_by_role("tab", name=re.compile(f"{ASSIGNMENT}.ipynb"))).to_be_visible()


def test_the_menu_leaves_room_for_the_table_in_jupyterlabs_frame(lab, closed_page):
    frame = formgrader(closed_page, lab)
    table = frame.get_by_role("grid").first
    expect(table).to_be_visible()
    box, window = table.bounding_box(), closed_page.viewport_size
    assert box is not None
    assert window is not None
    assert box["y"] < window["height"] / 2


def test_the_way_on_and_back_is_in_one_line_on_the_marking_page(lab, closed_page):
    frame = formgrader(closed_page, lab)
    open_submissions(frame)
    row_of(frame, "Li, Bo").get_by_role("link", name="Li, Bo").click()
    back, on = (frame.get_by_role("link", name=name).bounding_box() for name in ("Prev", "Next"))
    assert back is not None
    assert on is not None
    assert back["y"] == pytest.approx(on["y"], abs=2)
    assert back["x"] < on["x"]
