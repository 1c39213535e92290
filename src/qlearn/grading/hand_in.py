"""Which file of a hand-in is which notebook of the assignment.

A notebook is known by the grade_ids it holds, as students rename files: the expected name wins if its content fits,
else the file that holds most of the notebook's cells.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from nbformat import NotebookNode

from qlearn.errors import SubmissionError
from qlearn.grading.plan import AssignmentPlan, NotebookPlan
from qlearn.grading.stranger import ReadNotebook, grade_id_of, read_strangers_notebook
from qlearn.grading.submitted_files import HandIn, looks_like_notebook, read_files, shown

__all__ = ["HandIn", "Matched", "match_notebooks", "read_files"]

MOST_NOTEBOOKS = 40  # parsed, of all files that may be notebooks

_EXCHANGE_FILES = {"timestamp.txt", "submission_secret.txt"}  # nbgrader's own


@dataclass(frozen=True)
class Matched:
    """The notebooks of an assignment as one student handed them in."""

    notebooks: Mapping[str, NotebookNode]
    """By the plan's name; format 4.5, no outputs, no metadata but grade_ids."""
    missing: tuple[str, ...] = ()
    """The plan's names for which nothing was found."""
    concerns: tuple[str, ...] = ()
    """One sentence for the teacher about each thing that was unusual."""
    extras: tuple[tuple[str, bytes], ...] = ()
    """The student's other files, by harmless names, for the student's own code."""


@dataclass(frozen=True)
class _Candidate:
    name: str
    read: ReadNotebook
    grade_ids: frozenset[str]

    def score(self, plan: NotebookPlan) -> int:
        return len(self.grade_ids & {cell.grade_id for cell in plan.cells})

    def fits(self, plan: AssignmentPlan, notebook: NotebookPlan) -> bool:
        score = self.score(notebook)
        return score > 0 and score >= max(map(self.score, plan.notebooks))


def match_notebooks(plan: AssignmentPlan, hand_in: HandIn) -> Matched:
    """Find each notebook of the assignment in a hand-in and read it.

    Raises
    ------
    SubmissionError
        If none of them can be read; the message tells what to ask the student.
    """
    candidates, faults = _candidates(plan, hand_in)
    chosen: dict[str, _Candidate] = {}
    concerns: list[str] = []
    _choose_expected(plan, candidates, chosen)
    _choose_by_content(plan, candidates, chosen, concerns)
    _choose_by_name(plan, candidates, chosen, concerns)
    if not chosen:
        raise SubmissionError(_nothing_found(plan, hand_in, faults))
    used = {candidate.name for candidate in chosen.values()}
    extras, about_extras = _extras(plan, hand_in, used)
    missing = tuple(notebook.name for notebook in plan.notebooks if notebook.name not in chosen)
    return Matched(
        notebooks={
            notebook.name: chosen[notebook.name].read.notebook for notebook in plan.notebooks if notebook.name in chosen
        },
        missing=missing,
        concerns=(
            *(concern for candidate in chosen.values() for concern in candidate.read.concerns),
            *concerns,
            *(faults[name] for notebook in plan.notebooks if (name := f"{notebook.name}.ipynb") in faults),
            *about_extras,
        ),
        extras=extras,
    )


def _candidates(plan: AssignmentPlan, hand_in: HandIn) -> tuple[list[_Candidate], dict[str, str]]:
    """Read whatever may be a notebook, the likeliest first; give what cannot be read with its fault."""
    files = [item for item in hand_in.files if looks_like_notebook(item[0]) and item[0] not in _EXCHANGE_FILES]
    data = {name for name, _ in plan.data}
    files = [item for item in files if item[0] not in data]
    files.sort(key=lambda item: (min(_distance(item[0], notebook) for notebook in plan.notebooks), item[0]))
    candidates, faults = [], {}
    for name, content in files[:MOST_NOTEBOOKS]:
        try:
            read = read_strangers_notebook(shown(name), content)
        except SubmissionError as error:
            faults[name] = str(error)
            continue
        grade_ids = frozenset(filter(None, map(grade_id_of, read.notebook.cells)))
        candidates.append(_Candidate(name, read, grade_ids))
    for name, reason in hand_in.refused:
        faults.setdefault(
            name, f"{shown(name)} was not read, as it is {reason}; ask the student for the notebook itself"
        )
    return candidates, faults


def _choose_expected(plan: AssignmentPlan, candidates: list[_Candidate], chosen: dict[str, _Candidate]) -> None:
    """Take the files that bear the expected name, unless their content fits another of the notebooks better."""
    for notebook in plan.notebooks:
        for candidate in candidates:
            if candidate.name == f"{notebook.name}.ipynb" and candidate.fits(plan, notebook):
                chosen[notebook.name] = candidate


