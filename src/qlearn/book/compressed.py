"""Send text over HTTP gzipped: who accepts it, what is worth it, and each file compressed once."""

from __future__ import annotations

import gzip
import os
from functools import lru_cache
from pathlib import Path

__all__ = ["accepts_gzip", "entity_tag", "gzipped", "is_text"]

# pictures, fonts in woff and archives are compressed already
_TEXT_TYPES = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml", "font/ttf")
_FILES_KEPT = 256


def accepts_gzip(header: str | None) -> bool:
    """Say whether a request's `Accept-Encoding` allows gzip.

    Parameters
    ----------
    header : str or None
        The header's value, such as `gzip, deflate;q=0.5`; None when the request has none.

    Returns
    -------
    bool
        True when gzip, or else `*`, is named with a weight above zero.
    """
    weights: dict[str, float] = {}
    for entry in (header or "").lower().split(","):
        coding, _, weight = entry.partition(";")
        try:
            weights[coding.strip()] = float(weight.partition("=")[2]) if weight.strip() else 1.0
        except ValueError:
            weights[coding.strip()] = 0.0
    return weights.get("gzip", weights.get("*", 0.0)) > 0.0


def is_text(content_type: str) -> bool:
    """Say whether files of a media type become much smaller with gzip."""
    return content_type.startswith(_TEXT_TYPES)


def entity_tag(status: os.stat_result, *, compressed: bool) -> str:
    """Tag of one file's bytes as they are sent; the compressed bytes are others, so their tag is another.

    Parameters
    ----------
    status : os.stat_result
        Of the file.
    compressed : bool
        Whether the bytes are sent gzipped.

    Returns
    -------
    str
        A strong tag with its quotation marks.
    """
    return f'"{status.st_mtime_ns:x}-{status.st_size:x}{"-gzip" if compressed else ""}"'


def gzipped(file: Path, status: os.stat_result) -> bytes:
    """Bytes of a file, compressed; the same file at the same state is compressed once.

    Parameters
    ----------
    file : Path
        A file that exists.
    status : os.stat_result
        Its present state.

    Returns
    -------
    bytes
        A gzip stream, the same for the same bytes.
    """
    return _gzipped(file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=_FILES_KEPT)
def _gzipped(file: Path, changed: int, size: int) -> bytes:
    del changed, size  # they are the state that the cache goes by
    return gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)
