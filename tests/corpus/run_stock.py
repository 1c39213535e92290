"""Run the corpus against stock nbgrader inside a cage, and write what came of it to a dated JSON file.

`make corpus-stock` calls it; it takes most of an hour. What reaches out or uses too much has a cage of its own, with an
honest student graded after it. All others are graded several at a time, as a class; where anything of such a class
hangs or changes something outside, each of it is run again alone, and so is whoever got no marks in it.
"""

# ruff: noqa: T201  a command that reports to who started it
from __future__ import annotations

import argparse
import io
import json
import platform
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus import host, limits
from corpus.cage import CageError, check_cage, start_in_cage
from corpus.cases import CASES
from corpus.surroundings import make_template

HERE = Path(__file__).resolve().parent
BATCH = 8
SECONDS = 200.0
ALONE = {case.name for case in (*host.CASES, *limits.CASES)} | {"60-mb-of-zeros", "outputs-20-mb"}


def main(arguments: list[str]) -> int:
    """Run all cases or the named ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", help="names of cases; all if none is named")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--output", type=Path, help="tests/corpus/stock-DATE.json if not given")
    chosen = parser.parse_args(arguments)
    try:
        check_cage()
    except CageError as error:
        print(f"corpus-stock: {error}", file=sys.stderr)
        return 2
    names = chosen.cases or list(CASES)
    with tempfile.TemporaryDirectory(prefix="qlearn-corpus-") as folder:
        make_template(Path(folder))
        course = _pack(Path(folder))
    lines: dict[str, Any] = {}
    jobs = list(_jobs(names))
    with ThreadPoolExecutor(chosen.jobs) as pool:
        for number, found in enumerate(pool.map(lambda job: _run(job, course), jobs), 1):
            lines.update({line["case"]: line for line in found})
            print(
                f"{number}/{len(jobs)}",
                *(f"{line['case']}: {', '.join(line['outcome'])}" for line in found),
                flush=True,
            )
    today = datetime.now(UTC).date().isoformat()
    text = {
        "date": today,
        "grader": "nbgrader autograde",
        "versions": {
            name: version(name) for name in ("nbgrader", "nbclient", "nbconvert", "ipykernel", "numpy", "qutip")
        }
        | {"python": platform.python_version(), "system": platform.system()},
        "cases": [lines[name] for name in names if name in lines],
    }
    path = chosen.output or HERE / f"stock-{today}.json"
    path.write_text(json.dumps(text, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(text['cases'])} cases in {path}")
    return 0


def _jobs(names: list[str]) -> Iterator[list[str]]:
    gentle = [name for name in names if name not in ALONE and CASES[name].again is None]
    for start in range(0, len(gentle), BATCH):
        yield gentle[start : start + BATCH]
    for name in names:
        if name in ALONE or CASES[name].again is not None:
            yield [name]


def _pack(folder: Path) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.add(folder / "course", "course", filter=_owned_by_nobody)
    return packed.getvalue()


def _owned_by_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    return entry


def _run(names: list[str], course: bytes) -> list[Any]:
    found = _run_together(names, course)
    if len(names) == 1:
        return found
    if any({"hung", "harmed others", "changed or leaked"} & set(line["outcome"]) for line in found):
        again = names
    else:  # one that nbgrader gives up on can take those after it along
        again = [line["case"] for line in found if line["ending"] == "broken"]
    alone = {name: _run_together([name], course)[0] for name in again}
    return [alone.get(line["case"], line) for line in found]


def _run_together(names: list[str], course: bytes) -> list[Any]:
    job = json.dumps({"cases": names}).encode() + b"\n"
    inside = [sys.executable, str(HERE / "stock_inside.py")]
    with tempfile.TemporaryFile() as said:
        caged = start_in_cage(inside, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said)
        try:
            output, _ = caged.communicate(job + course, timeout=SECONDS + 15 * len(names))
            found: list[Any] = json.loads(output)
        except (subprocess.TimeoutExpired, ValueError):
            caged.kill()
            caged.wait()
            said.seek(0)
            last = said.read()[-500:].decode("utf-8", "replace")
            return [_lost(name, last) for name in names]
    return found


def _lost(name: str, said: str) -> Any:
    """The cage itself came to an end: nobody has marks."""
    case = CASES[name]
    return {
        "case": name, "points": {}, "deserved": dict(case.deserved), "ending": "broken", "outcome": ["hung"],
        "faults": [f"hung: the cage was stopped from outside; {said[-200:]}"], "seconds": SECONDS,
    }  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
