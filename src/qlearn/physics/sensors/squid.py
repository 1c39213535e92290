"""The superconducting quantum interference device: magnetic flux counted in quanta of h/2e."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.constants import e, h

from qlearn.physics.arguments import in_range

__all__ = ["FLUX_QUANTUM_WB", "JOSEPHSON_CONSTANT_HZ_PER_V", "critical_current", "field_noise"]

# exact since 2019, when h and e were given their values
FLUX_QUANTUM_WB = h / (2.0 * e)
JOSEPHSON_CONSTANT_HZ_PER_V = 2.0 * e / h


def critical_current(flux_quanta: ArrayLike, *, junction_current_a: float) -> NDArray[np.float64]:
    r"""Largest current without voltage through a ring with two equal junctions, 2 I0 |cos(pi Phi/Phi0)|.

    Parameters
    ----------
    flux_quanta : array_like
        Flux through the ring in flux quanta, any shape.
    junction_current_a : float
        Critical current I0 of each junction in A, above 0.

    Returns
    -------
    ndarray of float64
        Current in A, for a ring whose own inductance plays no part.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    R. C. Jaklevic, J. Lambe, A. H. Silver and J. E. Mercereau, Phys. Rev. Lett. 12, 159 (1964),
    doi:10.1103/PhysRevLett.12.159.

    Examples
    --------
    >>> round(float(critical_current(0.25, junction_current_a=1e-6)) * 1e6, 6)
    1.414214
    """
    flux = in_range("flux_quanta", flux_quanta, -1e9, 1e9)
    single = float(in_range("junction_current_a", junction_current_a, 1e-15, 1.0, unit="A"))
    current: NDArray[np.float64] = 2.0 * single * np.abs(np.cos(np.pi * flux))
    return current


def field_noise(flux_noise_quanta: ArrayLike, *, area_m2: float) -> NDArray[np.float64]:
    """Field noise of a ring from its flux noise: S_Phi / area.

    Parameters
    ----------
    flux_noise_quanta : array_like
        Amplitude density of the flux noise in flux quanta per sqrt(Hz), 0 or more.
    area_m2 : float
        Effective area of the ring in m^2, above 0.

    Returns
    -------
    ndarray of float64
        Amplitude density of the field noise in T/sqrt(Hz).

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    R. L. Fagaly, Review of Scientific Instruments 77, 101101 (2006), doi:10.1063/1.2354545.

    Examples
    --------
    >>> f"{float(field_noise(1e-6, area_m2=1e-6)):.3g}"
    '2.07e-15'
    """
    noise = in_range("flux_noise_quanta", flux_noise_quanta, 0.0, 1e6)
    field: NDArray[np.float64] = noise * FLUX_QUANTUM_WB / float(in_range("area_m2", area_m2, 1e-18, 1e6, unit="m^2"))
    return field
