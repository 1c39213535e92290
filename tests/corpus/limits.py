"""Answers that use too much, die, or never end: only the guilty question loses its points."""

# ruff: noqa: E501  code that is handed in stays as it was typed
from __future__ import annotations

from corpus.assignment import RIGHT
from corpus.case import Case, answered, limit, without
from corpus.host import CONFINED_ONLY

TITLE = "Too much, and without end"

CLASS = """class Register:
    def __init__(self, size):
        self.bits = [0] * size

    def flip(self, position):
        self.bits[position] = 1 - self.bits[position]
"""


def in_call(name: str, tries: str, body: str, *, before: str = "") -> Case:
    """Does harm when a test calls it, not when its cell runs."""
    code = before + "def normalise(vector):\n" + "\n".join("    " + line for line in body.splitlines())
    return limit(name, tries, code)


CASES = [
    limit("loop", "Loops for ever in its cell.", "while True:\n    pass"),
    limit(
        "loop-that-catches",
        "Loops for ever and catches every interruption.",
        "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass",
    ),
    limit(
        "loop-that-ignores-signals",
        "Ignores every signal it can and loops.",
        """import signal
for number in signal.valid_signals():
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    pass""",
    ),
    limit("loop-in-c", "Loops for ever inside one call of the C library.", "sum(iter(int, 1))"),
    limit(
        "regular-expression",
        "Waits for a regular expression that backtracks for years.",
        "import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')",
    ),
    limit("sleep", "Sleeps for a day.", "import time\ntime.sleep(86400)"),
    limit("input", "Asks the teacher a question with input().", "name = input('What is your name? ')"),
    limit("debugger", "Leaves a breakpoint in the cell.", "breakpoint()\nraise ValueError"),
    limit(
        "lock-waited-for",
        "Waits for a lock that nobody gives back.",
        "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
    ),
    limit("event-loop", "Runs an event loop for ever.", "import asyncio\nawait asyncio.sleep(86400)"),
    limit(
        "pipe-waited-for",
        "Reads from a pipe that nobody writes to.",
        "import os\nreading, writing = os.pipe()\nos.read(reading, 1)",
    ),
    limit(
        "stops-itself", "Stops its own process with SIGSTOP.", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"
    ),
    limit("kills-itself", "Kills its own process.", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
    limit("exit-at-once", "Ends Python with os._exit(0).", "import os\nos._exit(0)"),
    limit("abort", "Ends Python with os.abort().", "import os\nos.abort()"),
    limit("segmentation-fault", "Reads address zero through ctypes.", "import ctypes\nctypes.string_at(0)"),
    limit("stack-overflow", "Overflows the C stack.", "import sys\nsys.setrecursionlimit(10**9)\nf = lambda: f()\nf()"),
    limit("recursion", "Calls itself without an end.", "def deeper():\n    return deeper()\ndeeper()"),
    limit(
        "deep-repr",
        "Shows a list nested a hundred thousand deep.",
        "nested = []\nfor _ in range(100_000):\n    nested = [nested]\nnested",
    ),
    limit(
        "memory-list",
        "Fills the memory with a list.",
        "hoard = []\nwhile True:\n    hoard.append(bytearray(10_000_000))",
    ),
    limit("memory-array", "Asks numpy for a terabyte.", "np.ones((10**6, 10**6 // 8))"),
    limit("memory-power", "Computes a number with a billion digits.", "huge = 9 ** 9 ** 9 ** 9"),
    limit(
        "fork-bomb",
        "Forks as often as it can.",
        CONFINED_ONLY + "while True:\n    os.fork()",
    ),
    limit(
        "thread-bomb",
        "Starts threads until nothing gives any more.",
        "import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
    ),
    limit("endless-output", "Prints for ever.", "while True:\n    print('and again ' * 100)"),
    limit("output-200-mb", "Prints 200 MB at once.", "print('x' * 200_000_000)\nraise ValueError"),
    limit(
        "output-past-python",
        "Writes 200 MB straight to descriptors 1 and 2.",
        "import os\nfor _ in range(200):\n    os.write(1, b'x' * 1_000_000)\n    os.write(2, b'x' * 1_000_000)\nraise ValueError",
    ),
    limit(
        "huge-display",
        "Displays a page of 100 MB.",
        "from IPython.display import HTML, display\ndisplay(HTML('<b>' * 33_000_000))\nraise ValueError",
    ),
    limit("huge-exception", "Raises an exception with a text of 100 MB.", "raise ValueError('x' * 100_000_000)"),
    limit(
        "disk-filled",
        "Fills its folder until the disk is full.",
        "for number in range(100_000):\n    with open(f'{number}.bin', 'wb') as stream:\n        stream.write(bytes(1_000_000))\nraise ValueError",
        settle_seconds=0.0,
    ),
    limit(
        "one-huge-file",
        "Writes one file for ever.",
        "with open('huge', 'wb') as stream:\n    while True:\n        stream.write(bytes(1_000_000))",
    ),
    limit(
        "sparse-file",
        "Makes a sparse file of a terabyte.",
        "import os\nwith open('sparse', 'wb') as stream:\n    os.ftruncate(stream.fileno(), 10**12)\nraise ValueError",
    ),
    limit(
        "many-files",
        "Makes empty files until the file system has no more room for names.",
        "for number in range(10**6):\n    open(str(number), 'w').close()\nraise ValueError",
    ),
    limit(
        "descriptors-closed",
        "Closes every descriptor of its process.",
        "import os\nos.closerange(0, 65536)\nraise ValueError",
    ),
    limit(
        "descriptors-redirected",
        "Puts /dev/null in the place of every descriptor.",
        "import os\nnull = os.open('/dev/null', os.O_RDWR)\nfor number in range(64):\n    try:\n        os.dup2(null, number)\n    except OSError:\n        pass\nraise ValueError",
    ),
    limit(
        "descriptors-used-up",
        "Opens files until no more can be opened.",
        "kept = []\nwhile True:\n    kept.append(open('data.csv'))",
    ),
    limit("system-exit", "Raises SystemExit(0).", "raise SystemExit(0)"),
    limit("exit-called", "Calls exit() and quit().", "exit()\nquit()\nraise ValueError"),
    limit("keyboard-interrupt", "Raises KeyboardInterrupt.", "raise KeyboardInterrupt"),
    limit("generator-exit", "Raises GeneratorExit.", "raise GeneratorExit"),
    limit(
        "own-base-exception",
        "Raises a BaseException of its own.",
        "class Mine(BaseException):\n    pass\nraise Mine('x')",
    ),
    limit(
        "exception-text-raises",
        "Raises an exception whose text cannot be made.",
        "class Mine(Exception):\n    def __str__(self):\n        raise self\n    __repr__ = __str__\nraise Mine",
    ),
    limit(
        "exception-text-loops",
        "Raises an exception whose text is never ready.",
        "class Mine(Exception):\n    def __str__(self):\n        while True:\n            pass\nraise Mine",
    ),
    limit(
        "exception-chain",
        "Raises an exception whose cause is itself, after ten thousand others.",
        "error = ValueError('x')\nfor _ in range(10_000):\n    new = ValueError('x')\n    new.__cause__ = error\n    error = new\nerror.__context__ = error\nraise error",
    ),
    limit(
        "repr-loops",
        "Shows an object whose text is never ready.",
        "class Mine:\n    def __repr__(self):\n        while True:\n            pass\nMine()",
    ),
    limit(
        "hang-in-del",
        "Hangs when an object is thrown away.",
        "class Mine:\n    def __del__(self):\n        while True:\n            pass\nmine = Mine()\ndel mine",
    ),
    answered(
        "hang-at-exit",
        "Hangs, and starts over, when Python ends.",
        {
            "normalise": RIGHT["normalise"]
            + """
import atexit, os, threading, time
atexit.register(time.sleep, 86400)
threading._register_atexit(time.sleep, 86400)
class Late:
    def __del__(self):
        while True:
            pass
late = Late()"""
        },
    ),
    answered(
        "thread-that-stays",
        "Leaves an ordinary thread running that would keep Python alive.",
        {
            "normalise": RIGHT["normalise"]
            + "\nimport threading, time\nthreading.Thread(target=time.sleep, args=(86400,)).start()"
        },
    ),
    limit("syntax-error", "Does not compile.", "def normalise(vector:\n    return"),
    limit("null-byte", "Has a NUL in the middle of its code.", "def normalise(vector):\n    \0vector /= 2"),
    limit(
        "parser-bomb",
        "Makes the compiler nest brackets too deep.",
        "(" * 5000 + ")" * 5000,
    ),
    limit("constant-folded", "Makes the compiler compute a huge constant.", "'x' * (1 << 30) * (1 << 10)"),
    in_call("loop-in-call", "Loops for ever when a test calls it.", "while True:\n    pass"),
    in_call(
        "loop-in-call-that-catches",
        "Loops in a call and catches every interruption.",
        "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass",
    ),
    in_call("sleep-in-call", "Sleeps when a test calls it.", "import time\ntime.sleep(86400)"),
    in_call("exit-in-call", "Ends its process when a test calls it.", "import os\nos._exit(0)"),
    in_call("segmentation-fault-in-call", "Crashes when a test calls it.", "import ctypes\nctypes.string_at(0)"),
    in_call("system-exit-in-call", "Raises SystemExit when a test calls it.", "raise SystemExit(0)"),
    in_call("keyboard-interrupt-in-call", "Raises KeyboardInterrupt when a test calls it.", "raise KeyboardInterrupt"),
    in_call("recursion-in-call", "Calls itself without an end.", "return normalise(vector)"),
    in_call(
        "memory-in-call",
        "Fills the memory when a test calls it.",
        "hoard = []\nwhile True:\n    hoard.append(bytearray(10_000_000))",
    ),
    in_call(
        "descriptors-closed-in-call",
        "Closes every descriptor when a test calls it.",
        "import os\nos.closerange(0, 65536)",
    ),
    in_call(
        "exception-text-raises-in-call",
        "Raises an exception without a text when a test calls it.",
        "raise Mine",
        before="class Mine(Exception):\n    def __str__(self):\n        raise self\n    __repr__ = __str__\n",
    ),
    in_call(
        "huge-exception-in-call",
        "Raises an exception with a text of 100 MB when a test calls it.",
        "raise ValueError('x' * 100_000_000)",
    ),
    in_call("output-in-call", "Prints for ever when a test calls it.", "while True:\n    print('x' * 1000)"),
    limit(
        "huge-result",
        "Returns an array of a gigabyte.",
        "def transmission(angle):\n    return np.zeros(10**9 // 8)",
        at="transmission",
    ),
    limit(
        "endless-result",
        "Returns a generator that never ends.",
        "import itertools\ndef transmission(angle):\n    return itertools.count()",
        at="transmission",
    ),
    limit(
        "deep-result",
        "Returns a list nested a hundred thousand deep.",
        "def transmission(angle):\n    nested = []\n    for _ in range(100_000):\n        nested = [nested]\n    return nested",
        at="transmission",
    ),
    limit(
        "result-that-holds-itself",
        "Returns a list that holds itself.",
        "def transmission(angle):\n    loop = []\n    loop.append(loop)\n    loop.append({'self': loop})\n    return loop",
        at="transmission",
    ),
    limit(
        "result-nests-without-end",
        "Returns a list whose items make new lists whenever somebody looks.",
        """class More(list):
    def __iter__(self): return iter([More([1])])
    def __getitem__(self, index): return More([1])
    def __len__(self): return 1
def transmission(angle):
    return More([1])""",
        at="transmission",
    ),
    limit(
        "billion-laughs",
        "Returns a small object that is huge once it is written out.",
        "def transmission(angle):\n    level = ['x']\n    for _ in range(40):\n        level = [level, list(level)]\n    return level",
        at="transmission",
    ),
    limit(
        "huge-number",
        "Returns a number of a million digits.",
        "def median(values):\n    return 10**1_000_000",
        at="median",
    ),
    limit("infinite-number", "Answers with infinity and NaN.", "mean = float('inf') - float('inf')", at="mean"),
    limit("surrogates", "Answers with a text that is no Unicode.", "mean = '\\ud800\\udfff\\0'", at="mean"),
    limit("bytes-with-nul", "Answers with bytes that hold NUL.", "mean = b'2.5\\0\\xff'", at="mean"),
    limit(
        "unhashable-odd-types",
        "Answers with a module, a type, a frame and a generator in one list.",
        "import sys\nmean = [sys, type, sys._getframe(), (x for x in []), print, 3 + 4j, Ellipsis, NotImplemented]",
        at="mean",
    ),
    limit(
        "strange-class-body",
        "Gives the class a body that hangs in every special method.",
        CLASS + "    def __getattribute__(self, name):\n        while True:\n            pass",
        at="register",
    ),
    answered(
        "two-deaths",
        "Two answers kill their process; the questions between and after them keep their points.",
        {"transmission": "import os\nos._exit(1)", "report": "import ctypes\nctypes.string_at(0)"},
        deserved=without("transmission", "report"),
    ),
    answered(
        "three-loops",
        "Three answers loop for ever; the others keep their points.",
        dict.fromkeys(("transmission", "register", "report"), "while True:\n    pass"),
        deserved=without("transmission", "register", "report"),
    ),
]
