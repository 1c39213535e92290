"""From a map of the magnetic field above a thin sheet to the current in the sheet, and what no map can show.

A current that neither enters nor leaves the sheet has a stream function g, in ampere: j_x = dg/dy, j_y = -dg/dx.
Arrays have rows along y and columns along x; `step_m` is the distance of neighbours; z points up. Everything is done by
Fourier transforms of the array as it is, that is, of a sheet repeated without end: leave a margin where nothing flows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.constants import mu_0
from scipy.optimize import brentq

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range

__all__ = ["hiding_sheet", "sheet_current", "sheet_field", "stream_from_field", "strength_for_noise"]

Floats = NDArray[np.float64]

_WEAKEST, _STRONGEST = 1e-16, 1e-2  # of the strength, in T/(A/m)


def sheet_current(stream_a: ArrayLike, step_m: float) -> tuple[Floats, Floats]:
    """Current density of a sheet from its stream function.

    Parameters
    ----------
    stream_a : array_like
        Stream function in A, shape (rows, columns).
    step_m : float
        Distance of neighbours in m.

    Returns
    -------
    tuple of ndarray of float64
        j_x and j_y in A/m, each of the shape of `stream_a`.

    Raises
    ------
    ParameterError
        When an argument is outside its range, or the array is not two-dimensional.

    References
    ----------
    B. J. Roth, N. G. Sepulveda and J. P. Wikswo, J. Appl. Phys. 65, 361 (1989), doi:10.1063/1.342549.
    """
    stream = _map("stream_a", stream_a)
    k_x, k_y = _wave_numbers(stream.shape, step_m)
    transformed = np.fft.fft2(stream)
    return np.fft.ifft2(1j * k_y * transformed).real, np.fft.ifft2(-1j * k_x * transformed).real


def sheet_field(stream_a: ArrayLike, step_m: float, *, height_m: float) -> Floats:
    r"""Upward field above a sheet.

    .. math:: \tilde B_z = \tfrac{\mu_0}{2}\,k\,e^{-kz}\,\tilde g

    Parameters
    ----------
    stream_a : array_like
        Stream function in A, shape (rows, columns).
    step_m : float
        Distance of neighbours in m.
    height_m : float
        Height z above the sheet in m, 0 or more.

    Returns
    -------
    ndarray of float64
        Field in T, of the shape of `stream_a`.

    Raises
    ------
    ParameterError
        When an argument is outside its range, or the array is not two-dimensional.

    References
    ----------
    B. J. Roth, N. G. Sepulveda and J. P. Wikswo, J. Appl. Phys. 65, 361 (1989), doi:10.1063/1.342549.

    Examples
    --------
    Stripes of 2 mm lose all but e^(-pi) of their field in one more millimetre.

    >>> stripes = np.tile(np.cos(np.pi * np.arange(20) / 10), (20, 1))
    >>> near, far = (sheet_field(stripes, 1e-4, height_m=height).max() for height in (1e-3, 2e-3))
    >>> round(float(far / near), 4)
    0.0432
    """
    stream = _map("stream_a", stream_a)
    k = np.hypot(*_wave_numbers(stream.shape, step_m))
    return np.asarray(np.fft.ifft2(k * _transfer(k, height_m) * np.fft.fft2(stream)).real)


def stream_from_field(field_t: ArrayLike, step_m: float, *, height_m: float, strength: float) -> Floats:
    r"""Stream function of a sheet from a map of its upward field, regularised after Tikhonov.

    Minimises the sum of (B_model - B)^2 + strength^2 |j|^2, wave by wave:

    .. math:: \tilde g = \frac{1}{k}\,\frac{t\,\tilde B}{t^2 + \alpha^2}, \qquad t = \tfrac{\mu_0}{2}\,e^{-kz}

    Parameters
    ----------
    field_t : array_like
        Map of the upward field in T, shape (rows, columns). Its mean plays no part.
    step_m : float
        Distance of neighbours in m.
    height_m : float
        Height of the map above the sheet in m, 0 or more.
    strength : float
        Strength alpha of the regularisation in T/(A/m), above 0.

    Returns
    -------
    ndarray of float64
        Stream function in A with mean zero, of the shape of `field_t`.

    Raises
    ------
    ParameterError
        When an argument is outside its range, or the array is not two-dimensional.

    References
    ----------
    A. Y. Meltzer, E. Levin and E. Zeldov, Phys. Rev. Applied 8, 064030 (2017), doi:10.1103/PhysRevApplied.8.064030.
    """
    field = _map("field_t", field_t)
    alpha = float(in_range("strength", strength, _WEAKEST, _STRONGEST, unit="T/(A/m)"))
    k = np.hypot(*_wave_numbers(field.shape, step_m))
    transfer = _transfer(k, height_m)
    current = transfer * np.fft.fft2(field) / (transfer**2 + alpha**2)
    current[0, 0], k[0, 0] = 0.0, 1.0
    return np.asarray(np.fft.ifft2(current / k).real)


def strength_for_noise(field_t: ArrayLike, step_m: float, *, height_m: float, noise_t: float) -> float:
    """Strength with which the misfit of `stream_from_field` is as large as the noise: the discrepancy principle.

    Parameters
    ----------
    field_t, step_m, height_m
        As for `stream_from_field`.
    noise_t : float
        Standard deviation of the noise of the map in T, above 0 and below that of the map.

    Returns
    -------
    float
        Strength in T/(A/m).

    Raises
    ------
    ParameterError
        When an argument is outside its range, or the noise is not below the scatter of the map.

    References
    ----------
    V. A. Morozov, Soviet Mathematics Doklady 7, 414 (1966).
    """
    field = _map("field_t", field_t)
    noise = float(in_range("noise_t", noise_t, 1e-18, 1.0, unit="T"))
    k = np.hypot(*_wave_numbers(field.shape, step_m))
    transfer = _transfer(k, height_m)
    power = np.abs(np.fft.fft2(field)) ** 2 / field.size**2
    power[0, 0] = 0.0

    def excess(logarithm: float) -> float:
        kept = np.exp(2.0 * logarithm)
        return float(np.sqrt(np.sum(power * (kept / (transfer**2 + kept)) ** 2))) - noise

    low, high = np.log(_WEAKEST), np.log(_STRONGEST)
    if not excess(low) < 0.0 < excess(high):
        raise ParameterError(
            f"noise_t is {noise:g} T; the map scatters by {float(np.std(field)):g} T, and the noise must lie below that"
        )
    return float(np.exp(brentq(excess, low, high)))


def hiding_sheet(stream_a: ArrayLike, step_m: float, *, distance_m: float) -> Floats:
    """Stream function of an upper sheet that hides a deep one: together they make no field above both.

    Its waves are those of the deep sheet, weakened by e^(-k d) and turned round.

    Parameters
    ----------
    stream_a : array_like
        Stream function of the deep sheet in A, shape (rows, columns).
    step_m : float
        Distance of neighbours in m.
    distance_m : float
        How much deeper the deep sheet lies, in m, 0 or more.

    Returns
    -------
    ndarray of float64
        Stream function of the upper sheet in A.

    Raises
    ------
    ParameterError
        When an argument is outside its range, or the array is not two-dimensional.

    References
    ----------
    Derived from `sheet_field`; that a field outside does not fix a current in space is due to H. von Helmholtz,
    Annalen der Physik 165, 211 (1853), doi:10.1002/andp.18531650603.
    """
    stream = _map("stream_a", stream_a)
    k = np.hypot(*_wave_numbers(stream.shape, step_m))
    distance = float(in_range("distance_m", distance_m, 0.0, 1e3, unit="m"))
    return np.asarray(-np.fft.ifft2(np.exp(-k * distance) * np.fft.fft2(stream)).real)


def _transfer(k: Floats, height_m: float) -> Floats:
    """Field in T of a wave of 1 A/m."""
    height = float(in_range("height_m", height_m, 0.0, 1e3, unit="m"))
    return np.asarray(mu_0 / 2.0 * np.exp(-k * height))


def _wave_numbers(shape: tuple[int, ...], step_m: float) -> tuple[Floats, Floats]:
    """k_x along the columns and k_y along the rows in rad/m, ready to broadcast."""
    step = float(in_range("step_m", step_m, 1e-12, 1e3, unit="m"))
    k_y, k_x = (np.asarray(2.0 * np.pi * np.fft.fftfreq(size, step), dtype=np.float64) for size in shape)
    return k_x[None, :], k_y[:, None]


def _map(name: str, value: ArrayLike) -> Floats:
    array = in_range(name, value, -1e12, 1e12)
    if array.ndim != 2 or min(array.shape) < 2:
        raise ParameterError(f"{name} has the shape {array.shape}; it must be a map of two rows and columns or more")
    return array
