"""Strangers' Markdown and HTML made harmless: nothing in it runs, loads, moves or hides anything.

Three steps, each enough against most of what can be tried: `nh3` (ammonia, an HTML5 parser that rebuilds what it
allows) cleans, formulas are put in afterwards as MathML of our own making, and the page's Content-Security-Policy
forbids scripts, frames, forms and every address that is not a picture inside the page.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

import nh3
from markupsafe import Markup, escape
from mistune import HTMLRenderer
from nbconvert.filters.markdown_mistune import MarkdownWithMath

from qlearn.gradebook.feedback_maths import tex_to_mathml

__all__ = ["LONGEST_MARKDOWN", "Cleaner", "mapping_or_none", "picture_address", "plain_text", "scrub"]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


LONGEST_MARKDOWN = 60_000
"""Characters; a longer text is shown as it was typed, since reading Markdown takes more than linear time."""

MOST_ENVIRONMENTS = 300
"""In one text; the parser looks for the end of each of them through all that follows."""

MOST_FORMULA_SIGNS = 20_000
"""Backslashes and dollar signs in one output, for the same reason."""

TAGS = _names(
    "a abbr b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h2 h3 "
    "h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th "
    "thead tr u ul var wbr"
)
EMPTIED = _names(
    "script style title textarea noscript noembed noframes iframe xmp plaintext object embed svg math template select "
    "option head audio video canvas applet frameset"
)
"""Taken out with all that stands in them; other forbidden tags go and leave their text."""
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href", "title"}),
    "abbr": frozenset({"title"}),
    "img": frozenset({"src", "alt", "title"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "ol": frozenset({"start", "reversed"}),
    "details": frozenset({"open"}),
}
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=]+")
_LINK = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
_TAG = re.compile(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
_WORDLESS_PICTURE = re.compile(r'<img((?:\s+(?!alt=)[\w-]+="[^"]*")*)>')
_EMPTY_HEADING = re.compile(r"<th(?: [a-z]+=\"[^\"]*\")*>\s*</th>")
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_OVERWRITTEN = re.compile(r"(?m)^[^\n]*\r(?=[^\n\r])")
_TEX = re.compile(
    r"(?s)\$\$(?P<block>.+?)\$\$|\\\[(?P<bracket>.+?)\\\]|(?<!\\)\$(?P<inline>[^$]+?)(?<!\\)\$|\\\((?P<paren>.+?)\\\)"
    r"|(?P<environment>\\begin\{(?P<name>[a-z]+\*?)\}.+?\\end\{(?P=name)\})"
)
_MIME_OF_ATTACHMENTS = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")


def scrub(value: Any) -> Any:
    """Replace what UTF-8 cannot hold in every text of a notebook, in place of lists and dictionaries alike."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [scrub(entry) for entry in value]
    if isinstance(value, dict):
        return type(value)({scrub(key): scrub(entry) for key, entry in value.items()})
    return value


def mapping_or_none(value: Any) -> Mapping[str, Any]:
    """Give a mapping as it is and an empty one for anything else: a notebook's metadata can be of any kind."""
    return value if isinstance(value, Mapping) else {}


def plain_text(text: str) -> str:
    """Give what a terminal would show: no colours, no control or text direction characters, progress bars once."""
    text = _ANSI.sub("", text).replace("\r\n", "\n")
    return _CONTROLS.sub("", _OVERWRITTEN.sub("", text).replace("\r", "\n"))


def picture_address(mime: str, content: str) -> str:
    """Give a picture of a notebook as an address that holds it; empty if it is no base64.

    SVG comes as text. Inside `<img>` browsers run no script of it and load nothing for it.
    """
    import base64

    if mime == "image/svg+xml":
        content = base64.b64encode(content.encode()).decode()
    address = f"data:{mime};base64,{''.join(content.split())}"
    return address if _PICTURE.fullmatch(address) else ""


