"""Right answers of types that no teacher thought of: they may wait for a person, and never get zero."""

from idioms.idiom import DATA, Idiom, Right, Wrong


def _odd(**answers: str) -> tuple[Right, ...]:
    return tuple(Right(note.replace("_", " "), source, unforeseen=True) for note, source in answers.items())


IDIOMS = (
    Idiom(
        name="number-of-any-type",
        mode=DATA,
        answer="total = 42",
        test="""
            assert total == 42
            assert abs(total - 42) < 0.001
        """,
        rights=_odd(
            float16="import numpy as np\ntotal = np.float16(42)",
            array_without_axes="import numpy as np\ntotal = np.array(42)",
            complex_number="total = 42 + 0j",
            fraction="from fractions import Fraction\ntotal = Fraction(126, 3)",
            enumeration="import enum\nclass N(enum.IntEnum):\n    ALL = 42\ntotal = N.ALL",
            subclass="class Metre(int):\n    unit = 'm'\ntotal = Metre(42)",
            masked="import numpy as np\ntotal = np.ma.array([40, 2]).sum()",
            own_class="""
                class Number:
                    def __init__(self, n):
                        self.n = n

                    def __eq__(self, other):
                        return self.n == other

                    def __sub__(self, other):
                        return self.n - other

                total = Number(42)
            """,
        ),
        wrongs=(Wrong("less", "total = 41"),),
    ),
    Idiom(
        name="collection-of-any-type",
        mode=DATA,
        answer="values = [0, 1, 4]",
        test="""
            collected = list(values)
            assert len(collected) == 3
            assert collected[-1] == 4 and sum(collected) == 5
        """,
        rights=_odd(
            generator="values = (n * n for n in range(3))",
            mapped="values = map(lambda n: n * n, range(3))",
            iterator="values = iter([0, 1, 4])",
            deque="from collections import deque\nvalues = deque([0, 1, 4], maxlen=3)",
            dict_values="values = {n: n * n for n in range(3)}.values()",
            array_module="import array\nvalues = array.array('i', [0, 1, 4])",
            byte_string="values = bytes([0, 1, 4])",
            user_list="from collections import UserList\nvalues = UserList([0, 1, 4])",
            matrix_row="import numpy as np\nvalues = np.matrix([0, 1, 4]).A1",
            list_subclass="class Values(list):\n    pass\nvalues = Values([0, 1, 4])",
            objects="import numpy as np\nvalues = np.array([0, 1, 4], dtype=object)",
            memory="values = memoryview(bytes([0, 1, 4]))",
        ),
        wrongs=(Wrong("cubes", "values = [n**3 for n in range(3)]"), Wrong("a number", "values = 5", unforeseen=True)),
    ),
    Idiom(
        name="text-of-any-type",
        mode=DATA,
        answer="word = 'qubit'",
        test="""
            assert word == "qubit"
            assert word.upper()[0] == "Q" and len(word) == 5
        """,
        rights=_odd(
            numpy_text="import numpy as np\nword = np.array(['qubit'])[0]",
            text_enumeration="import enum\nclass W(str, enum.Enum):\n    ONE = 'qubit'\nword = W.ONE",
            subclass="class Word(str):\n    pass\nword = Word('qubit')",
            user_string="from collections import UserString\nword = UserString('qubit')",
        ),
        wrongs=(Wrong("capital", "word = 'Qubit'"), Wrong("bytes", "word = b'qubit'")),
    ),
    Idiom(
        name="mapping-of-any-type",
        mode=DATA,
        answer="counts = {'0': 3, '1': 5}",
        test="""
            assert counts["0"] == 3
            assert set(counts) == {"0", "1"} and sum(counts.values()) == 8
            assert dict(counts) == {"0": 3, "1": 5}
        """,
        rights=_odd(
            counter="from collections import Counter\ncounts = Counter('01101101')",
            chain="from collections import ChainMap\ncounts = ChainMap({'0': 3}, {'1': 5})",
            user_dict="from collections import UserDict\ncounts = UserDict({'0': 3, '1': 5})",
            view="import types\ncounts = types.MappingProxyType({'0': 3, '1': 5})",
            with_missing="class Counts(dict):\n    def __missing__(self, key):\n        return {'0': 3, '1': 5}[key]\n"
            "counts = Counts({'0': 3, '1': 5})",
        ),
        wrongs=(Wrong("exchanged", "counts = {'0': 5, '1': 3}"),),
    ),
    Idiom(
        name="function-of-any-type",
        mode=DATA,
        answer="""
            def square(x):
                return x * x
        """,
        test="""
            assert callable(square)
            assert square(3) == 9 and square(-0.5) == 0.25
        """,
        rights=_odd(
            partial="import functools\nsquare = functools.partial(lambda power, x: x**power, 2)",
            bound_method="class Power:\n    def of(self, x):\n        return x**2\nsquare = Power().of",
            static_method="class Power:\n    @staticmethod\n    def of(x):\n        return x**2\nsquare = Power.of",
            cached="import functools\n@functools.cache\ndef square(x):\n    return x * x",
            callable_object="class Square:\n    def __call__(self, x):\n        return x * x\nsquare = Square()",
            numpy_function="import numpy as np\nsquare = np.square",
            vectorized="import numpy as np\nsquare = np.vectorize(lambda x: x * x, otypes=[float])",
            polynomial="import numpy as np\nsquare = np.poly1d([1, 0, 0])",
            interpolation="import numpy as np\nfrom scipy.interpolate import CubicSpline\nx = np.linspace(-4, 4, 9)\n"
            "spline = CubicSpline(x, x**2)\nsquare = lambda x: round(float(spline(x)), 9)",
            class_as_function="class square(float):\n    def __new__(cls, x):\n        return float(x * x)",
        ),
        wrongs=(Wrong("cube", "square = lambda x: x**3"), Wrong("a number", "square = 9")),
    ),
)
