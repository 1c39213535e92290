"""Leave out what a page would load for nothing.

The theme draws its icons twice over: its style has them as a web font, and a script of 1.5 MB replaces each by a
drawing. The font is enough. The theme's layout names the script, so the site has a file in its place. Its folder also
brings raw templates, which are no pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["connect"]

ICON_SCRIPT = "_static/scripts/fontawesome.js"
RAW_TEMPLATES = ("_static/webpack-macros.html", "_static/sbt-webpack-macros.html")
_INSTEAD = "// The icons of this site come from the web font of its style; no script draws them.\n"


def connect(app: Sphinx) -> None:
    """Register the clearing, once the theme's files are copied."""
    app.connect("build-finished", _clear)


def _clear(app: Sphinx, failure: Exception | None) -> None:
    if failure is not None or app.builder.name != "html":
        return
    script = Path(app.outdir, ICON_SCRIPT)
    if script.exists():
        script.write_text(_INSTEAD, encoding="utf-8")
    for template in RAW_TEMPLATES:
        Path(app.outdir, template).unlink(missing_ok=True)
