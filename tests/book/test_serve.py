import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qlearn.book.serve import book_server
from qlearn.errors import BookError, HostError


@pytest.fixture
def html(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("<p>photon</p>")
    (tmp_path / "host.js").write_text("1")
    return tmp_path


@contextmanager
def served(html: Path) -> Iterator[int]:
    with book_server(html, port=0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield int(server.server_address[1])
        server.shutdown()
        thread.join()


def fetch(port: int, path: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def test_pages_are_served_on_the_loopback_address(html: Path) -> None:
    with served(html) as port:
        answer, text = fetch(port, "/")
    assert text == b"<p>photon</p>"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_scripts_have_a_type_that_browsers_run(html: Path) -> None:
    with served(html) as port:
        answer, _ = fetch(port, "/host.js")
    assert answer.headers["Content-Type"] == "text/javascript"


def test_files_outside_the_book_are_not_served(html: Path) -> None:
    (html.parent / "secret.txt").write_text("no")
    with served(html) as port:
        for path in ("/../secret.txt", "/..%2fsecret.txt"):
            answer, _ = fetch(port, path)
            assert answer.status == 404


def test_a_port_in_use_is_named_with_a_way_out(html: Path) -> None:
    with book_server(html, port=0) as first:
        port = first.server_address[1]
        with (
            pytest.raises(HostError, match=f"port {port} is in use; choose another with --port"),
            book_server(html, port=port),
        ):
            pass


def test_a_folder_without_a_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="holds no built book; run: qlearn book build"), book_server(tmp_path):
        pass
