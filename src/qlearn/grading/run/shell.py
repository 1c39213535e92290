"""Execute notebook cells as a Jupyter kernel does, without a kernel: IPython's shell with its outputs collected.

The warm parent makes one shell; each forked process then owns its copy. Outputs have nbformat 4's form.
"""

from __future__ import annotations

import ast
import builtins
import io
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from qlearn.grading.run.compiled import CellCompiler
from qlearn.grading.sandbox.refusals import PROGRAMS

__all__ = ["CellShell", "Outputs", "TextCollector", "make_shell", "make_spare_shell"]

MOST_FIGURES = 10
NO_INPUT = "an answer cannot ask for input while it is graded: give the value in the code instead of calling input()"


class Outputs:
    """The outputs of one cell, up to a number of bytes that a whole notebook shares."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.items: list[dict[str, Any]] = []
        self.cut = False

    def start(self) -> None:
        """Begin a new cell."""
        self.items = []

    def write(self, name: str, text: str) -> None:
        """Add text to a stream, joined to the text before it."""
        text = self._fit(text)
        if not text:
            return
        last = self.items[-1] if self.items else {}
        if last.get("output_type") == "stream" and last.get("name") == name:
            last["parts"].append(text)
        else:
            self.items.append({"output_type": "stream", "name": name, "parts": [text]})

    def show(self, kind: str, data: dict[str, Any], metadata: dict[str, Any] | None = None) -> None:
        """Add a display or a result; one that does not fit is left out."""
        size = sum(len(str(value)) for value in data.values())
        if size > self.room:
            self.cut = True
            return
        self.room -= size
        item: dict[str, Any] = {"output_type": kind, "data": dict(data), "metadata": dict(metadata or {})}
        if kind == "execute_result":
            item["execution_count"] = None
        self.items.append(item)

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        """Add an error."""
        lines = [self._fit(line) for line in traceback]
        self.items.append({"output_type": "error", "ename": name, "evalue": self._fit(value), "traceback": lines})

    def finish(self) -> list[dict[str, Any]]:
        """Give the outputs with each stream's pieces joined."""
        for item in self.items:
            if "parts" in item:
                item["text"] = "".join(item.pop("parts"))
        return self.items

    def _fit(self, text: str) -> str:
        if len(text) > self.room:
            self.cut = True
            text = text[: self.room]
        self.room -= len(text)
        return text


class TextCollector(io.TextIOBase):
    """A standard stream whose text becomes outputs."""

    def __init__(self, outputs: Outputs, name: str) -> None:
        self._outputs = outputs
        self._name = name
        self._lock = threading.Lock()

    encoding = "utf-8"

    def writable(self) -> bool:
        """Say yes."""
        return True

    def write(self, text: str) -> int:
        """Collect text."""
        if not isinstance(text, str):
            message = f"write() argument must be str, not {type(text).__name__}"
            raise TypeError(message)
        with self._lock:
            self._outputs.write(self._name, str.__str__(text))
        return len(text)


def _shell_of(part: Any) -> CellShell:
    shell: CellShell = part.shell
    return shell


class _Publisher(DisplayPublisher):
    """`display(...)` becomes an output."""

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        """Collect one display; its id and transient data mean nothing in a stored notebook."""
        _shell_of(self).outputs.show("display_data", data, metadata)

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002  IPython's signature
        """Drop what the cell has shown so far."""
        _shell_of(self).outputs.start()


