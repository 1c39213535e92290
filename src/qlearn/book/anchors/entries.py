"""Reference values with their sources: what `anchors.json` holds, read and checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from qlearn.errors import BookError

__all__ = ["ANCHORS_FILE", "Anchor", "Kind", "PublishedFigure", "read_anchors"]

ANCHORS_FILE = Path(__file__).parents[1] / "anchors.json"

_IDENTITY = "standard identity"


class Kind(StrEnum):
    """What an agreement with an entry is worth.

    PUBLISHED: figures that the source prints are known and compared, each within a tolerance of its own.
    IDENTITY: the value follows from a definition or a textbook identity; agreeing shows that the code is right.
    RECOMPUTED: the value was computed anew from the source's formula; no figure of the source is compared.
    """

    PUBLISHED = "published"
    IDENTITY = "identity"
    RECOMPUTED = "recomputed"


@dataclass(frozen=True)
class PublishedFigure:
    """A number as its source prints it.

    Attributes
    ----------
    value, tolerance : float
        The number and how far a computed value may be from it.
    index : int
        Which of the entry's values it is.
    where : str
        Where it was found, when that is not the source itself.
    """

    value: float
    tolerance: float
    index: int
    where: str


@dataclass(frozen=True)
class Anchor:
    """One entry: a quantity, its reference value or values, and where they come from.

    Attributes
    ----------
    id, area, quantity, formula, source, provenance : str
        As in the file; `provenance` says how the value is known.
    reference : tuple of float
        One value or several, in the units of `units`.
    units : tuple of str
        A unit for each value; empty where there is none.
    absolute, relative : float
        Tolerance; a computed value may be off by `absolute + relative * abs(reference)`.
    published : tuple of PublishedFigure
        Figures printed by the source; empty where none is known.
    """

    id: str
    area: str
    quantity: str
    formula: str
    source: str
    provenance: str
    reference: tuple[float, ...]
    units: tuple[str, ...]
    absolute: float
    relative: float
    published: tuple[PublishedFigure, ...]

    @property
    def kind(self) -> Kind:
        """Published where figures are filled in, identity where the provenance says so, recomputed otherwise."""
        if self.published:
            return Kind.PUBLISHED
        return Kind.IDENTITY if self.provenance.startswith(_IDENTITY) else Kind.RECOMPUTED


def read_anchors(file: Path = ANCHORS_FILE) -> dict[str, Anchor]:
    """Read the entries in use.

    Parameters
    ----------
    file : Path
        A JSON list of entries; the package's own when left out.

    Returns
    -------
    dict
        Id to entry, in the file's order.

    Raises
    ------
    BookError
        When the file cannot be read, an entry lacks a field, or an id stands there twice.
    """
    try:
        entries = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise BookError(f"{file.name} cannot be read ({error}); it must be a JSON list of entries") from error
    anchors: dict[str, Anchor] = {}
    for fields in entries:
        anchor = _anchor(fields, file.name)
        if anchor.id in anchors:
            raise BookError(f"{file.name} holds {anchor.id} twice; give one of them another id or remove it")
        anchors[anchor.id] = anchor
    return anchors


def _anchor(fields: Mapping[str, Any], file: str) -> Anchor:
    name = fields.get("id", "an entry without id")
    try:
        value = fields["value"]
        reference = tuple(map(float, value if isinstance(value, list) else [value]))
        tolerance = {"abs": 0.0, "rel": 0.0} | fields["tolerance"]
        anchor = Anchor(
            **{key: str(fields[key]) for key in ("id", "area", "quantity", "formula", "source", "provenance")},
            reference=reference,
            units=_units(fields["units"], len(reference)),
            absolute=float(tolerance["abs"]),
            relative=float(tolerance["rel"]),
            published=tuple(
                PublishedFigure(float(one["value"]), float(one["tol"]), int(one["index"]), str(one["where"]))
                for one in fields["published"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BookError(f"{file}: {name} is not in the form of an entry ({type(error).__name__}: {error})") from error
    if not (anchor.absolute > 0 or anchor.relative > 0):
        raise BookError(f"{file}: {name} has the tolerance {fields['tolerance']}; it needs abs or rel above 0")
    for figure in anchor.published:
        if not 0 <= figure.index < len(reference) or figure.tolerance <= 0:
            raise BookError(
                f"{file}: {name} has the published figure {figure.value:g} with index {figure.index} and tol "
                f"{figure.tolerance:g}; index must be one of its {len(reference)} values, from 0, and tol above 0"
            )
    return anchor


def _units(units: str, values: int) -> tuple[str, ...]:
    """Units of each value: `[1,bit]` names them one by one, anything else is the unit of all; 1 is none."""
    names = [name.strip() for name in units.strip("[]").split(",")] if units.startswith("[") else [units] * values
    if len(names) != values:
        names = [units] * values
    return tuple("" if name == "1" else name for name in names)
