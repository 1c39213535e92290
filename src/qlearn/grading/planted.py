'''Planted answers: what a student might hand in, with the marks and the message it must get.

One Python file holds one answer. Its docstring says what is wrong (or, for a right answer in another style, what is
different), then lists the tests it must not pass. Sections below replace the reference solution of one cell each; every
other cell keeps the reference solution. The answer to a question in words is written as one string::

    """Keeps the photons that were measured in different bases, too.

    test_sift: 0 points, [kept-mismatched-bases]
    test_experiment: 0 points, did you keep the mismatched bases?
    """

    # --- sift
    def sift(alice_bits, bob_bits, alice_bases, bob_bases):
        return alice_bits, bob_bits

    # --- explain_copying
    """I think that Eve cannot copy a photon."""

A test that is not listed must give full points. The text after the points has to be seen in the message; the slug in
square brackets will do.
'''

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from qlearn.errors import ExerciseError
from qlearn.grading.notebooks import solution_cells, without_solution_markers

_SECTION = re.compile(r"^# --- (\w+)[ \t]*$", re.MULTILINE)
_EXPECTATION = re.compile(r"^(?P<test>\w+): (?P<points>\d+(?:\.\d+)?) points?(?:, (?P<message>.+))?$")


@dataclass(frozen=True)
class PlantedAnswer:
    """One answer to an assignment, and what a grader has to make of it.

    Attributes
    ----------
    name
        The file's name without its ending; it serves as a student's name in tests.
    assignment
        The folder's name, such as school-bb84.
    summary
        What is wrong with the answer, or what is different about a right one, in a sentence.
    points
        The points it must get by the grade id of the test; tests not listed must give full points.
    messages
        The text that must be seen, by the grade id of the test.
    replacements
        The source that replaces the reference solution, by the grade id of the solution cell.
    """

    name: str
    assignment: str
    summary: str
    points: Mapping[str, float]
    messages: Mapping[str, str]
    replacements: Mapping[str, str]

    @property
    def is_right(self) -> bool:
        """Whether this is a right answer written in another style."""
        return not self.points


def read_planted_answers(folder: Path) -> list[PlantedAnswer]:
    """Read every planted answer of one assignment, sorted by name.

    Parameters
    ----------
    folder
        The folder named after the assignment, such as tests/answers/school-bb84.

    Returns
    -------
    list of PlantedAnswer

    Raises
    ------
    ExerciseError
        If there is no such folder, it holds no answers, or a file does not follow the form.
    """
    paths = sorted(folder.glob("*.py"))
    if not paths:
        raise ExerciseError(f"{folder} holds no planted answer: add at least one .py file with a wrong answer")
    return [read_planted_answer(path) for path in paths]


def read_planted_answer(path: Path) -> PlantedAnswer:
    """Read one planted answer.

    Raises
    ------
    ExerciseError
        If the file does not follow the form; the message says what is missing.
    """
    text = path.read_text(encoding="utf-8")
    try:
        docstring = ast.get_docstring(ast.parse(text))
    except SyntaxError as error:
        raise ExerciseError(f"{path} line {error.lineno} is not Python ({error.msg}): mend it") from error
    if not docstring:
        raise ExerciseError(f"{path} has no docstring: begin it with what is wrong with the answer, in a sentence")
    summary, _, rest = docstring.partition("\n\n")
    points, messages = _expectations(path, rest)
    pieces = _SECTION.split(text)
    replacements = {grade_id: source.strip("\n") for grade_id, source in zip(pieces[1::2], pieces[2::2], strict=True)}
    if not replacements:
        raise ExerciseError(f"{path} replaces no cell: add a section that begins with a line such as # --- sift")
    return PlantedAnswer(path.stem, path.parent.name, " ".join(summary.split()), points, messages, replacements)


def fill_in(released: NotebookNode, source: NotebookNode, answer: PlantedAnswer | None) -> NotebookNode:
    """Type an answer into a released notebook, as a student would.

    Parameters
    ----------
    released
        The notebook that students get.
    source
        The notebook with the reference solutions.
    answer
        What to type in place of some reference solutions; None types in the reference solutions alone.

    Returns
    -------
    NotebookNode
        A copy of `released`, its checksums and locked cells untouched.

    Raises
    ------
    ExerciseError
        If the answer replaces a cell that is not there or is not the student's.
    """
    filled = copy.deepcopy(released)
    reference = solution_cells(source)
    cells = solution_cells(filled)
    replacements = {} if answer is None else answer.replacements
    unknown = sorted(set(replacements) - set(cells))
    if answer is not None and unknown:
        raise ExerciseError(
            f"planted answer {answer.name} replaces {unknown[0]!r}, which is no solution cell: "
            f"use one of {', '.join(cells)}"
        )
    for grade_id, cell in cells.items():
        cell.source = without_solution_markers(reference[grade_id].source)
        if grade_id in replacements:
            cell.source = _typed(replacements[grade_id], cell)
    return filled


def _expectations(path: Path, text: str) -> tuple[dict[str, float], dict[str, str]]:
    """Read the lines `test: points, message` of a planted answer's docstring."""
    points: dict[str, float] = {}
    messages: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _EXPECTATION.match(line)
        if not found:
            raise ExerciseError(f"{path}: cannot read {line!r}: write it as test_sift: 0 points, [the-slug]")
        points[found["test"]] = float(found["points"])
        if found["message"]:
            messages[found["test"]] = found["message"]
    return points, messages


def _typed(replacement: str, cell: NotebookNode) -> str:
    """Give the text of a cell: code as it stands, words out of their string literal."""
    if cell.cell_type == "code":
        return replacement
    try:
        words = ast.literal_eval(replacement)
    except (SyntaxError, ValueError) as error:
        raise ExerciseError("an answer in words must be one string in three quotation marks: write it so") from error
    return str(words)
