"""Numbers and text that a student's cell leaves behind."""

from idioms.idiom import DATA, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="number-equal",
        mode=DATA,
        answer="answer = 6 * 7",
        test="assert answer == 42",
        rights=(
            Right("a float", "answer = 42.0"),
            Right("a numpy integer", "import numpy as np\nanswer = np.int64(42)"),
            Right("a fraction", "from fractions import Fraction\nanswer = Fraction(84, 2)", unforeseen=True),
            Right("a decimal number", "from decimal import Decimal\nanswer = Decimal(42)", unforeseen=True),
        ),
        wrongs=(Wrong("one less", "answer = 41"), Wrong("text", "answer = '42'")),
    ),
    Idiom(
        name="number-close-with-message",
        mode=DATA,
        setup="height, seconds = 19.62, 2.0",
        answer="g = 2 * height / seconds**2",
        test="""
            assert isinstance(g, float), "g should be a number with decimals"
            assert abs(g - 9.81) < 0.01, f"g should be near 9.81, not {g:.2f}"
        """,
        rights=(Right("a numpy float", "import numpy as np\ng = np.float64(height) * 2 / seconds**2"),),
        wrongs=(Wrong("without the 2", "g = height / seconds**2"), Wrong("an integer", "g = 10")),
    ),
    Idiom(
        name="number-isclose-and-round",
        mode=DATA,
        setup="import math",
        answer="angle = math.degrees(math.asin(1 / 1.5))",
        test="""
            assert math.isclose(angle, 41.81, rel_tol=1e-3)
            assert round(math.sin(math.radians(angle)), 3) == 0.667
        """,
        rights=(Right("an array of one", "import numpy as np\nangle = np.degrees(np.arcsin(np.float32(1 / 1.5)))"),),
        wrongs=(Wrong("in radians", "angle = math.asin(1 / 1.5)"),),
    ),
    Idiom(
        name="pytest-approx",
        mode=DATA,
        setup="import pytest",
        answer="""
            half_life = 5730.0
            shares = [0.5 ** (t / half_life) for t in (0, 5730, 11460)]
            report = {"mean": sum(shares) / 3, "last": shares[-1]}
        """,
        test="""
            assert half_life == pytest.approx(5730)
            assert shares == pytest.approx([1, 0.5, 0.25])
            assert report == pytest.approx({"mean": 1.75 / 3, "last": 0.25}, abs=1e-6)
        """,
        rights=(
            Right(
                "numpy numbers",
                """
                import numpy as np
                half_life = np.float64(5730)
                shares = np.exp2(-np.arange(3))
                report = {"last": shares[2], "mean": shares.mean()}
                """,
            ),
        ),
        wrongs=(
            Wrong("no mean", "half_life = 5730\nshares = [1, 0.5, 0.25]\nreport = {'last': 0.25}"),
            Wrong("one share wrong", "half_life = 5730\nshares = [1, 0.5, 0.2]\nreport = {'mean': 0.57, 'last': 0.2}"),
        ),
    ),
    Idiom(
        name="text-stripped",
        mode=DATA,
        answer='law = "No-cloning"',
        test="""
            assert law.strip().lower().replace(" ", "-") == "no-cloning"
            assert len(law) < 20 and law.lower().startswith("no")
        """,
        rights=(Right("with spaces", 'law = "no cloning "'),),
        wrongs=(Wrong("another law", 'law = "no-signalling"'), Wrong("no text", "law = None")),
    ),
    Idiom(
        name="text-regex",
        mode=DATA,
        setup="import re",
        answer='date = "{:04d}-{:02d}-{:02d}".format(2026, 3, 1)',
        test=r"""
            found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", date)
            assert found, "write the date as YYYY-MM-DD"
            assert found.group(1) == "2026"
            assert re.sub(r"\D", "", date) == "20260301"
        """,
        rights=(Right("from datetime", "import datetime\ndate = datetime.date(2026, 3, 1).isoformat()"),),
        wrongs=(Wrong("day first", 'date = "01-03-2026"'),),
    ),
    Idiom(
        name="complex-number",
        mode=DATA,
        setup="import cmath, math",
        answer="z = complex(1, 1) / abs(1 + 1j)",
        test="""
            assert abs(z) == 1 or abs(abs(z) - 1) < 1e-12
            assert math.isclose(z.real, math.sqrt(0.5)) and math.isclose(z.imag, math.sqrt(0.5))
            assert cmath.isclose(z**8, 1, rel_tol=1e-9)
            assert abs(z * z.conjugate() - 1) < 1e-12
        """,
        rights=(
            Right("by exp", "z = cmath.exp(1j * math.pi / 4)"),
            Right("numpy", "import numpy as np\nz = np.exp(0.25j * np.pi)"),
        ),
        wrongs=(Wrong("not normalised", "z = 1 + 1j"), Wrong("conjugated", "z = (1 - 1j) / math.sqrt(2)")),
    ),
    Idiom(
        name="big-integers",
        mode=DATA,
        answer="""
            def factorial(n):
                return 1 if n < 2 else n * factorial(n - 1)

            mersenne = 2**521 - 1
        """,
        test="""
            import math

            assert mersenne.bit_length() == 521 and mersenne % 2**64 == 2**64 - 1
            assert factorial(60) == math.factorial(60)
            assert factorial(10**2) % (10**9 + 7) == math.factorial(100) % (10**9 + 7)
            assert len(str(factorial(50))) == 65
        """,
        rights=(
            Right("library functions", "from math import factorial\nmersenne = (1 << 521) - 1"),
            Right(
                "a loop",
                "mersenne = int('1' * 521, 2)\n"
                "def factorial(n):\n    f = 1\n    for k in range(2, n + 1):\n        f *= k\n    return f",
            ),
        ),
        wrongs=(
            Wrong("floats", "import math\nmersenne = 2**521 - 1\ndef factorial(n): return math.gamma(n + 1)"),
            Wrong(
                "numpy overflows",
                "import numpy as np\nmersenne = 2**521 - 1\ndef factorial(n): return int(np.prod(np.arange(1, n + 1)))",
            ),
        ),
    ),
    Idiom(
        name="identity-with-singletons",
        mode=DATA,
        setup="import numpy as np",
        answer="""
            def find(items, wanted):
                return items.index(wanted) if wanted in items else None

            def is_even(n):
                return n % 2 == 0

            best = find([3, 1, 2], 1)
        """,
        test="""
            assert best is not None
            assert find([1, 2], 5) is None, "give None when it is not there"
            assert is_even(4) is True and is_even(3) is False
        """,
        rights=(
            Right(
                "with loops",
                """
                def find(items, wanted):
                    for place, item in enumerate(items):
                        if item == wanted:
                            return place

                is_even = lambda n: not n % 2
                best = 1
                """,
            ),
        ),
        wrongs=(
            Wrong(
                "-1 when it is not there",
                "def find(items, wanted):\n    return ' '.join(map(str, items)).find(str("
                "wanted))\ndef is_even(n):\n    return n % 2 == 0\nbest = 1",
            ),
            Wrong(
                "forgets best", "def find(i, w):\n    return None\ndef is_even(n):\n    return not n % 2\nbest = None"
            ),
        ),
    ),
    Idiom(
        name="type-checks",
        mode=DATA,
        answer='count, ratio, names, table = 3, 0.5, ["a", "b"], {"a": 1}',
        test="""
            assert isinstance(count, int) and not isinstance(count, bool)
            assert isinstance(ratio, (int, float))
            assert isinstance(names, list) and all(isinstance(name, str) for name in names)
            assert type(table) == dict, f"table is a {type(table).__name__}"
        """,
        rights=(Right("other values", "count, ratio, names, table = 5, 1, list('xyz'), dict(q=0)"),),
        wrongs=(Wrong("text for a number", 'count, ratio, names, table = "3", 0.5, ["a"], {}'),),
    ),
    Idiom(
        name="hashed-answer",
        mode=DATA,
        setup="import hashlib",
        answer="winner = 7",
        test="""
            digest = hashlib.sha256(f"salt-{winner}".encode()).hexdigest()
            assert digest == hashlib.sha256(b"salt-7").hexdigest()
            assert hash(winner) == hash(7)
        """,
        rights=(Right("a numpy integer", "import numpy as np\nwinner = np.int64(7)"),),
        wrongs=(Wrong("another", "winner = 8"), Wrong("a list", "winner = [7]")),
    ),
)
