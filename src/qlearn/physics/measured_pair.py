"""A pair of photons that was measured: sixteen counts, and the density matrix its makers fitted to them.

The pairs came from down-conversion in a crystal and are close to |HH> + |VV>. Counts and matrix are as printed in
James, Kwiat, Munro and White (2001); their circular polarisations are R = (H - iV)/sqrt(2) and L = (H + iV)/sqrt(2).
"""

from __future__ import annotations

import numpy as np
import qutip

from qlearn.errors import ParameterError
from qlearn.physics.pair_tomography import nearest_state

__all__ = ["COUNTS", "setting_ket", "share", "state"]

COUNTS = {
    "HH": 34749,
    "HV": 324,
    "VV": 35805,
    "VH": 444,
    "RH": 16324,
    "RV": 17521,
    "DV": 13441,
    "DH": 16901,
    "DR": 17932,
    "DD": 32028,
    "RD": 15132,
    "HD": 17238,
    "VD": 13171,
    "VL": 17170,
    "HL": 16722,
    "RL": 33586,
}

_KETS = {
    "H": (1.0, 0.0),
    "V": (0.0, 1.0),
    "D": (np.sqrt(0.5), np.sqrt(0.5)),
    "R": (np.sqrt(0.5), -1j * np.sqrt(0.5)),
    "L": (np.sqrt(0.5), 1j * np.sqrt(0.5)),
}
# HH, HV, VH, VV; rounded in print, so that the trace is 1.0001 and one eigenvalue -0.00004
_FITTED_UPPER = (
    (0.5069, -0.0239 + 0.0106j, -0.0412 - 0.0221j, 0.4833 + 0.0329j),
    (0.0, 0.0048, 0.0023 + 0.0019j, -0.0296 - 0.0077j),
    (0.0, 0.0, 0.0045, -0.0425 + 0.0192j),
    (0.0, 0.0, 0.0, 0.4839),
)


def setting_ket(setting: str) -> qutip.Qobj:
    """What the two analysers let through at a setting.

    Parameters
    ----------
    setting : str
        Two letters out of H, V, D, R and L: Alice's analyser, Bob's.

    Returns
    -------
    qutip.Qobj
        Normalised ket, shape (4, 1).

    Raises
    ------
    ParameterError
        When the setting is not two of these letters.

    Examples
    --------
    >>> round(abs(setting_ket("DD").overlap(setting_ket("HH"))) ** 2, 6)
    0.25
    """
    if not isinstance(setting, str) or len(setting) != 2 or not set(setting) <= set(_KETS):
        raise ParameterError(f"the setting is {setting!r}; it must be two letters out of {', '.join(_KETS)}")
    return qutip.tensor(*[qutip.Qobj(np.array(_KETS[letter])) for letter in setting])


def share(setting: str) -> float:
    """Pairs counted at a setting, as a part of all pairs: those of HH, HV, VH and VV together.

    Parameters
    ----------
    setting : str
        One of the keys of `COUNTS`.

    Returns
    -------
    float
        0 to 1.

    Raises
    ------
    ParameterError
        When there are no counts at this setting.

    References
    ----------
    D. F. V. James et al., Phys. Rev. A 64, 052312 (2001), doi:10.1103/PhysRevA.64.052312.

    Examples
    --------
    >>> round(share("DD"), 4)
    0.4491
    """
    if not isinstance(setting, str) or setting not in COUNTS:
        raise ParameterError(f"the setting is {setting!r}; counts are known for {', '.join(COUNTS)}")
    return COUNTS[setting] / sum(COUNTS[name] for name in ("HH", "HV", "VH", "VV"))


def state() -> qutip.Qobj:
    """The density operator that was fitted to the counts; the nearest state to its printed, rounded elements.

    Returns
    -------
    qutip.Qobj
        Shape (4, 4), within 0.0002 of the printed elements.

    References
    ----------
    D. F. V. James et al., Phys. Rev. A 64, 052312 (2001), doi:10.1103/PhysRevA.64.052312.

    Examples
    --------
    >>> from qlearn.physics.entanglement import concurrence
    >>> round(concurrence(state()), 3)
    0.963
    """
    upper = np.array(_FITTED_UPPER)
    return nearest_state(qutip.Qobj(upper + np.triu(upper, 1).conj().T, dims=[[2, 2], [2, 2]]))
