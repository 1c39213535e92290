"""The Lindblad equation of a driven qubit, as QuTiP operators and, equally, as Bloch's linear equations."""

from __future__ import annotations

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range, number
from qlearn.physics.dynamics.relaxation import decay_rate

__all__ = ["bloch_generator", "collapse_operators", "hamiltonian", "propagator"]

# the exponential series of a matrix smaller than a half: the terms left out add less than 1e-18
_SMALL = 0.5
_ORDERS = 14


def hamiltonian(rabi_rad_s: float, *, detuning_rad_s: float = 0.0, phase_rad: float = 0.0) -> qutip.Qobj:
    r"""Hamiltonian of a driven qubit in the frame of the drive, over :math:`\hbar`.

    .. math:: H/\hbar = \tfrac12(\Delta\,\sigma_z + \Omega\cos\varphi\,\sigma_x + \Omega\sin\varphi\,\sigma_y)

    Parameters
    ----------
    rabi_rad_s : float
        Rabi frequency Omega in rad/s, 0 or more.
    detuning_rad_s : float
        Detuning Delta, drive minus qubit, in rad/s.
    phase_rad : float
        Phase phi of the drive in radians: 0 turns about x, pi/2 about y.

    Returns
    -------
    qutip.Qobj
        Hermitian operator in rad/s, shape (2, 2).

    Raises
    ------
    ParameterError
        When an argument is not finite or Omega is negative.

    References
    ----------
    P. Krantz et al., Appl. Phys. Rev. 6, 021318 (2019), doi:10.1063/1.5089550.
    """
    omega = number("rabi_rad_s", rabi_rad_s, 0.0, np.inf, unit="rad/s")
    delta = number("detuning_rad_s", detuning_rad_s, -np.inf, np.inf, unit="rad/s")
    phi = number("phase_rad", phase_rad, -np.inf, np.inf, unit="rad")
    drive = omega * (np.cos(phi) * qutip.sigmax() + np.sin(phi) * qutip.sigmay())
    return (delta * qutip.sigmaz() + drive) / 2.0


def collapse_operators(*, t1_s: float = np.inf, t_phi_s: float = np.inf) -> list[qutip.Qobj]:
    r"""Collapse operators of relaxation to |0> and of pure dephasing.

    .. math:: C_1 = \sqrt{1/T_1}\;|0\rangle\langle1|, \qquad C_\varphi = \sqrt{1/(2T_\varphi)}\;\sigma_z

    The two stands under the root of the second: with it the coherence falls as exp(-t/T_phi).

    Parameters
    ----------
    t1_s : float
        Relaxation time T1 in seconds, above 0, or infinite.
    t_phi_s : float
        Pure dephasing time T_phi in seconds, above 0, or infinite.

    Returns
    -------
    list of qutip.Qobj
        For `qutip.mesolve`; those of infinite times are left out.

    Raises
    ------
    ParameterError
        When a time is not above 0.

    References
    ----------
    G. Lindblad, Commun. Math. Phys. 48, 119 (1976), doi:10.1007/BF01608499; the times, P. Krantz et al., Appl. Phys.
    Rev. 6, 021318 (2019), doi:10.1063/1.5089550.
    """
    lowering = qutip.basis(2, 0) * qutip.basis(2, 1).dag()
    relaxation, dephasing = _rate("t1_s", t1_s), _rate("t_phi_s", t_phi_s)
    operators = [(relaxation, lowering), (dephasing / 2.0, qutip.sigmaz())]
    return [np.sqrt(rate) * operator for rate, operator in operators if rate > 0.0]


