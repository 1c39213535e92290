"""The photon timeline in JupyterLab: the same widget, and a kernel that counts a million photons for it."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect

from e2e.lab_gestures import run_all_cells, wait_for_kernel
from e2e.lab_servers import LabServer, running_lab

CODE = """from qlearn.widgets.photon_timeline import PhotonTimeline
timeline = PhotonTimeline(intercepted_fraction=0.4, seed=3)
timeline"""
READ_BACK = "print('python sees', timeline.counts)"


@pytest.fixture
def lab(tmp_path: Path):
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        cells=[nbformat.v4.new_code_cell(CODE), nbformat.v4.new_code_cell(READ_BACK)],
    )
    (tmp_path / "work").mkdir()
    nbformat.write(notebook, tmp_path / "work" / "photons.ipynb")
    with running_lab("--student", tmp_path / "work" / "photons.ipynb", home=tmp_path) as server:
        yield server


def test_the_widget_runs_in_jupyterlab_and_the_kernel_counts_a_million(lab: LabServer, page: Page) -> None:
    page.goto(lab.addresses["JupyterLab"])
    wait_for_kernel(page)
    run_all_cells(page)
    widget = page.locator(".qlearn-photon-timeline")
    expect(widget).to_be_visible()
    expect(widget.locator(".ql-summary")).to_contain_text("60 photons sent")

    widget.locator("[data-control=send]").click()
    expect(widget.locator(".ql-summary")).to_contain_text("160 photons sent")

    # the page tells Python a quarter of a second after the hand rests
    cell = page.locator(".jp-CodeCell").last
    cell.locator(".cm-content").click()
    page.wait_for_timeout(1000)
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-OutputArea-output")).to_contain_text("'sent': 160")

    asks = widget.locator("[data-control=kernel]")
    expect(asks).to_be_visible()
    asks.click()
    answer = widget.locator(".ql-kernel-answer")
    expect(answer).to_contain_text("qlearn.physics sent 1\u202f000\u202f000 photons")
    rate = float(re.findall(r"Error rate ([\d.]+) %", answer.inner_text())[0])
    # 0.6 points are more than twelve standard errors of half a million bits
    assert rate == pytest.approx(10.0, abs=0.6)
    expect(answer).to_contain_text("expected 10.000 %")
