"""How far chance moves a count, or an error rate from the sample that was looked at to the bits that were not."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.physics.arguments import in_range

__all__ = ["ERROR_TERMS", "hoeffding_deviation", "sampling_deviation"]

ERROR_TERMS = 21.0  # Lim et al. share epsilon_sec out among so many equal terms
_SMALLEST = 1e-300


def hoeffding_deviation(trials: ArrayLike, failure_probability: float) -> NDArray[np.float64]:
    r"""How far a count of independent events strays from its mean, to one side, but for this probability.

    .. math:: \delta(n, \epsilon) = \sqrt{\tfrac n2 \ln\tfrac1\epsilon}

    Parameters
    ----------
    trials : array_like
        Number n of events that could have been counted, 0 or more.
    failure_probability : float
        epsilon, above 0 and at most 1.

    Returns
    -------
    ndarray of float64
        Counts.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    W. Hoeffding, Journal of the American Statistical Association 58, 13 (1963), doi:10.1080/01621459.1963.10500830;
    C. C. W. Lim et al., Phys. Rev. A 89, 022307 (2014), equation A1, doi:10.1103/PhysRevA.89.022307.

    Examples
    --------
    >>> round(float(hoeffding_deviation(1e6, 1e-10)), 1)
    3393.1
    """
    n = in_range("trials", trials, 0.0, np.inf)
    return np.sqrt(-0.5 * n * np.log(in_range("failure_probability", failure_probability, _SMALLEST, 1.0)))


def sampling_deviation(*, failure_probability: float, observed_rate: float, observed: float, unseen: float) -> float:
    r"""How much higher the error rate of unseen bits may be than that of a random sample that was looked at.

    .. math:: \gamma(a, b, c, d) = \sqrt{\frac{(c + d)(1 - b)\,b}{c\,d\,\ln 2}
              \log_2\Bigl(\frac{c + d}{c\,d\,(1 - b)\,b}\,\frac{21^2}{a^2}\Bigr)}

    Parameters
    ----------
    failure_probability : float
        a, epsilon_sec of the whole key: the 21 in the formula shares it out. Above 0 and at most 1.
    observed_rate : float
        Error rate b of the sample, 0 to 1.
    observed, unseen : float
        Bits c in the sample and d not in it, each above 0.

    Returns
    -------
    float
        To be added to the observed rate; 0 where that is 0 or 1, the limit of the formula.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    C. C. W. Lim et al., Phys. Rev. A 89, 022307 (2014), equation 5, doi:10.1103/PhysRevA.89.022307.
    """
    a = float(in_range("failure_probability", failure_probability, _SMALLEST, 1.0))
    b = float(in_range("observed_rate", observed_rate, 0.0, 1.0))
    c = float(in_range("observed", observed, _SMALLEST, np.inf))
    d = float(in_range("unseen", unseen, _SMALLEST, np.inf))
    spread = (1.0 / c + 1.0 / d) * (1.0 - b) * b
    if spread == 0.0:
        return 0.0
    odds = np.log((1.0 / c + 1.0 / d) / ((1.0 - b) * b)) + 2.0 * np.log(ERROR_TERMS / a)
    return float(np.sqrt(max(0.0, spread * odds) / np.log(2.0) ** 2))
