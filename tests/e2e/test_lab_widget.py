"""The photon timeline in JupyterLab, with a kernel behind it: it draws, it is played with, the kernel answers."""

import re

import nbformat
import pytest
from playwright.sync_api import expect

from e2e.lab_gestures import run_all_cells, wait_for_kernel
from e2e.lab_servers import running_lab

SHOW = """from qlearn.widgets.photon_timeline import PhotonTimeline

timeline = PhotonTimeline(photons=0, seed=7)
timeline"""
LISTEN = """import ipywidgets

heard = ipywidgets.Label("the kernel has heard nothing")

def hear(change):
    counts = change["new"]
    heard.value = f"the kernel knows of {counts['sent']} photons, {counts['intercepted']} of them measured"

timeline.observe(hear, "counts")
heard"""


@pytest.fixture
def lab(tmp_path):
    cells = [nbformat.v4.new_code_cell(SHOW, id="show"), nbformat.v4.new_code_cell(LISTEN, id="listen")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    folder = tmp_path / "photons"
    folder.mkdir()
    nbformat.write(notebook, folder / "photons.ipynb")
    with running_lab("--student", folder, home=tmp_path) as server:
        yield server


def test_the_photon_timeline_is_played_with_and_the_kernel_answers(lab, closed_page):
    closed_page.goto(lab.addresses["JupyterLab"])
    wait_for_kernel(closed_page)
    run_all_cells(closed_page)
    timeline = closed_page.get_by_role("region", name="BB84 photon by photon")
    expect(timeline).to_contain_text("0 photons sent")

    timeline.get_by_role("button", name="Send 100").click()
    timeline.get_by_role("button", name="Send 100").click()
    expect(timeline).to_contain_text("200 photons sent, 200 measured by Eve")

    eve = timeline.get_by_role("slider", name="Eve measures")
    eve.focus()
    closed_page.keyboard.press("Home")
    expect(timeline).to_contain_text("200 photons sent, 0 measured by Eve")
    expect(timeline).to_contain_text("expected 0")
    # JupyterLab has commands on the arrow keys
    closed_page.keyboard.press("ArrowRight")
    expect(eve).to_have_attribute("aria-valuetext", "5 %")
    closed_page.keyboard.press("ArrowLeft")
    expect(eve).to_have_attribute("aria-valuetext", "0 %")

    expect(closed_page.get_by_text("the kernel knows of 200 photons, 0 of them measured")).to_be_visible()


def test_the_kernel_counts_a_million_photons_under_the_settings_on_the_screen(lab, closed_page):
    closed_page.goto(lab.addresses["JupyterLab"])
    wait_for_kernel(closed_page)
    run_all_cells(closed_page)
    timeline = closed_page.get_by_role("region", name="BB84 photon by photon")
    eve = timeline.get_by_role("slider", name="Eve measures")
    for key, text in (("Home", r": 0 measured by Eve, .* kept, 0 wrong"), ("End", r": 1.000.000 measured by Eve")):
        eve.press(key)
        timeline.get_by_role("button", name="photons on the kernel").click()
        expect(timeline.locator(".ql-kernel-answer")).to_contain_text(re.compile(r"sent 1.000.000 photons" + text))
    rate = float(re.findall(r"Error rate ([\d.]+)\s%", timeline.locator(".ql-kernel-answer").inner_text())[0])
    # half a million kept bits: the standard error is 0.06 points
    assert rate == pytest.approx(25.0, abs=0.4)
