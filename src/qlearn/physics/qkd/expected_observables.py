"""What Alice and Bob may expect to see on a link, with an Eve or without: error rates and the share of decoys."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qlearn.physics.qkd.attack import Attack
from qlearn.physics.qkd.decoy_counts import DecoySettings
from qlearn.physics.qkd.detection import BACKGROUND_ERROR_RATE
from qlearn.physics.qkd.link import Link
from qlearn.physics.qkd.signal_clicks import background

__all__ = ["expected_decoy_share", "expected_error_rates"]


def expected_error_rates(
    link: Link, settings: DecoySettings, attack: Attack | None = None, *, single_photons: bool = False
) -> tuple[float, float]:
    r"""Error rates of the sifted bits in the key basis (rectilinear) and in the test basis (diagonal).

    A photon gives the wrong bit when Eve has turned it, with probability d, or the optics do, with e_d, but not both;
    background is wrong half the time:

    .. math:: e = d (1 - e_d) + (1 - d) e_d, \qquad E = \frac{\tfrac12 B + e\,(1 - B)\,D}{B + (1 - B)\,D}

    with D the probability that the light of an average pulse is detected.

    Parameters
    ----------
    link : Link
        The link as it is without Eve.
    settings : DecoySettings
        How often Alice sends what.
    attack : Attack, optional
        Eve; nobody when left out.
    single_photons : bool
        Whether each pulse holds exactly one photon, instead of a laser's random number.

    Returns
    -------
    tuple of float
        Both rates, 0 to 0.5, all intensities together; NaN where nothing ever clicks.

    References
    ----------
    Derived here, and checked against the Monte-Carlo; without Eve X. Ma et al., Phys. Rev. A 72, 012326 (2005),
    doi:10.1103/PhysRevA.72.012326.

    Examples
    --------
    >>> from qlearn.physics.qkd.attacks import InterceptResend
    >>> [round(rate, 3) for rate in expected_error_rates(Link(), DecoySettings(), InterceptResend(0.2))]
    [0.059, 0.059]
    """
    eve = attack or Attack(fraction=0.0)
    shares, light = _light(link, settings, eve, single_photons)
    detected = float(shares @ light)
    dark, flipped = background(link, detected), link.misalignment_error
    clicks = dark + (1.0 - dark) * detected
    if clicks == 0.0:
        return float("nan"), float("nan")
    turned = np.array(eve.disturbance())
    wrong = BACKGROUND_ERROR_RATE * dark + (1.0 - dark) * detected * (turned * (1.0 - 2.0 * flipped) + flipped)
    key, test = wrong / clicks
    return float(key), float(test)


def expected_decoy_share(link: Link, settings: DecoySettings, attack: Attack | None = None) -> float:
    r"""Share of weak decoys among the clicks of weak decoys and signals together.

    .. math:: \frac{p_\nu Q_\nu}{p_\mu Q_\mu + p_\nu Q_\nu}

    Parameters
    ----------
    link : Link
        The link as it is without Eve.
    settings : DecoySettings
        How often Alice sends what.
    attack : Attack, optional
        Eve; nobody when left out.

    Returns
    -------
    float
        Share, 0 to 1; NaN where nothing ever clicks.

    References
    ----------
    Derived here from the gains, and checked against the Monte-Carlo.

    Examples
    --------
    >>> from qlearn.physics.qkd.attacks import PhotonNumberSplitting
    >>> settings = DecoySettings()
    >>> [round(expected_decoy_share(Link(), settings, eve), 4) for eve in (None, PhotonNumberSplitting())]
    [0.0543, 0.0242]
    """
    shares, light = _light(link, settings, attack or Attack(fraction=0.0), single_photons=False)
    dark = background(link, float(shares @ light))
    clicks = (shares * (dark + (1.0 - dark) * light))[:2]
    return float(clicks[1] / clicks.sum()) if clicks.sum() else float("nan")


def _light(
    link: Link, settings: DecoySettings, eve: Attack, single_photons: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share of each kind of pulse, and how often its light is detected."""
    if single_photons:
        touched, alone = float(eve.detection(link, 1)), float(Attack().detection(link, 1))
        return np.ones(1), np.array([eve.fraction * touched + (1.0 - eve.fraction) * alone])
    light = [eve.light_detection(link, intensity) for intensity in link.intensities]
    return np.array(settings.probabilities), np.array(light)
