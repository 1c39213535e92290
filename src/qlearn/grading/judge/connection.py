"""The judge's side of the wall: asks the student's process for data and calls, and believes nothing but plain data."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from qlearn.errors import HostError, SubmissionError
from qlearn.grading.judge.arguments import TrustedObjects, student_number
from qlearn.grading.judge.effects import Seeds, repeat_text, repeat_warnings
from qlearn.grading.judge.guard import Guard, UnjudgedError
from qlearn.grading.judge.objects import label_of
from qlearn.grading.judge.proxies import ProxyMaker
from qlearn.grading.plan import Mode
from qlearn.grading.run.containers import containers_of, put_contents
from qlearn.grading.run.messages import Line
from qlearn.grading.run.references import pack, unpack

__all__ = ["Answers"]

START_SECONDS = 30.0


class Answers:
    """One student's process as the judge uses it.

    Parameters
    ----------
    descriptor
        The judge's end of the connection.
    guard
        The current test's mode, and where mishaps are noted.
    seconds
        How long one request may take, callbacks included.
    sources
        Gives the source of a function of the student's by its name, and its line.
    namespace
        The judge's own names, teacher's classes among them.
    heard
        Told each value that comes in, before it is used.
    """

    def __init__(
        self,
        descriptor: int,
        guard: Guard,
        seconds: float,
        sources: Callable[[str], tuple[str, int]],
        namespace: Mapping[str, Any],
        heard: Callable[[Any], None],
    ) -> None:
        self.guard = guard
        self.hear = heard
        self.seconds = seconds
        self._line = Line(descriptor)
        self._trusted = TrustedObjects(guard)
        self._proxies = ProxyMaker(self, guard, self._trusted, sources, namespace)
        self._depth_deadline: float | None = None
        self.seeds = Seeds()
        self.after_call: Callable[[], None] | None = None
        """Called after each call, such as to fetch files that it wrote."""

    def wait_until_ready(self) -> None:
        """Hear that the process is confined and ready; HostError if this machine could not bring it there.

        No student's code has run yet, so this one message is to be believed.
        """
        self._depth_deadline = time.monotonic() + START_SECONDS
        message = self._receive()
        self._depth_deadline = None
        if message[0] != "ready":
            raise HostError(_text(message[1:]) or "a process for the student's code could not be started")

    def run(self, source: str) -> tuple[list[dict[str, Any]], str]:
        """Run a cell; give its outputs as claimed, and the name of the error it ended with."""
        reply = self._ask(("run", source))
        if len(reply) != 3 or reply[0] != "ran" or type(reply[1]) is not list or type(reply[2]) is not str:
            self.guard.lose("nonsense")
        return reply[1], reply[2]

    def names(self, names: Iterable[str]) -> dict[str, Any]:
        """Fetch names of the student's namespace; those that are not there are left out."""
        wanted = tuple(names)
        if not wanted:
            return {}
        reply = self._ask(("names", wanted, self.guard.mode is Mode.PROXIES))
        if reply[0] == "refused":  # one of them cannot be sent: ask for each alone
            return self._names_one_by_one(wanted)
        return self._values(reply, wanted)

    def files(self) -> Mapping[str, bytes]:
        """Fetch the ordinary files the student's code has written, by name."""
        reply = self._ask(("files",))
        if len(reply) != 2 or type(reply[1]) is not dict:
            return {}
        self.hear(reply[1])
        return {name: data for name, data in reply[1].items() if type(name) is str and type(data) is bytes}

    def do(self, operation: str, *arguments: Any, **named: Any) -> Any:
        """Do an operation in the student's process: give its result, or raise what it raised."""
        notes = self.guard.calls
        if notes is None or operation not in ("call", "call and wait"):
            return self._do(operation, arguments, named)
        kind, result = "gone", None
        try:
            result = self._do(operation, arguments, named)
            kind = "returned"
        except Exception as error:
            kind, result = "raised", error
            raise
        finally:
            name = getattr(arguments[0], "called", "") or type(arguments[0]).__name__
            notes.note(name, arguments[1:], named, kind, result)
        return result

    def _do(self, operation: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        target = student_number(arguments[0]) if arguments else None
        given = arguments if target is None else arguments[1:]
        found, packed = pack((given, named) if named else (given,), self._trusted.describe)
        message = ("do", operation, self.seeds.to_send(), self.guard.mode is Mode.PROXIES, target, found, packed)
        try:
            reply = self._ask(message)
        except SubmissionError as error:  # an argument of the test's own that cannot be sent
            self.guard.refuse(str(error))
        return self._outcome(reply, (operation, *arguments, *named.values()))

    def _outcome(self, reply: tuple[Any, ...], asked: tuple[Any, ...]) -> Any:
        if reply[0] == "refused":
            self.guard.refuse(f"the answer gave a value that cannot be passed on: {_text(reply[1:])}")
        if len(reply) == 3:  # it has changed, printed and warned of nothing
            reply = (*reply, None, [], [], {})
        if reply[0] not in ("returned", "raised") or len(reply) != 7 or type(reply[1]) is not bool:
            self.guard.lose("nonsense")
        kind, found, value, changed, printed, warned, states = reply
        operation, target, *operands = asked
        if type(states) is dict:
            self._trusted.move_generators(states)
            self.seeds.follow(states.get("global"))
        if changed is not None:
            self._take_changes(changed, containers_of(asked[1:]))
        result = self._unpack(found, value)
        if self.after_call is not None:
            self.after_call()
        repeat_text(printed)
        repeat_warnings(warned)
        if self.guard.mode is Mode.PROXIES and operation not in ("call", "call and wait"):
            outcome = None if kind == "raised" else result
            self.guard.note_operation(label_of(target, self.guard.source), operation, operands, outcome)
        if kind == "returned" and operation in ("call", "call and wait"):
            self.guard.note_type(result)
        if kind == "raised":
            self._proxies.throw(result, may_stop=operation == "next")
        return result

    def _take_changes(self, changed: Any, containers: list[Any]) -> None:
        """Bring the test's own containers to where a call has left them, as far as this test allows it."""
        self.guard.changed_arguments = True
        if not self.guard.in_place:
            return
        if type(changed) is not tuple or len(changed) != 2 or type(changed[1]) is not dict:
            self.guard.lose("nonsense")
        count, contents = changed
        if count != len(containers):
            self.guard.refuse("the test hands over containers that cannot be kept apart")
        self._trusted.arguments = containers
        for number, packed in contents.items():
            if type(number) is not int or not 0 <= number < count or type(packed) is not tuple or len(packed) != 2:
                self.guard.lose("nonsense")
            put_contents(containers[number], self._unpack(bool(packed[0]), packed[1]))

    def _names_one_by_one(self, wanted: tuple[str, ...]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name in wanted:
            reply = self._ask(("names", (name,), self.guard.mode is Mode.PROXIES))
            if reply[0] == "refused":
                values[name] = self._proxies.unsuitable(f"{name} cannot be passed on: {_text(reply[1:])}")
            else:
                values.update(self._values(reply, (name,)))
        return values

    def _values(self, reply: tuple[Any, ...], wanted: Iterable[str]) -> dict[str, Any]:
        """Give what was asked for and nothing else: a further name could stand for the test's own."""
        if len(reply) != 3 or reply[0] != "names" or type(reply[1]) is not bool or type(reply[2]) is not dict:
            self.guard.lose("nonsense")
        values = {name: self._unpack(reply[1], reply[2][name]) for name in wanted if name in reply[2]}
        for value in values.values():
            self.guard.note_type(value)
        return values

    def _unpack(self, found: bool, value: Any) -> Any:
        try:
            self.hear(value)
            return unpack((found, value), self._proxies.resolve)
        except UnjudgedError:
            raise
        except (SubmissionError, LookupError, TypeError, ValueError, AttributeError, RecursionError, ArithmeticError):
            self.guard.lose("nonsense")

    def _ask(self, message: tuple[Any, ...]) -> tuple[Any, ...]:
        """Send a request and answer what the student's process asks meanwhile, until its reply is there."""
        outermost = self._depth_deadline is None
        if outermost:
            self._depth_deadline = time.monotonic() + self.seconds
        try:
            self._send(message)
            while True:
                reply = self._receive()
                if reply[0] != "callback":
                    return reply
                self._answer_callback(reply)
        finally:
            if outermost:
                self._depth_deadline = None

    def _answer_callback(self, request: tuple[Any, ...]) -> None:
        if not self.guard.running or len(request) != 5 or type(request[3]) is not bool or type(request[2]) is not int:
            self.guard.lose("nonsense")
        _, operation, number, found, packed = request
        try:
            arguments, named = self._unpack(found, packed)
            value = self._trusted.use(operation, number, arguments, named)
            answer = ("answer", *pack(value, self._trusted.describe))
        except Exception as error:
            answer = ("fault", *pack(error, self._trusted.describe))
        self._send(answer)

    def _send(self, message: tuple[Any, ...]) -> None:
        from qlearn.grading.wire import encode, write_message

        header, frames = encode(message)  # outside the try: what cannot be encoded is not the student's fault
        try:
            write_message(self._line.descriptor, header, frames, deadline=self._depth_deadline or 0.0)
        except SubmissionError:
            self._lose()

    def _receive(self) -> tuple[Any, ...]:
        try:
            return self._line.receive(deadline=self._depth_deadline)
        except SubmissionError as error:
            self._lose(nonsense="ended early" not in str(error))

    def _lose(self, *, nonsense: bool = False) -> NoReturn:
        late = self._depth_deadline is not None and time.monotonic() >= self._depth_deadline
        self.guard.lose("time" if late else "nonsense" if nonsense else "died")


def _text(parts: Iterable[object]) -> str:
    return " ".join(str(part)[:300] for part in parts if type(part) is str)
