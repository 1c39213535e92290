"""Finite Bell tests: play the CHSH game, estimate S with its error, and ask how lucky a local plan would have to be.

A round asks each player question 0 or 1 by fair coins; answer 0 means +1 and 1 means -1. The round is won when the
answers agree, except that for the questions (1, 1) they must differ.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range, number, probability, shapes_fit

__all__ = [
    "DELFT_2015_COUNTS",
    "CHSHEstimate",
    "combine",
    "detection_efficiency_threshold",
    "estimate",
    "expected_standard_error",
    "local_chance",
    "play",
    "value_with_lost_photons",
    "win_probability",
]

DELFT_2015_COUNTS = (
    (((23, 3), (4, 23)), ((33, 11), (5, 30))),
    (((22, 10), (6, 24)), ((4, 20), (21, 6))),
)
"""All 245 rounds of the first Bell test without loopholes, as `estimate` takes them.

B. Hensen et al., Nature 526, 682 (2015), doi:10.1038/nature15759; the counts as listed with R. D. Gill's programs for
doi:10.48550/arXiv.2209.00702, his settings 1 and 2 as 0 and 1. They give the published S, its error and P.
"""

_LARGEST = 4.0  # four correlators, each at most one
_SIGNS = np.array([[1.0, 1.0], [1.0, -1.0]])


@dataclass(frozen=True, eq=False)
class CHSHEstimate:
    """What a finite Bell test found.

    Attributes
    ----------
    correlators, correlator_errors : ndarray of float64
        Shape (2, 2): mean product of the answers for each pair of questions, and its standard error; NaN where a
        pair of questions was never asked.
    value, standard_error : float
        S and its standard error.
    rounds, wins : int
        Rounds played, and how many were won.
    """

    correlators: NDArray[np.float64]
    correlator_errors: NDArray[np.float64]
    value: float
    standard_error: float
    rounds: int
    wins: int


def play(rounds: int, *, probabilities: ArrayLike, rng: np.random.Generator) -> NDArray[np.int64]:
    """Play rounds of the CHSH game with questions by fair coins.

    Parameters
    ----------
    rounds : int
        How many, 0 or more.
    probabilities : array_like
        Shape (2, 2, 2, 2), as `qlearn.physics.bell.outcome_probabilities` gives it.
    rng : numpy.random.Generator
        Source of chance.

    Returns
    -------
    ndarray of int64
        Counts, shape (2, 2, 2, 2): Alice's question, Bob's question, Alice's answer, Bob's answer.

    Raises
    ------
    ParameterError
        When the probabilities have another shape, lie outside 0 to 1, or do not sum to 1 for each pair of questions.
    """
    chances = probability("probabilities", probabilities)
    if chances.shape != (2, 2, 2, 2) or not np.allclose(chances.sum(axis=(2, 3)), 1.0, atol=1e-9):
        raise ParameterError("probabilities must have shape (2, 2, 2, 2) and sum to 1 for each pair of questions")
    drawn = rng.multinomial(count("rounds", rounds), chances.ravel() / chances.sum())
    return drawn.reshape(2, 2, 2, 2).astype(np.int64)


def estimate(counts: ArrayLike) -> CHSHEstimate:
    r"""Correlators and S from counts, with standard errors.

    .. math:: E = \frac{n_= - n_{\ne}}{n}, \qquad \sigma_E = \sqrt{\frac{1 - E^2}{n}}, \qquad
              \sigma_S = \sqrt{\textstyle\sum \sigma_E^2}

    Parameters
    ----------
    counts : array_like
        Shape (2, 2, 2, 2), as `play` returns them.

    Returns
    -------
    CHSHEstimate
        NaN where nothing was counted.

    Raises
    ------
    ParameterError
        When the counts have another shape or are negative.
    """
    seen = in_range("counts", counts, 0.0, np.inf)
    if seen.shape != (2, 2, 2, 2):
        raise ParameterError(f"counts have the shape {seen.shape}; it must be (2, 2, 2, 2)")
    asked = seen.sum(axis=(2, 3))
    equal = seen[..., 0, 0] + seen[..., 1, 1]
    with np.errstate(invalid="ignore"):  # 0/0 where a pair of questions was never asked: NaN is the answer
        correlators = (2.0 * equal - asked) / asked
        errors = np.sqrt((1.0 - correlators**2) / asked)
    return CHSHEstimate(
        correlators=correlators,
        correlator_errors=errors,
        value=float((_SIGNS * correlators).sum()),
        standard_error=float(np.sqrt((errors**2).sum())),
        rounds=int(asked.sum()),
        wins=int(np.where(_SIGNS > 0, equal, asked - equal).sum()),
    )


def expected_standard_error(correlators: ArrayLike, rounds: float) -> float:
    """Standard error of S after so many rounds, a quarter of them for each pair of questions.

    Parameters
    ----------
    correlators : array_like
        Shape (2, 2), each -1 to 1.
    rounds : float
        More than 0.

    Returns
    -------
    float
        Standard error of S.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> round(expected_standard_error([[0, 0], [0, 0]], 400), 3)
    0.2
    """
    e = in_range("correlators", correlators, -1.0, 1.0)
    if e.shape != (2, 2):
        raise ParameterError(f"correlators has shape {e.shape}; one for each pair of questions makes (2, 2)")
    n = number("rounds", rounds, 1e-9, np.inf)
    return float(np.sqrt((1.0 - e**2).sum() / (n / 4.0)))


def win_probability(chsh_value: ArrayLike) -> NDArray[np.float64]:
    """Probability of winning a round of the CHSH game: (S + 4)/8.

    Parameters
    ----------
    chsh_value : array_like
        S, -4 to 4.

    Returns
    -------
    ndarray of float64
        0 to 1; 3/4 at S = 2.

    Raises
    ------
    ParameterError
        When S lies outside -4 to 4.

    References
    ----------
    R. Cleve et al., Proceedings of the 19th IEEE Conference on Computational Complexity, 236 (2004),
    doi:10.1109/CCC.2004.1313847.

    Examples
    --------
    >>> float(win_probability(2.0))
    0.75
    """
    s = in_range("chsh_value", chsh_value, -_LARGEST, _LARGEST)
    chance: NDArray[np.float64] = (s + _LARGEST) / (2.0 * _LARGEST)
    return chance


def local_chance(wins: int, rounds: int) -> float:
    """Largest probability with which any local plan wins so many rounds or more, memory of earlier rounds allowed.

    Each round is won with probability 3/4 at most, whatever happened before, so the binomial tail bounds it.

    Parameters
    ----------
    wins, rounds : int
        Rounds won and rounds played, 0 <= wins <= rounds.

    Returns
    -------
    float
        Upper bound of the p-value, 0 to 1; questions are taken to be perfectly random.

    Raises
    ------
    ParameterError
        When a number is no count or more was won than played.

    References
    ----------
    B. Hensen et al., Nature 526, 682 (2015), doi:10.1038/nature15759, who allow for imperfect randomness as well.

    Examples
    --------
    >>> round(local_chance(17, 20), 3)
    0.225
    """
    won, played = count("wins", wins), count("rounds", rounds)
    if won > played:
        raise ParameterError(f"wins is {won}; it must be at most the {played} rounds played")
    return float(binom.sf(won - 1, played, 0.75))


def value_with_lost_photons(chsh_value: ArrayLike, efficiency: ArrayLike) -> NDArray[np.float64]:
    r"""CHSH value when a photon that is not detected counts as the answer +1.

    .. math:: S_\eta = \eta^2 S + 2 (1 - \eta)^2

    for states, such as Bell states, whose single answers are unbiased.

    Parameters
    ----------
    chsh_value : array_like
        S with perfect detectors, -4 to 4.
    efficiency : array_like
        Probability eta that a photon is detected, the same on both sides, 0 to 1.

    Returns
    -------
    ndarray of float64
        S as it would be measured without leaving any round out.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    A. Garg and N. D. Mermin, Phys. Rev. D 35, 3831 (1987), doi:10.1103/PhysRevD.35.3831.
    """
    s = in_range("chsh_value", chsh_value, -_LARGEST, _LARGEST)
    eta = probability("efficiency", efficiency)
    shapes_fit(chsh_value=s, efficiency=eta)
    value: NDArray[np.float64] = eta**2 * s + 2.0 * (1.0 - eta) ** 2
    return value


def detection_efficiency_threshold(chsh_value: float = float(2.0 * np.sqrt(2.0))) -> float:
    """Efficiency above which a Bell pair beats every local plan with no round left out: 4/(S + 2).

    Parameters
    ----------
    chsh_value : float
        S with perfect detectors, 2 to 4; 2 sqrt(2) when left out, which gives 2/(1 + sqrt(2)), about 83 %.

    Returns
    -------
    float
        The efficiency at which `value_with_lost_photons` is 2.

    Raises
    ------
    ParameterError
        When S lies outside 2 to 4.

    References
    ----------
    A. Garg and N. D. Mermin, Phys. Rev. D 35, 3831 (1987), doi:10.1103/PhysRevD.35.3831.

    Examples
    --------
    >>> round(detection_efficiency_threshold(), 4)
    0.8284
    """
    return _LARGEST / (number("chsh_value", chsh_value, 2.0, _LARGEST) + 2.0)


def combine(values: ArrayLike, standard_errors: ArrayLike) -> tuple[float, float]:
    r"""Mean of independent results, each weighted by the inverse of its variance.

    .. math:: \bar x = \frac{\sum x_i/\sigma_i^2}{\sum 1/\sigma_i^2}, \qquad
              \sigma = \Bigl(\sum 1/\sigma_i^2\Bigr)^{-1/2}

    Parameters
    ----------
    values, standard_errors : array_like
        One entry a result, the same shape; errors above 0.

    Returns
    -------
    tuple of two floats
        Mean and its standard error.

    Raises
    ------
    ParameterError
        When the shapes differ or an error is not above 0.

    Examples
    --------
    >>> combine([1.0, 3.0], [0.5, 0.5])[0]
    2.0
    """
    x = np.atleast_1d(in_range("values", values, -np.inf, np.inf))
    sigma = np.atleast_1d(in_range("standard_errors", standard_errors, 1e-300, np.inf))
    if x.shape != sigma.shape or x.size == 0:
        raise ParameterError(f"there are {x.size} values and {sigma.size} errors; each value needs its own error")
    weights = 1.0 / sigma**2
    return float((weights * x).sum() / weights.sum()), float(weights.sum() ** -0.5)
