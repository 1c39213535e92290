import json
import unicodedata
from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.coin import ASSIGNMENT, PLAN, as_json, cell, hand_in, honest_cells, submitted
from qlearn.errors import SubmissionError
from qlearn.grading import hand_in as hand_in_module
from qlearn.grading import stranger
from qlearn.grading.autograded import assemble
from qlearn.grading.hand_in import Matched, match_notebooks
from qlearn.grading.outcome import NotebookOutcome
from qlearn.grading.plan import AssignmentPlan, NotebookPlan, PlannedCell, Role
from qlearn.grading.schedule import make_schedule

KOREAN = [*honest_cells(), cell("# 동전을 던지면 앞면이 나올까요? \u2018네\u2019…")]


def match(*files: tuple[str, bytes | str]) -> Matched:
    return match_notebooks(ASSIGNMENT, hand_in(*files))


def sources(matched: Matched) -> list[str]:
    return [cell.source for cell in matched.notebooks["coin"].cells]


def _old_format() -> str:
    sheet = []
    for new in honest_cells():
        old = {"cell_type": new["cell_type"], "metadata": new["metadata"]}
        if new["cell_type"] == "code":
            sheet.append(old | {"input": new["source"], "language": "python", "outputs": [], "prompt_number": 1})
        else:
            sheet.append(old | {"source": new["source"].removeprefix("# ")})
    sheet[0] |= {"cell_type": "heading", "level": 1}
    return json.dumps({"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": sheet}]})


def _without(key: str) -> str:
    content = json.loads(as_json())
    del content[key]
    return json.dumps(content)


HARMLESS: dict[str, bytes | str] = {
    "as it was": as_json(),
    "UTF-8 with a byte order mark": as_json().encode("utf-8-sig"),
    "UTF-16": as_json().encode("utf-16"),
    "UTF-16, little end first": b"\xff\xfe" + as_json().encode("utf-16-le"),
    "UTF-16, big end first": b"\xfe\xff" + as_json().encode("utf-16-be"),
    "UTF-16 without a mark": as_json().encode("utf-16-le"),
    "UTF-32": as_json().encode("utf-32"),
    "blanks and zeros at the end": as_json() + "\n\n\0\0",
    "Windows line ends": as_json([one | {"source": one["source"].replace("\n", "\r\n")} for one in honest_cells()]),
    "lines in lists": as_json([one | {"source": one["source"].splitlines(True)} for one in honest_cells()]),
    "format 3": _old_format(),
    "format 4.0": as_json(nbformat_minor=0),
    "a later minor format": as_json(nbformat_minor=99),
    "no format": _without("nbformat"),
    "a format that is no number": as_json(nbformat="four", nbformat_minor=None),
    "no metadata": _without("metadata"),
    "metadata of a wrong type": as_json(metadata=[1, 2]),
    "a wrong kernel": as_json(metadata={"kernelspec": {"name": "julia-9", "display_name": 7, "language": "julia"}}),
    "extra keys": as_json([one | {"more": {"a": 1}} for one in honest_cells()], more=[1]),
    "the same id everywhere": as_json([one | {"id": "same"} for one in honest_cells()]),
    "ids of a wrong type": as_json([one | {"id": ["x"]} for one in honest_cells()]),
    "ids no notebook may have": as_json([one | {"id": "a b" * 99} for one in honest_cells()]),
    "outputs of a wrong type": as_json([one | {"outputs": 7, "execution_count": "x"} for one in honest_cells()]),
    "NaN in outputs": as_json([one | {"outputs": [{"x": float("nan")}]} for one in honest_cells()]),
    "attachments of a wrong type": as_json([one | {"attachments": {"a": 1, "b": {"c": 2}}} for one in honest_cells()]),
    "upper case types": as_json([one | {"cell_type": one["cell_type"].upper()} for one in honest_cells()]),
}  # fmt: skip


