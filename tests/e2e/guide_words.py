"""What the teacher guides say, and every text in a built site, both reduced to plain words so that they compare."""

from __future__ import annotations

import gzip
import html
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdf

BOOK = Path(__file__).parents[2] / "book"
GUIDES = sorted((BOOK / "teaching").glob("*.md"))
_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|<[^>]+>")
_BINARY = (".png", ".jpg", ".woff", ".woff2", ".ttf", ".eot", ".ico")
_SHORTEST_SENTENCE = 40


def plain(text: str) -> str:
    """Small letters and digits, single spaces."""
    return " ".join(
        re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKC", html.unescape(_MARKUP.sub(r" \1 ", text))).lower())
    )


def dense(text: str) -> str:
    """The same without spaces: a file of print has them where lines end, or has not."""
    return plain(text).replace(" ", "")


def sentences(guide: Path) -> list[str]:
    """Give a guide's lines of prose, one sentence a line as the house writes, with nothing in them that is computed."""
    lines = re.sub(r"```.*?```", "", guide.read_text("utf-8"), flags=re.DOTALL).splitlines()
    lines = [re.sub(r"^\s*(\d+\.|[-*])\s+", "", line) for line in lines]
    prose = [dense(line) for line in lines if not re.search(r"[$|{\\<]", line)]
    return [line for line in prose if len(line) > _SHORTEST_SENTENCE]


def own_words(guide: Path, others: str) -> set[str]:
    """Beginnings of words that a guide has and no other text: what a search index would betray it by."""
    known = {word[:6] for word in re.findall(r"[a-z]+", others.lower())}
    return {word[:6] for word in re.findall(r"[a-z]{7,}", guide.read_text("utf-8").lower())} - known


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every file under a folder with its text, opened where it is packed."""
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or file.suffix in _BINARY or "mathjax" in file.parts:
            continue
        name = file.relative_to(folder).as_posix()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                yield from (
                    (f"{name}/{part}", archive.read(part).decode("utf-8", "ignore")) for part in archive.namelist()
                )
        elif file.suffix == ".pdf":
            # a sign of the text's own would look like the beginning of a tag, and hide all up to the next sign
            yield name, "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages).replace("<", " ")
        elif file.suffix == ".inv":
            yield name, zlib.decompress(file.read_bytes().split(b"\n", 4)[4]).decode()
        else:
            data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
            yield name, data.decode("utf-8", "ignore").replace("\\n", "\n")
