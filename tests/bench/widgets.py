"""Milliseconds from a slider to the painted frame: our widgets without and with a kernel, beside `interact`.

All in one run, in one browser and one JupyterLab, in turns: (a) the widget in the built page, (b) the same widget in a
notebook with a kernel, (c) `ipywidgets.interact` around `qutip.Bloch`, which draws with matplotlib. A move is a real
key press on the slider. Its clock starts at the press as the browser noted it and stops when the frame with the new
drawing is painted by the page; what the compositor does with it afterwards is in neither number. A screen of 60 Hz
makes a finished change wait up to 17 ms for the next frame: that wait is in the whole time and not in the work, to
which the targets refer. Every slider of a widget is moved, in turn.

Run it in `tests/` as `python -m bench.widgets`, or by `make bench`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import numpy as np
from playwright.sync_api import Browser, Error, Locator, Page, expect, sync_playwright
from rich.console import Console
from rich.table import Table

import qlearn.widgets
from bench.page_weight import first_use_seconds, page_kilobytes
from e2e.book_pages import book_pages, served
from e2e.conftest import CHROMIUM_ARGUMENTS
from e2e.lab_gestures import run_all_cells, wait_for_kernel
from e2e.lab_servers import running_lab
from qlearn.book.build import build_book
from qlearn.widgets.base import BookWidget

STATIC_MS, LIVE_MS, PAGE_KB, USABLE_S = 16, 25, 900, 1.0
USUAL = ("bloch", "pulses", "parity_bisection", "clock_loop")
CLOCK = Path(__file__).with_name("slider_clock.js").read_text(encoding="utf-8")
# puts a slider of ours in the middle of its range and gives the presses to one side that keep it off its ends
TO_THE_MIDDLE = """(slider) => {
  if (slider.type !== "range") return 8;
  const steps = (slider.max - slider.min) / slider.step;
  slider.value = Number(slider.min) + Math.floor(steps / 2) * slider.step;
  slider.dispatchEvent(new Event("input"));
  return Math.max(1, Math.min(8, Math.floor(steps / 2) - 1));
}"""
INTERACT = """\
import numpy as np
import qutip
from ipywidgets import interact

def show(theta):
    sphere = qutip.Bloch()
    sphere.add_states(np.cos(theta / 2) * qutip.basis(2, 0) + np.sin(theta / 2) * qutip.basis(2, 1))
    sphere.show()

interact(show, theta=(0.0, 3.14, 0.02));"""


@dataclass
class Contender:
    """A way to move a sphere: a tab, its sliders, and the times measured so far."""

    name: str
    page: Page
    sliders: Locator
    target_ms: float | None
    times: list[tuple[float, float]] = field(default_factory=list)

    def move(self, moves: int) -> None:
        """Press the arrow keys on each slider in turn and note the milliseconds of each press."""
        self.page.bring_to_front()
        count = self.sliders.count()
        for slider in self.sliders.all():
            steps = slider.evaluate(TO_THE_MIDDLE)
            slider.focus()
            self._press(steps, "ArrowRight")  # the first ones warm up
            for number in range(-(-moves // (count * steps))):
                self.times += self._press(steps, "ArrowRight" if number % 2 else "ArrowLeft")

    def _press(self, times: int, key: str) -> list[tuple[float, float]]:
        measured = []
        for _ in range(times):
            self.page.evaluate("sliderClock.arm()")
            self.page.keyboard.press(key)
            try:
                time = self.page.evaluate("sliderClock.time()")
            except Error as error:
                raise SystemExit(f"{self.name}: {error.message.splitlines()[0]}") from error
            measured.append((time["work"], time["whole"]))
        return measured


def widget_class(stem: str) -> type[BookWidget]:
    """The one widget that a module defines."""
    module = importlib.import_module(f"qlearn.widgets.{stem}")
    (found,) = (
        it
        for it in vars(module).values()
        if isinstance(it, type) and issubclass(it, BookWidget) and it.__module__ == module.__name__
    )
    return found


def page_with(html: Path, stem: str) -> str:
    """Name of the first built page that holds a widget."""
    return next(name for name in book_pages(html) if f'"qlearn.widgets.{stem}.' in (html / name).read_text("utf-8"))


def write_notebook(folder: Path, stems: list[str]) -> None:
    """One cell for each widget, then `interact`."""
    shows = [
        f"from qlearn.widgets.{stem} import {widget_class(stem).__name__}\n{widget_class(stem).__name__}()"
        for stem in stems
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in [*shows, INTERACT]])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    folder.mkdir()
    nbformat.write(notebook, folder / "sliders.ipynb")


def widget_contender(name: str, page: Page, stem: str, target_ms: float) -> Contender:
    """Watch a widget's parts, all of which it changes in one go before a frame."""
    root = page.locator(f".qlearn-{stem.replace('_', '-')}").first
    root.locator(".ql-summary").wait_for(timeout=60_000)
    root.evaluate("(place) => sliderClock.watchWidget(place)")
    return Contender(name, page, root.locator("input[type=range]:visible"), target_ms)


