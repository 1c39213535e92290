"""States of polarised photons and qubits, and the conventions every module keeps.

Qubit 0 is the leftmost factor of a tensor product. Kets and density operators are `qutip.Qobj` at the public edge.
A photon polarised at angle a from the horizontal is cos(a)|0> + sin(a)|1>: H = |0>, V = |1>, D = +45 degrees,
A = -45 degrees. On the Bloch sphere |0> is the north pole, (|0> + |1>)/sqrt(2) lies on x, (|0> + i|1>)/sqrt(2) on y.
"""

from __future__ import annotations

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range, number

__all__ = ["bloch_vector", "density_operator", "ket_from_angles", "polarisation", "purity", "relative_phase"]

# rounding in a long product of gates stays far below this
_TOLERANCE = 1e-9


def polarisation(angle_deg: float) -> qutip.Qobj:
    r"""Ket of a photon polarised at an angle from the horizontal.

    .. math:: |\theta\rangle = \cos\theta\,|H\rangle + \sin\theta\,|V\rangle

    Parameters
    ----------
    angle_deg : float
        Angle from the horizontal in degrees, -360 to 360; 90 is vertical.

    Returns
    -------
    qutip.Qobj
        Normalised ket, shape (2, 1).

    Raises
    ------
    ParameterError
        When the angle is not a finite number in range.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 1.5.3,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> round(abs(polarisation(0).overlap(polarisation(45))) ** 2, 3)
    0.5
    """
    angle = np.deg2rad(number("angle_deg", angle_deg, -360.0, 360.0, unit="degrees"))
    return (np.cos(angle) * qutip.basis(2, 0) + np.sin(angle) * qutip.basis(2, 1)).unit()


def ket_from_angles(theta_rad: float, phi_rad: float = 0.0) -> qutip.Qobj:
    r"""Ket of the qubit state at a place on the Bloch sphere.

    .. math:: |\psi\rangle = \cos\tfrac{\theta}{2}\,|0\rangle + e^{i\varphi}\sin\tfrac{\theta}{2}\,|1\rangle

    The angle between two vectors on the sphere is twice the angle between the kets: opposite poles are orthogonal.

    Parameters
    ----------
    theta_rad : float
        Angle from the north pole |0> in radians, 0 to pi.
    phi_rad : float
        Angle from the x axis about z, and phase of |1> relative to |0>, in radians, -2 pi to 2 pi.

    Returns
    -------
    qutip.Qobj
        Normalised ket, shape (2, 1), the amplitude of |0> real.

    Raises
    ------
    ParameterError
        When an angle is not a finite number in range.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 1.2,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> bloch_vector(ket_from_angles(np.pi / 2, np.pi / 2)).round(6)
    array([0., 1., 0.])
    """
    theta = number("theta_rad", theta_rad, 0.0, np.pi, unit="rad")
    phi = number("phi_rad", phi_rad, -2.0 * np.pi, 2.0 * np.pi, unit="rad")
    return np.cos(theta / 2) * qutip.basis(2, 0) + np.exp(1j * phi) * np.sin(theta / 2) * qutip.basis(2, 1)


def density_operator(vector: ArrayLike) -> qutip.Qobj:
    r"""Density operator of a Bloch vector, :math:`\rho = \tfrac12(1 + \mathbf r\cdot\boldsymbol\sigma)`.

    Parameters
    ----------
    vector : array_like
        Bloch vector r, shape (3,), at most one long; length one is a pure state, zero the evenly mixed one.

    Returns
    -------
    qutip.Qobj
        Density operator, shape (2, 2).

    Raises
    ------
    ParameterError
        When the vector has not three real components or is longer than one.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), exercise 2.72,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> round(purity(density_operator([0, 0, 0])), 12)
    0.5
    """
    r = in_range("vector", vector, -np.inf, np.inf)
    if r.shape != (3,):
        raise ParameterError(f"vector has shape {r.shape}; a Bloch vector has three components, shape (3,)")
    length = float(np.linalg.norm(r))
    if length > 1.0 + _TOLERANCE:
        raise ParameterError(f"vector is {length:g} long; a state's Bloch vector is at most 1 long")
    return (qutip.qeye(2) + r[0] * qutip.sigmax() + r[1] * qutip.sigmay() + r[2] * qutip.sigmaz()) / 2


