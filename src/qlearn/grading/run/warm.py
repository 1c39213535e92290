"""The warm parent: libraries loaded once, then a fork for each student's process and each judge.

It is started fresh, has one thread, and holds nothing secret: tasks and tests go to the judge's fork over a connection
that this process passes on unread. It ends when its supervisor hangs up.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import resource
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from qlearn._light_imports import import_jsonschema, import_qutip
from qlearn.errors import HostError
from qlearn.grading.forbidden_modules import forbid_modules, loaded_of
from qlearn.grading.libraries import load
from qlearn.grading.run.huge_pages import join_pages
from qlearn.grading.run.messages import Line
from qlearn.grading.run.orders import MOST_MESSAGE, Speak, StartJudge, StartStudent, StartTemplate, Stop
from qlearn.grading.sandbox import Limits, Policy, confine
from qlearn.grading.sandbox.kernel import end_with_parent
from qlearn.grading.sandbox.limits import apply_limits

__all__ = ["load_libraries", "serve"]

JUDGE_LIMITS = Limits(memory_bytes=4 * 2**30, cpu_seconds=1800, file_bytes=64 * 2**20, open_files=256, processes=64)


def serve(connection: socket.socket) -> None:
    """Answer the supervisor until it hangs up; `load_libraries` comes first."""
    from qlearn.grading.run.shell import make_shell

    shell = make_shell()
    with contextlib.suppress(FileNotFoundError):
        sys.path = [place for place in sys.path if place not in ("", str(Path.cwd()))]
    gc.collect()
    gc.freeze()  # forks share what is here; the collector must not touch it
    connection.send(pickle.dumps("ready"))
    _fork_on_orders(connection, shell, (StartStudent, StartTemplate))


def _fork_on_orders(connection: socket.socket, shell: Any, kinds: tuple[type, ...]) -> None:
    """Fork processes of these kinds, and end them, until nobody gives orders any more."""
    while True:
        data, descriptors, _, _ = socket.recv_fds(connection, MOST_MESSAGE, 2)
        if not data:
            return
        order = pickle.loads(data)  # noqa: S301  from our own supervisor
        if isinstance(order, Stop):
            connection.send(pickle.dumps(_stop(order.process)))
            continue
        if isinstance(order, Speak):
            _speak_through(descriptors)
            connection.send(pickle.dumps("ready"))
            continue
        if not isinstance(order, kinds):
            message = f"this process forks no {type(order).__name__}"
            raise TypeError(message)
        if isinstance(order, StartStudent):
            if load(order.libraries):
                gc.freeze()
            loaded_of(frozenset(order.forbidden), len(sys.modules))  # its forks remember the answer
        process = os.fork()
        if process == 0:
            _become(order, descriptors, connection, shell)
        for descriptor in descriptors:
            os.close(descriptor)
        connection.send(pickle.dumps(process))


def _speak_through(descriptors: list[int]) -> None:
    for standard, descriptor in zip((1, 2), descriptors, strict=True):
        os.dup2(descriptor, standard)
        os.close(descriptor)


def _become(order: Any, descriptors: list[int], connection: socket.socket, shell: Any) -> NoReturn:
    """Be the forked process; never return to the warm parent's loop."""
    import numpy as np

    try:
        connection.close()
        # a fork has its parent's generator, but a test's numbers and an answer's must not be the same; as many bits as
        # seed() takes by itself, in a tenth of the time
        np.random.seed(np.frombuffer(os.urandom(16), dtype=np.uint32))  # noqa: NPY002
        _BECOME[type(order)](order, descriptors, shell)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(1)


def _be_student(order: StartStudent, descriptors: list[int], shell: Any) -> None:
    from qlearn.grading.run.student import StudentProcess

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    silence = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(silence, standard)
    line = Line(descriptors[0])
    try:
        if order.trusted:
            _settle_without_sandbox(order.policy)
        else:
            confine(replace(order.policy, kept_descriptors=(0, 1, 2, descriptors[0])))
        os.environ.update(order.environment)
        for target in sorted(order.files.iterdir()) if order.files is not None else ():
            if not os.path.lexists(target.name):
                Path(target.name).symlink_to(target)
        forbid_modules(order.forbidden)
    except (HostError, OSError) as error:
        line.send(("host", str(error)))
        os._exit(0)
    line.send(("ready",))
    sys.path.insert(0, "")  # a kernel finds modules in its folder, and so does a student
    StudentProcess(descriptors[0], shell, order.output_bytes).serve()


def _settle_without_sandbox(policy: Policy) -> None:
    os.setsid()
    os.chdir(policy.scratch)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        end_with_parent()


def _be_template(_: StartTemplate, descriptors: list[int], shell: Any) -> None:
    from qlearn.grading.judge.control import read_task
    from qlearn.grading.judge.template import prepare

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends when its supervisor hangs up
    if sys.platform == "linux":
        end_with_parent()
    with socket.socket(fileno=descriptors[0]) as connection:
        with socket.socket(fileno=descriptors[1]) as task:
            prepare(read_task(task).plan, shell)
        gc.collect()
        gc.freeze()
        _fork_on_orders(connection, shell, (StartJudge,))
    os._exit(0)


def _be_judge(order: StartJudge, descriptors: list[int], shell: Any) -> None:
    from qlearn.grading.judge.control import Control, read_task
    from qlearn.grading.judge.notebook import NotebookJudge
    from qlearn.grading.run.shell import Outputs

    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    os.chdir(order.folder)
    control_socket = socket.socket(fileno=descriptors[0])
    task = read_task(control_socket)
    if sys.platform == "linux":
        apply_limits(JUDGE_LIMITS, other_tasks=1_000_000)
        end_with_parent()
    shell.outputs = Outputs(task.limits.output_bytes)
    shell.shows_figures = False
    sys.path.insert(0, "")  # the assignment's own modules lie in the judge's folder; no code of a student's comes there
    control = Control(control_socket)
    try:
        NotebookJudge(task, control, shell, descriptors[1]).judge()
    except HostError as error:
        control.say("host", str(error))
    os._exit(0)


_BECOME: dict[type, Callable[[Any, list[int], Any], None]] = {
    StartStudent: _be_student,
    StartTemplate: _be_template,
    StartJudge: _be_judge,
}


def _stop(process: int) -> tuple[int, resource.struct_rusage]:
    """Kill a process and its session; give what `os.wait4` tells of it."""
    waited, status, usage = os.wait4(process, os.WNOHANG)
    if waited == 0:
        for kill in (os.killpg, os.kill):
            try:
                kill(process, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                continue
        _, status, usage = os.wait4(process, 0)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process, signal.SIGKILL)  # what it may have left behind in its session
    return status, usage


def load_libraries() -> None:
    """Load what notebooks use and make forks cheap; BLAS gets one thread by the environment the supervisor set."""
    import_jsonschema()
    import_qutip()
    import matplotlib as mpl
    import scipy.linalg
    import scipy.optimize  # noqa: F401

    mpl.use("agg")
    import matplotlib.pyplot  # noqa: F401

    import qlearn.check
    import qlearn.grading.judge.notebook
    import qlearn.grading.judge.template
    import qlearn.grading.run.student  # noqa: F401
    from qlearn.grading.run.rehearsal import rehearse

    rehearse()
    join_pages()


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as supervisor:
        load_libraries()
        serve(supervisor)
