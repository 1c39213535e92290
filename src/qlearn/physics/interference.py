"""One photon in a Mach-Zehnder interferometer: fringes, which-path markers and their trade-off.

The photon's path is a qubit: |0> is arm 0, |1> arm 1, where the phase shifter stands. It enters at port 0; detector 0
sees all of it at phase 0. The marker turns the polarisation in arm 1 away from the horizontal of arm 0. In a state of
path and marker the path is the left factor. What a marker tells stands in `which_path`, what counts tell in
`photon_counting`, what times tell in `photon_correlations`; this module gives all of it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray

from qlearn.physics.arguments import in_range, number, shapes_fit
from qlearn.physics.photon_correlations import (
    G2Estimate,
    estimate_g2_zero,
    g2_of_numbers,
    pulse_delays,
    time_stamps,
)
from qlearn.physics.photon_counting import (
    anticorrelation_parameter,
    coincidence_ratio,
    distance_from_wave,
    fraction_error,
    heralded_anticorrelation,
    visibility_from_counts,
    visibility_of_fringe,
)
from qlearn.physics.states import polarisation
from qlearn.physics.which_path import (
    distinguishability,
    fringe_visibility,
    guessing_probability,
    largest_visibility,
    marker_distinguishability,
    marker_visibility,
)

__all__ = [
    "BombTest",
    "G2Estimate",
    "anticorrelation_parameter",
    "beam_splitter",
    "bomb_test",
    "coincidence_ratio",
    "detection_probabilities",
    "distance_from_wave",
    "distinguishability",
    "estimate_g2_zero",
    "fraction_error",
    "fringe_visibility",
    "g2_of_numbers",
    "guessing_probability",
    "heralded_anticorrelation",
    "largest_visibility",
    "marked_state",
    "marker_distinguishability",
    "marker_visibility",
    "phase_shifter",
    "pulse_delays",
    "time_stamps",
    "visibility_from_counts",
    "visibility_of_fringe",
]


class BombTest(NamedTuple):
    """What can happen to one photon in Elitzur and Vaidman's test of a live bomb.

    Attributes
    ----------
    found : float
        Probability of a click at the detector that is dark without a bomb: the bomb is found, and whole.
    exploded : float
        Probability that the bomb takes the photon.
    efficiency : float
        Share of found among the runs that tell something, found / (found + exploded).
    no_answer : float
        Probability of a click at the bright detector, which tells nothing.
    """

    found: float
    exploded: float
    efficiency: float
    no_answer: float


def beam_splitter(reflectivity: float = 0.5) -> qutip.Qobj:
    r"""Lossless beam splitter on the path qubit, with the ports' phases chosen such that all amplitudes are real.

    .. math:: B = \begin{pmatrix} \sqrt{1-R} & \sqrt R \\ \sqrt R & -\sqrt{1-R} \end{pmatrix}

    Any other lossless splitter differs by phases at its ports, which only move the zero of the phase shifter.

    Parameters
    ----------
    reflectivity : float
        R, the probability of changing the path, 0 to 1; one half when left out, which gives the Hadamard gate.

    Returns
    -------
    qutip.Qobj
        Unitary and its own inverse, shape (2, 2).

    Raises
    ------
    ParameterError
        When the reflectivity lies outside 0 to 1.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 7.4.2,
    doi:10.1017/CBO9780511976667.
    """
    r = number("reflectivity", reflectivity, 0.0, 1.0)
    keep, change = np.sqrt(1.0 - r), np.sqrt(r)
    return qutip.Qobj([[keep, change], [change, -keep]])


def phase_shifter(phase_rad: float) -> qutip.Qobj:
    r"""Phase shifter in arm 1, :math:`|1\rangle \to e^{i\varphi}|1\rangle`.

    Parameters
    ----------
    phase_rad : float
        The phase in radians, any finite number.

    Returns
    -------
    qutip.Qobj
        Unitary, shape (2, 2).

    Raises
    ------
    ParameterError
        When the phase is not a finite number.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 7.4.2,
    doi:10.1017/CBO9780511976667.
    """
    phase = number("phase_rad", phase_rad, -np.inf, np.inf, unit="rad")
    return qutip.Qobj(np.diag([1.0, np.exp(1j * phase)]))


def marked_state(phase_rad: float, *, marker_deg: float = 0.0, reflectivity: float = 0.5) -> qutip.Qobj:
    r"""Path and polarisation of one photon inside the interferometer, before the second beam splitter.

    .. math:: |\psi\rangle = \sqrt{1-R}\,|0\rangle|H\rangle + e^{i\varphi}\sqrt R\,|1\rangle|\theta\rangle

    Parameters
    ----------
    phase_rad : float
        Phase in arm 1 in radians.
    marker_deg : float
        Angle theta by which the marker turns the polarisation in arm 1, in degrees, 0 to 90.
    reflectivity : float
        R of the first beam splitter, 0 to 1.

    Returns
    -------
    qutip.Qobj
        Normalised ket with dims [2, 2]: path, polarisation.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    B.-G. Englert, Phys. Rev. Lett. 77, 2154 (1996), doi:10.1103/PhysRevLett.77.2154.
    """
    angle = number("marker_deg", marker_deg, 0.0, 90.0, unit="degrees")
    inside = phase_shifter(phase_rad) * beam_splitter(reflectivity) * qutip.basis(2, 0)
    ways = [qutip.tensor(qutip.basis(2, arm), polarisation(turned)) for arm, turned in ((0, 0.0), (1, angle))]
    return inside[0, 0] * ways[0] + inside[1, 0] * ways[1]


def detection_probabilities(phase_rad: ArrayLike, *, marker_deg: ArrayLike = 0.0) -> NDArray[np.float64]:
    r"""Probabilities of a click at detector 0 and at detector 1, for balanced beam splitters.

    .. math:: P_{0,1} = \tfrac12 (1 \pm \cos\theta\,\cos\varphi)

    Parameters
    ----------
    phase_rad : array_like
        Phase in arm 1 in radians.
    marker_deg : array_like
        Angle theta of the marker in degrees, 0 to 90, of a shape that goes with the phase.

    Returns
    -------
    ndarray of float64
        The arguments' common shape and a last axis of two: detector 0, detector 1; the last axis sums to 1.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    B.-G. Englert, Phys. Rev. Lett. 77, 2154 (1996), doi:10.1103/PhysRevLett.77.2154.

    Examples
    --------
    >>> detection_probabilities(np.pi / 3).round(6)
    array([0.75, 0.25])
    """
    phase = in_range("phase_rad", phase_rad, -np.inf, np.inf, unit="rad")
    contrast = np.asarray(marker_visibility(marker_deg))
    shapes_fit(phase_rad=phase, marker_deg=contrast)
    fringe = contrast * np.cos(phase)
    return np.stack([(1.0 + fringe) / 2.0, (1.0 - fringe) / 2.0], axis=-1)


def bomb_test(reflectivity: float = 0.5) -> BombTest:
    r"""One photon sent into an interferometer whose arm 1 holds a bomb that takes every photon.

    Without the bomb detector 1 is dark, because the second beam splitter undoes the first. With it

    .. math:: P_\text{found} = R(1-R), \quad P_\text{exploded} = R, \quad
              \eta = \frac{P_\text{found}}{P_\text{found} + P_\text{exploded}} = \frac{1-R}{2-R} .

    Parameters
    ----------
    reflectivity : float
        R of both beam splitters, the probability of entering the bomb's arm, above 0 and up to 1.

    Returns
    -------
    BombTest
        The probabilities and the efficiency.

    Raises
    ------
    ParameterError
        When the reflectivity is outside its range.

    References
    ----------
    A. C. Elitzur and L. Vaidman, Found. Phys. 23, 987 (1993), doi:10.1007/BF00736012.

    Examples
    --------
    >>> bomb_test()[:2]
    (0.25, 0.5)
    """
    r = number("reflectivity", reflectivity, 1e-12, 1.0)
    return BombTest(found=r * (1.0 - r), exploded=r, efficiency=(1.0 - r) / (2.0 - r), no_answer=(1.0 - r) ** 2)
