"""One case of the corpus: what is handed in, what it deserves, and what must not happen meanwhile.

A case starts from a student's desk: both notebooks as released, with the reference answers typed in. `edit` spoils the
notebooks, `place` spoils the folder they were written to. Hostile code names what it is after by placeholders such as
`@SECRET@`, since the paths differ from run to run.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.assignment import POINTS, QUESTIONS, RIGHT, WRONG

__all__ = ["Case", "Desk", "World", "answered", "cheat", "limit", "nothing", "only"]

FOR_STUDENTS = 0o755


@dataclass(frozen=True)
class World:
    """What lies around a grader, for code that tries to reach it."""

    root: Path
    port: int
    """A listener of ours on the loopback interface; nobody should call."""

    @property
    def secret(self) -> Path:
        return self.root / "secret.txt"

    @property
    def course(self) -> Path:
        return self.root / "course"

    @property
    def home(self) -> Path:
        return self.root / "home"

    def fill_in(self, code: str) -> str:
        """Put the paths in place of the placeholders, each as a Python literal."""
        places = {
            "@SECRET@": self.secret,
            "@COURSE@": self.course,
            "@GRADEBOOK@": self.course / "gradebook.db",
            "@SOURCE@": self.course / "source" / "corpus",
            "@OTHER@": self.course / "submitted" / "alice" / "corpus",
            "@EXCHANGE@": self.course / "exchange",
            "@HOME@": self.home,
            "@ROOT@": self.root,
        }
        for name, path in places.items():
            code = code.replace(name, repr(str(path)))
        return code.replace("@PORT@", str(self.port))


class Desk:
    """A student's notebooks while they are worked on, as plain JSON."""

    def __init__(self, released: Mapping[str, Any], world: World) -> None:
        self.notebooks: dict[str, Any] = {name: copy.deepcopy(notebook) for name, notebook in released.items()}
        self.released = released
        self.world = world
        self.type_all(RIGHT)

    def type_all(self, answers: Mapping[str, str]) -> None:
        for question, code in answers.items():
            self.type(question, code)

    def type(self, question: str, code: str) -> None:
        self.cell(question)["source"] = self.world.fill_in(code)

    def leave_blank(self, *questions: str) -> None:
        for question in questions or tuple(RIGHT):
            for notebook in self.released.values():
                for cell in notebook["cells"]:
                    if grade_id_of(cell) == question:
                        self.cell(question)["source"] = cell["source"]

    def cell(self, grade_id: str) -> dict[str, Any]:
        notebook, index = self.find(grade_id)
        found: dict[str, Any] = notebook["cells"][index]
        return found

    def find(self, grade_id: str) -> tuple[dict[str, Any], int]:
        for notebook in self.notebooks.values():
            for index, cell in enumerate(notebook["cells"]):
                if grade_id_of(cell) == grade_id:
                    return notebook, index
        raise LookupError(grade_id)

    def insert(self, code: str, *, before: str = "", after: str = "") -> None:
        """Add a cell of the student's own."""
        notebook, index = self.find(before or after)
        cell = {
            "cell_type": "code",
            "id": f"own-{len(notebook['cells'])}",
            "source": self.world.fill_in(code),
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        notebook["cells"].insert(index if before else index + 1, cell)

    def remove(self, grade_id: str) -> dict[str, Any]:
        notebook, index = self.find(grade_id)
        removed: dict[str, Any] = notebook["cells"].pop(index)
        return removed

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, notebook in self.notebooks.items():
            (folder / f"{name}.ipynb").write_text(json.dumps(notebook, ensure_ascii=False), "utf-8", "surrogatepass")


@dataclass(frozen=True)
class Case:
    """One hand-in and what is known of it."""

    name: str
    tries: str
    """What it tries or what is odd about it, in a sentence."""
    edit: Callable[[Desk], None] = lambda _: None
    place: Callable[[Desk, Path], None] = lambda *_: None
    deserved: Mapping[str, float] = field(default_factory=dict)
    """Points by test; a test that is not named deserves full points."""
    pending: frozenset[str] = frozenset()
    """Tests whose deserved points may also wait for a person."""
    broken: bool = False
    """Whether the hand-in may be called broken as a whole."""
    attention: bool = False
    """Whether the teacher has to be told."""
    never_said: tuple[str, ...] = ()
    """What must not come back to the student, besides the secret."""
    ours_alone: bool = False
    """A rule that stock nbgrader does not have, so that it is not held against it."""
    settle_seconds: float = 0.0
    """How long to wait afterwards, for what acts late."""
    again: Callable[[Desk], None] | None = None
    """A second hand-in with the same timestamp, after the first was graded; `deserved` is about this one."""
    timestamp: str = ""

    def points(self, test: str) -> float:
        """What a test deserves."""
        return self.deserved.get(test, POINTS[test])

    def hand_in(self, folder: Path, released: Mapping[str, Any], world: World) -> None:
        """Write the first hand-in into a folder."""
        self._write(self.edit, folder, released, world)
        self.place(Desk(released, world), folder)

    def hand_in_again(self, folder: Path, released: Mapping[str, Any], world: World) -> None:
        """Write the second hand-in over the first."""
        if self.again is not None:
            self._write(self.again, folder, released, world)

    def _write(self, edit: Callable[[Desk], None], folder: Path, released: Mapping[str, Any], world: World) -> None:
        desk = Desk(released, world)
        edit(desk)
        desk.write(folder)
        if self.timestamp:
            (folder / "timestamp.txt").write_text(self.timestamp, encoding="ascii")


def nothing() -> dict[str, float]:
    """No test deserves a point."""
    return dict.fromkeys(POINTS, 0.0)


def only(**points: float) -> dict[str, float]:
    """Only these questions deserve points; `...` is no number, so full ones are spelt out."""
    return nothing() | {QUESTIONS[question]: value for question, value in points.items()}


def without(*questions: str) -> dict[str, float]:
    """All questions deserve full points but these."""
    return {QUESTIONS[question]: 0.0 for question in questions}


def cheat(name: str, tries: str, code: str, *, at: str = "mean", **more: Any) -> Case:
    """A case whose answers are all wrong, and whose code at one question tries to earn points all the same."""

    def edit(desk: Desk) -> None:
        desk.type_all(WRONG)
        desk.type(at, code)

    return Case(name, tries, edit, deserved=more.pop("deserved", nothing()), **more)


def limit(name: str, tries: str, code: str, *, at: str = "normalise", **more: Any) -> Case:
    """A case with right answers but one, whose code does harm; the other questions keep their points."""
    return Case(name, tries, lambda desk: desk.type(at, code), deserved=more.pop("deserved", without(at)), **more)


def answered(name: str, tries: str, answers: Mapping[str, str], **more: Any) -> Case:
    """A case with some answers of its own and right ones elsewhere."""
    return Case(name, tries, lambda desk: desk.type_all(answers), **more)


def grade_id_of(cell: Any) -> str:
    """The name nbgrader knows a cell by; empty if it has none."""
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return str(marks.get("grade_id", "")) if isinstance(marks, dict) else ""
