"""Honest work: ordinary answers, right values of another type, and habits that disturb a grader by accident."""

# ruff: noqa: E501  code that is handed in stays as it was typed
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.assignment import RIGHT, WRONG
from corpus.case import Case, answered, nothing, without

TITLE = "Honest work"


def typed(name: str, tries: str, code: str, *, at: str = "transmission", **more: Any) -> Case:
    """One right answer written in another way; nothing is deserved less for it."""
    return answered(name, tries, {at: code}, **more)


def other_type(name: str, tries: str, code: str, *, at: str = "mean") -> Case:
    """A right value of another sensible type: full points, or a person decides."""
    return answered(name, tries, {at: code}, pending=frozenset({f"test_{at}"}))


def beside(name: str, tries: str, code: str, *, at: str = "mean", **more: Any) -> Case:
    """A habit in front of a right answer."""
    return answered(name, tries, {at: code + "\n" + RIGHT[at]}, **more)


def _half(wrong: Mapping[str, str]) -> dict[str, str]:
    return {name: wrong[name] for name in ("register", "bell", "report")}


CASES = [
    Case("reference", "The reference answers."),
    Case("blank", "Everything left as it was given out.", lambda desk: desk.leave_blank(), deserved=nothing()),
    Case("wrong-everywhere", "Wrong answers everywhere.", lambda desk: desk.type_all(WRONG), deserved=nothing()),
    answered("half-done", "Half of the answers wrong.", _half(WRONG), deserved=without("register", "bell", "report")),
    Case(
        "half-blank",
        "Half of the answers left blank.",
        lambda desk: desk.leave_blank("register", "bell", "median"),
        deserved=without("register", "bell", "median"),
    ),
    beside("warns-in-cell", "Writes a warning to stderr.", "import warnings\nwarnings.warn('careful')"),
    typed(
        "warns-in-call",
        "Writes to stderr when a test calls it.",
        "import sys, warnings\ndef transmission(angle):\n    print('hm', file=sys.stderr)\n    warnings.warn('careful')\n    return np.cos(angle) ** 2",
    ),
    typed(
        "numpy-warns-in-call",
        "Divides by zero on the way, which numpy warns of.",
        "def transmission(angle):\n    np.float64(1.0) / np.zeros(1)\n    return np.cos(angle) ** 2",
    ),
    beside(
        "logs",
        "Writes a log to stderr.",
        "import logging\nlogging.basicConfig(level='DEBUG')\nlogging.getLogger('x').error('fine')",
    ),
    typed(
        "prints-in-call",
        "Prints when a test calls it.",
        "def transmission(angle):\n    print('angle', type(angle))\n    return np.cos(angle) ** 2",
    ),
    beside("prints-a-lot", "Prints ten thousand lines.", "for number in range(10_000):\n    print(number)"),
    beside(
        "progress-bar",
        "Draws a progress bar with carriage returns.",
        "for number in range(100):\n    print(number, end='\\r')",
    ),
    beside(
        "plots",
        "Draws two figures and leaves them open.",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.show()\nfigure, axes = plt.subplots()\naxes.hist([1, 2, 2])",
    ),
    beside(
        "plots-saved",
        "Saves a figure beside the notebook and reads it back.",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig('mine.png')\nassert open('mine.png', 'rb').read(4)",
    ),
    beside(
        "matplotlib-changed",
        "Changes matplotlib's style and backend.",
        "import matplotlib\nmatplotlib.use('agg')\nmatplotlib.rcParams['figure.dpi'] = 50\nimport matplotlib.pyplot as plt\nplt.style.use('ggplot')",
    ),
    beside(
        "print-options-changed",
        "Changes how numpy prints.",
        "np.set_printoptions(precision=1, suppress=True, threshold=5)",
    ),
    beside("numpy-raises", "Makes numpy raise on every floating point fault.", "np.seterr(all='raise')"),
    beside("seed-set", "Sets numpy's and Python's random seeds.", "import random\nnp.random.seed(0)\nrandom.seed(0)"),
    beside("warnings-as-errors", "Turns warnings into errors.", "import warnings\nwarnings.simplefilter('error')"),
    beside("recursion-limit", "Changes the recursion limit.", "import sys\nsys.setrecursionlimit(5000)"),
    beside(
        "magics",
        "Uses harmless magics.",
        "%matplotlib inline\n%load_ext autoreload\n%autoreload 2\n%precision 3\n%config InlineBackend.figure_format = 'svg'",
    ),
    Case(
        "time-magic",
        "Times a cell of its own.",
        lambda desk: desk.insert("%%time\nx = sum(range(1000))", before="mean"),
    ),
    Case("timeit-magic", "Times a line.", lambda desk: desk.insert("%timeit -n 2 -r 2 sum(range(10))", before="mean")),
    Case(
        "capture-magic",
        "Captures a cell's output.",
        lambda desk: desk.insert("%%capture kept\nprint('hello')", before="mean"),
    ),
    Case(
        "pip-line",
        "Has a line that would install a package.",
        lambda desk: desk.insert("%pip install qutip\n!pip list", before="mean"),
    ),
    Case("shell-line", "Looks at its folder with a shell line.", lambda desk: desk.insert("!ls", before="mean")),
    Case(
        "help-asked",
        "Asks for help with a question mark.",
        lambda desk: desk.insert("np.cos?\nhelp(abs)", before="mean"),
    ),
    beside(
        "folder-listed",
        "Looks at the files beside the notebook.",
        "import os\nfrom pathlib import Path\nprint(os.listdir(), Path('data.csv').exists())",
    ),
    beside(
        "file-written",
        "Writes a file and reads it back.",
        "with open('notes.txt', 'w') as stream:\n    stream.write('1')\nassert open('notes.txt').read() == '1'",
    ),
    beside(
        "temporary-file",
        "Uses a temporary file.",
        "import tempfile\nwith tempfile.NamedTemporaryFile('w+') as stream:\n    stream.write('1')",
    ),
    beside(
        "threads",
        "Computes with a pool of threads.",
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as pool:\n    print(list(pool.map(abs, [-1, 2])))",
    ),
    beside("scipy", "Uses scipy and linear algebra.", "import scipy.linalg\nscipy.linalg.eigh(np.eye(50))"),
    beside(
        "qutip-solver",
        "Solves a master equation.",
        "qutip.mesolve(qutip.sigmax(), qutip.basis(2, 0), [0.0, 0.1, 0.2], [0.1 * qutip.sigmaz()])",
    ),
    Case(
        "error-in-own-cell",
        "Leaves a failing cell of its own between right answers.",
        lambda desk: desk.insert("1 / 0", before="transmission"),
    ),
    Case(
        "helper-name-reused",
        "Uses the teacher's helper's name for a number.",
        lambda desk: desk.type("mean", RIGHT["mean"] + "\nclose = 3"),
    ),
    Case(
        "builtin-names-reused",
        "Calls its own variables abs, sum and list.",
        lambda desk: desk.type("mean", RIGHT["mean"] + "\nabs = 3\nsum = 4\nlist = [1]\nfloat = 1.0"),
    ),
    Case(
        "numpy-name-reused",
        "Calls a variable np after its last use.",
        lambda desk: desk.type("bell", RIGHT["bell"] + "\nnp = 5"),
    ),
    Case(
        "test-names-reused",
        "Uses the names that the tests use for its own variables.",
        lambda desk: desk.type("mean", RIGHT["mean"] + "\nexpected = vector = seen = register = shown = points = None"),
    ),
    Case(
        "deletes-names",
        "Deletes names it no longer needs.",
        lambda desk: desk.type("mean", RIGHT["mean"] + "\ndel values"),
    ),
    Case(
        "reset-magic",
        "Clears all names with %reset and sets up again.",
        lambda desk: desk.type("mean", "%reset -f\nimport numpy as np\nimport qutip\n" + RIGHT["mean"]),
    ),
    Case(
        "all-names-imported",
        "Imports everything from math and numpy.",
        lambda desk: desk.type("mean", "from math import *\nfrom numpy import *\n" + RIGHT["mean"]),
    ),
    other_type("number-as-numpy-float", "A numpy number.", "mean = np.float64(2.5)"),
    other_type("number-as-float32", "A number in single precision.", "mean = np.float32(2.5)"),
    other_type("number-as-0d-array", "An array without axes.", "mean = np.array(2.5)"),
    other_type("number-as-1-element-array", "An array with one element.", "mean = np.array([2.5])"),
    other_type("number-as-fraction", "A fraction.", "from fractions import Fraction\nmean = Fraction(5, 2)"),
    other_type("number-as-decimal", "A decimal number.", "from decimal import Decimal\nmean = Decimal('2.5')"),
    other_type("number-as-complex", "A complex number without an imaginary part.", "mean = 2.5 + 0j"),
    other_type("number-as-numpy-complex", "numpy's complex number.", "mean = np.complex128(2.5)"),
    other_type("number-as-longdouble", "A number in extended precision.", "mean = np.longdouble(2.5)"),
    other_type("number-as-masked", "A masked array's mean.", "mean = np.ma.array([2.0, 3.0]).mean()"),
    other_type(
        "number-as-own-class", "A subclass of float without tricks.", "class Volt(float):\n    pass\nmean = Volt(2.5)"
    ),
    other_type(
        "list-for-array",
        "A list in the place of an array.",
        "def transmission(angle):\n    import math\n    if np.ndim(angle) == 0:\n        return math.cos(angle) ** 2\n    return [math.cos(a) ** 2 for a in angle]",
        at="transmission",
    ),
    other_type(
        "tuple-for-array",
        "A tuple in the place of an array.",
        "def transmission(angle):\n    return tuple(np.cos(angle) ** 2) if np.ndim(angle) else float(np.cos(angle) ** 2)",
        at="transmission",
    ),
    other_type(
        "array-strided",
        "An array that is a view of every other element, backwards.",
        "def transmission(angle):\n    doubled = np.repeat(np.atleast_1d(np.cos(angle) ** 2)[::-1], 2)\n    return doubled[::2][::-1].reshape(np.shape(angle))",
        at="transmission",
    ),
    other_type(
        "array-big-endian",
        "An array in the other byte order.",
        "def transmission(angle):\n    return np.asarray(np.cos(angle) ** 2).astype('>f8')",
        at="transmission",
    ),
    other_type(
        "array-read-only",
        "An array that cannot be written.",
        "def transmission(angle):\n    values = np.asarray(np.cos(angle) ** 2)\n    values.flags.writeable = False\n    return values",
        at="transmission",
    ),
    other_type(
        "array-of-objects",
        "An array of Python numbers.",
        "def transmission(angle):\n    return np.asarray(np.cos(angle) ** 2).astype(object)[()]",
        at="transmission",
    ),
    other_type(
        "array-masked",
        "A masked array in which nothing is masked.",
        "def transmission(angle):\n    return np.ma.array(np.cos(angle) ** 2)",
        at="transmission",
    ),
    other_type(
        "array-complex",
        "Complex numbers without imaginary parts.",
        "def transmission(angle):\n    return (np.cos(angle) ** 2).astype(complex) if np.ndim(angle) else complex(np.cos(angle) ** 2)",
        at="transmission",
    ),
    other_type(
        "bits-as-booleans",
        "Bits that are True and False.",
        RIGHT["register"]
        .replace("[0] * size", "[False] * size")
        .replace("1 - self.bits[position]", "not self.bits[position]"),
        at="register",
    ),
    other_type(
        "bits-as-numpy-integers",
        "Bits that are numpy's integers in a list.",
        RIGHT["register"].replace("[0] * size", "list(np.zeros(size, dtype=int))"),
        at="register",
    ),
    other_type("state-global-phase", "The right state times a phase.", RIGHT["bell"] + "\nbell = 1j * bell", at="bell"),
    other_type(
        "state-flat-dims",
        "The right state as one system of dimension four.",
        "bell = (qutip.basis(4, 0) + qutip.basis(4, 3)).unit()",
        at="bell",
    ),
    other_type(
        "state-sparse", "The right state in another data layer.", RIGHT["bell"] + "\nbell = bell.to('csr')", at="bell"
    ),
    other_type(
        "median-as-fraction",
        "Fractions in the place of numbers.",
        "from fractions import Fraction\n" + RIGHT["median"].replace(") / 2", ") * Fraction(1, 2)"),
        at="median",
    ),
    typed("lambda", "A lambda in the place of a function.", "transmission = lambda angle: np.cos(angle) ** 2"),
    typed(
        "partial",
        "A partial function.",
        "import functools\ntransmission = functools.partial(lambda power, angle: np.cos(angle) ** power, 2)",
    ),
    typed(
        "callable-object",
        "An object that can be called.",
        "class Law:\n    def __call__(self, angle):\n        return np.cos(angle) ** 2\ntransmission = Law()",
    ),
    typed(
        "vectorised",
        "A function for one number, made into one for arrays.",
        "import math\n@np.vectorize\ndef transmission(angle):\n    return math.cos(angle) ** 2",
    ),
    typed(
        "decorated",
        "A function with a decorator that counts calls.",
        "import functools\ncalls = []\ndef counted(f):\n    @functools.wraps(f)\n    def inner(*a, **k):\n        calls.append(f.__name__)\n        return f(*a, **k)\n    return inner\n@counted\ndef transmission(angle):\n    return np.cos(angle) ** 2",
    ),
    typed(
        "default-arguments",
        "More arguments with defaults, and type hints.",
        "def transmission(angle: float | np.ndarray, power: int = 2, *, scale: float = 1.0) -> np.ndarray:\n    return scale * np.cos(angle) ** power",
    ),
    typed(
        "helper-in-own-cell",
        "Calls an answer given earlier.",
        "def transmission(angle):\n    return (1 + np.cos(2 * angle)) / 2 + 0 * mean",
    ),
    typed(
        "slow-but-right",
        "Takes half a second.",
        "import time\ndef transmission(angle):\n    time.sleep(0.1)\n    return np.cos(angle) ** 2\ntime.sleep(0.2)",
    ),
    typed(
        "numba-like-cache",
        "Keeps results it has computed.",
        "cache = {}\ndef transmission(angle):\n    key = np.asarray(angle).tobytes()\n    if key not in cache:\n        cache[key] = np.cos(angle) ** 2\n    return cache[key]",
    ),
    typed(
        "slots-and-properties",
        "A class with slots, a property and a class method.",
        """class Register:
    __slots__ = ("_bits",)
    def __init__(self, size):
        self._bits = [0 for _ in range(size)]
    @property
    def bits(self):
        return list(self._bits)
    def flip(self, position):
        self._bits[position] ^= 1
    def each(self, visit):
        return list(map(visit, self._bits))""",
        at="register",
    ),
    typed(
        "dataclass",
        "A data class.",
        """from dataclasses import dataclass, field
@dataclass
class Register:
    size: int
    bits: list = field(init=False)
    def __post_init__(self):
        self.bits = [0] * self.size
    def flip(self, position):
        self.bits[position] = int(not self.bits[position])
    def each(self, visit):
        return [visit(bit) for bit in self.bits]""",
        at="register",
    ),
    typed(
        "inherited-class",
        "A class made from two others.",
        "class Base:\n    def each(self, visit):\n        return [visit(bit) for bit in self.bits]\n"
        + RIGHT["register"].replace("class Register:", "class Register(Base):"),
        at="register",
    ),
    typed(
        "in-place-by-slices",
        "Changes the vector by a slice, element by element.",
        "def normalise(vector):\n    length = sum(x**2 for x in vector) ** 0.5\n    for position in range(len(vector)):\n        vector[position] /= length",
        at="normalise",
    ),
    typed(
        "in-place-and-returned",
        "Changes the vector and returns it, too.",
        RIGHT["normalise"] + "\n    return vector",
        at="normalise",
    ),
    typed(
        "prints-in-pieces",
        "Prints the line in pieces and flushes.",
        "import sys\ndef report(name, value):\n    print(name, end=': ')\n    sys.stdout.write('%.2f' % value)\n    sys.stdout.flush()\n    print(' V')",
        at="report",
    ),
    typed(
        "statistics-as-a-word",
        "Uses the forbidden module's name as a variable and in a text.",
        "statistics = 'no module'\n" + RIGHT["median"],
        at="median",
    ),
    typed(
        "numpy-median",
        "Uses another module than the forbidden one.",
        "import numpy as np\ndef median(values):\n    return float(np.median(values))",
        at="median",
    ),
    answered(
        "explained-only",
        "Only words, no code.",
        dict.fromkeys(("mean", "transmission", "normalise", "register", "bell", "report", "median"), ""),
        deserved=nothing(),
    ),
]
