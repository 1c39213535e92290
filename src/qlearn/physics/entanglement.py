"""Entangled pairs of qubits: Bell and Werner states, and measures of how entangled a pair is.

A pair may be given as a ket or as a density operator of two qubits; qubit 0, Alice's, is the left factor.
"""

from __future__ import annotations

import numpy as np
import qutip
from numpy.typing import NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range

__all__ = [
    "bell_state",
    "concurrence",
    "entanglement_entropy",
    "log_negativity",
    "negativity",
    "pair_density",
    "separable_visibility",
    "werner_state",
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
    if name not in _BELL:
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
    v = float(in_range("visibility", visibility, 0.0, 1.0))
    return v * bell_state(bell).proj() + (1.0 - v) / 4.0 * qutip.qeye(_PAIR)


def separable_visibility() -> float:
    """Visibility up to which a Werner state is not entangled: its partial transpose has the eigenvalue (1 - 3V)/4.

    Returns
    -------
    float
        1/3.

    References
    ----------
    A. Peres, Phys. Rev. Lett. 77, 1413 (1996), doi:10.1103/PhysRevLett.77.1413.

    Examples
    --------
    >>> bool(negativity(werner_state(separable_visibility() + 1e-6)) > 0)
    True
    """
    return 1.0 / 3.0


def concurrence(pair: qutip.Qobj) -> float:
    r"""Wootters' concurrence of two qubits, 0 (separable) to 1 (a Bell state).

    .. math:: C = \max(0, \lambda_1 - \lambda_2 - \lambda_3 - \lambda_4)

    with the square roots of the eigenvalues of :math:`\rho\,(\sigma_y\otimes\sigma_y)\rho^*(\sigma_y\otimes\sigma_y)`
    in descending order.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.

    Returns
    -------
    float
        0 to 1.

    Raises
    ------
    ParameterError
        When `pair` is no normalised state of two qubits.

    References
    ----------
    W. K. Wootters, Phys. Rev. Lett. 80, 2245 (1998), doi:10.1103/PhysRevLett.80.2245, equation 10.

    Examples
    --------
    >>> round(concurrence(bell_state("psi-")), 6)
    1.0
    """
    rho = pair_density(pair).full()
    flip = np.kron([[0, -1j], [1j, 0]], [[0, -1j], [1j, 0]])
    squares = np.linalg.eigvals(rho @ flip @ rho.conj() @ flip).real
    roots = np.sort(np.sqrt(np.clip(squares, 0.0, None)))
    return max(0.0, float(roots[3] - roots[:3].sum()))


def negativity(pair: qutip.Qobj) -> float:
    r"""Vidal and Werner's negativity: minus the sum of the partial transpose's negative eigenvalues.

    .. math:: N = \frac{\|\rho^{T_A}\|_1 - 1}{2}

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.

    Returns
    -------
    float
        0 (separable) to 1/2 (a Bell state).

    Raises
    ------
    ParameterError
        When `pair` is no normalised state of two qubits.

    References
    ----------
    G. Vidal and R. F. Werner, Phys. Rev. A 65, 032314 (2002), doi:10.1103/PhysRevA.65.032314, equation 1.

    Examples
    --------
    >>> round(negativity(bell_state()), 6)
    0.5
    """
    # one trace norm less one: an eigenvalue at zero then counts as zero up to rounding, not as its square root
    return max(0.0, float((np.abs(_partial_transpose_eigenvalues(pair)).sum() - 1.0) / 2.0))


def log_negativity(pair: qutip.Qobj) -> float:
    """Logarithmic negativity, log2(2N + 1): 0 to 1 ebit; see `negativity` for N, arguments and errors.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.

    Returns
    -------
    float
        Ebit, 0 to 1.

    Raises
    ------
    ParameterError
        When `pair` is no normalised state of two qubits.

    References
    ----------
    G. Vidal and R. F. Werner, Phys. Rev. A 65, 032314 (2002), doi:10.1103/PhysRevA.65.032314, section III.
    """
    return float(np.log2(2.0 * negativity(pair) + 1.0))


def entanglement_entropy(ket: qutip.Qobj) -> float:
    r"""Entropy of Alice's qubit when the pair is in a pure state.

    .. math:: S = -\mathrm{tr}\,\rho_A \log_2 \rho_A

    Parameters
    ----------
    ket : qutip.Qobj
        Ket of two qubits; of a mixture the entropy would not measure entanglement.

    Returns
    -------
    float
        Ebit, 0 to 1.

    Raises
    ------
    ParameterError
        When `ket` is no normalised ket of two qubits.

    References
    ----------
    C. H. Bennett et al., Phys. Rev. A 53, 2046 (1996), doi:10.1103/PhysRevA.53.2046.
    """
    if not ket.isket:
        raise ParameterError("the entropy of one half measures entanglement of a pure pair only; give a ket")
    half = pair_density(ket).ptrace(0).full()
    weights = np.clip(np.linalg.eigvalsh(half), 1e-300, None)
    return max(0.0, float(-(weights * np.log2(weights)).sum()))


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
    if not rho.isherm or abs(rho.tr() - 1.0) > 1e-9 or rho.eigenenergies().min() < -1e-9:
        raise ParameterError("the pair is no state: it must be Hermitian and positive and have trace 1; see .unit()")
    return rho


def _partial_transpose_eigenvalues(pair: qutip.Qobj) -> NDArray[np.float64]:
    parts = pair_density(pair).full().reshape(2, 2, 2, 2)
    eigenvalues: NDArray[np.float64] = np.linalg.eigvalsh(parts.transpose(2, 1, 0, 3).reshape(4, 4))
    return eigenvalues
