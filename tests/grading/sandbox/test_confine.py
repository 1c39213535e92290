import ctypes
import errno
import os
import platform
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from nbgrader.exchange.default import Exchange

from grading.sandbox.cage import NOBODY, caged
from qlearn.errors import HostError
from qlearn.grading.sandbox import (
    Layer,
    Layers,
    Limits,
    Policy,
    advice,
    confine,
    kernel,
    layers,
    namespaces,
    own_user,
    paths,
)
from qlearn.grading.sandbox.paths import ReadablePath
from qlearn.grading.sandbox.syscalls import NUMBERS

HERE = layers()
"""What this machine offers: an attack is tried with everything, with each of the two ways to close off files, and
as the user who runs the tests."""

WAYS = {
    "everything": frozenset[Layer](),
    "Landlock alone": frozenset({Layer.USER_NAMESPACE}),
    "namespaces alone": frozenset({Layer.LANDLOCK}),
    "no user of its own": frozenset({Layer.OWN_USER}),
}
COLUMN = ("x86_64", "aarch64").index(platform.machine())


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("the hidden test")
    return folder


@pytest.fixture
def nobodys_scratch() -> Iterator[Path]:
    """A scratch folder that a user without rights can reach: the kernel holds root to no number of processes."""
    with tempfile.TemporaryDirectory(prefix="qlearn-nobody-") as folder:
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        yield Path(folder)


@pytest.fixture(params=WAYS)
def without(request: pytest.FixtureRequest) -> frozenset[Layer]:
    missing: frozenset[Layer] = WAYS[request.param]
    return missing


def expect_refused(action: Callable[[], object], scratch: Path, without: frozenset[Layer], **more: object) -> None:
    """Refused, by the layers or, where none is left to close off files, by confine itself."""
    ended = caged(action, scratch, without=without, **more)  # type: ignore[arg-type]
    assert ended.error is not None, ended.answer
    if layers(without).enough:
        kinds = ("PermissionError", "FileNotFoundError", "OSError: [Errno 30]", "ConnectionRefused", "ProcessLookup")
        assert ended.error.startswith(kinds), ended.error
    else:
        assert ended.error.startswith("HostError"), ended.error


def look_into(path: Path) -> object:
    return [str(entry) for entry in path.iterdir()] if path.is_dir() else path.read_bytes()


@pytest.mark.parametrize("name", ["/etc/shadow", "~/.ssh", "/proc/1/environ", "/var", "/home", "/root/.bashrc"])
def test_other_peoples_files_cannot_be_read(name: str, scratch: Path, without: frozenset[Layer]) -> None:
    path = Path(name).expanduser()
    expect_refused(partial(look_into, path), scratch, without)


def test_a_secret_next_to_scratch_cannot_be_read(scratch: Path, without: frozenset[Layer]) -> None:
    expect_refused(lambda: Path("../secret.txt").read_text(), scratch, without)


def test_a_link_out_of_scratch_leads_nowhere(scratch: Path, without: frozenset[Layer]) -> None:
    def follow() -> str:
        Path("way-out").symlink_to(scratch.parent / "secret.txt")
        return Path("way-out").read_text()

    expect_refused(follow, scratch, without)


def test_the_parents_own_memory_and_folders_cannot_be_reached(scratch: Path, without: frozenset[Layer]) -> None:
    parent = os.getpid()
    for name in ("mem", "environ", "root/etc/shadow", "cwd", "fd"):
        path = Path(f"/proc/{parent}/{name}")
        expect_refused(partial(look_into, path), scratch, without)


@pytest.mark.parametrize("name", ["../outside.txt", "/usr/outside.txt", "/tmp/qlearn-outside.txt", "/dev/shm/outside"])  # noqa: S108
def test_nothing_lasting_is_written_outside_scratch(name: str, scratch: Path, without: frozenset[Layer]) -> None:
    place = scratch / name
    caged(lambda: place.write_text("left behind"), scratch, without=without)
    assert not place.exists()


