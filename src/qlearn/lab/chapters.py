"""Open a chapter of the book as a notebook in the JupyterLab that serves the book.

A page of the book asks `_static/qlearn/lab.js` whether JupyterLab is there. The file that the book is built with says
no; the one that is sent here says where to ask for a chapter. Opening copies the chapter's notebook into the folder
`chapters`, once: what a reader has written there stays.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import quote

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

__all__ = ["COPIES", "LabScriptHandler", "OpenChapterHandler", "copy_chapter"]

COPIES = "chapters"


def copy_chapter(book: Path, root: Path, name: str) -> str:
    """Copy a chapter's notebook to where JupyterLab may open it, unless it is there already.

    Parameters
    ----------
    book : pathlib.Path
        The built book's html folder.
    root : pathlib.Path
        The folder that JupyterLab shows.
    name : str
        Path of a notebook under `book`, such as `_notebooks/qkd/bb84.ipynb` or, in the Korean edition,
        `ko/_notebooks/qkd/bb84.ipynb`.

    Returns
    -------
    str
        Path of the copy under `root`, with slashes.

    Raises
    ------
    FileNotFoundError
        When the book has no such notebook; a file outside of it is none.
    OSError
        When the copy cannot be written.
    """
    source = (book / name).resolve()
    if source.suffix != ".ipynb" or not source.is_relative_to(book.resolve()) or not source.is_file():
        raise FileNotFoundError(f"the book has no notebook {name!r}")
    edition, _, chapter = source.relative_to(book.resolve()).as_posix().rpartition("_notebooks/")
    copy = Path(COPIES, edition, chapter)
    target = root / copy
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    return copy.as_posix()


class LabScriptHandler(JupyterHandler):
    """The script that tells the book's pages that they can be opened in JupyterLab."""

    @web.authenticated
    def get(self) -> None:
        """Send it, and the cookie without which nothing is opened."""
        self.xsrf_token  # noqa: B018 - reading it sets the cookie
        ours = url_path_join(self.base_url, "qlearn")
        lab = {"book": f"{ours}/book/", "open": f"{ours}/open/"}
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(f"window.qlearnLab = {json.dumps(lab)};\n")


class OpenChapterHandler(JupyterHandler):
    """Copy a chapter and lead to it; asked by a form of the book's own pages alone."""

    def initialize(self, book: str) -> None:
        """Take the built book's html folder; an empty name when there is none."""
        self.book = book

    @web.authenticated
    def post(self, name: str) -> None:
        """Copy one chapter and lead the browser to JupyterLab."""
        if not self.book:
            raise web.HTTPError(404, "there is no book here")
        try:
            copy = copy_chapter(Path(self.book), Path(self.settings["server_root_dir"]).expanduser(), name)
        except FileNotFoundError as error:
            raise web.HTTPError(404, str(error)) from error
        except OSError as error:
            raise web.HTTPError(500, f"the chapter cannot be copied: {error.strerror}") from error
        self.redirect(url_path_join(self.base_url, "lab", "tree", quote(copy)), status=303)
