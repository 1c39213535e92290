"""Functions passed in, passed on and returned."""

from idioms.idiom import DATA, PROXIES, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="function-returns-function",
        mode=DATA,
        answer="""
            def power(n):
                def raised(x):
                    return x**n
                return raised
        """,
        test="""
            square, cube = power(2), power(3)
            assert callable(square)
            assert [square(3), cube(2), power(0)(9)] == [9, 8, 1]
        """,
        rights=(
            Right("a lambda", "def power(n):\n    return lambda x: x**n"),
            Right("a partial", "import functools\ndef power(n):\n    return functools.partial(lambda n, x: x**n, n)"),
        ),
        wrongs=(Wrong("late binding", "fs = []\ndef power(n):\n    global m\n    m = n\n    return lambda x: x**m"),),
    ),
    Idiom(
        name="stateful-closure",
        mode=DATA,
        answer="""
            def make_counter(start=0):
                count = start

                def click():
                    nonlocal count
                    count += 1
                    return count

                return click

            clicks = make_counter(10)
            clicks()
        """,
        test="""
            assert clicks() == 12
            one, two = make_counter(), make_counter(5)
            assert [one(), one(), two()] == [1, 2, 6]
            assert clicks() == 13
        """,
        rights=(
            Right(
                "itertools",
                """
            import itertools

            def make_counter(start=0):
                numbers = itertools.count(start + 1)
                return lambda: next(numbers)

            clicks = make_counter(11)
        """,
            ),
        ),
        wrongs=(
            Wrong(
                "one count for all",
                "n = 0\ndef make_counter(start=0):\n    global n\n    n = start\n"
                "    def click():\n        global n\n        n += 1\n        return n\n    return click\n"
                "clicks = make_counter(11)",
            ),
        ),
    ),
    Idiom(
        name="generator",
        mode=PROXIES,
        setup="import itertools",
        answer="""
            def collatz(n):
                while n != 1:
                    yield n
                    n = n // 2 if n % 2 == 0 else 3 * n + 1
                yield 1

            def naturals():
                n = 0
                while True:
                    yield n
                    n += 1
        """,
        test="""
            assert list(collatz(6)) == [6, 3, 10, 5, 16, 8, 4, 2, 1]
            steps = collatz(4)
            assert next(steps) == 4 and next(steps) == 2
            assert list(itertools.islice(naturals(), 5)) == [0, 1, 2, 3, 4]
            assert sum(n for n in itertools.takewhile(lambda n: n < 4, naturals())) == 6
        """,
        rights=(
            Right(
                "with iterators of the library",
                """
            def collatz(n):
                way = [n]
                while way[-1] != 1:
                    n = way[-1]
                    way.append(n // 2 if n % 2 == 0 else 3 * n + 1)
                return iter(way)

            def naturals():
                return itertools.count()
        """,
                unforeseen=True,
            ),
        ),
        wrongs=(
            Wrong(
                "stops too early",
                """
            def collatz(n):
                while n != 1:
                    yield n
                    n = n // 2 if n % 2 == 0 else 3 * n + 1

            naturals = itertools.count
        """,
            ),
        ),
    ),
    Idiom(
        name="callback-lambda",
        mode=DATA,
        answer="""
            def integrate(f, a, b, n=100):
                h = (b - a) / n
                return h * sum(f(a + (k + 0.5) * h) for k in range(n))
        """,
        test="""
            calls = []

            def traced(x):
                calls.append(x)
                return x

            assert abs(integrate(lambda x: x**2, 0, 3) - 9) < 0.01
            assert abs(integrate(traced, 0, 1, n=10) - 0.5) < 1e-9
            assert len(calls) == 10, "call the function once for each strip"
        """,
        rights=(
            Right(
                "a loop",
                """
            def integrate(f, a, b, n=100):
                total, h = 0, (b - a) / n
                for k in range(n):
                    total += f(a + h * k + h / 2) * h
                return total
        """,
            ),
        ),
        wrongs=(
            Wrong(
                "left edges, and twice",
                "def integrate(f, a, b, n=100):\n    h = (b - a) / n\n"
                "    return h * sum((f(a + k * h) + f(a + k * h + h)) / 2 for k in range(n))",
            ),
            Wrong("ignores the function", "def integrate(f, a, b, n=100):\n    return b**3 / 3"),
        ),
    ),
    Idiom(
        name="decorator-by-student",
        mode=DATA,
        answer="""
            def twice(function):
                def wrapper(*args, **kwargs):
                    return 2 * function(*args, **kwargs)
                return wrapper
        """,
        test="""
            @twice
            def add(a, b=1):
                return a + b

            assert add(3) == 8
            assert add(3, b=2) == 10
            assert twice(lambda: "ab")() == "abab"
        """,
        rights=(
            Right(
                "with wraps",
                """
            import functools

            def twice(function):
                @functools.wraps(function)
                def wrapper(*args, **kwargs):
                    value = function(*args, **kwargs)
                    return value + value
                return wrapper
        """,
            ),
        ),
        wrongs=(Wrong("no keywords", "def twice(f):\n    return lambda *a: 2 * f(*a)"),),
    ),
    Idiom(
        name="decorator-with-state",
        mode=PROXIES,
        answer="""
            def counted(function):
                def wrapper(*args):
                    wrapper.calls += 1
                    return function(*args)
                wrapper.calls = 0
                return wrapper
        """,
        test="""
            @counted
            def hello(name):
                return "hello " + name

            assert hello.calls == 0
            assert hello("Eve") == "hello Eve" and hello("Bob") == "hello Bob"
            assert hello.calls == 2
        """,
        rights=(
            Right(
                "a class",
                """
            class counted:
                def __init__(self, function):
                    self.function, self.calls = function, 0

                def __call__(self, *args):
                    self.calls += 1
                    return self.function(*args)
        """,
                unforeseen=True,
            ),
        ),
        wrongs=(Wrong("never counts", "def counted(function):\n    function.calls = 0\n    return function"),),
    ),
)