def test_rights_and_times_of_the_librarys_files_stay(scratch: Path, without: frozenset[Layer]) -> None:
    target = scratch.parent / "data.csv"
    target.write_text("1,2")
    before = target.stat()

    def spoil() -> None:
        target.chmod(0)
        os.utime(target, (0, 0))
        with target.open() as stream:
            os.fchmod(stream.fileno(), 0)

    caged(spoil, scratch, readable=(target,), without=without)
    after = target.stat()
    assert (after.st_mode, after.st_mtime) == (before.st_mode, before.st_mtime)


def test_data_of_the_assignment_is_read_and_not_written(scratch: Path, without: frozenset[Layer]) -> None:
    data = scratch.parent / "data"
    data.mkdir()
    (data / "counts.csv").write_text("1,2")
    read = caged((data / "counts.csv").read_text, scratch, readable=(data,), without=without)
    assert read.answer == "1,2" if layers(without).enough else str(read.error).startswith("HostError")
    expect_refused(lambda: (data / "counts.csv").write_text("3"), scratch, without, readable=(data,))
    assert (data / "counts.csv").read_text() == "1,2"


@pytest.fixture
def listeners(tmp_path: Path) -> Iterator[dict[str, tuple[int, int, object]]]:
    """Sockets of the parent: loopback TCP, UDP, a socket file and an abstract name."""
    with (
        socket.socket() as tcp,
        socket.socket(type=socket.SOCK_DGRAM) as udp,
        socket.socket(socket.AF_UNIX) as file,
        socket.socket(socket.AF_UNIX) as abstract,
    ):
        tcp.bind(("127.0.0.1", 0))
        udp.bind(("127.0.0.1", 0))
        file.bind(str(tmp_path / "s"))
        abstract.bind(f"\0qlearn-{os.getpid()}")
        for server in (tcp, file, abstract):
            server.listen()
        yield {
            "tcp": (socket.AF_INET, socket.SOCK_STREAM, tcp.getsockname()),
            "udp": (socket.AF_INET, socket.SOCK_DGRAM, udp.getsockname()),
            "file": (socket.AF_UNIX, socket.SOCK_STREAM, file.getsockname()),
            "abstract": (socket.AF_UNIX, socket.SOCK_STREAM, abstract.getsockname()),
        }


@pytest.mark.parametrize("kind", ["tcp", "udp", "file", "abstract"])
def test_no_socket_reaches_the_parent(
    kind: str, listeners: dict[str, tuple[int, int, object]], scratch: Path, without: frozenset[Layer]
) -> None:
    family, form, address = listeners[kind]

    def connect() -> None:
        with socket.socket(family, form) as mine:
            mine.connect(address)

    expect_refused(connect, scratch, without)


def test_a_pair_of_datagram_sockets_is_no_way_out(scratch: Path, without: frozenset[Layer]) -> None:
    expect_refused(lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM), scratch, without)


def test_a_pair_of_stream_sockets_works_for_asyncio(scratch: Path) -> None:
    def talk() -> str:
        one, other = socket.socketpair()
        one.sendall(b"ping")
        return other.recv(4).decode()

    assert caged(talk, scratch).answer == "ping"


@pytest.mark.parametrize("number", [0, signal.SIGCONT])
def test_the_parent_gets_no_signal(number: int, scratch: Path, without: frozenset[Layer]) -> None:
    parent = os.getpid()
    expect_refused(lambda: os.kill(parent, number), scratch, without)
    expect_refused(lambda: os.kill(-1, 0), scratch, without)
    expect_refused(lambda: os.killpg(0, 0), scratch, without)


