"""The student's side of the wall: runs cells and calls on request, inside the sandbox.

Everything here can be changed by the student's code, so nothing here is trusted: what this process says is taken by
the judge as a claim and as plain data. It holds no test, no reference answer and nobody else's work.
"""

from __future__ import annotations

import json
import os
import warnings
from pathlib import Path
from typing import Any, NoReturn

from qlearn.errors import SubmissionError
from qlearn.grading.run.containers import containers_of, quick_picture
from qlearn.grading.run.messages import Line
from qlearn.grading.run.objects import ObjectTable
from qlearn.grading.run.operations import OPERATIONS
from qlearn.grading.run.references import Reference, pack, unpack
from qlearn.grading.run.shell import CellShell, Outputs
from qlearn.grading.sandbox import explain_refusal
from qlearn.grading.wire import encode

__all__ = ["StudentProcess"]

MOST_FILES_BYTES = 4 * 2**20
MOST_WARNINGS = 100


class StudentProcess:
    """Answers the judge until the judge hangs up."""

    def __init__(self, descriptor: int, shell: CellShell, output_bytes: int) -> None:
        self._line = Line(descriptor)
        self._shell = shell
        self._shell.outputs = Outputs(output_bytes)
        self._objects = ObjectTable(self._call_back)

    def serve(self) -> NoReturn:
        """Answer requests one after the other."""
        while True:
            self.answer_one()

    def answer_one(self) -> None:
        """Wait for a request and answer it."""
        self._answer(self._receive())

    def _receive(self) -> tuple[Any, ...]:
        try:
            return self._line.receive()
        except SubmissionError:
            os._exit(0)  # the judge has hung up: there is nobody to tell

    def _answer(self, request: tuple[Any, ...]) -> None:
        try:
            reply = self._handle(*request)
        except BaseException as error:
            reply = ("refused", f"{type(error).__name__} while the answer was read")
        try:
            self._line.send(reply)
        except SubmissionError as error:
            self._line.send(("refused", str(error)))

    def _handle(self, kind: str, *arguments: Any) -> tuple[Any, ...]:
        if kind == "run":
            return self._run(*arguments)
        if kind == "names":
            return self._names(*arguments)
        if kind == "do":
            return self._do(*arguments)
        if kind == "files":
            return self._files()
        return ("refused", "an unknown request")

    def _run(self, source: str) -> tuple[Any, ...]:
        outputs, error = self._shell.run(source)
        refusal = explain_refusal(error) if isinstance(error, BaseException) else None
        if refusal:
            outputs = [*outputs, {"output_type": "stream", "name": "stderr", "text": refusal + "\n"}]
        return ("ran", [_plain_output(output) for output in outputs], type(error).__name__ if error else "")

    def _names(self, names: tuple[str, ...], as_objects: bool) -> tuple[Any, ...]:
        self._objects.keep_subclasses = as_objects
        namespace = self._shell.user_ns
        found = {name: namespace[name] for name in names if name in namespace}
        return ("names", *self._pack_each(found))

    def _pack_each(self, values: dict[str, Any]) -> tuple[bool, dict[str, Any]]:
        """Pack each value by itself, so that one that cannot be sent spoils no other."""
        packed: dict[str, Any] = {}
        any_found = False
        for name, value in values.items():
            found, packed[name] = pack(value, self._objects.describe)
            any_found = any_found or found
        return any_found, packed

    def _do(
        self, operation: str, state: Any, as_objects: bool, target: int | None, found: bool, arguments: Any
    ) -> tuple[Any, ...]:
        """Do one operation of the table; tell its result, what it printed and warned, and changes to its arguments."""
        self._objects.keep_subclasses = as_objects
        self._objects.set_seeds(state)
        positional, *more = unpack((found, arguments), self._objects.resolve)
        named = more[0] if more else {}
        if target is not None:
            positional = (self._objects.resolve(Reference("yours", (target,))), *positional)
        containers = containers_of((*positional, *named.values()))
        before = self._contents(containers)
        self._shell.outputs.start()
        with self._shell.redirected(), warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                kind, result = "returned", OPERATIONS[operation](*positional, **named)
            except BaseException as error:
                kind, result = "raised", error
            reply = (kind, *pack(result, self._objects.describe))
        printed = self._shell.outputs.finish()
        shown = [(item["name"], item["text"]) for item in printed if item["output_type"] == "stream"]
        more_to_say = (
            self._changes(containers, before),
            shown,
            _as_text(caught),
            self._objects.random_states(seeded=state is not None),
        )
        return (*reply, *more_to_say) if any(more_to_say) else reply

    def _contents(self, containers: list[Any]) -> list[Any]:
        """Take a picture of each container, with those inside it as numbers, to see later which has changed."""
        known = {id(container): number for number, container in enumerate(containers)}
        pictures: list[Any] = []
        for container in containers:
            picture = quick_picture(container)
            if picture is None:
                try:
                    header, frames = encode(pack(container, self._objects.describe, known)[1])
                    picture = (header, [bytes(frame) for frame in frames])
                except SubmissionError:
                    picture = None
            pictures.append(picture)
        return pictures

    def _changes(self, containers: list[Any], before: list[Any]) -> tuple[int, dict[int, Any]] | None:
        """Give the new contents of the containers that a call has changed."""
        if not containers:
            return None
        after = self._contents(containers)
        known = {id(container): number for number, container in enumerate(containers)}
        changed = [number for number, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
        if not changed:
            return None
        return len(containers), {number: pack(containers[number], self._objects.describe, known) for number in changed}

    def _files(self) -> tuple[Any, ...]:
        """Give the small ordinary files of the working folder, which an answer may have written."""
        room, files = MOST_FILES_BYTES, {}
        for path in sorted(Path().iterdir()):
            if path.is_file() and not path.is_symlink() and path.stat().st_size <= room:
                files[path.name] = path.read_bytes()
                room -= len(files[path.name])
        return ("files", files)

    def _call_back(self, operation: str, number: int, *arguments: Any, **named: Any) -> Any:
        """Ask the judge to do something with an object of its own; answer its requests meanwhile."""
        found, packed = pack((arguments, named), self._objects.describe)
        self._line.send(("callback", operation, number, found, packed))
        while True:
            message = self._receive()
            if message[0] == "answer":
                return unpack((message[1], message[2]), self._objects.resolve)
            if message[0] == "fault":
                raise unpack((message[1], message[2]), self._objects.resolve)
            self._answer(message)


def _as_text(caught: list[warnings.WarningMessage]) -> list[tuple[str, str]]:
    """Name the builtin category and the text of each warning."""
    told = []
    for warning in caught[:MOST_WARNINGS]:
        names = (kind.__name__ for kind in warning.category.__mro__ if kind.__module__ == "builtins")
        told.append((next(names, "UserWarning"), str(warning.message)[:1000]))
    return told


def _plain_output(output: dict[str, Any]) -> dict[str, Any]:
    """Make an output of text alone: a student's own display methods may give anything."""
    if "data" in output:
        data = {str(kind): _plain_text(part) for kind, part in output["data"].items()}
        return {**output, "data": data, "metadata": {}}
    return output


def _plain_text(part: object) -> str:
    """Give text for a part of a display; JSON stays readable as such."""
    if type(part) is str:
        return part
    if isinstance(part, dict | list):
        try:
            return json.dumps(part, ensure_ascii=False)
        except (TypeError, ValueError, RecursionError):
            return ""
    return str(part)
