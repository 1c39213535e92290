"""Squeezed light in an interferometer: laser light in one port, squeezed vacuum in the other, loss on the way.

Variances are in units of the vacuum's. Squeezing of s decibels means a squeezed variance e^(-2r) = 10^(-s/10). The
phase is read from the difference of the two outputs' photon numbers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range

__all__ = [
    "best_squeezed_uncertainty",
    "best_squeezing",
    "squeezed_fisher_information",
    "squeezed_moments",
    "squeezed_uncertainty",
    "squeezed_variance_after_loss",
    "variance_in_db",
]

_MOST_DB = 40.0


def squeezed_variance_after_loss(squeezing_db: ArrayLike, transmittance: ArrayLike) -> NDArray[np.float64]:
    r"""Variance of the squeezed quadrature after loss, which mixes vacuum in.

    .. math:: v = \eta\,e^{-2r} + 1 - \eta

    Parameters
    ----------
    squeezing_db : array_like
        Squeezing before the loss in decibels, 0 to 40.
    transmittance : array_like
        eta, 0 to 1.

    Returns
    -------
    ndarray of float64
        Variance in units of the vacuum's, 0 to 1.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    C. M. Caves, Phys. Rev. D 23, 1693 (1981), doi:10.1103/PhysRevD.23.1693.

    Examples
    --------
    >>> round(float(squeezed_variance_after_loss(15, 0.9)), 4)
    0.1285
    """
    eta = in_range("transmittance", transmittance, 0.0, 1.0)
    variance: NDArray[np.float64] = eta * _squeezed_variance(squeezing_db) + 1.0 - eta
    return variance


def variance_in_db(variance: ArrayLike) -> NDArray[np.float64]:
    """Decibels by which a variance lies below the vacuum's: -10 log10(v).

    Parameters
    ----------
    variance : array_like
        In units of the vacuum's, above 0.

    Returns
    -------
    ndarray of float64
        Decibels, positive for squeezing.

    Raises
    ------
    ParameterError
        When the variance is not above 0.
    """
    decibels: NDArray[np.float64] = -10.0 * np.log10(in_range("variance", variance, 1e-300, np.inf)) + 0.0
    return decibels


def squeezed_fisher_information(laser_photons: ArrayLike, squeezing_db: ArrayLike) -> NDArray[np.float64]:
    r"""Quantum Fisher information of laser light and squeezed vacuum on a balanced beam splitter, no loss.

    .. math:: F = |\alpha|^2 e^{2r} + \sinh^2 r

    Parameters
    ----------
    laser_photons : array_like
        Mean number :math:`|\alpha|^2` of photons of the laser, 0 or more.
    squeezing_db : array_like
        Squeezing in decibels, 0 to 40.

    Returns
    -------
    ndarray of float64
        Information per run in 1/rad^2.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    L. Pezze and A. Smerzi, Phys. Rev. Lett. 100, 073601 (2008), doi:10.1103/PhysRevLett.100.073601.
    """
    laser = in_range("laser_photons", laser_photons, 0.0, np.inf)
    information: NDArray[np.float64] = laser / _squeezed_variance(squeezing_db) + _squeezed_photons(squeezing_db)
    return information


def squeezed_moments(
    probes: ArrayLike, squeezing_db: ArrayLike, transmittance: ArrayLike = 1.0, *, phase_rad: ArrayLike = np.pi / 2.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Mean and variance of the difference D of the photon numbers at the two outputs.

    With :math:`s=\sinh^2 r` photons of the squeezed vacuum and :math:`A = N - s` of the laser,

    .. math::
        \langle D\rangle &= \eta\,(A - s)\cos\varphi \\
        \mathrm{Var}\,D &= \eta^2\bigl[(A + 2s(s+1))\cos^2\varphi + (A e^{-2r} + s)\sin^2\varphi\bigr]
                           + \eta(1-\eta)(A + s)

    Parameters
    ----------
    probes : array_like
        Mean number N of all photons, squeezed ones included.
    squeezing_db : array_like
        Squeezing in decibels, 0 to 40.
    transmittance : array_like
        eta, 0 to 1.
    phase_rad : array_like
        Phase in radians; left out, the steepest point.

    Returns
    -------
    tuple of two ndarrays of float64
        Mean and variance of D.

    Raises
    ------
    ParameterError
        When an argument is outside its range, or the squeezed vacuum alone holds more than N photons.

    References
    ----------
    C. M. Caves, Phys. Rev. D 23, 1693 (1981), doi:10.1103/PhysRevD.23.1693, with loss added; checked against QuTiP.
    """
    n = in_range("probes", probes, 1e-12, np.inf)
    eta = in_range("transmittance", transmittance, 0.0, 1.0)
    phase = in_range("phase_rad", phase_rad, -np.inf, np.inf, unit="rad")
    squeezed = _squeezed_photons(squeezing_db)
    if np.any(squeezed > n):
        raise ParameterError(
            f"squeezing_db is {np.max(squeezing_db):g}; that light alone holds {np.max(squeezed):.3g} photons, more "
            f"than the {np.min(n):g} allowed: squeeze less or use more probes"
        )
    laser = n - squeezed
    along = laser + 2.0 * squeezed * (squeezed + 1.0)
    across = laser * _squeezed_variance(squeezing_db) + squeezed
    mean: NDArray[np.float64] = eta * (laser - squeezed) * np.cos(phase)
    spread = along * np.cos(phase) ** 2 + across * np.sin(phase) ** 2
    variance: NDArray[np.float64] = eta**2 * spread + eta * (1.0 - eta) * n
    return mean, variance