ATTACKS = {
    "ptrace": (16, -1, 0, 0),  # PTRACE_ATTACH; the parent's id goes in below
    "process_vm_readv": (-1, 0, 0, 0, 0, 0),
    "pidfd_open": (-1, 0),
    "unshare": (0x10000000,),
    "setns": (3, 0),
    "mount": (0, 0, 0, 0, 0),
    "chroot": (0,),
    "keyctl": (0, -3, 1),
    "add_key": (0, 0, 0, 0, -3),
    "bpf": (0, 0, 0),
    "io_uring_setup": (8, 0),
    "memfd_create": (0, 0),
    "perf_event_open": (0, 0, -1, -1, 0),
    "userfaultfd": (0,),
    "open_by_handle_at": (-100, 0, 0),
    "shmget": (0, 4096, 0o1777),
    "msgget": (0, 0o1777),
    "personality": (0x0400000,),
    "setsid": (),
    "truncate": (0, 0),
    "clone": (0x10000000 | 17, 0, 0, 0, 0),
    "tkill": (-1, 0),
    "setrlimit": (7, 0),
    "flock": (0, 2),  # an exclusive lock on a library file would hold up every other student
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_dangerous_system_call_is_refused(name: str, scratch: Path) -> None:
    parent = os.getpid()
    arguments = [parent if value == -1 else value for value in ATTACKS[name]]

    def call() -> list[int]:
        libc = ctypes.CDLL(None, use_errno=True)
        number = NUMBERS[name][COLUMN]
        result = libc.syscall(ctypes.c_long(number or 0), *(ctypes.c_long(value) for value in arguments))
        return [result, ctypes.get_errno()]

    assert caged(call, scratch).answer == [-1, errno.EPERM]


def test_a_granted_process_gets_no_namespace_of_its_own(scratch: Path) -> None:
    def clone() -> list[int]:
        libc = ctypes.CDLL(None, use_errno=True)
        flags = 0x10000000 | signal.SIGCHLD
        result = libc.syscall(ctypes.c_long(NUMBERS["clone"][COLUMN] or 0), ctypes.c_long(flags), 0, 0, 0, 0)
        if result == 0:
            os._exit(0)
        return [result, ctypes.get_errno()]

    # in a private root folder the kernel refuses it as well: without one only the filter stands in the way
    without = frozenset({Layer.MOUNT_NAMESPACE})
    assert caged(clone, scratch, limits=Limits(processes=4), without=without).answer == [-1, errno.EPERM]


def test_the_second_door_to_the_system_calls_ends_the_process(scratch: Path) -> None:
    ended = caged(lambda: ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 + 39)), scratch)
    assert os.WIFSIGNALED(ended.status)
    assert os.WTERMSIG(ended.status) == signal.SIGSYS


def test_no_program_is_started_and_no_process_forked(scratch: Path, without: frozenset[Layer]) -> None:
    expect_refused(lambda: os.execv("/bin/sh", ["sh", "-c", "true"]), scratch, without)  # noqa: S606
    expect_refused(lambda: subprocess.run(["/bin/sh", "-c", "true"], check=True), scratch, without)
    expect_refused(os.fork, scratch, without)


def test_a_shell_where_granted_is_held_by_the_same_layers(scratch: Path, without: frozenset[Layer]) -> None:
    command = f"cat /etc/shadow; cat {scratch.parent}/secret.txt; kill -0 {os.getpid()} && echo reached; echo end"

    def shell() -> str:
        return subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True).stdout

    ended = caged(shell, scratch, limits=Limits(processes=8), without=without)
    assert ended.answer == "end\n" if layers(without).enough else str(ended.error).startswith("HostError"), ended


def test_a_fork_bomb_meets_the_limit(nobodys_scratch: Path) -> None:
    def bomb() -> int:
        children: list[int] = []
        try:
            while len(children) < 50:
                child = os.fork()
                if child == 0:
                    signal.pause()
                children.append(child)
        except BlockingIOError:
            pass
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        return len(children)

    ended = caged(bomb, nobodys_scratch, limits=Limits(processes=8, threads=4), as_nobody=True)
    assert ended.error is None
    namespace = Layer.USER_NAMESPACE in layers(frozenset({Layer.OWN_USER})).in_force
    assert ended.answer == (11 if namespace else 12)


