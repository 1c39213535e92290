"""What a student can know before handing in: whether this notebook would be taken, and what in it would not count.

The same reading as at the teacher's decides, so that nothing passes here that is refused there; the words are for the
student. It compares with the notebook as it was given out and runs nothing.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from qlearn.errors import SubmissionError
from qlearn.grading.stranger import grade_id_of, read_strangers_notebook
from qlearn.grading.submitted_files import MOST_FILE_BYTES

__all__ = ["Advice", "check_own_work", "reset_cell"]


@dataclass(frozen=True)
class Advice:
    """One thing to know: `refused` if the notebook or an answer would not be taken as it is."""

    refused: bool
    text: str

    def __str__(self) -> str:
        return f"{'STOP' if self.refused else 'note'}  {self.text}"


def check_own_work(name: str, content: bytes, released: bytes) -> list[Advice]:
    """Compare a notebook with the one that was given out.

    Parameters
    ----------
    name
        The file's name, for the sentences.
    content
        The student's file.
    released
        The file as it was given out.

    Returns
    -------
    list of Advice
        What would be refused first; empty if all is well.

    Raises
    ------
    SubmissionError
        If the given-out notebook itself cannot be read.
    """
    given = read_strangers_notebook("the notebook that was given out", released).notebook
    if len(content) > MOST_FILE_BYTES:
        megabytes = MOST_FILE_BYTES >> 20
        return [Advice(True, f"{name} is larger than {megabytes} MB: clear its outputs (Edit menu) and save it again")]
    try:
        own = read_strangers_notebook(name, content).notebook
    except SubmissionError as error:
        reason = str(error).partition("; ask the student")[0]
        return [Advice(True, f"{reason}; open it in JupyterLab, save it, and look whether it is the right file")]
    advice = [*_about_answers(given, own), *_about_the_rest(given, own, _answer_cells(released))]
    return sorted(advice, key=lambda one: not one.refused)


def reset_cell(content: bytes, released: bytes, cell: str) -> bytes:
    """Put one cell back as it was given out; one that was deleted goes back behind the cell it stood behind.

    Parameters
    ----------
    content, released
        The student's file, and the file as it was given out.
    cell
        The cell's name, nbgrader's grade_id.

    Returns
    -------
    bytes
        The student's file with this cell's text as released and its outputs gone; all else as it was.

    Raises
    ------
    SubmissionError
        If one of the two is no notebook, or there is no such cell; the message names those there are.
    """
    own, given = _load("this notebook", content), _load("the notebook that was given out", released)
    named = {_grade_id(one): one for one in given["cells"] if _grade_id(one)}
    if cell not in named:
        raise SubmissionError(f"there is no cell called {cell}; there are: {', '.join(named)}")
    fresh = copy.deepcopy(named[cell])
    places = [place for place, one in enumerate(own["cells"]) if _grade_id(one) == cell]
    if places:
        own["cells"][places[0]] = fresh
        for place in reversed(places[1:]):
            del own["cells"][place]  # a copy that JupyterLab made takes the mark from the first
    else:
        before = list(named)[: list(named).index(cell)]
        last = [place for place, one in enumerate(own["cells"]) if _grade_id(one) in before]
        own["cells"].insert(last[-1] + 1 if last else 0, fresh)
    return (json.dumps(own, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _about_answers(given: NotebookNode, own: NotebookNode) -> list[Advice]:
    mine = Counter(map(grade_id_of, own.cells))
    names = [grade_id_of(cell) for cell in given.cells if grade_id_of(cell)]
    if names and not any(mine[name] for name in names):
        return [Advice(True, "this notebook holds no cell of the assignment: is it the right file?")]
    advice = []
    for name in names:
        if mine[name] > 1:
            text = f"the cell {name} is there {mine[name]} times: only the first one counts; delete the copies"
            advice.append(Advice(True, text))
        elif not mine[name]:
            text = f"the cell {name} is gone: put it back with  qlearn student reset NOTEBOOK {name}"
            advice.append(Advice(True, text))
    return advice


def _about_the_rest(given: NotebookNode, own: NotebookNode, answers: set[str]) -> list[Advice]:
    sources = {grade_id_of(cell): cell.source for cell in reversed(own.cells)}
    advice = []
    for cell in given.cells:
        name = grade_id_of(cell)
        if name not in sources or not name:
            continue
        same = sources[name].strip() == cell.source.strip()
        if name in answers and same:
            advice.append(Advice(False, f"the cell {name} is as it was given out: you have not answered there"))
        elif name not in answers and not same:
            text = f"you changed the cell {name}: that is no answer, and the teacher's own is used in its place"
            advice.append(Advice(False, text))
    return advice


def _answer_cells(released: bytes) -> set[str]:
    """Name the cells that the student writes in, by what nbgrader noted in the notebook that was given out."""
    cells = _load("the notebook that was given out", released)["cells"]
    return {_grade_id(cell) for cell in cells if _grade_id(cell) and cell["metadata"]["nbgrader"].get("solution")}


def _load(what: str, content: bytes) -> Any:
    try:
        loaded = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SubmissionError(f"{what} cannot be read ({error}); open it in JupyterLab and save it again") from error
    if not isinstance(loaded, dict) or not isinstance(loaded.get("cells"), list):
        raise SubmissionError(f"{what} is no notebook of today's format; open it in JupyterLab and save it again")
    return loaded


def _grade_id(cell: Any) -> str:
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return str(nbgrader.get("grade_id", "")) if isinstance(nbgrader, dict) else ""
