import pytest

from qlearn.book.notebook_prose import References, readable

WORKS = ("- Bennett, Brassard. *Quantum cryptography*. 1984.",)


@pytest.fixture
def references() -> References:
    numbers = {"fig-born": "Fig. 1.1", "fig-far": "Fig. 1.2"}
    titles = {"qkd/bb84": "BB84", "protocol": "The protocol"}
    return References(lambda keys: f"<{keys}>", numbers.get, titles.get, WORKS)


@pytest.mark.parametrize(
    ("prose", "markdown"),
    [
        ("Plain *words* and $x^2$.", "Plain *words* and $x^2$."),
        ("Found {cite}`one,two`.", "Found [<one,two>]."),
        ("{cite:t}`one` found it.", "<one> found it."),
        ("See {numref}`fig-born`.", "See Fig. 1.1."),
        ("See {numref}`the picture <fig-born>`.", "See the picture."),
        ("See {numref}`drawing %s <fig-born>`.", "See drawing 1.1."),
        ("See {numref}`nowhere`.", "See the figure."),
        ("See {ref}`protocol` and {ref}`this <protocol>`.", "See The protocol and this."),
        ("See [the chapter](../qkd/bb84.md) and [](qkd/bb84.md#top).", "See the chapter and BB84."),
        ("See [the section](#protocol).", "See the section."),
        (
            "See [a site](https://example.org/a.md) and ![it](a.png).",
            "See [a site](https://example.org/a.md) and ![it](a.png).",
        ),
        ("Water is H{sub}`2`O, {math}`x`, {glue:text}`rate:.2f`.", "Water is H<sub>2</sub>O, $x$, `rate`."),
        ("{unknown}`words <target>` stay.", "words stay."),
        ("(protocol)=\n## The protocol", "## The protocol"),
        ("% a remark to authors\nWords.", "Words."),
    ],
)
def test_references_become_words(references: References, prose: str, markdown: str) -> None:
    assert readable(prose, references) == markdown


def test_a_box_becomes_a_quotation_with_its_title(references: References) -> None:
    prose = "Before.\n```{admonition} Why {cite}`one`?\n:class: warning\nBecause.\n\n$$\nx\n$$\n```\nAfter."
    assert readable(prose, references) == "Before.\n\n> **Why [<one>]?**\n>\n> Because.\n>\n> $$\n> x\n> $$\n\nAfter."


def test_a_box_without_a_title_of_its_own_is_named_by_its_kind(references: References) -> None:
    assert readable(":::{note}\nWords.\n:::", references) == "> **Note**\n>\n> Words."


def test_an_answer_that_unfolds_stays_folded(references: References) -> None:
    prose = "````{admonition} 1. Is 1 < 2?\n:class: dropdown\nYes.\n````"
    assert readable(prose, references) == ("<details>\n<summary>1. Is 1 &lt; 2?</summary>\n\nYes.\n\n</details>")


def test_boxes_lie_within_boxes(references: References) -> None:
    prose = "````{admonition} Outer\n```{tip}\nInner.\n```\n````"
    assert readable(prose, references) == "> **Outer**\n>\n> > **Tip**\n> >\n> > Inner."


def test_figures_keep_their_number_and_words(references: References) -> None:
    prose = (
        "```{glue:figure} rate\n:name: fig-far\n\nA line,\nand its end.\n```\n\n```{image} a.png\n:alt: a photon\n```"
    )
    assert readable(prose, references) == "*Fig. 1.2: A line, and its end.*\n\n*a photon*"


def test_the_bibliography_becomes_the_list_of_works(references: References) -> None:
    assert readable("## References\n\n```{bibliography}\n:filter: docname in docnames\n```", references) == (
        f"## References\n\n{WORKS[0]}"
    )


def test_code_and_formulas_stay_as_they_are(references: References) -> None:
    code = "```python\nx = '{cite}`one`'\n(target)=\n```\n\n"
    prose = code + "```{code-block} python\nprint(1)\n```\n\n```{math}\n:label: eq\nx\n```"
    assert readable(prose, references) == code + "```python\nprint(1)\n```\n\n$$\nx\n$$"


def test_what_only_sphinx_can_make_is_left_out(references: References) -> None:
    assert readable("Words.\n\n```{toctree}\na\nb\n```\n\n```{tableofcontents}\n```", references) == "Words."


def test_a_fence_that_is_not_closed_ends_with_the_text(references: References) -> None:
    assert readable("```{note}\nWords.", references) == "> **Note**\n>\n> Words."
