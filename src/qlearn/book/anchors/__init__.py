"""The anchor ledger: which reference values the chapters reproduce, with which call, and how well.

`entries` reads the reference values, `declarations` what the chapters' front matter says, `expressions` evaluates
that, `ledger` compares, `page` shows the result in the book.
"""

from qlearn.book.anchors.declarations import Declaration, read_declarations
from qlearn.book.anchors.entries import Anchor, Kind, PublishedFigure, read_anchors
from qlearn.book.anchors.ledger import Ledger, Row, book_ledger, compare

__all__ = [
    "Anchor",
    "Declaration",
    "Kind",
    "Ledger",
    "PublishedFigure",
    "Row",
    "book_ledger",
    "compare",
    "read_anchors",
    "read_declarations",
]
