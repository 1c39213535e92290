"""How bright signals and decoys should be, and how often to send them, for the longest key from a block of bits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from qlearn.physics.qkd.decoy_counts import DecoySettings
from qlearn.physics.qkd.finite_key import finite_key_rate
from qlearn.physics.qkd.link import Link

__all__ = ["best_settings"]

_SHIFTS = 4
# the simplex ends when it is this small, in the logarithms of what is searched
_SEARCH: dict[str, Any] = {
    "method": "Nelder-Mead",
    "options": {"maxfev": 800, "xatol": 3e-3, "fatol": np.inf, "adaptive": True},
}
# signal and decoy intensity, share of signals, of decoys, key basis: for long blocks, middling ones and short ones
_STARTS = (
    (0.5, 0.15, 0.7, 0.2, 0.9),
    (0.45, 0.2, 0.4, 0.45, 0.75),
    (0.5, 0.1, 0.05, 0.6, 0.5),
    (0.5, 0.1, 0.03, 0.5, 0.3),
)


def best_settings(
    link: Link,
    *,
    block_size: float,
    secrecy: float = 1e-10,
    correctness: float = 1e-15,
    start: tuple[Link, DecoySettings] | None = None,
) -> tuple[Link, DecoySettings]:
    """Intensities and probabilities with which the link gives the most key per pulse, found by search.

    Where none gives a key, the ones that come nearest to it.

    Parameters
    ----------
    link : Link
        The link, of which the vacuum intensity is kept; its two other intensities play no part.
    block_size : float
        Bits of the key basis that are made into one key, 1 or more.
    secrecy, correctness : float
        As in `finite_key.finite_key`.
    start : tuple of Link and DecoySettings, optional
        Where to begin, such as the result for a link a little shorter; some round values when left out.

    Returns
    -------
    tuple of Link and DecoySettings
        The link with the best intensities, and the settings.

    References
    ----------
    C. C. W. Lim et al., Phys. Rev. A 89, 022307 (2014), section IV, where the same five numbers are searched,
    doi:10.1103/PhysRevA.89.022307.
    """

    def missing(place: NDArray[np.float64]) -> float:
        chosen, settings = _at(place, link)
        rate = finite_key_rate(chosen, settings, block_size=block_size, secrecy=secrecy, correctness=correctness)
        # without a key the search goes for the smallest loss, whatever the number of pulses: then it sees a slope
        return -rate.balance / (rate.pulses if rate.balance > 0.0 else 1e6 * block_size)

    if start is not None:
        return _at(minimize(missing, _place(*start), **_SEARCH).x, link)
    found = minimize(missing, min((_free(numbers, link) for numbers in _STARTS), key=missing), **_SEARCH)
    for _ in range(_SHIFTS):  # a flat simplex stops early: begin again from where it stopped
        before, found = found, minimize(missing, found.x, **_SEARCH)
        if found.fun > before.fun - 1e-4 * abs(before.fun):
            break
    return _at(found.x, link)


def _free(numbers: tuple[float, ...], link: Link) -> NDArray[np.float64]:
    """Five numbers without bounds for the five that have some."""
    signal, decoy, share, decoys, basis = numbers
    shares = share / (1.0 - share - decoys), decoys / (1.0 - share - decoys)
    above = decoy - link.vacuum_intensity
    ratio = above / (signal - 2.0 * link.vacuum_intensity)
    free: NDArray[np.float64] = np.array(
        [
            np.log(signal - 2.0 * link.vacuum_intensity),
            np.log(ratio / (1.0 - ratio)),
            *np.log(shares),
            np.log(basis / (1.0 - basis)),
        ]
    )
    return free


def _place(link: Link, settings: DecoySettings) -> NDArray[np.float64]:
    share, decoys, _ = settings.probabilities
    return _free((link.intensity, link.decoy_intensity, share, decoys, settings.key_basis_probability), link)


def _at(place: NDArray[np.float64], link: Link) -> tuple[Link, DecoySettings]:
    """The link and settings that five numbers without bounds stand for."""
    brightness, ratio, share, decoys, basis = np.exp(np.clip(place, -12.0, 12.0))
    signal = min(brightness, 2.0)
    decoy = link.vacuum_intensity + signal * ratio / (1.0 + ratio)
    chosen = replace(link, intensity=float(signal + 2.0 * link.vacuum_intensity), decoy_intensity=float(decoy))
    whole = 1.0 + share + decoys
    settings = DecoySettings(
        signal_probability=float(share / whole),
        decoy_probability=float(decoys / whole),
        key_basis_probability=float(basis / (1.0 + basis)),
    )
    return chosen, settings
