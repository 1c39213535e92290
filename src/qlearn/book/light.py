"""Leave out what a page would load for nothing.

The theme draws its icons twice over: its style has them as a web font, and a script of 1.5 MB replaces each by a
drawing. The font is enough. The theme's layout names the script, so the site has a file in its place.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["connect"]

ICON_SCRIPT = "_static/scripts/fontawesome.js"
_INSTEAD = "// The icons of this site come from the web font of its style; no script draws them.\n"


def connect(app: Sphinx) -> None:
    """Register the replacement, once the theme's files are copied."""
    app.connect("build-finished", _leave_icon_script_out)


def _leave_icon_script_out(app: Sphinx, failure: Exception | None) -> None:
    script = Path(app.outdir, ICON_SCRIPT)
    if failure is None and app.builder.name == "html" and script.exists():
        script.write_text(_INSTEAD, encoding="utf-8")
