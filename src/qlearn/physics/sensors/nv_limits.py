"""How far an ensemble of NV centres is from what quantum mechanics allows: photons, projection noise, entanglement.

A Ramsey measurement lasts a free time and a dead time, for light and pulses. The fringe decays as exp(-t/T2*).
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from qlearn.physics.arguments import in_range
from qlearn.physics.sensors.nv import GYROMAGNETIC_RATIO_HZ_PER_T, transitions

__all__ = [
    "best_free_time",
    "cross_relaxation_field",
    "heisenberg_sensitivity",
    "photon_sensitivity",
    "projection_sensitivity",
]

_GAMMA_RAD_S_T = 2.0 * np.pi * GYROMAGNETIC_RATIO_HZ_PER_T


def best_free_time(*, coherence_time_s: float, dead_time_s: float) -> float:
    r"""Free time that makes a Ramsey magnetometer most sensitive.

    The zero of the derivative of exp(t/T2*) sqrt(t + t0) / t; T2*/2 without dead time, and T2* with very much of it.

    .. math:: t = \tfrac14\left[T_2^* - 2 t_0 + \sqrt{(T_2^* - 2 t_0)^2 + 16\, t_0 T_2^*}\right]

    Parameters
    ----------
    coherence_time_s : float
        T2* in s.
    dead_time_s : float
        Time t0 lost in each measurement, in s, 0 or more.

    Returns
    -------
    float
        Free time in s.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    J. F. Barry et al., Rev. Mod. Phys. 92, 015004 (2020), doi:10.1103/RevModPhys.92.015004, discuss the dead time;
    the closed form is derived here.

    Examples
    --------
    >>> best_free_time(coherence_time_s=1e-6, dead_time_s=0.0)
    5e-07
    """
    coherence, dead = _time("coherence_time_s", coherence_time_s), _dead(dead_time_s)
    shorter = coherence - 2.0 * dead
    return float((shorter + np.sqrt(shorter**2 + 16.0 * dead * coherence)) / 4.0)


def photon_sensitivity(
    *, fringe_contrast: float, photons: float, free_time_s: float, coherence_time_s: float, dead_time_s: float
) -> float:
    r"""Sensitivity of Ramsey fringes counted as photons, by shot noise.

    The counts of one measurement are n [1 + C exp(-t/T2*) sin(gamma B t)].

    .. math:: \eta = \frac{e^{t/T_2^*}}{\gamma\, C \sqrt n}\,\frac{\sqrt{t + t_0}}{t}

    Parameters
    ----------
    fringe_contrast : float
        Amplitude C of the fringe without decay, as a share of the mean, above 0, at most 1.
    photons : float
        Mean number n of photons counted in one measurement, from all centres.
    free_time_s, coherence_time_s, dead_time_s : float
        t, T2* and t0 in s.

    Returns
    -------
    float
        Sensitivity in T/sqrt(Hz): after a time t the field's standard deviation is this over sqrt(t).

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    J. F. Barry et al., Rev. Mod. Phys. 92, 015004 (2020), doi:10.1103/RevModPhys.92.015004.
    """
    contrast = float(in_range("fringe_contrast", fringe_contrast, 1e-9, 1.0))
    counted = float(in_range("photons", photons, 1e-9, 1e25))
    return _per_root_hertz(1.0 / (contrast * np.sqrt(counted)), free_time_s, coherence_time_s, dead_time_s)


def projection_sensitivity(*, spins: float, free_time_s: float, coherence_time_s: float, dead_time_s: float) -> float:
    """Sensitivity of independent spins that are each read perfectly: the projection-noise limit, phase error 1/sqrt(N).

    Parameters
    ----------
    spins : float
        Number N of spins, 1 or more.
    free_time_s, coherence_time_s, dead_time_s : float
        Free time, T2* and dead time in s.

    Returns
    -------
    float
        Sensitivity in T/sqrt(Hz).

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    W. M. Itano et al., Phys. Rev. A 47, 3554 (1993), doi:10.1103/PhysRevA.47.3554.
    """
    number = float(in_range("spins", spins, 1.0, 1e25))
    return _per_root_hertz(1.0 / np.sqrt(number), free_time_s, coherence_time_s, dead_time_s)


def heisenberg_sensitivity(*, spins: float, free_time_s: float, dead_time_s: float) -> float:
    """Sensitivity of fully entangled spins that never lose their phase: phase error 1/N. No sensor reaches it.

    An entangled state of N spins loses its phase N times as fast as one spin, so that with decay little of the gain is
    left: B. M. Escher et al., Nature Physics 7, 406 (2011), doi:10.1038/nphys1958.

    Parameters
    ----------
    spins : float
        Number N of spins, 1 or more.
    free_time_s, dead_time_s : float
        Free time and dead time in s.

    Returns
    -------
    float
        Sensitivity in T/sqrt(Hz).

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    V. Giovannetti, S. Lloyd and L. Maccone, Science 306, 1330 (2004), doi:10.1126/science.1104149.
    """
    number = float(in_range("spins", spins, 1.0, 1e25))
    return _per_root_hertz(1.0 / number, free_time_s, np.inf, dead_time_s)


def cross_relaxation_field(*, partner_hz_per_t: float = GYROMAGNETIC_RATIO_HZ_PER_T) -> float:
    """Field along the axis at which the centre's lower line meets that of a spin one half nearby, by root finding.

    There the two exchange energy, and the glow changes without any microwaves. Without the nuclei it is D / 2 gamma
    for a partner with the electron's g factor, such as a single nitrogen atom (P1).

    Parameters
    ----------
    partner_hz_per_t : float
        Line of the partner for each tesla, in Hz/T, above 0.

    Returns
    -------
    float
        Field in T.

    Raises
    ------
    ParameterError
        When the ratio is outside its range.

    References
    ----------
    X. Zhang et al., Applied Sciences 11, 3069 (2021), doi:10.3390/app11073069: 51.2 mT.

    Examples
    --------
    >>> round(cross_relaxation_field() * 1e3, 1)
    51.2
    """
    ratio = float(in_range("partner_hz_per_t", partner_hz_per_t, 1e9, 1e12, unit="Hz/T"))
    return float(brentq(lambda field: transitions([0.0, 0.0, field]).lower_hz - ratio * field, 0.0, 0.1))


def _per_root_hertz(phase_error: float, free_time_s: float, coherence_time_s: float, dead_time_s: float) -> float:
    free, dead = _time("free_time_s", free_time_s), _dead(dead_time_s)
    decay = 1.0 if np.isinf(coherence_time_s) else np.exp(free / _time("coherence_time_s", coherence_time_s))
    return float(decay * phase_error * np.sqrt(free + dead) / (_GAMMA_RAD_S_T * free))


def _time(name: str, value: float) -> float:
    return float(in_range(name, value, 1e-12, 1e6, unit="s"))


def _dead(dead_time_s: float) -> float:
    return float(in_range("dead_time_s", dead_time_s, 0.0, 1e6, unit="s"))
