"""Write each widget's script as a file of the site too, for servers whose policy refuses scripts from a blob.

A page carries its widgets' scripts in their state, and `site/qlearn/widget-host.js` imports them from there when the
page is opened from disk, where browsers import no file. Over http it imports the file that is written here, which a
`Content-Security-Policy` of `script-src 'self'` allows.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qlearn.book.page_state import page_states

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["connect", "module_name"]

FOLDER = "_static/qlearn/modules"


def connect(app: Sphinx) -> None:
    """Register the writing of the files, after the pages."""
    app.connect("build-finished", _write_modules)


def module_name(state: dict[str, Any]) -> str:
    """File name of a widget's script.

    Parameters
    ----------
    state : dict
        A model's state as the page holds it; `_esm` is the script, `_anywidget_id` the class's full name.

    Returns
    -------
    str
        The Python module's name and twelve hexadecimal digits of the script's digest, so that a browser never takes
        an old file for a new one.
    """
    parts = str(state.get("_anywidget_id", "widget")).split(".")
    stem = re.sub(r"\W", "-", parts[-2] if len(parts) > 1 else parts[0])
    return f"{stem}-{hashlib.sha256(state['_esm'].encode()).hexdigest()[:12]}.js"


def _write_modules(app: Sphinx, failure: Exception | None) -> None:
    if failure is not None or app.builder.name != "html":
        return
    states = [model["state"] for _, page in page_states(app.env) for model in page["state"].values()]
    scripts = {module_name(state): state["_esm"] for state in states if "_esm" in state}
    folder = Path(app.outdir, FOLDER)
    for old in folder.glob("*.js"):
        if old.name not in scripts:
            old.unlink()
    for name, script in scripts.items():
        if not (folder / name).exists():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(script, encoding="utf-8", newline="\n")
