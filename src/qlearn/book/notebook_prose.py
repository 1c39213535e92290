"""Turn a chapter's MyST prose into Markdown that any notebook application shows.

Boxes become quotations with a title, references become their words, numbers or authors, and what only Sphinx can make,
such as a table of contents, is left out. Plain Markdown, code and formulas stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

__all__ = ["References", "readable"]

_FENCE = re.compile(
    r"^(?P<mark>`{3,}|:{3,})(?:\{(?P<name>[\w:.+-]+)\}[ \t]*(?P<argument>.*?)|(?P<language>.*?))[ \t]*$"
)
_OPTION = re.compile(r"^:([\w-]+):[ \t]*(.*)$")
_ROLE = re.compile(r"\{(?P<name>[\w:.+-]+)\}(?P<ticks>`+)(?P<text>.+?)(?P=ticks)", re.DOTALL)
_TITLED = re.compile(r"^(?P<words>.*?)\s*<(?P<target>[^<>]+)>$", re.DOTALL)
_LOCAL_LINK = re.compile(r"(?<!!)\[(?P<words>[^\]]*)\]\((?P<target>(?![a-z]+:|#)[^)\s]+?\.(?:md|ipynb)(?:#[^)]*)?)\)")
_PAGE_LINK = re.compile(r"(?<!!)\[(?P<words>[^\]]+)\]\(#[^)\s]*\)")
_TARGET_LINE = re.compile(r"^\([^()\s]+\)=\s*$")

_BOXES = ("note", "tip", "hint", "important", "warning", "caution", "attention", "danger", "error", "seealso")
_TITLED_BOXES = ("admonition", "dropdown", "card", "topic", "sidebar")
_FIGURES = ("figure", "image", "glue:figure")
_NOTHING = ("tableofcontents", "toctree", "contents", "index", "anchor-ledger", "raw", "eval-rst")


@dataclass(frozen=True)
class References:
    """What the names in a chapter's references stand for.

    Attributes
    ----------
    cite : callable
        From the keys of a citation, divided by commas, to words such as "Bennett & Brassard 1984".
    number : callable
        From a label to the number of its figure, table or section, such as "Fig. 1.2"; None when it has none.
    title : callable
        From a label or the name of a chapter to its title; None when it is unknown.
    works : tuple of str
        Lines of Markdown that list the works cited, where the chapter has its bibliography.
    """

    cite: Callable[[str], str]
    number: Callable[[str], str | None]
    title: Callable[[str], str | None]
    works: tuple[str, ...] = ()


def readable(text: str, references: References) -> str:
    """Markdown of a notebook from MyST Markdown.

    Parameters
    ----------
    text : str
        Prose of a chapter, without its code cells.
    references : References
        What its references stand for.

    Returns
    -------
    str
        Markdown without directives and roles.
    """
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_blocks(text.splitlines(), references))).strip("\n")


def _blocks(lines: list[str], references: References) -> Iterator[str]:
    prose: list[str] = []
    at = 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        if fence is None:
            if not _TARGET_LINE.match(lines[at]) and not lines[at].startswith("% "):
                prose.append(lines[at])
            at += 1
            continue
        yield from _spoken(prose, references)
        prose = []
        end = next((n for n in range(at + 1, len(lines)) if _closes(lines[n], fence["mark"])), len(lines))
        body = lines[at + 1 : end]
        if fence["name"] is None:
            yield from [lines[at], *body, fence["mark"]]
        else:
            yield from _directive(fence["name"], (fence["argument"] or "").strip(), body, references)
        at = end + 1
    yield from _spoken(prose, references)


def _closes(line: str, mark: str) -> bool:
    line = line.strip()
    return len(line) >= len(mark) and set(line) == {mark[0]}


def _spoken(lines: list[str], references: References) -> list[str]:
    text = _ROLE.sub(lambda found: _role(found, references), "\n".join(lines))
    text = _LOCAL_LINK.sub(lambda found: found["words"] or _chapter(found["target"], references), text)
    text = _PAGE_LINK.sub(lambda found: found["words"], text)
    return text.split("\n") if lines else []


def _chapter(target: str, references: References) -> str:
    name = target.partition("#")[0].rsplit(".", 1)[0]
    return references.title(name) or name


def _directive(name: str, argument: str, body: list[str], references: References) -> Iterator[str]:
    options, body = _options(body)
    if name in _NOTHING:
        return
    if name == "bibliography":
        yield from references.works
    elif name == "math":
        yield from ["", "$$", *body, "$$", ""]
    elif name in ("code-block", "code", "sourcecode", "prompt"):
        yield from [f"```{argument}", *body, "```"]
    elif name in _FIGURES:
        words = " ".join(_blocks(body, references)).strip() or options.get("alt", "")
        number = references.number(options.get("name", ""))
        yield from ["", f"*{': '.join(filter(None, [number, ' '.join(words.split())]))}*", ""]
    elif name in (*_BOXES, *_TITLED_BOXES):
        title = argument if name in _TITLED_BOXES else name.capitalize()
        first = [] if name in _TITLED_BOXES or not argument else [argument]
        heading = " ".join(_spoken([title], references))
        inside = _trimmed([*_blocks([*first, *body], references)])
        folded = name == "dropdown" or "dropdown" in options.get("class", "").split()
        yield from _folded(heading, inside) if folded else _quoted(heading, inside)
    else:
        yield from ["", *_blocks([*([f"**{argument}**", ""] if argument else []), *body], references), ""]


def _quoted(heading: str, inside: list[str]) -> list[str]:
    lines = [f"**{heading}**", "", *inside] if heading else inside
    return ["", *(f"> {line}".rstrip() for line in lines), ""]


def _folded(heading: str, inside: list[str]) -> list[str]:
    # an answer that unfolds on the page stays folded in the notebook
    return ["", "<details>", f"<summary>{escape(heading, quote=False)}</summary>", "", *inside, "", "</details>", ""]


def _options(body: list[str]) -> tuple[dict[str, str], list[str]]:
    """Split a directive's options from its body."""
    if body and body[0].strip() == "---":
        end = next((number for number, line in enumerate(body[1:], 1) if line.strip() == "---"), 0)
        pairs = (line.partition(":")[::2] for line in body[1:end])
        return {key.strip(): value.strip() for key, value in pairs}, body[end + 1 :]
    options: dict[str, str] = {}
    for number, line in enumerate(body):
        found = _OPTION.match(line)
        if found is None:
            return options, body[number:]
        options[found[1]] = found[2]
    return options, []


def _trimmed(lines: list[str]) -> list[str]:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n").split("\n")


def _role(found: re.Match[str], references: References) -> str:
    name, text = found["name"], " ".join(found["text"].split())
    titled = _TITLED.match(text)
    words, target = (titled["words"], titled["target"]) if titled else ("", text)
    if name.startswith("cite"):
        return references.cite(text) if name.endswith(":t") else f"[{references.cite(text)}]"
    if name == "numref":
        number = references.number(target) or "the figure"
        return words.replace("%s", number.split()[-1]).replace("{number}", number.split()[-1]) or number
    if name in ("ref", "doc", "any", "std:ref", "std:doc"):
        return words or references.title(target) or target
    if name == "math":
        return f"${text}$"
    if name == "eq":
        return f"equation ({target})"
    if name in ("sub", "sup"):
        return f"<{name}>{text}</{name}>"
    if name.startswith("glue"):
        return f"`{text.partition(':')[0]}`"
    return words or text
