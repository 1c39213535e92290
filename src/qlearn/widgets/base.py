"""What every widget of the book has: labels in several languages, a summary in words and a static picture."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["BookWidget", "read_labels"]


def read_labels(script: Path) -> dict[str, dict[str, str]]:
    """Labels that lie beside a widget's file as `<stem>.labels.json`.

    Parameters
    ----------
    script : Path
        The widget's Python file.

    Returns
    -------
    dict
        Language code to label name to text; a text may hold {holes} that the script fills.
    """
    labels: dict[str, dict[str, str]] = json.loads(script.with_suffix(".labels.json").read_text(encoding="utf-8"))
    return labels


class BookWidget(anywidget.AnyWidget):
    """A widget that also works on a page without a kernel, and in print as a picture.

    A subclass sets `_esm`, `_css` and `labels` and defines `summary` and `picture`. One with a grid also sets `grid`,
    and defines `exact`, which gives the physics itself where the page interpolates.
    """

    labels = traitlets.Dict().tag(sync=True)
    grid = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.on_msg(_answer)

    def summary(self) -> str:
        """One sentence on what the widget shows, for those who cannot see the picture."""
        raise NotImplementedError  # not an abstract class: ipywidgets has a metaclass of its own

    def picture(self) -> Figure:
        """Drawing of the widget's first state for print and for browsers that cannot run it."""
        raise NotImplementedError  # as above

    def exact(self, **at: float) -> Sequence[float]:
        """Values of the grid's outputs at a place, from the physics itself."""
        raise NotImplementedError  # a widget without a grid is never asked

    def heard(self, message: dict[str, Any]) -> None:
        """Answer what the script asks beyond exact values; nothing, unless a subclass does."""

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        try:
            picture, summary = self.picture(), self.summary()
        except ImportError:  # an exercise forbids the physics that draws: the widget itself has its stored numbers
            return data, metadata
        image = io.BytesIO()
        picture.savefig(image, format="png", dpi=144)
        data = {**data, "text/plain": summary, "image/png": base64.b64encode(image.getvalue()).decode("ascii")}
        return data, metadata


def _answer(widget: BookWidget, message: dict[str, Any], buffers: object) -> None:
    """Tell the script that a kernel is there, and what it asks."""
    del buffers
    kind = message.get("kind")
    if kind == "hello":
        widget.send({"kind": "ready"})
    elif kind == "exact":
        at = {str(name): float(value) for name, value in message["at"].items()}
        widget.send({"kind": "exact", "at": at, "values": [float(value) for value in widget.exact(**at)]})
    else:
        widget.heard(message)