class Cleaner:
    """Makes one page's strangers' texts harmless; `words` are the page's own."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        # A text cannot contain a name that nobody knew when it was written.
        self._mark = f"formula{secrets.token_hex(12)}x"
        self._formulas: list[tuple[str, bool]] = []
        self._cleaner = nh3.Cleaner(
            tags=set(TAGS),
            clean_content_tags=set(EMPTIED),
            attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
            attribute_filter=self._filter_attribute,
            url_schemes={"http", "https", "mailto", "data"},
            link_rel="noopener noreferrer nofollow",
            url_relative="pass_through",  # our filter sees every address and lets no relative one through
        )

    def markdown(self, source: str, attachments: Mapping[str, Any] | None = None) -> Markup:
        """Turn Markdown with HTML and TeX in it into what may stand in the page."""
        if len(source) > LONGEST_MARKDOWN or source.count(r"\begin{") > MOST_ENVIRONMENTS:
            return Markup("<pre>{}</pre>").format(plain_text(source))
        renderer = _Renderer(self._keep_formula, mapping_or_none(attachments))
        try:
            made = str(MarkdownWithMath(renderer=renderer)(_CONTROLS.sub("", source)))
        except Exception:
            # Whatever a text may do to the Markdown parser, its writer still gets a page.
            return Markup("<pre>{}</pre>").format(plain_text(source))
        return self.html(made)

    def html(self, source: str) -> Markup:
        """Clean HTML, and put the formulas in that `markdown` took out."""
        cleaned = self._cleaner.clean(source)
        cleaned = _EMPTY_HEADING.sub("<td></td>", cleaned)  # a table without headings is no table with empty ones
        cleaned = _WORDLESS_PICTURE.sub(rf'<img\1 alt="{escape(self._words["picture"])}">', cleaned)
        pieces = _TAG.split(cleaned)
        text = "".join(piece if place % 2 else self._put_formulas(piece) for place, piece in enumerate(pieces))
        table = f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(self._words["table"])}"><table>'
        text = text.replace("<table>", table).replace("</table>", "</table></div>")
        return Markup(text)  # noqa: S704  cleaned above; formulas are of our own making

    def latex(self, source: str) -> Markup:
        """Show LaTeX output: formulas between dollar signs as formulas, the rest as text."""
        if len(source) > LONGEST_MARKDOWN or source.count("\\") + source.count("$") > MOST_FORMULA_SIGNS:
            return Markup("<pre>{}</pre>").format(plain_text(source))
        made, place = Markup(), 0
        for found in _TEX.finditer(source):
            made += escape(plain_text(source[place : found.start()]))
            tex, display = _tex_of(found)
            made += self._formula(tex, display=display)
            place = found.end()
        return Markup("<p>{}</p>").format(made + escape(plain_text(source[place:])))

    def _filter_attribute(self, tag: str, name: str, value: str) -> str | None:
        del tag
        if self._mark in value:
            value = self._show_source(value)  # a formula in an attribute stays text
        if name == "href":
            return value if _LINK.fullmatch(value.strip()) else None
        if name == "src":
            return value if _PICTURE.fullmatch(value) else None
        if name in ("colspan", "rowspan", "start"):
            return value if value.isdecimal() and len(value) <= 2 else None
        return value

    def _keep_formula(self, tex: str, display: bool) -> str:
        self._formulas.append((tex, display))
        return f"{self._mark}{len(self._formulas) - 1}z"

    def _put_formulas(self, text: str) -> str:
        return re.sub(rf"{self._mark}(\d+)z", lambda found: self._formula_numbered(int(found[1])), text)

    def _show_source(self, text: str) -> str:
        return re.sub(rf"{self._mark}(\d+)z", lambda found: self._formulas[int(found[1])][0], text)

    def _formula_numbered(self, number: int) -> str:
        tex, display = self._formulas[number]
        return str(self._formula(tex, display=display))

    def _formula(self, tex: str, *, display: bool) -> Markup:
        made = tex_to_mathml(tex, display=display)
        if len(tex) < (30 if display else 60):
            return Markup('<span class="display">{}</span>').format(made) if display else made
        # what may be wider than a phone scrolls in its own frame, with the keyboard too
        return Markup('<span class="{}" tabindex="0" role="group" aria-label="{}">{}</span>').format(
            "display scroll" if display else "wide scroll", self._words["formula"], made
        )


def _tex_of(found: re.Match[str]) -> tuple[str, bool]:
    """Give the formula that `_TEX` found, and whether it stands on a line of its own."""
    tex = next(found[name] for name in ("block", "bracket", "inline", "paren", "environment") if found[name])
    return tex, found["inline"] is None and found["paren"] is None


class _Renderer(HTMLRenderer):
    """Markdown as HTML whose formulas are put aside and whose headings stand below the page's own."""

    def __init__(self, keep_formula: Callable[[str, bool], str], attachments: Mapping[str, Any]) -> None:
        super().__init__(escape=False, allow_harmful_protocols=["data:"])
        self._keep_formula = keep_formula
        self._attachments = attachments

    def inline_math(self, body: str) -> str:
        return self._keep_formula(body, False)

    def block_math(self, body: str) -> str:
        return self._keep_formula(body, True)

    def latex_environment(self, name: str, body: str) -> str:
        return self._keep_formula(rf"\begin{{{name}}}{body}\end{{{name}}}", True)

    def block_html(self, html: str) -> str:
        pieces = _TAG.split(html)  # Markdown leaves such a block alone; notebooks show formulas in it all the same
        made = [piece if place % 2 else _TEX.sub(self._keep_found, piece) for place, piece in enumerate(pieces)]
        return super().block_html("".join(made))

    def _keep_found(self, found: re.Match[str]) -> str:
        tex, display = _tex_of(found)
        return self._keep_formula(unescape(tex), display)

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        del attrs
        return f"<h{min(level + 2, 6)}>{text}</h{min(level + 2, 6)}>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        if url.startswith("attachment:"):
            attachment = mapping_or_none(self._attachments.get(url.removeprefix("attachment:")))
            mime = next((mime for mime in _MIME_OF_ATTACHMENTS if isinstance(attachment.get(mime), str)), "")
            url = picture_address(mime, attachment[mime]) if mime else ""
        return super().image(text, url, title)
