"""The anchor ledger: what the chapters declare agrees, and what they must not declare is refused in one clear line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qlearn.book.anchors import Kind, book_ledger, read_anchors, read_declarations
from qlearn.book.anchors.entries import ANCHORS_FILE
from qlearn.book.folder import chapter_files, find_book
from qlearn.errors import BookError

HOUSE = Path(__file__).parents[2]
DECLARATIONS = read_declarations(HOUSE / "book", chapter_files(HOUSE / "book"))
# the reference list lies beside a checkout, and not everybody has it
REFERENCE_LIST = HOUSE.parent / "shared" / "reference.json"


def entry(**fields: Any) -> dict[str, Any]:
    usual = {
        "id": "K04",
        "area": "qkd",
        "quantity": "error rate",
        "formula": "f/4",
        "units": "1",
        "value": 0.25,
        "tolerance": {"rel": 1e-9},
        "source": "somebody 1984",
        "published": [],
        "provenance": "standard identity, derived",
    }
    return usual | fields


@pytest.fixture
def make_book(tmp_path: Path):
    """A book of one chapter with this front matter, and the entries to compare it with."""

    def make(front: str, *entries: dict[str, Any]) -> tuple[Path, Path]:
        (tmp_path / "qkd").mkdir()
        (tmp_path / "qkd" / "eve.md").write_text(f"---\n{front}\n---\n# Eve\n", encoding="utf-8")
        (tmp_path / "index.md").write_text("# Home\n\nOur anchors:\n\n---\nanchors: none\n---\n", encoding="utf-8")
        anchors = tmp_path / "anchors.json"
        anchors.write_text(json.dumps(list(entries)), encoding="utf-8")
        return tmp_path, anchors

    return make


def differing(entries: list[dict[str, Any]], reference: list[dict[str, Any]]) -> list[str]:
    """Ids of entries that the reference list has too, but with other contents."""
    listed = {one["id"]: one for one in reference}
    return [one["id"] for one in entries if one["id"] in listed and listed[one["id"]] != one]


@pytest.mark.parametrize("declaration", DECLARATIONS, ids=lambda one: f"{one.chapter}-{one.anchor}")
def test_a_chapter_reproduces_what_it_declares(declaration) -> None:
    rows = [row for row in book_ledger(find_book()).rows if row.declaration == declaration]
    assert [row.agrees for row in rows] == [True], rows


def test_every_entry_is_declared_by_a_chapter_and_the_other_way_round() -> None:
    assert {one.anchor for one in DECLARATIONS} == set(read_anchors())


def test_our_entries_are_those_of_the_reference_list() -> None:
    entries = json.loads(ANCHORS_FILE.read_text("utf-8"))
    # a checkout without the list beside it compares the entries with themselves
    reference = json.loads((REFERENCE_LIST if REFERENCE_LIST.is_file() else ANCHORS_FILE).read_text("utf-8"))
    assert differing(entries, reference) == []


def test_an_entry_that_was_changed_is_found_by_that_comparison() -> None:
    reference = [entry(id="K01"), entry(id="K04")]
    assert differing([entry(id="K04", value=0.26), entry(id="P-own")], reference) == ["K04"]
    assert differing([entry(id="K01", tolerance={"rel": 1e-3})], reference) == ["K01"]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"provenance": "standard identity, derived and recomputed by independent routes"}, Kind.IDENTITY),
        ({"provenance": "from memory, recomputed"}, Kind.RECOMPUTED),
        ({"published": [{"value": 0.3, "tol": 0.1, "index": 0, "where": ""}]}, Kind.PUBLISHED),
    ],
)
def test_the_kind_follows_from_published_and_provenance(make_book, fields: dict[str, Any], kind: Kind) -> None:
    _, anchors = make_book("", entry(**fields))
    assert read_anchors(anchors)["K04"].kind is kind


@pytest.mark.parametrize(
    ("front", "value"),
    [
        ("anchors:\n  K04: qkd.bb84.intercept_resend_error_rate(1.0)", 0.25),
        ("anchors:\n  K04: qkd.bb84.intercept_resend_error_rate(pi / pi) * 2", 0.5),
        ("anchors: {K04: 'qkd.intercept_resend.intercept_resend_error_rate(np.sqrt(0.16))'}", 0.1),
        ("anchors:\n  K04: [qkd.bb84.intercept_resend_error_rate(f) for f in (0.4, 1.0)]", [0.1, 0.25]),
        ("anchors:\n  K04: |\n    [\n      *qkd.bb84.detection_probability([1, 2]),\n    ]", [0.25, 0.4375]),
        ("title: x\nanchors:\n  K04: qkd.bb84.detection_probability([1, 2, 3])[1:]", [0.4375, 0.578125]),
    ],
)
def test_an_expression_may_be_written_in_these_ways(make_book, front: str, value: Any) -> None:
    book, anchors = make_book(front, entry(value=value))
    ledger = book_ledger(book, anchors)
    (row,) = ledger.rows
    assert row.agrees
    assert row.declaration.chapter == "qkd/eve"
    assert ledger.undeclared == ()


@pytest.mark.parametrize(
    ("expression", "complaint"),
    [
        ("qkd.bb84.error_rat()", "it fails: AttributeError: .*no attribute 'error_rat'"),
        ("qdk.bb84.gain(1)", r"the name qdk is unknown; allowed are np, pi and the modules .*qkd"),
        ("open('/etc/passwd')", "the name open is unknown"),
        ("0.25", "it calls nothing of qlearn.physics"),
        ("np.float64(0.25)", "it calls nothing of qlearn.physics"),
        ("qkd.__builtins__", "it uses the private name __builtins__"),
        ("qkd.bb84.gain(", "it is no Python expression"),
        ("(lambda: qkd.bb84.gain(1))()", "it holds a Lambda; calls, lists and arithmetic are allowed"),
        ("qkd.bb84.intercept_resend_error_rate(2.0)", "it fails: ParameterError: "),
        ("qkd.bb84.signal_state", "it gives <function signal_state"),
        ("qkd.bb84.gain(1) * 1j", "it gives .*1j.*; real numbers are allowed"),
        ("qkd.bb84.gain(1) * np.inf", "it gives .*inf.*; finite numbers are allowed"),
        ("qkd.bb84.detection_probability([1, 2])", "gives 2 values; the entry has 1"),
    ],
)
def test_a_broken_expression_is_named_with_chapter_and_id(make_book, expression: str, complaint: str) -> None:
    book, anchors = make_book(f"anchors:\n  K04: |\n    {expression}", entry())
    with pytest.raises(BookError, match=rf"^chapter qkd/eve, anchor K04 \(`.*`\)(:| ){{1,2}}{complaint}") as told:
        book_ledger(book, anchors)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("front", "complaint"),
    [
        ("anchors:\n  K99: qkd.bb84.gain(1)", "chapter qkd/eve declares K99, which anchors.json does not hold; .*K04"),
        ("anchors:\n  K04: qkd.a()\n  K04: qkd.b()", "chapter qkd/eve declares K04 twice; remove one"),
        ("anchors: [K04]", "chapter qkd/eve: its `anchors` are no mapping; write `anchors:` and under it"),
        ("anchors:\n  K04: [a[0], 1]", "chapter qkd/eve: its front matter is no YAML: "),
    ],
)
def test_a_broken_declaration_says_what_is_wrong(make_book, front: str, complaint: str) -> None:
    book, anchors = make_book(front, entry())
    with pytest.raises(BookError, match=complaint):
        book_ledger(book, anchors)


@pytest.mark.parametrize(
    ("fields", "within", "agrees"),
    [
        ({"value": 0.2504, "tolerance": {"abs": 5e-4}}, True, True),
        ({"value": 0.2506, "tolerance": {"abs": 5e-4}}, False, False),
        ({"value": 0.2506, "tolerance": {"rel": 5e-3}}, True, True),
        ({"published": [{"value": 0.2, "tol": 0.01, "index": 0, "where": ""}]}, True, False),
        ({"published": [{"value": 0.2, "tol": 0.06, "index": 0, "where": ""}]}, True, True),
    ],
)
def test_agreement_is_within_the_tolerance_of_reference_and_published_figure(
    make_book, fields: dict[str, Any], within: bool, agrees: bool
) -> None:
    book, anchors = make_book("anchors:\n  K04: qkd.bb84.intercept_resend_error_rate(1.0)", entry(**fields))
    (row,) = book_ledger(book, anchors).rows
    assert (row.within, row.agrees) == ((within,), agrees)


@pytest.mark.parametrize("wrong", [0, 1])
def test_a_list_is_compared_value_by_value(make_book, wrong: int) -> None:
    values = [0.25, 0.4375]
    values[wrong] += 1e-3
    book, anchors = make_book(
        "anchors:\n  K04: qkd.bb84.detection_probability([1, 2])", entry(value=values, tolerance={"abs": 1e-4})
    )
    (row,) = book_ledger(book, anchors).rows
    assert [place for place, right in enumerate(row.within) if not right] == [wrong]
    assert not row.agrees


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"tolerance": {}}, r"anchors\.json: K04 has the tolerance {}; it needs abs or rel above 0"),
        ({"value": "a quarter"}, r"K04 is not in the form of an entry \(ValueError"),
        (
            {"published": [{"value": 0.2, "tol": 0.1, "index": 1, "where": ""}]},
            "published figure 0.2 with index 1 .* one of its 1 values",
        ),
    ],
)
def test_a_broken_entry_is_named(make_book, fields: dict[str, Any], complaint: str) -> None:
    book, anchors = make_book("", entry(**fields))
    with pytest.raises(BookError, match=complaint):
        book_ledger(book, anchors)


def test_an_entry_that_stands_there_twice_or_no_list_at_all_is_refused(make_book, tmp_path: Path) -> None:
    _, anchors = make_book("", entry(), entry())
    with pytest.raises(BookError, match=r"anchors\.json holds K04 twice"):
        read_anchors(anchors)
    with pytest.raises(BookError, match=r"nothing\.json cannot be read"):
        read_anchors(tmp_path / "nothing.json")


def test_an_entry_that_no_chapter_declares_is_told(make_book) -> None:
    book, anchors = make_book("title: nothing declared", entry())
    assert book_ledger(book, anchors).undeclared == ("K04",)
