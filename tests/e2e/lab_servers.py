"""Start `qlearn lab` as a person would, read its addresses from what it prints, end it with Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

SECONDS_TO_START = 90
SECONDS_TO_STOP = 30


@dataclass(frozen=True)
class LabServer:
    """A running `qlearn lab` and the addresses it printed."""

    process: subprocess.Popen[str]
    addresses: Mapping[str, str]

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.addresses["JupyterLab"])
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def token(self) -> str:
        """The token that every address carries."""
        return parse_qs(urlsplit(self.addresses["JupyterLab"]).query)["token"][0]

    def stop(self) -> int:
        """Press Ctrl-C and wait for the end; give the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


@contextmanager
def running_lab(*arguments: str | Path, home: Path, cwd: Path | None = None) -> Iterator[LabServer]:
    """Run `qlearn lab` with these arguments on a free port, with `home` as the user's home folder."""
    with running("lab", *arguments, "--no-browser", home=home, cwd=cwd) as lab:
        yield lab


@contextmanager
def running(*arguments: str | Path, home: Path, cwd: Path | None = None) -> Iterator[LabServer]:
    """Run a command of `qlearn` that starts JupyterLab, with `home` as the user's home folder."""
    command = [sys.executable, "-m", "qlearn", *map(str, arguments)]
    environment = os.environ | {"HOME": str(home), "PYTHONUNBUFFERED": "1"}
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "JUPYTER_TOKEN"):
        environment.pop(name, None)
    errors = home / "lab-errors.txt"
    with errors.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=stderr, text=True, cwd=cwd or home, env=environment
        )
    try:
        server = LabServer(process, _read_addresses(process, errors))
        yield server
    finally:
        LabServer(process, {}).stop()
        if process.stdout is not None:
            process.stdout.close()


def _read_addresses(process: subprocess.Popen[str], errors: Path) -> dict[str, str]:
    addresses: dict[str, str] = {}
    # A server that never answers is ended, which ends the loop below too.
    watchdog = threading.Timer(SECONDS_TO_START, process.kill)
    watchdog.start()
    try:
        for line in process.stdout or ():
            name, _, address = line.strip().partition(" ")
            if address.strip().startswith("http"):
                addresses[name] = address.strip()
            if line.startswith("Ctrl-C"):
                return addresses
    finally:
        watchdog.cancel()
    raise AssertionError(f"JupyterLab said no address; on stderr: {errors.read_text(encoding='utf-8')!r}")
