r"""A driven qubit in time: Rabi, Ramsey and echo, with relaxation, memoryless dephasing and quasi-static detuning.

Frame: rotating with the drive, :math:`H/\hbar = \tfrac12(\Delta\,\sigma_z + \Omega\cos\varphi\,\sigma_x +
\Omega\sin\varphi\,\sigma_y)` with the detuning :math:`\Delta = \omega_\mathrm{drive} - \omega_\mathrm{qubit}`; |0> is
the lower level. The Bloch vector turns right-handed about :math:`(\Omega\cos\varphi, \Omega\sin\varphi, \Delta)`.
Frequencies in Hz are never meant: every rate is an angular frequency in rad/s, and 1 MHz is 2e6 pi rad/s.
"""

from __future__ import annotations

from qlearn.physics.dynamics.bloch_equations import bloch_generator, collapse_operators, hamiltonian, propagator
from qlearn.physics.dynamics.dephasing import (
    hahn_echo_probability,
    quasi_static_coherence,
    quasi_static_dephasing_time,
    quasi_static_spread,
    ramsey_fringe_width,
    ramsey_probability,
)
from qlearn.physics.dynamics.ensemble import ensemble_signal, ensemble_vectors, gaussian_detunings
from qlearn.physics.dynamics.rabi import generalised_rabi_frequency, maximum_transfer, rabi_probability
from qlearn.physics.dynamics.relaxation import coherence_time, excited_population
from qlearn.physics.dynamics.sequences import Segment, echo_sequence, rabi_sequence, ramsey_sequence, trajectory

__all__ = [
    "Segment",
    "bloch_generator",
    "coherence_time",
    "collapse_operators",
    "echo_sequence",
    "ensemble_signal",
    "ensemble_vectors",
    "excited_population",
    "gaussian_detunings",
    "generalised_rabi_frequency",
    "hahn_echo_probability",
    "hamiltonian",
    "maximum_transfer",
    "propagator",
    "quasi_static_coherence",
    "quasi_static_dephasing_time",
    "quasi_static_spread",
    "rabi_probability",
    "rabi_sequence",
    "ramsey_fringe_width",
    "ramsey_probability",
    "ramsey_sequence",
    "trajectory",
]
