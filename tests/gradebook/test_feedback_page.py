import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_raw_cell

from gradebook.feedback_notebooks import PICTURE, answer, code, error, graded, markdown, notebook_of, shown, stream
from qlearn.gradebook.feedback_marks import Mark, NotebookMarks
from qlearn.gradebook.feedback_page import FeedbackPage, Names, make_page
from qlearn.gradebook.feedback_words import WORDS, page_language

NAMES = Names("school-coin", "coin", "ada")


def page_of(
    *cells: NotebookNode, metadata: dict | None = None, comments: dict | None = None, **marks: object
) -> FeedbackPage:
    given = NotebookMarks(marks={name: Mark(*points) for name, points in marks.items()}, comments=comments or {})
    return make_page(notebook_of(*cells, **(metadata or {})), given, NAMES)


def outputs_of(*outputs: NotebookNode) -> str:
    return "".join(page_of(code("x", *outputs)).cells[0].outputs)


@pytest.mark.parametrize(
    ("points", "result", "said"),
    [
        (3.0, "right", "3 of 3"),
        (4.0, "right", "4 of 3"),
        (1.5, "partly", "1.5 of 3"),
        (0.0, "not_yet", "0 of 3"),
        (None, "waits", "waits for a mark, of 3"),
    ],
)
def test_a_question_has_a_word_for_its_points(points: float | None, result: str, said: str) -> None:
    (question,) = page_of(graded("t", "x"), t=(points, 3.0)).questions
    assert (question.result, question.points) == (result, said)


def test_what_waits_counts_neither_as_zero_nor_as_given() -> None:
    page = page_of(graded("t", "x"), answer("e", "why", grade=True, kind="markdown"), t=(2.0, 3.0), e=(None, 4.0))
    assert page.total == "2 of 7 points so far; 4 more wait for a mark"
    assert [question.result for question in page.questions] == ["partly", "waits"]
    assert page_of(graded("t", "x"), t=(2.0, 3.0)).total == "2 of 3 points"


def test_a_question_is_called_by_the_heading_above_it_and_links_to_its_cell() -> None:
    page = page_of(
        markdown("# Coins\n## 1. How many *ways*?\n\n```\n# no heading\n```"),
        answer("sides", "def sides(): ..."),
        graded("test_sides", "x"),
        graded("test_more", "x"),
        markdown("## 2. The angle $\\theta$ <script>alert(1)</script>"),
        graded("test_angle", "x"),
        test_sides=(1, 1),
        test_more=(1, 1),
        test_angle=(1, 1),
    )
    titles = [str(question.title) for question in page.questions]
    assert titles[0] == "1. How many ways?"
    assert titles[1] == "", "the same heading a second time would not say which question it is"
    assert titles[2].startswith("2. The angle <math")
    assert "script" not in titles[2]
    assert [question.anchor for question in page.questions] == ["cell-3", "cell-4", "cell-6"]
    assert page.cells[2].anchor == "cell-3"


def test_the_message_stands_in_the_table_and_at_the_cell_but_not_in_its_outputs() -> None:
    page = page_of(graded("t", "x", error("AssertionError", "did you add?", "did you add?")), t=(0, 3))
    assert page.questions[0].message == "did you add?"
    assert page.cells[0].question == page.questions[0]
    assert page.cells[0].outputs == ()


def test_a_right_answer_has_no_message_whatever_was_printed() -> None:
    page = page_of(graded("t", "x", stream("DeprecationWarning: old\n", "stderr")), t=(3, 3))
    assert page.questions[0].message == ""


def test_a_visible_tests_traceback_can_be_unfolded() -> None:
    page = page_of(graded("t", "x", error("NameError", "no y", "\x1b[31mline 1\x1b[0m", "y <b>")), t=(0, 3))
    assert "<details><summary>Where it happened</summary>" in page.cells[0].outputs[0]
    assert "line 1\ny &lt;b&gt;" in page.cells[0].outputs[0]


def test_a_graded_cell_that_is_gone_keeps_its_line() -> None:
    page = page_of(graded("a", "x"), a=(1, 1), gone=(None, 4))
    assert (page.questions[1].grade_id, page.questions[1].result, page.questions[1].anchor) == ("gone", "waits", "")
    assert page.questions[1].message == "This cell is not in the notebook you handed in."


def test_marks_are_the_gradebooks_whatever_the_cells_say() -> None:
    copies = [graded("t", "x", points=100, score=100), graded("t", "x"), graded("mine", "x", points=50)]
    page = page_of(*copies, t=(1, 3))
    assert [(question.grade_id, question.points) for question in page.questions] == [("t", "1 of 3")]
    assert [cell.kind for cell in page.cells] == ["test", "plain", "plain"]


