"""The checks of `qlearn doctor`: packages, kernel, programs, folders, ports, sandbox.

A check looks at one thing and gives one `Finding`; none raises, none leaves anything behind.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement

from qlearn.lab.findings import Finding, State
from qlearn.lab.launch import FIRST_PORT, check_address

if TYPE_CHECKING:
    from qlearn.grading.sandbox.attempts import Attempt

__all__ = ["all_checks"]

REINSTALL = "install again: pip install -r requirements.txt"
OLDEST_PYTHON = (3, 11)
SPACE_NEEDED_BYTES = 500 * 10**6
KERNEL_SECONDS = 60.0
BROWSERS = ("chromium", "chromium-browser")
NBGRADER_SERVER_PARTS = (
    "nbgrader.server_extensions.formgrader",
    "nbgrader.server_extensions.validate_assignment",
)


PLATFORMS = {
    "Linux": (State.WORKS, "everything is supported here"),
    "Darwin": (State.NOTE, "macOS: the demo on its own sample class is supported; run real classes on Linux"),
    "Windows": (State.NOTE, "Windows: the book, student notebooks and hand-in as a zip are supported; grade on Linux"),
}


def all_checks(book: Path | None) -> list[Callable[[], Finding]]:
    """Give every check, the slow one last.

    Parameters
    ----------
    book : pathlib.Path or None
        Where the book's pages are once it is built; None outside a checkout.
    """
    return [
        check_python,
        check_packages,
        check_widgets,
        check_nbgrader,
        check_alembic,
        check_chromium,
        check_temporary_folder,
        check_exchange,
        check_port,
        partial(check_book, book),
        check_platform,
        check_sandbox,
        check_kernel,
    ]


def check_python(version: tuple[int, ...] | None = None) -> Finding:
    """Look at the version of the running Python."""
    version = sys.version_info[:3] if version is None else version
    shown = ".".join(map(str, version))
    if version[:2] >= OLDEST_PYTHON:
        return Finding("Python", State.WORKS, shown)
    oldest = ".".join(map(str, OLDEST_PYTHON))
    return Finding("Python", State.FAILS, shown, f"make the environment with Python {oldest} or later")


def check_packages(
    requirements: Sequence[str] | None = None, version_of: Callable[[str], str] = metadata.version
) -> Finding:
    """Compare the installed packages with the ranges that `pyproject.toml` gives."""
    requirements = (metadata.requires("qlearn") or []) if requirements is None else requirements
    problems = []
    checked = 0
    for text in requirements:
        try:
            requirement = Requirement(text)
        except InvalidRequirement:
            problems.append(f"{text} cannot be read")
            continue
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        checked += 1
        try:
            version = version_of(requirement.name)
        except metadata.PackageNotFoundError:
            problems.append(f"{requirement.name} is missing")
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            problems.append(f"{requirement.name} is {version}, not {requirement.specifier}")
    if problems:
        return Finding("packages", State.FAILS, ", ".join(problems), REINSTALL)
    return Finding("packages", State.WORKS, f"all {checked} within the ranges of pyproject.toml")


def check_kernel(seconds: float = KERNEL_SECONDS) -> Finding:
    """Start a Python kernel, run one cell in it and end it."""
    from jupyter_client.manager import start_new_kernel

    said: list[str] = []

    def keep(message: dict[str, dict[str, str]]) -> None:
        said.append(message["content"].get("text", ""))

    try:
        manager, client = start_new_kernel(startup_timeout=seconds, kernel_name="python3", stderr=subprocess.DEVNULL)
    except (RuntimeError, OSError, KeyError) as error:
        return Finding("kernel", State.FAILS, f"a Python kernel does not start ({_one_line(error)})", REINSTALL)
    try:
        code = "import sys; print(sys.executable)"
        client.execute_interactive(code, timeout=seconds, output_hook=keep, store_history=False)
    except (RuntimeError, TimeoutError) as error:
        return Finding("kernel", State.FAILS, f"a Python kernel does not answer ({_one_line(error)})", REINSTALL)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    executable = "".join(said).strip()
    if executable and Path(executable) == Path(sys.executable):
        return Finding("kernel", State.WORKS, "one was started and ran a cell with this environment's Python")
    remedy = "remove that one: jupyter kernelspec remove python3"
    return Finding("kernel", State.FAILS, f"it runs {executable or 'nothing'}, not {sys.executable}", remedy)


def check_widgets(folders: Sequence[Path] | None = None) -> Finding:
    """Look for the JupyterLab extensions that draw widgets."""
    missing = _missing_lab_extensions(("anywidget", "@jupyter-widgets/jupyterlab-manager"), folders)
    if missing:
        return Finding("widgets", State.FAILS, f"JupyterLab lacks {', '.join(missing)}", REINSTALL)
    return Finding("widgets", State.WORKS, "JupyterLab has anywidget and the widget manager")


def check_nbgrader(
    folders: Sequence[Path] | None = None, server_parts: Sequence[str] = NBGRADER_SERVER_PARTS
) -> Finding:
    """Look for both halves of nbgrader's extensions; `qlearn lab` enables those it needs itself."""
    missing = _missing_lab_extensions(("@jupyter/nbgrader",), folders)
    missing += [part for part in server_parts if not _is_importable(part)]
    if missing:
        return Finding("nbgrader", State.FAILS, f"missing: {', '.join(missing)}", REINSTALL)
    return Finding("nbgrader", State.WORKS, "Formgrader, Create Assignment and Validate are there")


