"""What a student's values look like to the judge, number by number."""

# ruff: noqa: S311, NPY002, ARG005  these generators and signatures are what is tested
from __future__ import annotations

import collections
import enum
import random
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import pytest

from grading.judge.small import points, run, small_plan
from qlearn.errors import SubmissionError
from qlearn.grading.engine import Grader
from qlearn.grading.plan import Mode
from qlearn.grading.run.objects import ObjectTable
from qlearn.grading.run.references import Reference, pack

SETUP = """
import collections, enum, decimal, fractions, dataclasses, types
import numpy as np
class Point(collections.namedtuple("Point", "x y")):
    pass
class Level(enum.IntEnum):
    LOW = 1
class Colour(enum.Enum):
    RED = "r"
class Flag(str, enum.Enum):
    UP = "up"
class Signal(np.ndarray):
    pass
class Text(str):
    pass
class Loud(list):
    def append(self, value): raise ValueError
"""
AS_DATA = [
    ("collections.namedtuple('P', 'x y')(1, 2)", "value == (1, 2) and value[0] == 1"),
    ("Point(1, 2)", "value == (1, 2)"),
    ("Level.LOW", "value == 1 and value + 1 == 2"),
    ("Flag.UP", "value == 'up'"),
    ("np.arange(3).view(Signal)", "type(value) is np.ndarray and value.tolist() == [0, 1, 2]"),
    ("np.float64(2.5)", "value == 2.5 and isinstance(value, float)"),
    ("np.array(3)", "value == 3"),
    ("np.array([True, False])", "value.dtype == bool"),
    ("np.array(['a', 'bc'])", "value[1] == 'bc'"),
    ("np.array([(1, 2.0)], dtype=[('a', int), ('b', float)])", "value['b'][0] == 2.0"),
    ("np.datetime64('2024-01-02')", "value.astype(str) == '2024-01-02'"),
    ("fractions.Fraction(1, 3)", "value * 3 == 1"),
    ("decimal.Decimal('0.10')", "str(value) == '0.10'"),
    ("collections.OrderedDict(a=1, b=2)", "value == {'a': 1, 'b': 2} and list(value) == ['a', 'b']"),
    ("collections.defaultdict(int, a=1)", "value == {'a': 1}"),
    ("collections.Counter('aab')", "value['a'] == 2"),
    ("Text('abc')", "value.upper() == 'ABC'"),
    ("Loud([1, 2])", "value == [1, 2]"),
    ("frozenset({1, 2})", "value == {1, 2}"),
    ("range(3)", "list(value) == [0, 1, 2]"),
    ("10 ** 400", "value == 10 ** 400"),
    ("float('nan')", "value != value"),
    ("1 + 2j", "value.imag == 2"),
    ("None", "value is None"),
    ("...", "value is ..."),
    ("{(1, 'a'): [np.float32(1.5)]}", "value[1, 'a'][0] == 1.5"),
    ("__import__('qutip').basis(2, 0)", "value.dims == [[2], [1]]"),
    ("__import__('qutip').sigmax()", "value.isherm"),
]
AS_OBJECTS = [
    ("Point(1, 2)", "value.x == 1 and value.y == 2 and value == (1, 2)"),
    ("Level.LOW", "value.name == 'LOW'"),
    ("Colour.RED", "value.name == 'RED' and value.value == 'r'"),
    ("collections.defaultdict(int, a=1)", "value['a'] == 1"),
    ("np.ma.masked_array([1, 2], [True, False])", "value.sum() == 2"),
    ("types.SimpleNamespace(a=1)", "value.a == 1"),
    ("collections.deque([1, 2])", "list(value) == [1, 2]"),
    ("(n for n in [1, 2])", "list(value) == [1, 2]"),
    ("{}.keys() | {1}", "value == {1}"),
    ("{'a': 1}.items()", "list(value) == [('a', 1)]"),
    ("slice(1, 2)", "value.start == 1"),
]


def table() -> ObjectTable:
    return ObjectTable(lambda *_, **__: None)


def judged_together(grader: Grader, pairs: list[tuple[str, str]], mode: Mode) -> dict[str, tuple[float | None, str]]:
    """Judge each value by its check, all in one notebook."""
    cells = [("given", SETUP)]
    for value, check in pairs:
        cells += [("answer", f"value = {value}"), ("test", f"assert {check}")]
    outcome = run(grader, small_plan(*cells), mode=mode)
    tests = [outcome.tests[f"test{number + 1}"] for number in range(len(pairs))]
    return {pair[0]: (test.points, test.concern) for pair, test in zip(pairs, tests, strict=True)}


def test_as_data_a_value_arrives_as_its_plain_base(grader: Grader) -> None:
    found = judged_together(grader, AS_DATA, Mode.DATA)
    assert {value: result for value, result in found.items() if result != (2.0, "")} == {}


def test_behind_a_stand_in_a_value_keeps_its_attributes(grader: Grader) -> None:
    found = judged_together(grader, AS_OBJECTS, Mode.PROXIES)
    assert {value: result for value, result in found.items() if result != (2.0, "")} == {}


def test_np_matrix_and_masked_arrays_never_pass_for_what_they_are_not(grader: Grader) -> None:
    plan = small_plan(
        ("answer", "import numpy as np\nvalue = np.arange(4.0).reshape(2, 2)"),
        ("test", "assert (value * value)[1, 1] == 9"),
    )
    as_matrix = run(grader, plan, "import numpy as np\nvalue = np.matrix([[0.0, 1], [2, 3]])")
    masked = run(grader, plan, "import numpy as np\nvalue = np.ma.masked_array([[0.0, 1], [2, 3]], False)")
    assert points(as_matrix)[0] in (2.0, None)
    assert points(masked)[0] in (2.0, None)


