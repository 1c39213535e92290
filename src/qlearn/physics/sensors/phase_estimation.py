"""Estimate a phase with N photons: independent ones, squeezed light or an entangled NOON state, with loss.

A Mach-Zehnder interferometer with two arms of equal transmittance eta. Every uncertainty is for one run of N photons
and falls as one over the root of the number of runs; loss is counted in, lost photons are not replaced. A NOON state
of photons is what a GHZ state is for two-level probes, and loses its phase with the first photon lost.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from qlearn.physics.arguments import in_range
from qlearn.physics.sensors.fisher_information import (
    coherent_spin_state,
    collective_jz,
    fringe_fisher_information,
    ghz_state,
    projection_noise,
    quantum_fisher_information,
)
from qlearn.physics.sensors.fringes import (
    folded_fringe_advantage,
    signal_moments,
    simulate_estimates,
    steepest_phase,
)
from qlearn.physics.sensors.squeezing import (
    best_squeezed_uncertainty,
    best_squeezing,
    squeezed_fisher_information,
    squeezed_moments,
    squeezed_uncertainty,
    squeezed_variance_after_loss,
    variance_in_db,
)

__all__ = [
    "best_squeezed_uncertainty",
    "best_squeezing",
    "coherent_spin_state",
    "collective_jz",
    "dephasing_bound",
    "folded_fringe_advantage",
    "fringe_fisher_information",
    "ghz_break_even",
    "ghz_state",
    "ghz_uncertainty",
    "heisenberg_limit",
    "loss_bound",
    "needed_visibility",
    "noon_fisher_information",
    "product_uncertainty",
    "projection_noise",
    "quantum_fisher_information",
    "signal_moments",
    "simulate_estimates",
    "squeezed_fisher_information",
    "squeezed_moments",
    "squeezed_uncertainty",
    "squeezed_variance_after_loss",
    "standard_quantum_limit",
    "steepest_phase",
    "variance_in_db",
    "visibility_uncertainty",
]


def standard_quantum_limit(probes: ArrayLike) -> NDArray[np.float64]:
    """Smallest uncertainty with N independent probes and no loss: 1/sqrt(N).

    Parameters
    ----------
    probes : array_like
        N, above 0.

    Returns
    -------
    ndarray of float64
        Radians.

    Raises
    ------
    ParameterError
        When N is not above 0.

    References
    ----------
    V. Giovannetti, S. Lloyd and L. Maccone, Science 306, 1330 (2004), doi:10.1126/science.1104149.

    Examples
    --------
    >>> float(standard_quantum_limit(100))
    0.1
    """
    return 1.0 / np.sqrt(_probes(probes))


def heisenberg_limit(probes: ArrayLike) -> NDArray[np.float64]:
    """Smallest uncertainty with N probes in any state and no loss: 1/N.

    Parameters
    ----------
    probes : array_like
        N, above 0.

    Returns
    -------
    ndarray of float64
        Radians.

    Raises
    ------
    ParameterError
        When N is not above 0.

    References
    ----------
    V. Giovannetti, S. Lloyd and L. Maccone, Science 306, 1330 (2004), doi:10.1126/science.1104149.
    """
    return 1.0 / _probes(probes)


def product_uncertainty(probes: ArrayLike, transmittance: ArrayLike = 1.0) -> NDArray[np.float64]:
    """Uncertainty with N independent photons, each of which arrives with probability eta: 1/sqrt(eta N).

    Parameters
    ----------
    probes : array_like
        N, above 0.
    transmittance : array_like
        eta, 0 to 1.

    Returns
    -------
    ndarray of float64
        Radians; infinite at eta = 0.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    R. Demkowicz-Dobrzanski, J. Kolodynski and M. Guta, Nat. Commun. 3, 1063 (2012), doi:10.1038/ncomms2067.
    """
    return _inverse_root(_transmittance(transmittance) * _probes(probes))


def noon_fisher_information(probes: ArrayLike, transmittance: ArrayLike = 1.0) -> NDArray[np.float64]:
    """Quantum Fisher information of an N-photon NOON state with equal loss in both arms: N^2 eta^N.

    Parameters
    ----------
    probes : array_like
        N, above 0.
    transmittance : array_like
        eta, 0 to 1.

    Returns
    -------
    ndarray of float64
        Information per state in 1/rad^2.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    R. Demkowicz-Dobrzanski, J. Kolodynski and M. Guta, Nat. Commun. 3, 1063 (2012), doi:10.1038/ncomms2067.

    Examples
    --------
    >>> round(float(noon_fisher_information(4, 0.9)), 4)
    10.4976
    """
    n = _probes(probes)
    information: NDArray[np.float64] = n**2 * _transmittance(transmittance) ** n
    return information


def ghz_uncertainty(probes: ArrayLike, transmittance: ArrayLike = 1.0) -> NDArray[np.float64]:
    """Uncertainty with an N-photon NOON (GHZ) state when only complete runs count: 1/(N eta^(N/2)).

    Parameters
    ----------
    probes : array_like
        N, above 0.
    transmittance : array_like
        eta, 0 to 1.

    Returns
    -------
    ndarray of float64
        Radians; infinite where no complete run is left.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    As `noon_fisher_information`, of which this is one over the root.
    """
    return _inverse_root(noon_fisher_information(probes, transmittance))


def ghz_break_even(transmittance: float) -> float:
    """Number of photons beyond which a GHZ state does worse than as many independent photons: N eta^(N-1) = 1.

    Parameters
    ----------
    transmittance : float
        eta, above 0 and at most 1.

    Returns
    -------
    float
        N, the larger solution, not rounded; infinite without loss, 1 when the GHZ state never wins.

    Raises
    ------
    ParameterError
        When eta lies outside 0 to 1 or is 0.

    References
    ----------
    Follows from `ghz_uncertainty` and `product_uncertainty`.

    Examples
    --------
    >>> round(ghz_break_even(0.9), 1)
    34.6
    """
    eta = float(in_range("transmittance", transmittance, 1e-12, 1.0))
    if eta == 1.0:
        return float("inf")
    peak = -1.0 / np.log(eta)  # N eta^(N-1) grows up to here, where it is largest
    if peak <= 1.0:
        return 1.0

    def advantage(n: float) -> float:
        return float(np.log(n) + (n - 1.0) * np.log(eta))

    # a little over the peak, lest rounding leaves no change of sign
    return float(brentq(advantage, peak, 2.0 * peak * (2.0 + np.log(peak)), xtol=1e-10)) if advantage(peak) > 0 else 1.0


def visibility_uncertainty(probes: ArrayLike, visibility: ArrayLike = 1.0) -> NDArray[np.float64]:
    """Uncertainty at the steepest point of an N-fold fringe with visibility V: 1/(V N).

    Parameters
    ----------
    probes : array_like
        N, above 0.
    visibility : array_like
        V, above 0 and at most 1.

    Returns
    -------
    ndarray of float64
        Radians.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    R. Okamoto et al., New J. Phys. 10, 073033 (2008), doi:10.1088/1367-2630/10/7/073033.
    """
    v = in_range("visibility", visibility, 1e-12, 1.0)
    return 1.0 / (v * _probes(probes))


def needed_visibility(probes: ArrayLike) -> NDArray[np.float64]:
    """Visibility above which an N-fold fringe beats N independent probes: 1/sqrt(N).

    Parameters
    ----------
    probes : array_like
        N, 1 or more.

    Returns
    -------
    ndarray of float64
        0 to 1.

    Raises
    ------
    ParameterError
        When N is below 1.

    References
    ----------
    R. Okamoto et al., New J. Phys. 10, 073033 (2008), doi:10.1088/1367-2630/10/7/073033.
    """
    return 1.0 / np.sqrt(in_range("probes", probes, 1.0, np.inf))


def loss_bound(probes: ArrayLike, transmittance: ArrayLike) -> NDArray[np.float64]:
    r"""Bound for every state of N photons with loss, whatever its entanglement.

    .. math:: \delta\varphi \ge \sqrt{\frac{1 - \eta}{\eta N}}

    Parameters
    ----------
    probes : array_like
        N, above 0.
    transmittance : array_like
        eta in both arms, 0 to 1.

    Returns
    -------
    ndarray of float64
        Radians; 0 without loss, where `heisenberg_limit` holds instead, and infinite at eta = 0.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    B. M. Escher, R. L. de Matos Filho and L. Davidovich, Nat. Phys. 7, 406 (2011), doi:10.1038/nphys1958;
    R. Demkowicz-Dobrzanski, J. Kolodynski and M. Guta, Nat. Commun. 3, 1063 (2012), doi:10.1038/ncomms2067.

    Examples
    --------
    >>> round(float(loss_bound(100, 0.9)), 5)
    0.03333
    """
    eta = _transmittance(transmittance)
    return np.sqrt(1.0 - eta) * _inverse_root(eta * _probes(probes))


def dephasing_bound(probes: ArrayLike, coherence: ArrayLike) -> NDArray[np.float64]:
    r"""Bound for every state of N probes whose coherence shrinks by a factor eta each.

    .. math:: \delta\varphi \ge \frac{\sqrt{1 - \eta^2}}{\eta\sqrt N}

    Parameters
    ----------
    probes : array_like
        N, above 0.
    coherence : array_like
        eta, the factor on each probe's off-diagonal elements, 0 to 1.

    Returns
    -------
    ndarray of float64
        Radians; 0 without dephasing, infinite at eta = 0.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    R. Demkowicz-Dobrzanski, J. Kolodynski and M. Guta, Nat. Commun. 3, 1063 (2012), doi:10.1038/ncomms2067.
    """
    eta = in_range("coherence", coherence, 0.0, 1.0)
    return np.sqrt(1.0 - eta**2) * _inverse_root(eta**2 * _probes(probes))


def _probes(probes: ArrayLike) -> NDArray[np.float64]:
    return in_range("probes", probes, 1e-12, np.inf)


def _transmittance(transmittance: ArrayLike) -> NDArray[np.float64]:
    return in_range("transmittance", transmittance, 0.0, 1.0)


def _inverse_root(information: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore"):  # no information: nothing is known of the phase
        uncertainty: NDArray[np.float64] = 1.0 / np.sqrt(information)
    return uncertainty
