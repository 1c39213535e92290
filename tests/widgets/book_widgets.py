"""What every widget of the book has to do, for the tests of each."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from typing import Any

from qlearn.widgets.base import BookWidget

MOST_BYTES = 300_000  # of a page's widget data


def check_self_contained(widget: BookWidget) -> None:
    """Script and style need no other file, and state, script and style together fit on a page."""
    assert "import {" not in widget._esm
    assert widget._esm.count("export default") == 1
    assert "@import" not in widget._css
    assert "http" not in widget._css
    state = {name: value for name, value in widget.get_state().items() if not name.startswith("_")}
    grid = state.get("grid", {}).get("values", b"")
    text = json.dumps(state, default=lambda raw: base64.b64encode(bytes(raw)).decode())
    assert len(text) + len(widget._esm) + len(widget._css) + len(grid) < MOST_BYTES


def check_labels(widget: BookWidget, *, built: Iterable[str] = ()) -> None:
    """Both languages have the same labels with the same holes; what the script asks for is there, and nothing else.

    `built` are names that the script puts together from pieces.
    """
    english, korean = widget.labels["en"], widget.labels["ko"]
    assert english.keys() == korean.keys()
    for name, text in english.items():
        assert _holes(text) == _holes(korean[name]), name
        assert text.strip()
        assert korean[name].strip()
    asked = set(re.findall(r'\bt\(\s*"(\w+)"', widget._esm)) | set(built)
    assert asked <= english.keys(), asked - english.keys()
    assert not english.keys() - asked - {"language", "title"}, "labels that nothing asks for"


def check_shown(widget: BookWidget) -> None:
    """A page gets the widget, print gets a picture, and both get words."""
    data, _ = widget._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == widget.model_id
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data["text/plain"] == widget.summary()


def heard(widget: BookWidget, monkeypatch: Any, message: dict[str, Any]) -> dict[str, Any]:
    """Send a script's message and give the one answer."""
    answers: list[dict[str, Any]] = []
    monkeypatch.setattr(widget, "send", answers.append)
    widget._handle_custom_msg(message, [])
    (answer,) = answers
    return answer


def _holes(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))
