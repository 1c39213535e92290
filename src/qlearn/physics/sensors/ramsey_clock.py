"""One look of an atomic clock at its atoms: prepare, let the phase run, count, estimate the offset.

The oscillator is off by f Hz from the atoms' transition. Two quarter turns with the Ramsey time T between them make the
probability of finding an atom excited (1 + C cos(2 pi f T))/2. To see the sign of f, a look is shifted on purpose by a
quarter fringe, 1/(4T), to the upper or the lower side: at f = 0 the probability is then one half on both.
"""

from __future__ import annotations

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range

__all__ = [
    "count_excited",
    "estimate_offset",
    "look_probability",
    "look_uncertainty",
    "ramsey_state",
]


def ramsey_state(offset_hz: float, *, ramsey_s: float, t2_s: float = np.inf) -> qutip.Qobj:
    """State of one atom after both pulses, from QuTiP's operators: ideal quarter turns about x and free time between.

    Parameters
    ----------
    offset_hz : float
        Oscillator's frequency less the transition's, in Hz.
    ramsey_s : float
        Free time T in seconds, 0 or more.
    t2_s : float
        Time in which dephasing shrinks the coherence by e, in seconds, above 0, or infinite.

    Returns
    -------
    qutip.Qobj
        Density operator of a qubit; |1> is the excited state.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    N. F. Ramsey, Phys. Rev. 78, 695 (1950), doi:10.1103/PhysRev.78.695.

    Examples
    --------
    >>> bool(ramsey_state(0.5, ramsey_s=1.0).diag()[1] < 1e-12)
    True
    """
    offset = float(in_range("offset_hz", offset_hz, -np.inf, np.inf, unit="Hz"))
    free = float(in_range("ramsey_s", ramsey_s, 0.0, np.inf, unit="s"))
    if not t2_s > 0.0:
        raise ParameterError(f"t2_s is {t2_s}; it must be above 0, or infinite")
    quarter = (-0.25j * np.pi * qutip.sigmax()).expm()
    hamiltonian = np.pi * offset * qutip.sigmaz()  # half of 2 pi f, in rad/s
    dephasing = [] if np.isinf(t2_s) else [np.sqrt(0.5 / t2_s) * qutip.sigmaz()]
    prepared = quarter * qutip.basis(2, 0).proj() * quarter.dag()
    evolved = qutip.vector_to_operator(
        (qutip.liouvillian(hamiltonian, dephasing) * free).expm() * qutip.operator_to_vector(prepared)
    )
    return quarter * evolved * quarter.dag()


def look_probability(
    offset_hz: ArrayLike, *, ramsey_s: ArrayLike, side: int = 0, contrast: ArrayLike = 1.0
) -> NDArray[np.float64]:
    r"""Probability of finding an atom excited, when the oscillator is shifted by a quarter fringe to one side.

    .. math:: p_s(f) = \tfrac12\bigl[1 + C\cos 2\pi(f + s/4T)T\bigr], \qquad p_{\pm1} = \tfrac12(1 \mp C\sin 2\pi fT)

    Parameters
    ----------
    offset_hz : array_like
        f, oscillator less transition, in Hz, before the shift.
    ramsey_s : array_like
        T in seconds, above 0.
    side : int
        s: 1 for the upper side, -1 for the lower one, 0 for no shift.
    contrast : array_like
        C, 0 to 1.

    Returns
    -------
    ndarray of float64
        Probability, 0 to 1.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    N. F. Ramsey, Phys. Rev. 78, 695 (1950), doi:10.1103/PhysRev.78.695.

    Examples
    --------
    >>> round(float(look_probability(0.0, ramsey_s=0.5, side=1)), 9)
    0.5
    """
    offset = in_range("offset_hz", offset_hz, -np.inf, np.inf, unit="Hz")
    t = in_range("ramsey_s", ramsey_s, 1e-12, np.inf, unit="s")
    c = in_range("contrast", contrast, 0.0, 1.0)
    if side not in (-1, 0, 1):
        raise ParameterError(f"side is {side!r}; it must be 1, -1 or 0")
    return (1.0 + c * np.cos(2.0 * np.pi * offset * t + side * np.pi / 2.0)) / 2.0


def count_excited(probability: ArrayLike, *, atoms: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Part of N atoms found excited, each of which decides by itself: projection noise.

    Parameters
    ----------
    probability : array_like
        Of finding one atom excited, 0 to 1.
    atoms : int
        N, 1 or more.
    rng : numpy.random.Generator
        Source of chance.

    Returns
    -------
    ndarray of float64
        Counted share, 0 to 1, the shape of the probability.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    W. M. Itano et al., Phys. Rev. A 47, 3554 (1993), doi:10.1103/PhysRevA.47.3554.
    """
    n = count("atoms", atoms, least=1)
    return np.asarray(rng.binomial(n, in_range("probability", probability, 0.0, 1.0)) / n)


def estimate_offset(
    upper_share: ArrayLike, lower_share: ArrayLike, *, ramsey_s: ArrayLike, contrast: ArrayLike = 1.0
) -> NDArray[np.float64]:
    r"""Offset from two counted shares, one on each side of the fringe, by the slope at half height.

    .. math:: \hat f = \frac{k_- - k_+}{2\pi TC}

    What both looks have in common, such as a background of atoms that are always excited, drops out.

    Parameters
    ----------
    upper_share, lower_share : array_like
        Shares counted with the oscillator shifted up and down, 0 to 1.
    ramsey_s : array_like
        T in seconds, above 0.
    contrast : array_like
        C, above 0 and at most 1.

    Returns
    -------
    ndarray of float64
        Hz; right for offsets well below 1/(2 pi T), and never larger than that over C.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> round(float(estimate_offset(0.45, 0.55, ramsey_s=0.5)), 4)
    0.0318
    """
    upper, lower = in_range("upper_share", upper_share, 0.0, 1.0), in_range("lower_share", lower_share, 0.0, 1.0)
    t = in_range("ramsey_s", ramsey_s, 1e-12, np.inf, unit="s")
    return (lower - upper) / (2.0 * np.pi * t * in_range("contrast", contrast, 1e-12, 1.0))


def look_uncertainty(*, atoms: ArrayLike, ramsey_s: ArrayLike, contrast: ArrayLike = 1.0) -> NDArray[np.float64]:
    r"""Projection noise of one look at half height, as a frequency: :math:`1/(2\pi TC\sqrt N)`.

    The share scatters by :math:`1/(2\sqrt N)` and the fringe's slope is :math:`\pi TC` per Hz.

    Parameters
    ----------
    atoms : array_like
        N, above 0.
    ramsey_s : array_like
        T in seconds, above 0.
    contrast : array_like
        C, above 0 and at most 1.

    Returns
    -------
    ndarray of float64
        Hz. A pair of looks, one on each side, tells their mean offset to this over the root of two.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    W. M. Itano et al., Phys. Rev. A 47, 3554 (1993), doi:10.1103/PhysRevA.47.3554.

    Examples
    --------
    >>> round(float(look_uncertainty(atoms=100, ramsey_s=0.5)), 4)
    0.0318
    """
    n, t = in_range("atoms", atoms, 1e-12, np.inf), in_range("ramsey_s", ramsey_s, 1e-12, np.inf, unit="s")
    return 1.0 / (2.0 * np.pi * t * in_range("contrast", contrast, 1e-12, 1.0) * np.sqrt(n))