class Pair(NamedTuple):
    x: int
    y: int


class Level(enum.IntEnum):
    LOW = 1


class Lying(list[int]):
    def __iter__(self) -> Any:
        return iter([9, 9])

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


class Wide(np.ndarray):
    def __array_function__(self, *_: Any) -> Any:
        return True


BASES = [
    (Pair(1, 2), (1, 2)),
    (Level.LOW, 1),
    (Lying([1, 2]), [1, 2]),
    (collections.OrderedDict(a=1), {"a": 1}),
    (collections.defaultdict(list, a=[1]), {"a": [1]}),
    (collections.Counter("aa"), {"a": 2}),
    (type("Text", (str,), {"__str__": lambda _: "lie"})("true"), "true"),
    (type("Number", (float,), {"__float__": lambda _: 9.0})(2.5), 2.5),
    (type("Whole", (int,), {"__index__": lambda _: 9})(2), 2),
    (type("Raw", (bytes,), {})(b"ab"), b"ab"),
]


@pytest.mark.parametrize(("value", "plain"), BASES, ids=[type(value).__name__ for value, _ in BASES])
def test_an_instance_of_a_subclass_is_read_past_what_it_overrides(value: Any, plain: Any) -> None:
    found, packed = pack(value, table().describe)
    assert (found, type(packed), packed) == (False, type(plain), plain)
    keeping = table()
    keeping.keep_subclasses = True
    reference = keeping.describe(value)
    assert isinstance(reference, Reference)
    assert reference.kind in ("based", "object")


def test_an_array_of_a_subclass_is_read_past_what_it_overrides() -> None:
    found, packed = pack(np.arange(3).view(Wide), table().describe)
    assert (found, type(packed), packed.tolist()) == (False, np.ndarray, [0, 1, 2])


DESCRIBED: list[tuple[Any, str, Callable[[tuple[Any, ...]], bool]]] = [
    (Fraction(1, 3), "fraction", lambda fields: fields == (1, 3)),
    (Decimal("1.50"), "decimal", lambda fields: fields == ("1.50",)),
    (collections, "module", lambda fields: fields == ("collections",)),
    (int, "builtin class", lambda fields: fields == ("int",)),
    (KeyError, "builtin class", lambda fields: fields == ("KeyError",)),
    (KeyError("a"), "exception", lambda fields: fields[2] == ("a",)),
    (KeyError([1]), "exception", lambda fields: fields[2] == ("[1]",)),
    (len, "callable", lambda fields: fields[1] == "len"),
    (lambda a, b=2: a, "callable", lambda fields: fields[2] == "(a, b=2)" and fields[4] is True),
    (Pair, "class", lambda fields: fields[1] == "Pair" and fields[3] == (Reference("builtin class", ("tuple",)),)),
    (object(), "object", lambda fields: fields[1] == Reference("builtin class", ("object",))),
    (iter([1]), "object", lambda fields: fields[2] is False),
    (np.array([object()]), "object", lambda fields: fields[1].fields[1] == "ndarray"),
]


@pytest.mark.parametrize(("value", "kind", "check"), DESCRIBED, ids=[repr(value)[:25] for value, *_ in DESCRIBED])
def test_what_is_not_plain_is_described(value: Any, kind: str, check: Callable[[tuple[Any, ...]], bool]) -> None:
    reference = table().describe(value)
    assert isinstance(reference, Reference)
    assert reference.kind == kind
    assert check(reference.fields)


def test_one_object_has_one_number_and_is_found_by_it() -> None:
    objects = table()
    one, other = object(), object()
    numbers = [objects.describe(value).fields[0] for value in (one, other, one)]  # type: ignore[attr-defined]
    assert numbers[0] == numbers[2] != numbers[1]
    assert objects.resolve(Reference("yours", (numbers[0],))) is one
    with pytest.raises(KeyError):
        objects.resolve(Reference("yours", (99,)))
    with pytest.raises(SubmissionError, match="unknown kind"):
        objects.resolve(Reference("nonsense", ()))


def test_a_generator_of_the_judges_comes_with_its_state_and_goes_back_by_its_number() -> None:
    objects, ours = table(), np.random.default_rng(5)
    theirs: Any = objects.resolve(Reference("generator", (0, "PCG64", ours.bit_generator.state)))
    assert theirs.random() == ours.random()
    assert objects.describe(theirs) == Reference("trusted", (0,))
    assert objects.random_states(seeded=False)[0] == ours.bit_generator.state
    assert objects.describe(theirs) != Reference("trusted", (0,)), "after the call it is the student's own"


def test_global_states_are_told_only_once_the_judge_has_seeded_them() -> None:
    objects = table()
    before = random.getstate(), np.random.get_state()
    try:
        assert "global" not in objects.random_states(seeded=False)
        objects.set_seeds((random.Random(3).getstate(), np.random.RandomState(3).get_state()))
        assert random.random() == random.Random(3).random()
        assert np.random.rand() == np.random.RandomState(3).rand()
        assert "global" in objects.random_states(seeded=True)
    finally:
        random.setstate(before[0])
        np.random.set_state(before[1])


def test_stand_ins_for_the_judges_objects_ask_back() -> None:
    asked: list[Any] = []
    objects = ObjectTable(lambda *arguments, **named: asked.append((arguments, named)) or 7)
    callback: Any = objects.resolve(Reference("callback", (3, "f")))
    guarded: Any = objects.resolve(Reference("guarded", (4, "Thing")))
    assert (callback(1, b=2), guarded.colour) == (7, 7)
    assert asked == [(("call", 3, 1), {"b": 2}), (("getattr", 4, "colour"), {})]
    assert objects.describe(callback) == Reference("trusted", (3,))
    assert objects.resolve(Reference("callback", (3, "f"))) is callback
