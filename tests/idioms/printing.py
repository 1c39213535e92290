"""Warnings and printed text."""

from idioms.idiom import DATA, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="warnings-caught",
        mode=DATA,
        setup="import warnings",
        answer="""
            def mean(values):
                if not values:
                    warnings.warn("no values", UserWarning)
                    return 0.0
                return sum(values) / len(values)
        """,
        test="""
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                assert mean([1, 2]) == 1.5
                assert not caught
                assert mean([]) == 0
            assert len(caught) == 1
            assert issubclass(caught[0].category, UserWarning)
            assert "no values" in str(caught[0].message)
        """,
        rights=(
            Right(
                "another level",
                "def mean(values):\n    if len(values) > 0:\n        return sum(values) / len("
                "values)\n    warnings.warn('there are no values', stacklevel=2)\n    return 0",
            ),
        ),
        wrongs=(
            Wrong(
                "prints",
                "def mean(values):\n    if not values:\n        print('no values')\n        return 0\n"
                "    return sum(values) / len(values)",
            ),
        ),
    ),
    Idiom(
        name="warning-as-error",
        mode=DATA,
        setup="import warnings\nimport numpy as np",
        answer="""
            def entropy(p):
                p = np.asarray(p, float)
                p = p[p > 0]
                return float(-(p * np.log2(p)).sum())
        """,
        test="""
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                assert entropy([0.5, 0.5]) == 1
                assert entropy([1.0, 0.0]) == 0, "0 log 0 is 0"
        """,
        rights=(
            Right("plain Python", "import math\ndef entropy(p):\n    return sum(-x * math.log2(x) for x in p if x)"),
        ),
        wrongs=(
            Wrong("divides by zero", "def entropy(p):\n    p = np.array(p)\n    return -np.nansum(p * np.log2(p))"),
        ),
    ),
    Idiom(
        name="redirected-output",
        mode=DATA,
        setup="import contextlib, io",
        answer="""
            def greet(names):
                for name in names:
                    print("Hello,", name)
        """,
        test="""
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                greet(["Alice", "Bob"])
            assert printed.getvalue().splitlines() == ["Hello, Alice", "Hello, Bob"]
        """,
        rights=(
            Right("one print", "def greet(names):\n    print(*[f'Hello, {n}' for n in names], sep='\\n')"),
            Right(
                "sys.stdout",
                "import sys\ndef greet(names):\n    sys.stdout.write(''.join(f'Hello, {n}\\n' for n in names))",
            ),
        ),
        wrongs=(
            Wrong("returns", "def greet(names):\n    return [f'Hello, {n}' for n in names]"),
            Wrong("no comma", "def greet(names):\n    for n in names:\n        print('Hello', n)"),
        ),
    ),
    Idiom(
        name="swapped-stdout",
        mode=DATA,
        setup="import io, sys",
        answer="""
            def table(n):
                for k in range(1, n + 1):
                    print(f"{k:2d} {k * k:3d}")
        """,
        test="""
            keep, sys.stdout = sys.stdout, io.StringIO()
            try:
                table(3)
                text = sys.stdout.getvalue()
            finally:
                sys.stdout = keep
            assert text == " 1   1\\n 2   4\\n 3   9\\n"
        """,
        rights=(
            Right(
                "rjust",
                "def table(n):\n    for k in range(n):\n        print(str(k + 1).rjust(2), str((k + 1) ** 2).rjust(3))",
            ),
        ),
        wrongs=(Wrong("from zero", "def table(n):\n    for k in range(n):\n        print(f'{k:2d} {k * k:3d}')"),),
    ),
    Idiom(
        name="capture-magic",
        mode=DATA,
        answer="""
            def countdown(n):
                while n:
                    print(n, end=" ")
                    n -= 1
                print("go")
        """,
        helpers="""
            %%capture heard
            countdown(3)
        """,
        test="""
            assert heard.stdout == "3 2 1 go\\n", heard.stdout
            assert heard.stderr == ""
        """,
        rights=(Right("joined", "def countdown(n):\n    print(*range(n, 0, -1), 'go')"),),
        wrongs=(Wrong("with zero", "def countdown(n):\n    print(*range(n, -1, -1), 'go')"),),
    ),
    Idiom(
        name="capture-magic-in-the-test",
        mode=DATA,
        answer="def shout(text):\n    print(text.upper() + '!')\n    return len(text)",
        test="""
            %%capture heard
            assert shout("spin") == 4
        """,
        rights=(Right("counted", "def shout(text):\n    print(text)\n    return sum(1 for _ in text)"),),
        wrongs=(Wrong("no result", "def shout(text):\n    print(text.upper() + '!')", in_one_process=2),),
    ),
)
