"""Serve a built book on this machine only, compressed, with Python's own HTTP server."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

from qlearn.book.compressed import accepts_gzip, entity_tag, gzipped, is_text
from qlearn.errors import BookError, HostError

__all__ = ["book_server"]


class BookHandler(SimpleHTTPRequestHandler):
    """Plain files, typed the same on every system, without a line of log for each."""

    # Windows reads types from its registry, where .js may be text/plain, which browsers refuse to run
    extensions_map: dict[str, str] = {  # noqa: RUF012 the base class calls it an instance's variable
        **SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css",
        ".html": "text/html; charset=utf-8",
        ".ipynb": "application/json",
        ".js": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".woff": "font/woff",
        ".woff2": "font/woff2",
    }

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Send one file's headers and give its bytes; a folder without its last slash and a missing file as ever."""
        name = self.translate_path(self.path)
        file = Path(name)
        if file.is_dir() and self.path.partition("?")[0].endswith("/"):
            file /= "index.html"
        elif name.endswith("/"):  # a file's name with a slash behind it names nothing
            return super().send_head()
        if not file.is_file():
            return super().send_head()
        return self._send_file(file, file.stat())

    def _send_file(self, file: Path, status: os.stat_result) -> io.BytesIO | None:
        content_type = self.guess_type(str(file))
        text = is_text(content_type)
        compressed = text and accepts_gzip(self.headers.get("Accept-Encoding"))
        tag = entity_tag(status, compressed=compressed)
        unchanged = self._is_known(tag, status)
        self.send_response(HTTPStatus.NOT_MODIFIED if unchanged else HTTPStatus.OK)
        self.send_header("ETag", tag)
        self.send_header("Last-Modified", self.date_time_string(status.st_mtime))
        if text:
            self.send_header("Vary", "Accept-Encoding")
        if unchanged:
            self.end_headers()
            return None
        body = gzipped(file, status) if compressed else file.read_bytes()
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def _is_known(self, tag: str, status: os.stat_result) -> bool:
        """Say whether the browser has these very bytes already; a tag decides before a date does."""
        known = self.headers.get("If-None-Match")
        if known is not None:
            return known.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in known.split(",")]
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", "")).timestamp()
        except ValueError:
            return False
        return int(status.st_mtime) <= since

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
