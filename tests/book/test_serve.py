import gzip
import http.client
import os
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


def fetch(port: int, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
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


def test_text_is_sent_gzipped_to_those_who_take_it_and_plain_to_others(html: Path) -> None:
    text = b"1;" * 4000
    (html / "host.js").write_bytes(text)
    with served(html) as port:
        small, body = fetch(port, "/host.js", Accept_Encoding="gzip, br")
        plain, whole = fetch(port, "/host.js")
    assert (small.headers["Content-Encoding"], plain.headers["Content-Encoding"]) == ("gzip", None)
    assert gzip.decompress(body) == whole == text
    assert len(body) == int(small.headers["Content-Length"]) < len(text) / 20
    assert small.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert small.headers["ETag"] != plain.headers["ETag"]


def test_what_is_compressed_already_is_sent_as_it_is(html: Path) -> None:
    (html / "picture.png").write_bytes(b"\x89PNG" * 1000)
    with served(html) as port:
        answer, body = fetch(port, "/picture.png", Accept_Encoding="gzip")
    assert body == b"\x89PNG" * 1000
    assert answer.headers["Content-Encoding"] is None
    assert answer.headers["Vary"] is None


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_page_the_browser_has_is_not_sent_again_until_it_changes(html: Path, encoding: str) -> None:
    with served(html) as port:
        first, _ = fetch(port, "/", Accept_Encoding=encoding)
        tag = first.headers["ETag"]
        again, nothing = fetch(port, "/", Accept_Encoding=encoding, If_None_Match=f'"old", W/{tag}')
        assert (again.status, nothing, again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Vary"] == "Accept-Encoding"
        dated, _ = fetch(port, "/", If_Modified_Since=first.headers["Last-Modified"])
        assert dated.status == 304
        (html / "index.html").write_text("<p>electron</p>")
        changed, _ = fetch(port, "/", Accept_Encoding=encoding, If_None_Match=tag)
        assert changed.status == 200


def test_the_tag_of_the_plain_bytes_does_not_stand_for_the_compressed_ones(html: Path) -> None:
    with served(html) as port:
        plain, _ = fetch(port, "/")
        answer, body = fetch(port, "/", Accept_Encoding="gzip", If_None_Match=plain.headers["ETag"])
    assert answer.status == 200
    assert gzip.decompress(body) == b"<p>photon</p>"


def test_an_older_date_or_a_broken_one_gets_the_page(html: Path) -> None:
    os.utime(html / "index.html", (1_700_000_000, 1_700_000_000))
    with served(html) as port:
        for date in ("Mon, 13 Nov 2023 00:00:00 GMT", "yesterday"):
            assert fetch(port, "/", If_Modified_Since=date)[0].status == 200


def test_head_tells_the_size_and_sends_nothing(html: Path) -> None:
    with served(html) as port:
        answer, body = fetch(port, "/", "HEAD", Accept_Encoding="gzip")
        whole, bytes_sent = fetch(port, "/", Accept_Encoding="gzip")
    assert body == b""
    assert answer.headers["Content-Length"] == whole.headers["Content-Length"] == str(len(bytes_sent))


def test_a_folder_leads_to_its_first_page_and_a_file_is_no_folder(html: Path) -> None:
    (html / "qkd").mkdir()
    (html / "qkd" / "index.html").write_text("inside")
    with served(html) as port:
        answer, _ = fetch(port, "/qkd?a=b")
        assert (answer.status, answer.headers["Location"]) == (301, "/qkd/?a=b")
        assert fetch(port, "/qkd/")[1] == b"inside"
        assert fetch(port, "/host.js/")[0].status == 404
        assert fetch(port, "/nothing.html")[0].status == 404


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
