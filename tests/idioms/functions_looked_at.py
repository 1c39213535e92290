"""Student's functions and what Python knows about them: signature, source, kind."""

from idioms.idiom import DATA, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="signature-name-docstring",
        mode=DATA,
        setup="import inspect",
        answer="""
            def energy(mass, *, c=299_792_458):
                '''Give the rest energy in joules.'''
                return mass * c**2
        """,
        test="""
            parameters = inspect.signature(energy).parameters
            assert list(parameters) == ["mass", "c"]
            assert parameters["c"].default == 299_792_458
            assert parameters["c"].kind is inspect.Parameter.KEYWORD_ONLY
            assert energy.__name__ == "energy"
            assert energy.__doc__ and "joule" in energy.__doc__
            assert callable(energy) and inspect.isfunction(energy)
        """,
        rights=(
            Right(
                "annotated",
                "def energy(mass: float, *, c: int = 299792458) -> float:\n"
                '    """E = m c^2 in joules"""\n    return mass * c * c',
            ),
        ),
        wrongs=(
            Wrong("no docstring", "def energy(mass, *, c=299792458):\n    return mass * c**2"),
            Wrong("a lambda", "energy = lambda mass, *, c=299792458: mass * c**2"),
        ),
    ),
    Idiom(
        name="getsource-of-function",
        mode=DATA,
        setup="import inspect",
        answer="""
            def total(values):
                result = 0
                for value in values:
                    result += value
                return result
        """,
        test="""
            assert total([1, 2, 3]) == 6
            source = inspect.getsource(total)
            assert "sum(" not in source, "write the loop yourself"
            assert "for " in source or "while " in source
        """,
        rights=(
            Right(
                "while",
                "def total(values):\n    k = result = 0\n    while k < len(values):\n"
                "        result += values[k]\n        k += 1\n    return result",
            ),
        ),
        wrongs=(
            Wrong("sum", "def total(values):\n    return sum(values)"),
            Wrong(
                "a decoy",
                """
                def total(values):
                    result = 0
                    for value in values:
                        result += value
                    return result

                total = lambda values: sum(values)
                """,
                unforeseen=True,
            ),
            Wrong(
                "a decoy, then exec",
                """
                def total(values):
                    result = 0
                    for value in values:
                        result += value
                    return result

                exec("def total(values): return sum(values)")
                """,
                unforeseen=True,
            ),
            Wrong(
                "a decoy with other code",
                """
                def total(values):
                    result = 0
                    for value in values:
                        result += value
                    return result

                total.__code__ = (lambda values: sum(values)).__code__
                """,
                unforeseen=True,
            ),
        ),
    ),
    Idiom(
        name="async-function",
        mode=DATA,
        setup="import asyncio\nimport inspect",
        answer="""
            async def measure(basis):
                await asyncio.sleep(0)
                return {"Z": 0, "X": 1}[basis]
        """,
        test="""
            assert await measure("Z") == 0
            values = await asyncio.gather(measure("X"), measure("Z"))
            assert list(values) == [1, 0]
        """,
        rights=(Right("with if", "async def measure(basis):\n    return 0 if basis == 'Z' else 1"),),
        wrongs=(
            Wrong("not async", "def measure(basis):\n    return int(basis == 'X')"),
            Wrong("exchanged", "async def measure(basis):\n    return int(basis == 'Z')"),
        ),
    ),
    Idiom(
        name="coroutine-function-run",
        mode=DATA,
        setup="import asyncio\nimport inspect",
        answer="""
            async def double(n):
                await asyncio.sleep(0)
                return 2 * n
        """,
        test="""
            assert inspect.iscoroutinefunction(double), "write async def"
            assert await asyncio.wait_for(double(4), timeout=5) == 8
        """,
        rights=(Right("no sleep", "async def double(n):\n    return n + n"),),
        wrongs=(Wrong("not async", "def double(n):\n    return 2 * n"),),
    ),
)
