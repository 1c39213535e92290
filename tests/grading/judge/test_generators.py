"""A random generator goes on from where an answer left it, and from nowhere that an answer has chosen."""

# ruff: noqa: S311, NPY002, ARG005  these generators are what is tested; forgers may leave the state alone
from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qlearn.grading.judge.generators import move_generator, move_global, state_is_reachable
from qlearn.grading.judge.mersenne import legacy_state_after, python_state_after

SEEDS = st.integers(0, 2**32 - 1)
DRAWS: dict[str, Callable[[np.random.Generator], object]] = {
    "a float": lambda rng: rng.random(),
    "a short integer": lambda rng: rng.integers(0, 10, dtype=np.uint32),
    "a long integer": lambda rng: rng.integers(0, 2**60),
    "bits": lambda rng: rng.integers(0, 2, size=7),
    "bytes": lambda rng: rng.bytes(5),
    "a normal number": lambda rng: rng.normal(size=3),
    "a float of 32 bits": lambda rng: rng.random(dtype=np.float32),
    "a choice": lambda rng: rng.choice(5, size=3, p=[0.1, 0.2, 0.3, 0.2, 0.2]),
    "a permutation": lambda rng: rng.permutation(9),
    "a Poisson number": lambda rng: rng.poisson(3.0),
    "a binomial number": lambda rng: rng.binomial(100, 0.3),
    "a large sample": lambda rng: rng.random(20_000),
    "many bits": lambda rng: rng.integers(0, 2, size=3001, dtype=np.uint8),
}
PYTHON_DRAWS: dict[str, Callable[[random.Random], object]] = {
    "a float": lambda rng: rng.random(),
    "an integer": lambda rng: rng.randint(0, 10**30),
    "bits": lambda rng: rng.getrandbits(33),
    "a shuffle": lambda rng: rng.shuffle(list(range(50))),
    "choices": lambda rng: rng.choices("abc", k=400),
    "a sample": lambda rng: rng.sample(range(1000), 20),
}
LEGACY_DRAWS: dict[str, Callable[[np.random.RandomState], object]] = {
    "floats": lambda rng: rng.rand(3),
    "integers": lambda rng: rng.randint(0, 2, size=11),
    "normal numbers": lambda rng: rng.randn(3),
    "a permutation": lambda rng: rng.permutation(30),
    "many": lambda rng: rng.rand(1000),
}
PLACE = st.lists(st.sampled_from(sorted(DRAWS)), max_size=8)


def drawn(seed: int, before: list[str], then: list[str]) -> tuple[np.random.Generator, Any]:
    """Give a generator that has drawn, and its state after more draws."""
    rng = np.random.default_rng(seed)
    for name in before:
        DRAWS[name](rng)
    other = copy.deepcopy(rng)
    for name in then:
        DRAWS[name](other)
    return rng, other.bit_generator.state


@given(SEEDS, PLACE, PLACE)
@settings(max_examples=60, deadline=None)
def test_wherever_drawing_leads_is_reachable(seed: int, before: list[str], then: list[str]) -> None:
    rng, state = drawn(seed, before, then)
    assert state_is_reachable(rng.bit_generator.state, state)
    move_generator(rng, state)
    assert rng.bit_generator.state == state


@given(SEEDS, st.integers(0, 2**128 - 1))
@settings(max_examples=60, deadline=None)
def test_a_chosen_state_is_not_reachable(seed: int, chosen: int) -> None:
    rng = np.random.default_rng(seed)
    state = rng.bit_generator.state
    wanted = {**state, "state": {**state["state"], "state": chosen}}
    assert not state_is_reachable(state, wanted)
    move_generator(rng, wanted)
    assert rng.bit_generator.state["state"]["state"] not in (chosen, state["state"]["state"])


@pytest.mark.parametrize(
    "forge",
    [
        lambda state: {**state, "state": {**state["state"], "inc": state["state"]["inc"] ^ 2}},
        lambda state: {**state, "has_uint32": 1, "uinteger": 12345},
        lambda state: {**state, "uinteger": -1, "has_uint32": 1},
        lambda state: {**state, "has_uint32": True},
        lambda state: {**state, "bit_generator": "MT19937"},
        lambda state: {**state, "more": 1},
        lambda state: {**state, "state": {**state["state"], "state": float(state["state"]["state"])}},
        lambda state: {**state, "state": {**state["state"], "state": -state["state"]["state"]}},
        lambda state: {**state, "state": {**state["state"], "state": str(state["state"]["state"])}},
        lambda state: {**state, "state": [state["state"]["state"], state["state"]["inc"]]},
        lambda state: {},
        lambda state: None,
        lambda state: [state],
        lambda state: {**state, "uinteger": [1]},
    ],
)
def test_a_forged_state_is_not_taken(forge: Callable[[Any], Any]) -> None:
    rng = np.random.default_rng(3)
    rng.integers(0, 10, dtype=np.uint32)
    state = rng.bit_generator.state
    forged = forge(state)
    if forged == state:  # True for a flag of 1
        forged = {**state, "has_uint32": 2}
    assert not state_is_reachable(state, forged)
    move_generator(rng, forged)
    assert rng.bit_generator.state != state
    assert rng.bit_generator.state["bit_generator"] == "PCG64"


