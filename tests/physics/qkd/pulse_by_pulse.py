"""BB84 the long way: every pulse, every photon, polarisation by Malus's law, detectors pulse after pulse.

It shares no formula with the simulation that it checks.
"""

from typing import NamedTuple

import numpy as np

from qlearn.physics.qkd.attacks import Attack, BeamSplitting, Breidbart, InterceptResend, PhotonNumberSplitting
from qlearn.physics.qkd.decoy_counts import DecoySettings
from qlearn.physics.qkd.link import Link


class Run(NamedTuple):
    """Counts by basis (key, test) and intensity, shape (2, 3), and Eve's over signal pulses of the key basis."""

    clicks: np.ndarray
    errors: np.ndarray
    eve_right: int
    eve_certain: int


def _malus(axis: np.ndarray, angle: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """1 where a photon of this polarisation leaves a polariser by the other port; all angles in degrees."""
    return (rng.random(angle.shape) >= np.cos(np.deg2rad(axis - angle)) ** 2).astype(int)


def _eve(
    attack: Attack, link: Link, angle: np.ndarray, diagonal: np.ndarray, photons: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Polarisation and photons that reach Bob's receiver, Eve's guess, whether it counts, whether it is certain."""
    size = angle.size
    fibre = 10 ** (-link.loss_db_per_km * link.length_km / 10)
    guess, certain = rng.integers(0, 2, size), np.zeros(size, dtype=bool)
    bits = np.round(np.where(diagonal, angle - 45, angle) / 90).astype(int) % 2
    if isinstance(attack, InterceptResend | Breidbart):
        if isinstance(attack, Breidbart):
            axis = np.full(size, 22.5)
        else:
            axis = np.where(rng.random(size) < attack.rectilinear_probability, 0.0, 45.0)
            certain = (axis == np.where(diagonal, 45.0, 0.0)) & (photons > 0)
        seen = _malus(axis, angle, rng)
        guess = np.where(photons > 0, seen, guess)
        return axis + 90.0 * seen, rng.binomial(photons, fibre), guess, certain, bits
    if isinstance(attack, PhotonNumberSplitting):
        single, several = attack.let_through(link)
        passed = rng.random(size) < np.where(photons >= 2, several, single)
        certain = photons >= 2
        arriving = np.where(passed, np.where(certain, photons - 1, photons), 0)
        return angle, arriving, np.where(certain, bits, guess), certain, bits
    arriving = rng.binomial(photons, fibre)
    if isinstance(attack, BeamSplitting):
        certain = photons > arriving
    return angle, arriving, np.where(certain, bits, guess), certain, bits


def send(link: Link, settings: DecoySettings, pulses: int, attack: Attack, *, rng: np.random.Generator) -> Run:
    """Send pulses one by one."""
    intensity = rng.choice(3, pulses, p=settings.probabilities)
    photons = rng.poisson(np.array(link.intensities)[intensity])
    alice_test, bob_test = (rng.random(pulses) >= settings.key_basis_probability for _ in range(2))
    bits = rng.integers(0, 2, pulses)
    angle = np.where(alice_test, 45.0, 0.0) + 90.0 * bits
    touched = rng.random(pulses) < attack.fraction
    there, arriving, guess, certain, _ = _eve(attack, link, angle, alice_test, photons, rng)
    alone = _eve(Attack(), link, angle, alice_test, photons, rng)
    there, arriving = np.where(touched, there, alone[0]), np.where(touched, arriving, alone[1])
    guess, certain = np.where(touched, guess, alone[2]), np.where(touched, certain, False)
    light = rng.binomial(arriving, link.detector_efficiency) > 0
    outcome = _malus(np.where(bob_test, 45.0, 0.0), there, rng) ^ (rng.random(pulses) < link.misalignment_error)
    clicked, dark = _detectors(light, rng.random(pulses) < link.background_probability, link, rng)
    outcome = np.where(dark, rng.integers(0, 2, pulses), outcome)
    clicks, errors = np.zeros((2, 3), dtype=int), np.zeros((2, 3), dtype=int)
    sifted = clicked & (alice_test == bob_test)
    np.add.at(clicks, (alice_test[sifted].astype(int), intensity[sifted]), 1)
    wrong = sifted & (outcome != bits)
    np.add.at(errors, (alice_test[wrong].astype(int), intensity[wrong]), 1)
    signal = sifted & ~alice_test & (intensity == 0)
    return Run(clicks, errors, int((guess == bits)[signal].sum()), int(certain[signal].sum()))


def _detectors(
    light: np.ndarray, dark: np.ndarray, link: Link, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Which pulses click, and which of those by background or an after-pulse."""
    blind_pulses, after = round(link.dead_time_s * link.clock_rate_hz), link.after_pulse_probability
    if not blind_pulses and not after:
        return light | dark, dark
    clicked, background = np.zeros_like(light), dark.copy()
    blind, just_clicked = 0, False
    for pulse in range(light.size):
        if blind:
            blind -= 1
            continue
        if just_clicked and rng.random() < after:
            background[pulse] = True
        just_clicked = bool(light[pulse] or background[pulse])
        if just_clicked:
            clicked[pulse], blind = True, blind_pulses
    return clicked, background
