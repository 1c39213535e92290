"""Student's functions: how they are called and looked at."""

from idioms.idiom import DATA, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="keywords-and-defaults",
        mode=DATA,
        answer="""
            def fall(time, g=9.81, *, start=0.0):
                return start - g * time**2 / 2
        """,
        test="""
            assert abs(fall(2) + 19.62) < 1e-9
            assert abs(fall(2, g=1.62) + 3.24) < 1e-9
            assert abs(fall(time=1, start=10) - 5.095) < 1e-9
            options = {"g": 0, "start": 3}
            assert fall(5, **options) == 3
        """,
        rights=(
            Right(
                "talks on stderr",
                """
                import sys

                def fall(time, g=9.81, start=0.0):
                    print("computing", file=sys.stderr)
                    return start - g * time**2 / 2
                """,
            ),
            Right("a lambda", "fall = lambda time, g=9.81, start=0: start - 0.5 * g * time * time"),
            Right(
                "a callable object",
                """
                class Fall:
                    def __call__(self, time, g=9.81, start=0.0):
                        return start - g * time**2 / 2

                fall = Fall()
            """,
                unforeseen=True,
            ),
        ),
        wrongs=(
            Wrong("no default", "def fall(time, g, start=0):\n    return start - g * time**2 / 2"),
            Wrong(
                "prints instead of returning", "def fall(time, g=9.81, start=0):\n    print(start - g * time**2 / 2)"
            ),
        ),
    ),
    Idiom(
        name="variable-arguments",
        mode=DATA,
        answer="""
            def describe(*values, **labels):
                return len(values), sum(values), sorted(labels.items())
        """,
        test="""
            assert describe() == (0, 0, [])
            assert describe(1, 2, 3) == (3, 6, [])
            assert describe(*range(4), unit="s", name="t") == (4, 6, [("name", "t"), ("unit", "s")])
        """,
        rights=(
            Right(
                "with a loop",
                """
            def describe(*args, **kwargs):
                total = 0
                for value in args:
                    total += value
                return len(args), total, [(key, kwargs[key]) for key in sorted(kwargs)]
        """,
            ),
        ),
        wrongs=(Wrong("takes a list", "def describe(values):\n    return len(values), sum(values), []"),),
    ),
    Idiom(
        name="recursion",
        mode=DATA,
        answer="""
            def fibonacci(n):
                return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

            def depth(tree):
                return 1 + max(map(depth, tree), default=0) if isinstance(tree, list) else 0
        """,
        test="""
            assert [fibonacci(n) for n in range(10)] == [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]
            assert depth([1, [2, [3]], []]) == 3
            assert depth(0) == 0
        """,
        rights=(
            Right(
                "with a cache",
                """
                from functools import cache

                @cache
                def fibonacci(n):
                    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

                def depth(tree):
                    return 1 + max([depth(part) for part in tree] + [0]) if type(tree) is list else 0
            """,
            ),
        ),
        wrongs=(
            Wrong(
                "no end",
                "def fibonacci(n):\n    return fibonacci(n - 1) + fibonacci(n - 2)\n"
                "def depth(tree):\n    return depth(tree)",
            ),
        ),
    ),
    Idiom(
        name="none-returned",
        mode=DATA,
        answer="""
            log = []

            def remember(text):
                log.append(text)

            def entries():
                return list(log)
        """,
        test="""
            assert remember("first") is None
            remember("second")
            assert entries() == ["first", "second"]
        """,
        rights=(
            Right(
                "a tuple as store",
                "log = ()\ndef remember(t):\n    global log\n    log += (t,)\ndef entries():\n    return [*log]",
            ),
        ),
        wrongs=(
            Wrong(
                "returns the list",
                "log = []\ndef remember(t):\n    log.append(t)\n    return log\ndef entries():\n    return log",
            ),
        ),
    ),
    Idiom(
        name="time-limit",
        mode=DATA,
        setup="import time",
        answer="""
            def fibonacci(n):
                a, b = 0, 1
                for _ in range(n):
                    a, b = b, a + b
                return a
        """,
        test="""
            start = time.perf_counter()
            assert fibonacci(30) == 832040
            seconds = time.perf_counter() - start
            assert seconds < 0.5, f"too slow: {seconds:.1f} s"
        """,
        rights=(
            Right(
                "with a cache",
                "import functools\n@functools.lru_cache(None)\ndef fibonacci(n):\n"
                "    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)",
            ),
        ),
        wrongs=(Wrong("waits", "import time\ndef fibonacci(n):\n    time.sleep(0.6)\n    return 832040"),),
    ),
)
