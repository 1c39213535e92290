"""Cascade against a slow one that asks bit by bit, and against the bounds that no code can beat."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.information import binary_entropy
from qlearn.physics.qkd.error_correction import (
    CascadeResult,
    cascade_block_sizes,
    cascade_first_block,
    correct,
    shannon_leakage,
)

Bits = np.ndarray


def _keys(bits: int, error_rate: float, seed: int) -> tuple[Bits, Bits, np.random.Generator]:
    rng = np.random.default_rng(seed)
    alice = rng.integers(0, 2, bits, dtype=np.uint8)
    return alice, alice ^ (rng.random(bits) < error_rate), rng


class SlowCascade:
    """Alice and Bob with a telephone: every parity is a sum over a list of positions, and every answer is noted."""

    def __init__(self, alice: Bits, bob: Bits) -> None:
        self.alice, self.bob = alice, bob.copy()
        self.passes: list[list[tuple[int, ...]]] = []
        self.known: list[dict[tuple[int, ...], int]] = []  # a notebook a pass
        self.whole_key: int | None = None
        self.asked: list[tuple[int, ...]] = []
        self.used: list[tuple[int, ...]] = []

    def ask(self, number: int, positions: tuple[int, ...]) -> int:
        """Look into the notebook of this pass; call Alice when it is not in there."""
        self.used.append(positions)
        if positions not in self.known[number]:
            self.asked.append(positions)
            self.known[number][positions] = int(self.alice[list(positions)].sum() % 2)
        return self.known[number][positions]

    def bob_parity(self, positions: tuple[int, ...]) -> int:
        return int(self.bob[list(positions)].sum() % 2)

    def run(self, sizes: tuple[int, ...], orders: list[Bits]) -> None:
        for number, (size, order) in enumerate(zip(sizes, orders, strict=True)):
            blocks = [tuple(order[start : start + size].tolist()) for start in range(0, order.size, size)]
            self.known.append({})
            first = sum(self.ask(number, block) for block in blocks[:-1])
            if self.whole_key is None:
                self.whole_key = (first + self.ask(number, blocks[-1])) % 2
            self.known[number][blocks[-1]] = (first + self.whole_key) % 2
            self.passes.append(blocks)
            while self.correct_one_pass():
                pass

    def correct_one_pass(self) -> bool:
        for number, blocks in enumerate(self.passes):
            odd = [block for block in blocks if self.known[number][block] != self.bob_parity(block)]
            for block in odd:
                self.correct_one_error(number, block)
            if odd:
                return True
        return False

    def correct_one_error(self, number: int, block: tuple[int, ...]) -> None:
        while len(block) > 1:
            left, right = block[: len(block) // 2], block[len(block) // 2 :]
            parity = self.ask(number, left)
            self.known[number][right] = parity ^ self.known[number][block]
            block = left if parity != self.bob_parity(left) else right
        self.bob[block[0]] ^= 1


def _rank(rows: list[tuple[int, ...]]) -> int:
    """Rank over the two-element field of sets of positions."""
    basis: dict[int, int] = {}
    for positions in rows:
        row = sum(1 << int(position) for position in positions)
        while row and row.bit_length() in basis:
            row ^= basis[row.bit_length()]
        if row:
            basis[row.bit_length()] = row
    return len(basis)


@pytest.mark.parametrize("bits", [1, 2, 3, 7, 64, 101, 300])
@pytest.mark.parametrize("error_rate", [0.0, 0.03, 0.2])
@pytest.mark.parametrize("seed", [1, 2])
def test_side_by_side_and_one_by_one_ask_the_same_parities(bits: int, error_rate: float, seed: int) -> None:
    alice, bob, _ = _keys(bits, error_rate, seed)
    fast = correct(alice, bob, error_rate=max(error_rate, 0.02), rng=np.random.default_rng(seed))
    rng = np.random.default_rng(seed)
    orders = [rng.permutation(bits) if number else np.arange(bits) for number in range(4)]
    slow = SlowCascade(alice, bob)
    slow.run(fast.block_sizes, orders)
    np.testing.assert_array_equal(fast.corrected_key, slow.bob)
    assert fast.leaked_bits == len(slow.asked)
    # what Bob learnt all together is no more than what was counted
    assert _rank(slow.used) == _rank(slow.asked) <= fast.leaked_bits


def _check(result: CascadeResult, alice: Bits, bob: Bits) -> None:
    assert result.corrected_errors == int(np.count_nonzero(result.corrected_key != bob))
    assert sum(result.leaked_bits_by_pass) == result.leaked_bits
    assert sum(result.corrected_errors_by_pass) == result.corrected_errors
    assert result.corrected_key.shape == alice.shape
    # every block of every pass is even in the end, hence the whole key too
    assert (int(result.corrected_key.sum()) - int(alice.sum())) % 2 == 0


@given(st.integers(1, 400), st.floats(0, 0.5), st.floats(0, 0.5), st.integers(0, 2**32), st.integers(1, 5))
def test_whatever_the_errors_the_books_balance(bits: int, truth: float, guess: float, seed: int, passes: int) -> None:
    alice, bob, rng = _keys(bits, truth, seed)
    _check(correct(alice, bob, error_rate=guess, rng=rng, passes=passes), alice, bob)


@pytest.mark.parametrize(("error_rate", "most"), [(0.005, 1.15), (0.01, 1.16), (0.03, 1.2), (0.08, 1.25)])
def test_a_long_key_is_corrected_a_little_above_the_shannon_limit(error_rate: float, most: float) -> None:
    alice, bob, rng = _keys(200_000, error_rate, 93)
    result = correct(alice, bob, error_rate=error_rate, rng=rng)
    np.testing.assert_array_equal(result.corrected_key, alice)
    found = np.count_nonzero(alice != bob) / alice.size
    assert result.efficiency == pytest.approx(result.leaked_bits / (alice.size * binary_entropy(found)))
    assert 1.05 < result.efficiency < most


def test_pairs_that_hide_from_one_pass_are_found_by_the_second_and_by_going_back() -> None:
    alice, bob, rng = _keys(100_000, 0.03, 5)
    one = correct(alice, bob, error_rate=0.03, rng=rng, passes=1)
    two = correct(alice, bob, error_rate=0.03, rng=rng, passes=2)
    left = np.count_nonzero(one.corrected_key != alice)
    assert 0.3 < left / np.count_nonzero(alice != bob) < 0.6
    assert np.count_nonzero(two.corrected_key != alice) < 0.01 * left


def test_equal_keys_cost_the_block_parities_alone() -> None:
    key = np.tile([0, 1], 500)
    result = correct(key, key, error_rate=0.02, rng=np.random.default_rng(1))
    blocks = [-(-1000 // size) for size in result.block_sizes]
    assert result.leaked_bits == sum(blocks) - 3  # the last block of passes two to four follows
    assert result.corrected_errors == 0
    assert np.isnan(result.efficiency)
    assert result.exchanges == 4


def test_the_last_short_block_is_searched_within_its_own_bits() -> None:
    alice = np.zeros(26, dtype=np.uint8)
    bob = alice.copy()
    bob[25] = 1
    result = correct(alice, bob, error_rate=0.07, rng=np.random.default_rng(1), passes=1)
    assert result.block_sizes == (10,)
    assert result.leaked_bits_by_pass == (3 + 3,)  # blocks of 10, 10, 6; six bits in three halvings
    np.testing.assert_array_equal(result.corrected_key, alice)


def test_leakage_and_first_block_meet_the_ledger() -> None:
    leak = [float(shannon_leakage(1e6, 0.03, efficiency=f)) for f in (1.0, 1.16, 1.22)]
    computed = [*leak, float(cascade_first_block(0.03))]
    np.testing.assert_allclose(computed, [194391.8578, 225494.5551, 237158.0666, 24.33333333], rtol=1e-6)
    assert cascade_first_block(0.0) == np.inf


@pytest.mark.parametrize(
    ("error_rate", "bits", "sizes"),
    [(0.01, 10_000, (73, 146, 292, 584)), (0.0, 9, (5, 5, 5, 5)), (0.5, 1000, (2, 4, 8, 16)), (0.1, 1, (2, 2, 2, 2))],
)
def test_blocks_double_up_to_half_the_key(error_rate: float, bits: int, sizes: tuple[int, ...]) -> None:
    assert cascade_block_sizes(error_rate, bits) == tuple(min(size, -(-bits // 2)) for size in sizes)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"bob_key": [0, 1]}, "bob_key has 2 bits and alice_key 3"),
        ({"alice_key": [0, 2, 1]}, "alice_key is 2; it must be between 0 and 1"),
        ({"alice_key": [0, 0.5, 1]}, "alice_key is not made of bits"),
        ({"alice_key": np.array([0, 3, 1], dtype=np.uint8)}, "alice_key is not made of bits"),
        ({"alice_key": []}, "alice_key has shape"),
        ({"alice_key": [[0, 1, 1]]}, "alice_key has shape"),
        ({"error_rate": 0.6}, "error_rate is 0.6; it must be between 0 and 0.5"),
        ({"error_rate": float("nan")}, "error_rate is nan"),
        ({"passes": 0}, "passes is 0; it must be a whole number of at least 1"),
    ],
)
def test_bad_input_is_refused_by_name(change: dict[str, object], text: str) -> None:
    good = {"alice_key": [0, 1, 1], "bob_key": [0, 1, 0], "error_rate": 0.1, "rng": np.random.default_rng(1)}
    with pytest.raises(ParameterError, match=text):
        correct(**(good | change))


@pytest.mark.parametrize("arguments", [(-1, 0.1, 1.0), (10, 1.1, 1.0), (10, 0.1, 0.9)])
def test_bad_leakage_is_refused(arguments: tuple[float, float, float]) -> None:
    with pytest.raises(ParameterError):
        shannon_leakage(*arguments[:2], efficiency=arguments[2])
