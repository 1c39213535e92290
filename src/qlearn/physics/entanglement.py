"""How entangled a pair of qubits is: concurrence, entanglement of formation, negativity, partial transpose.

A pair may be given as a ket or as a density operator of two qubits; qubit 0, Alice's, is the left factor. The states
themselves (`pairs`), one half of them (`pair_halves`) and what one measures on both (`pair_correlations`) are
re-exported here, so that a chapter imports one name.
"""

from __future__ import annotations

import numpy as np
import qutip
from numpy.typing import NDArray

from qlearn.physics.information import binary_entropy
from qlearn.physics.pair_correlations import (
    correlation,
    correlation_matrix,
    correlation_sum,
    covariance,
    joint_probabilities,
    linear_axis,
)
from qlearn.physics.pair_halves import entanglement_entropy, reduced_state, schmidt_coefficients
from qlearn.physics.pairs import (
    bell_state,
    dephased_state,
    pair_density,
    partly_entangled_state,
    werner_state,
    without_coherence,
)

__all__ = [
    "bell_state",
    "concurrence",
    "correlation",
    "correlation_matrix",
    "correlation_sum",
    "covariance",
    "dephased_state",
    "entanglement_entropy",
    "entanglement_of_formation",
    "joint_probabilities",
    "linear_axis",
    "log_negativity",
    "negativity",
    "pair_density",
    "partial_transpose_eigenvalues",
    "partly_entangled_state",
    "reduced_state",
    "schmidt_coefficients",
    "separable_visibility",
    "werner_state",
    "without_coherence",
]


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


def entanglement_of_formation(pair: qutip.Qobj) -> float:
    r"""Ebits that a pair of qubits costs to make, from its concurrence C.

    .. math:: E_F = h\!\left(\frac{1 + \sqrt{1 - C^2}}{2}\right)

    with the binary entropy h. For a pure pair it is the entropy of one half.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.

    Returns
    -------
    float
        Ebit, 0 (separable) to 1 (a Bell state).

    Raises
    ------
    ParameterError
        When `pair` is no normalised state of two qubits.

    References
    ----------
    W. K. Wootters, Phys. Rev. Lett. 80, 2245 (1998), doi:10.1103/PhysRevLett.80.2245, equations 7 and 8.

    Examples
    --------
    >>> round(entanglement_of_formation(partly_entangled_state(30.0)), 4)
    0.8113
    """
    # rounding may lift C above 1 by a hair
    rest = max(0.0, 1.0 - concurrence(pair) ** 2)
    return float(binary_entropy((1.0 + np.sqrt(rest)) / 2.0))


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
    return max(0.0, float((np.abs(partial_transpose_eigenvalues(pair)).sum() - 1.0) / 2.0))


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


def partial_transpose_eigenvalues(pair: qutip.Qobj) -> NDArray[np.float64]:
    r"""Eigenvalues of a pair's density operator with Alice's half transposed; a negative one shows entanglement.

    For two qubits the reverse holds, too: a pair without a negative one is separable.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.

    Returns
    -------
    ndarray of float64
        In rising order, -1/2 to 1, their sum 1; shape (4,). At most one is negative.

    Raises
    ------
    ParameterError
        When `pair` is no normalised state of two qubits.

    References
    ----------
    A. Peres, Phys. Rev. Lett. 77, 1413 (1996), doi:10.1103/PhysRevLett.77.1413; M., P. and R. Horodecki, Phys. Lett. A
    223, 1 (1996), doi:10.1016/S0375-9601(96)00706-2.

    Examples
    --------
    >>> partial_transpose_eigenvalues(bell_state("phi+")).round(6)
    array([-0.5,  0.5,  0.5,  0.5])
    """
    parts = pair_density(pair).full().reshape(2, 2, 2, 2)
    eigenvalues: NDArray[np.float64] = np.linalg.eigvalsh(parts.transpose(2, 1, 0, 3).reshape(4, 4))
    return eigenvalues
