"""Verification: a short tag tells whether two corrected keys are equal, whatever the errors were."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log2

import numpy as np
from numpy.typing import ArrayLike

from qlearn.errors import ParameterError
from qlearn.physics.arguments import bit_string, count, probability
from qlearn.physics.qkd.privacy_amplification import toeplitz_hash, toeplitz_seed

__all__ = ["Verification", "tag_bits_for", "verify"]


@dataclass(frozen=True, kw_only=True)
class Verification:
    """The comparison of two tags.

    Attributes
    ----------
    equal : bool
        Whether the tags were equal.
    leaked_bits : int
        Bits of Alice's key that the tag told.
    failure_probability : float
        Probability that two different keys would have had the same tag.
    """

    equal: bool
    leaked_bits: int
    failure_probability: float


def tag_bits_for(failure_probability: float) -> int:
    """Bits of tag with which different keys pass for equal at most so often: the least t with 2^-t below that.

    Parameters
    ----------
    failure_probability : float
        Above 0, below 1.

    Returns
    -------
    int
        Bits, 1 or more.

    Raises
    ------
    ParameterError
        When the probability is outside its range.

    Examples
    --------
    >>> tag_bits_for(1e-15)
    50
    """
    chance = float(probability("failure_probability", failure_probability))
    if chance in (0.0, 1.0):
        raise ParameterError(f"failure_probability is {chance:g}; it must be above 0 and below 1")
    return max(1, ceil(-log2(chance)))


def verify(alice_key: ArrayLike, bob_key: ArrayLike, *, rng: np.random.Generator, tag_bits: int = 64) -> Verification:
    """Compare two keys by a Toeplitz hash drawn at random after both are fixed.

    Equal keys always have equal tags. Two different keys have them with probability 2^-t over the choice of hash,
    exactly, however few or many bits differ: unlike a parity or a checksum fixed beforehand.

    Parameters
    ----------
    alice_key, bob_key : array_like
        Zeros and ones, shape (n,) each.
    rng : numpy.random.Generator
        Source of the public seed.
    tag_bits : int
        Length t of the tag, 1 or more.

    Returns
    -------
    Verification
        Whether the tags agreed, what they cost, how often they would mislead.

    Raises
    ------
    ParameterError
        When a key is not made of bits, the lengths differ, or the tag has no bits.

    References
    ----------
    J. L. Carter and M. N. Wegman, Journal of Computer and System Sciences 18, 143 (1979),
    doi:10.1016/0022-0000(79)90044-8; H. Krawczyk, CRYPTO '94, LNCS 839, 129 (1994), doi:10.1007/3-540-48658-5_15.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> verify([0, 1, 1], [0, 1, 1], rng=rng).equal, verify([0, 1, 1], [0, 1, 0], rng=rng).equal
    (True, False)
    """
    alice, bob = bit_string("alice_key", alice_key), bit_string("bob_key", bob_key)
    if alice.size != bob.size:
        raise ParameterError(f"bob_key has {bob.size} bits and alice_key {alice.size}; they must be of one length")
    length = count("tag_bits", tag_bits, least=1)
    seed = toeplitz_seed(alice.size, length, rng=rng)
    same = np.array_equal(toeplitz_hash(alice, seed, length), toeplitz_hash(bob, seed, length))
    return Verification(equal=same, leaked_bits=length, failure_probability=2.0**-length)
