from pathlib import Path

import pytest
from nbformat import NotebookNode
from traitlets.config import Config

from gradebook.feedback_notebooks import code, error, graded, markdown, notebook_of, shown, stream
from qlearn.gradebook.feedback_pages import configured_markers, hide_tests, keep_only_pages

HIDDEN = """assert parity([1]) == 1, "one one is odd"
### BEGIN HIDDEN TESTS
def hidden_test_parity(secret_bits=(1, 1, 1, 0)):
    assert parity(secret_bits) == 1, "three ones are odd"
hidden_test_parity()
### END HIDDEN TESTS"""
TRACEBACK = (
    "\x1b[0;31mAssertionError\x1b[0m  Traceback (most recent call last)",
    "Cell In[4], line 6, in hidden_test_parity(secret_bits)\n"
    '----> 4     \x1b[32massert\x1b[39m parity(secret_bits) == \x1b[33m1\x1b[39m, "three ones are odd"',
)


def hidden(notebook: NotebookNode) -> NotebookNode:
    return hide_tests(notebook, {})[0]


def test_of_a_failed_hidden_test_only_its_message_is_left() -> None:
    notebook = hidden(
        notebook_of(
            graded(
                "test_parity",
                HIDDEN,
                stream("secret_bits are (1, 1, 1, 0)\n"),
                stream("warning: (1, 1, 1, 0)\n", "stderr"),
                shown(text_plain="(1, 1, 1, 0)", text_html="<b>(1, 1, 1, 0)</b>"),
                error("AssertionError", "three ones are odd", *TRACEBACK),
            )
        )
    )
    (cell,) = notebook.cells
    assert cell.source == 'assert parity([1]) == 1, "one one is odd"'
    assert [output.evalue for output in cell.outputs] == ["three ones are odd"]
    for secret in ("hidden_test_parity", "secret_bits", "1, 1, 1", "HIDDEN", "Traceback"):
        assert secret not in str(notebook)


def test_a_passed_hidden_test_shows_nothing_of_its_run() -> None:
    (cell,) = hidden(notebook_of(graded("test_parity", HIDDEN, stream("1 1 1 0\n"), shown(text_plain="0.5")))).cells
    assert cell.outputs == []


@pytest.mark.parametrize(
    ("name", "value", "raised_in", "said"),
    [
        ("ValueError", "(1, 1, 1, 0) is too long", "", "Your code raised ValueError while a hidden test called it."),
        ("AssertionError", "(1, 1, 1, 0)", "student", "Your code raised AssertionError while a hidden test called it."),
        (
            "TypeError",
            "'NoneType' and (1, 1, 1, 0)",
            "test",
            "A hidden test could not go on with what your code gave (TypeError).",
        ),
        (
            "ProcessEnded",
            "Your code used more than 2 GiB of memory.",
            "host",
            "Your code used more than 2 GiB of memory.",
        ),
    ],
)
def test_who_raised_decides_what_is_said(name: str, value: str, raised_in: str, said: str) -> None:
    (cell,) = hidden(notebook_of(graded("t", HIDDEN, error(name, value), raised_in=raised_in))).cells
    assert [output.evalue for output in cell.outputs] == [said]
    assert "1, 1, 1" not in str(cell)


def test_a_message_speaks_the_notebooks_language() -> None:
    notebook = hidden(notebook_of(graded("t", HIDDEN, error("ValueError", "x")), lang="ko"))
    assert (
        notebook.cells[0].outputs[0].evalue == "숨겨진 테스트가 작성한 코드를 호출하는 동안 ValueError 오류가 났습니다."
    )


def test_text_on_stderr_alone_is_told_without_its_text() -> None:
    (cell,) = hidden(notebook_of(graded("t", HIDDEN, stream("got (1, 1, 1, 0)\n", "stderr")))).cells
    assert [output.evalue for output in cell.outputs] == ["Your code wrote a warning while a hidden test called it."]


def test_a_traceback_through_a_hidden_helper_is_reduced_to_its_message() -> None:
    body = "def must_be_odd(bits, wanted=(1, 1, 1)):\n    assert parity(bits) == parity(wanted)"
    helper = f"### BEGIN HIDDEN TESTS\n{body}\n### END HIDDEN TESTS"
    failed = error("AssertionError", "this is even", "----> 2     assert parity(bits) == parity(wanted)")
    notebook = hidden(notebook_of(code(helper), graded("t", "must_be_odd(mine)", failed)))
    assert notebook.cells[1].outputs[0].traceback == ["this is even"]
    assert "wanted" not in str(notebook)


