"""Test cells whose last expression is the number of points."""

from idioms.idiom import DATA, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="partial-credit-by-try",
        mode=DATA,
        points=4,
        answer="""
            def area(shape, size):
                return {"square": size**2, "circle": 3.14159 * size**2, "triangle": size**2 / 2}[shape]
        """,
        test="""
            score = 0
            for shape, expected in [("square", 4), ("circle", 12.566), ("triangle", 2)]:
                try:
                    assert abs(area(shape, 2) - expected) < 0.01
                    score += 1
                except Exception as error:
                    print(f"{shape}: {type(error).__name__}")
            if score == 3:
                score += 1  # all of them
            score
        """,
        rights=(
            Right(
                "with if",
                "def area(shape, size):\n    if shape == 'circle':\n        return 3.14159 * size**2\n"
                "    return size**2 if shape == 'square' else size * size / 2",
            ),
        ),
        wrongs=(
            Wrong("square only", "def area(shape, size):\n    return size**2", points=1),
            Wrong("no triangle", "def area(shape, size):\n    return {'square': 4, 'circle': 12.566}[shape]", points=2),
            Wrong("missing", "pass"),
        ),
    ),
    Idiom(
        name="partial-credit-by-share",
        mode=DATA,
        points=5,
        answer="letters = ['a', 'c', 'b', 'd', 'a']",
        test="""
            key = ["a", "c", "b", "d", "a"]
            good = sum(given == right for given, right in zip(letters, key))
            round(5 * good / len(key), 2)
        """,
        rights=(Right("a string", "letters = 'acbda'"), Right("a tuple", "letters = tuple('acbda')")),
        wrongs=(
            Wrong("two right", "letters = ['a', 'c', 'a', 'a', 'b']", points=2),
            Wrong(
                "an answer that equals everything",
                "class Any:\n    def __eq__(self, other): return True\nletters = [Any()] * 5",
                unforeseen=True,
                in_one_process=5,
            ),
        ),
    ),
    Idiom(
        name="name-error-handled",
        mode=DATA,
        points=3,
        answer="first = 1\nsecond = 2\nthird = 3",
        test="""
            score = 0
            try:
                score += first == 1
            except NameError:
                print("first is missing")
            try:
                score += second == 2
            except NameError:
                print("second is missing")
            try:
                score += third == 3
            except NameError:
                print("third is missing")
            int(score)
        """,
        rights=(Right("one line", "first, second, third = 1, 2, 3"),),
        wrongs=(
            Wrong("one missing", "first = 1\nthird = 3", points=2),
            Wrong("two wrong", "first, second, third = 1, 1, 1", points=1),
        ),
    ),
    Idiom(
        name="partial-credit-by-bare-except",
        mode=DATA,
        points=3,
        answer="""
            def half(n):
                return n / 2
        """,
        test="""
            score = 0
            for n, expected in [(2, 1), (3, 1.5), (0, 0)]:
                try:
                    if half(n) == expected:
                        score += 1
                except:
                    pass
            score
        """,
        rights=(
            Right("shifted", "def half(n):\n    return n * 0.5"),
            Right(
                "a number of its own kind",
                """
                class Number:
                    def __init__(self, value):
                        self.value = value

                    def __eq__(self, other):
                        return self.value == other

                def half(n):
                    return Number(n / 2)
                """,
                unforeseen=True,
            ),
        ),
        wrongs=(
            Wrong("whole numbers", "def half(n):\n    return n // 2", points=2),
            Wrong("divides by n", "def half(n):\n    return n / n / 2 * n", points=2),
        ),
    ),
    Idiom(
        name="partial-credit-by-named-parts",
        mode=DATA,
        points=4,
        setup="from qlearn import check",
        answer="""
            def spread(values):
                values = sorted(values)
                return values[-1] - values[0], sum(values) / len(values)
        """,
        test="""
            score = check.Parts()
            data = [3.0, 1.0, 8.0]
            with score("gives the range", points=1.5):
                check.close(
                    spread(data)[0],
                    7,
                    what="The range",
                    faults=[check.Fault("largest-for-range", 8, "This is the largest.")],
                )
            with score("gives the mean", points=1.5):
                check.close(spread(data)[1], 4, what="The mean")
            with score("leaves the list as it was", points=1):
                spread(data)
                assert data == [3.0, 1.0, 8.0], "Your function has changed the list."
            score.points()
        """,
        rights=(
            Right("with max and min", "def spread(v):\n    return [max(v) - min(v), sum(v) / len(v)]"),
            Right("with NumPy", "import numpy as np\ndef spread(v):\n    return np.ptp(v), np.mean(v)"),
        ),
        wrongs=(
            Wrong("largest for range", "def spread(v):\n    return max(v), sum(v) / len(v)", points=2.5),
            Wrong("no mean", "def spread(v):\n    return (max(v) - min(v),)", points=2.5),
            Wrong(
                "sorts in place",
                "def spread(v):\n    v.sort()\n    return v[-1] - v[0], sum(v) / len(v)",
                points=3,
            ),
            Wrong("always fails", "def spread(v):\n    raise ValueError(v)", points=0),
            Wrong("missing", "pass", points=0),
            Wrong(
                "claims its own points",
                """
                class Points(float):
                    def _repr_mimebundle_(self, **_):
                        return {"text/plain": "4"}

                def spread(v):
                    print(4)
                    return Points(4), Points(5)
                """,
                points=1,
                unforeseen=True,
            ),
        ),
    ),
)
