"""Each hint that names a section of the book names one that is there, by the address that the page has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qlearn.gradebook.feedback_next import advise
from qlearn.grading.notebooks import graded_cells, read_notebook

KIT = Path(__file__).parents[2]
NOTEBOOKS = sorted((KIT / "exercises" / "source").glob("*/*.ipynb"))
FENCED = re.compile(r"(?ms)^```.*?^```")


def headings(page: str) -> list[str]:
    text = FENCED.sub("", (KIT / "book" / f"{page}.md").read_text(encoding="utf-8"))
    return re.findall(r"(?m)^#{1,2} (.+)$", text)


def anchor(heading: str) -> str:
    """Give the id that Docutils makes of a heading in English."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.parent.name)
def test_each_question_names_a_place_in_the_book_that_exists(path: Path) -> None:
    notebook = read_notebook(path)
    found = advise(notebook, notebook)
    assert set(found) == {name for name, cell in graded_cells(notebook) if cell.metadata.nbgrader.get("grade")}
    for grade_id, advice in found.items():
        place = advice.section
        assert place is not None, grade_id
        title, *sections = headings(place.page)
        assert title.startswith(place.chapter), grade_id
        assert advice.has_hint <= bool(place.section), f"{grade_id}: the hint names no section"
        assert not place.section or place.section in sections, grade_id
        assert place.anchor == anchor(place.section), grade_id


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.parent.name)
def test_every_line_that_begins_like_one_is_read(path: Path) -> None:
    cells = read_notebook(path).cells
    lines = [line for cell in cells for line in cell.source.split("\n") if line.startswith("In the book")]
    notebook = read_notebook(path)
    named = {advice.section for advice in advise(notebook, notebook).values()}
    assert {line.partition("<!-- book: ")[2].removesuffix(" -->") for line in lines} >= {
        f"{place.page}#{place.anchor}".rstrip("#") for place in named if place
    }
    assert all("<!-- book: " in line and line.endswith(" -->") for line in lines)
