"""Error correction of a sifted key by Cascade: Bob finds his errors from parities that Alice tells in public.

Each pass cuts a freshly shuffled key into blocks. Where a block's parity differs between Alice and Bob, it holds an
odd number of errors, and halving the block again and again leads to one of them. A bit corrected in a late pass shows
that a block of an earlier pass, even until then, hid another error: Cascade goes back for it.

Every parity that Alice tells is counted, since Eve hears it too. Not told, and not counted, are the parity of a second
half, which follows from the first; of a half that an earlier search in the same block has asked for; and of the last
block of every pass but the first, because the blocks of each pass make up the same key.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import bit_string, count, in_range
from qlearn.physics.information import binary_entropy
from qlearn.physics.qkd.cascade_search import CascadeSearch

__all__ = ["CascadeResult", "cascade_block_sizes", "cascade_first_block", "correct", "shannon_leakage"]

_FIRST_BLOCK_ERRORS = 0.73  # expected errors in a block of the first pass


@dataclass(frozen=True, eq=False)
class CascadeResult:
    """What Cascade did to Bob's key and what it cost.

    Attributes
    ----------
    corrected_key : ndarray of uint8
        Bob's key after correction, shape (n,); almost surely Alice's, which `verification` must confirm.
    leaked_bits : int
        Parities that Alice told.
    corrected_errors : int
        Bits that Bob flipped.
    block_sizes : tuple of int
        Bits in a block, pass by pass.
    leaked_bits_by_pass, corrected_errors_by_pass : tuple of int
        The same counts by the pass during which they came up, the errors found by going back included.
    exchanges : int
        Messages that had to be answered before the next could be asked: the blocks of a pass share one, and so do all
        searches that run side by side, for each halving.
    efficiency : float
        f_EC, leaked bits over the Shannon limit n h(Q) at the error rate Q that was found; NaN without errors.
    """

    corrected_key: NDArray[np.uint8]
    leaked_bits: int
    corrected_errors: int
    block_sizes: tuple[int, ...]
    leaked_bits_by_pass: tuple[int, ...]
    corrected_errors_by_pass: tuple[int, ...]
    exchanges: int
    efficiency: float


def shannon_leakage(bits: ArrayLike, error_rate: ArrayLike, *, efficiency: ArrayLike = 1.0) -> NDArray[np.float64]:
    r"""Bits that must be told in public to correct a key: f n h(Q), at best n h(Q).

    Parameters
    ----------
    bits : array_like
        Length n of the key, 0 or more.
    error_rate : array_like
        Fraction Q of Bob's bits that are wrong, 0 to 1.
    efficiency : array_like
        f_EC, 1 for the Shannon limit, more for a real code.

    Returns
    -------
    ndarray of float64
        Bits, shape of the broadcast arguments.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    G. Brassard and L. Salvail, EUROCRYPT '93, LNCS 765, 410 (1994), doi:10.1007/3-540-48285-7_35; the limit is the
    source coding theorem with side information, D. Slepian and J. K. Wolf, IEEE Trans. Inf. Theory 19, 471 (1973),
    doi:10.1109/TIT.1973.1055037.

    Examples
    --------
    >>> round(float(shannon_leakage(1e6, 0.03)))
    194392
    """
    n = in_range("bits", bits, 0.0, np.inf, unit="bits")
    f = in_range("efficiency", efficiency, 1.0, 100.0)
    leakage: NDArray[np.float64] = f * n * binary_entropy(error_rate)
    return leakage


def cascade_first_block(error_rate: ArrayLike) -> NDArray[np.float64]:
    """Bits in a block of Cascade's first pass before rounding, 0.73/Q: a block then holds 0.73 errors on average.

    Parameters
    ----------
    error_rate : array_like
        Expected fraction Q of wrong bits, 0 to 0.5.

    Returns
    -------
    ndarray of float64
        Bits; infinite where no error is expected.

    Raises
    ------
    ParameterError
        When the error rate is outside its range.

    References
    ----------
    G. Brassard and L. Salvail, EUROCRYPT '93, LNCS 765, 410 (1994), doi:10.1007/3-540-48285-7_35, whose choice this
    is; J. Martinez-Mateo et al., Quantum Information and Computation 15, 453 (2015), arXiv:1407.3257, compares others.

    Examples
    --------
    >>> round(float(cascade_first_block(0.03)), 4)
    24.3333
    """
    q = in_range("error_rate", error_rate, 0.0, 0.5)
    with np.errstate(divide="ignore", over="ignore"):
        size: NDArray[np.float64] = np.divide(_FIRST_BLOCK_ERRORS, q)
    return size


def cascade_block_sizes(error_rate: float, bits: int, *, passes: int = 4) -> tuple[int, ...]:
    """Bits in a block for each pass of Cascade: 0.73/Q rounded, then twice as many each pass.

    Parameters
    ----------
    error_rate : float
        Expected fraction Q of wrong bits, 0 to 0.5.
    bits : int
        Length of the key, 1 or more; no block is longer than half of it, or there would be nothing to compare.
    passes : int
        Number of passes, 1 or more.

    Returns
    -------
    tuple of int
        One size a pass, each 2 or more (1 for a key of one or two bits).

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    G. Brassard and L. Salvail, EUROCRYPT '93, LNCS 765, 410 (1994), doi:10.1007/3-540-48285-7_35.

    Examples
    --------
    >>> cascade_block_sizes(0.03, 1_000_000)
    (24, 48, 96, 192)
    """
    most = ceil(count("bits", bits, least=1) / 2)
    first = max(2, round(min(float(cascade_first_block(error_rate)), most)))
    return tuple(min(first << number, most) for number in range(count("passes", passes, least=1)))


def correct(
    alice_key: ArrayLike,
    bob_key: ArrayLike,
    *,
    error_rate: float,
    rng: np.random.Generator,
    passes: int = 4,
) -> CascadeResult:
    """Correct Bob's key by Cascade with back-tracking.

    All blocks of one pass that are known to be odd are searched side by side, those of the smallest size first.

    Parameters
    ----------
    alice_key, bob_key : array_like
        Zeros and ones, shape (n,) each.
    error_rate : float
        Error rate that Alice and Bob expect, 0 to 0.5; it sets the block sizes.
    rng : numpy.random.Generator
        Source of the shuffles, which are public.
    passes : int
        Number of passes, 1 or more.

    Returns
    -------
    CascadeResult
        The corrected key and all that was told.

    Raises
    ------
    ParameterError
        When a key is not made of bits, the lengths differ, or another argument is outside its range.

    References
    ----------
    G. Brassard and L. Salvail, EUROCRYPT '93, LNCS 765, 410 (1994), doi:10.1007/3-540-48285-7_35.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> alice = rng.integers(0, 2, 10_000, dtype=np.uint8)
    >>> bob = alice ^ (rng.random(10_000) < 0.03)
    >>> result = correct(alice, bob, error_rate=0.03, rng=rng)
    >>> bool(np.array_equal(result.corrected_key, alice)), 1.1 < result.efficiency < 1.3
    (True, True)
    """
    alice, bob = bit_string("alice_key", alice_key), bit_string("bob_key", bob_key)
    if alice.size != bob.size:
        raise ParameterError(f"bob_key has {bob.size} bits and alice_key {alice.size}; they must be of one length")
    sizes = cascade_block_sizes(error_rate, alice.size, passes=passes)
    search = CascadeSearch(alice ^ bob)
    leaked, corrected = [], []
    for number, size in enumerate(sizes):
        before = search.leaked_bits, search.flipped.sum(dtype=np.int64)
        search.run_pass(size, rng.permutation(alice.size) if number else np.arange(alice.size))
        leaked.append(search.leaked_bits - before[0])
        corrected.append(int(search.flipped.sum(dtype=np.int64) - before[1]))
    limit = float(shannon_leakage(alice.size, sum(corrected) / alice.size))
    return CascadeResult(
        corrected_key=bob ^ search.flipped,
        leaked_bits=search.leaked_bits,
        corrected_errors=sum(corrected),
        block_sizes=sizes,
        leaked_bits_by_pass=tuple(leaked),
        corrected_errors_by_pass=tuple(corrected),
        exchanges=search.exchanges,
        efficiency=search.leaked_bits / limit if limit else float("nan"),
    )
