"""A reader with `qlearn book serve --lab`: the chapter opens as a notebook in JupyterLab, and stays the reader's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.book_pages import WIDGET, served, watch
from e2e.lab_servers import LabServer, running

BUTTON = "Open in JupyterLab"


@pytest.fixture
def lab(built_book: Path, tmp_path: Path) -> Iterator[LabServer]:
    options = ("--out", built_book.parent, "--port", "0", "--lab", tmp_path / "mine")
    with running("book", "serve", *options, home=tmp_path) as server:
        yield server


def test_a_chapter_opens_in_jupyterlab_and_a_stranger_cannot_open_it(
    lab: LabServer, closed_page: Page, tmp_path: Path
) -> None:
    log = watch(closed_page)
    assert lab.addresses["Book"] == f"{lab.origin}/qlearn/book/?token={lab.token}"
    closed_page.goto(f"{lab.origin}/qlearn/book/qkd/bb84.html?token={lab.token}")
    closed_page.locator(WIDGET).wait_for()
    with closed_page.context.expect_page() as opened:
        closed_page.get_by_role("button", name=BUTTON).click()
    notebook = opened.value
    expect(notebook.locator(".jp-NotebookPanel")).to_contain_text("BB84: a key that shows who touched it")
    assert (tmp_path / "mine/chapters/qkd/bb84.ipynb").is_file()
    assert log.complaints == []

    # another site's form has the cookie that says who is there, but not the one that says where it comes from
    answer = closed_page.request.post(f"{lab.origin}/qlearn/open/_notebooks/qkd/bb84.ipynb", form={"_xsrf": "guess"})
    assert answer.status == 403


@pytest.mark.parametrize("way", ["http", "disk"])
def test_where_nothing_can_open_it_there_is_no_button(page: Page, built_book: Path, way: str) -> None:
    log = watch(page)
    with served(built_book) as address:
        page.goto((address if way == "http" else built_book.as_uri() + "/") + "qkd/bb84.html")
        page.wait_for_load_state("networkidle")
        expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
        expect(page.get_by_role("link", name="Download notebook")).to_be_visible()
        assert log.complaints == []


@pytest.mark.parametrize("way", ["http", "disk"])
def test_the_notebook_is_downloaded_under_its_own_name(page: Page, built_book: Path, way: str) -> None:
    with served(built_book) as address:
        page.goto((address if way == "http" else built_book.as_uri() + "/") + "qkd/bb84.html")
        with page.expect_download() as download:
            page.get_by_role("link", name="Download notebook").click()
        notebook = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert download.value.suggested_filename == "bb84.ipynb"
    assert notebook["cells"][0]["source"].startswith("# BB84")
    assert all(not cell.get("outputs") for cell in notebook["cells"])


def test_a_page_without_code_has_no_notebook(page: Page, built_book: Path) -> None:
    page.goto((built_book / "index.html").as_uri())
    expect(page.get_by_role("heading", level=1).last).to_be_visible()
    expect(page.get_by_role("link", name="Download notebook")).to_have_count(0)
