"""Give each chapter as a notebook to download: the same code and prose, no outputs, made as its page is written."""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook

from qlearn.book.citations import names_and_year, reference_list
from qlearn.book.notebook_prose import References, readable
from qlearn.book.words import words_for

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["FOLDER", "connect", "make_notebook"]

FOLDER = "_notebooks"
_AS_SCRIPT = ".ipynb.js"
_HIDDEN_CODE = {"hide-input", "hide-cell", "remove-input", "remove-cell"}


def connect(app: Sphinx) -> None:
    """Register the writing of notebooks with their pages, and the removal of those whose chapter is gone."""
    # before the buttons are drawn
    app.connect("html-page-context", _write_notebook, priority=400)
    app.connect("build-finished", _remove_old)


def make_notebook(text: str, references: References, *, name: str = "", note: str = "") -> dict[str, Any]:
    """Make a notebook of a chapter.

    Parameters
    ----------
    text : str
        The chapter: a MyST Markdown notebook.
    references : References
        What its references stand for.
    name : str
        The chapter's name, from which the cells' identities are made.
    note : str
        Markdown for a cell behind the first; none when empty.

    Returns
    -------
    dict
        A notebook of format 4.5, valid, without outputs, and the same for the same text.
    """
    source = read_myst_markdown_notebook(text)
    cells: list[dict[str, Any]] = []
    for cell in source.cells:
        cells.extend(_code(cell, references) if cell.cell_type == "code" else _prose(cell.source, references))
    if note:
        cells.insert(min(1, len(cells)), _markdown(note))
    for number, cell in enumerate(cells):
        cell["id"] = hashlib.sha256(f"{name}\0{number}\0{cell['source']}".encode()).hexdigest()[:12]
    kernel = source.metadata.get("kernelspec", {})
    kernelspec = {
        "display_name": kernel.get("display_name", "Python 3"),
        "language": "python",
        "name": kernel.get("name", "python3"),
    }
    metadata = {"kernelspec": kernelspec, "language_info": {"name": "python"}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    nbformat.validate(notebook)
    return notebook


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def _prose(text: str, references: References) -> Iterable[dict[str, Any]]:
    text = readable(text, references)
    if text:
        yield _markdown(text)


def _code(cell: nbformat.NotebookNode, references: References) -> Iterable[dict[str, Any]]:
    tags = [str(tag) for tag in cell.metadata.get("tags", [])]
    metadata: dict[str, Any] = {"tags": tags} if tags else {}
    if _HIDDEN_CODE & set(tags):
        # JupyterLab folds the code as the page does
        metadata["jupyter"] = {"source_hidden": True}
    yield {"cell_type": "code", "execution_count": None, "metadata": metadata, "outputs": [], "source": cell.source}
    figure = cell.metadata.get("mystnb", {}).get("figure", {})
    caption = " ".join(readable(str(figure.get("caption", "")), references).split())
    if caption:
        number = references.number(str(figure.get("name", "")))
        yield _markdown(f"*{': '.join(filter(None, [number, caption]))}*")


def _write_notebook(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    del template
    if doctree is None or app.builder.name != "html":
        return
    text = Path(app.env.doc2path(page)).read_text(encoding="utf-8")
    if not is_myst_markdown_notebook(text) or "{code-cell}" not in text:
        return
    note = words_for(app.config.language)["notebook_note"]
    notebook = make_notebook(text, _references(app.env, page), name=page, note=note)
    path = f"{FOLDER}/{page}.ipynb"
    file = Path(app.outdir, path)
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    file.write_text(text, encoding="utf-8")
    # a page opened from disk may neither fetch a file nor save one under its name, but it may run a script
    file.with_suffix(_AS_SCRIPT).write_text(f"window.qlearnNotebook = {json.dumps(text)};\n", encoding="utf-8")
    context["qlearn_notebook"] = path


def _references(environment: BuildEnvironment, page: str) -> References:
    labels = environment.get_domain("std")

    def number(label: str) -> str | None:
        where, anchor = labels.anonlabels.get(label.lower(), ("", ""))  # type: ignore[attr-defined]
        for kind, found in environment.toc_fignumbers.get(where, {}).items():
            if anchor in found:
                form = environment.config.numfig_format.get(kind, "%s")
                return str(form.replace("%s", ".".join(map(str, found[anchor]))))
        return None

    def title(name: str) -> str | None:
        label = labels.labels.get(name.lower())  # type: ignore[attr-defined]
        if label is not None:
            return str(label[2])
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(page), name)).lstrip("/")
        found = environment.titles.get(beside)
        return found.astext() if found is not None else None

    return References(
        lambda keys: names_and_year(environment, keys), number, title, works=reference_list(environment, page)
    )


def _remove_old(app: Sphinx, failure: Exception | None) -> None:
    if failure is not None or app.builder.name != "html":
        return
    folder = Path(app.outdir, FOLDER)
    for file in list(folder.rglob("*.ipynb")):
        if file.relative_to(folder).with_suffix("").as_posix() not in app.env.found_docs:
            file.unlink()
            file.with_suffix(_AS_SCRIPT).unlink(missing_ok=True)
