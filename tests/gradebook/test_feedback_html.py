import re
import time

import pytest

from gradebook.feedback_notebooks import PICTURE
from qlearn.gradebook.feedback_html import Cleaner, picture_address, plain_text, scrub
from qlearn.gradebook.feedback_words import WORDS

BAD = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://evil.example/x.png>",
    "<img srcset='https://evil.example/x.png 1x'>",
    "![seen](https://evil.example/x.png)",
    "![](//evil.example/x.png)",
    "[go](javascript:alert(1))",
    "[go](JaVaScRiPt:alert(1))",
    "[go](&#106;avascript:alert(1))",
    "<a href='java\nscript:alert(1)'>go</a>",
    "[go](data:text/html,<script>alert(1)</script>)",
    "<javascript:alert(1)>",
    "<style>body{background:url(https://evil.example/x)}</style>",
    "<p style='background:url(https://evil.example/x)'>text</p>",
    "<p style='position:fixed;inset:0'>over all</p>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe src=https://evil.example></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=https://evil.example><input name=a><button formaction=https://evil.example>x</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<object data=https://evil.example></object><embed src=https://evil.example>",
    "<video poster=https://evil.example/x src=https://evil.example/y></video><audio src=https://evil.example/z>",
    "<table background=https://evil.example/x><tr><td>1</td></tr></table>",
    "<details ontoggle=alert(1) open>x</details>",
    "<p id=summary class=badge>x</p>",
    "</div></section></main><h1>20 of 20 points</h1>",
    "<!-- --!><script>alert(1)</script> -->",
    "<a title='$x$' href='https://a.example'>\n$\\text{\" onmouseover=alert(1) x=\"}$</a>",
    '![$\\text{" onerror=alert(1) x="}$](x)',
    "$\\href{javascript:alert(1)}{x}$",
    "$\\require{html}\\style{background:url(https://evil.example)}{x}\\class{badge}{y}\\cssId{summary}{z}$",
    "$\\text{<img src=x onerror=alert(1)>}$",
    "$$\\text{</math><script>alert(1)</script>}$$",
    "$\\unicode{<script>alert(1)</script>}\\includegraphics{https://evil.example/x.png}$",
    "```html\n<script>alert(1)</script>\n```",
    "```<script>alert(1)</script>\nx\n```",
    "`<script>alert(1)</script>`",
]
ALLOWED_TAG = re.compile(
    r"<(/?)(a|b|blockquote|br|code|del|details|div|em|h3|h4|h5|h6|hr|img|li|ol|p|pre|span|strong|sub|summary|sup|table|tbody"
    r'|td|th|thead|tr|ul|math|m[a-z]+)((?: [a-z-]+(?:="[^"]*")?)*)>'
)


@pytest.fixture
def cleaner() -> Cleaner:
    return Cleaner(WORDS["en"])


def attributes(html: str) -> list[tuple[str, str]]:
    """List every attribute of a page's piece, and fail where something is a tag that may not be there."""
    found = []
    for tag in re.findall(r"<[^>]*>", re.sub(r'"[^"]*"', lambda text: text[0].replace(">", "&gt;"), html)):
        known = ALLOWED_TAG.fullmatch(tag)
        assert known, tag
        found += re.findall(r' ([a-z-]+)="([^"]*)"', known[3])
    return found


@pytest.mark.parametrize("source", BAD)
@pytest.mark.parametrize("way", ["markdown", "html", "latex"])
def test_nothing_of_a_strangers_text_runs_loads_or_changes_the_page(cleaner: Cleaner, way: str, source: str) -> None:
    for name, value in attributes(str(getattr(cleaner, way)(source))):
        assert not name.startswith("on"), (name, value)
        assert name not in ("style", "id", "srcset", "background", "action"), (name, value)
        if name == "class":
            assert set(value.split()) <= {"scroll", "display", "wide", "left", "right", "rows2", "rows3"}
        if name == "src":
            assert value.startswith("data:image/")
        if name == "href":
            assert value.startswith("https://a.example")


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("**bold** and `code`", "<p><strong>bold</strong> and <code>code</code></p>"),
        ("[a](https://a.example/?b=1&c=2)", 'href="https://a.example/?b=1&amp;c=2" rel="noopener noreferrer nofollow"'),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<td>1</td>"),
        ("# Title", "<h3>Title</h3>"),
        ("<details>\n<summary>Hint</summary>\n\nTry **this**.\n\n</details>", "<summary>Hint</summary>"),
        (f"![dot](data:image/png;base64,{PICTURE})", f'<img src="data:image/png;base64,{PICTURE}" alt="dot">'),
        ("costs \\$5 and $6", "costs $5 and $6"),
        ("$a<b$", "<mo>&lt;</mo>"),
        ("<div>\n<p>$a&lt;b$</p>\n</div>", "<p><math"),
        ("| | |\n|---|---|\n| 1 | 2 |", "<td></td>"),
        ("<img>", 'alt="Picture made by the cell above"'),
    ],
)
def test_what_a_reader_needs_stays(cleaner: Cleaner, source: str, wanted: str) -> None:
    assert wanted in str(cleaner.markdown(source))


def test_an_attached_picture_is_shown_and_a_missing_one_is_not(cleaner: Cleaner) -> None:
    attached = {"a.png": {"image/png": PICTURE}, "b.png": "nonsense", "c.png": {"text/html": "<script>"}}
    text = str(cleaner.markdown("![](attachment:a.png) ![](attachment:b.png) ![](attachment:c.png)", attached))
    assert text.count("src=") == 1
    assert PICTURE in text


def test_a_formula_in_an_attribute_stays_text(cleaner: Cleaner) -> None:
    text = str(cleaner.markdown('<a title="$x$" href="https://a.example">text</a> and $y$'))
    assert 'title="$x$"' in text
    assert text.count("<math") == 1


def test_nobody_can_guess_where_a_formula_goes() -> None:
    kept = [Cleaner(WORDS["en"])._keep_formula("x", False) for _ in range(2)]
    assert kept[0] != kept[1]


@pytest.mark.parametrize(
    "source", ["[" * 50_000, "<" * 50_000, "$$" * 25_000, r"\begin{a}" * 6_000, "a|" * 30_000, "x" * 900_000]
)
def test_a_text_that_is_hard_to_read_ends_soon(cleaner: Cleaner, source: str) -> None:
    start = time.perf_counter()
    assert cleaner.markdown(source)
    assert cleaner.latex(source)
    assert time.perf_counter() - start < 10


def test_a_terminals_tricks_are_gone_from_plain_text() -> None:
    assert plain_text("\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07") == "red link"
    assert plain_text("10 %\r50 %\r100 %\ndone\r\n") == "100 %\ndone\n"
    assert plain_text("a\x00b\x08c\u202egnp.exe") == "abcgnp.exe"


def test_what_utf8_cannot_hold_is_replaced_everywhere() -> None:
    assert scrub({"a\ud800": ["b\udfff", 1, None, {"c": "한글"}]}) == {"a?": ["b?", 1, None, {"c": "한글"}]}


def test_an_svg_picture_becomes_an_image_which_browsers_do_not_run() -> None:
    address = picture_address("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    assert re.fullmatch(r"data:image/svg\+xml;base64,[A-Za-z0-9+/=]+", address)
    assert picture_address("image/png", '" onerror="alert(1)') == ""
