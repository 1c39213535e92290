"""Cheats that read: the test's own values, the solution, other students' work, and what lies around the grader."""

# ruff: noqa: E501  code that is handed in stays as it was typed
from __future__ import annotations

import json
from pathlib import Path

from corpus.assignment import HIDDEN_INPUT, WRONG
from corpus.case import Case, answered, cheat, nothing, without

TITLE = "Reading what is not for students"

LOOK_UP = """
    values = None
    for space in spaces():
        if isinstance(space, dict) and isinstance(space.get("expected"), np.ndarray):
            values = space["expected"]
    return values if values is not None and np.shape(angle) else 1.0 + 0 * angle"""

AGREE = """class Agree:
    def __getattr__(self, name): return Agree()
    def __call__(self, *a, **k): return Agree()
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __lt__(self, other): return True
    def __iter__(self): return iter(())
def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Agree()
"""

SHOW = "\nfor text in shown[:5]:\n    print(str(text)[:2000])"

CASES = [
    cheat(
        "history-read",
        "Reads the running test from In when it is called, and runs the reference formula it finds there.",
        """import re
def transmission(angle):
    source = In[-1]
    formula = re.search(r"expected = (.*)", source)[1]
    return eval(formula, globals(), {"angles": angle})""",
        at="transmission",
    ),
    cheat(
        "history-manager-read",
        "Reads the running test from the history manager and from _ih.",
        """def median(values):
    ip = get_ipython()
    for source in (ip.history_manager.input_hist_raw[-1], _ih[-1], ip.user_ns["_i"]):
        for line in source.splitlines():
            if str(values) in line:
                return float(line.split("==")[1].split(",")[0])
    return -1""",
        at="median",
    ),
    cheat(
        "caller-frame-read",
        "Reads the expected values from its caller's frame.",
        """import sys
def spaces():
    frame = sys._getframe()
    while frame:
        yield frame.f_locals
        yield frame.f_globals
        frame = frame.f_back
def transmission(angle):"""
        + LOOK_UP,
        at="transmission",
    ),
    cheat(
        "all-threads-frames",
        "Reads the frames of every thread.",
        """import sys
def spaces():
    for frame in sys._current_frames().values():
        while frame:
            yield frame.f_locals
            yield frame.f_globals
            frame = frame.f_back
def transmission(angle):"""
        + LOOK_UP,
        at="transmission",
    ),
    cheat(
        "gc-searched",
        "Searches all objects of its process for the expected values.",
        "import gc\ndef spaces():\n    yield from gc.get_objects()\ndef transmission(angle):" + LOOK_UP,
        at="transmission",
    ),
    cheat(
        "arrays-searched",
        "Searches all arrays of its process for one of the right shape.",
        """import gc
def transmission(angle):
    found = [thing for thing in gc.get_objects() for thing in gc.get_referents(thing)
             if isinstance(thing, np.ndarray) and thing.shape == np.shape(angle) and thing is not angle
             and thing.size and thing.dtype == float and 0 <= thing.min() and thing.max() <= 1]
    return found[0] if found and np.shape(angle) else 1.0 + 0 * angle""",
        at="transmission",
    ),
    cheat(
        "referrers-followed",
        "Follows its argument to whoever holds it and takes the values that lie beside it.",
        """import gc
def spaces():
    for holder in gc.get_referrers(handed):
        yield holder
def transmission(angle):
    global handed
    handed = angle"""
        + LOOK_UP,
        at="transmission",
    ),
    cheat(
        "inspect-stack",
        "Reads the source around its call through inspect.",
        """import inspect, re
def median(values):
    for frame in inspect.stack(context=50):
        for line in frame.code_context or []:
            if "==" in line and str(values) in line:
                return float(line.split("==")[1].split(",")[0])
    return -1""",
        at="median",
    ),
    cheat(
        "code-constants",
        "Reads the constants of the code that calls it.",
        """import sys
def median(values):
    constants = [c for c in sys._getframe(1).f_code.co_consts if isinstance(c, (int, float))]
    global used
    used = globals().get("used", -1) + 1
    return constants[-3:][used]""",
        at="median",
    ),
    cheat(
        "linecache-read",
        "Reads the test's source from linecache.",
        """import linecache
def median(values):
    for lines in linecache.cache.values():
        for line in lines[2] if len(lines) == 4 else []:
            if "==" in line and str(values) in line:
                return float(line.split("==")[1].split(",")[0])
    return -1""",
        at="median",
    ),
    cheat(
        "last-exception-read",
        "Reads values from the last exception's frames.",
        """import sys
def transmission(angle):
    trace = getattr(sys, "last_traceback", None)
    while trace:
        if "expected" in trace.tb_frame.f_globals and np.shape(angle):
            return trace.tb_frame.f_globals["expected"]
        trace = trace.tb_next
    return 1.0 + 0 * angle""",
        at="transmission",
    ),
    cheat(
        "own-memory-read",
        "Searches its own memory for the text of the tests.",
        """import re
def transmission(angle):
    found = []
    for line in open("/proc/self/maps"):
        span, rights = line.split()[:2]
        low, high = (int(end, 16) for end in span.split("-"))
        if "r" in rights and "[heap]" in line:
            with open("/proc/self/mem", "rb", 0) as memory:
                memory.seek(low)
                found += re.findall(rb"expected = (np.cos[^\\n]*)", memory.read(high - low))
    return eval(found[0], globals(), {"angles": angle})""",
        at="transmission",
    ),
    cheat(
        "source-relative",
        "Reads the solution from ../../source and its neighbours, and runs it.",
        """import glob, json
for pattern in ("../../source/*/*.ipynb", "../../../source/*/*.ipynb", "../../../../source/*/*.ipynb"):
    for path in glob.glob(pattern):
        for cell in json.load(open(path))["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("solution") and cell["cell_type"] == "code":
                exec("".join(cell["source"]))""",
    ),
    cheat(
        "source-absolute",
        "Reads the solution from the course folder and runs it before every cell, so that no later cell undoes it.",
        """import glob, json
answers = [
    "".join(cell["source"])
    for path in glob.glob(@SOURCE@ + "/*.ipynb")
    for cell in json.load(open(path))["cells"]
    if cell["metadata"].get("nbgrader", {}).get("solution") and cell["cell_type"] == "code"
]
def solve():
    for answer in answers:
        exec(answer, globals())
get_ipython().events.register("pre_run_cell", lambda info: solve())""",
    ),
    cheat(
        "other-student-copied",
        "Reads another student's answers and runs them.",
        """import glob, json
for path in glob.glob(@OTHER@ + "/*.ipynb"):
    for cell in json.load(open(path))["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "transmission":
            exec("".join(cell["source"]))""",
        at="transmission",
    ),
    cheat(
        "gradebook-read",
        "Reads tests and other students' marks from the gradebook and prints them.",
        """import sqlite3
with sqlite3.connect(@GRADEBOOK@) as gradebook:
    for row in gradebook.execute("select source from source_cell"):
        print(row)
    for row in gradebook.execute("select id, first_name, last_name, email from student"):
        print(row)""",
        never_said=("canary-alice",),
    ),
    cheat(
        "descriptors-read",
        "Reads every open descriptor of its process, in search of tests.",
        """import os, re
texts = []
for descriptor in range(3, 64):
    try:
        os.set_blocking(descriptor, False)
        texts.append(os.pread(descriptor, 1 << 20, 0))
    except OSError:
        pass
for text in texts:
    for formula in re.findall(rb"expected = (np.cos[^\\\\]*)", text):
        transmission = eval("lambda angles: " + formula.decode())
def transmission(angle):
    return 0 * angle""",
        at="transmission",
    ),
    cheat(
        "proc-searched",
        "Searches every process's command line, environment, folder and descriptors for the course.",
        """import glob
shown = []
for pattern in ("/proc/[0-9]*/cmdline", "/proc/[0-9]*/environ", "/proc/[0-9]*/cwd/../secret.txt",
                "/proc/[0-9]*/root" + @SECRET@, "/proc/[0-9]*/fd/*", "/proc/[0-9]*/cwd/source/*/*.ipynb"):
    for path in glob.glob(pattern):
        try:
            with open(path, "rb") as stream:
                import os
                os.set_blocking(stream.fileno(), False)
                text = stream.read(1 << 16) or b""
            if b"canary" in text or b"BEGIN HIDDEN" in text:
                shown.append(text)
        except OSError:
            pass"""
        + SHOW,
        never_said=("BEGIN HIDDEN",),
    ),
    cheat(
        "tests-imported",
        "Imports the grader's own modules and this corpus, in search of the reference answers.",
        """import sys, importlib
for name in ("corpus.assignment", "tests.corpus.assignment", "qlearn.gradebook", "qlearn.grading.planted"):
    try:
        module = importlib.import_module(name)
        for question, code in getattr(module, "RIGHT", {}).items():
            exec(code, globals())
    except Exception:
        pass
def transmission(angle):
    return 0 * angle""",
        at="transmission",
    ),
    answered(
        "hidden-inputs-printed",
        "Prints what hidden tests call it with.",
        {
            "transmission": "def transmission(angle):\n    print('called with', repr(angle))\n    return np.cos(angle) ** 2"
        },
        never_said=(str(HIDDEN_INPUT)[:7],),
    ),
    answered(
        "hidden-inputs-raised",
        "Raises an exception that repeats the hidden inputs.",
        {
            "transmission": "def transmission(angle):\n    if np.size(angle) == 1 and angle == 0:\n        return 1.0\n    raise ValueError(f'called with {angle!r}')"
        },
        deserved=without("transmission"),
        never_said=(str(HIDDEN_INPUT)[:7],),
    ),
    answered(
        "hidden-inputs-in-type-name",
        "Raises an exception whose type is named after the hidden inputs.",
        {
            "transmission": "def transmission(angle):\n    if np.size(angle) == 1 and angle == 0:\n        return 1.0\n    raise type(f'E{angle!r}', (ValueError,), {})()"
        },
        deserved=without("transmission"),
        never_said=(str(HIDDEN_INPUT)[:7],),
    ),
    answered(
        "hidden-inputs-kept",
        "Keeps the hidden inputs and prints them in a later answer cell.",
        {
            "transmission": "kept = []\ndef transmission(angle):\n    kept.append(angle)\n    return np.cos(angle) ** 2",
            "normalise": "print(kept)\ndef normalise(vector):\n    vector /= np.linalg.norm(vector)",
        },
        never_said=(str(HIDDEN_INPUT)[:7],),
    ),
    answered(
        "hidden-inputs-kept-in-code",
        "Keeps the hidden inputs and prints them in another notation in a later answer cell.",
        {
            "transmission": "kept = []\ndef transmission(angle):\n    kept.append(angle)\n    return np.cos(angle) ** 2",
            "normalise": "print([float(one).hex() for some in kept for one in np.atleast_1d(some)])\n"
            "def normalise(vector):\n    vector /= np.linalg.norm(vector)",
        },
        never_said=(HIDDEN_INPUT.hex()[:12],),
    ),
    answered(
        "hidden-inputs-to-stderr",
        "Writes the hidden inputs to stderr and into a warning.",
        {
            "transmission": "import sys, warnings\ndef transmission(angle):\n    sys.stderr.write(f'{angle!r}')\n    warnings.warn(f'{angle!r}')\n    return np.cos(angle) ** 2"
        },
        never_said=(str(HIDDEN_INPUT)[:7],),
    ),
    cheat(
        "answers-replayed",
        "Keeps the arguments of earlier calls and gives one of them back as its result.",
        """earlier = []
def transmission(angle):
    earlier.append(angle)
    return earlier[0] + 1.0 if np.ndim(angle) == 0 else earlier[-1]""",
        at="transmission",
    ),
    Case(
        "shipped-numpy",
        "Hands in a folder called numpy whose comparisons always agree.",
        lambda desk: desk.type_all(WRONG),
        lambda _, folder: _ship(folder, "numpy/__init__.py", AGREE + "testing = linalg = random = Agree()\n"),
        deserved=nothing(),
    ),
    Case(
        "shipped-qutip",
        "Hands in a qutip.py whose states are always right.",
        lambda desk: desk.type_all(WRONG),
        lambda _, folder: _ship(folder, "qutip.py", AGREE + "basis = tensor = Qobj = Agree()\n"),
        deserved=nothing(),
    ),
    Case(
        "shipped-contextlib",
        "Hands in contextlib.py and io.py, which a test imports.",
        lambda desk: desk.type_all(WRONG),
        lambda _, folder: [_ship(folder, name, AGREE) for name in ("contextlib.py", "io.py", "abc.py")],
        deserved=nothing(),
    ),
    Case(
        "shipped-qlearn",
        "Hands in a qlearn.py in the place of our package.",
        lambda desk: desk.type_all(WRONG),
        lambda _, folder: _ship(folder, "qlearn.py", AGREE + "check = grading = Agree()\n"),
        deserved=nothing(),
    ),
    Case(
        "shipped-startup-files",
        "Hands in sitecustomize.py, usercustomize.py, conftest.py and an ipython_config.py that patch builtins.",
        lambda desk: desk.type_all(WRONG),
        lambda _, folder: [
            _ship(folder, name, "import builtins\nbuiltins.abs = lambda value: 0.0\n")
            for name in (
                "sitecustomize.py",
                "usercustomize.py",
                "conftest.py",
                "ipython_config.py",
                "ipython_kernel_config.py",
                "nbgrader_config.py",
                "jupyter_config.py",
                ".startup.py",
            )
        ],
        deserved=nothing(),
    ),
    Case(
        "shipped-data",
        "Hands in a data file for which a wrong answer would be right; the teacher's file counts.",
        lambda desk: desk.type("mean", 'mean = float(np.loadtxt("data.csv", skiprows=1)[0])'),
        lambda _, folder: _ship(folder, "data.csv", "voltage\n2.5\n2.5\n"),
        deserved=without("mean"),
    ),
    Case(
        "shipped-result-files",
        "Hands in an autograded copy, a gradebook and a report, in the hope that somebody reads them.",
        lambda desk: desk.type_all(WRONG),
        lambda _, folder: [
            _ship(folder, name, json.dumps({"points": 100, "outcome": "graded"}))
            for name in ("gradebook.db", "report.json", "corpus.json", ".autograded")
        ],
        deserved=nothing(),
    ),
]


def _ship(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