def _choose_by_content(
    plan: AssignmentPlan, candidates: list[_Candidate], chosen: dict[str, _Candidate], concerns: list[str]
) -> None:
    """Take the file that holds most of a notebook's cells, and tell of files that would do as well."""
    for notebook in plan.notebooks:
        fitting = _unused(plan, notebook, candidates, chosen)
        if notebook.name not in chosen and fitting:
            taken = min(fitting, key=lambda one: (-one.score(notebook), _distance(one.name, notebook)))
            chosen[notebook.name] = taken
            concerns.append(
                f"{notebook.name}.ipynb was handed in as {shown(taken.name)} and found by the cells it holds"
            )
    for name, taken in list(chosen.items()):
        notebook = plan.notebook(name)
        rivals = [
            shown(rival.name)
            for rival in _unused(plan, notebook, candidates, chosen)
            if 2 * rival.score(notebook) >= taken.score(notebook) and rival.read.notebook != taken.read.notebook
        ]
        if rivals:
            concerns.append(
                f"{shown(taken.name)} was graded, and {_listed(rivals)} would fit {name} too: "
                "look whether the student meant another file"
            )


def _unused(
    plan: AssignmentPlan, notebook: NotebookPlan, candidates: list[_Candidate], chosen: Mapping[str, _Candidate]
) -> list[_Candidate]:
    """Give the files that hold cells of this notebook, no fewer than of any other, and were taken for none."""
    used = {candidate.name for candidate in chosen.values()}
    return [one for one in candidates if one.name not in used and one.fits(plan, notebook)]


def _choose_by_name(
    plan: AssignmentPlan, candidates: list[_Candidate], chosen: dict[str, _Candidate], concerns: list[str]
) -> None:
    """Take a file by its name alone where a program has taken the grade_ids out, or the content fits badly."""
    for notebook in plan.notebooks:
        used = {candidate.name for candidate in chosen.values()}
        named = [
            candidate
            for candidate in candidates
            if candidate.name not in used and _distance(candidate.name, notebook) < _FAR
        ]
        if notebook.name in chosen or not named:
            continue
        taken = min(named, key=lambda candidate: _distance(candidate.name, notebook))
        chosen[notebook.name] = taken
        score = taken.score(notebook)
        fit = f"only {score} of the cells" if score else "none of the cells"
        concerns.append(
            f"{shown(taken.name)} was taken for {notebook.name} by its name, though it holds {fit} nbgrader knows: "
            "look at it before you trust its marks"
        )


_FAR = 4


def _distance(name: str, notebook: NotebookPlan) -> int:
    """Say how far a file's name is from the expected one: 0 the very name, 3 at least its beginning."""
    if name == f"{notebook.name}.ipynb":
        return 0
    base = _folded(PurePosixPath(name).name)
    expected = _folded(notebook.name)
    if base == f"{expected}.ipynb":
        return 1 if "/" not in name else 2
    if base.startswith(expected) and ".ipynb" in base:
        return 3
    return _FAR


def _folded(name: str) -> str:
    """Give a name as macOS (NFD), Windows (no case) and Linux would agree on it."""
    return unicodedata.normalize("NFC", name).casefold().strip()


def _nothing_found(plan: AssignmentPlan, hand_in: HandIn, faults: Mapping[str, str]) -> str:
    expected = [f"{notebook.name}.ipynb" for notebook in plan.notebooks]
    about = next((fault for name in expected if (fault := faults.get(name))), "")
    about = about or next((fault for name, fault in sorted(faults.items()) if ".ipynb" in name.lower()), "")
    if about:
        return about
    found = [name for name, _ in hand_in.files if name not in _EXCHANGE_FILES]
    found += [f"{name} ({reason})" for name, reason in hand_in.refused]
    return (
        f"{', '.join(expected)} is not in the hand-in, which holds {_listed([shown(name) for name in found])}; "
        "ask the student for it"
    )


def _extras(plan: AssignmentPlan, hand_in: HandIn, used: set[str]) -> tuple[tuple[tuple[str, bytes], ...], list[str]]:
    """Give the other files; the assignment's own files are the teacher's, whatever the student did to them."""
    data = {_folded(name): (name, content) for name, content in plan.data}
    extras: list[tuple[str, bytes]] = []
    concerns: list[str] = []
    for name, content in hand_in.files:
        if name in used or name in _EXCHANGE_FILES:
            continue
        if _folded(name) in data:
            if data[_folded(name)][1] != content:
                concerns.append(f"{shown(name)} was changed by the student, and the assignment's own was used")
        elif _harmless(name):
            extras.append((name, content))
    return tuple(extras), concerns


def _harmless(name: str) -> bool:
    parts = name.split("/")
    return name.isprintable() and "\\" not in name and all(part and not part.startswith((".", "~")) for part in parts)


def _listed(names: list[str], most: int = 5) -> str:
    if not names:
        return "nothing"
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")