def test_threads_meet_the_limit_where_the_user_is_not_root(nobodys_scratch: Path) -> None:
    def many() -> int:
        gate = threading.Event()
        started = 0
        try:
            for _ in range(200):
                threading.Thread(target=gate.wait, daemon=True).start()
                started += 1
        except RuntimeError:
            return started
        finally:
            gate.set()
        return started

    ended = caged(many, nobodys_scratch, limits=Limits(threads=16), as_nobody=True)
    assert ended.answer == 15, ended.error


def count_threads_started() -> int:
    gate = threading.Event()
    threading.stack_size(2**18)
    started = 0
    try:
        for _ in range(200):
            threading.Thread(target=gate.wait, daemon=True).start()
            started += 1
    except RuntimeError:
        return started
    finally:
        gate.set()
    return started


def test_threads_of_root_meet_the_limit_too_where_it_becomes_another_user(scratch: Path) -> None:
    started = caged(count_threads_started, scratch, limits=Limits(threads=16)).answer
    assert started == (15 if HERE.in_force & USERS and (os.geteuid() or Layer.OWN_USER in HERE.in_force) else 200)


def test_root_hands_its_rights_to_nobody(scratch: Path) -> None:
    """Or a file that a namespace fails to hide could be written after all."""
    ended = caged(lambda: [os.getresuid(), os.getresgid(), os.getgroups()], scratch)
    if Layer.OWN_USER in HERE.in_force:
        (user, *others), (group, *_), groups = ended.answer  # type: ignore[misc]
        assert user >= own_user.FIRST_NUMBER
        assert {user, group, *others} == {user}
        assert groups == []
        assert caged(lambda: os.setuid(0), scratch).error == "PermissionError: [Errno 1] Operation not permitted"
    else:
        assert ended.answer == [list(os.getresuid()), list(os.getresgid()), ended.answer[2]]  # type: ignore[index]


def test_two_processes_of_root_are_two_users(scratch: Path) -> None:
    numbers = {str(caged(os.getuid, scratch).answer) for _ in range(2)}
    assert len(numbers) == (2 if Layer.OWN_USER in HERE.in_force else 1)


