"""Sphinx extension that makes a Jupyter Book stand on its own: no network, no kernel, widgets that move.

A book turns it on with one line of `_config.yml`: `sphinx: {extra_extensions: [qlearn.book]}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qlearn import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension's parts with Sphinx.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application that Jupyter Book makes.

    Returns
    -------
    dict
        Version, and that pages may be read and written in parallel.
    """
    # Sphinx is imported here only, so that `import qlearn.book` stays cheap for the command line
    from qlearn.book import execution, offline, print_pages, widget_pages

    offline.connect(app)
    execution.connect(app)
    widget_pages.connect(app)
    print_pages.connect(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
