"""Whose file is it? The names that Moodle, Canvas and a plain folder give to what students handed in.

Only a name that leads to exactly one student of the roster counts; the others are listed for the teacher.

- Moodle, *Download all submissions*: `Full Name_12_assignsubmission_file_/bb84.ipynb`, or the same without folders.
- Canvas, *Download submissions*: `lastfirst_98_1234_bb84-1.ipynb`, with `_LATE` after the name of whoever was late.
- A folder for each student, named by id; or a file named by id, where an assignment has one notebook.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from qlearn.gradebook.roster import Student

__all__ = ["HandedIn", "NameReader"]

_MOODLE = re.compile(r"(?P<name>[^/]+)_\d+_assignsubmission_file_?/?(?P<file>[^/]+(/[^/]+)*)")
_CANVAS = re.compile(r"(?P<name>[^_/]+)(?P<late>_LATE)?_(?P<number>\d+)_\d+_(?P<file>[^/]+(/[^/]+)*)")
_COPY = re.compile(r"(?P<stem>.*?)(?:-(?P<again>\d{1,3})| ?\(\d{1,3}\))")  # Canvas counts hand-ins, browsers downloads


@dataclass(frozen=True)
class HandedIn:
    """What a file's name says: who, which notebook, which attempt, and whether an LMS called it late."""

    student: str
    notebook: str
    attempt: int = 0
    late: bool = False


class NameReader:
    """Reads names against one roster and the notebooks of one assignment."""

    def __init__(self, roster: Mapping[str, Student], notebooks: Iterable[str]) -> None:
        self._roster = roster
        self._notebooks = tuple(notebooks)
        self._by_name: dict[str, list[str]] = {}
        for student in roster.values():
            for name in _ways_to_write(student.name):
                self._by_name.setdefault(name, []).append(student.id)

    def read(self, path: PurePosixPath) -> HandedIn | str:
        """Say whose this file is and which notebook, or in a few words why that cannot be told."""
        text = path.as_posix()
        for tail in _tails(text):
            found = _MOODLE.fullmatch(tail) or _CANVAS.fullmatch(tail)
            if found:
                student = self._find(found["name"], found.groupdict().get("number", ""))
                return self._file(student, found["file"], late=bool(found.groupdict().get("late")), known=found["name"])
        for part in path.parts[:-1]:
            if part in self._roster:
                return self._file(part, path.name, known=part)
        if path.stem in self._roster and len(self._notebooks) == 1:
            return HandedIn(path.stem, self._notebooks[0])
        return "names nobody of the roster"

    def _find(self, name: str, number: str) -> str:
        for way in (name, number):
            if way in self._roster:
                return way
        found = self._by_name.get(_plain(name), [])
        return found[0] if len(found) == 1 else ""

    def _file(self, student: str, file: str, *, known: str, late: bool = False) -> HandedIn | str:
        if not student:
            several = len(self._by_name.get(_plain(known), [])) > 1
            return f"{known} is {'the name of several students' if several else 'nobody of the roster'}"
        stem = PurePosixPath(file).stem
        copy = _COPY.fullmatch(stem)
        if stem not in self._notebooks and copy and copy["stem"] in self._notebooks:
            return HandedIn(student, copy["stem"], int(copy["again"] or 0), late)
        if stem not in self._notebooks:
            return f"is no notebook of the assignment; there are: {', '.join(self._notebooks)}"
        return HandedIn(student, stem, 0, late)


def _tails(text: str) -> Iterable[str]:
    """The path, then without its first folder, and so on: a download may lie in a folder of its own."""
    while text:
        yield text
        text = text.partition("/")[2]


def _ways_to_write(name: str) -> set[str]:
    """A name with its words in both orders: Moodle shows given name first or last, Canvas sorts by family name."""
    words = name.replace(",", " ").split()
    if not words:
        return set()
    return {_plain("".join(words)), _plain("".join(words[1:] + words[:1])), _plain("".join(words[-1:] + words[:-1]))}


def _plain(name: str) -> str:
    composed = unicodedata.normalize("NFKC", name)  # macOS takes Korean syllables apart
    return "".join(letter for letter in composed if letter.isalnum()).casefold()
