"""What a student may read of a hidden test that failed: the message its author wrote, and nothing it holds.

An error's text is not always its author's. `numpy.testing` and `unittest` print the values they compared, a bare
assert may come with its own source line, and an exception raised by the student's code can repeat what it was called
with. The test's source says which texts its author wrote.
"""

from __future__ import annotations

import ast
import builtins
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qlearn.grading.plan import HIDDEN_REGIONS
from qlearn.grading.report import explain_error

__all__ = ["DEFAULT_MARKERS", "Markers", "author_templates", "cut_hidden", "hidden_lines", "hidden_message", "squeeze"]

Markers = Sequence[tuple[str, str]]
"""What begins and what ends a hidden region, as nbgrader is configured."""

DEFAULT_MARKERS: Markers = HIDDEN_REGIONS

TELLING_LENGTH = 12
"""A hidden line shorter than this, such as `for i in x:`, may stand in anyone's code by chance."""

MESSAGE_ARGUMENTS = frozenset({"err_msg", "message", "msg", "reason"})
ONE_VALUE_ASSERTIONS = frozenset({"assertTrue", "assertFalse", "assertIsNone", "assertIsNotNone", "assert_"})

_TIMEOUT = re.compile(r"This cell ran for more than \d+ seconds and was stopped\.( Look for a loop that never ends\.)?")
_SHAPES_OF_LIBRARIES = re.compile(
    r"\bnot (almost )?equal\b|not equal to tolerance|mismatched elements|\bactual: |\bdesired: |arrays are not"
    r"|max (absolute|relative) difference|\bx: .+\by: |x and y "  # numpy.testing
    r"|\[left\]: |\[right\]: "  # pandas.testing
    r"| (!=|==|<=|>=|<|>) |\bunexpectedly (found in|none|identical)\b|\bnot found in\b|\bnot (less|greater) than\b"
    r"| is not (true|false|none|an instance of)\b|^\S+ is not \S+$|\bwithin \d+ (places|delta)\b"
    r"|element counts were|didn't match: |sequences? differ|first (differing|extra)"  # unittest
    r"|^assert |\bdid not raise\b|\bapprox\(",  # pytest
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Template:
    """A text that a test's author wrote: the parts between the gaps into which values are filled."""

    parts: tuple[str, ...]
    text: str = ""
    """The text itself, if it is a plain string that stands where a message does."""

    def fits(self, said: str) -> bool:
        """Whether filling the gaps in some way gives this text; linear in it, unlike a pattern with `.*` in it."""
        first, *middle = self.parts
        if not middle:
            return said == first
        last = middle.pop()
        if not said.startswith(first):
            return False
        place = len(first)
        for part in middle:
            found = said.find(part, place)
            if found < 0:
                return False
            place = found + len(part)
        return len(said) - place >= len(last) and said.endswith(last)


def squeeze(text: str) -> str:
    """Put one space in place of any white space."""
    return " ".join(text.split())


def cut_hidden(source: str, markers: Markers = DEFAULT_MARKERS) -> tuple[str, str]:
    """Part a cell's source in what a student may read and what is hidden, markers included.

    A marker counts however it is spaced and capitalised, and a region that is not closed goes on to the end: nbgrader
    reads markers to the letter, but showing a test by a slip of the keyboard cannot be taken back.
    """
    kept: list[str] = []
    hidden: list[str] = []
    closing = ""
    for line in source.split("\n"):
        plain = squeeze(line).casefold()
        opening = next((end for begin, end in markers if squeeze(begin).casefold() in plain), "")
        closing = closing or squeeze(opening).casefold()
        (hidden if closing else kept).append(line)
        if closing and closing in plain:
            closing = ""
    return "\n".join(kept), "\n".join(hidden)


def hidden_lines(hidden: Iterable[str], shown: Iterable[str]) -> frozenset[str]:
    """Collect the lines by which a hidden test can be known again in an output: long, and in no cell that is shown."""

    def lines(sources: Iterable[str]) -> set[str]:
        return {squeeze(line) for source in sources for line in source.split("\n")}

    return frozenset(line for line in lines(hidden) - lines(shown) if len(line) >= TELLING_LENGTH)


@functools.lru_cache(maxsize=512)  # a class shares its test cells
def author_templates(source: str) -> tuple[Template, ...]:
    """Find the texts in a test cell's source; a cell that is not plain Python has none."""
    try:
        tree = ast.parse(re.sub(r"(?m)^(\s*)[%!]", r"\1#", source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    messages = {id(part) for message in _message_places(tree) for part in ast.walk(message)}
    pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    templates = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            said = node.value if id(node) in messages else ""
            templates.append(_template(re.split(r"\{[^{}]*\}|%[-+ #0-9.]*[a-zA-Z]", node.value), said))
        elif isinstance(node, ast.JoinedStr):
            fixed = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            # `f"{got} != {wanted}"` is an author's message where it stands as one, and too little to go by elsewhere
            if id(node) in messages or sum(len(str(part)) for part in fixed if part) >= TELLING_LENGTH:
                templates.append(_template(_merge_gaps(fixed), ""))
    return tuple(template for template in templates if template is not None)


def _message_places(tree: ast.AST) -> Iterable[ast.AST]:
    """Find what is written to be read: a string elsewhere may be the hidden answer itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and node.msg is not None:
            yield node.msg
        elif isinstance(node, ast.Raise) and node.exc is not None:
            yield node.exc
        elif isinstance(node, ast.Call):
            yield from (named.value for named in node.keywords if named.arg in MESSAGE_ARGUMENTS)
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name.startswith("assert") and len(node.args) >= (2 if name in ONE_VALUE_ASSERTIONS else 3):
                yield node.args[-1]


def hidden_message(
    name: str, value: str, *, raised_in: str, source: str, templates: Sequence[Template], words: Mapping[str, str]
) -> str:
    """Say what a student may know of an error in a test cell with hidden regions.

    Parameters
    ----------
    name, value
        The error's type and text, as the notebook holds them.
    raised_in
        `test`, `student` or `host` as the engine says; empty if it did not say.
    source
        The whole cell's.
    templates
        What authors of test cells wrote, from `author_templates`.
    words
        The page's own, from `feedback_words.WORDS`.
    """
    own = name in ("AssertionError", "Misconception")
    if raised_in == "host" or (not raised_in and _TIMEOUT.fullmatch(squeeze(value))):
        return squeeze(value) or words["hidden_not_passed"]
    known = isinstance(getattr(builtins, name, None), type) and issubclass(getattr(builtins, name), BaseException)
    if raised_in == "student" or not (raised_in or own):
        # the type's name is the student's to choose, so a name that Python does not know is not repeated
        return words["hidden_raised"].format(error=name) if known else words["hidden_raised_own"]
    if own:
        return _authors_part(explain_error(name, value).text, source, templates) or words["hidden_not_passed"]
    return words["hidden_cannot_use"].format(error=name) if known else words["hidden_not_passed"]


def _authors_part(text: str, source: str, templates: Sequence[Template]) -> str:
    if text in ("AssertionError", "Misconception"):
        return ""
    if any(template.fits(text) for template in templates):
        return text
    if not (_SHAPES_OF_LIBRARIES.search(text) or _quotes(text, source)):
        return text
    said = [template.text for template in templates if " " in template.text and template.text in text]
    return " ".join(part for part in dict.fromkeys(said) if not any(part in other for other in said if other != part))


def _quotes(text: str, source: str) -> bool:
    """Whether a text holds a line of the source or what one of its asserts compares."""
    packed = "".join(text.split())
    lines = {"".join(line.split()) for line in source.split("\n")}
    return any(len(line) >= TELLING_LENGTH and line in packed for line in lines) or any(
        comparison in packed for comparison in _comparisons(source)
    )


def _comparisons(source: str) -> Iterable[str]:
    for match in re.finditer(r"(?m)^\s*assert\s+(.+)$", source):
        compared = "".join(match[1].split(', "')[0].split(", '")[0].split())
        if len(compared) >= 5:
            yield compared


def _merge_gaps(parts: Sequence[Any]) -> list[str]:
    """Turn texts and gaps (None) into the texts between the gaps."""
    texts = [""]
    for part in parts:
        if part is None:
            texts.append("")
        else:
            texts[-1] += str(part)
    return texts


def _template(parts: Sequence[str], text: str) -> Template | None:
    """Make a template of the texts between its gaps; None where there is no text to know it by."""
    # as `explain_error` gives what was said: one space for white space, no slug
    whole = explain_error("Misconception", "\0".join(parts) or "\0").text
    if not whole.replace("\0", "").strip():
        return None
    return Template(tuple(whole.split("\0")), explain_error("Misconception", text).text if text.strip() else "")
