"""States of polarised photons and qubits, and the conventions every module keeps.

Qubit 0 is the leftmost factor of a tensor product. Kets and density operators are `qutip.Qobj` at the public edge.
A photon polarised at angle a from the horizontal is cos(a)|0> + sin(a)|1>: H = |0>, V = |1>, D = +45 degrees,
A = -45 degrees.
"""

from __future__ import annotations

import numpy as np
import qutip

from qlearn.physics.arguments import in_range

__all__ = ["polarisation"]


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
    angle = np.deg2rad(in_range("angle_deg", angle_deg, -360.0, 360.0, unit="degrees"))
    return (np.cos(angle) * qutip.basis(2, 0) + np.sin(angle) * qutip.basis(2, 1)).unit()
