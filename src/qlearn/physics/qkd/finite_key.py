r"""Secret key of finite length from a run with a weak decoy and the vacuum: the bounds of Lim et al. (2014).

In a finite run chance moves every count. Each is taken at the unlucky end of an interval that it leaves with a
probability of at most epsilon_sec/21, so that the key is secret but for epsilon_sec against any attack, coherent ones
included. One function takes what was counted, on a real link or in a Monte-Carlo, another what a link would count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.physics.arguments import in_range
from qlearn.physics.information import binary_entropy
from qlearn.physics.qkd import decoy_bounds
from qlearn.physics.qkd.decoy_counts import DecoyCounts, DecoySettings, expected_counts
from qlearn.physics.qkd.link import Link
from qlearn.physics.qkd.photon_number import photon_number_probability

__all__ = ["FiniteKey", "finite_key", "finite_key_rate", "hoeffding_deviation", "sampling_deviation"]

_ERROR_TERMS = 21.0  # epsilon_sec is shared out among so many equal terms
_SMALLEST = 1e-300


@dataclass(frozen=True, kw_only=True)
class FiniteKey:
    """A key of finite length and every number on the way to it; the counts are bits of the run.

    Attributes
    ----------
    pulses, block_size : float
        Pulses sent, N, and bits in the key basis, n_X.
    gain, error_rate : float
        Clicks in the key basis per pulse sent in it by both, all intensities together, and their error rate.
    vacuum_clicks : float
        s_X0, lower bound on key bits from pulses without a photon, of which Eve knows nothing.
    single_photon_clicks : float
        s_X1, lower bound on key bits from single photons.
    test_single_photon_clicks, test_single_photon_errors : float
        s_Z1, lower bound on single photons in the test basis, and v_Z1, upper bound on wrong bits among them.
    single_photon_yield, single_photon_error_rate : float
        What these bounds say per single photon: Y1 in the key basis and e1 in the test basis, 0 to 0.5.
    phase_error_rate : float
        phi_X, upper bound on the phase error rate of the key's single photons, 0 to 0.5.
    leakage : float
        Bits told for error correction.
    privacy_amplification : float
        Bits given up because Eve may know them, s_X1 h(phi_X).
    security_cost : float
        Bits given up so that the proof holds but for its epsilons, 6 log2(21/eps_sec) + log2(2/eps_cor).
    balance : float
        Key bits before they are cut off at 0 and rounded down, so that a search can see how far away the key is.
    secret_bits : int
        Length of the key.
    secret_bits_per_pulse, secret_bits_per_second : float
        Length over pulses sent, and that times the clock rate.
    duration_s : float
        Seconds that sending takes.
    """

    pulses: float
    block_size: float
    gain: float
    error_rate: float
    vacuum_clicks: float
    single_photon_clicks: float
    test_single_photon_clicks: float
    test_single_photon_errors: float
    single_photon_yield: float
    single_photon_error_rate: float
    phase_error_rate: float
    leakage: float
    privacy_amplification: float
    security_cost: float
    balance: float
    secret_bits: int
    secret_bits_per_pulse: float
    secret_bits_per_second: float
    duration_s: float


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
    odds = np.log((1.0 / c + 1.0 / d) / ((1.0 - b) * b)) + 2.0 * np.log(_ERROR_TERMS / a)
    return float(np.sqrt(max(0.0, spread * odds) / np.log(2.0) ** 2))


def finite_key(
    counts: DecoyCounts,
    link: Link,
    settings: DecoySettings,
    *,
    leakage_bits: float | None = None,
    secrecy: float = 1e-10,
    correctness: float = 1e-15,
) -> FiniteKey:
    r"""Length of the secret key that a run's counts allow.

    .. math:: \ell = \Bigl\lfloor s_{X,0} + s_{X,1} [1 - h(\phi_X)] - \text{leak}_{EC}
              - 6 \log_2 \tfrac{21}{\epsilon_{sec}} - \log_2 \tfrac{2}{\epsilon_{cor}} \Bigr\rfloor

    Parameters
    ----------
    counts : DecoyCounts
        What was counted.
    link : Link
        Of which only the three intensities, the clock rate and f_EC play a part: nothing is believed of the fibre.
    settings : DecoySettings
        How often Alice sent what.
    leakage_bits : float, optional
        Bits that error correction told, as counted; f_EC n_X h(E) when left out.
    secrecy, correctness : float
        epsilon_sec and epsilon_cor, above 0 and at most 1.

    Returns
    -------
    FiniteKey
        Length and intermediates; no key where the counts prove none.

    Raises
    ------
    ParameterError
        When an argument is outside its range, or the intensities are not ordered.

    References
    ----------
    C. C. W. Lim, M. Curty, N. Walenta, F. Xu and H. Zbinden, Phys. Rev. A 89, 022307 (2014), equations 1 to 5,
    doi:10.1103/PhysRevA.89.022307. Counts that would fall below 0 are taken as 0.
    """
    secrecy = float(in_range("secrecy", secrecy, _SMALLEST, 1.0))
    cost = 6.0 * np.log2(_ERROR_TERMS / secrecy) + np.log2(
        2.0 / float(in_range("correctness", correctness, 1e-300, 1.0))
    )
    vacuum, single = _vacuum_and_single(counts.key_clicks, link, settings, secrecy)
    _, test_single = _vacuum_and_single(counts.test_clicks, link, settings, secrecy)
    test_wrong = _single_wrong(counts.test_errors, link, settings, secrecy)
    error = min(test_wrong / test_single, 0.5) if test_single > 0.0 else 0.5
    phase = _phase_error_rate(error, observed=test_single, unseen=single, secrecy=secrecy)
    n, wrong = counts.block_size, np.nan_to_num(counts.key_error_rate, nan=0.5)
    expected_leakage = link.error_correction_efficiency * n * float(binary_entropy(min(wrong, 0.5)))
    leakage = expected_leakage if leakage_bits is None else float(in_range("leakage_bits", leakage_bits, 0.0, np.inf))
    privacy = single * float(binary_entropy(phase))
    balance = float(vacuum + single - privacy - leakage - cost)
    bits = max(0, int(np.floor(balance)))
    in_key_basis = counts.pulses * settings.key_basis_probability**2
    return FiniteKey(
        pulses=float(counts.pulses),
        block_size=n,
        gain=n / in_key_basis,
        error_rate=counts.key_error_rate,
        vacuum_clicks=vacuum,
        single_photon_clicks=single,
        test_single_photon_clicks=test_single,
        test_single_photon_errors=test_wrong,
        single_photon_yield=single / (in_key_basis * _share(1, link, settings)),
        single_photon_error_rate=error,
        phase_error_rate=phase,
        leakage=leakage,
        privacy_amplification=privacy,
        security_cost=float(cost),
        balance=balance,
        secret_bits=bits,
        secret_bits_per_pulse=bits / counts.pulses,
        secret_bits_per_second=bits / counts.pulses * link.clock_rate_hz,
        duration_s=counts.pulses / link.clock_rate_hz if link.clock_rate_hz else np.inf,
    )


def finite_key_rate(
    link: Link,
    settings: DecoySettings,
    *,
    pulses: float | None = None,
    block_size: float | None = None,
    secrecy: float = 1e-10,
    correctness: float = 1e-15,
) -> FiniteKey:
    """Key that a link gives on average: `finite_key` for the expected counts.

    Parameters
    ----------
    link, settings, pulses, block_size
        As in `decoy_counts.expected_counts`.
    secrecy, correctness : float
        As in `finite_key`.

    Returns
    -------
    FiniteKey
        Length and intermediates.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    C. C. W. Lim et al., Phys. Rev. A 89, 022307 (2014), section IV, doi:10.1103/PhysRevA.89.022307.

    Examples
    --------
    >>> finite_key_rate(Link(length_km=30), DecoySettings(), block_size=1e7).secret_bits > 1e6
    True
    """
    counts = expected_counts(link, settings, pulses=pulses, block_size=block_size)
    return finite_key(counts, link, settings, secrecy=secrecy, correctness=correctness)


def _share(photons: int, link: Link, settings: DecoySettings) -> float:
    """tau_n, the probability that a pulse holds n photons, whatever its intensity."""
    return float(settings.probabilities @ photon_number_probability(photons, link.intensities))


def _interval(
    counts: ArrayLike, link: Link, settings: DecoySettings, secrecy: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """exp(k)/p_k times the lowest and the highest that the mean of each count may be."""
    seen = np.asarray(counts, dtype=np.float64)
    weight = np.exp(link.intensities) / settings.probabilities
    deviation = hoeffding_deviation(seen.sum(), secrecy / _ERROR_TERMS)
    return weight * np.maximum(seen - deviation, 0.0), weight * (seen + deviation)


def _vacuum_and_single(clicks: ArrayLike, link: Link, settings: DecoySettings, secrecy: float) -> tuple[float, float]:
    """Fewest clicks from pulses of no photon and of one."""
    intensities = decoy_bounds.checked_intensities(link)
    lowest, highest = _interval(clicks, link, settings, secrecy)
    background = decoy_bounds.background_yield(intensities, lowest=lowest, highest=highest)
    single = decoy_bounds.single_photon_yield(intensities, lowest=lowest, highest=highest, background=background)
    empty = _share(0, link, settings) * float(background)
    # more than all clicks is what only counts of another run than the settings' could say
    return empty, min(_share(1, link, settings) * float(single), max(0.0, float(np.sum(clicks)) - empty))


def _single_wrong(errors: ArrayLike, link: Link, settings: DecoySettings, secrecy: float) -> float:
    """Most wrong clicks from single photons."""
    lowest, highest = _interval(errors, link, settings, secrecy)
    wrong = decoy_bounds.single_photon_errors(decoy_bounds.checked_intensities(link), lowest=lowest, highest=highest)
    return _share(1, link, settings) * float(wrong)


def _phase_error_rate(error: float, *, observed: float, unseen: float, secrecy: float) -> float:
    if not (observed > 0.0 and unseen > 0.0):
        return 0.5
    # without a wrong bit the formula would promise that none is unseen: less than one counts as one
    error = max(error, min(1.0 / observed, 0.5))
    deviation = sampling_deviation(failure_probability=secrecy, observed_rate=error, observed=observed, unseen=unseen)
    return min(error + deviation, 0.5)
