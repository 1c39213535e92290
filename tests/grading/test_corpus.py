"""Our own corpus of hostile and odd hand-ins, each against what it deserves, through the engine and its sandbox.

The same cases run against stock nbgrader with `make corpus-stock`, never here: it has no walls of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus import run_stock, stock_inside
from corpus.assignment import POINTS
from corpus.case import Case
from corpus.cases import CASES, GROUPS
from corpus.run_ours import Bench
from corpus.table import PAGE, make_tables, newest, page_with_tables
from qlearn.grading.report import Outcome

FEWEST = 120


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with Bench(tmp_path_factory.mktemp("corpus")) as bench:
        yield bench


def _sentence(case: Case) -> str:
    return f"{case.name}: {case.tries}"


def test_the_corpus_is_large_and_every_case_has_a_name_of_its_own() -> None:
    assert sum(map(len, GROUPS.values())) == len(CASES) >= FEWEST


@pytest.mark.parametrize("case", CASES.values(), ids=_sentence)
def test_a_hand_in_gets_what_it_deserves_and_the_host_stays_whole(bench: Bench, case: Case) -> None:
    seen, faults = bench.run(case)
    assert not faults, f"{case.tries} {seen.ending}: {seen.reason}"
    if case.attention:
        assert seen.ending in (Outcome.NEEDS_ATTENTION.value, Outcome.BROKEN.value)
        assert seen.reason


def test_an_honest_student_after_all_of_them_gets_full_marks(bench: Bench) -> None:
    assert bench.is_unharmed() == []


def test_the_page_for_teachers_shows_the_tables_of_the_committed_runs() -> None:
    page = PAGE.read_text("utf-8")
    assert make_tables() in page
    assert page == page_with_tables(page)


@pytest.mark.parametrize("grader", ["stock", "ours"])
def test_a_committed_run_has_all_cases_with_what_they_deserve(grader: str) -> None:
    lines = {line["case"]: line for line in newest(grader)["cases"]}
    assert lines.keys() == CASES.keys()
    for name, line in lines.items():
        assert line["deserved"] == {test: CASES[name].points(test) for test in POINTS}, name


def test_stock_nbgrader_meets_the_corpus_in_a_cage_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("corpus.cage.shutil.which", lambda _: None)
    assert run_stock.main(["reference"]) == 2
    assert "nothing was run" in capsys.readouterr().err


def test_the_program_inside_the_cage_does_nothing_outside() -> None:
    with pytest.raises(SystemExit, match="inside the cage only"):
        stock_inside.main()