def interact_contender(page: Page) -> Contender:
    """Watch the output of `interact` for a new picture."""
    output = page.locator(".jupyter-widgets-view:has(.widget-interact), .widget-interact").first
    output.locator("img").wait_for(timeout=60_000)
    output.evaluate("(place) => sliderClock.watchPicture(place)")
    return Contender("ipywidgets.interact + qutip.Bloch", page, output.locator("[role=slider]"), None)


@contextmanager
def contenders(browser: Browser, address: str, pages: dict[str, str], folder: Path) -> Iterator[list[Contender]]:
    """Open the built pages and a JupyterLab with all of them in one notebook."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)  # a kernel starts
    context.add_init_script(CLOCK)
    found = []
    for stem, name in pages.items():
        tab = context.new_page()
        tab.goto(address + name)
        found.append(widget_contender(f"{stem}, page without kernel", tab, stem, STATIC_MS))
    write_notebook(folder / "sliders", list(pages))
    with running_lab("--student", folder / "sliders", home=folder) as lab:
        tab = context.new_page()
        tab.goto(lab.addresses["JupyterLab"])
        wait_for_kernel(tab)
        run_all_cells(tab)
        found += [widget_contender(f"{stem}, JupyterLab with kernel", tab, stem, LIVE_MS) for stem in pages]
        found.append(interact_contender(tab))
        yield found
        context.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser."""
    arguments = [*CHROMIUM_ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield browser
        browser.close()


def report_times(found: list[Contender], console: Console) -> None:
    """Print the table of milliseconds, with the ratio of each median to that of `interact`."""
    usual = np.median([work for work, _ in found[-1].times])
    table = Table(title="From a key on the slider to the painted frame, milliseconds")
    for heading in ("way", "moves", "work p50", "p95", "target p95", "met", "interact / this", "whole p50", "p95"):
        table.add_column(heading, justify="left" if heading == "way" else "right")
    for one in found:
        (work50, whole50), (work95, whole95) = np.percentile(one.times, [50, 95], axis=0)
        met = "yes" if one.target_ms and work95 < one.target_ms else "NO"
        target = ("-", "-") if one.target_ms is None else (f"< {one.target_ms:g}", met)
        work = (f"{work50:.1f}", f"{work95:.1f}")
        whole = (f"{whole50:.1f}", f"{whole95:.1f}")
        table.add_row(one.name, str(len(one.times)), *work, *target, f"{usual / work50:.0f}", *whole)
    console.print(table)


def report_pages(browser: Browser, address: str, pages: dict[str, str], console: Console) -> None:
    """Print what a reader's browser loads for a page, and when its first widget is there."""
    table = Table(title="A page of the book, served with gzip, nothing cached")
    for heading in ("page", "kB loaded", f"target < {PAGE_KB}", "first widget usable, s", f"target < {USABLE_S:g}"):
        table.add_column(heading, justify="left" if heading == "page" else "right")
    measures: tuple[tuple[Callable[[Browser, str], float], float, str], ...] = (
        (page_kilobytes, PAGE_KB, ".0f"),
        (first_use_seconds, USABLE_S, ".2f"),
    )
    for name in dict.fromkeys(pages.values()):
        cells = []
        for measure, target, form in measures:
            value = measure(browser, address + name)
            cells += [format(value, form), "yes" if value < target else "NO"]
        table.add_row(name, *cells)
    console.print(table)


def main() -> None:
    """Measure all in turns and print both tables."""
    known = sorted(path.stem for path in Path(qlearn.widgets.__file__).parent.glob("*.js"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--widget", action="append", choices=known, help=f"a widget's module; {', '.join(USUAL)} when left out"
    )
    parser.add_argument("--moves", type=int, default=120, help="key presses for each way, at least")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    stems = options.widget or [stem for stem in USUAL if stem in known] or known[:1]
    console = Console(width=120)
    html = build_book()
    pages = {stem: page_with(html, stem) for stem in stems}
    with tempfile.TemporaryDirectory(prefix="qlearn-bench-") as holder, served(html) as address, chromium() as browser:
        report_pages(browser, address, pages, console)
        with contenders(browser, address, pages, Path(holder)) as found:
            for _ in range(options.rounds):
                for one in found:
                    one.move(-(-options.moves // options.rounds))
            report_times(found, console)
        gpu = browser.new_browser_cdp_session().send("SystemInfo.getInfo")["gpu"]["featureStatus"]
        console.print(
            f"Chromium {browser.version}, rasterization {gpu['rasterization']}, canvas {gpu['2d_canvas']}; "
            f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end."
        )


if __name__ == "__main__":
    main()
