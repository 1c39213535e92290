"""Properties of student's classes, and identity of their instances."""

from idioms.idiom import NONE, PROXIES, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="test-sets-an-attribute",
        mode=PROXIES,
        answer="""
            class Circle:
                def __init__(self, radius):
                    self.radius = radius

                @property
                def diameter(self):
                    return 2 * self.radius

                @diameter.setter
                def diameter(self, value):
                    if value < 0:
                        raise ValueError("negative")
                    self.radius = value / 2
        """,
        test="""
            circle = Circle(2)
            assert circle.diameter == 4
            circle.radius = 5
            assert circle.diameter == 10
            circle.diameter = 3
            assert circle.radius == 1.5
            try:
                circle.diameter = -1
            except ValueError:
                pass
            else:
                raise AssertionError("a diameter is not negative")
        """,
        rights=(
            Right(
                "property()",
                """
            class Circle:
                def __init__(self, radius):
                    self.radius = radius

                def _set(self, value):
                    if value < 0:
                        raise ValueError
                    self.radius = value / 2

                diameter = property(lambda self: self.radius * 2, _set)
        """,
            ),
        ),
        wrongs=(
            Wrong(
                "computed once",
                "class Circle:\n    def __init__(self, radius):\n"
                "        self.radius, self.diameter = radius, 2 * radius",
            ),
        ),
    ),
    Idiom(
        name="identity-of-students-objects",
        mode=NONE,
        why="an object that crosses twice cannot be known for the same one unless the student's process says so",
        answer="""
            def largest(items):
                return max(items, key=len)

            class Settings:
                _one = None

                def __new__(cls):
                    if cls._one is None:
                        cls._one = super().__new__(cls)
                    return cls._one
        """,
        test="""
            items = [[1], [1, 2], []]
            assert largest(items) is items[1], "give the list itself, not a copy"
            assert Settings() is Settings()
        """,
        rights=(
            Right(
                "sorted",
                """
            def largest(items):
                return sorted(items, key=len)[-1]

            class Settings:
                def __new__(cls):
                    if "one" not in cls.__dict__:
                        cls.one = object.__new__(cls)
                    return cls.one
        """,
            ),
        ),
        wrongs=(Wrong("a copy", "def largest(items):\n    return list(max(items, key=len))\nclass Settings: pass"),),
    ),
    Idiom(
        name="property-by-its-type",
        mode=PROXIES,
        answer="""
            class Ring:
                def __init__(self, radius):
                    self._radius = radius

                @property
                def radius(self):
                    return self._radius
        """,
        test="""
            assert isinstance(Ring.radius, property), "make radius a property"
            assert Ring(3).radius == 3
            try:
                Ring(3).radius = 4
            except AttributeError:
                pass
            else:
                raise AssertionError("the radius cannot be set")
        """,
        rights=(
            Right(
                "property()",
                """
                class Ring:
                    def __init__(self, radius):
                        self.hidden = radius

                    radius = property(lambda self: self.hidden)
                """,
            ),
        ),
        wrongs=(Wrong("an attribute", "class Ring:\n    def __init__(self, radius):\n        self.radius = radius"),),
    ),
)
