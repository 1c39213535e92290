"""`qlearn anchors`: a table to read, a document for a script, an exit status for both."""

import json
import re
from pathlib import Path

import pytest

from qlearn.book.anchors import read_anchors
from qlearn.cli import main

RIGHT = "qkd.bb84.error_rate_threshold()"
WRONG = "qkd.bb84.error_rate_threshold(1.05)"


@pytest.fixture
def book(tmp_path: Path):
    for name in ("_config.yml", "_toc.yml"):
        (tmp_path / name).touch()

    def declaring(expression: str) -> Path:
        (tmp_path / "keys.md").write_text(f"---\nanchors:\n  K01: {expression}\n---\n# Keys\n")
        return tmp_path

    return declaring


def anchors(capsys, *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        main(["anchors", *map(str, arguments)])
    said = capsys.readouterr()
    return stopped.value.code, said.out, said.err


def test_the_table_shows_each_entry_and_all_agree(capsys) -> None:
    status, said, _ = anchors(capsys)
    assert status == 0
    for heading in ("id", "kind", "source", "reference", "published", "computed", "tolerance", "agreement"):
        assert heading in said.splitlines()[1]
    rows = read_anchors()
    assert all(f" {name} " in said for name in rows)
    agree = re.search(r"(\d+) of \1 agree\.", said)  # an entry has a row for each chapter that declares it
    assert agree is not None
    assert int(agree[1]) >= len(rows)
    assert "DISAGREES" not in said


def test_a_disagreement_is_named_with_its_chapter_and_exits_1(capsys, book) -> None:
    status, said, _ = anchors(capsys, "--source", book(WRONG))
    assert status == 1
    assert "DISAGREES" in said
    assert f"K01 disagrees: chapter keys computes it with {WRONG}" in said
    assert "0 of 1 agree." in said
    others = [name for name in read_anchors() if name != "K01"]
    assert f"Declared by no chapter: {', '.join(others)}" in said


@pytest.mark.parametrize(("expression", "agrees"), [(RIGHT, True), (WRONG, False)])
def test_a_script_gets_numbers_and_the_same_status(capsys, book, expression: str, agrees: bool) -> None:
    status, said, _ = anchors(capsys, "--json", "--source", book(expression))
    document = json.loads(said)
    (row,) = document["anchors"]
    assert (status, document["agree"], row["agrees"]) == (0 if agrees else 1, agrees, agrees)
    assert (row["id"], row["kind"], row["chapter"], row["expression"]) == ("K01", "published", "keys", expression)
    assert row["reference"] == list(read_anchors()["K01"].reference)
    assert row["computed"] == [pytest.approx(0.1100278644 if agrees else 0.1060238276, abs=1e-9)]
    assert [figure["agrees"] for figure in row["published"]] == [agrees]
    assert row["tolerance"] == {"abs": 1e-6, "rel": 0.0}


def test_a_typo_is_one_line_on_stderr_and_exits_2(capsys, book) -> None:
    status, said, complaint = anchors(capsys, "--source", book("qkd.bb84.thresold()"))
    assert (status, said) == (2, "")
    assert complaint.startswith("qlearn: chapter keys, anchor K01 (`qkd.bb84.thresold()`): it fails: AttributeError")
    assert len(complaint.strip().splitlines()) == 1
