"""Measuring a qubit: outcome probabilities by Born's rule, and how well counts show them."""

from __future__ import annotations

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray

from qlearn.physics.arguments import in_range, probability, shapes_fit
from qlearn.physics.states import bloch_vector

__all__ = ["outcome_probabilities", "standard_error"]


def outcome_probabilities(state: qutip.Qobj) -> NDArray[np.float64]:
    r"""Probabilities of reading 0 and 1, :math:`P(0) = \langle0|\rho|0\rangle = (1 + r_z)/2`.

    Parameters
    ----------
    state : qutip.Qobj
        Normalised ket, shape (2, 1), or density operator, shape (2, 2), of one qubit.

    Returns
    -------
    ndarray of float64
        P(0) and P(1), each 0 to 1, their sum 1; shape (2,).

    Raises
    ------
    ParameterError
        When `state` is no normalised state of one qubit.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 2.2.3,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> outcome_probabilities(np.sqrt(0.2) * qutip.basis(2, 0) - np.sqrt(0.8) * qutip.basis(2, 1)).round(6)
    array([0.2, 0.8])
    """
    z = float(bloch_vector(state)[2])
    return np.clip([(1.0 + z) / 2.0, (1.0 - z) / 2.0], 0.0, 1.0)


def standard_error(probability_of_one: ArrayLike, *, shots: ArrayLike) -> NDArray[np.float64]:
    r"""Standard error of a probability estimated from counts, :math:`\sqrt{p(1-p)/N}`.

    Parameters
    ----------
    probability_of_one : array_like
        Probability p of the outcome that is counted, 0 to 1.
    shots : array_like
        Number N of independent measurements, 1 or more, of a shape that goes with p.

    Returns
    -------
    ndarray of float64
        Standard deviation of the counted fraction.

    Raises
    ------
    ParameterError
        When p lies outside 0 to 1 or N below 1.

    References
    ----------
    The variance of a binomial count is N p (1 - p), derived in any text on probability.

    Examples
    --------
    >>> round(float(standard_error(0.5, shots=1000)), 6)
    0.015811
    """
    p = probability("probability_of_one", probability_of_one)
    n = in_range("shots", shots, 1.0, np.inf)
    shapes_fit(probability_of_one=p, shots=n)
    error: NDArray[np.float64] = np.sqrt(p * (1.0 - p) / n)
    return error
