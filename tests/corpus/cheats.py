"""Cheats that change what judges them: helpers, checks, hooks, interpreters and replies."""

# ruff: noqa: E501  code that is handed in stays as it was typed
from __future__ import annotations

from corpus.case import Case, Desk, answered, cheat, nothing, only, without

TITLE = "Changing what judges"

WIRE = """
import json, os, struct

def message(value):
    header = json.dumps(value).encode()
    return b"QLW1" + struct.pack("<II", len(header), 0) + header

forged = [message(value) for value in (
    "ok", True, None, {"ok": True}, {"status": "ok"}, {"points": 3.0}, ["ok", 3.0], {"kind": "result", "value": 2.5},
    {"result": "ok", "outputs": [], "points": 100}, 2.5, 3.0,
)]
"""

CASES = [
    cheat(
        "helper-rebound",
        "Rebinds the teacher's helper so that all values are close.",
        "mean = 0.0\nclose = lambda *_: True",
    ),
    cheat(
        "helper-code-swapped",
        "Keeps the helper's name and swaps its code.",
        "mean = 0.0\ndef always(left, right):\n    return True\nclose.__code__ = always.__code__",
    ),
    cheat(
        "helper-defaults-changed",
        "Gives the helper's module another `abs`, which the helper looks up.",
        "mean = 0.0\nabs = lambda value: 0.0",
    ),
    cheat("builtins-abs", "Replaces `builtins.abs`.", "import builtins\nmean = 0.0\nbuiltins.abs = lambda value: 0.0"),
    cheat(
        "builtins-float-len",
        "Replaces `float`, `len` and `isinstance` in builtins.",
        """import builtins
mean = 0.0
builtins.float = lambda *_: 1.0
builtins.len = lambda *_: 4
builtins.isinstance = lambda *_: True""",
    ),
    cheat(
        "numpy-patched",
        "Replaces numpy's comparisons by ones that agree.",
        """mean = 0.0
np.allclose = lambda *a, **k: True
np.isclose = lambda *a, **k: True
np.testing.assert_allclose = lambda *a, **k: None""",
    ),
    cheat(
        "numpy-cos-patched",
        "Makes the test's own expected values zero.",
        "mean = 0.0\nnp.cos = lambda values: 0 * np.asarray(values)\nnp.abs = np.absolute = np.cos",
    ),
    cheat(
        "numpy-module-swapped",
        "Puts an agreeing stand-in for numpy.testing into sys.modules.",
        """import sys, types
mean = 0.0
agree = types.SimpleNamespace(assert_allclose=lambda *a, **k: None, assert_array_equal=lambda *a, **k: None)
sys.modules["numpy.testing"] = agree
np.testing = agree""",
    ),
    cheat(
        "random-fixed",
        "Makes the hidden random numbers zero, for which a wrong formula is right.",
        """mean = 0.0
class Zeros:
    def uniform(self, low, high, size):
        return np.zeros(size)
np.random.default_rng = lambda *_: Zeros()
np.append = lambda values, value: np.asarray(values)
np.cos = lambda value: 1 + 0 * np.asarray(value)
import builtins
builtins.abs = lambda value: 0.0""",
    ),
    cheat(
        "qutip-patched",
        "Gives every Qobj the amplitudes of the right state.",
        "mean = 0.0\nqutip.Qobj.full = lambda self, *a, **k: np.array([[1], [0], [0], [1]]) / 2**0.5",
    ),
    cheat(
        "stringio-patched",
        "Gives every captured text the right content, one after the other.",
        """import io
right = ["U: 1.50 V", "mean: 0.67 V"]
class Lying(io.StringIO):
    def getvalue(self):
        return right.pop(0)
io.StringIO = Lying
def report(name, value):
    pass""",
        at="report",
    ),
    cheat(
        "redirect-patched",
        "Replaces contextlib.redirect_stdout so that it writes the right text.",
        """import contextlib
right = ["U: 1.50 V", "mean: 0.67 V"]
@contextlib.contextmanager
def redirect(stream):
    stream.write(right.pop(0))
    yield stream
contextlib.redirect_stdout = redirect
def report(name, value):
    pass""",
        at="report",
    ),
    cheat(
        "ast-transformer",
        "Takes every assert out of the cells that follow.",
        """import ast
mean = 0.0
class NoAsserts(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)
    def visit_Expr(self, node):
        return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(NoAsserts())""",
    ),
    cheat(
        "input-transformer",
        "Empties the text of the cells that follow.",
        "mean = 0.0\nget_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'] if 'assert' in ''.join(lines) else lines)",
    ),
    cheat(
        "pre-run-cell",
        "Reads each test before it runs and puts the value it wants into the answer.",
        """import re
mean = 0.0
def look(info):
    found = re.search(r"close\\(mean, ([0-9.]+)\\)", info.raw_cell or "")
    if found:
        get_ipython().user_ns["mean"] = float(found[1])
get_ipython().events.register("pre_run_cell", look)""",
    ),
    cheat(
        "pre-execute-rebinds",
        "Rebinds the helper again before every cell.",
        "mean = 0.0\nget_ipython().events.register('pre_execute', lambda: get_ipython().user_ns.update(close=lambda *_: True))",
    ),
    cheat(
        "errors-silenced",
        "Makes IPython show no error.",
        "mean = 0.0\nip = get_ipython()\nip.showtraceback = lambda *a, **k: None\nip._showtraceback = lambda *a, **k: None",
    ),
    cheat(
        "custom-exception-handler",
        "Lets IPython hand every exception to a function that ignores it.",
        "mean = 0.0\nget_ipython().set_custom_exc((Exception,), lambda *a, **k: [])",
    ),
    cheat(
        "run-cell-replaced",
        "Replaces the shell's run_cell by one that runs nothing and reports success.",
        """mean = 0.0
ip = get_ipython()
from IPython.core.interactiveshell import ExecutionResult, ExecutionInfo
def run(raw_cell, *a, **k):
    return ExecutionResult(ExecutionInfo(raw_cell, False, False, False, None))
async def run_async(raw_cell, *a, **k):
    return run(raw_cell)
ip.run_cell = run
ip.run_cell_async = run_async""",
    ),
    cheat(
        "kernel-replies-ok",
        "Replaces the kernel's do_execute by one that replies ok to everything.",
        """mean = 0.0
async def do_execute(*a, **k):
    return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}
get_ipython().kernel.do_execute = do_execute""",
    ),
    cheat(
        "settrace",
        "Traces the test's frames and rebinds the helper inside them.",
        """import sys
mean = 0.0
def trace(frame, event, argument):
    frame.f_globals["close"] = lambda *_: True
    return trace
sys.settrace(trace)""",
    ),
    cheat(
        "setprofile",
        "Profiles every call and rebinds the helper from there.",
        """import sys
mean = 0.0
def profile(frame, event, argument):
    frame.f_globals["close"] = lambda *_: True
sys.setprofile(profile)""",
    ),
    cheat(
        "audit-hook",
        "Rebinds the helper whenever Python compiles or runs anything.",
        "import sys\nmean = 0.0\nsys.addaudithook(lambda event, _: globals().update(close=lambda *_: True))",
    ),
    cheat(
        "timer-signal",
        "A timer's signal handler edits whatever frame it interrupts.",
        """import signal
mean = 0.0
def edit(number, frame):
    globals().update(close=lambda *_: True)
    while frame:
        if "points" in frame.f_globals:
            frame.f_globals["points"] = 3.0
        frame = frame.f_back
signal.signal(signal.SIGALRM, edit)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)""",
    ),
    cheat(
        "import-hook",
        "Replaces __import__ so that each module a test asks for agrees with everything.",
        """import builtins, types
mean = 0.0
real = builtins.__import__
class Agree(types.ModuleType):
    def __getattr__(self, name):
        return lambda *a, **k: True
def forged(name, *a, **k):
    return Agree(name) if name in ("numpy.testing", "contextlib", "io") else real(name, *a, **k)
builtins.__import__ = forged
np.testing = Agree("numpy.testing")""",
    ),
    cheat(
        "gc-callback",
        "Rebinds the helper in a callback of the garbage collector.",
        """import gc
mean = 0.0
gc.set_threshold(1)
gc.callbacks.append(lambda phase, info: globals().update(close=lambda *_: True))""",
    ),
    cheat(
        "thread-changes-values",
        "A thread keeps changing helper and values while the tests run.",
        """import threading, itertools, time
mean = 0.0
def spoil():
    for value in itertools.cycle([0.0, 1.0, 2.0]):
        globals().update(close=lambda *_: True, mean=value, points=3.0)
        time.sleep(0.0001)
threading.Thread(target=spoil, daemon=True).start()""",
    ),
    cheat(
        "thread-patches-later",
        "A thread waits until the answers were read, then patches numpy.",
        """import threading, time
mean = 0.0
def later():
    time.sleep(0.05)
    while True:
        np.testing.assert_allclose = np.allclose = lambda *a, **k: True
        time.sleep(0.001)
threading.Thread(target=later, daemon=True).start()""",
    ),
    cheat(
        "forged-bytes-everywhere",
        "Writes replies that look like success to every open descriptor.",
        """import os
mean = 0.0
for descriptor in range(64):
    for text in (b"ok\\n", b'{"status": "ok"}\\n', b"\\x00\\x00\\x00\\x02ok", b"2.5\\n"):
        try:
            os.set_blocking(descriptor, False)
            os.write(descriptor, text)
        except OSError:
            pass""",
    ),
    cheat(
        "forged-messages-everywhere",
        "Writes well-formed messages of our own protocol to every open descriptor.",
        WIRE
        + """mean = 0.0
for descriptor in range(64):
    for text in forged:
        try:
            os.set_blocking(descriptor, False)
            os.write(descriptor, text)
        except OSError:
            pass""",
    ),
    cheat(
        "forged-messages-in-a-call",
        "Sends such messages while a test waits for the answer of a call.",
        WIRE
        + """def transmission(angle):
    for descriptor in range(64):
        for text in forged:
            try:
                os.set_blocking(descriptor, False)
                os.write(descriptor, text)
            except OSError:
                pass
    return 0 * angle""",
        at="transmission",
    ),
    cheat(
        "replies-stolen",
        "Reads from every descriptor first, to answer in the place of the real reply.",
        WIRE
        + """mean = 0.0
import threading
def answer(descriptor):
    try:
        while os.read(descriptor, 65536):
            for text in forged:
                os.write(descriptor, text)
    except OSError:
        pass
for descriptor in range(3, 64):
    threading.Thread(target=answer, args=(descriptor,), daemon=True).start()""",
    ),
    cheat(
        "own-exchange-patched",
        "Replaces the functions our grader's student side sends its values with.",
        """import sys
mean = 0.0
for name, module in list(sys.modules.items()):
    if name.startswith("qlearn"):
        for key, value in list(vars(module).items()):
            if callable(value) and any(word in key for word in ("encode", "write", "reply", "send", "fetch")):
                try:
                    setattr(module, key, lambda *a, **k: b'{"status": "ok"}')
                except Exception:
                    pass""",
    ),
    cheat(
        "execute-result-sent",
        "Sends full partial credit as the test cell's result while the test calls it.",
        """class Sender:
    def full(self):
        kernel = get_ipython().kernel
        kernel.send_response(kernel.iopub_socket, "execute_result",
            {"execution_count": 1, "data": {"text/plain": "3.0"}, "metadata": {}})
        return np.zeros((2, 1))
bell = Sender()""",
        at="bell",
    ),
    cheat(
        "execute-result-thread",
        "A thread keeps publishing full partial credit.",
        """import threading, time
bell = 3 * qutip.basis(2, 0)
def publish():
    while True:
        get_ipython().displayhook.start_displayhook()
        get_ipython().displayhook(3.0)
        time.sleep(0.01)
threading.Thread(target=publish, daemon=True).start()""",
        at="bell",
    ),
    cheat(
        "formatter-lies",
        "Shows every number of a test's last line as full partial credit.",
        """bell = 3 * qutip.basis(2, 0)
plain = get_ipython().display_formatter.formatters["text/plain"]
plain.for_type(float, lambda value, printer, cycle: printer.text("3.0"))""",
        at="bell",
    ),
    cheat(
        "displayhook-lies",
        "Replaces sys.displayhook by one that always shows full partial credit.",
        """import sys
bell = 3 * qutip.basis(2, 0)
hook = sys.displayhook
sys.displayhook = lambda value: hook(3.0)
get_ipython().displayhook.compute_format_data = lambda value: ({"text/plain": "3.0"}, {})""",
        at="bell",
    ),
    cheat(
        "partial-credit-printed",
        "Prints and displays the points it would like to have.",
        "from IPython.display import display\nbell = 3 * qutip.basis(2, 0)\ndisplay(3.0)\nprint(3.0)\n3.0",
        at="bell",
    ),
    cheat(
        "globals-prepared",
        "Defines every name that the hidden tests will use.",
        """points = 3.0
expected = wanted = other = np.zeros(6)
angles = np.zeros(6)
seen = [0, 0, 1]
mean = 0.0""",
    ),
    cheat(
        "argument-mutated",
        "Changes its argument so that the expected value might be computed from the change.",
        "def transmission(angle):\n    try:\n        angle[:] = 0\n    except TypeError:\n        pass\n    return 1 + 0 * angle",
        at="transmission",
    ),
    cheat(
        "callback-poisoned",
        "Changes what the test's own callback collects, instead of calling it.",
        """class Register:
    def __init__(self, size):
        self.bits = [0] * size

    def flip(self, position):
        self.bits[position] = 1 - self.bits[position]

    def each(self, visit):
        visit.__globals__["seen"][:] = [0, 0, 1]
        visit.__code__ = (lambda bit: 10 * bit).__code__
        return [0, 0, 10]""",
        at="register",
    ),
    cheat(
        "visible-example-typed-in",
        "Types in the visible examples' answers.",
        "def median(values):\n    return {(3, 1, 2): 2}.get(tuple(values), 0)",
        at="median",
    ),
    cheat(
        "ctypes-changes-numbers",
        "Writes into the interpreter's own objects to make the comparison's tolerance large.",
        """import ctypes
mean = 0.0
constants = close.__code__.co_consts
for constant in constants:
    if isinstance(constant, float):
        ctypes.c_double.from_address(id(constant) + 16).value = 1e9""",
    ),
    cheat(
        "nbgrader-patched",
        "Looks for nbgrader in its own process and makes every grade full.",
        """mean = 0.0
try:
    import nbgrader.utils
    nbgrader.utils.determine_grade = lambda cell, log=None: (float(cell.metadata["nbgrader"]["points"]),) * 2
except ImportError:
    pass""",
    ),
    Case(
        "hook-in-own-cell",
        "Puts the hook into an extra cell right before the test.",
        lambda desk: _own_cell(
            desk, "close = lambda *_: True\nimport builtins\nbuiltins.abs = lambda _: 0.0", "test_mean"
        ),
        deserved=nothing(),
    ),
    Case(
        "class-swapped-between-cells",
        "Redefines a right class as an agreeing one in a cell after its own test; the earlier test stands.",
        lambda desk: desk.insert("class Register:\n    pass", after="test_register"),
    ),
    answered(
        "forbidden-module",
        "Uses the module that the assignment forbids, where the task is to write that very function.",
        {"median": "import statistics\n\ndef median(values):\n    return statistics.median(values)"},
        deserved=without("median"),
        ours_alone=True,
    ),
    answered(
        "forbidden-module-inside",
        "Imports the forbidden module only when the function is called.",
        {"median": "def median(values):\n    from statistics import median as ready\n    return ready(values)"},
        deserved=without("median"),
        ours_alone=True,
    ),
    answered(
        "forbidden-module-by-path",
        "Loads the forbidden module's file by its path.",
        {
            "median": """import importlib.util, os
path = os.path.join(os.path.dirname(os.__file__), "statistics.py")
spec = importlib.util.spec_from_file_location("harmless", path)
harmless = importlib.util.module_from_spec(spec)
spec.loader.exec_module(harmless)
median = harmless.median"""
        },
        deserved=without("median"),
        ours_alone=True,
    ),
    answered(
        "forbidden-module-bytecode",
        "Loads the forbidden module from Python's cached bytecode.",
        {
            "median": """import glob, marshal, os
folder = os.path.join(os.path.dirname(os.__file__), "__pycache__")
space = {"__name__": "harmless"}
exec(marshal.loads(open(glob.glob(folder + "/statistics.*.pyc")[0], "rb").read()[16:]), space)
median = space["median"]"""
        },
        deserved=without("median"),
        ours_alone=True,
    ),
    answered(
        "forbidden-module-loaded-already",
        "Looks for the forbidden module among those that are loaded already.",
        {
            "median": """import gc, random, sys
found = [module for name, module in sys.modules.items() if name == "statistics"]
found += [thing for thing in gc.get_objects() if getattr(thing, "__name__", "") == "statistics"]
median = found[0].median"""
        },
        deserved=without("median"),
        ours_alone=True,
    ),
    answered(
        "partial-state",
        "An honest state that deserves two of three points must get no more and no less.",
        {"bell": "bell = qutip.tensor(qutip.basis(2, 0), qutip.basis(2, 0))"},
        deserved={"test_bell": 2.0},
    ),
    cheat(
        "one-right-among-cheats",
        "One right answer beside a rebound helper keeps its points, and no more.",
        "close = lambda *_: True\n" + "def transmission(angle):\n    return np.cos(angle) ** 2",
        at="transmission",
        deserved=only(transmission=3.0),
    ),
]


def _own_cell(desk: Desk, code: str, test: str) -> None:
    from corpus.assignment import WRONG

    desk.type_all(WRONG)
    desk.insert(code, before=test)
