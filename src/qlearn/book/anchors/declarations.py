"""What a chapter says it reproduces: the mapping `anchors` in the front matter of its MyST file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from qlearn.errors import BookError

__all__ = ["Declaration", "read_declarations"]

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_FORM = "write `anchors:` and under it one line an entry, such as `K01: qkd.key_rate.error_rate_threshold()`"


@dataclass(frozen=True)
class Declaration:
    """A chapter reproduces an entry.

    Attributes
    ----------
    chapter : str
        Name of the chapter's page, such as `qkd/bb84`.
    anchor : str
        Id of the entry.
    expression : str
        Python expression that computes its value or values from `qlearn.physics`.
    """

    chapter: str
    anchor: str
    expression: str


def read_declarations(book: Path, files: Iterable[Path]) -> tuple[Declaration, ...]:
    """Read the declarations of chapters.

    Parameters
    ----------
    book : Path
        The book's folder.
    files : iterable of Path
        MyST files under it.

    Returns
    -------
    tuple of Declaration
        In the order of the files and of their lines.

    Raises
    ------
    BookError
        When a front matter is no YAML, or its `anchors` no mapping from ids to expressions.
    """
    return tuple(
        declaration
        for file in files
        for declaration in _declarations(file.relative_to(book).with_suffix("").as_posix(), file)
    )


def _declarations(chapter: str, file: Path) -> list[Declaration]:
    found = _FRONT_MATTER.match(file.read_text(encoding="utf-8"))
    # most pages declare nothing, and YAML is slow to read
    if found is None or "anchors" not in found[1]:
        return []
    text = found[1]
    try:
        # nodes instead of values: they keep the text of an expression and an id that stands there twice
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise BookError(f"chapter {chapter}: its front matter is no YAML: {' '.join(str(error).split())}") from error
    declared = [value for key, value in root.value if key.value == "anchors"] if _is_mapping(root) else []
    declarations: dict[str, Declaration] = {}
    for mapping in declared:
        if not _is_mapping(mapping):
            raise BookError(f"chapter {chapter}: its `anchors` are no mapping; {_FORM}")
        for key, value in mapping.value:
            if key.value in declarations:
                raise BookError(f"chapter {chapter} declares {key.value} twice; remove one")
            declarations[key.value] = Declaration(chapter, key.value, _expression(value, text))
    return list(declarations.values())


def _is_mapping(node: yaml.Node | None) -> bool:
    return isinstance(node, yaml.MappingNode)


def _expression(node: yaml.Node, text: str) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value).strip()
    # an unquoted expression in square brackets is a list to YAML, but Python to us
    return text[node.start_mark.index : node.end_mark.index].strip()
