"""Random states of two qubits, for property tests."""

from __future__ import annotations

import numpy as np
import qutip

_PAIR = [[2, 2], [2, 2]]


def random_pair(seed: int, rank: int) -> qutip.Qobj:
    """Draw a density operator of a rank, 1 to 4."""
    rng = np.random.default_rng(seed)
    amplitudes = rng.normal(size=(4, rank)) + 1j * rng.normal(size=(4, rank))
    rho = amplitudes @ amplitudes.conj().T
    return qutip.Qobj(rho / np.trace(rho), dims=_PAIR)


def random_ket(seed: int) -> qutip.Qobj:
    """Draw a pure pair."""
    rng = np.random.default_rng(seed)
    return qutip.Qobj(rng.normal(size=4) + 1j * rng.normal(size=4), dims=[[2, 2], [1, 1]]).unit()


def random_separable_pair(seed: int, terms: int) -> qutip.Qobj:
    """Mix so many pairs of separate qubits, each pure."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(terms))
    rho = np.zeros((4, 4), dtype=complex)
    for weight in weights:
        halves = rng.normal(size=(2, 2)) + 1j * rng.normal(size=(2, 2))
        ket = np.kron(*(half / np.linalg.norm(half) for half in halves))
        rho += weight * np.outer(ket, ket.conj())
    return qutip.Qobj(rho, dims=_PAIR)


def random_axis(seed: int) -> np.ndarray:
    """Draw a direction on the Bloch sphere."""
    vector = np.random.default_rng(seed).normal(size=3)
    return vector / np.linalg.norm(vector)
