"""The Bell measurement: which of the four Bell states two qubits are in, and what that does to a third party's qubit.

An outcome is told in two bits. The first says whether the sign of the Bell state is minus, the second whether its two
kets differ; the receiver applies X when the second bit is 1 and then Z when the first is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import qutip

from qlearn.errors import ParameterError
from qlearn.physics.entanglement import bell_state
from qlearn.physics.gates import gate

__all__ = ["MESSAGES", "Branch", "bell_branches", "correction"]

# outcome: the two bits that tell it, in the order of the bits
MESSAGES = {"phi+": "00", "psi+": "01", "phi-": "10", "psi-": "11"}

_NEVER = 1e-12  # below it rounding makes the probability, not physics


@dataclass(frozen=True, eq=False)
class Branch:
    """What one outcome of a Bell measurement leaves behind.

    Attributes
    ----------
    outcome : str
        Bell state that was found, a key of `MESSAGES`.
    bits : str
        The two bits that tell it, such as "01".
    probability : float
        0 to 1; the four branches' sum is 1.
    before, after : qutip.Qobj
        Density operator of the qubits that were not measured, before and after the correction. Of an outcome that
        never happens they are the evenly mixed state.
    """

    outcome: str
    bits: str
    probability: float
    before: qutip.Qobj
    after: qutip.Qobj


def correction(outcome: str) -> qutip.Qobj:
    r"""What the receiver does on hearing an outcome: nothing, X, Z, or first X and then Z.

    .. math:: C = Z^{m_1} X^{m_2}

    Parameters
    ----------
    outcome : str
        ``"phi+"``, ``"psi+"``, ``"phi-"`` or ``"psi-"``, with the bits m1 m2 of `MESSAGES`.

    Returns
    -------
    qutip.Qobj
        Unitary operator, shape (2, 2).

    Raises
    ------
    ParameterError
        When there is no such outcome.

    References
    ----------
    C. H. Bennett et al., Phys. Rev. Lett. 70, 1895 (1993), doi:10.1103/PhysRevLett.70.1895;
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 1.3.7.

    Examples
    --------
    >>> correction("psi+") == qutip.sigmax()
    True
    """
    if not isinstance(outcome, str) or outcome not in MESSAGES:
        raise ParameterError(f"the outcome is {outcome!r}; it must be one of {', '.join(map(repr, MESSAGES))}")
    bits = MESSAGES[outcome]
    operator = qutip.qeye(2)
    if bits[1] == "1":
        operator = gate("X") * operator
    return gate("Z") * operator if bits[0] == "1" else operator


def bell_branches(joint: qutip.Qobj, *, measured: Sequence[int], receiver: int) -> tuple[Branch, ...]:
    """Measure two qubits of several in the Bell basis, and correct the receiver's qubit.

    Parameters
    ----------
    joint : qutip.Qobj
        Density operator of three qubits or more.
    measured : sequence of two ints
        Which qubits are measured, the left one of the Bell state first.
    receiver : int
        Which qubit is corrected; another one.

    Returns
    -------
    tuple of Branch
        One an outcome, in the order of `MESSAGES`; their states hold the qubits that were not measured, in order.

    Raises
    ------
    ParameterError
        When `joint` is no operator on qubits, or the qubits are not two measured ones and another for the receiver.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), sections 1.3.6 and 2.2.5.
    """
    if not isinstance(joint, qutip.Qobj) or not joint.isoper or joint.dims != [[2] * len(joint.dims[0])] * 2:
        raise ParameterError("joint must be a density operator of qubits, with dims [2, 2, 2, ...] on both sides")
    count = len(joint.dims[0])
    chosen = [*measured, receiver] if isinstance(measured, (list, tuple)) else []
    whole = all(isinstance(one, (int, np.integer)) and 0 <= one < count for one in chosen)
    if not whole or len(chosen) != 3 or len(set(chosen)) != 3:
        raise ParameterError(
            f"measured is {measured!r} and the receiver {receiver!r}; they must be three different qubits of {count}"
        )
    left = [one for one in range(count) if one not in measured]
    # the measured qubits in front: a projector is then a product
    ordered = joint.permute([*measured, *left])
    rest = [2] * len(left)
    branches = []
    for outcome, bits in MESSAGES.items():
        bra = qutip.tensor(bell_state(outcome).dag(), qutip.qeye(rest))
        state = qutip.Qobj((bra * ordered * bra.dag()).full(), dims=[rest, rest])
        probability = max(0.0, float(state.tr().real))
        before = state / probability if probability > _NEVER else qutip.qeye(rest) / 2 ** len(left)
        pieces = [correction(outcome) if one == receiver else qutip.qeye(2) for one in left]
        turn = qutip.tensor(pieces)
        branches.append(Branch(outcome, bits, probability, before, turn * before * turn.dag()))
    return tuple(branches)
