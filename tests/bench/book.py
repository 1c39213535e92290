"""Seconds to build a book of 25 chapters of ordinary weight: cold, after one edit of the prose, with nothing changed.

Each chapter imports numpy, matplotlib and QuTiP, solves a Rabi oscillation, draws three figures and shows one widget;
its numbers are its own, so no chapter is another's copy. Every build is the command a reader would use. Wall seconds
depend on who else uses the machine, so processor seconds of the build and all it starts stand beside them.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

CONFIG = """\
title: A book of ordinary weight
author: The bench
copyright: "2026"
only_build_toc_files: true
execute: {execute_notebooks: cache, timeout: 120}
parse: {myst_enable_extensions: [amsmath, colon_fence, deflist, dollarmath, substitution]}
html: {home_page_in_navbar: true, use_multitoc_numbering: true}
sphinx:
  extra_extensions: [qlearn.book]
  config: {nb_render_markdown_format: myst}
"""

CHAPTER = """\
---
jupytext:
  text_representation: {{extension: .md, format_name: myst}}
kernelspec: {{name: python3, display_name: Python 3}}
---

# Chapter {number}: a spin that is pushed

A spin sits in a field and somebody pushes it at {frequency} MHz.
How long must the push last to turn it over?

```{{code-cell}} ipython3
:tags: [hide-cell]
import matplotlib.pyplot as plt
import numpy as np
import qutip

from qlearn.widgets.figure import PageFigure, page_style
from qlearn.widgets.photon_timeline import PhotonTimeline
```

{prose}

$$
H = \\frac{{\\hbar}}{{2}}\\left(\\Omega\\,\\sigma_x + \\Delta_{{{number}}}\\,\\sigma_z\\right)
$$ (push-{number})

```{{code-cell}} ipython3
time_us = np.linspace(0, 4, 201)
pushed = np.pi * {frequency} * qutip.sigmax() + np.pi * {detuning} * qutip.sigmaz()
solved = qutip.mesolve(pushed, qutip.basis(2, 0), time_us, [0.3 * qutip.sigmaz()], e_ops=[qutip.sigmaz()])
upside_down = (1 - solved.expect[0]) / 2
print(f"At {number} us the spin is over with probability {{upside_down[-1]:.3f}}.")
```

## What you see

```{{code-cell}} ipython3
:tags: [hide-input]
with page_style():
    figure, axes = plt.subplots(figsize=(5, 3))
    axes.plot(time_us, upside_down)
    axes.set(xlabel="time / us", ylabel="probability")
    plt.close(figure)
PageFigure(figure, alt="The probability swings and settles.")
```

{prose}

```{{code-cell}} ipython3
:tags: [hide-input]
detunings = np.linspace(-5, 5, 301)
for strength in (0.5, 1, 2):
    plt.plot(detunings, strength**2 / (strength**2 + (detunings - {detuning}) ** 2), label=f"{{strength}} MHz")
plt.xlabel("detuning / MHz")
plt.ylabel("largest probability")
plt.legend();
```

```{{code-cell}} ipython3
:tags: [hide-input]
clicks = np.random.default_rng({number}).binomial(200, upside_down[::10])
plt.errorbar(time_us[::10], clicks / 200, yerr=0.03, fmt="o")
plt.xlabel("time / us")
plt.ylabel("fraction");
```

## Play with it

```{{code-cell}} ipython3
PhotonTimeline(intercepted_fraction={fraction}, seed={number})
```

{prose}
See {{eq}}`push-{number}` again.
"""

PROSE = (
    "The push is weak, so the spin turns slowly, and a field along the axis turns it about another one meanwhile.\n"
    "Both together make a turn about a tilted axis, which never reaches the other end.\n"
    "That is why the strongest answer comes at one frequency alone, and why its width tells you how hard you pushed.\n"
) * 4


@dataclass(frozen=True)
class Case:
    """One build that is timed: what it is, and its wall seconds on a quiet machine with two cores."""

    name: str
    target_s: float


CASES = (Case("cold", 90), Case("one edit of the prose", 5), Case("nothing changed", 3))


def write_book(folder: Path, chapters: int) -> Path:
    """Write the sources of such a book; gives the file whose prose an edit will touch."""
    folder.mkdir(parents=True)
    (folder / "_config.yml").write_text(CONFIG, "utf-8")
    names = [f"part-{number // 5 + 1}/chapter-{number + 1:02}" for number in range(chapters)]
    parts = sorted({name.split("/")[0] for name in names})
    toc = ["format: jb-book", "root: index", "parts:"]
    for part in parts:
        toc += [f"  - caption: {part}", "    numbered: true", "    chapters:"]
        toc += [f"      - file: {name}" for name in names if name.startswith(part + "/")]
    (folder / "_toc.yml").write_text("\n".join(toc) + "\n", "utf-8")
    (folder / "index.md").write_text("# A book of ordinary weight\n\nIt is here to be built.\n", "utf-8")
    for number, name in enumerate(names, start=1):
        path = folder / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        frequency, detuning, fraction = 1 + number / 10, number / 20, round(number / (chapters + 1), 3)
        path.write_text(
            CHAPTER.format(number=number, frequency=frequency, detuning=detuning, fraction=fraction, prose=PROSE),
            "utf-8",
        )
    return folder / f"{names[len(names) // 2]}.md"


def timed_build(book: Path) -> tuple[float, float]:
    """Build once by the command line; gives wall seconds and processor seconds, all processes together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    command = [sys.executable, "-m", "qlearn", "book", "build", "--source", str(book)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "COLUMNS": "80"})
    wall = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Time the three builds and print them beside their targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=25)
    parser.add_argument("--keep", type=Path, help="Write the book here and leave it, built.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qlearn-bench-") as holder:
        book = options.keep or Path(holder) / "book"
        touched = write_book(book, options.chapters)
        seconds = {"cold": timed_build(book)}
        touched.write_text(touched.read_text("utf-8").replace("Both together", "Together they"), "utf-8")
        seconds["one edit of the prose"] = timed_build(book)
        seconds["nothing changed"] = timed_build(book)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    table = Table("build", "wall s", "target s", "processor s", title=f"{options.chapters} chapters; load {load}")
    for case in CASES:
        wall, processor = seconds[case.name]
        table.add_row(case.name, f"{wall:.1f}", f"under {case.target_s:.0f}", f"{processor:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
