"""What a person does in JupyterLab: type into a cell, run everything, validate."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

_FINISHED = re.compile(r"\[\d+\]:")
# Formgrader asks for the marks once the page is there, and listens to the fields once it has them
FORMGRADER_LISTENS = "window.formgrader?.grades?.loaded && window.formgrader.comments?.loaded"
_ACTIVE = re.compile(r"\bjp-mod-active\b")  # JupyterLab says so a moment after the click


def cells(page: Page) -> Locator:
    """The cells of the notebook in front."""
    return page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook .jp-Cell")


def wait_for_kernel(page: Page) -> None:
    """Wait for the kernel by the status bar; the circle in the toolbar looks idle before it is connected."""
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle")


def replace_code(page: Page, containing: str, source: str) -> None:
    """Select all of one code cell and put something else in its place, as a paste does."""
    cell = cells(page).filter(has_text=containing).first
    cell.click()
    expect(cell).to_have_class(_ACTIVE)
    _type_over(page, source)


def replace_text(page: Page, containing: str, text: str) -> None:
    """Open one text cell with a double click and write something else."""
    cell = cells(page).filter(has_text=containing).last
    cell.locator(".jp-RenderedMarkdown").dblclick()
    expect(cell).to_have_class(_ACTIVE)
    _type_over(page, text)


def find_command(page: Page, words: str) -> None:
    """Open the command palette and search it."""
    page.get_by_role("menuitem", name="View", exact=True).click()
    page.get_by_role("menuitem", name="Activate Command Palette").click()
    page.locator(".lm-CommandPalette-input").fill(words)


def run_all_cells(page: Page) -> None:
    """Choose Run > Run All Cells and wait until the last code cell has its number."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(page.locator(".jp-CodeCell .jp-InputPrompt").last).to_have_text(_FINISHED)
    wait_for_kernel(page)


def validate(page: Page) -> Locator:
    """Press Validate and wait for the result; give the dialog."""
    page.get_by_role("button", name="Validate").click()
    dialog = page.get_by_role("dialog").filter(has_text="Validation Results")
    expect(dialog).to_be_visible()
    return dialog


def close(dialog: Locator) -> None:
    """Press the dialog's button."""
    dialog.get_by_role("button", name="Ok").click()
    expect(dialog).not_to_be_attached()


def _type_over(page: Page, text: str) -> None:
    editor = page.locator(".jp-Notebook .jp-Cell.jp-mod-active .cm-content")
    editor.click()
    expect(editor).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)
    expect(editor).to_contain_text(text.splitlines()[-1].strip())