def bloch_vector(state: qutip.Qobj) -> NDArray[np.float64]:
    r"""Bloch vector of a qubit, the expectation values of the three Pauli operators.

    .. math:: \mathbf r = (\langle\sigma_x\rangle, \langle\sigma_y\rangle, \langle\sigma_z\rangle)

    A global phase of the ket drops out: :math:`e^{i\alpha}|\psi\rangle` has the same vector.

    Parameters
    ----------
    state : qutip.Qobj
        Normalised ket, shape (2, 1), or density operator, shape (2, 2).

    Returns
    -------
    ndarray of float64
        Components x, y, z; shape (3,), length at most one.

    Raises
    ------
    ParameterError
        When `state` is no normalised ket or density operator of one qubit.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 1.2 and exercise 2.72,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> bloch_vector(-1j * ket_from_angles(np.pi / 2)).round(6)
    array([1., 0., 0.])
    """
    rho = _density_matrix(state)
    return np.array([2.0 * rho[1, 0].real, 2.0 * rho[1, 0].imag, (rho[0, 0] - rho[1, 1]).real])


def purity(state: qutip.Qobj) -> float:
    r"""Purity of a qubit, :math:`\mathrm{Tr}\,\rho^2 = (1 + |\mathbf r|^2)/2`.

    Parameters
    ----------
    state : qutip.Qobj
        Normalised ket, shape (2, 1), or density operator, shape (2, 2).

    Returns
    -------
    float
        1 for a pure state, down to one half for the evenly mixed one.

    Raises
    ------
    ParameterError
        When `state` is no normalised ket or density operator of one qubit.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 2.4,
    doi:10.1017/CBO9780511976667.
    """
    rho = _density_matrix(state)
    return float(np.trace(rho @ rho).real)


def relative_phase(ket: qutip.Qobj) -> float:
    r"""Phase of the amplitude of |1> relative to that of |0>, which no global phase changes.

    Parameters
    ----------
    ket : qutip.Qobj
        Normalised ket, shape (2, 1).

    Returns
    -------
    float
        Radians, above -pi and up to pi; NaN when one amplitude is zero and there is nothing to compare.

    Raises
    ------
    ParameterError
        When `ket` is no normalised ket of one qubit.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 2.2.7,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> round(relative_phase(1j * ket_from_angles(1.0, 0.5)), 12)
    0.5
    """
    if not isinstance(ket, qutip.Qobj) or not ket.isket:
        raise ParameterError(f"ket is {_named(ket)}; a relative phase needs the ket of one qubit, shape (2, 1)")
    zero, one = _checked_ket(ket)
    if min(abs(zero), abs(one)) < _TOLERANCE:
        return float("nan")
    return float(np.angle(one * zero.conj()))


def _density_matrix(state: object) -> NDArray[np.complex128]:
    if isinstance(state, qutip.Qobj) and state.isket:
        ket = _checked_ket(state)
        return np.outer(ket, ket.conj())
    if not isinstance(state, qutip.Qobj) or state.shape != (2, 2):
        raise ParameterError(f"state is {_named(state)}; it must be a ket (2, 1) or a density operator (2, 2) of QuTiP")
    rho: NDArray[np.complex128] = state.full()
    if not np.allclose(rho, rho.conj().T, atol=_TOLERANCE) or not abs(np.trace(rho) - 1.0) <= _TOLERANCE:
        raise ParameterError("state is no density operator; it must be Hermitian and have trace 1")
    if np.linalg.eigvalsh(rho).min() < -_TOLERANCE:
        raise ParameterError("state is no density operator; none of its eigenvalues may be negative")
    return rho


def _checked_ket(ket: qutip.Qobj) -> NDArray[np.complex128]:
    if ket.shape != (2, 1):
        raise ParameterError(f"state is {_named(ket)}; a qubit's ket has shape (2, 1)")
    amplitudes: NDArray[np.complex128] = ket.full().ravel()
    norm = float(np.linalg.norm(amplitudes))
    if not abs(norm - 1.0) <= _TOLERANCE:  # true for NaN, too
        raise ParameterError(f"state has norm {norm:g}; normalise it to 1 with .unit()")
    return amplitudes


def _named(value: object) -> str:
    return f"a Qobj of shape {value.shape}" if isinstance(value, qutip.Qobj) else f"a {type(value).__name__}"
