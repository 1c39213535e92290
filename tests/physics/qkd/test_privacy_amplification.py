"""Toeplitz hashing against the matrix itself, and a check by long multiplication of whole numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import toeplitz

from qlearn.errors import ParameterError
from qlearn.physics.qkd.error_correction import shannon_leakage
from qlearn.physics.qkd.privacy_amplification import (
    secret_length,
    toeplitz_hash,
    toeplitz_seed,
    toeplitz_seed_length,
)
from qlearn.physics.qkd.verification import tag_bits_for, verify


def _matrix(seed: np.ndarray, bits: int, output_bits: int) -> np.ndarray:
    return toeplitz(seed[bits - 1 :], seed[bits - 1 :: -1]).reshape(output_bits, bits)


@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 2**32))
def test_the_hash_is_the_matrix_times_the_key(bits: int, output_bits: int, number: int) -> None:
    rng = np.random.default_rng(number)
    key, seed = rng.integers(0, 2, bits), toeplitz_seed(bits, output_bits, rng=rng)
    assert seed.size == toeplitz_seed_length(bits, output_bits) == bits + output_bits - 1
    expected = _matrix(seed.astype(int), bits, output_bits) @ key % 2
    np.testing.assert_array_equal(toeplitz_hash(key, seed, output_bits), expected)


def _by_long_multiplication(key: np.ndarray, seed: np.ndarray, output_bits: int) -> list[int]:
    """The same sums as digits of a product: 8 hexadecimal digits each leave room for every carry."""
    factors = [int("".join(f"{int(bit):08x}" for bit in bits[::-1]), 16) for bits in (key, seed)]
    digits = f"{factors[0] * factors[1]:0{8 * (key.size + seed.size)}x}"
    sums = [int(digits[-8 * place - 8 : len(digits) - 8 * place], 16) for place in range(key.size + seed.size)]
    return [value % 2 for value in sums[key.size - 1 : key.size - 1 + output_bits]]


@pytest.mark.parametrize(("bits", "output_bits"), [(3000, 1700), (1700, 3000), (4096, 4096)])
def test_long_keys_are_hashed_without_one_wrong_bit(bits: int, output_bits: int) -> None:
    rng = np.random.default_rng(bits)
    key, seed = rng.integers(0, 2, bits, dtype=np.uint8), toeplitz_seed(bits, output_bits, rng=rng)
    assert toeplitz_hash(key, seed, output_bits).tolist() == _by_long_multiplication(key, seed, output_bits)


@pytest.mark.parametrize("bits", [1_000_000, 999_999])
def test_the_largest_sums_are_rounded_to_the_right_side(bits: int) -> None:
    ones = np.ones(toeplitz_seed_length(bits, 580_047), dtype=np.uint8)
    assert set(toeplitz_hash(ones[:bits], ones, 580_047).tolist()) == {bits % 2}


@pytest.mark.parametrize("output_bits", [1, 3])
def test_different_keys_collide_for_exactly_one_seed_in_two_to_the_length(output_bits: int) -> None:
    keys = [np.array(key) for key in ((1, 0, 1, 1), (0, 0, 1, 1), (1, 1, 1, 0))]
    length = toeplitz_seed_length(4, output_bits)
    seeds = [np.array([number >> place & 1 for place in range(length)]) for number in range(2**length)]
    for other in keys[1:]:
        pairs = [(toeplitz_hash(keys[0], seed, output_bits), toeplitz_hash(other, seed, output_bits)) for seed in seeds]
        assert sum(np.array_equal(*pair) for pair in pairs) * 2**output_bits == len(seeds)


def test_lengths_meet_the_ledger() -> None:
    leak = float(shannon_leakage(1e6, 0.03, efficiency=1.16))
    length = secret_length(1_000_000, phase_error_rate=0.03, leaked_bits=leak, failure_probability=1e-10)
    assert abs(length - 580047) <= 1
    assert abs(toeplitz_seed_length(1_000_000, length) - 1580046) <= 1


@given(st.integers(0, 10**7), st.floats(0, 1), st.floats(0, 1e7), st.floats(1e-30, 1))
def test_no_secret_is_made_of_nothing(bits: int, phase: float, leak: float, epsilon: float) -> None:
    length = secret_length(bits, phase_error_rate=phase, leaked_bits=leak, failure_probability=epsilon)
    assert 0 <= length <= max(0.0, bits - leak)
    if phase >= 0.5:
        assert length == 0
    stricter = secret_length(bits, phase_error_rate=phase, leaked_bits=leak, failure_probability=epsilon / 4)
    assert stricter == max(0, length - 4) or stricter == length == 0


def test_verification_passes_equal_keys_and_catches_a_single_bit() -> None:
    rng = np.random.default_rng(7)
    key = rng.integers(0, 2, 50_000, dtype=np.uint8)
    other = key.copy()
    other[31_415] ^= 1
    same = verify(key, key, rng=rng)
    assert (same.equal, same.leaked_bits, same.failure_probability) == (True, 64, 2.0**-64)
    assert not verify(key, other, rng=rng).equal


def test_a_short_tag_lets_through_the_stated_share_of_wrong_keys() -> None:
    rng = np.random.default_rng(8)
    tries = 2000
    passed = sum(verify([1, 0, 1, 1, 0], [1, 1, 1, 0, 0], rng=rng, tag_bits=3).equal for _ in range(tries))
    assert abs(passed - tries / 8) < 5 * np.sqrt(tries / 8 * 7 / 8)


@pytest.mark.parametrize(("chance", "bits"), [(0.5, 1), (0.4, 2), (0.25, 2), (1e-10, 34), (2.0**-64, 64)])
def test_a_tag_is_as_short_as_its_failure_probability_allows(chance: float, bits: int) -> None:
    assert tag_bits_for(chance) == bits


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: toeplitz_hash([1, 0], [1, 0], 2), r"seed has 2 bits; 2 bits to 2 need n \+ l - 1 = 3"),
        (lambda: toeplitz_hash([1, 2], [1, 0, 1], 2), "bits is 2"),
        (lambda: toeplitz_hash([1, 0], [1, 0, 1], 0), "output_bits is 0"),
        (lambda: toeplitz_seed_length(0, 3), "bits is 0"),
        (lambda: verify([1, 0], [1], rng=np.random.default_rng(1)), "bob_key has 1 bits and alice_key 2"),
        (lambda: verify([1], [1], rng=np.random.default_rng(1), tag_bits=0), "tag_bits is 0"),
        (lambda: tag_bits_for(0.0), "failure_probability is 0; it must be above 0 and below 1"),
        (lambda: _length(failure_probability=0.0), "failure_probability is 0; it must be above 0"),
        (lambda: _length(phase_error_rate=1.5), "phase_error_rate is 1.5"),
        (lambda: _length(leaked_bits=-1.0), "leaked_bits is -1"),
        (lambda: _length(bits=-1), "bits is -1"),
    ],
)
def test_bad_input_is_refused_by_name(call: object, text: str) -> None:
    with pytest.raises(ParameterError, match=text):
        call()


def _length(**change: float) -> int:
    good = {"bits": 1000, "phase_error_rate": 0.03, "leaked_bits": 200.0, "failure_probability": 1e-9}
    return secret_length(**(good | change))
