"""Maths for a page without scripts: TeX becomes MathML, which browsers draw themselves.

`latex2mathml` reads the TeX, which may be a student's. Of what it makes only elements and attributes named here are
kept, and every text is escaped anew, so a formula can hold neither a link nor a style nor any HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from markupsafe import Markup, escape

__all__ = ["tex_to_mathml"]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


LONGEST_TEX = 4000
"""Beyond this many characters a formula is shown as its source; no formula anyone reads is as long."""

ELEMENTS = _names(
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts "
    "mprescripts mtable mtr mtd mphantom mstyle mpadded merror none"
)
BARS = frozenset({"|", "\u2223", "\u2225", "\u2016"})
"""TeX sets no space around them, and `|` is a bracket in every ket; MathML takes them for relations."""
FENCES = frozenset({"(", ")", "[", "]", "{", "}", "\u27e8", "\u27e9", *BARS})
MOST_ROWS = 5
"""Brackets of a matrix grow in a font made for formulas; in others our style sheet enlarges them, up to these rows."""
UNWRAPPED = frozenset({"menclose"})  # not in MathML Core: browsers show what is inside and so do we
_LENGTH = re.compile(r"-?\d{0,2}(\.\d{1,4})?(em|ex|mu)|0")
_WORD = re.compile(r"[a-z]{1,12}")
ATTRIBUTES = {
    "display": _WORD,
    "displaystyle": _WORD,
    "scriptlevel": re.compile(r"[+-]?\d"),
    "mathvariant": re.compile(r"normal"),
    "stretchy": _WORD,
    "fence": _WORD,
    "form": _WORD,
    "separator": _WORD,
    "accent": _WORD,
    "accentunder": _WORD,
    "largeop": _WORD,
    "movablelimits": _WORD,
    "symmetric": _WORD,
    "minsize": _LENGTH,
    "maxsize": _LENGTH,
    "width": _LENGTH,
    "lspace": _LENGTH,
    "rspace": _LENGTH,
    "linethickness": _LENGTH,
}
_ALIGNED = re.compile(r"\\(begin|end)\{(align|aligned|gathered|equation\*?|gather\*?|eqnarray\*?)\}")
_DEFINES = re.compile(r"\\(re)?newcommand|\\providecommand|\\[gex]?def\b|\\let\b|\\DeclareMathOperator")
_KETBRA = re.compile(r"\\(ketbra|dyad)\{([^{}]*)\}\{([^{}]*)\}")


def tex_to_mathml(tex: str, *, display: bool = False) -> Markup:
    """Turn one formula into MathML; what cannot be read as TeX is shown as it was written.

    Parameters
    ----------
    tex
        The formula without its dollar signs.
    display
        Whether it stands on a line of its own.
    """
    refused = len(tex) > LONGEST_TEX or _DEFINES.search(tex)  # a macro of a macro of a macro grows without end
    made = "" if refused else _convert(tex, display=display)
    if not made:
        return Markup("<code>{}</code>").format(tex.strip())
    return Markup(made)  # noqa: S704  built here element by element, texts escaped


def _convert(tex: str, *, display: bool) -> str:
    from latex2mathml.converter import Converter

    try:
        tree = Converter(display="block" if display else "inline").convert_to_element(_known_names(tex))
        return "".join(_write(tree))
    except Exception:
        # It reads what anyone may have typed and fails in many ways, deep nesting's RecursionError among them.
        return ""


def _known_names(tex: str) -> str:
    """Put names that `latex2mathml` knows in place of some it does not."""
    tex = _KETBRA.sub(r"\\ket{\2}\\bra{\3}", tex)

    def rename(found: re.Match[str]) -> str:
        if found[2].startswith(("align", "eqnarray")):  # with a star, since each formula would be number (1)
            return rf"\{found[1]}{{align*}}"
        return "" if "&" not in tex and r"\\" not in tex else rf"\{found[1]}{{align*}}"

    return _ALIGNED.sub(rename, tex)


def _write(element: Element, rows: int = 0) -> Iterator[str]:
    """Write an element anew; `rows` is how many lines of a matrix it stands beside."""
    kept = element.tag in ELEMENTS
    tag = element.tag if kept else "mrow"
    text = html.unescape(element.text or "")
    if element.tag not in UNWRAPPED:
        bar = ' lspace="0em" rspace="0em"' if tag == "mo" and text in BARS else ""
        fence = f' class="rows{min(rows, MOST_ROWS)}"' if tag == "mo" and rows > 1 and text in FENCES else ""
        yield f"<{tag}{''.join(_attributes(element.attrib)) if kept else ''}{bar}{fence}>"
    yield str(escape(text.replace("\u2223", "|")))
    beside = [None, *element, None]
    for before, child, after in zip(beside, element, beside[2:], strict=False):
        yield from _write(child, max(_rows(before), _rows(after)))
    if element.tag not in UNWRAPPED:
        yield f"</{tag}>"


def _rows(element: Element | None) -> int:
    return 0 if element is None or element.tag != "mtable" else len(element)


def _attributes(attributes: Mapping[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        if name in ATTRIBUTES and ATTRIBUTES[name].fullmatch(value):
            yield f' {name}="{value}"'
        elif name == "columnalign" and value in ("left", "right"):
            yield f' class="{value}"'  # browsers do not know columnalign; our style sheet knows the class
