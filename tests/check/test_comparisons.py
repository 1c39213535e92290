"""Right answers pass in silence, known mistakes are named, and everything else is explained in a sentence."""

from __future__ import annotations

import subprocess
import sys
import warnings

import numpy as np
import pytest

from qlearn import check

WRONG = {"a": ("eve-copies-for-free", "Eve cannot copy."), "b": ("all-bits-err", "Not all bits err.")}


@pytest.mark.parametrize("answer", ["c", "C", " c ", "(c)", "c)", "c."])
def test_a_right_choice_passes_however_it_is_written(answer: str) -> None:
    check.choice(answer, right="c", wrong=WRONG)


def test_a_wrong_choice_names_its_misconception() -> None:
    with pytest.raises(check.Misconception) as caught:
        check.choice("A", right="c", wrong=WRONG)
    assert str(caught.value) == "Eve cannot copy. [eve-copies-for-free]"
    assert caught.value.slug == "eve-copies-for-free"
    assert caught.value.message == "Eve cannot copy."
    assert isinstance(caught.value, AssertionError)


@pytest.mark.parametrize(
    ("answer", "message"), [(None, "no answer yet"), ("d", "one of a, b, c"), (3, "one of a, b, c")]
)
def test_what_is_no_choice_is_refused(answer: object, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check.choice(answer, right="c", wrong=WRONG)


@pytest.mark.parametrize("slug", ["", "Two Words", "under_score", "-dash", "dash-"])
def test_a_slug_is_lower_case_words_joined_by_dashes(slug: str) -> None:
    with pytest.raises(ValueError, match="lower-case words joined by dashes"):
        check.Misconception(slug, "Hello.")


def test_a_known_mistake_is_named_before_a_wrong_length() -> None:
    fault = check.Fault("kept-mismatched-bases", [0, 1, 1], "Leave them out.")
    with pytest.raises(check.Misconception, match=r"Leave them out. \[kept-mismatched-bases\]"):
        check.bits([0, 1, 1], [0, 1], faults=[fault])
    with pytest.raises(AssertionError, match="your answer has 3 entries, and it should have 2"):
        check.bits([0, 0, 0], [0, 1], faults=[fault])


def test_a_fault_that_cannot_be_told_from_the_right_answer_is_never_named() -> None:
    fault = check.Fault("half", 0.25 * (1 + 1.5e-6), "Half.")
    check.close(0.25, 0.25, faults=[check.Fault("same", 0.25, "The same.")])
    with pytest.raises(AssertionError) as caught:
        check.close(0.25 * (1 + 1.6e-6), 0.25, faults=[fault])
    assert not isinstance(caught.value, check.Misconception)


def test_true_and_false_are_compared_like_1_and_0() -> None:
    faults = [check.Fault("always-no", False, "Some pairs are products.")]
    check.close(np.bool_(True), True, faults=faults)
    with pytest.raises(check.Misconception, match="Some pairs are products"):
        check.close(False, True, faults=faults)


def test_the_first_wrong_entry_is_shown() -> None:
    with pytest.raises(
        AssertionError, match=r"The rates: entry 1 \(counting from 0\) is 5, and it should be 2. 2 of 3 entries differ."
    ):
        check.close([1, 5, 6], [1, 2, 3], what="The rates")


def test_bits_are_exact_and_only_0_or_1() -> None:
    check.bits(np.array([True, False]), [1, 0])
    with pytest.raises(AssertionError, match="is 2, and a bit is 0 or 1"):
        check.bits([0, 2], [0, 1])
    with pytest.raises(AssertionError, match="1 of 2 entries differ"):
        check.bits([0, 0], [0, 1])


def test_statistics_allow_six_standard_errors_and_no_more() -> None:
    check.within(0.25 + 5.9 * 0.01, 0.25, 0.01)
    with pytest.raises(AssertionError, match=r"should be near 0\.25\. That is 8 standard errors away"):
        check.within(0.33, 0.25, 0.01)


def test_statistics_name_the_nearest_fault_that_is_told_apart() -> None:
    faults = [
        check.Fault("too-near", 0.29, "Too near to name."),
        check.Fault("near", 0.40, "Near."),
        check.Fault("nearest", 0.375, "Nearest."),
    ]
    with pytest.raises(check.Misconception, match="nearest"):
        check.within(0.38, 0.25, 0.01, faults=faults)
    with pytest.raises(AssertionError, match="standard errors away"):
        check.within(0.311, 0.25, 0.01, faults=faults)


def test_a_fault_may_have_a_spread_of_its_own() -> None:
    fault = check.Fault("noise", 0.5, "Pure chance.", standard_error=0.02)
    with pytest.raises(check.Misconception, match="noise"):
        check.within(0.59, 0.0, 0.001, faults=[fault])


@pytest.mark.parametrize("answer", [(1, [2]), [1, [2]], np.array([[1, 2], [3, 4]])])
def test_several_values_are_taken_apart(answer: object) -> None:
    assert len(check.parts(answer, ["alice_key", "bob_key"])) == 2


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (None, "there is no answer yet"),
        (0.5, r"2 values are wanted \(alice_key, bob_key\). Return them separated by commas"),
        ("ab", "2 values are wanted"),
        (np.array(3), "2 values are wanted"),
        (([1], [2], [3]), r"2 values are wanted \(alice_key, bob_key\), and your function returned 3. Return exactly"),
        (np.array([0, 1, 1]), "returned one row with 3 entries. Did you return only one of them"),
        ([1, 0, 1], "returned one row with 3 entries"),
    ],
)
def test_another_number_of_values_is_refused(answer: object, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check.parts(answer, ["alice_key", "bob_key"])


def test_known_wrong_numbers_are_ruled_out_and_the_right_one_is_not_said() -> None:
    faults = [
        check.Fault("eve-leaves-no-trace", 0.0, "No trace."),
        check.Fault("percent", 25.0, "A percentage.", standard_error=0.4),
    ]
    assert check.rule_out(0.25, faults, standard_error=0.004) == 0.25
    with pytest.raises(check.Misconception, match="eve-leaves-no-trace"):
        check.rule_out(0.019, faults, standard_error=0.004)
    with pytest.raises(check.Misconception, match="percent"):
        check.rule_out(np.array([26.9]), faults, standard_error=0.004)
    with pytest.raises(AssertionError, match="no answer yet"):
        check.rule_out(None, faults)


def test_any_other_condition_fails_with_a_sentence_of_the_exercise() -> None:
    check.require(1 < 2, "Never said.")
    with pytest.raises(AssertionError, match="Two runs are alike"):
        check.require(np.False_, "Two runs are alike.")


def test_warnings_become_ordinary_output(capsys: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        check.show_warnings_as_text()
        np.log2(np.zeros(1))
    captured = capsys.readouterr()
    assert "divide by zero" in captured.out
    assert captured.err == ""


def test_importing_check_brings_neither_answers_nor_the_rest_of_the_kit() -> None:
    program = "import sys, qlearn.check; print([name for name in sys.modules if name.startswith('qlearn')])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    modules = ran.stdout
    for absent in ("physics", "grading", "gradebook", "widgets", "book", "cli"):
        assert f"qlearn.{absent}" not in modules
