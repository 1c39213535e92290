"""Gates on one qubit: the named ones, rotations by any angle, and a gate's axis, angle and global phase."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import qutip
from numpy.typing import NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import number

__all__ = ["GATE_NAMES", "Rotation", "gate", "global_phase", "rotation", "rotation_of"]

GATE_NAMES = ("X", "Y", "Z", "H", "S", "T")

_AXES = ("x", "y", "z")
_MOST_TURN = 4.0 * np.pi
_ROUNDING = 1e-12


class Rotation(NamedTuple):
    """A gate taken apart: a global phase and a turn of the Bloch sphere.

    Attributes
    ----------
    axis : ndarray of float64
        Unit vector of the turn, shape (3,).
    angle_rad : float
        Angle of the turn, right-handed about the axis, 0 to pi.
    phase_rad : float
        Global phase, above -pi and up to pi.
    """

    axis: NDArray[np.float64]
    angle_rad: float
    phase_rad: float


def gate(name: str) -> qutip.Qobj:
    """Operator of a named gate: X, Y, Z, H, S (a quarter turn about z) or T (an eighth).

    Parameters
    ----------
    name : str
        One of `GATE_NAMES`.

    Returns
    -------
    qutip.Qobj
        Unitary operator, shape (2, 2).

    Raises
    ------
    ParameterError
        When there is no gate of this name.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 4.2,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> bool(abs((gate("T") ** 2 - gate("S")).norm()) < 1e-12)
    True
    """
    makers = {
        "X": qutip.sigmax,
        "Y": qutip.sigmay,
        "Z": qutip.sigmaz,
        "H": qutip.gates.snot,
        "S": qutip.gates.s_gate,
        "T": qutip.gates.t_gate,
    }
    if not isinstance(name, str) or name not in makers:
        raise ParameterError(f"name is {name!r}; the gates are {', '.join(GATE_NAMES)}")
    return makers[name]()


def rotation(axis: str, angle_rad: float) -> qutip.Qobj:
    r"""Rotation of the Bloch sphere about a coordinate axis, :math:`R_n(\theta) = e^{-i\theta\sigma_n/2}`.

    Parameters
    ----------
    axis : str
        "x", "y" or "z".
    angle_rad : float
        Angle in radians, right-handed about the axis, -4 pi to 4 pi. After 2 pi the Bloch vector is back, the ket is
        multiplied by -1.

    Returns
    -------
    qutip.Qobj
        Unitary operator of determinant 1, shape (2, 2).

    Raises
    ------
    ParameterError
        When the axis is unknown or the angle out of range.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), equations 4.4 to 4.6,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> bool(np.allclose(rotation("z", 2 * np.pi).full(), -np.eye(2)))
    True
    """
    if not isinstance(axis, str) or axis not in _AXES:
        raise ParameterError(f"axis is {axis!r}; it must be x, y or z")
    angle = number("angle_rad", angle_rad, -_MOST_TURN, _MOST_TURN, unit="rad")
    makers = {"x": qutip.gates.rx, "y": qutip.gates.ry, "z": qutip.gates.rz}
    return makers[axis](angle)


def global_phase(angle_rad: float) -> qutip.Qobj:
    r"""The gate that multiplies every amplitude by :math:`e^{i\alpha}`; no measurement can tell that it was applied.

    Parameters
    ----------
    angle_rad : float
        Phase in radians, -4 pi to 4 pi.

    Returns
    -------
    qutip.Qobj
        Unitary operator, shape (2, 2).

    Raises
    ------
    ParameterError
        When the angle is out of range.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 2.2.7,
    doi:10.1017/CBO9780511976667.
    """
    return qutip.gates.globalphase(number("angle_rad", angle_rad, -_MOST_TURN, _MOST_TURN, unit="rad"))


def rotation_of(unitary: qutip.Qobj) -> Rotation:
    r"""Axis, angle and global phase of a gate, :math:`U = e^{i\alpha} e^{-i\theta\,\mathbf n\cdot\boldsymbol\sigma/2}`.

    The pair (n, theta) and the pair (-n, -theta) are the same turn; theta from 0 to pi makes the choice.

    Parameters
    ----------
    unitary : qutip.Qobj
        Unitary operator, shape (2, 2).

    Returns
    -------
    Rotation
        The axis is z when the angle is zero.

    Raises
    ------
    ParameterError
        When `unitary` is no unitary operator of one qubit.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), exercise 4.8,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> axis, angle_rad, phase_rad = rotation_of(gate("S"))
    >>> axis.round(6), round(angle_rad / np.pi, 6), round(phase_rad / np.pi, 6)
    (array([0., 0., 1.]), 0.5, 0.25)
    """
    if not isinstance(unitary, qutip.Qobj) or unitary.shape != (2, 2):
        raise ParameterError("unitary must be a QuTiP operator of shape (2, 2)")
    matrix = unitary.full()
    if not np.allclose(matrix @ matrix.conj().T, np.eye(2), atol=1e-9):
        raise ParameterError("unitary is not unitary: its product with its adjoint is not the identity")
    phase = float(np.angle(np.linalg.det(matrix))) / 2.0
    special = matrix * np.exp(-1j * phase)
    if special.trace().real < -_ROUNDING:
        # the other root of the determinant: the turn by at most pi
        phase, special = phase + np.pi, -special
    paulis = (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz())
    sines = np.array([(1j * (special @ pauli.full()).trace()).real / 2.0 for pauli in paulis])
    sine = float(np.linalg.norm(sines))
    angle = 2.0 * float(np.arctan2(sine, max(special.trace().real / 2.0, 0.0)))
    axis = sines / sine if sine > _ROUNDING else np.array([0.0, 0.0, 1.0])
    return Rotation(axis, angle, float(np.angle(np.exp(1j * phase))))