def test_a_teachers_comment_is_markdown_and_nbgraders_own_is_translated() -> None:
    cells = [answer("a", "x"), answer("b", "x")]
    page = page_of(*cells, comments={"a": "**Good** <script>alert(1)</script>$x$", "b": "No response."})
    assert "<strong>Good</strong>" in page.cells[0].comment
    assert "<math" in page.cells[0].comment
    assert "script" not in page.cells[0].comment
    korean = page_of(*cells, comments={"b": "No response."}, metadata={"lang": "ko"})
    assert "여기에서 답을 찾지 못했습니다." in korean.cells[1].comment


def test_each_output_is_shown_in_the_richest_form_that_is_safe() -> None:
    assert f'<img src="data:image/png;base64,{PICTURE}" alt="Picture made by the cell above">' in outputs_of(
        shown(image_png=PICTURE, text_plain="<Figure>")
    )
    assert "<table>" in outputs_of(shown(text_html="<table><tr><td>1</td></tr></table>", text_plain="1"))
    assert "<math" in outputs_of(shown(text_latex="$$\\frac{1}{2}$$", text_plain="1/2"))
    assert "Quantum object: dims" in outputs_of(shown(text_latex="Quantum object: dims=[2]\n$$x$$"))
    assert "<strong>" in outputs_of(shown(text_markdown="**x**"))
    assert "<pre" in outputs_of(shown(text_plain="<b>x</b>"))
    assert "&lt;b&gt;" in outputs_of(shown(text_plain="<b>x</b>"))
    assert "data:image/svg+xml;base64," in outputs_of(shown(image_svg__xml="<svg onload='alert(1)'/>"))


@pytest.mark.parametrize(
    "data",
    [
        {"application/javascript": "alert(1)"},
        {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}},
        {"text/html": "<script>alert(1)</script>"},
        {"image/png": '" onerror="alert(1)'},
        {"image/png": ["not", "text"]},
        {"application/x-unknown": "<script>alert(1)</script>"},
        {"text/html": 5},
    ],
)
def test_an_output_without_a_safe_form_is_left_out(data: dict) -> None:
    cell = code("x", shown())
    cell.outputs[0].data = NotebookNode(data)
    assert page_of(cell).cells[0].outputs == ()
    cell.outputs[0].data["text/plain"] = "a widget"
    assert "a widget" in page_of(cell).cells[0].outputs[0]


def test_one_stream_is_one_text_and_a_flood_is_cut() -> None:
    assert outputs_of(stream("a"), stream("b\n")).count("<pre") == 1
    text = outputs_of(stream("x" * 1_000_000))
    assert len(text) < 25_000
    assert "980,000 characters" in text
    assert "is not shown here" in outputs_of(shown(text_html="x" * 1_000_000))
    assert "is not shown here" in outputs_of(shown(image_png="A" * 9_000_000))


def test_an_error_shows_its_text_and_not_its_markup() -> None:
    text = outputs_of(error("<script>", "<img src=x onerror=alert(1)>", "<b>"))
    assert "<script" not in text
    assert "<img" not in text


def test_a_raw_cell_is_text() -> None:
    assert page_of(new_raw_cell("<script>alert(1)</script>")).cells[0].code == "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_code_is_coloured_and_harmless() -> None:
    text = page_of(code("def f():\n    return '</code><script>alert(1)</script>'")).cells[0].code
    assert '<span class="k">def</span>' in text
    assert "<script" not in text


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({}, "en"),
        ({"lang": "ko"}, "ko"),
        ({"lang": "ko-KR"}, "ko"),
        ({"lang": "KO_kr"}, "ko"),
        ({"lang": "xx"}, "en"),
        ({"lang": '"><script>'}, "en"),
        ({"lang": ["ko"]}, "en"),
        ({"kernelspec": {"language": "python"}}, "en"),
        ({"kernelspec": {"language": "ko"}}, "ko"),
        ({"lang": "en", "kernelspec": {"language": "ko"}}, "en"),
        ({"kernelspec": "ko"}, "en"),
    ],
)
def test_the_language_is_the_notebooks(metadata: dict, language: str) -> None:
    assert page_language(metadata) == language


def test_both_languages_say_the_same_things_with_the_same_gaps() -> None:
    def gaps(text: str) -> list[str]:
        import string

        return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)

    assert {language: sorted(words) for language, words in WORDS.items()} == {
        language: sorted(WORDS["en"]) for language in WORDS
    }
    for key, text in WORDS["en"].items():
        assert gaps(WORDS["ko"][key]) == gaps(text), key
