"""BB84 photon by photon, vectorised and in chunks; the model is described in `bb84`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qlearn.physics.arguments import count, probability

__all__ = ["BB84Run", "simulate"]

Bits = NDArray[np.uint8]
Mask = NDArray[np.bool_]

# Bounds the memory; anything from 2**14 to 2**20 pulses runs about as fast.
_CHUNK_PULSES = 1 << 16


@dataclass(frozen=True, eq=False)
class BB84Run:
    """What one run of BB84 left behind.

    Attributes
    ----------
    alice_key, bob_key : ndarray of uint8
        Sifted bits in order of arrival, shape (min(sifted, most_key_bits),).
    pulses, intercepted, detected, double_clicks, sifted, errors : int
        How many pulses were sent, measured by Eve, gave a click, gave two, were kept, and were kept wrong.
    sifted_by_basis, errors_by_basis : tuple of int
        The same for the rectilinear and the diagonal basis.
    """

    alice_key: Bits
    bob_key: Bits
    pulses: int
    intercepted: int
    detected: int
    double_clicks: int
    sifted_by_basis: tuple[int, int]
    errors_by_basis: tuple[int, int]

    @property
    def sifted(self) -> int:
        """Bits kept because the bases agreed."""
        return sum(self.sifted_by_basis)

    @property
    def errors(self) -> int:
        """Kept bits in which Alice and Bob differ."""
        return sum(self.errors_by_basis)

    @property
    def error_rate(self) -> float:
        """Errors over kept bits (QBER), over all kept bits even where the keys were cut; NaN when none was kept."""
        return self.errors / self.sifted if self.sifted else float("nan")

    @property
    def error_rate_standard_error(self) -> float:
        """Binomial standard error sqrt(Q (1 - Q) / n) of the error rate; NaN when no bit was kept."""
        return float(np.sqrt(self.error_rate * (1.0 - self.error_rate) / self.sifted)) if self.sifted else float("nan")


def simulate(
    pulses: int,
    *,
    rng: np.random.Generator,
    transmittance: float = 1.0,
    dark_count_probability: float = 0.0,
    misalignment_error: float = 0.0,
    intercepted_fraction: float = 0.0,
    rectilinear_probability: float = 0.5,
    eve_rectilinear_probability: float = 0.5,
    most_key_bits: int = 10_000_000,
) -> BB84Run:
    """Send single photons from Alice to Bob, past Eve, and sift.

    Parameters
    ----------
    pulses : int
        Photons sent, 1 or more. Memory does not grow with it beyond the keys that are kept.
    rng : numpy.random.Generator
        Source of randomness; the same generator state gives the same run.
    transmittance : float
        Probability that a photon is detected, loss and detector efficiency together, 0 to 1.
    dark_count_probability : float
        Probability of a dark count per detector and gate, 0 to 1.
    misalignment_error : float
        Probability that the optics send a photon to the wrong detector, 0 to 1.
    intercepted_fraction : float
        Fraction of photons that Eve measures and resends in the state she saw, 0 to 1.
    rectilinear_probability : float
        Probability of the rectilinear basis, the same for Alice and Bob, 0 to 1.
    eve_rectilinear_probability : float
        Probability of the rectilinear basis for Eve, 0 to 1.
    most_key_bits : int
        How many sifted bits are kept, 0 or more; counts go on beyond it.

    Returns
    -------
    BB84Run
        Sifted keys, counts at each step, error rate with its standard error.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    C. H. Bennett and G. Brassard, Theoretical Computer Science 560, 7 (2014), reprint of 1984,
    doi:10.1016/j.tcs.2014.05.025; a random bit for a double click, N. Luetkenhaus, Phys. Rev. A 59, 3301 (1999),
    doi:10.1103/PhysRevA.59.3301.

    Examples
    --------
    >>> run = simulate(100_000, rng=np.random.default_rng(1), intercepted_fraction=1.0)
    >>> abs(run.error_rate - 0.25) < 5 * run.error_rate_standard_error
    True
    """
    total = count("pulses", pulses, least=1)
    most = count("most_key_bits", most_key_bits)
    link = _Link(
        transmittance=float(probability("transmittance", transmittance)),
        dark=float(probability("dark_count_probability", dark_count_probability)),
        misalignment=float(probability("misalignment_error", misalignment_error)),
        intercepted=float(probability("intercepted_fraction", intercepted_fraction)),
        rectilinear=float(probability("rectilinear_probability", rectilinear_probability)),
        eve_rectilinear=float(probability("eve_rectilinear_probability", eve_rectilinear_probability)),
    )
    counts = np.zeros(7, dtype=np.int64)
    alice_parts, bob_parts = [np.zeros(0, np.uint8)], [np.zeros(0, np.uint8)]
    room = most
    for size in _chunks(total):
        part, alice, bob = _send(size, link, rng)
        counts += part
        if room:  # a slice holds on to its chunk, so nothing is kept once the keys are full
            alice_parts.append(alice[:room])
            bob_parts.append(bob[:room])
            room -= len(alice_parts[-1])
    intercepted, detected, double, sifted_0, sifted_1, errors_0, errors_1 = counts.tolist()
    return BB84Run(
        alice_key=np.concatenate(alice_parts),
        bob_key=np.concatenate(bob_parts),
        pulses=total,
        intercepted=intercepted,
        detected=detected,
        double_clicks=double,
        sifted_by_basis=(sifted_0, sifted_1),
        errors_by_basis=(errors_0, errors_1),
    )


class _Link(NamedTuple):
    transmittance: float
    dark: float
    misalignment: float
    intercepted: float
    rectilinear: float
    eve_rectilinear: float


def _chunks(total: int) -> Iterator[int]:
    for start in range(0, total, _CHUNK_PULSES):
        yield min(_CHUNK_PULSES, total - start)


def _send(size: int, link: _Link, rng: np.random.Generator) -> tuple[NDArray[np.int64], Bits, Bits]:
    """Send one chunk; returns the seven counts of `simulate` and both sifted keys."""
    # one random byte a pulse holds four fair bits: Alice's bit, the outcomes of Eve and Bob in a wrong basis, and the
    # bit noted after a double click
    coins = rng.integers(0, 256, size, dtype=np.uint8)
    alice_bit = _coin(coins, 0)
    alice_diagonal = ~_chance(link.rectilinear, size, rng)
    bob_diagonal = ~_chance(link.rectilinear, size, rng)
    intercepted = _chance(link.intercepted, size, rng)
    bit, diagonal = alice_bit, alice_diagonal
    if link.intercepted > 0.0:
        eve_diagonal = ~_chance(link.eve_rectilinear, size, rng)
        eve_bit = np.where(eve_diagonal == alice_diagonal, alice_bit, _coin(coins, 1))
        bit = np.where(intercepted, eve_bit, alice_bit)
        diagonal = np.where(intercepted, eve_diagonal, alice_diagonal)
    outcome = np.where(bob_diagonal == diagonal, bit, _coin(coins, 2))
    outcome ^= _chance(link.misalignment, size, rng)
    arrives = _chance(link.transmittance, size, rng)
    click_0 = (arrives & ~outcome) | _chance(link.dark, size, rng)
    click_1 = (arrives & outcome) | _chance(link.dark, size, rng)
    detected, double = click_0 | click_1, click_0 & click_1
    bob_bit = np.where(double, _coin(coins, 3), click_1)
    sifted = detected & (alice_diagonal == bob_diagonal)
    wrong = sifted & (alice_bit != bob_bit)
    masks = [intercepted, detected, double, sifted & ~alice_diagonal, sifted & alice_diagonal]
    masks += [wrong & ~alice_diagonal, wrong & alice_diagonal]
    counts = np.array([np.count_nonzero(mask) for mask in masks], dtype=np.int64)
    return counts, alice_bit[sifted].view(np.uint8), bob_bit[sifted].view(np.uint8)


def _coin(coins: Bits, place: int) -> Mask:
    mask: Mask = (coins & np.uint8(1 << place)) != 0
    return mask


def _chance(chance: float, size: int, rng: np.random.Generator) -> Mask:
    # doubles, not float32: a dark count of 1e-7 a gate must not be rounded
    if chance in (0.0, 1.0):
        return np.full(size, chance == 1.0)
    return rng.random(size) < chance
