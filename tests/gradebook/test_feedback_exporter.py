import hashlib
import re
import warnings
from base64 import b64encode
from pathlib import Path

import nbformat
import pytest

from gradebook.feedback_notebooks import (
    ASSIGNMENT,
    NOTEBOOK,
    STUDENT,
    answer,
    code,
    error,
    export,
    graded,
    make_gradebook,
    markdown,
    notebook_of,
    stream,
)
from qlearn.errors import SubmissionError
from qlearn.gradebook import feedback_exporter
from qlearn.gradebook.feedback_exporter import FeedbackExporter
from qlearn.gradebook.feedback_marks import Mark, NotebookMarks, read_notebook_marks

MARKS = {"test_sides": (1.0, 2.0), "test_parity": (0.0, 3.0), "explain": (None, 4.0)}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_gradebook(tmp_path_factory.mktemp("marks"), MARKS, {"sides": "Well done, $x^2$!"})


def test_marks_and_comments_are_read_and_nothing_is_written(address: str) -> None:
    database = Path(address.removeprefix("sqlite:///"))
    before = database.read_bytes()
    marks = read_notebook_marks(address, ASSIGNMENT, NOTEBOOK, STUDENT)
    assert marks.marks == {name: Mark(*points) for name, points in MARKS.items()}
    assert marks.comments == {"sides": "Well done, $x^2$!"}
    assert (marks.points, marks.maximum, marks.waiting) == (1.0, 9.0, 4.0)
    assert database.read_bytes() == before


def test_a_hand_mark_extra_credit_and_a_penalty_count(tmp_path: Path) -> None:
    from nbgrader.api import Gradebook

    address = make_gradebook(tmp_path, {"a": (1.0, 2.0), "b": (None, 4.0), "c": (1.0, 1.0)})
    with warnings.catch_warnings(), Gradebook(address, tmp_path.name) as gradebook:
        warnings.simplefilter("ignore")
        by_hand = gradebook.find_grade("b", NOTEBOOK, ASSIGNMENT, STUDENT)
        by_hand.manual_score, by_hand.extra_credit, by_hand.needs_manual_grade = 3.0, 0.5, False
        again = gradebook.find_grade("c", NOTEBOOK, ASSIGNMENT, STUDENT)
        again.manual_score, again.needs_manual_grade = 1.0, True
        gradebook.find_submission_notebook(NOTEBOOK, ASSIGNMENT, STUDENT).late_submission_penalty = 2.0
        gradebook.db.commit()
    marks = read_notebook_marks(address, ASSIGNMENT, NOTEBOOK, STUDENT)
    assert marks.marks == {"a": Mark(1.0, 2.0), "b": Mark(3.5, 4.0), "c": Mark(None, 1.0)}
    assert marks.points == 2.5
    assert "2 points are taken off because the work came late." in export(notebook_of(), address)


def test_who_is_not_in_the_gradebook_gets_no_page(address: str) -> None:
    with pytest.raises(SubmissionError, match="no coin of bo for school-coin; grade the hand-in"):
        read_notebook_marks(address, ASSIGNMENT, NOTEBOOK, "bo")


def test_a_page_names_the_questions_first_and_shows_the_notebook_below(address: str) -> None:
    page = export(
        notebook_of(
            markdown("# Coins"),
            answer("sides", "def sides(coins):\n    return 2 * coins"),
            graded("test_sides", "assert True\n### BEGIN HIDDEN TESTS\nassert sides(10) == 1024\n### END HIDDEN TESTS"),
            graded("test_parity", "x", error("AssertionError", "three ones are odd")),
            answer("explain", "Because.", grade=True, kind="markdown"),
        ),
        address,
    )
    assert page.index("1 of 9 points so far; 4 more wait for a mark") < page.index('class="k">def<')
    for words in (
        "1 of 2",
        "partly",
        "0 of 3",
        "not yet",
        "three ones are odd",
        "waits for your teacher",
        "Well done, <math",
    ):
        assert words in page
    assert "1024" not in page
    assert "0 of 4" not in page


