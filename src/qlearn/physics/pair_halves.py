"""One half of a pair of qubits: its state alone, and what a pure pair's two halves have in common."""

from __future__ import annotations

import numpy as np
import qutip
from numpy.typing import NDArray

from qlearn.errors import ParameterError
from qlearn.physics.information import binary_entropy
from qlearn.physics.pairs import pair_density

__all__ = ["entanglement_entropy", "reduced_state", "schmidt_coefficients"]


def reduced_state(pair: qutip.Qobj, qubit: int = 0) -> qutip.Qobj:
    r"""State of one qubit of a pair for somebody who never hears of the other, the partial trace.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.
    qubit : int
        0 for Alice's, 1 for Bob's.

    Returns
    -------
    qutip.Qobj
        Density operator, shape (2, 2).

    Raises
    ------
    ParameterError
        When `pair` is no normalised state of two qubits, or the qubit is neither 0 nor 1.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 2.4.3,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> from qlearn.physics.pairs import bell_state
    >>> bool(np.allclose(reduced_state(bell_state("psi-")).full(), np.eye(2) / 2))
    True
    """
    if qubit not in (0, 1):
        raise ParameterError(f"qubit is {qubit!r}; it must be 0 (Alice's) or 1 (Bob's)")
    return pair_density(pair).ptrace(int(qubit))


def schmidt_coefficients(ket: qutip.Qobj) -> NDArray[np.float64]:
    r"""Weights of the two terms a pure pair needs in the bases that suit it best.

    .. math:: |\psi\rangle = s_0\,|a_0\rangle|b_0\rangle + s_1\,|a_1\rangle|b_1\rangle

    Parameters
    ----------
    ket : qutip.Qobj
        Ket of two qubits.

    Returns
    -------
    ndarray of float64
        s_0 and s_1, not negative, the larger first, their squares add up to 1; shape (2,). The pair is a
        product exactly when the second is 0.

    Raises
    ------
    ParameterError
        When `ket` is no normalised ket of two qubits.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), theorem 2.7,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> from qlearn.physics.pairs import bell_state
    >>> schmidt_coefficients(bell_state("psi-")).round(4)
    array([0.7071, 0.7071])
    """
    pair_density(ket)
    if not ket.isket:
        raise ParameterError("a mixture has no Schmidt coefficients; give the ket of a pure pair")
    amplitudes = ket.full().reshape(2, 2)
    coefficients: NDArray[np.float64] = np.linalg.svd(amplitudes, compute_uv=False)
    return coefficients


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
    pair_density(ket)
    if not ket.isket:
        raise ParameterError("the entropy of one half measures entanglement of a pure pair only; give a ket")
    weight = min(1.0, float(schmidt_coefficients(ket)[0]) ** 2)
    return float(binary_entropy(weight))
