"""From a stranger's bytes to a clean notebook: nothing is kept but cells, their text and which cell they claim to be.

Validating what students save would refuse what Jupyter itself opens, so the JSON is taken apart here and a notebook of
format 4.5 is built from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode

from qlearn.errors import SubmissionError
from qlearn.grading.encodings import decode, without_surrogates

__all__ = ["ReadNotebook", "grade_id_of", "read_strangers_notebook"]

MOST_CELLS = 2_000
MOST_SOURCE_CHARACTERS = 5_000_000  # of all cells together
MOST_VALUES = 1_000_000  # of the JSON text; each takes up to two hundred bytes once it is read
MOST_ATTACHMENT_CHARACTERS = 20_000_000

_from_dict: Any = nbformat.from_dict  # carries no types
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_CELL_TYPES = {"code": "code", "markdown": "markdown", "raw": "raw", "heading": "markdown", "html": "markdown"}


@dataclass(frozen=True)
class ReadNotebook:
    """A notebook in format 4.5 without outputs, and what a teacher should know about how it was read."""

    notebook: NotebookNode
    concerns: tuple[str, ...] = ()


def grade_id_of(cell: NotebookNode) -> str:
    """Give the grade_id a cell claims, or an empty text; nothing else of its metadata is to be believed."""
    nbgrader = cell.metadata.get("nbgrader")
    return str(nbgrader.get("grade_id", "")) if isinstance(nbgrader, Mapping) else ""


def read_strangers_notebook(name: str, data: bytes) -> ReadNotebook:
    """Read a notebook of any format that a student handed in; `name` is for the messages.

    Raises
    ------
    SubmissionError
        If it is empty, no JSON, no notebook, or beyond the limits; the message tells what to ask the student.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise SubmissionError(f"{name} is empty; ask the student to hand it in again")
    text, doubt = decode(data)
    concerns = [f"{name} {doubt}"] if doubt else []
    cells = _cells(name, _parse(name, text))
    if len(cells) > MOST_CELLS:
        raise SubmissionError(
            f"{name} has {len(cells)} cells, over the {MOST_CELLS} allowed; ask the student for a shorter notebook"
        )
    builder = _Builder(name, concerns)
    notebook: NotebookNode = _from_dict(
        {"cells": [builder.cell(cell) for cell in cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    )
    return ReadNotebook(notebook, tuple(builder.concerns))


def _parse(name: str, text: str) -> Any:
    if sum(map(text.count, ",{[")) > MOST_VALUES:
        raise SubmissionError(
            f"{name} holds more than {MOST_VALUES} values; ask the student to clear its outputs and hand it in again"
        )
    try:
        return json.loads(text.strip("\ufeff\0 \t\r\n"))
    except json.JSONDecodeError as error:
        reason = f"{error.msg.removesuffix(' starting at')}, line {error.lineno}"
    except RecursionError:
        reason = "lists within lists without end"
    except ValueError:
        reason = "a number with thousands of digits"
    raise SubmissionError(f"{name} cannot be read as a notebook ({reason}); ask the student to hand it in again")


def _cells(name: str, content: Any) -> list[Any]:
    """Find the cells in format 4, where they stand at the top, and in older ones, where worksheets hold them."""
    if isinstance(content, dict):
        if isinstance(content.get("cells"), list):
            return list(content["cells"])
        sheets = content.get("worksheets")
        if isinstance(sheets, list):
            lists = [sheet["cells"] for sheet in sheets if isinstance(sheet, dict) and "cells" in sheet]
            return [cell for cells in lists if isinstance(cells, list) for cell in cells]
    raise SubmissionError(f"{name} is JSON but no notebook: it has no list of cells; ask the student for the notebook")


class _Builder:
    """Builds clean cells and keeps count of what all of them hold together."""

    def __init__(self, name: str, concerns: list[str]) -> None:
        self.name = name
        self.concerns = concerns
        self.ids: set[str] = set()
        self.characters = 0
        self.attached = 0

    def cell(self, cell: Any) -> dict[str, Any]:
        if not isinstance(cell, dict):
            self._tell("has entries among its cells that are none, and they were left out")
            cell = {"cell_type": "raw"}
        cell_type = self._type(cell)
        source = self._source(cell)
        clean: dict[str, Any] = {
            "cell_type": cell_type,
            "id": self._id(cell.get("id")),
            "metadata": _nbgrader(cell.get("metadata")),
            "source": source,
        }
        if cell_type == "code":
            clean |= {"execution_count": None, "outputs": []}
        elif attachments := self._attachments(cell.get("attachments")):
            clean["attachments"] = attachments
        return clean

    def _type(self, cell: dict[str, Any]) -> str:
        said = cell.get("cell_type")
        if isinstance(said, str) and said.lower() in _CELL_TYPES:
            return _CELL_TYPES[said.lower()]
        if "outputs" in cell or "execution_count" in cell or said is None:
            return "code"
        self._tell("has cells of a type that no notebook has, and they were not run")
        return "raw"

    def _source(self, cell: dict[str, Any]) -> str:
        # Format 3 and older call a code cell's text "input" and "code".
        value = next((cell[key] for key in ("source", "input", "code") if cell.get(key) is not None), "")
        text = without_surrogates(self._text(value).replace("\r\n", "\n").replace("\r", "\n"))
        if cell.get("cell_type") == "heading":
            level = cell.get("level")
            text = "#" * (level if isinstance(level, int) and 1 <= level <= 6 else 1) + " " + text.replace("\n", " ")
        self.characters += len(text)
        if self.characters > MOST_SOURCE_CHARACTERS:
            raise SubmissionError(
                f"{self.name} has over {MOST_SOURCE_CHARACTERS} characters of text in its cells; "
                "ask the student to take long data out of it"
            )
        return text

    def _text(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, list):
            return "".join(self._text(None if isinstance(part, list) else part) for part in value)
        if isinstance(value, int | float):
            return str(value)
        self._tell("has a cell whose text is partly no text, which was left out")
        return ""

    def _id(self, wanted: Any) -> str:
        """Keep a cell's id if it may be one and no cell before has it; else count, so that it never varies."""
        number = len(self.ids)
        while not (isinstance(wanted, str) and _CELL_ID.fullmatch(wanted)) or wanted in self.ids:
            wanted = f"cell-{number}"
            number += 1
        self.ids.add(wanted)
        return wanted

    def _attachments(self, value: Any) -> dict[str, dict[str, str]]:
        """Keep pictures pasted into text, which the teacher needs for marking."""
        kept: dict[str, dict[str, str]] = {}
        for name, bundle in value.items() if isinstance(value, dict) else ():
            if not isinstance(bundle, dict):
                continue
            pictures = {
                kind: data for kind, data in bundle.items() if kind.startswith("image/") and isinstance(data, str)
            }
            self.attached += sum(map(len, pictures.values()))
            if self.attached > MOST_ATTACHMENT_CHARACTERS:
                self._tell("has more pictures in its text than can be kept; look at the file the student handed in")
            elif pictures:
                kept[without_surrogates(name)] = {kind: without_surrogates(data) for kind, data in pictures.items()}
        return kept

    def _tell(self, concern: str) -> None:
        sentence = f"{self.name} {concern}"
        if sentence not in self.concerns:
            self.concerns.append(sentence)


def _nbgrader(metadata: Any) -> dict[str, Any]:
    """Keep of a cell's metadata the one thing that is of use: which cell of the assignment it says it is."""
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    if isinstance(grade_id, str) and grade_id and len(grade_id) <= 200:
        return {"nbgrader": {"grade_id": without_surrogates(grade_id)}}
    return {}