def test_a_process_of_root_owns_its_scratch_folder(nobodys_scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (nobodys_scratch / "given.txt").write_text("1")
    work = caged(lambda: Path("made.txt").write_text("2") + Path("given.txt").write_text("3"), nobodys_scratch)
    assert work.answer == 2 if Layer.MOUNT_NAMESPACE in HERE.in_force else work.answer is None

    monkeypatch.setattr(own_user, "reachable_by_all", lambda *_: True)
    without = frozenset({Layer.USER_NAMESPACE})
    ended = caged(lambda: Path("given.txt").write_text("34"), nobodys_scratch, without=without)
    assert ended.answer == 2, ended.error
    assert (nobodys_scratch / "given.txt").read_text() == "34"


def refuse_unshare(*_: object) -> None:
    raise PermissionError(errno.EPERM, "as in most containers")


def test_a_container_without_namespaces_gives_root_a_user_of_its_own_all_the_same(
    nobodys_scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(namespaces, "unshare", refuse_unshare)
    monkeypatch.setattr(own_user, "reachable_by_all", lambda *_: True)
    root = os.geteuid() == 0
    assert layers().in_force == {Layer.LANDLOCK, Layer.SECCOMP} | ({Layer.OWN_USER} if root else set())
    user = caged(os.getuid, nobodys_scratch).answer
    assert isinstance(user, int)
    assert (user >= own_user.FIRST_NUMBER) == root


def test_a_root_that_could_not_stop_another_user_stays_root(monkeypatch: pytest.MonkeyPatch) -> None:
    everything_but_kill = own_user.effective_rights() & ~(1 << 5)
    monkeypatch.setattr(own_user, "effective_rights", lambda: everything_but_kill)
    assert own_user.choose_number() is None
    assert Layer.OWN_USER not in layers().in_force


def test_an_installation_for_root_alone_keeps_root_in_its_namespace(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_user, "readable_by_all", lambda _: False)
    assert caged(os.getuid, scratch).answer == os.getuid()
    assert Layer.USER_NAMESPACE in layers().in_force
    assert Layer.OWN_USER not in layers().in_force


def test_what_everybody_can_read_and_reach_is_told_by_its_rights(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    item = ReadablePath(str(folder), str(folder))
    assert own_user.readable_by_all([item])
    assert not own_user.reachable_by_all([item], tmp_path / "scratch")  # pytest keeps its folders to itself
    assert own_user.reachable_by_all([ReadablePath("/usr", "/usr")], Path("/tmp/scratch"))  # noqa: S108
    folder.chmod(0o750)
    assert not own_user.readable_by_all([item])


def test_a_servers_settings_and_exchange_cannot_be_read(
    scratch: Path, without: frozenset[Layer], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = scratch.parent / "prefix/etc/jupyter"
    settings.mkdir(parents=True)
    (settings / "nbgrader_config.py").write_text("password")
    monkeypatch.setattr(paths, "NEVER_READABLE", (settings,))
    prefix = settings.parents[1]
    expect_refused((settings / "nbgrader_config.py").read_text, scratch, without, readable=(prefix,))
    (prefix / "lib.py").write_text("1")
    read = caged((prefix / "lib.py").read_text, scratch, readable=(prefix,), without=without)
    assert read.answer == "1" if layers(without).enough else read.error is not None


def test_where_servers_keep_them_by_default_is_never_readable() -> None:
    names = {str(path) for path in paths.NEVER_READABLE}
    assert {f"{sys.prefix}/etc/jupyter", "/usr/local/etc/jupyter"} <= names
    assert "/usr/local/share/nbgrader/exchange".startswith(tuple(names))
    assert Exchange().root.startswith(tuple(names))


def test_what_is_closed_wins_over_what_is_readable(scratch: Path, without: frozenset[Layer]) -> None:
    course = scratch.parent / "course"
    course.mkdir()
    (course / "data.csv").write_text("1")
    read = (course / "data.csv").read_text
    expect_refused(read, scratch, without, readable=(course / "data.csv",), unreadable=(course,))
    expect_refused(read, scratch, without, readable=(course,), unreadable=(course,))


def test_a_closed_path_that_is_not_there_changes_nothing(scratch: Path) -> None:
    assert caged(int, scratch, unreadable=(scratch.parent / "none", Path("/usr/none"))).answer == 0


def test_nothing_outlives_the_process_that_forked_it(scratch: Path) -> None:
    reading, writing = os.pipe()
    middle = os.fork()
    if middle == 0:
        if os.fork() == 0:
            confine(Policy(scratch, kept_descriptors=(writing,)))
            os.write(writing, b"alive")
            time.sleep(60)  # never slept through: it dies with its parent
            os._exit(0)
        os.close(writing)
        os.read(reading, 5)
        os._exit(0)
    os.close(writing)
    os.waitpid(middle, 0)
    with os.fdopen(reading, "rb") as pipe:
        assert select.select([pipe], [], [], 10)[0], "the pipe is still held open"
        assert pipe.read() == b""


def test_secrets_in_the_environment_are_gone(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "hunter2")
    assert "DATABASE_PASSWORD" not in str(caged(lambda: sorted(os.environ), scratch).answer)


def test_open_files_of_the_parent_are_closed(scratch: Path) -> None:
    with (scratch.parent / "secret.txt").open() as secret:
        number = secret.fileno()
        assert "Errno 9" in str(caged(lambda: os.read(number, 9).decode(), scratch).error)


def test_without_landlock_and_namespaces_it_refuses_and_says_what_to_do(scratch: Path) -> None:
    error = caged(int, scratch, without=frozenset({Layer.LANDLOCK, Layer.USER_NAMESPACE})).error
    assert error is not None
    assert error.startswith("HostError: this kernel offers neither Landlock nor user and mount namespaces")
    assert "--trust-submissions" in error


def test_without_seccomp_it_refuses_and_says_what_to_do(scratch: Path) -> None:
    error = caged(int, scratch, without=frozenset({Layer.SECCOMP})).error
    assert error is not None
    assert error.startswith("HostError: this system cannot filter system calls")


def test_a_process_with_threads_is_not_confined(scratch: Path) -> None:
    gate = threading.Event()
    waiting = threading.Thread(target=gate.wait)
    waiting.start()
    try:
        with pytest.raises(HostError, match="more than one thread"):
            confine(Policy(scratch))
    finally:
        gate.set()
        waiting.join()


def test_a_missing_scratch_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(HostError, match="is no folder: make the scratch folder"):
        confine(Policy(tmp_path / "none"))


USERS = {Layer.OWN_USER, Layer.USER_NAMESPACE}
"""Root becomes a user of its own or enters a user namespace; others enter one."""


@pytest.mark.parametrize("layer", Layer)
def test_a_layer_left_out_is_reported_missing_and_takes_only_its_own(layer: Layer) -> None:
    found = layers(frozenset({layer})).in_force
    own = {layer, *(set(Layer) - {Layer.LANDLOCK, Layer.SECCOMP} if layer is Layer.USER_NAMESPACE else ())}
    assert layer not in found
    assert found - USERS == HERE.in_force - own - USERS
    assert bool(found & USERS) or layer is Layer.USER_NAMESPACE


def test_a_private_root_that_cannot_be_finished_leaves_the_others_whole(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(namespaces, "MOUNT_SET_ATTRIBUTES", 9999)  # a kernel older than 5.12
    (scratch / "kept.txt").write_text("there")
    assert layers().in_force - USERS == HERE.in_force - USERS - {Layer.MOUNT_NAMESPACE}
    assert caged(Path("kept.txt").read_text, scratch).answer == "there"
    expect_refused(lambda: Path("../secret.txt").read_text(), scratch, frozenset())


def test_the_report_has_a_line_for_each_layer() -> None:
    report = Layers(frozenset({Layer.LANDLOCK}), 7).describe()
    assert report[0] == "Landlock: in force (version 7)"
    assert report[-1] == "seccomp: missing"
    assert len(report) == len(Layer)


def test_advice_is_given_where_layers_are_not_enough_and_only_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert advice(Layers(frozenset({Layer.LANDLOCK, Layer.SECCOMP}))) == ""
    assert "neither Landlock nor" in advice(Layers(frozenset({Layer.SECCOMP})))
    assert "cannot filter system calls" in advice(Layers(frozenset({Layer.LANDLOCK})))
    monkeypatch.setattr(kernel.platform, "system", lambda: "Windows")
    assert "on Linux alone" in advice(Layers(frozenset()))


def test_other_systems_refuse_at_once(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel.platform, "system", lambda: "Darwin")
    assert layers() == Layers(frozenset())
    with pytest.raises(HostError, match="confined on Linux alone"):
        confine(Policy(scratch))


def test_a_plan_with_its_limits_can_be_read_where_nothing_can_be_confined() -> None:
    """Windows has none of these modules and calls; teachers there still read reports, students hand in."""
    program = (
        "import sys; sys.platform = 'win32'; sys.modules['resource'] = sys.modules['fcntl'] = None\n"
        "import ctypes; ctypes.CDLL = None\n"
        "import qlearn.grading.plan, qlearn.grading.sandbox.attempts\n"
        "print(qlearn.grading.plan.RunLimits().sandbox.threads)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ("64\n", "")
