"""Matplotlib drawings that follow the page: text and axes in its colour, data in colours for light and dark.

A picture with its own white ground glares on a dark page. `PageFigure` gives the page an SVG whose black is the page's
text colour, with words a screen reader can use, and gives print a PNG on white.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from cycler import cycler

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["COLOURS", "PageFigure", "page_style"]

# at least 3 to 1 against white and against the dark page: a test computes it
COLOURS = ("#2f7de1", "#d2660f", "#1c9a70", "#d6456b", "#8a63d2")

_INK = "#010203"  # stands for the page's text colour; no drawing uses it otherwise
_SIZE = re.compile(r'width="[\d.]+pt" height="[\d.]+pt"')


@contextmanager
def page_style() -> Iterator[None]:
    """Matplotlib settings for a drawing that will be shown as a `PageFigure`."""
    settings: dict[str, Any] = {
        "axes.edgecolor": _INK,
        "axes.labelcolor": _INK,
        "axes.titlecolor": _INK,
        "axes.prop_cycle": cycler(color=COLOURS),
        "axes.spines.right": False,
        "axes.spines.top": False,
        "figure.constrained_layout.use": True,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "font.size": 11,
        "legend.frameon": False,
        "lines.linewidth": 2,
        "savefig.facecolor": "none",
        "svg.fonttype": "path",
        "text.color": _INK,
        "xtick.color": _INK,
        "ytick.color": _INK,
    }
    # matplotlib types the settings' names one by one
    with mpl.rc_context(settings):  # type: ignore[arg-type]
        yield


class PageFigure:
    """A drawing with the words that stand for it.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Drawn inside `page_style`.
    alt : str
        What the drawing shows, for those who cannot see it.
    """

    def __init__(self, figure: Figure, *, alt: str) -> None:
        self.figure = figure
        self.alt = alt

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        del kwargs
        return {"text/html": self.html(), "image/png": self._png(), "text/plain": self.alt}

    def html(self) -> str:
        """SVG in a `div`, black replaced by the page's text colour.

        Returns
        -------
        str
            HTML that needs no other file.
        """
        drawing = io.StringIO()
        # the salt makes the drawing's internal names depend on its words, so that two drawings on a page do not clash
        with mpl.rc_context({"svg.hashsalt": self.alt}):
            self.figure.savefig(drawing, format="svg", metadata={"Date": None, "Creator": None})
        svg = drawing.getvalue()
        svg = svg[svg.index("<svg") :].replace(_INK, "currentColor")
        svg = _SIZE.sub("", svg, count=1)
        width = round(self.figure.get_figwidth() * 96)
        opening = f'<svg role="img" aria-label="{escape(self.alt)}" style="width: min({width}px, 100%)" '
        return f'<div class="qlearn-figure">{svg.replace("<svg ", opening, 1)}</div>'

    def _png(self) -> str:
        picture = io.BytesIO()
        self.figure.savefig(picture, format="png", dpi=144, facecolor="white")
        return base64.b64encode(picture.getvalue()).decode("ascii")
