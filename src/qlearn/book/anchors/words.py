"""The ledger's numbers and words as a reader sees them, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping

from qlearn.book.anchors.entries import Anchor, Kind
from qlearn.book.anchors.ledger import Row

__all__ = ["agreements", "computed", "number", "published", "references", "tolerance", "units", "words_for"]

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "caption": "Reference values and what the chapters compute",
        "entry": "Entry",
        "kind": "Kind",
        "source": "Source",
        "reference": "Reference",
        "published": "Published",
        "computed": "Computed",
        "tolerance": "Tolerance",
        "agreement": "Agreement",
        "yes": "agrees",
        "no": "DISAGREES",
        "yes-published": "agrees with both",
        "no-published": "NOT with the published figure",
        "none": "none",
        "unit": "unit: {unit}",
        "relative": "\N{MULTIPLICATION SIGN} the reference",
        "published-kind": "published",
        "identity-kind": "identity",
        "recomputed-kind": "recomputed",
    },
    "ko": {
        "caption": "기준값과 각 장이 계산한 값",
        "entry": "항목",
        "kind": "종류",
        "source": "출처",
        "reference": "기준값",
        "published": "발표된 값",
        "computed": "계산값",
        "tolerance": "허용 오차",
        "agreement": "일치 여부",
        "yes": "일치",
        "no": "불일치",
        "yes-published": "두 값과 모두 일치",
        "no-published": "발표된 값과 불일치",
        "none": "없음",
        "unit": "단위: {unit}",
        "relative": "\N{MULTIPLICATION SIGN} 기준값",
        "published-kind": "발표값",
        "identity-kind": "항등식",
        "recomputed-kind": "재계산",
    },
}


def words_for(language: str | None) -> Mapping[str, str]:
    """Words in a language, such as `ko` or `ko-KR`; English where there are none in that language."""
    return _WORDS.get((language or "en")[:2], _WORDS["en"])


def number(value: float) -> str:
    """Ten digits, as the reference list has them, without trailing zeros."""
    return f"{value:.10g}"


def references(anchor: Anchor) -> list[str]:
    """Reference values."""
    return [number(value) for value in anchor.reference]


def units(anchor: Anchor) -> str:
    """Unit of all values, or one for each where they differ; empty where they have none."""
    if len(set(anchor.units)) == 1:
        return anchor.units[0]
    return ", ".join(unit or "1" for unit in anchor.units)


def computed(row: Row) -> list[str]:
    """Computed values."""
    return [number(value) for value in row.computed]


def tolerance(anchor: Anchor, words: Mapping[str, str]) -> str:
    """How far a computed value may be off."""
    parts = [f"{anchor.absolute:g}"] if anchor.absolute else []
    if anchor.relative:
        parts.append(f"{anchor.relative:g} {words['relative']}")
    return "± " + " + ".join(parts)


def published(row: Row, words: Mapping[str, str]) -> list[str]:
    """Published figures with their tolerances, one text for each value of the entry."""
    texts = [words["none"]] * len(row.computed)
    for figure in row.anchor.published:
        where = f" ({figure.where})" if figure.where else ""
        texts[figure.index] = f"{number(figure.value)} ± {figure.tolerance:g}{where}"
    return texts if row.anchor.kind is Kind.PUBLISHED else [words["none"]]


def agreements(row: Row, words: Mapping[str, str]) -> list[str]:
    """Say for each value whether it agrees with the reference, and with the published figure where there is one."""
    texts = [words["yes"] if right else words["no"] for right in row.within]
    for figure in row.anchor.published:
        if row.within[figure.index]:
            texts[figure.index] = words["yes-published" if row.meets(figure) else "no-published"]
    return texts
