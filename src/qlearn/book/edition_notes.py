"""What an edition's pages need to be in their language and to find each other in another.

Each edition leaves a note of its pages in its folder, and gets a script that tells them of all notes; so a switch
between languages works from disk too, and appears when a second edition is built, without building the first again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes  # type: ignore[import-untyped]  # its stubs are a package of their own
from sphinx.addnodes import toctree
from sphinx.locale import init as init_locale
from sphinx.util.i18n import docname_to_domain

from qlearn.book.language import EDITION_NOTE, EDITIONS_SCRIPT, other_editions
from qlearn.book.words import words_for

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

__all__ = ["connect"]


def connect(app: Sphinx) -> None:
    """Register the settings, and the notes that editions leave each other."""
    app.add_config_value("qlearn_edition", default="", rebuild="html", types=[str])
    app.connect("config-inited", _one_catalogue_a_chapter)
    app.connect("builder-inited", _keep_pictures_out, priority=900)
    # after the table of contents is in the page, before Sphinx takes note of it
    app.connect("doctree-read", _translate_parts, priority=200)
    app.connect("build-finished", _leave_note)


def _one_catalogue_a_chapter(app: Sphinx, config: Config) -> None:
    del app
    config.gettext_compact = False


def _keep_pictures_out(app: Sphinx) -> None:
    """Let the pictures that cells make, which are copied into the site, wait outside of it in this edition too."""
    if app.config.qlearn_edition:
        folder = Path(app.doctreedir).parent / "jupyter_execute"
        settings = app.env.mystnb_config  # type: ignore[attr-defined]
        app.env.mystnb_config = settings.copy(output_folder=str(folder))  # type: ignore[attr-defined]


def _translate_parts(app: Sphinx, document: nodes.document) -> None:
    """Translate the names of parts, which enter the page after Sphinx has translated it."""
    if not app.config.qlearn_edition:
        return
    domain = docname_to_domain(app.env.docname, app.config.gettext_compact)
    catalogue, found = init_locale(app.config.locale_dirs, app.config.language, domain)
    for contents in document.findall(toctree):
        if found and contents.get("caption"):
            contents["caption"] = catalogue.gettext(contents["caption"])


def _leave_note(app: Sphinx, failure: Exception | None) -> None:
    if failure is not None or app.builder.name != "html":
        return
    folder = Path(app.outdir)
    note = {"language": app.config.language, "pages": sorted(app.env.found_docs)}
    # pages that Sphinx makes are in every edition
    note["pages"] += [page for page in ("genindex", "search") if (folder / f"{page}.html").exists()]
    (folder / EDITION_NOTE).parent.mkdir(parents=True, exist_ok=True)
    (folder / EDITION_NOTE).write_text(json.dumps(note), encoding="utf-8")
    _tell_editions(folder.parent if app.config.qlearn_edition else folder)


def _tell_editions(site: Path) -> None:
    """Give each edition of a site a script that knows them all."""
    folders = {"": site, **{f"{name}/": folder for name, folder in other_editions(site).items()}}
    notes = {
        name: json.loads((folder / EDITION_NOTE).read_text(encoding="utf-8"))
        for name, folder in folders.items()
        if (folder / EDITION_NOTE).is_file() and (folder / "index.html").is_file()
    }
    editions = {
        note["language"]: {
            "name": words_for(note["language"])["language_name"],
            "folder": name,
            "back": "../" if name else "./",
            "pages": note["pages"],
        }
        for name, note in notes.items()
    }
    for name, note in notes.items():
        told = json.dumps({"here": note["language"], "editions": editions}, ensure_ascii=False)
        script, text = folders[name] / EDITIONS_SCRIPT, f"window.qlearnEditions = {told};\n"
        if not script.exists() or script.read_text(encoding="utf-8") != text:
            script.write_text(text, encoding="utf-8")
