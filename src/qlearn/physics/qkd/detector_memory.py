"""Detectors that remember their last click: blind for a while, and then ready to click for no reason."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qlearn.physics.qkd.link import Link

__all__ = ["DetectorMemory"]

Mask = NDArray[np.bool_]


class DetectorMemory:
    """Dead time and after-pulses of Bob's detectors, carried from each run of pulses to the next.

    A click blinds all detectors for the dead time, rounded to whole pulses, so that which of them clicked last tells
    nothing about the next bit. With the after-pulse probability it makes the first pulse after that click as well.

    Parameters
    ----------
    link : Link
        Whose dead time, clock rate and after-pulse probability count.

    Examples
    --------
    >>> memory = DetectorMemory(Link(dead_time_s=2e-9, clock_rate_hz=1e9))
    >>> recorded, _ = memory.record(np.ones(7, dtype=bool), np.random.default_rng(1))
    >>> recorded.astype(int)
    array([1, 0, 0, 1, 0, 0, 1])
    """

    def __init__(self, link: Link) -> None:
        self._blind = round(link.dead_time_s * link.clock_rate_hz)
        self._after = link.after_pulse_probability
        self._next = 0  # the first live pulse after the last click, counted from where the next run starts
        self._charged = False

    def record(self, events: Mask, rng: np.random.Generator) -> tuple[Mask, Mask]:
        """Say which pulses are recorded as clicks.

        Parameters
        ----------
        events : ndarray of bool
            Pulses in which light or background would make live detectors click, one after the other, shape (n,).
        rng : numpy.random.Generator
            Source of randomness, asked only if there are after-pulses.

        Returns
        -------
        tuple of ndarray of bool
            Pulses recorded as clicks, and those of them in which an after-pulse came, alone or not.
        """
        if self._blind == 0 and self._after == 0.0:
            return events, np.zeros_like(events)
        places = np.append(np.flatnonzero(events), events.size).tolist()
        recorded, after = np.zeros_like(events), np.zeros_like(events)
        place = 0
        while self._next < events.size:
            while places[place] < self._next:
                place += 1
            here = self._next if self._charged else places[place]
            if here == events.size:
                self._next = here
                break
            recorded[here], after[here] = True, self._charged
            self._charged = self._after > 0.0 and rng.random() < self._after
            self._next = here + 1 + self._blind
        self._next -= events.size
        return recorded, after
