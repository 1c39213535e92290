"""Fixtures of the browser tests: headless Chromium that reaches nothing but this machine, and the built book.

Chromium is Debian's, driven by Playwright. Where it is missing the tests fail and say what to install; they never
skip.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

CHROMIUM_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # names of other machines resolve to nothing, so that a page that asks for one fails here as on a closed network
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PATIENCE = 20_000  # ms for what a page does by itself; Playwright's own 5 s are few on a busy machine


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one Chromium for the whole run."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("Chromium is not installed; as root run: apt-get install chromium", pytrace=False)
    arguments = list(CHROMIUM_ARGUMENTS)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to run its sandbox as root
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give each test a fresh profile: no cookies, no storage, a laptop's window."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Open an empty tab."""
    return context.new_page()


@pytest.fixture
def closed_page(context: BrowserContext) -> Iterator[Page]:
    """Open an empty tab; in the end no request of it may have asked another machine."""
    asked_outside: list[str] = []

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("about", "blob", "data") and address.hostname not in ("127.0.0.1", "localhost"):
            asked_outside.append(request.url)

    context.on("request", note)
    context.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)  # a kernel starts, a notebook is graded
    yield context.new_page()
    context.close()
    expect.set_options(timeout=PATIENCE)
    assert asked_outside == []


@pytest.fixture(scope="session")
def built_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the book once, by the command a reader would use, and give the folder of its pages."""
    output = tmp_path_factory.mktemp("book")
    command = [sys.executable, "-m", "qlearn", "book", "build", "--strict", "--out", str(output)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return output / "html"
