"""The nitrogen-vacancy centre of diamond: its levels in a magnetic field, and the spectrum its light shows.

Energies are frequencies in Hz, fields in tesla. A centre's own frame has z along the axis from nitrogen to vacancy.
The electron's spin 1 stands alone: the nitrogen nucleus, which splits every line in three lines 2.2 MHz apart (14N),
is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range, probability

__all__ = [
    "AXES",
    "GYROMAGNETIC_RATIO_HZ_PER_T",
    "TEMPERATURE_COEFFICIENT_HZ_PER_K",
    "ZERO_FIELD_SPLITTING_HZ",
    "Transitions",
    "field_vector",
    "fields_of_orientations",
    "hamiltonian",
    "odmr_spectrum",
    "second_order_frequencies",
    "secular_frequencies",
    "transitions",
    "zero_field_splitting",
]

ZERO_FIELD_SPLITTING_HZ = 2.87e9  # D at room temperature
GYROMAGNETIC_RATIO_HZ_PER_T = 28.024e9  # g mu_B / h of the electron's spin
TEMPERATURE_COEFFICIENT_HZ_PER_K = -74.2e3  # dD/dT around room temperature

# The four directions a bond of diamond can have, <111>, in a crystal turned so that the first is z. A centre whose
# nitrogen and vacancy change places has the same spectrum, so a line stands for both directions along it.
AXES: NDArray[np.float64] = np.array(
    [[0.0, 0.0, 1.0]]
    + [
        [np.sqrt(8.0) / 3.0 * np.cos(turn), np.sqrt(8.0) / 3.0 * np.sin(turn), -1.0 / 3.0]
        for turn in (0.0, 2.0 * np.pi / 3.0, 4.0 * np.pi / 3.0)
    ]
)
AXES.flags.writeable = False

_MOST_FIELD_T = 100.0
_SX, _SY, _SZ = (qutip.jmat(1, axis) for axis in "xyz")
_ZERO = 1  # place of m = 0 in QuTiP's order m = 1, 0, -1


@dataclass(frozen=True)
class Transitions:
    """The two microwave lines of a centre.

    Attributes
    ----------
    lower_hz, upper_hz : float
        Their frequencies, lower first.
    lower_weight, upper_weight : float
        Share of the m = 0 population that a line moves away, 1 in a field along the axis: the dip's depth follows it,
        because m = 0 is what the laser prepares and what shines brightest.
    """

    lower_hz: float
    upper_hz: float
    lower_weight: float
    upper_weight: float

    @property
    def splitting_hz(self) -> float:
        """Distance of the two lines."""
        return self.upper_hz - self.lower_hz


def field_vector(magnitude_t: float, *, polar_angle_rad: float, azimuth_rad: float = 0.0) -> NDArray[np.float64]:
    """Vector of a field given by length and direction.

    Parameters
    ----------
    magnitude_t : float
        Length in T, 0 to 100.
    polar_angle_rad : float
        Angle to the axis z in rad, 0 to pi.
    azimuth_rad : float
        Angle around z from x in rad.

    Returns
    -------
    ndarray of float64
        Components along x, y, z in T, shape (3,).

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> field_vector(1e-3, polar_angle_rad=0.0).tolist()
    [0.0, 0.0, 0.001]
    """
    size = float(in_range("magnitude_t", magnitude_t, 0.0, _MOST_FIELD_T, unit="T"))
    polar = float(in_range("polar_angle_rad", polar_angle_rad, 0.0, np.pi, unit="rad"))
    azimuth = float(in_range("azimuth_rad", azimuth_rad, -4.0 * np.pi, 4.0 * np.pi, unit="rad"))
    return size * np.array([np.sin(polar) * np.cos(azimuth), np.sin(polar) * np.sin(azimuth), np.cos(polar)])


def zero_field_splitting(temperature_shift_k: float = 0.0) -> float:
    """Splitting D between m = 0 and m = +-1 without a field, near room temperature.

    Parameters
    ----------
    temperature_shift_k : float
        Temperature above that where D is 2.87 GHz, in K, -20 to 30: the linear law was
        measured from 280 to 330 K.

    Returns
    -------
    float
        D in Hz; it falls by 74.2 kHz for every kelvin.

    Raises
    ------
    ParameterError
        When the temperature is outside its range.

    References
    ----------
    V. M. Acosta et al., Phys. Rev. Lett. 104, 070801 (2010), doi:10.1103/PhysRevLett.104.070801.

    Examples
    --------
    >>> zero_field_splitting(1.0)
    2869925800.0
    """
    shift = float(in_range("temperature_shift_k", temperature_shift_k, -20.0, 30.0, unit="K"))
    return ZERO_FIELD_SPLITTING_HZ + TEMPERATURE_COEFFICIENT_HZ_PER_K * shift


def hamiltonian(
    field_t: ArrayLike, *, zero_field_splitting_hz: float = ZERO_FIELD_SPLITTING_HZ, strain_hz: float = 0.0
) -> qutip.Qobj:
    r"""Energy of the ground state's spin 1 over Planck's constant.

    .. math:: H/h = D\,S_z^2 + \gamma\,\vec B\cdot\vec S + E\,(S_x^2 - S_y^2)

    Parameters
    ----------
    field_t : array_like
        Magnetic field in the centre's frame in T, shape (3,).
    zero_field_splitting_hz : float
        D in Hz.
    strain_hz : float
        E in Hz, from strain or an electric field across the axis.

    Returns
    -------
    qutip.Qobj
        Operator in Hz, shape (3, 3), in the order m = 1, 0, -1.

    Raises
    ------
    ParameterError
        When the field is no vector of three, or an argument is outside its range.

    References
    ----------
    M. W. Doherty et al., Physics Reports 528, 1 (2013), doi:10.1016/j.physrep.2013.02.001.
    """
    b_x, b_y, b_z = (GYROMAGNETIC_RATIO_HZ_PER_T * component for component in _vector(field_t))
    d = float(in_range("zero_field_splitting_hz", zero_field_splitting_hz, 1.0, 1e12, unit="Hz"))
    e = float(in_range("strain_hz", strain_hz, -1e11, 1e11, unit="Hz"))
    return d * _SZ * _SZ + b_x * _SX + b_y * _SY + b_z * _SZ + e * (_SX * _SX - _SY * _SY)


def transitions(
    field_t: ArrayLike, *, zero_field_splitting_hz: float = ZERO_FIELD_SPLITTING_HZ, strain_hz: float = 0.0
) -> Transitions:
    """Frequencies and weights of the two microwave lines, by diagonalisation.

    Both start from the level that is most like m = 0. A weight is the m = 0 share of that level less that of the level
    where the line ends: microwaves that even out the two change the fluorescence by as much.

    Parameters
    ----------
    field_t : array_like
        Magnetic field in the centre's frame in T, shape (3,).
    zero_field_splitting_hz : float
        D in Hz.
    strain_hz : float
        E in Hz.

    Returns
    -------
    Transitions
        In Hz; the lower line touches zero where m = 0 and m = -1 cross, at 102.4 mT along the axis.

    Raises
    ------
    ParameterError
        When an argument is refused by `hamiltonian`.

    References
    ----------
    M. W. Doherty et al., Physics Reports 528, 1 (2013), doi:10.1016/j.physrep.2013.02.001.

    Examples
    --------
    >>> lines = transitions([0.0, 0.0, 1e-3])
    >>> round(lines.lower_hz / 1e6, 3), round(lines.upper_hz / 1e6, 3)
    (2841.976, 2898.024)
    """
    energy = hamiltonian(field_t, zero_field_splitting_hz=zero_field_splitting_hz, strain_hz=strain_hz)
    # in units of D, or the solver's tolerance for hermitian matrices meets numbers of a thousand million
    values, states = (energy / zero_field_splitting_hz).eigenstates()
    shares = np.array([abs(state.full()[_ZERO, 0]) ** 2 for state in states])
    bright = int(np.argmax(shares))
    lines = sorted(
        (float(abs(values[k] - values[bright])) * zero_field_splitting_hz, float(shares[bright] - shares[k]))
        for k in range(3)
        if k != bright
    )
    (lower, lower_weight), (upper, upper_weight) = lines
    return Transitions(lower, upper, lower_weight, upper_weight)


def secular_frequencies(field_t: ArrayLike) -> NDArray[np.float64]:
    r"""The two lines when only the field along the axis counts: D - gamma |B_z| and D + gamma |B_z|.

    Parameters
    ----------
    field_t : array_like
        Magnetic field in the centre's frame in T, shape (3,).

    Returns
    -------
    ndarray of float64
        Lower and upper line in Hz, shape (2,); right where the field across the axis is small against 100 mT.

    Raises
    ------
    ParameterError
        When the field is no vector of three.

    References
    ----------
    M. W. Doherty et al., Physics Reports 528, 1 (2013), doi:10.1016/j.physrep.2013.02.001.
    """
    shift = GYROMAGNETIC_RATIO_HZ_PER_T * abs(_vector(field_t)[2])
    return np.array([ZERO_FIELD_SPLITTING_HZ - shift, ZERO_FIELD_SPLITTING_HZ + shift])


def second_order_frequencies(field_t: ArrayLike) -> NDArray[np.float64]:
    r"""The two lines with the field across the axis as a small disturbance, to second order.

    With b_z = gamma |B_z| and b = gamma times the field across the axis:

    .. math::
        f_\pm = D \pm b_z + \frac{b^2}{2}\left[\frac{1}{D \pm b_z} + \frac{1}{D + b_z} + \frac{1}{D - b_z}\right]

    Parameters
    ----------
    field_t : array_like
        Magnetic field in the centre's frame in T, shape (3,).

    Returns
    -------
    ndarray of float64
        Lower and upper line in Hz, shape (2,); right where b is small against D and b^2/D small against b_z.

    Raises
    ------
    ParameterError
        When the field is no vector of three, or lies along the axis at the level crossing or beyond.

    References
    ----------
    Derived here by perturbation of `hamiltonian` and checked against its levels.
    """
    x, y, z = _vector(field_t)
    axial, across = (GYROMAGNETIC_RATIO_HZ_PER_T * part for part in (abs(z), float(np.hypot(x, y))))
    d = ZERO_FIELD_SPLITTING_HZ
    if axial >= d:
        raise ParameterError(
            f"field_t is {abs(z):g} T along the axis; the formula holds below the crossing at 0.1024 T"
        )
    both = 1.0 / (d + axial) + 1.0 / (d - axial)
    return np.array([d + sign * axial + across**2 / 2.0 * (1.0 / (d + sign * axial) + both) for sign in (-1.0, 1.0)])


def fields_of_orientations(field_t: ArrayLike) -> NDArray[np.float64]:
    """One field, seen in the own frame of each of a crystal's four kinds of centre.

    Parameters
    ----------
    field_t : array_like
        Magnetic field in T, shape (3,), in the frame of `AXES`, whose z is the first kind's axis.

    Returns
    -------
    ndarray of float64
        Across the axis, 0, along the axis, in T, shape (4, 3): without strain the direction across does not matter.

    Raises
    ------
    ParameterError
        When the field is no vector of three.

    References
    ----------
    M. W. Doherty et al., Physics Reports 528, 1 (2013), doi:10.1016/j.physrep.2013.02.001.
    """
    field = _vector(field_t)
    along = AXES @ field
    # the cross product keeps the digits where the field is nearly along an axis
    across = np.linalg.norm(np.cross(AXES, field), axis=1)
    return np.column_stack([across, np.zeros(4), along])


def odmr_spectrum(
    frequency_hz: ArrayLike, centres: Sequence[Transitions], *, linewidth_hz: float, contrast: float
) -> NDArray[np.float64]:
    r"""Fluorescence against microwave frequency, relative to that without microwaves: one Lorentzian dip a line.

    .. math:: F(f) = 1 - \frac{C}{N} \sum_{\text{centres}} \sum_{\text{lines}} \frac{w}{1 + [2 (f - f_0)/\Delta\nu]^2}

    Every kind of centre gives an equal part of the light. Dips that overlap add, which holds for weak microwaves.

    Parameters
    ----------
    frequency_hz : array_like
        Microwave frequencies f in Hz, any shape.
    centres : sequence of Transitions
        The N kinds of centre, one or more.
    linewidth_hz : float
        Full width of a dip at half depth, in Hz, above 0.
    contrast : float
        Depth C of one line of a single kind in a field along its axis, 0 to 1.

    Returns
    -------
    ndarray of float64
        Relative fluorescence, at most 1, the shape of `frequency_hz`.

    Raises
    ------
    ParameterError
        When an argument is outside its range or there is no centre.

    References
    ----------
    A. Dréau et al., Phys. Rev. B 84, 195204 (2011), doi:10.1103/PhysRevB.84.195204. In a field of several mT across the
    axis the laser prepares m = 0 less well, and dips fade faster than these weights: J.-P. Tetienne et al., New Journal
    of Physics 14, 103033 (2012), doi:10.1088/1367-2630/14/10/103033.
    """
    frequency = in_range("frequency_hz", frequency_hz, 0.0, 1e12, unit="Hz")
    width = float(in_range("linewidth_hz", linewidth_hz, 1.0, 1e10, unit="Hz"))
    depth = float(probability("contrast", contrast))
    if not centres:
        raise ParameterError("centres is empty; give the transitions of at least one kind of centre")
    dips = np.zeros_like(frequency)
    for centre in centres:
        for line, weight in ((centre.lower_hz, centre.lower_weight), (centre.upper_hz, centre.upper_weight)):
            dips = dips + weight / (1.0 + (2.0 * (frequency - line) / width) ** 2)
    return 1.0 - depth / len(centres) * dips


def _vector(field_t: ArrayLike) -> NDArray[np.float64]:
    field = in_range("field_t", field_t, -_MOST_FIELD_T, _MOST_FIELD_T, unit="T")
    if field.shape != (3,):
        raise ParameterError(f"field_t has the shape {field.shape}; it must be a vector of three components in T")
    return field
