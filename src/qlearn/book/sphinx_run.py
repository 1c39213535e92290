"""Run Sphinx the way Jupyter Book does, quietly, and say in one line what stopped it."""

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

from qlearn._light_imports import import_jsonschema
from qlearn.book.execution import cache_folder, kernel_environment
from qlearn.errors import BookError, QlearnError

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from qlearn.book.editions import Edition

__all__ = ["BuildProgress", "Outcome", "run_sphinx"]

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_CELL = re.compile(r"^(`{3,}|:{3,})\{code-cell\}[^\n]*\n(.*?)^\1\s*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class BuildProgress:
    """How far a build is.

    Attributes
    ----------
    stage : str
        "run" (cells of chapters that are not in the cache), "read" (chapters are parsed), "write" (pages are written),
        "print" (a PDF is made), or "unchanged" (the last build still holds, and nothing was done).
    page : str
        The chapter or page at hand, without suffix.
    done, total : int
        Pages finished in this stage, and how many it has.
    """

    stage: str
    page: str
    done: int
    total: int


@dataclass(frozen=True)
class Outcome:
    """What a run of Sphinx leaves to know.

    Attributes
    ----------
    complaints : list of str
        Lines of warnings.
    pages : list of str
        Every page of the book.
    outside : list of Path
        Files beyond the book's folder that pages include.
    """

    complaints: list[str]
    pages: list[str]
    outside: list[Path]


def run_sphinx(
    edition: Edition,
    site: Path,
    *,
    builder: str = "html",
    code: str,
    fresh: bool = False,
    settings: dict[str, Any] | None = None,
    progress: Callable[[BuildProgress], None] | None = None,
) -> Outcome:
    """Build an edition with one of Sphinx's builders.

    Parameters
    ----------
    edition : Edition
        What to build.
    site : Path
        Folder to write into.
    builder : str
        Name of the builder.
    code : str
        Digest of the code; chapters that were read with other code are read anew. Sphinx itself looks at sources and
        settings alone.
    fresh : bool
        Read every chapter anew in any case. Outputs of cells still come from the cache.
    settings : dict, optional
        Sphinx settings that go before the book's own.
    progress : callable, optional
        Called with a `BuildProgress` as the build goes on.

    Returns
    -------
    Outcome
        Warnings among others; they are no error here.

    Raises
    ------
    BookError
        When the book cannot be built.
    """
    import_jsonschema()  # myst-nb imports nbformat, which imports it with a grammar that nothing here needs
    from myst_nb.core.execute.base import ExecutionError
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    complaints = io.StringIO()
    read_with = edition.folder / ".doctrees" / "read-with"
    fresh = fresh or not read_with.is_file() or read_with.read_text(encoding="utf-8") != code
    read_with.unlink(missing_ok=True)
    try:
        with _quiet_surroundings(edition.output), patch_docutils(None), docutils_namespace():
            app = _application(edition, site, builder, complaints, fresh=fresh, settings=settings or {})
            if progress is not None:
                _report(app, progress)
            app.build()
    except ExecutionError as error:
        raise _failed_cell(edition.book, Path(str(error)), error.__cause__) from error
    except SphinxError as error:
        reason = getattr(error, "orig_exc", None)
        if isinstance(reason, QlearnError):
            raise reason from error
        raise BookError(f"the book cannot be built: {error}") from error
    if app.statuscode:
        raise BookError(f"the book cannot be built: {complaints.getvalue().strip() or 'Sphinx gives no reason'}")
    read_with.write_text(code, encoding="utf-8")
    lines = [line for line in _ANSI.sub("", complaints.getvalue()).splitlines() if line.strip()]
    return Outcome(lines, sorted(app.env.found_docs), _outside(app, edition.book))


@contextmanager
def _quiet_surroundings(target: Path) -> Iterator[None]:
    # a chapter that asks myst-nb for another way to run its cells gets a kernel that inherits these
    before = dict(os.environ)
    os.environ.update(kernel_environment(target))
    try:
        with warnings.catch_warnings():
            # deprecations inside Sphinx and its extensions are not the reader's business
            warnings.simplefilter("ignore")
            yield
    finally:
        for name in set(os.environ) - set(before):
            del os.environ[name]
        os.environ.update(before)


def _application(
    edition: Edition, site: Path, builder: str, complaints: io.StringIO, *, fresh: bool, settings: dict[str, Any]
) -> Sphinx:
    from sphinx.application import Sphinx

    site.mkdir(parents=True, exist_ok=True)
    app = Sphinx(
        srcdir=edition.book,
        confdir=None,
        outdir=site,
        doctreedir=edition.folder / ".doctrees",
        buildername=builder,
        confoverrides={**_sphinx_settings(edition), **settings},
        status=None,
        warning=complaints,
        freshenv=fresh,
        # sphinx_multitoc_numbering reads one chapter after another anyway
        parallel=1,
    )
    if any(getattr(part, "numbered", False) for part in _toc_parts(app)):
        app.setup_extension("sphinx_multitoc_numbering")
    return app


def _toc_parts(app: Sphinx) -> Iterator[Any]:
    site_map = app.config.external_site_map
    for document in site_map.values():
        yield from document.subtrees


def _sphinx_settings(edition: Edition) -> dict[str, Any]:
    from jupyter_book.config import get_final_config

    settings, _ = get_final_config(
        user_yaml=edition.book / "_config.yml",
        cli_config={"external_toc_path": edition.contents().as_posix(), "latex_individualpages": False},
        sourcedir=edition.book,
    )
    if settings.get("nb_execution_mode") == "cache" and not settings.get("nb_execution_cache_path"):
        # all editions show the same outputs
        settings["nb_execution_cache_path"] = str(cache_folder(edition.output / ".jupyter_cache"))
    # themes add to this list in place, and the default is one list for all builds of a process: the second would find
    # its settings changed and write every page
    return {**settings, "templates_path": list(settings.get("templates_path", []))}


def _outside(app: Sphinx, book: Path) -> list[Path]:
    files = {(book / name).resolve() for names in app.env.dependencies.values() for name in names}
    return sorted(file for file in files if not file.is_relative_to(book))


def _report(app: Sphinx, progress: Callable[[BuildProgress], None]) -> None:
    """Connect a reader of progress to the events of a build."""
    done = {"read": 0, "write": 0}
    total = {"read": 0, "write": 0}

    def ran(app: Sphinx, page: str, number: int, of: int) -> None:
        del app
        progress(BuildProgress("run", page, number, of))

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

    app.connect("qlearn-chapter-run", ran)
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
