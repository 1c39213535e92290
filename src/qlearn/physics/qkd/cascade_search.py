"""The search inside Cascade: blocks of several passes over one key, and the hunt for errors in the odd ones.

It works on the difference of the two keys, but looks at nothing except the parity of a block or half block: just what
Bob learns when Alice tells hers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["CascadeSearch"]

Bits = NDArray[np.uint8]
Places = NDArray[np.int64]


@dataclass
class _Blocks:
    """One pass: the shuffled key cut into blocks of one size, the last one perhaps shorter."""

    order: Places  # key position at each place of the shuffled key
    place: Places  # the inverse
    size: int
    errors: Bits  # differing bits in shuffled order, (blocks, size), filled up with zeros
    odd: NDArray[np.bool_]  # blocks with an odd number of differing bits
    told: NDArray[np.bool_]  # places at which a halving has cut; each belongs to one half whose parity is known

    @classmethod
    def cut(cls, difference: Bits, size: int, order: Places) -> _Blocks:
        rows = -(-difference.size // size)
        errors: Bits = np.zeros((rows, size), dtype=np.uint8)
        errors.reshape(-1)[: difference.size] = difference[order]
        place = np.empty_like(order)
        place[order] = np.arange(order.size)
        odd = np.bitwise_xor.reduce(errors, axis=1).astype(np.bool_)
        return cls(order, place, size, errors, odd, np.zeros(rows * size, dtype=np.bool_))

    def flip(self, positions: Places) -> None:
        """Take note that these bits of the key, all different, have been flipped."""
        places = self.place[positions]
        self.errors.reshape(-1)[places] ^= 1
        self.odd ^= (np.bincount(places // self.size, minlength=self.odd.size) & 1).astype(np.bool_)

    def find_errors(self) -> tuple[Places, int, int]:
        """Halve all odd blocks down to one bit each; gives its position in the key, parities told, halvings."""
        rows = np.flatnonzero(self.odd)
        prefix = np.zeros((rows.size, self.size + 1), dtype=np.uint8)
        np.bitwise_xor.accumulate(self.errors[rows], axis=1, out=prefix[:, 1:])
        low = np.zeros_like(rows)
        high = np.minimum(self.size, self.order.size - rows * self.size)
        told = halvings = 0
        searching = np.flatnonzero(high - low > 1)
        while searching.size:
            start, stop = low[searching], high[searching]
            middle = (start + stop) // 2
            cuts = rows[searching] * self.size + middle
            told += int(np.count_nonzero(~self.told[cuts]))
            self.told[cuts] = True
            halvings += 1
            left = prefix[searching, start] != prefix[searching, middle]
            high[searching] = np.where(left, middle, stop)
            low[searching] = np.where(left, start, middle)
            searching = searching[high[searching] - low[searching] > 1]
        return self.order[rows * self.size + low], told, halvings


class CascadeSearch:
    """Searches of all passes so far.

    Parameters
    ----------
    difference : ndarray of uint8
        Alice's key xor Bob's, shape (n,).

    Attributes
    ----------
    flipped : ndarray of uint8
        1 where Bob has flipped his bit, shape (n,).
    leaked_bits, exchanges : int
        Parities told and messages exchanged so far, as in `error_correction.CascadeResult`.
    """

    def __init__(self, difference: Bits) -> None:
        self._difference = difference
        self._passes: list[_Blocks] = []
        self.flipped: Bits = np.zeros_like(difference)
        self.leaked_bits = 0
        self.exchanges = 0

    def run_pass(self, size: int, order: Places) -> None:
        """Compare the blocks of another pass, then search until no block of any pass is odd.

        Parameters
        ----------
        size : int
            Bits in a block.
        order : ndarray of int64
            The shuffle: key position at each place, shape (n,).
        """
        blocks = _Blocks.cut(self._difference ^ self.flipped, size, order)
        # the last block's parity follows from the others once that of the whole key is known
        self.leaked_bits += blocks.odd.size - bool(self._passes)
        self.exchanges += 1
        self._passes.append(blocks)
        while odd := next((blocks for blocks in self._passes if blocks.odd.any()), None):
            positions, told, halvings = odd.find_errors()
            self.leaked_bits += told
            self.exchanges += halvings
            self.flipped[positions] ^= 1
            for blocks in self._passes:
                blocks.flip(positions)
