"""Information measures in bits."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import entr

from qlearn.physics.arguments import probability as check_probability

__all__ = ["binary_entropy"]


def binary_entropy(probability: ArrayLike) -> NDArray[np.float64]:
    r"""Uncertainty of one biased coin, in bits.

    .. math:: h(p) = -p \log_2 p - (1 - p) \log_2 (1 - p), \qquad h(0) = h(1) = 0

    Parameters
    ----------
    probability : array_like
        Probability of one of the two outcomes, 0 to 1, any shape.

    Returns
    -------
    ndarray of float64
        Bits, 0 to 1, the shape of `probability` (a NumPy scalar for a number).

    Raises
    ------
    ParameterError
        When a probability lies outside 0 to 1.

    References
    ----------
    C. E. Shannon, Bell System Technical Journal 27, 379 (1948), section 6, doi:10.1002/j.1538-7305.1948.tb01338.x.

    Examples
    --------
    >>> float(binary_entropy(0.5))
    1.0
    >>> round(float(binary_entropy(0.11)), 4)
    0.4999
    """
    p = check_probability("probability", probability)
    bits: NDArray[np.float64] = (entr(p) + entr(1.0 - p)) / np.log(2.0)
    return bits