def test_a_state_behind_the_old_one_is_not_taken() -> None:
    rng, state = drawn(4, [], ["a float"])
    later = np.random.default_rng(4)
    later.random(3)
    assert not state_is_reachable(later.bit_generator.state, state)
    assert not state_is_reachable(state, rng.bit_generator.state)


@given(SEEDS, *(st.lists(st.sampled_from(sorted(PYTHON_DRAWS)), max_size=5) for _ in range(2)))
@settings(max_examples=40, deadline=None)
def test_where_drawing_leads_pythons_generator_is_reachable(seed: int, before: list[str], then: list[str]) -> None:
    rng = random.Random(seed)
    for name in before:
        PYTHON_DRAWS[name](rng)
    start = rng.getstate()
    for name in then:
        PYTHON_DRAWS[name](rng)
    assert python_state_after(start, rng.getstate()) == rng.getstate()


@given(SEEDS, *(st.lists(st.sampled_from(sorted(LEGACY_DRAWS)), max_size=5) for _ in range(2)))
@settings(max_examples=40, deadline=None)
def test_where_drawing_leads_numpys_old_generator_is_reachable(seed: int, before: list[str], then: list[str]) -> None:
    rng = np.random.RandomState(seed)
    for name in before:
        LEGACY_DRAWS[name](rng)
    start = rng.get_state()
    for name in then:
        LEGACY_DRAWS[name](rng)
    taken = legacy_state_after(start, rng.get_state())
    assert taken is not None
    assert np.array_equal(taken[1], rng.get_state()[1])
    assert taken[2] == rng.get_state()[2]


@given(SEEDS, SEEDS)
@settings(max_examples=8, deadline=None)
def test_a_chosen_seed_of_the_old_generators_is_not_reachable(seed: int, chosen: int) -> None:
    if seed != chosen:
        assert python_state_after(random.Random(seed).getstate(), random.Random(chosen).getstate()) is None
        old, new = (np.random.RandomState(part).get_state() for part in (seed, chosen))
        assert legacy_state_after(old, new) is None


@pytest.mark.parametrize(
    "forge",
    [
        lambda state: (3, (*state[1][:-1], state[1][-1] - 1), None),
        lambda state: (3, (*state[1][:-1], 10**9), None),
        lambda state: (3, (*state[1][:-1], -1), None),
        lambda state: (2, state[1], None),
        lambda state: (3, state[1][:-1], None),
        lambda state: (3, [-1] * 625, None),
        lambda state: (3, [2**40] * 625, None),
        lambda state: (3, ["a"] * 625, None),
        lambda state: (3, None, None),
        lambda state: None,
        lambda state: 7,
    ],
)
def test_a_forged_state_of_pythons_generator_is_not_taken(forge: Callable[[Any], Any]) -> None:
    rng = random.Random(5)
    rng.random()
    start = rng.getstate()
    assert python_state_after(start, forge(start)) is None
    move_generator(rng, forge(start))
    assert rng.getstate() == start


def test_a_kept_normal_number_could_be_anything_and_is_dropped() -> None:
    rng = random.Random(5)
    start = rng.getstate()
    version, words, _ = start
    assert python_state_after(start, (version, words, 99.0)) == (version, words, None)
    old = np.random.RandomState(5).get_state()
    taken = legacy_state_after(old, (*old[:3], 1, 99.0))
    assert taken[3:] == (0, 0.0)


@pytest.mark.parametrize("value", [None, 3, (), (1, 2), ({}, {}), ([], None, 3), "ab"])
def test_nonsense_moves_no_global_generator(value: Any) -> None:
    before = random.getstate(), np.random.get_state()
    move_global(value)
    assert random.getstate() == before[0]
    assert np.array_equal(np.random.get_state()[1], before[1][1])


def test_other_bit_generators_go_where_nobody_has_chosen() -> None:
    for kind in (np.random.MT19937, np.random.Philox, np.random.PCG64DXSM, np.random.SFC64):
        rng = np.random.Generator(kind(1))
        other = np.random.Generator(kind(2))
        move_generator(rng, other.bit_generator.state)
        assert rng.random() != other.random()
