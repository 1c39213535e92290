"""What to try next, and where the book explains it, come from the notebook as it was released."""

import pytest
from nbformat import NotebookNode

from gradebook.feedback_notebooks import answer, error, graded, markdown, notebook_of
from qlearn.gradebook.feedback_next import Advice, Section, advise, next_step
from qlearn.gradebook.feedback_words import WORDS

HERE = "In the book: *Bell*, *Was it luck?* <!-- book: entanglement/bell#was-it-luck -->"
LUCK = Section("Bell", "Was it luck?", "entanglement/bell", "was-it-luck")
BELL = Section("Bell", page="entanglement/bell")
BOOK = "https://school.example/book/"
HINT = f"<details>\n<summary>Hint</summary>\n\nTry.\n{HERE}\n\n</details>"


def released() -> NotebookNode:
    return notebook_of(
        markdown("# Bell\nIn the book: *Bell* <!-- book: entanglement/bell -->"),
        markdown("## 1. Guess"),
        answer("guess", "guess = ..."),
        graded("test_guess", "x"),
        markdown(f"## 2. Luck\n{HINT}"),
        answer("luck", "def luck():\n    ..."),
        graded("test_luck", "x"),
        answer("explain", "Your answer.", grade=True, kind="markdown"),
        markdown("## 3. Angles"),
        answer("angles", "angles = ..."),
        graded("test_angles", "x"),
    )


def handed_in(*outputs: NotebookNode, luck: str = "def luck():\n    return 1", raised_in: str = "") -> NotebookNode:
    return notebook_of(
        markdown("## 2. Luck\nIn the book: *Mine*, *Click here* <!-- book: evil/page#x -->"),
        answer("luck", luck),
        graded("test_luck", "x", *outputs, raised_in=raised_in),
        answer("explain", "Because.", grade=True, kind="markdown"),
    )


@pytest.mark.parametrize(
    ("outputs", "raised_in", "state"),
    [
        ([error("Misconception", "Count all. [kept-some]")], "test", "misconception"),
        ([error("AssertionError", "It should be 2.")], "test", "failed"),
        ([error("AssertionError", "It should be 2.")], "student", "raised"),
        ([error("AssertionError", "It should be 2.")], "", "failed"),
        ([error("NameError", "no y")], "test", "raised"),
        ([error("ProcessEnded", "It ran too long.")], "host", "raised"),
        ([], "", ""),
    ],
)
def test_the_state_of_a_question_is_read_from_what_its_test_said(
    outputs: list[NotebookNode], raised_in: str, state: str
) -> None:
    found = advise(handed_in(*outputs, raised_in=raised_in), released())["test_luck"]
    assert found == Advice(state, LUCK, has_hint=True)


def test_an_answer_as_it_was_released_is_blank_whatever_its_test_says() -> None:
    graded_one = handed_in(error("AssertionError", "there is no answer yet"), luck="def luck():\n    ...\n")
    assert advise(graded_one, released())["test_luck"].state == "blank"


def test_the_section_is_the_nearest_in_the_question_or_else_the_chapter_and_never_the_students() -> None:
    found = advise(handed_in(), released())
    assert {name: one.section for name, one in found.items()} == {
        "test_guess": BELL,
        "test_luck": LUCK,
        "explain": LUCK,
        "test_angles": BELL,
    }
    assert [found[name].has_hint for name in ("test_guess", "test_luck", "test_angles")] == [False, True, False]
    assert found["explain"].state == "comment"


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("In the book: *Bell*, *Was it luck?*", Section("Bell", "Was it luck?")),
        ("In the book: *Bell*.", Section("Bell")),
        ("책에서: *벨*, *운이었을까?* <!-- book: entanglement/bell#was-it-luck -->",
         Section("벨", "운이었을까?", "entanglement/bell", "was-it-luck")),
        ("In the book: *Bell* <!-- book: ../../etc#x -->", None),
        ("In the book: *Bell* <!-- book: //evil.example -->", None),
        ("It is in the book: *Bell*", None),
    ],
)  # fmt: skip
def test_a_line_names_a_section_in_one_form(line: str, section: Section | None) -> None:
    notebook = notebook_of(markdown(f"## 1\n{line}"), answer("a", "..."), graded("t", "x"))
    assert advise(notebook_of(), notebook)["t"].section == section


@pytest.mark.parametrize("language", sorted(WORDS))
@pytest.mark.parametrize("state", ["blank", "misconception", "raised", "failed", "comment"])
def test_each_state_has_its_sentence_in_each_language_with_and_without_a_book(language: str, state: str) -> None:
    words = WORDS[language]
    linked, place = next_step(Advice(state, LUCK, has_hint=True), "not_yet", words, BOOK)
    named, unlinked = next_step(Advice(state, LUCK, has_hint=True), "not_yet", words, "")
    alone, nothing = next_step(Advice(state), "not_yet", words, BOOK)
    assert linked == named
    assert alone
    assert nothing == ""
    assert 'href="https://school.example/book/entanglement/bell.html#was-it-luck"' in place
    assert "<a" not in unlinked
    assert place.striptags() == unlinked.striptags()
    assert "Was it luck?" in unlinked


def test_what_waits_has_nothing_to_do_and_what_is_right_says_nothing() -> None:
    words = WORDS["en"]
    assert next_step(Advice("failed", LUCK), "right", words, BOOK) == ("", "")
    assert next_step(Advice("failed", LUCK), "waits", words, BOOK) == (words["next_waits"], "")
    assert next_step(Advice(""), "partly", words, BOOK) == ("", "")


def test_a_guess_is_thought_over_and_not_changed() -> None:
    words = WORDS["en"]
    assert next_step(Advice("misconception", BELL), "not_yet", words, "")[0] == words["next_misconception_plain"]
    assert (
        next_step(Advice("misconception", LUCK, has_hint=True), "partly", words, "")[0]
        == words["next_misconception_read"]
    )
    assert next_step(Advice("blank"), "not_yet", words, "")[0] == words["next_blank_plain"]


def test_names_in_a_hint_are_text() -> None:
    _, place = next_step(Advice("failed", Section("<b>", "{x}", "a", "b")), "partly", WORDS["en"], "https://a.example")
    assert "&lt;b&gt;" in place
    assert "{x}" in place
