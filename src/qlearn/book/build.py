"""Build the book into a folder of plain files, quietly, and say in one line what stopped it."""

from __future__ import annotations

import io
import os
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qlearn.book.execution import write_kernel_profile
from qlearn.book.folder import find_book
from qlearn.errors import BookError, QlearnError

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["BuildProgress", "build_book"]

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_CELL = re.compile(r"^(`{3,}|:{3,})\{code-cell\}[^\n]*\n(.*?)^\1\s*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class BuildProgress:
    """How far a build is.

    Attributes
    ----------
    stage : str
        "read" (chapters are parsed and their cells run) or "write" (pages are written).
    page : str
        The chapter or page at hand, without suffix.
    done, total : int
        Pages finished in this stage, and how many it has.
    """

    stage: str
    page: str
    done: int
    total: int


def build_book(
    source: Path | None = None,
    output: Path | None = None,
    *,
    progress: Callable[[BuildProgress], None] | None = None,
    strict: bool = False,
) -> Path:
    """Build the readers' edition as a site of plain files.

    Parameters
    ----------
    source : Path, optional
        The book's folder; see `find_book` for what is used when it is left out.
    output : Path, optional
        Folder for the site and the caches; `_build` in the book's folder when left out. Pages whose chapter and code
        have not changed are not computed again.
    progress : callable, optional
        Called with a `BuildProgress` as the build goes on.
    strict : bool
        Treat a warning (a broken reference, an unknown citation) as an error.

    Returns
    -------
    Path
        The folder `html` under `output`; its `index.html` is the first page.

    Raises
    ------
    BookError
        When a cell fails (the message names chapter and cell), when a page shows a control that needs a kernel, when
        the book's settings are wrong, or, with `strict`, on the first warning.
    """
    book = find_book(source)
    target = (output or book / "_build").resolve()
    complaints = io.StringIO()
    with _quiet_surroundings(target):
        _run_sphinx(book, target, progress, complaints)
    lines = [line for line in _ANSI.sub("", complaints.getvalue()).splitlines() if line.strip()]
    if strict and lines:
        raise BookError(f"the book has {len(lines)} lines of warnings; the first: {lines[0].strip()}")
    return target / "html"


@contextmanager
def _quiet_surroundings(target: Path) -> Iterator[None]:
    # the kernel that runs the cells inherits these: no profile of the user's own changes what a page shows, and
    # debugpy's remark on frozen modules stays off the screen
    wanted = {"IPYTHONDIR": str(write_kernel_profile(target)), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        with warnings.catch_warnings():
            # deprecations inside Sphinx and its extensions are not the reader's business
            warnings.simplefilter("ignore")
            yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _run_sphinx(
    book: Path, target: Path, progress: Callable[[BuildProgress], None] | None, complaints: io.StringIO
) -> None:
    from myst_nb.core.execute.base import ExecutionError
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    try:
        with patch_docutils(None), docutils_namespace():
            app = _application(book, target, complaints)
            if progress is not None:
                _report(app, progress)
            app.build()
    except ExecutionError as error:
        raise _failed_cell(book, Path(str(error)), error.__cause__) from error
    except SphinxError as error:
        reason = getattr(error, "orig_exc", None)
        if isinstance(reason, QlearnError):
            raise reason from error
        raise BookError(f"the book cannot be built: {error}") from error
    if app.statuscode:
        raise BookError(f"the book cannot be built: {complaints.getvalue().strip() or 'Sphinx gives no reason'}")


def _application(book: Path, target: Path, complaints: io.StringIO) -> Sphinx:
    from sphinx.application import Sphinx

    html = target / "html"
    html.mkdir(parents=True, exist_ok=True)
    app = Sphinx(
        srcdir=book,
        confdir=None,
        outdir=html,
        doctreedir=target / ".doctrees",
        buildername="html",
        confoverrides=_sphinx_settings(book),
        status=None,
        warning=complaints,
        # one chapter after another: jupyter-cache has crashed when several wrote to an empty cache at once
        parallel=1,
    )
    if any(getattr(part, "numbered", False) for part in _toc_parts(app)):
        app.setup_extension("sphinx_multitoc_numbering")
    return app


def _toc_parts(app: Sphinx) -> Iterator[Any]:
    site_map = app.config.external_site_map
    for document in site_map.values():
        yield from document.subtrees


def _sphinx_settings(book: Path) -> dict[str, Any]:
    from jupyter_book.config import get_final_config

    settings, _ = get_final_config(
        user_yaml=book / "_config.yml",
        cli_config={"external_toc_path": (book / "_toc.yml").as_posix(), "latex_individualpages": False},
        sourcedir=book,
    )
    return dict(settings)


def _report(app: Sphinx, progress: Callable[[BuildProgress], None]) -> None:
    """Connect a reader of progress to the events of a build."""
    done = {"read": 0, "write": 0}
    total = {"read": 0, "write": 0}

    def to_read(app: Sphinx, environment: object, pages: list[str]) -> None:
        del app, environment
        total["read"] = len(pages)

    def step(stage: str, page: str) -> None:
        progress(BuildProgress(stage, page, done[stage], max(total[stage], done[stage])))
        done[stage] += 1

    def read(app: Sphinx, page: str, text: list[str]) -> None:
        del app, text
        step("read", page)

    def write(app: Sphinx, page: str, *rest: object) -> None:
        del rest
        total["write"] = len(app.env.found_docs)
        step("write", page)

    app.connect("env-before-read-docs", to_read)
    app.connect("source-read", read)
    app.connect("html-page-context", write)


def _failed_cell(book: Path, chapter: Path, reason: BaseException | None) -> BookError:
    """Describe a cell that failed: which chapter, which cell, what it said."""
    name = chapter.relative_to(book).with_suffix("").as_posix() if chapter.is_relative_to(book) else chapter.stem
    complaint = _ANSI.sub("", str(reason)).strip()
    said = f"{getattr(reason, 'ename', '')}: {getattr(reason, 'evalue', '')}".strip(": ") or complaint
    first = said.splitlines()[0] if said else "no reason given"
    cells = [match.group(2).strip() for match in _CELL.finditer(chapter.read_text(encoding="utf-8"))]
    for number, cell in enumerate(cells, start=1):
        code = "\n".join(line for line in cell.splitlines() if not line.startswith(":")).strip()
        if code and code in complaint:
            return BookError(f"chapter {name}, cell {number} (`{code.splitlines()[0]}`) failed: {first}")
    return BookError(f"chapter {name}: a cell failed: {first}")
