"""Run a chapter's cells once, and again only when the chapter or the code it calls has changed.

jupyter-cache looks at the chapter's own cells. A page also shows what `qlearn.physics` computes and carries the
widgets' scripts, so the cache's folder is named after a digest of that code: change a formula, and every page that
could show it is computed again.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import qlearn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

__all__ = ["cache_folder", "code_digest", "connect", "kernel_environment", "write_kernel_profile"]

_SHOWN_PACKAGES = ("physics", "widgets")
_CODE_SUFFIXES = {".py", ".js", ".css", ".json"}
_LIBRARIES = ("anywidget", "matplotlib", "numpy", "qutip", "scipy")


def connect(app: Sphinx) -> None:
    """Register the execution settings."""
    from qlearn.book.chapter_runs import run_stale_chapters

    app.add_event("qlearn-chapter-run")
    app.connect("config-inited", _choose_cache)
    app.connect("env-before-read-docs", run_stale_chapters)


def code_digest() -> str:
    """Digest of the code whose results a page can show.

    Returns
    -------
    str
        Twelve hexadecimal digits.
    """
    digest = hashlib.sha256()
    for library in _LIBRARIES:
        digest.update(f"{library} {importlib.metadata.version(library)}\n".encode())
    package = Path(qlearn.__file__).parent
    for file in sorted(file for name in _SHOWN_PACKAGES for file in (package / name).rglob("*")):
        if file.suffix in _CODE_SUFFIXES:
            digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def write_kernel_profile(folder: Path) -> Path:
    """Write an IPython profile for the kernels that run the book's cells.

    Parameters
    ----------
    folder : Path
        Where builds keep their files.

    Returns
    -------
    Path
        Folder to give as `IPYTHONDIR`.
    """
    profile = folder / ".ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    # at its usual level a kernel warns on stderr that it talks over the loopback device without encryption
    settings = "c = get_config()\nc.IPKernelApp.log_level = 40\nc.HistoryManager.enabled = False\n"
    (profile / "ipython_kernel_config.py").write_text(settings, encoding="utf-8")
    return profile.parent


def kernel_environment(folder: Path) -> dict[str, str]:
    """Environment variables of the kernels: no profile of the user's own changes what a page shows.

    Parameters
    ----------
    folder : Path
        Where builds keep their files.

    Returns
    -------
    dict
        This process's variables with the profile of `write_kernel_profile`, and without debugpy's remark on frozen
        modules.
    """
    return {
        **os.environ,
        "IPYTHONDIR": str(write_kernel_profile(folder)),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def cache_folder(caches: Path) -> Path:
    """Name the cache of the outputs of today's code, and drop those of older code.

    Parameters
    ----------
    caches : Path
        Folder of the caches of a book.

    Returns
    -------
    Path
        A folder in it, there or not.
    """
    current = caches / code_digest()
    for old in caches.glob("*"):
        if old != current and old.is_dir():
            shutil.rmtree(old, ignore_errors=True)
    return current


def _choose_cache(app: Sphinx, config: Config) -> None:
    config.nb_execution_raise_on_error = True
    if config.nb_execution_mode == "cache" and not config.nb_execution_cache_path:
        config.nb_execution_cache_path = str(cache_folder(Path(app.outdir).parent / ".jupyter_cache"))
