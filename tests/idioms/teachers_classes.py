"""A teacher's classes that the answer inherits from or is given."""

from idioms.idiom import DATA, NONE, PROXIES, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="inherits-from-teachers-class",
        mode=PROXIES,
        setup="""
            class Shape:
                sides = None

                def describe(self):
                    return f"{self.sides} sides, area {self.area():.1f}"

                def area(self):
                    raise NotImplementedError
        """,
        answer="""
            class Square(Shape):
                sides = 4

                def __init__(self, width):
                    self.width = width

                def area(self):
                    return self.width**2
        """,
        test="""
            assert Square is not Shape
            square = Square(3)
            assert isinstance(square, Shape)
            assert square.area() == 9
            assert square.describe() == "4 sides, area 9.0"
        """,
        rights=(
            Right(
                "two levels",
                """
            class Rectangle(Shape):
                sides = 4

                def __init__(self, a, b):
                    self.a, self.b = a, b

                def area(self):
                    return self.a * self.b

            class Square(Rectangle):
                def __init__(self, a):
                    super().__init__(a, a)
        """,
            ),
        ),
        wrongs=(
            Wrong(
                "no base class",
                "class Square:\n    sides = 4\n    def __init__(self, w): self.w = w\n"
                "    def area(self): return self.w**2\n    def describe(self): return '4 sides, area 9.0'",
            ),
            Wrong("no area", "class Square(Shape):\n    sides = 4\n    def __init__(self, w): self.w = w"),
        ),
    ),
    Idiom(
        name="abstract-base-class",
        mode=PROXIES,
        setup="""
            from abc import ABC, abstractmethod

            class Channel(ABC):
                @abstractmethod
                def send(self, bit): ...

                def send_all(self, bits):
                    return [self.send(bit) for bit in bits]
        """,
        answer="""
            class Flip(Channel):
                def send(self, bit):
                    return 1 - bit
        """,
        test="""
            assert issubclass(Flip, Channel)
            assert Flip().send_all([0, 1, 1]) == [1, 0, 0]
            try:
                Channel()
            except TypeError:
                pass
            else:
                raise AssertionError
        """,
        rights=(Right("xor", "class Flip(Channel):\n    def send(self, bit):\n        return bit ^ 1"),),
        wrongs=(Wrong("nothing overridden", "class Flip(Channel):\n    def sent(self, bit):\n        return 1 - bit"),),
    ),
    Idiom(
        name="teachers-object-passed-in",
        mode=PROXIES,
        setup="""
            class Detector:
                def __init__(self, efficiency):
                    self.efficiency = efficiency
                    self.clicks = 0

                def click(self, photons=1):
                    self.clicks += photons
                    return self.clicks * self.efficiency
        """,
        answer="""
            def run(detector, pulses):
                for photons in pulses:
                    detector.click(photons)
                return detector.efficiency * sum(pulses)
        """,
        test="""
            detector = Detector(0.5)
            assert run(detector, [1, 2, 3]) == 3
            assert detector.clicks == 6, "every pulse must reach the detector"
        """,
        rights=(
            Right("the last answer", "def run(detector, pulses):\n    return [detector.click(n) for n in pulses][-1]"),
        ),
        wrongs=(
            Wrong(
                "one click each",
                "def run(detector, pulses):\n    for _ in pulses:\n        detector.click()\n"
                "    return detector.efficiency * sum(pulses)",
            ),
        ),
    ),
    Idiom(
        name="teachers-hidden-object-passed-in",
        mode=PROXIES,
        answer="""
            def find(oracle, n):
                return next(k for k in range(n) if oracle.ask(k))
        """,
        test="""
            class Oracle:
                def __init__(self, secret):
                    self._secret = secret
                    self.questions = 0

                def ask(self, guess):
                    self.questions += 1
                    return guess == self._secret

            oracle = Oracle(5)
            assert find(oracle, 16) == 5
            assert oracle.questions <= 16
            assert find(Oracle(0), 4) == 0
        """,
        rights=(
            Right(
                "a loop",
                "def find(oracle, n):\n    for k in range(n):\n        if oracle.ask(k):\n            return k",
            ),
        ),
        wrongs=(
            Wrong("always 5", "def find(oracle, n):\n    return 5"),
            Wrong(
                "asks too often",
                "def find(oracle, n):\n    return [k for _ in '12' for k in range(n) if oracle.ask(k)][0]",
            ),
        ),
    ),
    Idiom(
        name="subclass-of-teachers-class",
        mode=PROXIES,
        setup="""
            class Gate:
                name = "gate"

                def __init__(self, target):
                    self.target = target
        """,
        answer="""
            class Flip(Gate):
                name = "X"
        """,
        test="""
            assert issubclass(Flip, Gate), "inherit from Gate"
            assert isinstance(Flip(0), Gate) and not isinstance(Gate(0), Flip)
            assert (Flip(2).target, Flip(2).name, Gate(1).name) == (2, "X", "gate")
        """,
        rights=(Right("type()", "Flip = type('Flip', (Gate,), {'name': 'X'})"),),
        wrongs=(
            Wrong(
                "a class of its own",
                "class Flip:\n    name = 'X'\n    def __init__(self, target):\n        self.target = target",
            ),
        ),
    ),
    Idiom(
        name="mock-passed-as-callback",
        mode=DATA,
        setup="from unittest import mock",
        answer="""
            def notify(callback, names):
                for name in names:
                    callback(name, urgent=False)
        """,
        test="""
            callback = mock.Mock(return_value=None)
            notify(callback, ["Mina", "Ara"])
            assert callback.call_count == 2
            callback.assert_called_with("Ara", urgent=False)
            assert [call.args[0] for call in callback.call_args_list] == ["Mina", "Ara"]
        """,
        rights=(Right("a list", "def notify(callback, names):\n    [callback(n, urgent=False) for n in names]"),),
        wrongs=(Wrong("once", "def notify(callback, names):\n    callback(*names, urgent=False)"),),
    ),
    Idiom(
        name="bases-of-a-class",
        mode=NONE,
        why="a stand-in has bases of its own, not those of the class it stands for",
        setup="""
            class Noise:
                strength = 0.1
        """,
        answer="""
            class Dephasing(Noise):
                strength = 0.2
        """,
        test="""
            assert Dephasing.__bases__ == (Noise,)
            assert Noise in Dephasing.__mro__
            assert Dephasing.__name__ == "Dephasing" and Dephasing.strength == 0.2
        """,
        rights=(Right("type()", "Dephasing = type('Dephasing', (Noise,), dict(strength=2 / 10))"),),
        wrongs=(Wrong("no base", "class Dephasing:\n    strength = 0.2"),),
    ),
)
