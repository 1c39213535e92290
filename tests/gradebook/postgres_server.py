"""A real PostgreSQL server in a folder of its own, reached through a socket, run by a user who is not root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "nobody"


def find_program(name: str) -> str:
    """Find a program of the newest PostgreSQL, which Debian keeps out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    program = str(found[-1]) if found else shutil.which(name)
    assert program, f"{name} is missing: run `sh tests/system_packages.sh` as root, or install postgresql"
    return program


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server; give the address of its database for SQLAlchemy; stop it and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="qlearn-pg-"))
    as_user: list[str] = []
    name = pwd.getpwuid(os.getuid()).pw_name
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        entry = pwd.getpwnam(USER)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        as_user = ["setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups", "--"]
        name = USER
    data = folder / "data"
    control = [*as_user, find_program("pg_ctl"), "-D", str(data), "-w", "-s"]
    settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    try:
        _run([*as_user, find_program("initdb"), "-D", str(data), "-A", "trust", "-U", name, "-E", "UTF8", "--no-sync"])
        _run([*control, "-l", str(folder / "log"), "-o", settings, "start"])
        try:
            yield f"postgresql+psycopg://{name}@/postgres?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr + done.stdout
