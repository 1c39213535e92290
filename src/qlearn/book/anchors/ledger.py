"""Compare what the chapters compute with the reference values: one row a declaration."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from qlearn.book.anchors.declarations import Declaration, read_declarations
from qlearn.book.anchors.entries import ANCHORS_FILE, Anchor, PublishedFigure, read_anchors
from qlearn.book.anchors.expressions import evaluate
from qlearn.book.folder import chapter_files
from qlearn.errors import BookError

__all__ = ["Ledger", "Row", "book_ledger", "compare"]


@dataclass(frozen=True)
class Row:
    """An entry, the chapter that reproduces it and what it computes.

    Attributes
    ----------
    anchor : Anchor
        The entry.
    declaration : Declaration
        Chapter and expression.
    computed : tuple of float
        As many values as the entry has.
    """

    anchor: Anchor
    declaration: Declaration
    computed: tuple[float, ...]

    @property
    def within(self) -> tuple[bool, ...]:
        """Whether each computed value is within the entry's tolerance of the reference."""
        anchor = self.anchor
        # not a number is within nothing, since every comparison with it is false
        return tuple(
            abs(computed - reference) <= anchor.absolute + anchor.relative * abs(reference)
            for computed, reference in zip(self.computed, anchor.reference, strict=True)
        )

    def meets(self, figure: PublishedFigure) -> bool:
        """Whether the computed value is within the tolerance of a published figure of this entry."""
        return abs(self.computed[figure.index] - figure.value) <= figure.tolerance

    @property
    def agrees(self) -> bool:
        """All values agree with the reference and with every published figure."""
        return all(self.within) and all(map(self.meets, self.anchor.published))

    def as_json(self) -> dict[str, Any]:
        """Fields for a script: numbers as numbers, lists where the entry has several values."""
        anchor = self.anchor
        return {
            "id": anchor.id,
            "kind": anchor.kind.value,
            "quantity": anchor.quantity,
            "units": list(anchor.units),
            "source": anchor.source,
            "provenance": anchor.provenance,
            "chapter": self.declaration.chapter,
            "expression": self.declaration.expression,
            "reference": list(anchor.reference),
            "tolerance": {"abs": anchor.absolute, "rel": anchor.relative},
            "computed": list(self.computed),
            "within": list(self.within),
            "published": [{**asdict(figure), "agrees": self.meets(figure)} for figure in anchor.published],
            "agrees": self.agrees,
        }


@dataclass(frozen=True)
class Ledger:
    """All rows, in the order of the entries.

    Attributes
    ----------
    rows : tuple of Row
        One for each declaration.
    undeclared : tuple of str
        Ids of entries that no chapter declares.
    """

    rows: tuple[Row, ...]
    undeclared: tuple[str, ...]

    @property
    def disagreeing(self) -> tuple[Row, ...]:
        """Rows that are off."""
        return tuple(row for row in self.rows if not row.agrees)


def book_ledger(book: Path, anchors_file: Path = ANCHORS_FILE) -> Ledger:
    """Ledger of a book.

    Parameters
    ----------
    book : Path
        The book's folder.
    anchors_file : Path
        The entries; the package's own when left out.

    Returns
    -------
    Ledger
        Evaluated once for the same declarations and entries in one process.

    Raises
    ------
    BookError
        When the entries or a declaration cannot be used; the message names chapter and id.
    """
    return compare(read_declarations(book, chapter_files(book)), tuple(read_anchors(anchors_file).values()))


@lru_cache(maxsize=4)
def compare(declarations: tuple[Declaration, ...], anchors: tuple[Anchor, ...]) -> Ledger:
    """Evaluate declarations and set them beside their entries.

    Parameters
    ----------
    declarations : tuple of Declaration
        What the chapters say.
    anchors : tuple of Anchor
        The entries, in the order wanted.

    Returns
    -------
    Ledger
        Rows sorted by entry, then by chapter.

    Raises
    ------
    BookError
        When an id is unknown, an expression cannot be evaluated, or gives another number of values than its entry.
    """
    order = {anchor.id: place for place, anchor in enumerate(anchors)}
    for declaration in declarations:
        if declaration.anchor not in order:
            raise BookError(
                f"chapter {declaration.chapter} declares {declaration.anchor}, which anchors.json does not hold; "
                f"it holds {', '.join(order) or 'nothing'}"
            )
    ordered = sorted(declarations, key=lambda one: (order[one.anchor], one.chapter))
    rows = tuple(_row(declaration, anchors[order[declaration.anchor]]) for declaration in ordered)
    declared = {declaration.anchor for declaration in declarations}
    return Ledger(rows, tuple(name for name in order if name not in declared))


def _row(declaration: Declaration, anchor: Anchor) -> Row:
    call = " ".join(declaration.expression.split())
    name = f"chapter {declaration.chapter}, anchor {anchor.id} (`{call}`)"
    try:
        computed = tuple(map(float, evaluate(declaration.expression)))
    except BookError as error:
        raise BookError(f"{name}: {error}") from error
    if len(computed) != len(anchor.reference):
        raise BookError(f"{name} gives {len(computed)} values; the entry has {len(anchor.reference)}")
    return Row(anchor, declaration, computed)
