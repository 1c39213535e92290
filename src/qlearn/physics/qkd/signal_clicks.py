"""What the click of a signal pulse says of the pulse, which an attack's yield rests on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qlearn.physics.arguments import in_range
from qlearn.physics.qkd.detection import gain, live_fraction
from qlearn.physics.qkd.link import Link
from qlearn.physics.qkd.photon_number import photon_number_probability

__all__ = ["SignalClicks", "background", "fibre_transmittance", "photon_numbers"]


class SignalClicks(NamedTuple):
    """Sifted clicks of signal pulses on a link without Eve.

    Attributes
    ----------
    link : Link
        The link.
    rectilinear_share : float
        Share of the rectilinear basis among them.
    average : float
        Probability that the light of an average pulse is detected, as in `detection.gain`.
    """

    link: Link
    rectilinear_share: float
    average: float

    @property
    def with_photons(self) -> float:
        """Share of these clicks for which the pulse held a photon at all."""
        clicks = float(gain(self.link, average=self.average))
        empty = float(np.exp(-self.link.intensity) * gain(self.link, intensity=0.0, average=self.average))
        return 1.0 - empty / clicks if clicks else 0.0


def background(link: Link, average: float) -> float:
    """Probability of a background click at live detectors, after-pulses included.

    Parameters
    ----------
    link : Link
        The link.
    average : float
        Probability that the light of an average pulse is detected.

    Returns
    -------
    float
        B of `detection`.
    """
    return float(gain(link, intensity=0.0, average=average) / live_fraction(link, average=average))


def fibre_transmittance(link: Link) -> float:
    """Share of the light that the fibre alone lets through."""
    return float(10.0 ** (-link.loss_db_per_km * link.length_km / 10.0))


def photon_numbers(intensity: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Photon numbers that matter in a laser pulse, from 0 on, and their probabilities.

    Parameters
    ----------
    intensity : float
        Mean photons of the pulse, 0 or more.

    Returns
    -------
    tuple of ndarray
        Numbers and probabilities, shape (numbers,); what is left out has a probability below 1e-15.

    Raises
    ------
    ParameterError
        When the intensity is negative or not a finite number.
    """
    mean = float(in_range("intensity", intensity, 0.0, np.inf))
    photons = np.arange(int(mean + 12.0 * np.sqrt(mean)) + 20)
    return photons, photon_number_probability(photons, mean)
