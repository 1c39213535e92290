"""A real Dask cluster on this machine: a scheduler and workers, each a process that can be killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from distributed import Client


@dataclass(frozen=True)
class Cluster:
    """Where the scheduler listens, and the workers' processes."""

    address: str
    workers: tuple[subprocess.Popen[bytes], ...]


@contextmanager
def running_cluster(folder: Path, *, workers: int = 2) -> Iterator[Cluster]:
    """Start a scheduler and workers of one thread each; end them all afterwards."""
    file = folder / "scheduler.json"
    with ExitStack() as stack:
        _start(stack, folder, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        address = _await_address(file)
        options = (address, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
        started = tuple(_start(stack, folder, "dask_worker", *options) for _ in range(workers))
        with Client(address, set_as_default=False) as client:
            if workers:
                client.wait_for_workers(workers, timeout=60)
        yield Cluster(address, started)


def _start(stack: ExitStack, folder: Path, program: str, *options: str) -> subprocess.Popen[bytes]:
    log = stack.enter_context((folder / f"{program}.log").open("ab"))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", f"distributed.cli.{program}", "--no-dashboard", *options]
    process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


def _await_address(file: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            return str(json.loads(file.read_text())["address"])
        except (OSError, ValueError):
            time.sleep(0.1)
    raise TimeoutError(file.with_name("dask_scheduler.log").read_text())
