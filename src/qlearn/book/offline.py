"""Take out of a Jupyter Book everything that would ask another server for something.

Jupyter Book's defaults load MathJax, require.js, ipywidgets' html-manager and thebe from public servers. Schools'
networks are closed, so MathJax comes from the pip package `sphinx-mathjax-offline` and the rest goes.
"""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from qlearn.errors import BookError

__all__ = ["connect"]

SITE_FILES = Path(__file__).with_name("site")

# The package's folder name holds dashes, so it can be found but not imported. Of its 24 MB a page needs these:
# the TeX-to-HTML component, the macros it loads on demand, and its fonts.
_MATHJAX_PACKAGE = "sphinx-mathjax-offline"
_MATHJAX_PARTS = ("tex-chtml.js", "input/tex/extensions", "output/chtml/fonts/woff-v2")


def connect(app: Sphinx) -> None:
    """Register the offline settings, the site's own files and the copy of MathJax."""
    _forget_thebe(app)
    app.connect("config-inited", _stay_at_home)
    app.connect("builder-inited", _add_site_files)
    app.connect("build-finished", _copy_mathjax)
    app.add_css_file("qlearn/book.css")


def _forget_thebe(app: Sphinx) -> None:
    # Jupyter Book loads sphinx_thebe whether or not a page uses it; its scripts are added by event listeners, its
    # style is already noted
    app.registry.css_files = [entry for entry in app.registry.css_files if "thebe" not in entry[0]]
    for listeners in app.events.listeners.values():
        for listener in list(listeners):
            if str(getattr(listener.handler, "__module__", "")).split(".")[0] == "sphinx_thebe":
                app.disconnect(listener.id)


def _stay_at_home(app: Sphinx, config: Config) -> None:
    del app
    config.nb_ipywidgets_js = {}
    config.mathjax_path = "mathjax/tex-chtml.js"
    # without a default mode the theme asks for a mode that does not exist and logs an error on every page
    config.html_context.setdefault("default_mode", "auto")


def _add_site_files(app: Sphinx) -> None:
    # Jupyter Book puts every script and style of a folder called _static on every page, hence our own folder
    app.config.html_static_path = [*app.config.html_static_path, str(SITE_FILES)]


def _copy_mathjax(app: Sphinx, failure: Exception | None) -> None:
    if failure is not None or app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / "mathjax"
    for source, relative in _mathjax_files():
        copy = target / relative
        if not copy.exists() or copy.stat().st_size != source.stat().st_size:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)


def _mathjax_files() -> Iterator[tuple[Path, Path]]:
    """Yield each MathJax file the site needs, with its place under the site's MathJax folder."""
    package = importlib.util.find_spec(_MATHJAX_PACKAGE)
    if package is None or package.origin is None:
        raise BookError(f"{_MATHJAX_PACKAGE} is not installed; run: pip install {_MATHJAX_PACKAGE}")
    folder = Path(package.origin).parent / "static" / "mathjax"
    for part in _MATHJAX_PARTS:
        path = folder / part
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                yield file, file.relative_to(folder)
