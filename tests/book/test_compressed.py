import gzip
from pathlib import Path

import pytest

from qlearn.book.compressed import accepts_gzip, gzipped, is_text


@pytest.mark.parametrize(
    "header", ["gzip", "gzip, deflate, br", "br;q=1.0, GZIP;q=0.8", "*", "identity, *;q=0.1", "deflate , gzip ; q=0.5"]
)
def test_a_browser_that_names_gzip_gets_it(header: str) -> None:
    assert accepts_gzip(header)


@pytest.mark.parametrize("header", [None, "", "br", "gzip;q=0", "*;q=1, gzip;q=0.000", "gzip;q=much", "x-gzip-not"])
def test_a_browser_that_does_not_name_gzip_or_refuses_it_gets_plain_bytes(header: str | None) -> None:
    assert not accepts_gzip(header)


@pytest.mark.parametrize(
    ("kind", "text"),
    [("text/html; charset=utf-8", True), ("image/svg+xml", True), ("image/png", False), ("font/woff2", False)],
)
def test_only_what_shrinks_is_compressed(kind: str, text: bool) -> None:
    assert is_text(kind) == text


def test_a_file_is_compressed_once_until_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("photon " * 500)
    first = gzipped(file, file.stat())
    assert gzip.decompress(first) == file.read_bytes()
    assert gzipped(file, file.stat()) is first
    file.write_text("electron " * 500)
    assert gzip.decompress(gzipped(file, file.stat())) == file.read_bytes()
