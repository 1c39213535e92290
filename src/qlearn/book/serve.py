"""Serve a built book on this machine only, with Python's own HTTP server."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from qlearn.errors import BookError, HostError

__all__ = ["book_server"]


class BookHandler(SimpleHTTPRequestHandler):
    """Plain files, typed the same on every system, without a line of log for each."""

    # Windows reads types from its registry, where .js may be text/plain, which browsers refuse to run
    extensions_map: dict[str, str] = {  # noqa: RUF012 the base class calls it an instance's variable
        **SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".woff": "font/woff",
        ".woff2": "font/woff2",
    }

    def end_headers(self) -> None:
        """Let the browser ask again each time: the book may just have been rebuilt."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def book_server(html: Path, *, port: int = 8400, host: str = "127.0.0.1") -> Iterator[ThreadingHTTPServer]:
    """Open a server for a built book; `serve_forever` on it answers until it is shut down.

    Parameters
    ----------
    html : Path
        Folder that `build_book` returned.
    port : int
        Port to listen on; 0 takes any free one.
    host : str
        Address to listen on; the loopback address, which other machines cannot reach.

    Yields
    ------
    ThreadingHTTPServer
        Listening; `server_address` tells the address and port.

    Raises
    ------
    BookError
        When the folder holds no built book.
    HostError
        When the port is in use or not allowed.
    """
    if not (html / "index.html").is_file():
        raise BookError(f"{html} holds no built book; run: qlearn book build")
    try:
        server = ThreadingHTTPServer((host, port), partial(BookHandler, directory=str(html)))
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            state = "in use" if error.errno == errno.EADDRINUSE else "not allowed"
            raise HostError(f"port {port} is {state}; choose another with --port, or 0 for any free one") from error
        raise
    try:
        yield server
    finally:
        server.server_close()
