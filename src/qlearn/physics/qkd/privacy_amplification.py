"""Privacy amplification: a public random matrix squeezes a key until nothing of what Eve knows is left in it.

The matrix is a Toeplitz matrix T over the two-element field, constant along its diagonals,
``T[i, j] = seed[i - j + n - 1]``, so n + l - 1 random bits describe all n l entries and the product is a convolution.
"""

from __future__ import annotations

from math import floor, log2

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import fft

from qlearn.errors import ParameterError
from qlearn.physics.arguments import bit_string, count, in_range, probability
from qlearn.physics.information import binary_entropy

__all__ = ["secret_length", "toeplitz_hash", "toeplitz_seed", "toeplitz_seed_length"]

# a product by FFT is off by at most some 5e-14 of the product of both norms (Percival 2003, for sizes that are powers
# of two); that is 0.0002 here, and leaves other sizes room before the next whole number is nearer
_MOST_BITS = 1 << 32


def toeplitz_seed_length(bits: int, output_bits: int) -> int:
    """Random bits that describe a Toeplitz matrix of l rows and n columns: n + l - 1, one a diagonal.

    Parameters
    ----------
    bits : int
        Length n of the key that goes in, 1 or more.
    output_bits : int
        Length l of the key that comes out, 1 or more.

    Returns
    -------
    int
        Bits.

    Raises
    ------
    ParameterError
        When a length is no whole number of at least 1.

    References
    ----------
    H. Krawczyk, CRYPTO '94, LNCS 839, 129 (1994), doi:10.1007/3-540-48658-5_15.

    Examples
    --------
    >>> toeplitz_seed_length(1_000_000, 580_047)
    1580046
    """
    return count("bits", bits, least=1) + count("output_bits", output_bits, least=1) - 1


def toeplitz_seed(bits: int, output_bits: int, *, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Random bits for `toeplitz_hash`, drawn after the key is fixed; they may be public.

    Parameters
    ----------
    bits, output_bits : int
        Lengths n and l, 1 or more.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    ndarray of uint8
        Zeros and ones, shape (n + l - 1,).

    Raises
    ------
    ParameterError
        When a length is no whole number of at least 1.
    """
    length = toeplitz_seed_length(bits, output_bits)
    return np.unpackbits(rng.integers(0, 256, (length + 7) // 8, dtype=np.uint8), count=length)


def toeplitz_hash(bits: ArrayLike, seed: ArrayLike, output_bits: int) -> NDArray[np.uint8]:
    r"""Multiply a key by a Toeplitz matrix modulo 2, by fast Fourier transform.

    .. math:: y_i = \sum_{j=0}^{n-1} T_{ij} x_j \bmod 2, \qquad T_{ij} = s_{i-j+n-1}

    For a random seed, two different keys have the same hash with probability 2^-l exactly.

    Parameters
    ----------
    bits : array_like
        The key x, zeros and ones, shape (n,).
    seed : array_like
        The diagonals s, zeros and ones, shape (n + l - 1,); s[0] is the upper right corner.
    output_bits : int
        Length l of the hash, 1 or more.

    Returns
    -------
    ndarray of uint8
        The hash y, zeros and ones, shape (l,). Exact: the sums are whole numbers, and rounding errors stay far below
        one half at every length that is allowed.

    Raises
    ------
    ParameterError
        When bits or seed are no zeros and ones, the seed has another length, or there are more than 2^32 of them.

    References
    ----------
    H. Krawczyk, CRYPTO '94, LNCS 839, 129 (1994), doi:10.1007/3-540-48658-5_15, for the family; C. Percival,
    Mathematics of Computation 72, 387 (2003), doi:10.1090/S0025-5718-02-01419-9, for the rounding error.

    Examples
    --------
    >>> toeplitz_hash([1, 0, 1], [1, 0, 0, 1], 2)
    array([1, 1], dtype=uint8)
    """
    x, s = bit_string("bits", bits), bit_string("seed", seed)
    length = count("output_bits", output_bits, least=1)
    needed = toeplitz_seed_length(x.size, length)
    if s.size != needed:
        raise ParameterError(f"seed has {s.size} bits; {x.size} bits to {length} need n + l - 1 = {needed}")
    if needed > _MOST_BITS:
        raise ParameterError(f"seed has {s.size} bits; more than {_MOST_BITS} would not be hashed exactly")
    # circular: the sums that wrap around land in front of the ones that are wanted
    size = fft.next_fast_len(needed, real=True)
    spectrum = fft.rfft(x.astype(np.float64), size) * fft.rfft(s.astype(np.float64), size)
    sums = fft.irfft(spectrum, size)[x.size - 1 : needed]
    parities: NDArray[np.uint8] = (np.rint(sums).astype(np.int64) & 1).astype(np.uint8)
    return parities


def secret_length(bits: int, *, phase_error_rate: float, leaked_bits: float, failure_probability: float) -> int:
    r"""Length to which a key of single photons must be shortened so that Eve knows nothing of it.

    .. math:: l = \lfloor n\,[1 - h(Q_p)] - \mathrm{leak} - 2 \log_2 (1/\epsilon) \rfloor

    Holds for a phase error rate that is certain; `finite_key` adds what a finite sample leaves open.

    Parameters
    ----------
    bits : int
        Length n of the corrected key, 0 or more.
    phase_error_rate : float
        Q_p, 0 to 1; one half and more leave no key.
    leaked_bits : float
        Bits told in public: parities and verification, 0 or more.
    failure_probability : float
        epsilon, the distance from a perfect key that is allowed, above 0 up to 1.

    Returns
    -------
    int
        Secret bits, 0 or more.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    R. Renner, PhD thesis, ETH Zurich (2005), arXiv:quant-ph/0512258; M. Tomamichel, C. Schaffner, A. Smith and
    R. Renner, IEEE Trans. Inf. Theory 57, 5524 (2011), doi:10.1109/TIT.2011.2158473.

    Examples
    --------
    >>> from qlearn.physics.qkd.error_correction import shannon_leakage
    >>> leak = float(shannon_leakage(1e6, 0.03, efficiency=1.16))
    >>> secret_length(1_000_000, phase_error_rate=0.03, leaked_bits=leak, failure_probability=1e-10)
    580047
    """
    n = count("bits", bits)
    phase = min(float(probability("phase_error_rate", phase_error_rate)), 0.5)
    leak = float(in_range("leaked_bits", leaked_bits, 0.0, np.inf, unit="bits"))
    epsilon = float(probability("failure_probability", failure_probability))
    if epsilon == 0.0:
        raise ParameterError("failure_probability is 0; it must be above 0, since no hash is perfect")
    return max(0, floor(n * (1.0 - float(binary_entropy(phase))) - leak - 2.0 * log2(1.0 / epsilon)))