def bloch_generator(
    rabi_rad_s: float,
    *,
    detuning_rad_s: ArrayLike = 0.0,
    phase_rad: float = 0.0,
    t1_s: float = np.inf,
    t_phi_s: float = np.inf,
) -> NDArray[np.float64]:
    r"""Matrix of Bloch's equations, :math:`\frac{d}{dt}(x, y, z, 1)^T = G\,(x, y, z, 1)^T`.

    It is the Lindblad equation of `hamiltonian` and `collapse_operators` in the Pauli basis; the fourth component,
    which stays 1, carries the relaxation towards |0>.

    Parameters
    ----------
    rabi_rad_s, phase_rad : float
        Strength (rad/s, 0 or more) and phase (radians) of the drive.
    detuning_rad_s : array_like
        Detuning in rad/s, any shape: one matrix for each.
    t1_s, t_phi_s : float
        Relaxation and pure dephasing times in seconds, above 0, or infinite.

    Returns
    -------
    ndarray of float64
        Shape (..., 4, 4), in 1/s.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    F. Bloch, Phys. Rev. 70, 460 (1946), doi:10.1103/PhysRev.70.460.
    """
    omega = number("rabi_rad_s", rabi_rad_s, 0.0, np.inf, unit="rad/s")
    delta = in_range("detuning_rad_s", detuning_rad_s, -np.inf, np.inf, unit="rad/s")
    phi = number("phase_rad", phase_rad, -np.inf, np.inf, unit="rad")
    along_x, along_y = omega * np.cos(phi), omega * np.sin(phi)
    relaxation = _rate("t1_s", t1_s)
    transverse = relaxation / 2.0 + _rate("t_phi_s", t_phi_s)
    generator = np.zeros((*delta.shape, 4, 4))
    generator[..., 0, 1], generator[..., 1, 0] = -delta, delta
    generator[..., 0, 2], generator[..., 2, 0] = along_y, -along_y
    generator[..., 1, 2], generator[..., 2, 1] = -along_x, along_x
    generator[..., 0, 0] = generator[..., 1, 1] = -transverse
    generator[..., 2, 2], generator[..., 2, 3] = -relaxation, relaxation
    return generator


def propagator(duration_s: ArrayLike, generator: NDArray[np.float64]) -> NDArray[np.float64]:
    """Matrices that take (x, y, z, 1) through times of constant drive, exactly: exp(G t).

    Parameters
    ----------
    duration_s : array_like
        Times in seconds, 0 or more, of a shape that goes with the generators' leading one.
    generator : ndarray of float64
        As `bloch_generator` gives it, shape (..., 4, 4), in 1/s.

    Returns
    -------
    ndarray of float64
        Shape (..., 4, 4).

    Raises
    ------
    ParameterError
        When a duration is negative, or anything is not finite.

    References
    ----------
    F. Bloch, Phys. Rev. 70, 460 (1946), doi:10.1103/PhysRev.70.460.

    Examples
    --------
    >>> half_turn = propagator(0.5e-6, bloch_generator(2e6 * np.pi))
    >>> (half_turn @ [0, 0, 1, 1]).round(9) + 0.0
    array([ 0.,  0., -1.,  1.])
    """
    duration = in_range("duration_s", duration_s, 0.0, np.inf, unit="s")
    generator = in_range("generator", generator, -np.inf, np.inf, unit="1/s")
    if generator.shape[-2:] != (4, 4):
        raise ParameterError(
            f"generator has shape {generator.shape}; it must be (..., 4, 4), as bloch_generator gives it"
        )
    # scipy's expm takes one matrix at a time, a hundred times slower for the many small ones of an ensemble
    exponent = duration[..., None, None] * generator
    size = float(np.abs(exponent).sum(axis=-1).max(initial=0.0))
    squarings = max(0, int(np.ceil(np.log2(max(size, 1e-300) / _SMALL))))
    exponent = exponent / 2.0**squarings
    step = np.broadcast_to(np.eye(4), exponent.shape)
    for order in range(_ORDERS, 0, -1):
        step = np.eye(4) + exponent @ step / order
    for _ in range(squarings):
        step = step @ step
    return step


def _rate(name: str, time_constant_s: float) -> float:
    rate = decay_rate(name, time_constant_s)
    if np.ndim(rate):
        raise ParameterError(f"{name} has shape {np.shape(rate)}; it must be one time in seconds")
    return float(rate)
