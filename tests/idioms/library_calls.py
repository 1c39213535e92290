"""Student's functions in the hands of a library."""

from idioms.idiom import DATA, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="scipy-calls-the-function",
        mode=DATA,
        setup="import numpy as np\nimport scipy.integrate, scipy.optimize",
        answer="""
            def density(x):
                return np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)

            def energy(p):
                return (p[0] - 1) ** 2 + (p[1] + 2) ** 2
        """,
        test="""
            area, _ = scipy.integrate.quad(density, -8, 8)
            np.testing.assert_allclose(area, 1, rtol=1e-6)
            found = scipy.optimize.minimize(energy, [0, 0])
            np.testing.assert_allclose(found.x, [1, -2], atol=1e-3)
            assert abs(scipy.optimize.brentq(lambda x: density(x) - 0.1, 0, 5) - 1.6635) < 1e-3
        """,
        rights=(
            Right(
                "with math",
                """
            import math

            def density(x):
                return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)

            def energy(p):
                x, y = p
                return x * x - 2 * x + 5 + y * y + 4 * y
        """,
            ),
        ),
        wrongs=(
            Wrong(
                "not normalised",
                "def density(x):\n    return np.exp(-(x**2) / 2)\n"
                "def energy(p):\n    return (p[0] - 1) ** 2 + (p[1] + 2) ** 2",
            ),
        ),
    ),
    Idiom(
        name="ode-with-the-function",
        mode=DATA,
        setup="import numpy as np\nfrom scipy.integrate import solve_ivp",
        answer="""
            def rates(t, y):
                return [y[1], -y[0]]
        """,
        test="""
            solved = solve_ivp(rates, (0, np.pi), [1, 0], rtol=1e-6)
            assert solved.success
            np.testing.assert_allclose(solved.y[:, -1], [-1, 0], atol=1e-3)
        """,
        rights=(Right("an array", "def rates(t, y):\n    return np.array([[0, 1], [-1, 0]]) @ y"),),
        wrongs=(Wrong("wrong sign", "def rates(t, y):\n    return [y[1], y[0]]"),),
    ),
    Idiom(
        name="vectorize-and-map",
        mode=DATA,
        setup="import functools\nimport numpy as np",
        answer="""
            def grade(points):
                return "A" if points >= 90 else "B"

            def last_letter(word):
                return word[-1]

            def scaled(factor, x):
                return factor * x
        """,
        test="""
            assert np.vectorize(grade)([95, 20]).tolist() == ["A", "B"]
            assert list(map(grade, (90, 89))) == ["A", "B"]
            assert sorted(["ab", "ca", "xc"], key=last_letter) == ["ca", "ab", "xc"]
            assert max(["ab", "ca", "xc"], key=last_letter) == "xc"
            twice = functools.partial(scaled, 2)
            assert [twice(n) for n in range(3)] == [0, 2, 4]
            assert functools.reduce(scaled, [1, 2, 3, 4]) == 24
            assert list(filter(lambda p: grade(p) == "A", [91, 1])) == [91]
        """,
        rights=(
            Right(
                "lambdas and operators",
                """
            import operator
            grade = lambda points: "A" if points >= 90 else "B"
            last_letter = operator.itemgetter(-1)
            scaled = operator.mul
        """,
                unforeseen=True,
            ),
        ),
        wrongs=(
            Wrong(
                "first letter",
                "grade = lambda p: 'A' if p >= 90 else 'B'\nlast_letter = lambda w: w[0]\nscaled = lambda f, x: f * x",
            ),
        ),
    ),
    Idiom(
        name="sorting-key-and-comparison",
        mode=DATA,
        setup="from functools import cmp_to_key",
        answer="""
            def by_length_then_name(word):
                return (len(word), word)

            def compare(a, b):
                return (a > b) - (a < b)
        """,
        test="""
            words = ["spin", "ket", "bra", "qubit"]
            assert sorted(words, key=by_length_then_name) == ["bra", "ket", "spin", "qubit"]
            words.sort(key=by_length_then_name, reverse=True)
            assert words[0] == "qubit"
            assert sorted([3, 1, 2], key=cmp_to_key(compare)) == [1, 2, 3]
        """,
        rights=(
            Right(
                "a list as key",
                "def by_length_then_name(w):\n    return [len(w), w]\ndef compare(a, b):\n    return a - b",
            ),
        ),
        wrongs=(Wrong("name only", "by_length_then_name = str\ndef compare(a, b):\n    return a - b"),),
    ),
    Idiom(
        name="callback-from-library",
        mode=DATA,
        setup="import math\nimport numpy as np",
        answer="""
            def slope(f, x, h=1e-5):
                return (f(x + h) - f(x - h)) / (2 * h)
        """,
        test="""
            assert abs(slope(math.sin, 0) - 1) < 1e-6
            assert abs(slope(np.exp, 0.0) - 1) < 1e-6
            assert abs(slope(abs, -2) + 1) < 1e-6
        """,
        rights=(Right("another step", "def slope(f, x):\n    return (f(x + 1e-6) - f(x - 1e-6)) / 2e-6"),),
        wrongs=(Wrong("no division", "def slope(f, x, h=1e-5):\n    return f(x + h) - f(x - h)"),),
    ),
)
