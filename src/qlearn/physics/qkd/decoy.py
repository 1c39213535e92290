"""Secret key of BB84 from laser pulses: every protocol takes a `Link` and returns its key with the numbers on the way.

- `gllp_rate`: no decoys, every pulse of several photons given to Eve;
- `decoy_rate`: infinitely many decoys;
- `vacuum_weak_rate`: a weak decoy and the vacuum; `one_decoy_rate`: the weak decoy alone;
- `single_photon_rate`: the ideal source.

These hold in the limit of a long key; keys of finite length are in `finite_key`. This module gathers what a chapter
needs from those that it imports.
"""

from __future__ import annotations

from qlearn.physics.qkd.dead_time import recorded_rate
from qlearn.physics.qkd.decoy_protocols import DecoyKeyRate, one_decoy_rate, vacuum_weak_rate
from qlearn.physics.qkd.detection import error_rate, gain, live_fraction, yield_and_error_rate
from qlearn.physics.qkd.intensity_search import RateFunction, best_intensity, optimal_intensity, reach
from qlearn.physics.qkd.laser_rates import KeyRate, decoy_rate, gllp_rate, single_photon_rate
from qlearn.physics.qkd.link import GYS, Link, plob_bound, transmittance
from qlearn.physics.qkd.photon_number import multiphoton_probability, photon_number_probability

__all__ = [
    "GYS",
    "DecoyKeyRate",
    "KeyRate",
    "Link",
    "RateFunction",
    "best_intensity",
    "decoy_rate",
    "error_rate",
    "gain",
    "gllp_rate",
    "live_fraction",
    "multiphoton_probability",
    "one_decoy_rate",
    "optimal_intensity",
    "photon_number_probability",
    "plob_bound",
    "reach",
    "recorded_rate",
    "single_photon_rate",
    "transmittance",
    "vacuum_weak_rate",
    "yield_and_error_rate",
]