class _ResultHook(DisplayHook):
    """The value of a cell's last expression becomes an output."""

    def write_output_prompt(self) -> None:
        """Leave the prompt out."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        """Collect the result."""
        _shell_of(self).outputs.show("execute_result", format_dict, md_dict)

    def finish_displayhook(self) -> None:
        """Print nothing after it."""


class CellShell(InteractiveShell):
    """IPython without a terminal, a history file, a profile or other programs."""

    compiler_class = CellCompiler
    compile: CellCompiler
    outputs = Outputs(0)
    shows_figures = True

    def run(self, source: str) -> tuple[list[dict[str, Any]], BaseException | None]:
        """Execute a cell; give its outputs and the error it ended with."""
        self.outputs.start()
        with self.redirected():
            result: Any = self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
            self._show_figures()
        error = result.error_before_exec or result.error_in_exec
        return self.outputs.finish(), error

    @contextmanager
    def redirected(self) -> Iterator[None]:
        """Send what is printed to the outputs."""
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = TextCollector(self.outputs, "stdout"), TextCollector(self.outputs, "stderr")
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before

    def transform_cell(self, raw_cell: str) -> str:
        """Translate magics; a cell that is plain Python has none, and IPython's way of finding out is slow.

        A line alone may be a command without its `%`, such as `exit`.
        """
        if len(raw_cell.splitlines()) > 1 and self.compile.look(raw_cell):
            return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"
        translated: str = super().transform_cell(raw_cell)  # type: ignore[no-untyped-call]
        return translated

    def transform_ast(self, node: Any) -> Any:
        """Let a cell's own transformers change what will run; nothing that was compiled before them fits then."""
        if self.ast_transformers:
            self.compile.forget()
        return super().transform_ast(node)  # type: ignore[no-untyped-call]

    def foresee(self, sources: Iterable[str]) -> None:
        """Compile cells that this process's forks will run one after the other, from the first; others cost as ever."""
        cells = []
        for number, source in enumerate(sources, self.execution_count):
            with suppress(Exception):  # IPython's translation may end in any: its cell says so when it is run
                text = self.transform_cell(source)
                cells.append((text, self.compile.get_code_name(source, text, number)))
        self.compile.foresee(cells, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if self.autoawait else 0)

    def should_run_async(self, raw_cell: str, **translated: Any) -> bool:
        """Tell whether a cell waits for something at its top level."""
        return "await" in raw_cell or ("async" in raw_cell and super().should_run_async(raw_cell, **translated))

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        try:
            text = str(evalue)
        except Exception:  # a stranger's __str__
            text = ""
        self.outputs.error(etype.__name__, text, list(stb))

    def show_usage_error(self, exc: BaseException) -> None:
        """Show a wrong use of a magic as an error; IPython would only print it."""
        self.outputs.error("UsageError", str(exc), [f"UsageError: {exc}"])

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there is no window."""

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str, str]:  # noqa: ARG002  IPython's signature
        """Keep the backend that draws into memory, whatever `%matplotlib` asks for."""
        return "inline", "agg"

    def system(self, cmd: str) -> None:  # noqa: ARG002  IPython's signature
        """Refuse `!command` in words; the lines below it run, as they do after a command that failed."""
        self.outputs.write("stderr", PROGRAMS + "\n")
        self.user_ns["_exit_code"] = 1

    system_raw = system_piped = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> list[str]:  # noqa: ARG002
        """Refuse `x = !command` in words; nothing comes back."""
        self.system(cmd)
        return []

    def ask_exit(self) -> None:
        """Let `exit` end nothing."""

    def _show_figures(self) -> None:
        """Show each figure once, as a notebook does, but leave it open for the cells that follow."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if not self.shows_figures or pyplot is None or not pyplot.get_fignums():
            return
        for number in pyplot.get_fignums()[:MOST_FIGURES]:
            figure = pyplot.figure(number)
            if getattr(figure, "_qlearn_shown", False) or not figure.axes:
                continue
            figure._qlearn_shown = True
            picture = io.BytesIO()
            try:
                figure.savefig(picture, format="png", bbox_inches="tight", dpi=72)
            except Exception as error:  # a figure that cannot be drawn is the student's to see
                self.outputs.write("stderr", f"the figure could not be drawn: {type(error).__name__}: {error}\n")
                continue
            import base64

            text = base64.b64encode(picture.getvalue()).decode("ascii")
            self.outputs.show("display_data", {"image/png": text, "text/plain": f"<Figure {number}>"})


def make_shell() -> CellShell:
    """Make the process's shell: the one that `get_ipython()` gives."""
    shell: CellShell = CellShell.instance(**_settings())
    builtins.input = _refuse_input
    warnings.filterwarnings("ignore", message="To exit: use")
    return shell


def make_spare_shell() -> CellShell:
    """Make a shell like the process's own, to be used and dropped before that one is made."""
    return CellShell(**_settings())  # type: ignore[no-untyped-call]


def _settings() -> dict[str, Any]:
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.xmode = "Plain"  # a traceback with context costs 0.1 s a submission
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.display_page = False
    return {
        "config": config,
        "display_pub_class": _Publisher,
        "displayhook_class": _ResultHook,
        "ipython_dir": "/nonexistent",
    }


def _refuse_input(_prompt: object = "") -> NoReturn:
    raise RuntimeError(NO_INPUT)
