"""A cage for running hostile code under a grader that has no walls of its own: stock nbgrader.

Namespaces for users, processes, network, mounts and IPC; a read-only system with empty folders of its own in memory
where anybody may write; an unprivileged user; limits; one deadline. Without any of them nothing is run.
Everything in it ends with process 1 inside, which has a deadline of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["CageError", "check_cage", "start_in_cage"]

NOBODY_IN_PARTICULAR = 61234
MARK = Path("/tmp/qlearn-cage")  # noqa: S108  the cage's own /tmp
IN_MEMORY = ("/tmp", "/var/tmp", "/dev/shm", "/run/lock")  # noqa: S108
HOUSE = Path(__file__).resolve().parents[2]


class CageError(RuntimeError):
    """The cage cannot be built here, so that nothing hostile may run."""


def start_in_cage(command: list[str], **how: object) -> subprocess.Popen[bytes]:
    """Start a command as process 1 of a new cage."""
    outer = ["unshare", "--mount", "--net", "--ipc", "--uts"]
    if os.geteuid() != 0:
        outer += ["--user", "--map-root-user"]
    build = [sys.executable, str(Path(__file__).resolve()), *command]
    return subprocess.Popen([*outer, *build], **how)  # type: ignore[call-overload,no-any-return]


def check_cage() -> None:
    """Build a cage and try to leave it; CageError if that cannot be done or is not refused."""
    for program in ("unshare", "setpriv", "mount", "ip"):
        if shutil.which(program) is None:
            raise CageError(f"{program} is not installed: install util-linux and iproute2; nothing was run")
    trial = start_in_cage([sys.executable, str(Path(__file__).resolve()), "--try"], stdout=subprocess.PIPE)
    try:
        said, _ = trial.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        trial.kill()
        raise CageError("the cage hangs; nothing was run") from None
    if trial.returncode != 0 or said.decode().strip() != "caged":
        raise CageError(f"this machine cannot build the cage ({said.decode().strip()}); nothing was run")


def limited(command: list[str]) -> list[str]:
    """Give the command that runs another without any privilege, under limits, for hostile code inside the cage."""
    limits = ["--as=4294967296", "--nproc=400", "--fsize=314572800", "--core=0", "--cpu=120", "--nofile=1024"]
    drop = ["--bounding-set=-all", "--inh-caps=-all", "--securebits=+noroot,+noroot_locked", "--no-new-privs"]
    return ["setpriv", *drop, "prlimit", *limits, "--", *command]


def _build(command: list[str]) -> None:
    """Put up the walls around this process, which has namespaces already, and become the command."""
    _run(["mount", "--make-rprivate", "/"])
    _put_up_walls()
    _run(["ip", "link", "set", "lo", "up"])
    inner = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if os.geteuid() == 0 and _is_real_root():
        who = f"{NOBODY_IN_PARTICULAR}"
        inner = ["setpriv", f"--reuid={who}", f"--regid={who}", "--clear-groups", "--inh-caps=-all", *inner]
    MARK.touch()
    os.chdir("/tmp")  # noqa: S108
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    environment |= {"PYTHONPATH": str(HOUSE / "tests"), "HOME": "/tmp"}  # noqa: S108
    os.execvpe(inner[0], [*inner, *command], environment)  # noqa: S606


def _put_up_walls() -> None:
    """Make the system read-only, hide the home folder, and give memory where anybody may write."""
    kept, home = _keep_reachable(), Path("~").expanduser().resolve()
    _memory("/tmp", "size=1g,nr_inodes=400k,mode=1777")  # noqa: S108
    places = [Path(f"/tmp/keep-{number}") for number in range(len(kept))]  # noqa: S108
    for path, place in zip(kept, places, strict=True):
        place.mkdir()
        _run(["mount", "--bind", str(path), str(place)])
    if home != Path("/") and home.is_dir():  # it may lie below /tmp, which is hidden by now
        _memory(str(home), "size=1m,mode=755")
    for path, place in zip(kept, places, strict=True):
        path.mkdir(parents=True, exist_ok=True)
        _run(["mount", "--bind", str(place), str(path)])
        _run(["mount", "-o", "remount,bind,ro", str(path)])
        _run(["umount", str(place)])
        place.rmdir()
    _run(["mount", "-o", "remount,bind,ro", "/"])
    for folder in map(Path, IN_MEMORY[1:]):
        if folder.is_dir() and not folder.is_symlink():
            _memory(str(folder), "size=64m,nr_inodes=10k,mode=1777")


def _memory(folder: str, options: str) -> None:
    _run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder])


def _keep_reachable() -> list[Path]:
    """Folders below the home folder, which gets hidden, that Python and this checkout are in."""
    home = Path("~").expanduser().resolve()
    needed = {Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), HOUSE}
    inside = {path for path in needed if path.is_relative_to(home)}
    return sorted(path for path in inside if not any(path != other and path.is_relative_to(other) for other in inside))


def _is_real_root() -> bool:
    return Path("/proc/self/uid_map").read_text("ascii").split() == ["0", "0", "4294967295"]


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"{' '.join(command)}: {done.stderr.strip()}")  # noqa: T201
        raise SystemExit(1)


def _try_to_leave() -> None:
    """From inside: see that the walls stand, and say so."""
    import socket

    if os.getpid() != 1:
        raise SystemExit("not process 1")
    for path in (HOUSE / "left-the-cage", Path("/etc/left-the-cage"), Path("/usr/left-the-cage")):
        try:
            path.touch()
        except OSError:
            continue
        path.unlink()
        raise SystemExit(f"{path} could be written")
    with socket.socket() as call:
        call.settimeout(2)
        try:
            call.connect(("192.0.2.1", 9))
        except OSError:
            pass
        else:
            raise SystemExit("there is a network")
    inside = subprocess.run(
        limited(["grep", "CapEff", "/proc/self/status"]), capture_output=True, text=True, check=False
    )
    if inside.stdout.split()[-1:] != ["0000000000000000"]:
        raise SystemExit(f"privileges are left: {inside.stdout}{inside.stderr}")
    print("caged")  # noqa: T201


if __name__ == "__main__":
    if sys.argv[1:] == ["--try"]:
        _try_to_leave()
    else:
        _build(sys.argv[1:])
