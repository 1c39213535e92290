"""The classes that stand in nbgrader's places, so that its buttons and commands grade with qlearn."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import textwrap
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import nbgrader
from nbconvert.exporters import NotebookExporter
from nbgrader.apps import api, autogradeapp
from nbgrader.converters import Autograde, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.server_extensions.formgrader.apihandlers import AutogradeHandler
from nbgrader.server_extensions.formgrader.base import check_notebook_dir, check_xsrf
from tornado import web
from traitlets import default

from qlearn.errors import HostError, QlearnError, SubmissionError
from qlearn.gradebook.converter import HAND_OVER, SEEN_WITH
from qlearn.gradebook.converter_run import autograde
from qlearn.gradebook.formgrader_scores import show_penalties

__all__ = ["HandOver", "QlearnAutograde", "replace_autograde"]

DIALOG_COLUMNS = 76
_nbgraders_post = AutogradeHandler.post
_EXPLAINED = f"{NbGraderException.__module__}.{NbGraderException.__name__}: "
_one_at_a_time = asyncio.Lock()  # two runs over one assignment would wait for each other anyway


class QlearnAutograde(Autograde):  # type: ignore[misc]  # nbgrader carries no types
    """nbgrader's `Autograde` for whoever asks for it; in a course that is set so, qlearn grades."""

    @default("log")
    def _log_default(self) -> Any:
        # A logger of its own: Formgrader shows what it caught of the converter's log, and would show the server's.
        log = logging.getLogger(f"{super()._log_default().name}.autograde")
        if log.getEffectiveLevel() > logging.INFO:
            log.setLevel(logging.INFO)  # for Formgrader; the terminal's handlers have levels of their own
        return log

    def start(self) -> None:
        """Grade what the settings and arguments name.

        Raises
        ------
        NbGraderException
            If nothing could be graded, or a submission is broken; the log says which and why.
        """
        if self.exporter_class is HandOver:
            hand_over(self)
        else:
            super().start()


class HandOver(NotebookExporter):
    """The exporter that a course sets: an `Autograde` builds it just before it would begin, and hands over instead."""

    def __init__(self, *, parent: Any, **settings: Any) -> None:
        _check_version(parent)
        super().__init__(parent=parent, **settings)  # type: ignore[no-untyped-call]
        parent.convert_notebooks = lambda: hand_over(parent)


def hand_over(converter: Any) -> None:
    """Grade what a converter was asked for, and tell it in nbgrader's way.

    Raises
    ------
    NbGraderException
        As `QlearnAutograde.start`.
    """
    _check_version(converter)
    try:
        autograde(converter)
    except SubmissionError as error:
        raise NbGraderException(str(error)) from None  # its line in the log says so already
    except QlearnError as error:
        converter.log.error(str(error))
        raise NbGraderException(str(error)) from None


def replace_autograde() -> None:
    """Put our class where nbgrader looks its own up, and let Formgrader's server go on while it grades."""
    api.Autograde = autogradeapp.Autograde = QlearnAutograde
    if nbgrader.__version__ == SEEN_WITH:
        AutogradeHandler.post = _post
        show_penalties()


def _check_version(converter: Any) -> None:
    if nbgrader.__version__ != SEEN_WITH:
        error = HostError(
            f"this course is graded by qlearn, which works inside nbgrader {SEEN_WITH}, and this is nbgrader "
            f"{nbgrader.__version__}; install nbgrader=={SEEN_WITH}, or grade with: qlearn grade"
        )
        converter.log.error(str(error))
        raise NbGraderException(str(error))


@web.authenticated
@check_xsrf  # type: ignore[untyped-decorator]
@check_notebook_dir  # type: ignore[untyped-decorator]
async def _post(handler: Any, assignment_id: str, student_id: str) -> None:
    """Answer the Autograde button; nbgrader's own handler would stop the whole server until the marks are there."""
    formgrader_api = handler.api  # reads the course's settings again, as for every request
    shared = handler.coursedir
    if shared.parent.config.Autograde.get("exporter_class") != HAND_OVER:
        _nbgraders_post(handler, assignment_id, student_id)
        return
    # nbgrader writes the names into the course directory it works on, which the other requests use meanwhile.
    own = {name: getattr(shared, name) for name in shared.trait_names(config=True)}
    formgrader_api.coursedir = CourseDirectory(parent=shared.parent, **own)
    async with _one_at_a_time:
        result = await _in_thread(lambda: formgrader_api.autograde(assignment_id, student_id))
    if _is_explained(result.get("error", "")):
        del result["error"]  # the log says it in a sentence; a traceback below that would say it again
    if "log" in result:
        result["log"] = _wrapped(result["log"])
    handler.write(json.dumps(result))


def _is_explained(traceback: str) -> bool:
    return any(line.startswith(_EXPLAINED) for line in traceback.rstrip().splitlines()[-1:])


def _wrapped(log: str) -> str:
    """Break long lines: Formgrader's dialog shows a log as it is, and hides what is to the right of its frame."""
    lines = (textwrap.wrap(line, DIALOG_COLUMNS, subsequent_indent="    ") or [""] for line in log.splitlines())
    return "\n".join(part for parts in lines for part in parts)


async def _in_thread(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Run something in a thread that does not keep the server from ending, as a pool's threads do."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[dict[str, Any]] = loop.create_future()

    def run() -> None:
        try:
            finish = partial(done.set_result, work())
        except Exception as error:  # tornado answers the request with it, as if it had been raised there
            finish = partial(done.set_exception, error)
        with contextlib.suppress(RuntimeError):  # the loop is closed: the server has ended
            loop.call_soon_threadsafe(finish)

    threading.Thread(target=run, name="qlearn-autograde", daemon=True).start()
    return await done
