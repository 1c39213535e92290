from __future__ import annotations

import pytest

from qlearn.grading.likeness import LEAST_SHARED, code_runs, find_alike, text_runs

ONE = '''
def rate(counts, errors):
    """The error rate of a block."""
    total = 0
    wrong = 0
    for count, error in zip(counts, errors):
        if count > 0:
            total += count
            wrong += error * 2 - 1
    return wrong / max(total, 1)
'''
RENAMED = """
def rate(a: list, b: list) -> float:
    s, w = 0, 0   # sums
    s = 0
    w = 0
    for x, y in zip(a, b):
        if x > 0:
            s += x
            w += (y *
                  2 - 1)
    return w/max(s, 1)
"""
OTHER = """
def rate(counts, errors):
    counts = np.asarray(counts)
    seen = counts > 0
    return (2 * np.asarray(errors)[seen] - 1).sum() / max(counts[seen].sum(), 1)
"""
FORMULA = "def power(x):\n    return np.cos(np.pi * x / 2) ** 2 + 0.5 * np.sin(x) - np.exp(-x) * np.sqrt(x)\n"


def alike(answers: dict[str, str], released: str = "") -> dict[tuple[str, str], float]:
    runs = {student: code_runs(source) for student, source in answers.items()}
    return {
        (pair.one, pair.other): pair.share
        for pair in find_alike({"rate": runs}, {"rate": code_runs(released)}, least_share=0.0)
    }


def test_names_comments_annotations_and_formatting_do_not_hide_a_copy() -> None:
    found = alike({"ada": ONE, "bo": RENAMED, "cleo": OTHER})
    assert found["ada", "bo"] > 0.8
    assert found.get(("ada", "cleo"), 0.0) < 0.2


def test_a_copy_with_nothing_changed_is_wholly_alike() -> None:
    assert alike({"ada": ONE, "bo": ONE, "cleo": OTHER})["ada", "bo"] == pytest.approx(1.0)


def test_two_students_alone_can_be_compared() -> None:
    assert alike({"ada": ONE, "bo": ONE})["ada", "bo"] == pytest.approx(1.0)


def test_what_was_handed_out_is_nobodys_own() -> None:
    assert alike({"ada": ONE, "bo": ONE, "cleo": OTHER}, released=ONE) == {}


def test_what_the_whole_class_writes_makes_nobody_alike() -> None:
    same = {f"s{number}": FORMULA for number in range(6)}
    found = alike(same | {"ada": FORMULA + ONE, "bo": FORMULA + RENAMED})
    assert found["ada", "bo"] > 0.8
    assert all(share < 0.5 for pair, share in found.items() if pair != ("ada", "bo"))


def test_a_short_answer_says_nothing() -> None:
    short = "def double(x):\n    return 2 * x\n"
    assert len(code_runs(short)) < LEAST_SHARED
    assert alike({"ada": short, "bo": short}) == {}


def test_a_constant_or_a_function_of_a_library_makes_a_difference() -> None:
    assert code_runs(FORMULA) != code_runs(FORMULA.replace("cos", "tan"))
    assert code_runs(FORMULA) != code_runs(FORMULA.replace("0.5", "0.25"))


def test_an_answer_that_python_warns_of_is_compared_all_the_same() -> None:
    assert code_runs(ONE + "label = '\\d'\n") > code_runs(ONE)


@pytest.mark.parametrize("source", ["def f(:", "", "x = 1\x00", "(" * 5000])
def test_what_is_no_python_has_no_runs(source: str) -> None:
    assert code_runs(source) == frozenset()


def test_words_are_compared_whatever_their_case_and_marks() -> None:
    text = "Eve has to guess the basis, and in half of the cases she guesses wrong; then Bob's bit is a coin toss."
    assert text_runs(text) == text_runs(text.upper().replace(",", " -"))
    assert text_runs("이브는 기저를 추측해야 하고 절반은 틀린다") != frozenset()


def test_the_most_alike_come_first() -> None:
    runs = {"ada": code_runs(ONE), "bo": code_runs(ONE), "cleo": code_runs(RENAMED), "dan": code_runs(OTHER)}
    found = find_alike({"rate": runs}, {}, least_share=0.3)
    assert (found[0].one, found[0].other) == ("ada", "bo")
    assert [pair.share for pair in found] == sorted((pair.share for pair in found), reverse=True)
