"""The notebook's names, a teacher's helpers and data."""

from idioms.idiom import DATA, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="names-in-globals",
        mode=DATA,
        answer="speed = 343\nunit = 'm/s'",
        test="""
            assert "speed" in globals(), "define speed"
            assert globals()["speed"] == 343
            assert globals().get("unit") == "m/s"
            assert "velocity" not in globals()
        """,
        rights=(
            Right(
                "a loop over names",
                "for name, value in [('speed', 343.0), ('unit', 'm/s')]:\n    globals()[name] = value",
            ),
        ),
        wrongs=(
            Wrong("another name", "Speed = 343\nunit = 'm/s'"),
            Wrong("too many", "speed = velocity = 343\nunit = 'm/s'"),
        ),
    ),
    Idiom(
        name="names-by-dir-locals-eval",
        mode=DATA,
        answer="alpha = 0.6\nbeta = 0.8",
        test="""
            for name in ["alpha", "beta"]:
                assert name in dir(), f"{name} is missing"
                assert name in locals()
                assert 0 < eval(name) < 1
            assert abs(eval("alpha**2 + beta**2") - 1) < 1e-9
        """,
        rights=(Right("exchanged", "beta, alpha = 3 / 5, 4 / 5"),),
        wrongs=(Wrong("not normalised", "alpha = beta = 0.5"), Wrong("one missing", "alpha = 0.6")),
    ),
    Idiom(
        name="name-deleted-or-kept",
        mode=DATA,
        answer="values = [3, 1, 2]\nvalues.sort()\nlast = values[-1]\ndel values",
        test="""
            try:
                values
            except NameError:
                pass
            else:
                raise AssertionError("delete the list at the end")
            assert last == 3
        """,
        rights=(Right("never made", "last = max([3, 1, 2])"),),
        wrongs=(Wrong("kept", "values = [1, 2, 3]\nlast = 3"),),
    ),
    Idiom(
        name="earlier-helper-of-the-teacher",
        mode=DATA,
        setup="""
            import math

            TOLERANCE = 1e-6

            def close(a, b):
                return abs(a - b) < TOLERANCE

            def grid(n):
                return [k / n for k in range(n + 1)]
        """,
        answer="""
            def arc(n):
                points = [(math.cos(t), math.sin(t)) for t in grid(n)]
                return sum(math.dist(p, q) for p, q in zip(points, points[1:]))
        """,
        helpers="""
            def check_arc(function, n, expected):
                got = function(n)
                assert close(got, expected), f"arc({n}) is {got}"
        """,
        test="""
            check_arc(arc, 1, 2 * math.sin(0.5))
            check_arc(arc, 2, 4 * math.sin(0.25))
            assert close(arc(4000), 1)
        """,
        rights=(Right("closed form", "def arc(n):\n    return 2 * n * math.sin(1 / (2 * n))"),),
        wrongs=(
            Wrong("always 1", "def arc(n):\n    return 1.0"),
            Wrong(
                "helper rebound",
                "def arc(n):\n    return 1.0\nclose = lambda a, b: True\nTOLERANCE = 9",
                in_one_process=2,
            ),
            Wrong(
                "code swapped",
                "def arc(n):\n    return 1.0\nclose.__code__ = (lambda a, b: True).__code__",
                in_one_process=2,
            ),
        ),
    ),
    Idiom(
        name="imported-helper",
        mode=DATA,
        setup="from math import isclose\nfrom statistics import mean\nfrom numpy.testing import assert_allclose",
        answer="""
            def harmonic(values):
                return len(values) / sum(1 / v for v in values)
        """,
        test="""
            assert isclose(harmonic([1, 2, 4]), 12 / 7)
            assert_allclose(harmonic([3.0] * 4), mean([3, 3]))
        """,
        rights=(Right("by the library", "from statistics import harmonic_mean as harmonic"),),
        wrongs=(
            Wrong("the mean", "def harmonic(values):\n    return mean(values)"),
            Wrong(
                "comparison rebound",
                "def harmonic(values):\n    return 0\nisclose = assert_allclose = lambda *a, **k: True",
                in_one_process=2,
            ),
        ),
    ),
    Idiom(
        name="teachers-data-in-the-set-up",
        mode=DATA,
        setup="import numpy as np\ndata = np.array([2.0, 4.0, 4.0, 5.0])\nlabels = list('abcd')",
        answer="centred = data - data.mean()\nbest = labels[int(data.argmax())]",
        test="""
            np.testing.assert_allclose(centred, data - 3.75)
            assert abs(centred.sum()) < 1e-12
            assert best == labels[-1]
            assert len(data) == 4
        """,
        rights=(
            Right("lists", "centred = [x - sum(data) / 4 for x in data]\nbest = 'd'\ncentred = np.array(centred)"),
        ),
        wrongs=(
            Wrong(
                "data rebound", "data = np.array([3.75] * 4)\ncentred = 0 * data\nbest = labels[-1]", in_one_process=2
            ),
        ),
    ),
    Idiom(
        name="value-changed-by-two-cells",
        mode=DATA,
        setup="counter = 0",
        answer="""
            def step():
                global counter
                counter += 1
                return counter

            step()
        """,
        test="""
            assert counter == 1
            assert step() == 2
            assert step() == 3
        """,
        rights=(
            Right("by globals", "def step():\n    globals()['counter'] += 1\n    return counter\n\ncounter = 0 + 1"),
        ),
        wrongs=(Wrong("never counts", "def step():\n    return counter + 1\nstep()"),),
    ),
)