def check_alembic(search: str | None = None) -> Finding:
    """Look for the program that nbgrader starts to make a gradebook."""
    places = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    found = shutil.which("alembic", path=os.pathsep.join(places) if search is None else search)
    if found:
        return Finding("alembic", State.WORKS, found)
    return Finding("alembic", State.FAILS, "not found, so no gradebook can be made", REINSTALL)


def check_chromium(search: str | None = None) -> Finding:
    """Look for the browser that the browser tests drive."""
    for name in BROWSERS:
        found = shutil.which(name, path=search)
        if found:
            return Finding("Chromium", State.WORKS, found)
    remedy = "to run the browser tests install it, on Debian: sudo apt-get install chromium"
    return Finding("Chromium", State.NOTE, "not found, any browser will do for use", remedy)


def check_temporary_folder(folder: Path | None = None) -> Finding:
    """Write to the folder for temporary files and see how much space is left."""
    name = "temporary folder"
    try:
        folder = Path(tempfile.gettempdir()) if folder is None else folder
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"qlearn")
        free = shutil.disk_usage(folder).free
    except OSError as error:
        remedy = "set TMPDIR to a folder that you can write to"
        return Finding(name, State.FAILS, f"cannot be written ({_one_line(error)})", remedy)
    detail = f"{folder} can be written, {free / 1e9:.1f} GB left"
    if free >= SPACE_NEEDED_BYTES:
        return Finding(name, State.WORKS, detail)
    return Finding(name, State.FAILS, detail, f"free some: grading needs {SPACE_NEEDED_BYTES / 1e9:.1f} GB")


def check_exchange(operating_system: str = os.name, folder: Path | None = None) -> Finding:
    """See whether nbgrader's exchange, which rests on POSIX permissions, can work here."""
    zips = "use zips: qlearn course handout"
    if operating_system != "posix":
        return Finding("exchange", State.NOTE, "nbgrader's exchange needs Linux or macOS", zips)
    try:
        with tempfile.TemporaryDirectory(dir=folder) as inbound:
            Path(inbound).chmod(0o733)  # nbgrader's own: anyone may hand in, nobody else may look
            kept = Path(inbound).stat().st_mode & 0o777 == 0o733
    except OSError as error:
        return Finding("exchange", State.NOTE, f"cannot be tried ({_one_line(error)})", zips)
    if kept:
        return Finding("exchange", State.WORKS, "folders keep the permissions it needs")
    return Finding("exchange", State.NOTE, "this file system does not keep permissions", zips)


def check_port(port: int = FIRST_PORT) -> Finding:
    """See whether a server can listen on this machine's loopback address."""
    from qlearn.errors import HostError

    for candidate in (port, 0):
        try:
            check_address("127.0.0.1", candidate)
        except HostError:
            continue
        detail = f"{port} is free" if candidate else f"{port} is in use, qlearn lab takes another by itself"
        return Finding("port", State.WORKS, detail)
    remedy = f"ask who runs this machine ({socket.gethostname()}) to allow loopback connections"
    return Finding("port", State.FAILS, "no server can listen on 127.0.0.1", remedy)


def check_book(html: Path | None) -> Finding:
    """See whether the book was built."""
    if html is None:
        return Finding("book", State.NOTE, "no book here", "run qlearn in a checkout, which holds it")
    if (html / "index.html").is_file():
        return Finding("book", State.WORKS, f"built, in {html}")
    return Finding("book", State.NOTE, "not built yet", "build it: qlearn book build")


def check_platform(system: str | None = None) -> Finding:
    """Say what is supported on this operating system."""
    system = platform.system() if system is None else system
    state, detail = PLATFORMS.get(system, (State.NOTE, f"{system}: nobody has tried; Linux runs everything"))
    return Finding("system", state, detail)


def check_sandbox(try_out: Callable[[], Sequence[Attempt]] | None = None) -> Finding:
    """Try to break out of the sandbox that confines students' code, and name the layers in force."""
    from qlearn.errors import HostError
    from qlearn.grading.sandbox import layers
    from qlearn.grading.sandbox.attempts import try_to_break_out

    try:
        attempts = (try_out or try_to_break_out)()
    except (HostError, OSError) as error:
        return Finding("sandbox", State.NOTE, "none here, grading will refuse to run submissions", _one_line(error))
    parts = tuple(asdict(attempt) for attempt in attempts)
    out = [attempt for attempt in attempts if not attempt.held]
    in_force = ", ".join(layers().names())
    detail = f"{len(attempts) - len(out)} of {len(attempts)} attempts to break out failed; layers: {in_force}"
    if not out:
        return Finding("sandbox", State.WORKS, detail, parts=parts)
    detail += f"; a student's code can {', '.join(attempt.aim for attempt in out)}"
    if all(attempt.remedy for attempt in out):
        return Finding("sandbox", State.NOTE, detail, "; ".join(attempt.remedy for attempt in out), parts)
    remedy = "do not grade here: use another machine, and report this with the output of qlearn doctor --json"
    return Finding("sandbox", State.FAILS, detail, remedy, parts)


def _missing_lab_extensions(names: Sequence[str], folders: Sequence[Path] | None) -> list[str]:
    if folders is None:
        from jupyter_core.paths import jupyter_path

        folders = [Path(folder) for folder in jupyter_path("labextensions")]
    return [name for name in names if not any((folder / name / "package.json").is_file() for folder in folders)]


def _is_importable(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
