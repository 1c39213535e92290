"""The photons of `views/photons.js` once more, in NumPy, so that a picture shows the very run that the page opens with.

Number `i` of a stream is a hash of seed and `i`; photon `k` owns the eight numbers from `8 k`. A test holds both
languages to the same photons, another holds them to `qlearn.physics`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qlearn.widgets.random_stream import uniform
from qlearn.widgets.stored import stored

__all__ = ["PhotonRecord", "bb84_probabilities", "draw_photons"]

_NUMBERS_PER_PHOTON = 8


@dataclass(frozen=True, eq=False)
class PhotonRecord:
    """What happened to each photon of a run; all arrays have shape (photons,).

    Attributes
    ----------
    alice_bit, alice_basis, eve_bit, eve_basis, bob_bit, bob_basis : ndarray of uint8
        Bits and bases (0 rectilinear, 1 diagonal); Eve's and Bob's bits mean nothing where nothing was measured.
    intercepted, arrived : ndarray of bool
        Whether Eve measured the photon, and whether Bob received one.
    """

    alice_bit: NDArray[np.uint8]
    alice_basis: NDArray[np.uint8]
    intercepted: NDArray[np.bool_]
    eve_bit: NDArray[np.uint8]
    eve_basis: NDArray[np.uint8]
    arrived: NDArray[np.bool_]
    bob_bit: NDArray[np.uint8]
    bob_basis: NDArray[np.uint8]

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Photons that arrived and were prepared and measured in one basis."""
        kept: NDArray[np.bool_] = self.arrived & (self.alice_basis == self.bob_basis)
        return kept

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """Kept photons on which Alice and Bob differ."""
        wrong: NDArray[np.bool_] = self.kept & (self.alice_bit != self.bob_bit)
        return wrong


@stored
def bb84_probabilities() -> dict[str, Any]:
    """Probabilities of BB84's events, from the states that `qlearn.physics.qkd.bb84` sends.

    Returns
    -------
    dict
        `one` (Alice's bit is 1), `rectilinear` and `eve_rectilinear` (that basis is chosen), `outcome_one` (nested
        lists [prepared basis][prepared bit][measured basis] of the probability that 1 is read, by Born's rule) and
        `full_interception_error_rate` (sifted error rate when Eve measures every photon).
    """
    from qlearn.physics.qkd import bb84

    one = {basis: bb84.signal_state(1, basis) for basis in (0, 1)}
    outcome_one = [
        [
            [round(abs(one[measured].overlap(bb84.signal_state(bit, basis))) ** 2, 12) for measured in (0, 1)]
            for bit in (0, 1)
        ]
        for basis in (0, 1)
    ]
    return {
        "one": 0.5,
        "rectilinear": 0.5,
        "eve_rectilinear": 0.5,
        "outcome_one": outcome_one,
        "full_interception_error_rate": float(bb84.intercept_resend_error_rate(1.0)),
    }


def draw_photons(
    seed: int,
    photons: int,
    *,
    intercepted_fraction: float,
    transmittance: float,
    probabilities: Mapping[str, Any],
) -> PhotonRecord:
    """Draw the first photons of a seed's run, as the page's script does.

    Parameters
    ----------
    seed : int
        0 to 2**32 - 1.
    photons : int
        How many, 0 or more.
    intercepted_fraction, transmittance : float
        Fraction Eve measures, probability that a photon reaches Bob, 0 to 1.
    probabilities : mapping
        As `bb84_probabilities` returns them.

    Returns
    -------
    PhotonRecord
        One entry a photon.
    """
    numbers = uniform(seed, _NUMBERS_PER_PHOTON * photons).reshape(photons, _NUMBERS_PER_PHOTON)
    table = np.asarray(probabilities["outcome_one"], dtype=float)

    def bit(basis: NDArray[np.uint8], sent: NDArray[np.uint8], measured: NDArray[np.uint8], slot: int) -> Any:
        return (numbers[:, slot] < table[basis, sent, measured]).astype(np.uint8)

    alice_bit = (numbers[:, 0] < probabilities["one"]).astype(np.uint8)
    alice_basis = (numbers[:, 1] >= probabilities["rectilinear"]).astype(np.uint8)
    intercepted = numbers[:, 2] < intercepted_fraction
    eve_basis = (numbers[:, 3] >= probabilities["eve_rectilinear"]).astype(np.uint8)
    eve_bit = bit(alice_basis, alice_bit, eve_basis, 4)
    bob_basis = (numbers[:, 6] >= probabilities["rectilinear"]).astype(np.uint8)
    sent_basis = np.where(intercepted, eve_basis, alice_basis)
    sent_bit = np.where(intercepted, eve_bit, alice_bit)
    return PhotonRecord(
        alice_bit=alice_bit,
        alice_basis=alice_basis,
        intercepted=intercepted,
        eve_bit=eve_bit,
        eve_basis=eve_basis,
        arrived=numbers[:, 5] < transmittance,
        bob_bit=bit(sent_basis, sent_bit, bob_basis, 7),
        bob_basis=bob_basis,
    )
