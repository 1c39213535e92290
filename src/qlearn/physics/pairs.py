"""States of two qubits: Bell pairs, noisy, blurred and lopsided ones.

A pair may be given as a ket or as a density operator of two qubits; qubit 0, Alice's, is the left factor.
"""

from __future__ import annotations

import numpy as np
import qutip

from qlearn.errors import ParameterError
from qlearn.physics.arguments import number

__all__ = [
    "bell_state",
    "dephased_state",
    "pair_density",
    "partly_entangled_state",
    "werner_state",
    "without_coherence",
]

_PAIR = [2, 2]
# name: the two basis kets of the sum and the sign between them
_BELL = {
    "phi+": ((0, 0), (1, 1), 1),
    "phi-": ((0, 0), (1, 1), -1),
    "psi+": ((0, 1), (1, 0), 1),
    "psi-": ((0, 1), (1, 0), -1),
}


def bell_state(name: str = "phi+") -> qutip.Qobj:
    r"""One of the four Bell states of two qubits.

    .. math:: |\Phi^\pm\rangle = \tfrac1{\sqrt2}(|00\rangle \pm |11\rangle), \qquad
              |\Psi^\pm\rangle = \tfrac1{\sqrt2}(|01\rangle \pm |10\rangle)

    Parameters
    ----------
    name : str
        ``"phi+"``, ``"phi-"``, ``"psi+"`` or ``"psi-"``.

    Returns
    -------
    qutip.Qobj
        Normalised ket, shape (4, 1).

    Raises
    ------
    ParameterError
        When the name is none of the four.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 1.3.6,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> round(abs(bell_state("phi+").overlap(bell_state("psi-"))), 3)
    0.0
    """
    if not isinstance(name, str) or name not in _BELL:
        raise ParameterError(f"the Bell state is {name!r}; it must be one of {', '.join(map(repr, _BELL))}")
    one, other, sign = _BELL[name]
    return (qutip.basis(_PAIR, list(one)) + sign * qutip.basis(_PAIR, list(other))).unit()


def werner_state(visibility: float, bell: str = "phi+") -> qutip.Qobj:
    r"""A Bell pair mixed with white noise.

    .. math:: \rho = V\,|B\rangle\langle B| + (1 - V)\,\frac{\mathbb 1}{4}

    Parameters
    ----------
    visibility : float
        V, 0 (noise alone) to 1 (a perfect pair); the height of the correlation fringe.
    bell : str
        The Bell state B, as in `bell_state`; Werner's own is ``"psi-"``.

    Returns
    -------
    qutip.Qobj
        Density operator, shape (4, 4).

    Raises
    ------
    ParameterError
        When the visibility lies outside 0 to 1 or the state has no such name.

    References
    ----------
    R. F. Werner, Phys. Rev. A 40, 4277 (1989), doi:10.1103/PhysRevA.40.4277.
    """
    v = number("visibility", visibility, 0.0, 1.0)
    return v * bell_state(bell).proj() + (1.0 - v) / 4.0 * qutip.qeye(_PAIR)


def partly_entangled_state(angle_deg: float) -> qutip.Qobj:
    r"""A pure pair between two separate photons and a Bell pair.

    .. math:: |\theta\rangle = \cos\theta\,|00\rangle + \sin\theta\,|11\rangle

    Parameters
    ----------
    angle_deg : float
        Angle in degrees, 0 (both 0 for certain) over 45 (the Bell state Phi+) to 90 (both 1).

    Returns
    -------
    qutip.Qobj
        Normalised ket, shape (4, 1).

    Raises
    ------
    ParameterError
        When the angle lies outside 0 to 90 degrees.

    References
    ----------
    A. G. White et al., Phys. Rev. Lett. 83, 3103 (1999), doi:10.1103/PhysRevLett.83.3103, made such pairs of photons.

    Examples
    --------
    >>> bool(np.isclose(partly_entangled_state(45.0).overlap(bell_state("phi+")), 1.0))
    True
    """
    angle = np.deg2rad(number("angle_deg", angle_deg, 0.0, 90.0, unit="degrees"))
    return np.cos(angle) * qutip.basis(_PAIR, [0, 0]) + np.sin(angle) * qutip.basis(_PAIR, [1, 1])


def dephased_state(coherence: float) -> qutip.Qobj:
    r"""The Bell pair Phi+ with a blurred phase: between the superposition and the mixture of |00> and |11>.

    .. math:: \rho = \tfrac12\bigl(|00\rangle\langle00| + |11\rangle\langle11|\bigr)
              + \tfrac c2\bigl(|00\rangle\langle11| + |11\rangle\langle00|\bigr)

    Parameters
    ----------
    coherence : float
        c, 0 (two photons that were agreed upon by a coin) to 1 (the Bell pair).

    Returns
    -------
    qutip.Qobj
        Density operator, shape (4, 4).

    Raises
    ------
    ParameterError
        When the coherence lies outside 0 to 1.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 8.3.6,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> bool(np.isclose(dephased_state(0.4).purity(), (1 + 0.4**2) / 2))
    True
    """
    c = number("coherence", coherence, 0.0, 1.0)
    return (1.0 + c) / 2.0 * bell_state("phi+").proj() + (1.0 - c) / 2.0 * bell_state("phi-").proj()


def without_coherence(pair: qutip.Qobj) -> qutip.Qobj:
    """The pair that gives the same answers 00, 01, 10 and 11 as this one, but picked beforehand by a die.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.

    Returns
    -------
    qutip.Qobj
        Its density operator with the elements off the diagonal left out, shape (4, 4); never entangled.

    Raises
    ------
    ParameterError
        When `pair` is no normalised state of two qubits.

    References
    ----------
    R. F. Werner, Phys. Rev. A 40, 4277 (1989), doi:10.1103/PhysRevA.40.4277, calls such states classically correlated.

    Examples
    --------
    >>> bool(without_coherence(bell_state("phi+")) == dephased_state(0.0))
    True
    """
    return qutip.Qobj(np.diag(pair_density(pair).diag()), dims=[_PAIR, _PAIR])


def pair_density(pair: qutip.Qobj) -> qutip.Qobj:
    """Density operator of a pair given as ket or density operator.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.

    Returns
    -------
    qutip.Qobj
        Shape (4, 4), dims [[2, 2], [2, 2]].

    Raises
    ------
    ParameterError
        When `pair` is no normalised state of two qubits.
    """
    if not isinstance(pair, qutip.Qobj) or pair.dims[0] != _PAIR or not (pair.isket or pair.isoper):
        raise ParameterError("the pair must be a ket or density operator of two qubits, with dims [2, 2] on the left")
    rho = pair.proj() if pair.isket else pair
    # QuTiP may remember NaN times a Hermitian operator as Hermitian
    finite = bool(np.isfinite(rho.full()).all())
    if not finite or not rho.isherm or abs(rho.tr() - 1.0) > 1e-9 or rho.eigenenergies().min() < -1e-9:
        raise ParameterError("the pair is no state: it must be Hermitian and positive and have trace 1; see .unit()")
    return rho
