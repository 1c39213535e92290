"""Arrays, matrices and what SciPy makes of them."""

from idioms.idiom import DATA, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="numpy-testing",
        mode=DATA,
        setup="import numpy as np",
        answer="""
            x = np.linspace(0, 1, 5)
            y = x**2
        """,
        test="""
            np.testing.assert_allclose(y, [0, 0.0625, 0.25, 0.5625, 1], err_msg="y is not the square")
            np.testing.assert_array_equal(x, np.arange(5) / 4)
            np.testing.assert_almost_equal(np.trapezoid(y, x), 0.34375)
            np.testing.assert_array_less(y[1:-1], x[1:-1])
        """,
        rights=(
            Right("arange", "x = np.arange(5) / 4\ny = np.multiply(x, x)"),
            Right("single precision", "x = np.linspace(0, 1, 5, dtype='f4')\ny = np.square(x)"),
        ),
        wrongs=(
            Wrong("doubled", "x = np.linspace(0, 1, 5)\ny = 2 * x"),
            Wrong("one short", "x = np.linspace(0, 1, 4)\ny = x**2"),
        ),
    ),
    Idiom(
        name="array-or-list",
        mode=DATA,
        setup="import numpy as np",
        answer="kept = np.array([0, 1, 1, 0])",
        test="""
            assert np.array_equal(kept, [0, 1, 1, 0])
            assert np.all(np.asarray(kept) <= 1) and np.sum(kept) == 2
            assert np.mean(kept) == 0.5
        """,
        rights=(
            Right("a list", "kept = [0, 1, 1, 0]"),
            Right("a tuple of booleans", "kept = (False, True, True, False)"),
            Right("small integers", "kept = np.array([0, 1, 1, 0], dtype=np.uint8)"),
            Right("a masked array", "kept = np.ma.masked_array([0, 1, 1, 0], mask=False)", unforeseen=True),
        ),
        wrongs=(
            Wrong("inverted", "kept = [1, 0, 0, 1]"),
            Wrong(
                "an array that equals everything",
                """
                class Liar(np.ndarray):
                    def __array_function__(self, function, types, args, kwargs):
                        return {np.sum: 2, np.mean: 0.5}.get(function, True)

                kept = np.zeros(4, int).view(Liar)
            """,
                in_one_process=2,
            ),
        ),
    ),
    Idiom(
        name="dtype-and-shape",
        mode=DATA,
        setup="import numpy as np",
        answer="identity = np.eye(3, dtype=complex)\ncounts = np.zeros((2, 4), dtype=int)",
        test="""
            assert identity.shape == (3, 3) and identity.ndim == 2
            assert identity.dtype == complex
            assert np.issubdtype(counts.dtype, np.integer)
            assert isinstance(counts, np.ndarray) and counts.shape == (2, 4)
            assert np.allclose(identity @ identity.conj().T, np.eye(3))
        """,
        rights=(Right("diag", "identity = np.diag([1 + 0j] * 3)\ncounts = np.full((2, 4), 0, dtype=np.int32)"),),
        wrongs=(
            Wrong("real", "identity = np.eye(3)\ncounts = np.zeros((2, 4), int)"),
            Wrong("turned", "identity = np.eye(3, dtype=complex)\ncounts = np.zeros((4, 2), int)"),
        ),
    ),
    Idiom(
        name="dict-of-arrays",
        mode=DATA,
        setup="import numpy as np",
        answer="""
            def pauli():
                return {
                    "X": np.array([[0, 1], [1, 0]]),
                    "Y": np.array([[0, -1j], [1j, 0]]),
                    "Z": np.diag([1, -1]),
                }
        """,
        test="""
            matrices = pauli()
            assert set(matrices) == set("XYZ")
            for name, matrix in matrices.items():
                np.testing.assert_allclose(matrix @ matrix, np.eye(2), err_msg=name)
                assert abs(np.trace(matrix)) < 1e-12, name
            np.testing.assert_allclose(matrices["X"] @ matrices["Y"], 1j * matrices["Z"])
        """,
        rights=(
            Right(
                "complex",
                "def pauli():\n    x = np.array([[0, 1], [1, 0]], complex)\n"
                "    z = np.array([[1, 0], [0, -1]], complex)\n    return dict(Z=z, X=x, Y=1j * x @ z)",
            ),
        ),
        wrongs=(
            Wrong(
                "Y has the other sign",
                "def pauli():\n    x, z = np.array([[0, 1], [1, 0]]), np.diag([1, -1])\n"
                "    return dict(X=x, Y=-1j * x @ z, Z=z)",
            ),
        ),
    ),
    Idiom(
        name="random-inputs-in-a-loop",
        mode=DATA,
        setup="import numpy as np",
        answer="""
            def qber(a, b):
                return np.mean(np.asarray(a) != np.asarray(b))
        """,
        test="""
            rng = np.random.default_rng(3)
            for _ in range(20):
                a, b = rng.integers(0, 2, size=(2, 100))
                assert abs(qber(a, b) - np.count_nonzero(a != b) / 100) < 1e-12
                assert qber(a, a) == 0
            assert 0 <= qber([0, 1], [1, 1]) <= 1
        """,
        rights=(Right("a loop", "def qber(a, b):\n    return sum(x != y for x, y in zip(a, b)) / len(a)"),),
        wrongs=(Wrong("percent", "def qber(a, b):\n    return 100 * np.mean(np.array(a) != b)"),),
    ),
    Idiom(
        name="broadcast-function",
        mode=DATA,
        setup="import numpy as np",
        answer="""
            def malus(intensity, degrees):
                return intensity * np.cos(np.radians(degrees)) ** 2
        """,
        test="""
            angles = np.array([0, 45, 90])
            np.testing.assert_allclose(malus(2.0, angles), [2, 1, 0], atol=1e-12)
            assert np.isscalar(malus(1.0, 60.0)) and abs(malus(1.0, 60.0) - 0.25) < 1e-12
            assert malus(np.ones((2, 1)), angles).shape == (2, 3)
        """,
        rights=(Right("double angle", "def malus(i, d):\n    return i * (1 + np.cos(np.pi * d / 90)) / 2"),),
        wrongs=(
            Wrong(
                "math.cos takes one number",
                "import math\ndef malus(i, d):\n    return i * math.cos(math.radians(d)) ** 2",
            ),
            Wrong("amplitude", "def malus(i, d):\n    return i * np.cos(np.radians(d))"),
        ),
    ),
    Idiom(
        name="scipy-on-students-data",
        mode=DATA,
        setup="import numpy as np\nfrom scipy import linalg, stats",
        answer="""
            A = np.array([[2.0, 1.0], [1.0, 3.0]])
            samples = np.random.default_rng(5).normal(10, 2, size=2000)
        """,
        test="""
            np.testing.assert_allclose(linalg.eigvalsh(A).sum(), 5)
            np.testing.assert_allclose(linalg.expm(np.zeros_like(A)), np.eye(2))
            assert abs(linalg.det(A) - 5) < 1e-9
            assert stats.kstest(samples, "norm", args=(10, 2)).pvalue > 1e-6
            assert abs(stats.tmean(samples) - 10) < 0.5
        """,
        rights=(
            Right(
                "lists",
                "import random\nA = [[2, 1], [1, 3]]\nr = random.Random(1)\n"
                "samples = [r.gauss(10, 2) for _ in range(1000)]",
            ),
        ),
        wrongs=(
            Wrong("uniform", "A = np.array([[2.0, 1.0], [1.0, 3.0]])\nsamples = np.linspace(6, 14, 2000)"),
            Wrong("not symmetric", "A = np.array([[2.0, 1.0], [0.0, 3.0]])\nsamples = np.zeros(5)"),
        ),
    ),
    Idiom(
        name="several-results-unpacked",
        mode=DATA,
        setup="import numpy as np",
        answer="""
            def statistics(values):
                return np.mean(values), np.std(values, ddof=1), len(values)
        """,
        test="""
            mean, spread, n = statistics([1.0, 2.0, 3.0])
            assert (mean, n) == (2, 3)
            assert abs(spread - 1) < 1e-12
            *_, n = statistics(np.arange(10))
            assert n == 10
        """,
        rights=(
            Right(
                "a list",
                "def statistics(v):\n    m = sum(v) / len(v)\n"
                "    return [m, (sum((x - m) ** 2 for x in v) / (len(v) - 1)) ** 0.5, len(v)]",
            ),
        ),
        wrongs=(
            Wrong("divides by n", "def statistics(v):\n    return np.mean(v), np.std(v), len(v)"),
            Wrong("two results", "def statistics(v):\n    return np.mean(v), np.std(v)"),
        ),
    ),
    Idiom(
        name="not-a-number-and-infinity",
        mode=DATA,
        setup="import math\nimport numpy as np",
        answer="""
            def safe_log(x):
                return math.log(x) if x > 0 else (-math.inf if x == 0 else math.nan)
        """,
        test="""
            assert math.isnan(safe_log(-1))
            assert safe_log(0) == -math.inf
            np.testing.assert_equal([safe_log(-2), safe_log(1)], [np.nan, 0])
        """,
        rights=(Right("numpy", "def safe_log(x):\n    with np.errstate(all='ignore'):\n        return np.log(x)"),),
        wrongs=(Wrong("None", "def safe_log(x):\n    return math.log(x) if x > 0 else None"),),
    ),
)