@pytest.mark.parametrize("form", HARMLESS)
def test_a_harmless_form_loses_nothing_and_troubles_nobody(form: str) -> None:
    matched = match(("coin.ipynb", HARMLESS[form]))
    assert sources(matched) == [cell["source"] for cell in honest_cells()]
    assert matched.concerns == ()
    assert matched.missing == ()
    schedule = make_schedule(PLAN, matched.notebooks["coin"])
    assert schedule == make_schedule(PLAN, submitted())
    assert schedule.concerns == ()
    nbformat.validate(matched.notebooks["coin"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp949"])
def test_korean_text_survives_every_editor(encoding: str) -> None:
    matched = match(("coin.ipynb", as_json(KOREAN).encode(encoding)))
    assert sources(matched)[-1] == KOREAN[-1]["source"]
    assert matched.concerns == ()


def test_text_in_an_unknown_encoding_is_read_with_a_warning() -> None:
    matched = match(("coin.ipynb", as_json([*honest_cells(), cell("# déjà vu")]).encode("latin-1")))
    assert sources(matched)[-1] == "# déjà vu"
    assert matched.concerns == (
        "coin.ipynb is in none of the usual encodings and was read as Latin-1: "
        "look whether its special characters are right",
    )


def test_rare_syllables_among_common_ones_are_korean_too() -> None:
    text = "# 똠방각하 이야기를 읽고 동전을 던져 봅시다"
    matched = match(("coin.ipynb", as_json([*honest_cells(), cell(text)]).encode("cp949")))
    assert (sources(matched)[-1], matched.concerns) == (text, ())


@pytest.mark.parametrize("text", ["# Äpfel", "# 20 °C", "# Größe"])
def test_text_that_is_korean_by_chance_is_read_with_a_warning(text: str) -> None:
    data = as_json([*honest_cells(), cell(text)]).encode("latin-1")
    data.decode("cp949")
    matched = match(("coin.ipynb", data))
    assert matched.concerns == (
        "coin.ipynb is not in UTF-8 and was read as CP949 (Korean Windows): "
        "look whether its special characters are right",
    )


def test_a_broken_character_does_not_spoil_the_others() -> None:
    data = as_json([*KOREAN, cell("# ?")]).encode().replace(b"# ?", b"# \xff")
    matched = match(("coin.ipynb", data))
    assert sources(matched)[-2:] == [KOREAN[-1]["source"], "# \ufffd"]
    assert matched.concerns[0].startswith("coin.ipynb is UTF-8 with 1 broken characters, which were replaced")


@pytest.mark.parametrize("data", [b'"\\ud800"', b'"\xed\xa0\x80"', '"\\udc00"'.encode("utf-16")])
def test_lone_surrogates_break_nothing_later(data: bytes) -> None:
    encoding = "utf-16" if data[:1] in (b"\xff", b"\xfe") else "utf-8"
    mark = "surrogate-goes-here"
    cells = [*honest_cells(), cell(f"x = {mark}", mark), cell(mark, cell_type="markdown")]
    text = as_json(cells)
    inside = data.decode(encoding, "surrogatepass")
    matched = match(
        ("coin.ipynb", text.replace(mark, inside[1:-1]).encode(encoding, "surrogatepass")),
    )
    notebook = matched.notebooks["coin"]
    assert notebook.cells[-2].source == "x = \ufffd"
    json.dumps(notebook, ensure_ascii=False).encode()
    make_schedule(PLAN, notebook).concerns[0].encode()


@pytest.mark.parametrize(
    ("source", "text", "told"),
    [
        (5, "5", False),
        (1.5, "1.5", False),
        (True, "True", False),
        (None, "", False),
        (["a", 5, "b"], "a5b", False),
        ({"a": 1}, "", True),
        (["a", ["b"]], "a", True),
    ],
)
def test_a_source_that_is_no_text_is_read_as_far_as_it_goes(source: object, text: str, told: bool) -> None:
    matched = match(("coin.ipynb", as_json([*honest_cells(), cell(source)])))
    assert sources(matched)[-1] == text
    assert bool(matched.concerns) is told


def test_cells_that_are_none_are_left_out_and_told() -> None:
    cells = [5, *honest_cells(), {}, None, {"cell_type": "poem", "source": "O"}, {"metadata": 3, "source": "a = 1"}]
    matched = match(("coin.ipynb", as_json(cells)))
    assert [cell.cell_type for cell in matched.notebooks["coin"].cells[-4:]] == ["code", "raw", "raw", "code"]
    assert matched.concerns == (
        "coin.ipynb has entries among its cells that are none, and they were left out",
        "coin.ipynb has cells of a type that no notebook has, and they were not run",
    )


def test_nothing_of_the_metadata_is_kept_but_the_grade_id() -> None:
    for read, original in zip(submitted().cells, honest_cells(), strict=True):
        assert read.metadata in (
            {},
            {"nbgrader": {"grade_id": original["metadata"].get("nbgrader", {}).get("grade_id")}},
        )


@pytest.mark.parametrize(
    "nbgrader", [5, [], {"grade_id": 5}, {"grade_id": ["toss"]}, {}, {"grade_id": "x" * 999}, None]
)
def test_nonsense_for_a_grade_id_is_none(nbgrader: object) -> None:
    cells = [*honest_cells(), cell("a = 1") | {"metadata": {"nbgrader": nbgrader}}]
    assert match(("coin.ipynb", as_json(cells))).notebooks["coin"].cells[-1].metadata == {}


def test_pictures_pasted_into_text_are_kept() -> None:
    picture = {"a.png": {"image/png": "AAAA", "text/html": "<script>"}}
    cells = [*honest_cells(), cell("![](attachment:a.png)", cell_type="markdown", attachments=picture)]
    notebook = match(("coin.ipynb", as_json(cells))).notebooks["coin"]
    assert notebook.cells[-1].attachments == {"a.png": {"image/png": "AAAA"}}


@pytest.mark.parametrize(
    "name",
    [
        "coin (1).ipynb",
        "coin-김민수.ipynb",
        unicodedata.normalize("NFD", "동전-김민수.ipynb"),
        "COIN.IPYNB",
        "coin.ipynb.txt",
        "coin.json",
        "homework/coin.ipynb",
        "first/last/과제.ipynb",
    ],
)
def test_a_renamed_notebook_is_found_by_the_cells_it_holds(name: str) -> None:
    matched = match((name, as_json()))
    assert sources(matched) == [cell["source"] for cell in honest_cells()]
    assert matched.concerns == (f"coin.ipynb was handed in as {name} and found by the cells it holds",)
    assert matched.extras == ()


def test_the_expected_name_wins_and_the_teacher_hears_of_the_other() -> None:
    newer = as_json([*honest_cells(), cell("better = True")])
    matched = match(("coin (1).ipynb", newer), ("coin.ipynb", as_json()))
    assert sources(matched) == [cell["source"] for cell in honest_cells()]
    assert matched.concerns == (
        "coin.ipynb was graded, and coin (1).ipynb would fit coin too: look whether the student meant another file",
    )
    assert [name for name, _ in matched.extras] == ["coin (1).ipynb"]


def test_a_copy_of_the_same_notebook_is_nothing_to_tell() -> None:
    assert match(("coin (1).ipynb", as_json()), ("coin.ipynb", as_json())).concerns == ()


def test_of_two_renamed_notebooks_the_fuller_is_taken() -> None:
    matched = match(("coin-a.ipynb", as_json(honest_cells()[:5])), ("coin-b.ipynb", as_json()))
    assert len(sources(matched)) == 9
    assert len(matched.concerns) == 2


def _plan(name: str, *grade_ids: str) -> NotebookPlan:
    return NotebookPlan(name, tuple(PlannedCell(Role.ANSWER, "", grade_id) for grade_id in grade_ids))


TWO = AssignmentPlan("two", (_plan("one", "setup", "a", "b"), _plan("two", "setup", "c", "d")))
ONE_CELLS = as_json([cell("1", "setup"), cell("", "a"), cell("", "b")])
TWO_CELLS = as_json([cell("2", "setup"), cell("", "c"), cell("", "d")])


def test_notebooks_with_swapped_names_are_swapped_back() -> None:
    matched = match_notebooks(TWO, hand_in(("one.ipynb", TWO_CELLS), ("two.ipynb", ONE_CELLS)))
    assert [matched.notebooks[name].cells[0].source for name in ("one", "two")] == ["1", "2"]
    assert matched.concerns == (
        "one.ipynb was handed in as two.ipynb and found by the cells it holds",
        "two.ipynb was handed in as one.ipynb and found by the cells it holds",
    )


def test_a_notebook_handed_in_twice_under_both_names_is_told() -> None:
    matched = match_notebooks(TWO, hand_in(("one.ipynb", TWO_CELLS), ("two.ipynb", TWO_CELLS)))
    assert matched.notebooks["one"].cells[0].source == "2"
    assert matched.concerns == (
        "one.ipynb was taken for one by its name, though it holds only 1 of the cells nbgrader knows: "
        "look at it before you trust its marks",
    )


def test_a_notebook_without_any_grade_id_is_taken_by_its_name() -> None:
    cells = [one | {"metadata": {}} for one in honest_cells()]
    matched = match(("coin (2).ipynb", as_json(cells)), ("other.ipynb", as_json(cells)))
    assert matched.concerns == (
        "coin (2).ipynb was taken for coin by its name, though it holds none of the cells nbgrader knows: "
        "look at it before you trust its marks",
    )


def test_one_notebook_of_two_is_missing() -> None:
    matched = match_notebooks(TWO, hand_in(("two.ipynb", TWO_CELLS)))
    assert matched.missing == ("one",)
    assert list(matched.notebooks) == ["two"]


@pytest.mark.parametrize(
    ("files", "refused", "message"),
    [
        ((), (), "coin.ipynb is not in the hand-in, which holds nothing; ask the student for it"),
        ((("a.pdf", b""), ("timestamp.txt", b"")), (), "which holds a.pdf; ask the student for it"),
        ((("coin.ipynb", b""),), (), "coin.ipynb is empty; ask the student to hand it in again"),
        ((("coin.ipynb", b"\0" * 99),), (), "coin.ipynb is empty; ask the student to hand it in again"),
        ((("coin.ipynb", b'{"cells": ['),), (), "cannot be read as a notebook (Expecting value, line 1); ask"),
        ((("coin.ipynb", b"Dear teacher"),), (), "cannot be read as a notebook (Expecting value, line 1); ask"),
        ((("coin.ipynb", b"PK\x03\x04\xff\xfe"),), (), "cannot be read as a notebook (Expecting value, line 1)"),
        ((("coin.ipynb", b"[" * 100_000),), (), "cannot be read as a notebook (lists within lists without end)"),
        ((("coin.ipynb", b'{"a":' * 100_000),), (), "cannot be read as a notebook (lists within lists without end)"),
        ((("coin.ipynb", b'{"a": ' + b"9" * 9999 + b"}"),), (), "(a number with thousands of digits)"),
        ((("coin.ipynb", b"[1]"),), (), "coin.ipynb is JSON but no notebook: it has no list of cells"),
        ((("coin.ipynb", b"7"),), (), "coin.ipynb is JSON but no notebook: it has no list of cells"),
        ((("coin.ipynb", b'{"cells": {}}'),), (), "coin.ipynb is JSON but no notebook: it has no list of cells"),
        ((("coin.ipynb", b'{"worksheets": 5}'),), (), "coin.ipynb is JSON but no notebook: it has no list of cells"),
        ((("coin.ipynb", as_json([{}] * 2001)),), (), "coin.ipynb has 2001 cells, over the 2000 allowed"),
        ((("coin.ipynb", as_json([cell("x" * 5_000_001)])),), (), "has over 5000000 characters of text in its cells"),
        ((("coin (1).ipynb", b"{"),), (), "coin (1).ipynb cannot be read as a notebook"),
        ((), (("coin.ipynb", "a link, which is not followed"),), "as it is a link, which is not followed; ask"),
        ((), (("b.csv", "a socket, not a file"),), "which holds b.csv (a socket, not a file); ask the student"),
    ],
)  # fmt: skip
def test_a_hand_in_without_a_readable_notebook_says_what_to_ask_for(
    files: tuple[tuple[str, bytes], ...], refused: tuple[tuple[str, str], ...], message: str
) -> None:
    with pytest.raises(SubmissionError) as caught:
        match_notebooks(ASSIGNMENT, hand_in(*files, refused=refused))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250


def test_a_file_of_millions_of_values_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stranger, "MOST_VALUES", 1000)
    with pytest.raises(SubmissionError, match="more than 1000 values; ask the student to clear its outputs"):
        match(("coin.ipynb", as_json(more=[[]] * 1000)))


def test_an_unreadable_notebook_is_told_though_a_copy_of_it_is_graded() -> None:
    matched = match(("coin.ipynb", b"{"), ("coin (1).ipynb", as_json()))
    assert matched.concerns == (
        "coin.ipynb was handed in as coin (1).ipynb and found by the cells it holds",
        "coin.ipynb cannot be read as a notebook (Expecting property name enclosed in double quotes, line 1); "
        "ask the student to hand it in again",
    )


def test_no_more_than_some_notebooks_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hand_in_module, "MOST_NOTEBOOKS", 1)
    assert match(("a.ipynb", as_json()), ("coin.ipynb", as_json([cell("1", "toss")]))).concerns == ()


