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
    from qlearn.book import (
        access,
        edition_notes,
        execution,
        light,
        modules,
        notebook_download,
        offline,
        page_links,
        print_pages,
        search,
        widget_pages,
    )
    from qlearn.book.anchors import page as anchor_page

    parts = (offline, execution, widget_pages, modules, search, light, print_pages, access, anchor_page)
    for part in (*parts, notebook_download, edition_notes, page_links):
        part.connect(app)
    # env_version: raise it when what a part keeps between builds changes its form, and every chapter is read again
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
