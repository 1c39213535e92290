"""From counts to a pair's density operator: linear reconstruction, and the nearest state to what it gives."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range

__all__ = ["linear_reconstruction", "nearest_state"]

_PAIR = [2, 2]
_UNKNOWNS = 16
_HERMITIAN = 1e-9


def linear_reconstruction(kets: Sequence[qutip.Qobj], counts: ArrayLike) -> qutip.Qobj:
    r"""The operator whose expected counts are the counted ones, :math:`n_k = N\,\langle\psi_k|\rho|\psi_k\rangle`.

    Parameters
    ----------
    kets : sequence of qutip.Qobj
        What the analysers let through at each setting, normalised kets of two qubits. At least 16, and such that they
        tell all operators apart.
    counts : array_like
        Pairs counted at each setting in the same time, not negative, one for each ket.

    Returns
    -------
    qutip.Qobj
        Hermitian operator of trace 1, shape (4, 4). Noise may give it negative eigenvalues: then it is no state; see
        `nearest_state`. More settings than 16 are fitted by least squares.

    Raises
    ------
    ParameterError
        When kets and counts do not fit, a ket is no normalised ket of two qubits, or the settings do not suffice.

    References
    ----------
    D. F. V. James et al., Phys. Rev. A 64, 052312 (2001), doi:10.1103/PhysRevA.64.052312, section III.
    """
    if not isinstance(kets, Sequence):
        raise ParameterError(f"kets is a {type(kets).__name__}; it must be a sequence of kets, one for each setting")
    numbers = in_range("counts", counts, 0.0, np.inf)
    if numbers.shape != (len(kets),):
        raise ParameterError(f"counts has shape {numbers.shape}; it must hold one number for each of {len(kets)} kets")
    basis = _pauli_pairs()
    amplitudes = np.array([_amplitudes(ket) for ket in kets]).reshape(len(kets), 4)
    design = np.einsum("ki,mij,kj->km", amplitudes.conj(), basis, amplitudes).real
    found, _, rank, _ = np.linalg.lstsq(design, numbers, rcond=1e-9)
    if rank < _UNKNOWNS:
        raise ParameterError(f"the settings fix {rank} of {_UNKNOWNS} numbers; take 16 or more that differ enough")
    operator = np.einsum("m,mij->ij", found, basis)
    total = float(np.trace(operator).real)
    if not total > 0.0:
        raise ParameterError(f"the counts add up to {total:g} pairs; a state needs more than none")
    return qutip.Qobj(operator / total, dims=[_PAIR, _PAIR])


def nearest_state(operator: qutip.Qobj) -> qutip.Qobj:
    r"""The state nearest to a Hermitian operator, by the sum of squared differences of all elements.

    The eigenvectors stay; the eigenvalues move down together until those left above zero add up to 1.

    Parameters
    ----------
    operator : qutip.Qobj
        Hermitian, square, for instance from `linear_reconstruction` or a printed matrix with rounded elements.

    Returns
    -------
    qutip.Qobj
        Density operator of the same dimensions.

    Raises
    ------
    ParameterError
        When the operator is not square or not Hermitian.

    References
    ----------
    J. A. Smolin, J. M. Gambetta and G. Smith, Phys. Rev. Lett. 108, 070502 (2012),
    doi:10.1103/PhysRevLett.108.070502.

    Examples
    --------
    >>> nearest_state(qutip.Qobj(np.diag([0.8, 0.4, -0.2]))).diag().round(6)
    array([0.7, 0.3, 0. ])
    """
    if not isinstance(operator, qutip.Qobj) or not operator.isoper or operator.shape[0] != operator.shape[1]:
        raise ParameterError("the operator must be a square QuTiP operator")
    matrix = operator.full()
    if not np.allclose(matrix, matrix.conj().T, atol=_HERMITIAN):
        raise ParameterError("the operator must be Hermitian: equal to its conjugate transpose")
    values, vectors = np.linalg.eigh(matrix)
    falling = values[::-1]
    shifts = (np.cumsum(falling) - 1.0) / np.arange(1, len(falling) + 1)
    shift = shifts[np.flatnonzero(falling > shifts)[-1]]
    weights = np.clip(values - shift, 0.0, None)
    return qutip.Qobj((vectors * weights) @ vectors.conj().T, dims=operator.dims)


def _pauli_pairs() -> NDArray[np.complex128]:
    """The 16 products of Pauli operators and the identity, shape (16, 4, 4)."""
    one = [qutip.qeye(2).full(), qutip.sigmax().full(), qutip.sigmay().full(), qutip.sigmaz().full()]
    return np.array([np.kron(a, b) for a, b in itertools.product(one, repeat=2)])


def _amplitudes(ket: object) -> NDArray[np.complex128]:
    if not isinstance(ket, qutip.Qobj) or ket.shape != (4, 1) or abs(ket.norm() - 1.0) > _HERMITIAN:
        raise ParameterError("each ket must be a normalised QuTiP ket of two qubits, shape (4, 1)")
    amplitudes: NDArray[np.complex128] = ket.full().ravel()
    return amplitudes
