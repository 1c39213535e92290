import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.addnodes import pending_xref

from qlearn.book.search import first_words, gather


@pytest.mark.parametrize(
    ("text", "most", "words"),
    [
        ("Short.", 20, "Short."),
        ("One sentence.  Another\none.", 50, "One sentence. Another one."),
        ("Is it light? Or is it not?", 20, "Is it light?"),
        ("빛은 이상합니다. 정말로 아주 이상합니다.", 14, "빛은 이상합니다."),
        ("No. This sentence goes on and on", 20, "No. This sentence…"),
        ("", 10, ""),
    ],
)
def test_the_first_words_end_where_a_sentence_or_a_word_does(text: str, most: int, words: str) -> None:
    assert first_words(text, most) == words
    assert len(words) <= most


def section(anchor: str, title: str, *children: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title("", title), *children, ids=[anchor])


def page(*sections: nodes.section) -> nodes.document:
    document = new_document("page")
    document += sections
    return document


def test_a_page_is_gathered_with_its_sections() -> None:
    inner = section("one", "One photon", nodes.paragraph("", "It clicks once."))
    document = page(section("top", "Light", nodes.paragraph("", "What is light?"), inner))
    assert gather(document) == {
        "title": "Light",
        "words": "What is light?",
        "sections": [["one", "One photon", "It clicks once."]],
    }


def test_formulas_citations_and_code_leave_no_litter() -> None:
    words = nodes.paragraph(
        "",
        "",
        nodes.Text("At "),
        nodes.math("", r"\tfrac12"),
        nodes.Text(" of "),
        nodes.math("", "f"),
        nodes.Text(" it ends "),
        pending_xref("", nodes.Text("bennett1984"), refdomain="cite", reftype="p"),
        nodes.Text(", see "),
        pending_xref("", nodes.Text("the next chapter"), reftype="myst"),
        nodes.Text("."),
    )
    document = page(section("top", "Light", words, nodes.literal_block("", "print(1)")))
    assert gather(document)["words"] == "At … of f it ends, see the next chapter."


def test_a_page_without_a_title_is_no_trouble() -> None:
    assert gather(page())["sections"] == []
