"""A Jupyter server extension: the built book and its mathematics, on the server that runs JupyterLab.

`/qlearn/book/` serves the book's html folder to whoever holds the server's token, and its chapters may be opened in
JupyterLab; `/qlearn/mathjax/` serves the MathJax of this environment, for Formgrader's pages.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado import web

from qlearn.lab.chapters import LabScriptHandler, OpenChapterHandler
from qlearn.lab.formgrader import adapt_formgrader

__all__ = ["mathjax_folder"]

NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The book is not built yet</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;
color:#1b1b1b;background:#fff}</style></head>
<body><h1>The book is not built yet</h1>
<p>Run <code>qlearn book build</code> in a checkout of qlearn, then load this page again.
The server may stay on.</p>
</body></html>
"""


class FolderHandler(JupyterHandler, web.StaticFileHandler):
    """Files of one folder, for those who are logged in, and nothing outside it."""

    # tornado's decorator has a looser type than the methods it wraps
    @web.authenticated
    async def get(self, path: str, include_body: bool = True) -> None:  # type: ignore[override]
        """Send one file, or a folder's `index.html`."""
        await web.StaticFileHandler.get(self, path, include_body)

    @web.authenticated
    async def head(self, path: str) -> None:  # type: ignore[override]
        """Send one file's headers."""
        await web.StaticFileHandler.get(self, path, include_body=False)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Let through what lies in the folder after links are followed, which tornado checks only from 6.5.9 on."""
        allowed = super().validate_absolute_path(root, absolute_path)
        if allowed is not None and not Path(allowed).resolve().is_relative_to(Path(root).resolve()):
            raise web.HTTPError(403, "this file is outside the folder")
        return allowed

    def set_extra_headers(self, path: str) -> None:
        """Ask the browser to check for a newer file each time: a book is built again and again."""
        del path
        self.set_header("Cache-Control", "no-cache")


class BookHandler(FolderHandler):
    """The built book; before it is built, a page that says how to build it."""

    @web.authenticated
    async def get(self, path: str, include_body: bool = True) -> None:  # type: ignore[override]
        """Send one file of the book."""
        if self.root and (Path(self.root) / "index.html").is_file():
            await web.StaticFileHandler.get(self, path, include_body)
        else:
            self.set_status(404)
            await self.finish(NOT_BUILT)


def mathjax_folder() -> Path:
    """Give the folder of the MathJax that the pip package `sphinx-mathjax-offline` carries."""
    spec = importlib.util.find_spec("sphinx-mathjax-offline")
    locations = list(spec.submodule_search_locations or ()) if spec else []
    return Path(locations[0], "static", "mathjax") if locations else Path("mathjax-is-missing")


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    return [{"module": "qlearn.lab.pages"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    application = server.web_app
    prefix = url_path_join(application.settings["base_url"], "qlearn")
    book = {"path": server.config.QlearnPages.book, "default_filename": "index.html"}
    application.add_handlers(  # type: ignore[no-untyped-call]
        ".*$",
        [
            (f"{prefix}/book", web.RedirectHandler, {"url": f"{prefix}/book/"}),
            (rf"{prefix}/book/(?:\w+/)?_static/qlearn/lab\.js", LabScriptHandler),
            (f"{prefix}/book/(.*)", BookHandler, book),
            (f"{prefix}/open/(.*)", OpenChapterHandler, {"book": server.config.QlearnPages.book}),
            (f"{prefix}/mathjax/(.*)", FolderHandler, {"path": str(mathjax_folder())}),
        ],
    )
    adapt_formgrader(application.settings, mathjax_url=f"{prefix}/mathjax/tex-chtml.js")