@pytest.mark.parametrize(
    "leak",
    [
        stream("def hidden_test_parity(secret_bits=(1, 1, 1, 0)):\n"),
        shown(text_plain="'def hidden_test_parity(secret_bits=(1, 1, 1, 0)):'"),
        shown(text_html="<pre>assert parity(secret_bits) == 1, &quot;three ones are odd&quot;</pre>"),
        shown(text_html='<pre>assert  parity(secret_bits)\n== 1, "three ones are odd"</pre>'),
        error("KeyError", "def hidden_test_parity(secret_bits=(1, 1, 1, 0)):"),
        error("RuntimeError", "x", "\x1b[31mdef\x1b[0m hidden_test_parity(secret_bits=(1, 1, 1, 0)):"),
    ],
)
def test_an_output_of_another_cell_that_quotes_a_hidden_line_is_withheld(leak: NotebookNode) -> None:
    notebook = hidden(notebook_of(code("print(In)", leak, stream("mine\n")), graded("t", HIDDEN)))
    assert "secret_bits" not in str(notebook)
    assert "mine" in str(notebook.cells[0].outputs[-1])


NOT_SHOWN = "Output not shown: a hidden test ran before this cell. Run your own notebook to see it.\n"


def after_hidden_test(cell: NotebookNode) -> NotebookNode:
    cell.metadata.setdefault("qlearn", NotebookNode()).after_hidden_test = True
    return cell


def test_what_ran_after_a_hidden_test_is_left_out_and_one_line_says_so() -> None:
    leaks = [stream("(1, 1, 1, 0)\n"), shown(text_plain="(1, 1, 1, 0)"), error("ValueError", "(1, 1, 1, 0)")]
    (cell, quiet) = hidden(notebook_of(after_hidden_test(code("kept", *leaks)), after_hidden_test(code("x = 1")))).cells
    assert cell.outputs == [stream(NOT_SHOWN)]
    assert cell.source == "kept"
    assert quiet.outputs == []


@pytest.mark.parametrize("raised_in", ["test", "host"])
def test_of_a_test_that_ran_after_a_hidden_one_its_own_message_is_left(raised_in: str) -> None:
    failed = error("AssertionError", "did you square the cosine?")
    cells = [
        after_hidden_test(graded("a", "assert f()", failed, raised_in=raised_in)),
        after_hidden_test(graded("b", "assert f()", stream("(1, 1)\n"), failed, raised_in=raised_in)),
        after_hidden_test(graded("c", "assert f()", error("ValueError", "(1, 1)"), raised_in="student")),
    ]
    outputs = [cell.outputs for cell in hidden(notebook_of(*cells)).cells]
    assert outputs == [[failed], [failed, stream(NOT_SHOWN)], [stream(NOT_SHOWN)]]


def test_outputs_of_a_notebook_without_hidden_tests_stay_as_they_are() -> None:
    outputs = [stream("text\n"), shown(text_plain="x"), error("ValueError", "v", "line 1", "line 2")]
    (cell,) = hidden(notebook_of(code("x", *outputs))).cells
    assert cell.outputs == outputs


def test_marking_notes_in_markdown_go() -> None:
    text = "Explain.\n### BEGIN MARK SCHEME\nGive 2 points.\n### END MARK SCHEME"
    assert hidden(notebook_of(markdown(text))).cells[0].source == "Explain."


def test_a_courses_own_markers_are_read_from_its_settings() -> None:
    config = Config({"ClearHiddenTests": {"begin_test_delimeter": "GEHEIM", "end_test_delimeter": "OFFEN"}})
    markers = configured_markers(config)
    assert ("GEHEIM", "OFFEN") in markers
    assert ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS") in markers
    notebook, _ = hide_tests(notebook_of(code("a\n# GEHEIM\nsecret\n# OFFEN")), {}, markers)
    assert notebook.cells[0].source == "a"
    assert configured_markers(Config()) == configured_markers(Config({"ClearHiddenTests": {}}))


def test_of_a_hand_in_only_our_pages_stay_in_the_feedback_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graded_folder, feedback = tmp_path / "autograded/ada/coin", tmp_path / "feedback/ada/coin"
    (feedback / "data").mkdir(parents=True)
    graded_folder.mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere.html"
    elsewhere.write_text("not the student's")
    for name in ("one.ipynb", "two.ipynb"):
        (graded_folder / name).touch()
    kept = ["one.html", "two.html", "timestamp.txt", "submission_secret.txt"]
    for name in [*kept, "evil.html", "evil.svg", "<img src=x onerror=alert(1)>.txt", "data/one.html"]:
        (feedback / name).touch()
    (feedback / "link.html").symlink_to(elsewhere)
    monkeypatch.chdir(tmp_path)
    keep_only_pages(assignment="coin", student="*", notebooks=[str(graded_folder / "one.ipynb")])
    assert sorted(path.name for path in feedback.rglob("*") if not path.is_dir()) == sorted(kept)
    assert elsewhere.exists()
