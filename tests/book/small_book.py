"""A book of one chapter in a folder, for tests that build it by the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CONFIG = """
title: small
author: us
only_build_toc_files: true
execute: {execute_notebooks: cache}
sphinx: {extra_extensions: [qlearn.book]}
"""
TOC = "format: jb-book\nroot: index\nchapters: [{file: part/chapter}]\n"
HEADER = "---\nfile_format: mystnb\nkernelspec: {name: python3, display_name: Python 3}\n---\n# Chapter\n\n"


def cell(code: str) -> str:
    """Write a code cell of MyST."""
    return f"```{{code-cell}} ipython3\n{code}\n```\n\n"


def make_book(folder: Path, chapter: str = "") -> Path:
    """Write the sources of a book with one chapter."""
    (folder / "part").mkdir(parents=True)
    (folder / "_config.yml").write_text(CONFIG, "utf-8")
    (folder / "_toc.yml").write_text(TOC, "utf-8")
    (folder / "index.md").write_text("# Small\n", "utf-8")
    (folder / "part" / "chapter.md").write_text(HEADER + chapter, "utf-8")
    return folder


def qlearn_book_build(book: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run `qlearn book build` on it."""
    command = [sys.executable, "-m", "qlearn", "book", "build", "--source", str(book), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "80"})
