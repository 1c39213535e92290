"""Small books of a test's own, built by the command a person would use."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

CONFIG = """
title: small
author: us
only_build_toc_files: true
execute: {{execute_notebooks: cache}}
html: {{favicon: favicon.svg}}
sphinx:
  extra_extensions: [qlearn.book]
  config: {{language: {language}}}
"""
NOTEBOOK = "---\nfile_format: mystnb\nkernelspec: {name: python3, display_name: Python 3}\n---\n"


def cell(code: str) -> str:
    """Give a code cell as MyST writes it."""
    return f"```{{code-cell}} ipython3\n{code}\n```\n\n"


def write_book(folder: Path, pages: Mapping[str, str], *, language: str = "en") -> Path:
    """Write a book's sources; the first page is the root, a page's name has no suffix."""
    root, *others = pages
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "favicon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (folder / "_config.yml").write_text(CONFIG.format(language=language), "utf-8")
    chapters = "".join(f"  - file: {name}\n" for name in others)
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: {root}\nchapters:\n{chapters}", "utf-8")
    for name, text in pages.items():
        (folder / f"{name}.md").parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


def build(book: Path, *options: str) -> Path:
    """Build a book beside its sources and give the folder of its pages."""
    command = [sys.executable, "-m", "qlearn", "book", "build", "--source", str(book), *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return book / "_build" / "html"
