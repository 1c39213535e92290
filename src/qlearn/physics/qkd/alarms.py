"""Was that Eve or chance? Tests of what Alice and Bob count, each with the false-alarm rate that it promises.

Both tests are exact: over many honest runs they raise an alarm at most as often as stated, however few the counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range, probability
from qlearn.physics.qkd.attack import Attack, Observable
from qlearn.physics.qkd.decoy_counts import DecoySettings
from qlearn.physics.qkd.link import Link
from qlearn.physics.qkd.signal_clicks import background

__all__ = ["Alarm", "alarm_probability", "decoy_alarm", "error_rate_alarm", "expected_decoy_share"]


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """The verdict of one test.

    Attributes
    ----------
    observable : Observable
        What was looked at.
    observed, expected : float
        What was counted, as a fraction, and what an honest link gives.
    p_value : float
        Probability that an honest link gives something at least as suspicious.
    false_alarm_rate : float
        The p-value from which down there is an alarm.
    """

    observable: Observable
    observed: float
    expected: float
    p_value: float
    false_alarm_rate: float

    @property
    def raised(self) -> bool:
        """Whether there is an alarm."""
        return self.p_value <= self.false_alarm_rate


def error_rate_alarm(errors: int, bits: int, *, expected_error_rate: float, false_alarm_rate: float = 1e-6) -> Alarm:
    """Test whether there are more errors than the link makes by itself, by the binomial law.

    Parameters
    ----------
    errors, bits : int
        Wrong bits and bits compared, 0 or more.
    expected_error_rate : float
        Error rate of the honest link, 0 to 1.
    false_alarm_rate : float
        How often an honest run may raise an alarm, above 0 and below 1.

    Returns
    -------
    Alarm
        Its p-value is the probability of so many errors or more.

    Raises
    ------
    ParameterError
        When there are more errors than bits, or another argument is outside its range.

    References
    ----------
    C. J. Clopper and E. S. Pearson, Biometrika 26, 404 (1934), doi:10.1093/biomet/26.4.404.

    Examples
    --------
    >>> error_rate_alarm(30, 100, expected_error_rate=0.02).raised
    True
    """
    n, wrong = _part_of("errors", errors, "bits", bits)
    expected = float(probability("expected_error_rate", expected_error_rate))
    return Alarm(
        observable=Observable.ERROR_RATE,
        observed=wrong / n if n else float("nan"),
        expected=expected,
        p_value=float(binom.sf(wrong - 1, n, expected)),
        false_alarm_rate=_rate(false_alarm_rate),
    )


def decoy_alarm(decoy_clicks: int, clicks: int, *, expected_share: float, false_alarm_rate: float = 1e-6) -> Alarm:
    """Test whether decoys click too seldom or too often beside signals, by the binomial law.

    Alice chooses each pulse's intensity by chance. Given how many signals and decoys have clicked together, the number
    of decoys among them is binomial, exactly and whatever the loss is: a link that grows darker raises no alarm.

    Parameters
    ----------
    decoy_clicks, clicks : int
        Clicks of weak decoys, and of weak decoys and signals together, 0 or more.
    expected_share : float
        Share of decoys among them on the honest link, `expected_decoy_share`.
    false_alarm_rate : float
        How often an honest run may raise an alarm, above 0 and below 1.

    Returns
    -------
    Alarm
        Its p-value is twice the probability of so few decoys or fewer, or of so many or more, whichever is less.

    Raises
    ------
    ParameterError
        When there are more decoys than clicks, or another argument is outside its range.

    References
    ----------
    J. Przyborowski and H. Wilenski, Biometrika 31, 313 (1940), doi:10.1093/biomet/31.3-4.313, for the conditional test;
    W.-Y. Hwang, Phys. Rev. Lett. 91, 057901 (2003), doi:10.1103/PhysRevLett.91.057901, for the decoys.
    """
    n, decoys = _part_of("decoy_clicks", decoy_clicks, "clicks", clicks)
    expected = float(probability("expected_share", expected_share))
    return Alarm(
        observable=Observable.DECOY_RATIO,
        observed=decoys / n if n else float("nan"),
        expected=expected,
        p_value=min(1.0, 2.0 * float(min(binom.cdf(decoys, n, expected), binom.sf(decoys - 1, n, expected)))),
        false_alarm_rate=_rate(false_alarm_rate),
    )


def expected_decoy_share(link: Link, settings: DecoySettings, attack: Attack | None = None) -> float:
    r"""Share of weak decoys among the clicks of weak decoys and signals together.

    .. math:: \frac{p_\nu Q_\nu}{p_\mu Q_\mu + p_\nu Q_\nu}

    Parameters
    ----------
    link : Link
        The link as it is without Eve.
    settings : DecoySettings
        How often Alice sends what.
    attack : Attack, optional
        Eve; nobody when left out.

    Returns
    -------
    float
        Share, 0 to 1; NaN where nothing ever clicks.

    References
    ----------
    Derived here from the gains, and checked against the Monte-Carlo.
    """
    eve = attack or Attack(fraction=0.0)
    shares = np.array(settings.probabilities)
    light = np.array([eve.light_detection(link, intensity) for intensity in link.intensities])
    dark = background(link, float(shares @ light))
    clicks = (shares * (dark + (1.0 - dark) * light))[:2]
    return float(clicks[1] / clicks.sum()) if clicks.sum() else float("nan")


def alarm_probability(
    bits: ArrayLike, *, expected_error_rate: float, error_rate: ArrayLike, false_alarm_rate: float = 1e-6
) -> NDArray[np.float64]:
    """Power of `error_rate_alarm`: how often it is raised at another error rate.

    Parameters
    ----------
    bits : array_like of int
        Bits compared, 0 or more.
    expected_error_rate : float
        Error rate of the honest link, 0 to 1.
    error_rate : array_like
        Error rate in truth, 0 to 1.
    false_alarm_rate : float
        How often an honest run may raise an alarm, above 0 and below 1.

    Returns
    -------
    ndarray of float64
        Probability, 0 to 1; at most the false-alarm rate where both error rates are equal.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    The binomial law.

    Examples
    --------
    >>> round(float(alarm_probability(100, expected_error_rate=0.02, error_rate=0.25)), 4)
    0.9996
    """
    n = np.floor(in_range("bits", bits, 0.0, np.inf))
    expected = probability("expected_error_rate", expected_error_rate)
    truth = probability("error_rate", error_rate)
    # the quantile leaves at most the rate above it
    most_without = binom.isf(_rate(false_alarm_rate), n, expected)
    return np.asarray(binom.sf(most_without, n, truth))[()]


def _part_of(part_name: str, part: int, whole_name: str, whole: int) -> tuple[int, int]:
    n, k = count(whole_name, whole), count(part_name, part)
    if k > n:
        raise ParameterError(f"{part_name} is {k}; there are only {n} {whole_name}")
    return n, k


def _rate(false_alarm_rate: float) -> float:
    rate = float(probability("false_alarm_rate", false_alarm_rate))
    if rate in (0.0, 1.0):
        raise ParameterError(f"false_alarm_rate is {rate:g}; it must be above 0 and below 1")
    return rate
