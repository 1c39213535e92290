"""Data classes, named tuples, enumerations."""

from idioms.idiom import PROXIES, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="dataclass-by-student",
        mode=PROXIES,
        setup="import dataclasses\nfrom dataclasses import dataclass",
        answer="""
            @dataclass(frozen=True, order=True)
            class Photon:
                energy: float
                polarisation: str = "H"
        """,
        test="""
            photon = Photon(2.5)
            assert photon.energy == 2.5 and photon.polarisation == "H"
            assert photon == Photon(2.5, "H") and photon < Photon(3.0)
            try:
                photon.energy = 1
            except dataclasses.FrozenInstanceError:
                pass
            else:
                raise AssertionError("freeze it")
        """,
        rights=(
            Right(
                "with field()",
                "@dataclass(order=True, frozen=True)\nclass Photon:\n    energy: 'float'\n"
                "    polarisation: 'str' = dataclasses.field(default='H')",
            ),
        ),
        wrongs=(
            Wrong(
                "not frozen", "@dataclass(order=True)\nclass Photon:\n    energy: float\n    polarisation: str = 'H'"
            ),
        ),
    ),
    Idiom(
        name="named-tuple-by-student",
        mode=PROXIES,
        setup="from collections import namedtuple",
        answer="""
            Point = namedtuple("Point", "x y")

            def mirror(point):
                return Point(point.y, point.x)
        """,
        test="""
            point = Point(1, y=2)
            assert point.x == 1 and point[1] == 2
            x, y = point
            assert (x, y) == (1, 2)
            assert mirror(point) == (2, 1)
            assert mirror(point).x == 2
            assert Point._fields == ("x", "y")
            assert point._replace(x=5).x == 5
        """,
        rights=(
            Right(
                "typing",
                """
            from typing import NamedTuple

            class Point(NamedTuple):
                x: float
                y: float

            def mirror(point):
                return point._replace(x=point.y, y=point.x)
        """,
            ),
        ),
        wrongs=(
            Wrong(
                "plain tuples",
                "def Point(x, y):\n    return (x, y)\ndef mirror(p):\n    return p[::-1]",
                unforeseen=True,
            ),
        ),
    ),
    Idiom(
        name="named-tuple-by-teacher",
        mode=PROXIES,
        setup="from collections import namedtuple\nFit = namedtuple('Fit', ['slope', 'offset'])",
        answer="""
            def line(p, q):
                slope = (q[1] - p[1]) / (q[0] - p[0])
                return Fit(slope, p[1] - slope * p[0])
        """,
        test="""
            fit = line((0, 1), (2, 5))
            assert fit.slope == 2 and fit.offset == 1
            assert fit == (2, 1)
            assert isinstance(fit, tuple)
        """,
        rights=(
            Right(
                "by keywords",
                "def line(p, q):\n    s = (p[1] - q[1]) / (p[0] - q[0])\n"
                "    return Fit(offset=q[1] - s * q[0], slope=s)",
            ),
        ),
        wrongs=(
            Wrong("a plain tuple", "def line(p, q):\n    return (2.0, 1.0)", unforeseen=True),
            Wrong(
                "exchanged",
                "def line(p, q):\n    s = (p[1] - q[1]) / (p[0] - q[0])\n    return Fit(p[1] - s * p[0], s)",
            ),
        ),
    ),
    Idiom(
        name="enum-by-student",
        mode=PROXIES,
        setup="from enum import Enum",
        answer="""
            class Basis(Enum):
                Z = 0
                X = 1

                def other(self):
                    return Basis.X if self is Basis.Z else Basis.Z
        """,
        test="""
            assert Basis.Z.value == 0 and Basis["X"].value == 1
            assert Basis(1).name == "X"
            assert [basis.name for basis in Basis] == ["Z", "X"]
            assert Basis.Z.other() == Basis.X and Basis.Z != Basis.X
            assert len(Basis) == 2
        """,
        rights=(
            Right(
                "otherwise",
                "class Basis(Enum):\n    Z = 0\n    X = 1\n    def other(self):\n        return Basis(1 - self.value)",
            ),
        ),
        wrongs=(Wrong("a plain class", "class Basis:\n    Z = 0\n    X = 1"),),
    ),
    Idiom(
        name="dataclass-looked-into",
        mode=PROXIES,
        setup="import dataclasses",
        answer="""
            @dataclasses.dataclass
            class Reading:
                time: float
                counts: int = 0
        """,
        test="""
            assert dataclasses.is_dataclass(Reading)
            assert [field.name for field in dataclasses.fields(Reading)] == ["time", "counts"]
            assert dataclasses.asdict(Reading(2.5)) == {"time": 2.5, "counts": 0}
            assert dataclasses.replace(Reading(1, 5), time=3).time == 3
        """,
        rights=(
            Right(
                "made by a call",
                "Reading = dataclasses.make_dataclass('Reading', [('time', float), ('counts', int, 0)])",
            ),
        ),
        wrongs=(
            Wrong(
                "a plain class",
                "class Reading:\n    def __init__(self, time, n=0):\n        self.time, self.counts = time, n",
            ),
        ),
    ),
    Idiom(
        name="enum-is-an-enum",
        mode=PROXIES,
        setup="from enum import Enum, IntEnum",
        answer="""
            class Outcome(Enum):
                UP = 1
                DOWN = -1

            class Level(IntEnum):
                GROUND = 0
                EXCITED = 1
        """,
        test="""
            assert issubclass(Outcome, Enum) and issubclass(Level, int)
            assert isinstance(Outcome.UP, Outcome)
            assert sum(outcome.value for outcome in Outcome) == 0
            assert Level.EXCITED > Level.GROUND and Level.EXCITED + 1 == 2
            assert Level(0).name == "GROUND"
        """,
        rights=(
            Right(
                "the functional form",
                "Outcome = Enum('Outcome', {'UP': 1, 'DOWN': -1})\nLevel = IntEnum('Level', 'GROUND EXCITED', start=0)",
            ),
        ),
        wrongs=(
            Wrong(
                "no enumeration",
                "class Outcome:\n    UP, DOWN = 1, -1\nclass Level(IntEnum):\n    GROUND, EXCITED = 0, 1",
            ),
        ),
    ),
)