def squeezed_uncertainty(
    probes: ArrayLike, squeezing_db: ArrayLike, transmittance: ArrayLike = 1.0
) -> NDArray[np.float64]:
    r"""Uncertainty with laser light and squeezed vacuum at the steepest point of the fringe.

    .. math:: \delta\varphi = \frac{\sqrt{\eta\,(A e^{-2r} + s) + (1-\eta)\,N}}{\sqrt\eta\,(A - s)},
              \qquad s = \sinh^2 r,\; A = N - s

    For much laser light this is :math:`\sqrt{(\eta e^{-2r} + 1 - \eta)/(\eta N)}`.

    Parameters
    ----------
    probes : array_like
        Mean number N of all photons, squeezed ones included.
    squeezing_db : array_like
        Squeezing in decibels, 0 to 40.
    transmittance : array_like
        eta, 0 to 1.

    Returns
    -------
    ndarray of float64
        Radians per run; infinite at eta = 0 and where laser and squeezed light are equally bright, which has no fringe.

    Raises
    ------
    ParameterError
        When an argument is outside its range, or the squeezed vacuum alone holds more than N photons.

    References
    ----------
    C. M. Caves, Phys. Rev. D 23, 1693 (1981), doi:10.1103/PhysRevD.23.1693, with loss added; checked against QuTiP.

    Examples
    --------
    >>> round(float(squeezed_uncertainty(1e6, 10.0)), 9)
    0.000316232
    """
    slope, _ = squeezed_moments(probes, squeezing_db, transmittance, phase_rad=0.0)
    _, variance = squeezed_moments(probes, squeezing_db, transmittance)
    with np.errstate(divide="ignore", invalid="ignore"):  # eta = 0: no slope and no noise, and nothing is known
        uncertainty = np.sqrt(variance) / np.abs(slope)
    return np.where(np.asarray(slope) == 0.0, np.inf, uncertainty)[()]


def best_squeezing(probes: float, transmittance: float = 1.0, *, most_db: float = 15.0) -> float:
    """Squeezing that makes `squeezed_uncertainty` smallest; photons spent on squeezing are missing from the laser.

    Parameters
    ----------
    probes : float
        Mean number N of all photons, above 0.
    transmittance : float
        eta, above 0 and at most 1.
    most_db : float
        What the source can give at most, in decibels, 0 to 40.

    Returns
    -------
    float
        Decibels, 0 to `most_db`.

    Raises
    ------
    ParameterError
        When an argument is outside its range.
    """
    n = float(in_range("probes", probes, 1e-6, np.inf))
    eta = float(in_range("transmittance", transmittance, 1e-9, 1.0))
    # up to where the squeezed vacuum takes half of the photons and the fringe is gone
    half = float(10.0 * np.log10(1.0 + n + np.sqrt(n**2 + 2.0 * n)))
    most = min(float(in_range("most_db", most_db, 0.0, _MOST_DB)), half * (1.0 - 1e-9))
    if most <= 0.0:
        return 0.0
    found = minimize_scalar(
        lambda s: float(squeezed_uncertainty(n, s, eta)), bounds=(0.0, most), method="bounded", options={"xatol": 1e-9}
    )
    # the search never tries the ends themselves
    return float(min((0.0, most, float(found.x)), key=lambda s: float(squeezed_uncertainty(n, s, eta))))


def best_squeezed_uncertainty(probes: float, transmittance: float = 1.0, *, most_db: float = 15.0) -> float:
    """Uncertainty with as much squeezing as pays, at most `most_db`; see `best_squeezing` for arguments and errors.

    Parameters
    ----------
    probes : float
        Mean number N of all photons, above 0.
    transmittance : float
        eta, above 0 and at most 1.
    most_db : float
        What the source can give at most, in decibels.

    Returns
    -------
    float
        Radians per run.

    Raises
    ------
    ParameterError
        When an argument is outside its range.
    """
    squeezing = best_squeezing(probes, transmittance, most_db=most_db)
    return float(squeezed_uncertainty(probes, squeezing, transmittance))


def _squeezed_variance(squeezing_db: ArrayLike) -> NDArray[np.float64]:
    variance: NDArray[np.float64] = 10.0 ** (-in_range("squeezing_db", squeezing_db, 0.0, _MOST_DB, unit="dB") / 10.0)
    return variance


def _squeezed_photons(squeezing_db: ArrayLike) -> NDArray[np.float64]:
    variance = _squeezed_variance(squeezing_db)
    photons: NDArray[np.float64] = (variance + 1.0 / variance - 2.0) / 4.0
    return photons