def test_a_page_has_no_script_and_asks_for_nothing(address: str) -> None:
    page = export(notebook_of(markdown("$x$ <script>alert(1)</script>")), address)
    assert "<script" not in page
    assert "<link" not in page
    assert not re.search(r"(?:src|href)=\"(?!#|data:)", page)
    assert "url(" not in page
    assert "@import" not in page


def test_the_policy_names_the_pages_own_style_sheet_and_nothing_else(address: str) -> None:
    page = export(notebook_of(), address)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy.replace("&#39;", "'") == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize(
    ("metadata", "language", "words"), [({}, "en", "Your notebook"), ({"lang": "ko-KR"}, "ko", "내 노트북")]
)
def test_a_page_speaks_the_notebooks_language(address: str, metadata: dict, language: str, words: str) -> None:
    page = export(notebook_of(**metadata), address)
    assert f'<html lang="{language}">' in page
    assert words in page


def test_names_are_only_text(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {
        "assignment": "<b>a</b>",
        "notebook": "<img src=x onerror=alert(1)>",
        "student": '"><script>',
        "db_url": "",
    }
    monkeypatch.setattr(feedback_exporter, "read_notebook_marks", lambda *_: NotebookMarks())
    page, _ = FeedbackExporter().from_notebook_node(notebook_of(), {"nbgrader": names})
    assert "<img" not in page
    assert "<script" not in page
    assert "<b>a" not in page


def test_a_courses_own_markers_are_honoured(address: str) -> None:
    notebook = notebook_of(code("shown\n# GEHEIM\nsecret\n# OFFEN"))
    settings = {"ClearHiddenTests": {"begin_test_delimeter": "GEHEIM", "end_test_delimeter": "OFFEN"}}
    assert "secret" in export(notebook, address)
    assert "secret" not in export(notebook, address, **settings)


def test_the_notebook_that_came_in_is_left_as_it_was(address: str) -> None:
    notebook = notebook_of(graded("t", "### BEGIN HIDDEN TESTS\nx\n### END HIDDEN TESTS", error("ValueError", "v")))
    before = nbformat.writes(notebook)
    export(notebook, address)
    assert nbformat.writes(notebook) == before


def test_a_damaged_notebook_still_has_a_page_that_can_be_written(address: str) -> None:
    strange = code("x = '\ud800'", stream("\udfff"))
    strange.metadata.update(nbgrader="no mapping", qlearn=["neither"], attachments=3)
    page = export(notebook_of(strange, markdown("\ud800 **b**")), address)
    assert page.encode("utf-8")
    assert "<strong>b</strong>" in page


def test_a_page_links_to_the_book_where_the_course_has_one(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hint = "## 1. Odd\nIn the book: *Coins*, *Odd ones* <!-- book: coins/parity#odd-ones -->"
    cells = markdown(hint), answer("parity", "..."), graded("test_parity", "x")
    (tmp_path / "release" / ASSIGNMENT).mkdir(parents=True)
    nbformat.write(notebook_of(*cells), tmp_path / "release" / ASSIGNMENT / f"{NOTEBOOK}.ipynb")
    failed = graded("test_parity", "x", error("Misconception", "Count the ones. [parity-of-length]"))
    handed_in = notebook_of(markdown("## 1. Odd"), answer("parity", "x = 1"), failed)
    monkeypatch.chdir(tmp_path)
    page = export(handed_in, address)
    assert "In the book: Coins, section “Odd ones”" in page
    assert "Read about it in the book, and think what you would answer now." in page
    assert not re.search(r"href=\"(?!#)", page)
    (tmp_path / "policy.toml").write_text('book = "https://school.example/book"', encoding="utf-8")
    page = export(handed_in, address)
    assert re.findall(r"href=\"(?!#)([^\"]*)", page) == ["https://school.example/book/coins/parity.html#odd-ones"]


def test_a_damaged_released_notebook_costs_the_advice_and_not_the_page(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "release" / ASSIGNMENT).mkdir(parents=True)
    (tmp_path / "release" / ASSIGNMENT / f"{NOTEBOOK}.ipynb").write_text("{", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "0 of 3" in export(notebook_of(graded("test_parity", "x", error("AssertionError", "no"))), address)
