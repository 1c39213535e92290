"""Honest work in odd files: encodings, formats and names that a student's editor or an upload form made."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat

from corpus.assignment import NOTEBOOK_OF, RIGHT
from corpus.case import Case, Desk

TITLE = "Odd files"

KOREAN = "# 평균을 구합니다\n"
PHYSICS = frozenset(test for test, name in NOTEBOOK_OF.items() if name == "physics")
ALL = frozenset(NOTEBOOK_OF)


def recoded(name: str, tries: str, encoding: str, **more: Any) -> Case:
    """Right answers with a Korean comment, saved in another encoding."""

    def place(_: Desk, folder: Path) -> None:
        path = folder / "physics.ipynb"
        path.write_bytes(path.read_text("utf-8").encode(encoding))

    return Case(name, tries, lambda desk: desk.type("mean", KOREAN + RIGHT["mean"]), place, **more)


def edited(name: str, tries: str, edit: Callable[[Any], None], **more: Any) -> Case:
    """Right answers in a physics notebook whose JSON is odd."""
    return Case(name, tries, lambda desk: edit(desk.notebooks["physics"]), **more)


def replaced(name: str, tries: str, content: bytes, **more: Any) -> Case:
    """Something else in the place of the physics notebook; the other one is right."""
    return Case(
        name,
        tries,
        place=lambda _, folder: (folder / "physics.ipynb").write_bytes(content) and None,
        deserved=dict.fromkeys(PHYSICS, 0.0),
        broken=True,
        attention=True,
        **more,
    )


def renamed(name: str, tries: str, new: str, **more: Any) -> Case:
    """A right notebook under another name."""

    def place(_: Desk, folder: Path) -> None:
        target = folder / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (folder / "physics.ipynb").rename(target)

    return Case(name, tries, place=place, **more)


def _each_cell(change: Callable[[dict[str, Any]], Any]) -> Callable[[Any], None]:
    def edit(notebook: Any) -> None:
        for cell in notebook["cells"]:
            change(cell)

    return edit


def _old_format(desk: Desk, folder: Path) -> None:
    node = nbformat.from_dict(desk.notebooks["physics"])
    old = nbformat.convert(node, 3)
    (folder / "physics.ipynb").write_text(json.dumps(old), encoding="utf-8")


def _lines(cell: dict[str, Any]) -> None:
    cell["source"] = cell["source"].splitlines(keepends=True)


def _minor(number: int) -> Callable[[Any], None]:
    def edit(notebook: Any) -> None:
        notebook["nbformat_minor"] = number
        for cell in notebook["cells"]:
            if number < 5:
                cell.pop("id", None)

    return edit


def _own_cell(source: Any) -> dict[str, Any]:
    return {"cell_type": "code", "id": "own", "source": source, "metadata": {}, "outputs": [], "execution_count": None}


CASES = [
    recoded("byte-order-mark", "UTF-8 with a byte order mark.", "utf-8-sig"),
    recoded("utf-16", "UTF-16 with a byte order mark.", "utf-16"),
    recoded("utf-16-le", "UTF-16, little-endian, without a mark.", "utf-16-le"),
    recoded("utf-16-be", "UTF-16, big-endian, without a mark.", "utf-16-be"),
    recoded("utf-32", "UTF-32.", "utf-32"),
    recoded("cp949", "The Korean Windows encoding.", "cp949"),
    recoded("euc-kr", "The Korean Unix encoding.", "euc-kr"),
    Case(
        "latin-1",
        "A German comment in Latin-1.",
        lambda desk: desk.type("mean", "# Für die Größe\n" + RIGHT["mean"]),
        lambda _, folder: (
            (folder / "physics.ipynb").write_bytes((folder / "physics.ipynb").read_text("utf-8").encode("latin-1"))
            and None
        ),
    ),
    edited(
        "windows-line-ends",
        "Every line ends as on Windows.",
        _each_cell(lambda cell: cell.update(source=cell["source"].replace("\n", "\r\n"))),
    ),
    edited("lines-as-list", "Sources as lists of lines.", _each_cell(_lines)),
    edited(
        "lone-surrogates",
        "An answer with half of an emoji in a comment.",
        lambda notebook: notebook["cells"].insert(3, _own_cell("# \ud83d cut here\nx = 1")),
    ),
    Case(
        "lone-surrogates-escaped",
        "The same, written as JSON escapes inside an answer.",
        lambda desk: desk.type("mean", "# \ud83d\n" + RIGHT["mean"]),
        lambda desk, folder: (
            (folder / "physics.ipynb").write_text(json.dumps(_with_mean(desk, "# \ud83d\n")), encoding="ascii") and None
        ),
    ),
    edited(
        "emoji-and-hangul",
        "Emoji and Korean names in an answer.",
        lambda notebook: notebook["cells"].insert(3, _own_cell("전압 = '⚡🙂'\nprint(전압)")),
    ),
    edited("cell-ids-missing", "No cell has an id.", _each_cell(lambda cell: cell.pop("id"))),
    edited("cell-ids-the-same", "All cells have the same id.", _each_cell(lambda cell: cell.update(id="same"))),
    edited(
        "cell-ids-strange", "Cell ids with spaces, and too long.", _each_cell(lambda cell: cell.update(id="a b " * 40))
    ),
    edited(
        "extra-keys",
        "Keys that the format does not know, in the notebook and in its cells.",
        lambda notebook: [
            notebook.update(colab={"a": 1}, extra=[1]),
            *[cell.update(extra=None, collapsed=True) for cell in notebook["cells"]],
        ][:0],
    ),
    edited(
        "numeric-source",
        "A cell of the student's own whose source is a number.",
        lambda notebook: notebook["cells"].insert(3, _own_cell(42)),
    ),
    edited(
        "null-source", "A cell whose source is null.", lambda notebook: notebook["cells"].insert(3, _own_cell(None))
    ),
    edited(
        "nested-source",
        "A cell whose source is a list of lists.",
        lambda notebook: notebook["cells"].insert(3, _own_cell([["x = 1"], 5, None])),
    ),
    edited(
        "outputs-missing",
        "Code cells without outputs and counts.",
        _each_cell(lambda cell: [cell.pop("outputs", None), cell.pop("execution_count", None)]),
    ),
    edited(
        "outputs-null",
        "Code cells whose outputs are null and whose counts are words.",
        _each_cell(lambda cell: cell["cell_type"] == "code" and cell.update(outputs=None, execution_count="one")),
    ),
    edited(
        "outputs-unknown",
        "Outputs of a kind that the format does not know.",
        _each_cell(
            lambda cell: (
                cell["cell_type"] == "code"
                and cell.update(outputs=[{"output_type": "hologram", "data": 5}, "text", None, {}])
            )
        ),
    ),
    edited(
        "outputs-stale-errors",
        "Stored errors and stderr of an earlier run in every cell.",
        _each_cell(
            lambda cell: (
                cell["cell_type"] == "code"
                and cell.update(
                    outputs=[
                        {"output_type": "error", "ename": "ValueError", "evalue": "old", "traceback": ["old"]},
                        {"output_type": "stream", "name": "stderr", "text": "old"},
                    ]
                )
            )
        ),
    ),
    edited(
        "outputs-20-mb",
        "Stored outputs of 20 MB.",
        lambda notebook: notebook["cells"][3].update(
            outputs=[{"output_type": "stream", "name": "stdout", "text": "x" * 20_000_000}]
        ),
    ),
    edited(
        "metadata-null",
        "A cell of the student's own whose metadata is null.",
        lambda notebook: notebook["cells"].insert(3, _own_cell("x = 1") | {"metadata": None}),
    ),
    edited(
        "attachments",
        "Attachments and tags in text cells.",
        lambda notebook: notebook["cells"][0].update(attachments={"a.png": {"image/png": "AAAA"}}),
    ),
    edited(
        "unknown-cell-type",
        "A cell of a type that does not exist.",
        lambda notebook: notebook["cells"].insert(
            3, {"cell_type": "sql", "id": "q", "source": "select", "metadata": {}}
        ),
    ),
    edited(
        "raw-and-heading-cells",
        "A raw cell and a heading cell of an old format.",
        lambda notebook: [
            notebook["cells"].insert(3, {"cell_type": "raw", "id": "r", "source": "raw", "metadata": {}}),
            notebook["cells"].insert(
                3, {"cell_type": "heading", "id": "h", "level": 1, "source": "Title", "metadata": {}}
            ),
        ][:0],
    ),
    edited(
        "cell-not-an-object",
        "A text and a null among the cells.",
        lambda notebook: notebook["cells"].extend(["text", None]),
    ),
    edited(
        "kernel-wrong",
        "The name of a kernel that is not installed.",
        lambda notebook: notebook["metadata"].update(
            kernelspec={"name": "my-env", "display_name": "My environment", "language": "python"}
        ),
    ),
    edited(
        "kernel-of-another-language",
        "A kernel for R in the metadata, and Python in the cells.",
        lambda notebook: notebook["metadata"].update(
            kernelspec={"name": "ir", "display_name": "R", "language": "R"}, language_info={"name": "R"}
        ),
    ),
    edited("kernel-missing", "No metadata at all.", lambda notebook: notebook.update(metadata={})),
    edited(
        "kernel-malformed",
        "A kernelspec that is a list, and null for the language.",
        lambda notebook: notebook["metadata"].update(kernelspec=[1, 2], language_info=None),
    ),
    edited("minor-0", "nbformat 4.0.", _minor(0)),
    edited("minor-4", "nbformat 4.4, without ids.", _minor(4)),
    edited("minor-99", "nbformat 4.99.", _minor(99)),
    Case("nbformat-3", "nbformat 3, as an old program saved it.", place=_old_format),
    edited("major-as-text", "The format's number as a text.", lambda notebook: notebook.update(nbformat="4")),
    Case(
        "json-nan",
        "NaN and infinity in the metadata, which JSON does not have.",
        lambda desk: desk.notebooks["physics"]["metadata"].update(a=float("nan"), b=float("inf")),
    ),
    Case(
        "json-huge-number",
        "A number of 3000 digits in the metadata.",
        lambda desk: desk.notebooks["physics"]["metadata"].update(a=10**3000),
    ),
    Case(
        "json-trailing-spaces",
        "White space and a line end after the JSON.",
        place=lambda _, folder: (
            (folder / "physics.ipynb").write_bytes(b"\n\n " + (folder / "physics.ipynb").read_bytes() + b" \n\n")
            and None
        ),
    ),
    replaced("truncated", "An upload that broke off in the middle.", b'{"cells": [{"cell_type": "code", "sou'),
    replaced("empty-file", "An empty file.", b""),
    replaced("only-spaces", "A megabyte of spaces.", b" " * 1_000_000),
    replaced(
        "web-page",
        "The web page of the notebook, not the notebook.",
        b"<!DOCTYPE html><html><body>Jupyter</body></html>",
    ),
    replaced("zip-archive", "A zip archive under a notebook's name.", b"PK\x03\x04" + bytes(range(256)) * 4),
    replaced("python-script", "A Python script under a notebook's name.", RIGHT["transmission"].encode()),
    replaced("json-list", "JSON that is no notebook: a list.", b"[1, 2, 3]"),
    replaced("json-other", "JSON that is no notebook: an object.", b'{"name": "mallory"}'),
    replaced("json-deep", "JSON nested a hundred thousand deep.", b"[" * 100_000 + b"]" * 100_000),
    replaced("random-bytes", "Bytes in no encoding.", bytes(range(256)) * 100),
    replaced(
        "60-mb-of-zeros",
        "A notebook with 60 MB of text in one cell.",
        b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "raw", "id": "a", '
        b'"metadata": {}, "source": "' + b"x" * 60_000_000 + b'"}]}',
    ),
    renamed("browser-copy-name", "Renamed by a browser: physics (1).ipynb.", "physics (1).ipynb"),
    renamed("korean-name", "A Korean name, composed.", "물리_과제.ipynb"),
    renamed(
        "korean-name-decomposed",
        "A Korean name as macOS writes it, decomposed.",
        unicodedata.normalize("NFD", "물리_과제.ipynb"),
    ),
    renamed("upper-case-name", "The name in capitals.", "PHYSICS.IPYNB"),
    renamed("name-with-id", "A learning platform's prefix with student number and name.", "s01_김민지_physics-2.ipynb"),
    renamed("json-name", "The ending .ipynb.json, added by a mail program.", "physics.ipynb.json"),
    renamed("in-a-subfolder", "In a folder of its own, as an archive unpacks.", "my work/physics.ipynb"),
    renamed("line-end-in-name", "A line end and quotes in the name.", "phy\n'sics\".ipynb"),
    Case(
        "both-names-swapped",
        "Two notebooks under each other's names.",
        place=lambda _, folder: _swap(folder),
    ),
    Case(
        "copy-beside-it",
        "An untouched copy beside the worked notebook, under a copy's name.",
        place=lambda desk, folder: (
            (folder / "physics-Copy1.ipynb").write_text(json.dumps(desk.released["physics"]), encoding="utf-8") and None
        ),
    ),
    Case(
        "checkpoints-beside-it",
        "JupyterLab's checkpoints and a Mac's hidden files beside the notebooks.",
        place=lambda desk, folder: [
            _put(folder / ".ipynb_checkpoints" / "physics-checkpoint.ipynb", json.dumps(desk.released["physics"])),
            _put(folder / "._physics.ipynb", "Mac OS X"),
            _put(folder / ".DS_Store", "x"),
            _put(folder / "Thumbs.db", "x"),
        ][:0],
    ),
]


def _with_mean(desk: Desk, comment: str) -> Any:
    desk.type("mean", comment + RIGHT["mean"])
    return desk.notebooks["physics"]


def _swap(folder: Path) -> None:
    (folder / "physics.ipynb").rename(folder / "x")
    (folder / "words.ipynb").rename(folder / "physics.ipynb")
    (folder / "x").rename(folder / "words.ipynb")


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
