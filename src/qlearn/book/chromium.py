"""Find Chromium and let it print a page to a PDF; this machine's browser, nothing installed for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from qlearn.errors import BookError, HostError

__all__ = ["find_chromium", "print_page"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_ARGUMENTS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # the page is made of files beside it; whoever wrote one that asks for more is not answered
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
    # the browser's own clock, which stands still while the page loads or computes: what is waited for is an idle page,
    # not ten minutes
    "--virtual-time-budget=600000",
)
_PATIENCE_S = 600


def find_chromium() -> str:
    """Path of Chromium or a browser made from it.

    Raises
    ------
    HostError
        When there is none.
    """
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise HostError(
        "no Chromium here to print the book with; install it (Debian or Ubuntu: apt-get install chromium), "
        "or print single pages from any browser"
    )


def print_page(page: Path, pdf: Path) -> None:
    """Print a page of this machine to a tagged PDF with an outline.

    Parameters
    ----------
    page : Path
        An HTML file.
    pdf : Path
        File to write; its folder exists.

    Raises
    ------
    HostError
        When there is no Chromium.
    BookError
        When it prints nothing.
    """
    chromium = find_chromium()
    with tempfile.TemporaryDirectory(prefix="qlearn-print-") as profile:
        made = Path(profile) / "book.pdf"
        command = [chromium, *_ARGUMENTS, f"--user-data-dir={profile}", f"--print-to-pdf={made}", page.as_uri()]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # Chromium refuses to run its sandbox as root
        try:
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=_PATIENCE_S)
        except subprocess.TimeoutExpired as error:
            raise BookError(f"{chromium} has not printed {page} in {_PATIENCE_S} s; try it once more") from error
        if not made.is_file():
            said = done.stderr.strip().splitlines()
            raise BookError(f"{chromium} printed nothing of {page}: {said[-1] if said else 'it gives no reason'}")
        shutil.move(made, pdf)
