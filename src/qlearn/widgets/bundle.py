"""Make one self-contained ES module of a widget's script and the views it imports, and one style.

anywidget sends a widget's script as one text, so `import { x } from "./views/y.js"` has nothing to load from. The
views are put in front of the script, each once, without their `export` words. The files themselves stay modules
that an editor or a bundler understands.
"""

from __future__ import annotations

import re
from pathlib import Path

from qlearn.errors import ParameterError

__all__ = ["bundle_script", "bundle_style"]

_IMPORT = re.compile(r'^import\s*\{[^}]*\}\s*from\s*"(\./[^"]+)";\n', re.MULTILINE)
_SHARED_STYLE = Path(__file__).with_name("views") / "widget.css"
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)


def bundle_script(script: Path) -> str:
    """Script of a widget with its views in front.

    Parameters
    ----------
    script : Path
        An ES module whose imports are all of the form `import { a, b } from "./relative.js";`.

    Returns
    -------
    str
        One ES module without imports; its names must differ between the files, or the browser refuses it.

    Raises
    ------
    ParameterError
        When an imported file does not exist.
    """
    parts: dict[Path, str] = {}
    _collect(script.resolve(), parts)
    *views, (_, body) = parts.items()
    return "\n".join([*(_EXPORT.sub("", text) for _, text in views), body])


def bundle_style(style: Path) -> str:
    """Style of a widget with the one that all widgets share in front.

    Parameters
    ----------
    style : Path
        The widget's own style; it need not exist.

    Returns
    -------
    str
        CSS that needs no other file.
    """
    shared = _SHARED_STYLE.read_text(encoding="utf-8")
    return f"{shared}\n{style.read_text(encoding='utf-8')}" if style.is_file() else shared


def _collect(script: Path, parts: dict[Path, str]) -> None:
    text = script.read_text(encoding="utf-8")
    for name in _IMPORT.findall(text):
        view = (script.parent / name).resolve()
        if not view.is_file():
            raise ParameterError(f"{script.name} imports {name}, which does not exist beside it; correct the import")
        if view not in parts:
            _collect(view, parts)
    parts[script] = _IMPORT.sub("", text)
