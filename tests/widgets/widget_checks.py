"""What must hold of every widget: labels complete in both languages, script and style that need no other file."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest

from qlearn.widgets.base import BookWidget


def holes(text: str) -> set[str]:
    """Names in {braces} that the script fills in."""
    return set(re.findall(r"\{(\w+)\}", text))


def check_labels(widget: BookWidget, asked: set[str]) -> None:
    """Compare the languages, and look for the labels that the script asks for by name or by a rule given as `asked`."""
    english, korean = widget.labels["en"], widget.labels["ko"]
    assert english.keys() == korean.keys()
    for name, text in english.items():
        assert holes(text) == holes(korean[name]), name
    asked = asked | set(re.findall(r'\bt\("(\w+)"', widget._esm))
    assert asked <= english.keys(), asked - english.keys()
    unused = {name for name in english.keys() - asked if f'"{name}"' not in widget._esm}
    assert unused == set()


def check_files(widget: BookWidget, *, most_bytes: int = 100_000) -> None:
    """Look for anything the script or style would load, and at the size of what a page carries."""
    assert "import {" not in widget._esm
    assert widget._esm.count("export default") == 1
    assert "@import" not in widget._css
    assert "http" not in widget._css
    state = {name: value for name, value in widget.get_state().items() if not name.startswith("_")}
    assert len(json.dumps(state, default=_in_base64)) + len(widget._esm) + len(widget._css) < most_bytes


def _in_base64(buffer: bytes) -> str:
    return base64.b64encode(bytes(buffer)).decode()


def check_shown(widget: BookWidget) -> None:
    """Compare the three forms in which a page gets it: widget, picture and words."""
    data, _ = widget._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == widget.model_id
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data["text/plain"] == widget.summary()


def heard(widget: BookWidget, monkeypatch: pytest.MonkeyPatch, message: dict[str, Any]) -> dict[str, Any]:
    """Send a script's message and give the one answer."""
    answers: list[dict[str, Any]] = []
    monkeypatch.setattr(widget, "send", answers.append)
    widget._handle_custom_msg(message, [])
    (answer,) = answers
    return answer
