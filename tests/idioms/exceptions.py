"""Exceptions that a call should raise."""

from idioms.idiom import DATA, Idiom, Right, Wrong

_ROOT = """
    def root(x):
        if x < 0:
            raise ValueError(f"negative: {x}")
        return x**0.5
"""

IDIOMS = (
    Idiom(
        name="pytest-raises",
        mode=DATA,
        setup="import pytest",
        answer=_ROOT,
        test="""
            assert root(9) == 3
            with pytest.raises(ValueError):
                root(-1)
            with pytest.raises(ValueError, match="negative") as caught:
                root(-4)
            assert "-4" in str(caught.value)
            with pytest.raises((TypeError, ValueError)):
                root("nine")
        """,
        rights=(
            Right(
                "math domain",
                """
            import math

            def root(x):
                try:
                    return math.sqrt(x)
                except ValueError as error:
                    raise ValueError("negative number " + str(x)) from error
        """,
            ),
        ),
        wrongs=(
            Wrong("returns None", "def root(x):\n    return x**0.5 if x >= 0 else None"),
            Wrong("another exception", "def root(x):\n    assert x >= 0, f'negative {x}'\n    return x**0.5"),
        ),
    ),
    Idiom(
        name="unittest-assertraises",
        mode=DATA,
        setup="import unittest",
        answer=_ROOT,
        test="""
            case = unittest.TestCase()
            case.assertRaises(ValueError, root, -1)
            with case.assertRaises(ValueError) as caught:
                root(-2)
            case.assertEqual(caught.exception.args, ("negative: -2",))
            case.assertRaisesRegex(ValueError, "^neg", root, -3)
            case.assertAlmostEqual(root(2), 1.41421356, places=6)
        """,
        rights=(
            Right(
                "formatted",
                "def root(x):\n    if x >= 0:\n        return pow(x, 0.5)\n    raise ValueError('negative: %s' % x)",
            ),
        ),
        wrongs=(Wrong("never raises", "def root(x):\n    return abs(x) ** 0.5"),),
    ),
    Idiom(
        name="unittest-testcase-run",
        mode=DATA,
        setup="import io, unittest",
        answer=_ROOT,
        test="""
            class TestRoot(unittest.TestCase):
                def test_value(self):
                    self.assertEqual(root(16), 4)

                def test_negative(self):
                    with self.assertRaises(ValueError):
                        root(-16)

            suite = unittest.defaultTestLoader.loadTestsFromTestCase(TestRoot)
            result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
            assert result.wasSuccessful(), result.failures + result.errors
        """,
        rights=(Right("short", "def root(x):\n    if x < 0: raise ValueError\n    return x ** 0.5"),),
        wrongs=(Wrong("half of it", "def root(x):\n    return abs(x) ** 0.5"),),
    ),
    Idiom(
        name="try-except-else",
        mode=DATA,
        answer="""
            def withdraw(balance, amount):
                if amount > balance:
                    raise ValueError("not enough money")
                return balance - amount
        """,
        test="""
            assert withdraw(10, 4) == 6
            try:
                withdraw(1, 5)
            except ValueError as error:
                assert "enough" in str(error)
            except Exception as error:
                raise AssertionError(f"wrong kind of error: {type(error).__name__}")
            else:
                raise AssertionError("nothing was raised")
        """,
        rights=(
            Right(
                "other words",
                "def withdraw(b, a):\n    if b < a:\n        raise ValueError('enough is enough', 1)\n    return b - a",
            ),
        ),
        wrongs=(
            Wrong("negative balance", "def withdraw(b, a):\n    return b - a"),
            Wrong(
                "key error", "def withdraw(b, a):\n    if a > b:\n        raise KeyError('enough')\n    return b - a"
            ),
        ),
    ),
    Idiom(
        name="exception-class-by-student",
        mode=DATA,
        setup="import pytest",
        answer="""
            class TooHot(ValueError):
                def __init__(self, temperature, limit):
                    super().__init__(f"{temperature} K is above {limit} K")
                    self.temperature = temperature
                    self.limit = limit

            def cool(temperature, limit=4):
                if temperature > limit:
                    raise TooHot(temperature, limit)
                return limit - temperature
        """,
        test="""
            assert issubclass(TooHot, Exception) and issubclass(TooHot, ValueError)
            with pytest.raises(TooHot) as caught:
                cool(300)
            assert caught.value.temperature == 300
            assert caught.value.limit == 4
            assert "300" in str(caught.value)
            try:
                cool(9, limit=8)
            except TooHot as error:
                assert error.temperature - error.limit == 1
            else:
                assert False, "9 K is too hot"
            assert cool(1) == 3
        """,
        rights=(
            Right(
                "through a base class",
                """
            class LaboratoryError(ValueError):
                pass

            class TooHot(LaboratoryError):
                def __init__(self, temperature, limit):
                    self.temperature, self.limit = temperature, limit

                def __str__(self):
                    return "limit %g, got %g" % (self.limit, self.temperature)

            def cool(temperature, limit=4):
                if temperature <= limit:
                    return limit - temperature
                raise TooHot(temperature, limit=limit)
        """,
            ),
        ),
        wrongs=(
            Wrong(
                "raises its base",
                "class TooHot(ValueError): pass\ndef cool(t, limit=4):\n    if t > limit:\n"
                "        raise ValueError(t)\n    return limit - t",
            ),
            Wrong(
                "no attributes",
                "class TooHot(ValueError): pass\ndef cool(t, limit=4):\n    if t > limit:\n"
                "        raise TooHot(t)\n    return limit - t",
            ),
        ),
    ),
    Idiom(
        name="exception-class-by-teacher",
        mode=DATA,
        setup="""
            class KeyTooShort(Exception):
                pass
        """,
        answer="""
            def encrypt(bits, key):
                if len(key) < len(bits):
                    raise KeyTooShort("use a longer key")
                return [b ^ k for b, k in zip(bits, key)]
        """,
        test="""
            assert encrypt([1, 0], [1, 1]) == [0, 1]
            try:
                encrypt([1, 0, 1], [1])
                assert False, "the key was too short"
            except KeyTooShort as error:
                assert "longer" in str(error)
        """,
        rights=(
            Right(
                "a message in parts",
                "def encrypt(b, k):\n    if len(b) > len(k):\n"
                "        raise KeyTooShort('longer key needed')\n    return [(x + y) % 2 for x, y in zip(b, k)]",
            ),
        ),
        wrongs=(Wrong("an index error", "def encrypt(b, k):\n    return [b[i] ^ k[i] for i in range(len(b))]"),),
    ),
)
