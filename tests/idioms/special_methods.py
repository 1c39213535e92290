"""Student's classes with special methods."""

from idioms.idiom import PROXIES, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="equality-length-iteration",
        mode=PROXIES,
        answer="""
            class Register:
                def __init__(self, bits):
                    self.bits = list(bits)

                def __len__(self):
                    return len(self.bits)

                def __getitem__(self, index):
                    return self.bits[index]

                def __iter__(self):
                    return iter(self.bits)

                def __contains__(self, bit):
                    return bit in self.bits

                def __eq__(self, other):
                    return isinstance(other, Register) and self.bits == other.bits

                def __repr__(self):
                    return f"Register({self.bits})"
        """,
        test="""
            register = Register([1, 0, 1])
            assert len(register) == 3
            assert register[0] == 1 and register[-1] == 1 and list(register[1:]) == [0, 1]
            assert [2 * bit for bit in register] == [2, 0, 2]
            assert 0 in register and 5 not in register
            assert register == Register((1, 0, 1))
            assert register != Register([1])
            assert repr(register) == "Register([1, 0, 1])"
            assert sum(register) == 2
        """,
        rights=(
            Right(
                "a subclass of list",
                """
            class Register(list):
                def __init__(self, bits):
                    super().__init__(bits)

                def __repr__(self):
                    return "Register(" + super().__repr__() + ")"
        """,
                unforeseen=True,
            ),
        ),
        wrongs=(
            Wrong(
                "no equality",
                """
            class Register:
                def __init__(self, bits):
                    self.bits = list(bits)

                def __len__(self):
                    return len(self.bits)

                def __getitem__(self, index):
                    return self.bits[index]

                def __repr__(self):
                    return f"Register({self.bits})"
        """,
            ),
        ),
    ),
    Idiom(
        name="operator-overloading",
        mode=PROXIES,
        answer="""
            class Vector:
                def __init__(self, x, y):
                    self.x, self.y = x, y

                def __add__(self, other):
                    return Vector(self.x + other.x, self.y + other.y)

                def __mul__(self, factor):
                    return Vector(self.x * factor, self.y * factor)

                __rmul__ = __mul__

                def __neg__(self):
                    return self * -1

                def __abs__(self):
                    return (self.x**2 + self.y**2) ** 0.5

                def __lt__(self, other):
                    return abs(self) < abs(other)

                def __str__(self):
                    return f"({self.x}, {self.y})"
        """,
        test="""
            a, b = Vector(1, 2), Vector(2, 2)
            total = a + b
            assert (total.x, total.y) == (3, 4) and abs(total) == 5
            assert str(2 * a) == str(a * 2) == "(2, 4)"
            assert (-a).x == -1
            assert a < b and sorted([b, a])[0].x == 1
            assert f"{a}" == "(1, 2)"
            assert isinstance(a + b, Vector)
        """,
        rights=(
            Right(
                "a named tuple",
                """
            from collections import namedtuple

            class Vector(namedtuple("Vector", "x y")):
                def __add__(self, other):
                    return Vector(self.x + other.x, self.y + other.y)

                def __mul__(self, k):
                    return Vector(k * self.x, k * self.y)

                __rmul__ = __mul__
                __neg__ = lambda self: Vector(-self.x, -self.y)
                __abs__ = lambda self: (self.x**2 + self.y**2) ** 0.5
                __str__ = lambda self: f"({self.x}, {self.y})"
        """,
                unforeseen=True,
            ),
        ),
        wrongs=(
            Wrong(
                "adds in place",
                """
            class Vector:
                def __init__(self, x, y):
                    self.x, self.y = x, y

                def __add__(self, other):
                    self.x += other.x
                    self.y += other.y
        """,
            ),
        ),
    ),
    Idiom(
        name="context-manager",
        mode=PROXIES,
        answer="""
            class Laser:
                def __init__(self):
                    self.on = False

                def __enter__(self):
                    self.on = True
                    return self

                def __exit__(self, kind, error, traceback):
                    self.on = False
                    return kind is ZeroDivisionError
        """,
        test="""
            laser = Laser()
            with laser as same:
                assert laser.on and same.on
            assert not laser.on
            with Laser() as other:
                1 / 0
            assert other.on is False
            try:
                with laser:
                    raise KeyError("lost")
            except KeyError:
                assert not laser.on
            else:
                raise AssertionError("only a division by zero may be swallowed")
        """,
        rights=(
            Right(
                "other names",
                """
            class Laser:
                on = False

                def __enter__(this):
                    this.on = True
                    return this

                def __exit__(this, *what):
                    this.on = False
                    return what[0] is not None and issubclass(what[0], ZeroDivisionError)
        """,
            ),
        ),
        wrongs=(
            Wrong(
                "never off",
                """
            class Laser:
                on = False

                def __enter__(self):
                    self.on = True
                    return self

                def __exit__(self, *what):
                    return True
        """,
            ),
        ),
    ),
)