def test_other_files_keep_harmless_names_and_the_teachers_data_stays_the_teachers() -> None:
    plan = AssignmentPlan("first", (PLAN,), data=(("data/coins.csv", b"1"), ("table.json", b"{}")))
    names = [
        "helper.py",
        "a/b.csv",
        "../up",
        "/root",
        ".hidden",
        "a/.git/x",
        "a\nb",
        "c:\\d",
        "a//b",
        "submission_secret.txt",
    ]
    files = [(name, b"x") for name in names]
    matched = match_notebooks(
        plan, hand_in(("coin.ipynb", as_json()), *files, ("Data/coins.csv", b"2"), ("table.json", b"{}"))
    )
    assert [name for name, _ in matched.extras] == ["helper.py", "a/b.csv"]
    assert matched.concerns == ("Data/coins.csv was changed by the student, and the assignment's own was used",)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
GRADE_IDS = st.sampled_from([*(one.grade_id for one in PLAN.cells), "unknown"]) | ANYTHING
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading", "poem"]) | ANYTHING,
        "source": st.sampled_from(["a = 1", "def toss(n):", " "]) | ANYTHING,
        "id": st.sampled_from(["x", "cell-0", "added-back-0"]) | ANYTHING,
        "metadata": st.builds(lambda grade_id: {"nbgrader": {"grade_id": grade_id}}, GRADE_IDS) | ANYTHING,
        "attachments": ANYTHING,
        "outputs": ANYTHING,
        "level": ANYTHING,
    },
)


def _any_notebook(write: Callable[..., str]) -> Any:
    return st.lists(CELLS | ANYTHING, max_size=8).map(write)


@given(_any_notebook(lambda cells: json.dumps({"cells": cells})))
def test_whatever_cells_a_notebook_holds_every_test_is_judged_once_and_the_result_is_valid(text: str) -> None:
    notebook = match(("coin.ipynb", text)).notebooks["coin"]
    nbformat.validate(notebook)
    schedule = make_schedule(PLAN, notebook)
    tests = [step.grade_id for step in schedule.steps if hasattr(step, "grade_id") and not hasattr(step, "source")]
    assert sorted(tests) == ["test_heads", "test_toss"]
    graded = assemble(PLAN, notebook, NotebookOutcome())
    nbformat.validate(graded)
    json.dumps(graded, ensure_ascii=False).encode()


@given(st.binary(max_size=300) | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_a_notebook_or_a_clear_refusal(data: bytes) -> None:
    try:
        match(("coin.ipynb", data))
    except SubmissionError as error:
        str(error).encode()
