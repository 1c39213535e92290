"""A student tries to act with the teacher's rights from an answer; the teacher marks it all the same."""

import shutil
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from e2e.lab_gestures import FORMGRADER_LISTENS
from e2e.lab_servers import running_lab
from e2e.small_course import ASSIGNMENT, NOTEBOOK, RIGHT_ANSWER, hand_in, make_course, open_gradebook
from qlearn.gradebook.course import open_course
from qlearn.gradebook.grade import grade_assignment

SETTINGS = Path(__file__).parents[2] / "exercises" / "nbgrader_config.py"
EXPLANATION = "explain_third"
ACT = "window.top.acted = (window.top.acted || '') + '{}'"
EVIL = (
    '<script>{act}</script><img src=\'/nowhere.png\' onerror="{act}"><svg onload="{act}"></svg>'
    "<div class='navbar-fixed-top' style='position:fixed;inset:0;z-index:9999'>{name}</div>"
)
LINK = r"$\href{javascript:window.top.acted='formula'}{\text{by formula}}$"


def evil(name: str) -> str:
    return EVIL.format(act=ACT.format(name), name=f"by {name}")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("courses") / "optics")
    shutil.copyfile(SETTINGS, root / "nbgrader_config.py")
    shown = f"\nfrom IPython.display import HTML, Latex, display\ndisplay(HTML({evil('html')!r}), Latex({LINK!r}))"
    hand_in(root, "ada", RIGHT_ANSWER + shown)
    path = root / "submitted" / "ada" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source = f"It turns the polarisation by $45^\\circ$.\n\n{evil('markdown')}"
    nbformat.write(notebook, path)
    report = grade_assignment(open_course(root), ASSIGNMENT, jobs=1)
    assert [question.points for question in report.submissions[0].questions] == [None, 2.0]
    return root


def test_what_a_student_wrote_runs_nothing_and_the_marking_works(course, closed_page, tmp_path):
    with open_gradebook(course) as gradebook:
        submission = gradebook.find_submission_notebook(NOTEBOOK, ASSIGNMENT, "ada").id
    with running_lab(course, home=tmp_path) as lab:
        page = closed_page
        page.goto(lab.addresses["Formgrader"])
        expect(page.frame_locator("#formgrader iframe").get_by_role("grid").first).to_be_visible()
        page.goto(f"{lab.origin}/formgrader/submissions/{submission}/")
        expect(page.get_by_text("It turns the polarisation")).to_be_visible()
        expect(page.locator("math").first).to_be_visible()
        for name in ("html", "markdown"):
            expect(page.get_by_text(f"by {name}", exact=True)).to_be_visible()
        expect(page.locator(".output_latex mjx-container")).to_be_visible()
        assert page.locator("a[href^='javascript']").count() == 0
        assert page.evaluate("window.top.acted") is None
        assert page.locator(".navbar-fixed-top").count() == 1  # Formgrader's own

        page.wait_for_function(FORMGRADER_LISTENS)
        for field, text, saved in (("", "2", "/api/grade/"), ("-comment", "Right.", "/api/comment/")):
            page.locator(f"#{EXPLANATION}{field}").fill(text)
            with page.expect_response(
                lambda answer, saved=saved: saved in answer.url and answer.request.method == "PUT"
            ):
                page.locator(f"#{EXPLANATION}{field}").press("Tab")
    with open_gradebook(course) as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "ada").score == 4
        assert gradebook.find_comment(EXPLANATION, NOTEBOOK, ASSIGNMENT, "ada").manual_comment == "Right."
