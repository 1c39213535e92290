"""What Alice and Bob count in a run with decoys, and what they may expect to count on a link.

Two bases, as in Lim et al.: bits of the key basis (their X) become key, bits of the test basis (their Z) are compared
in public. Counts are by intensity: signal, decoy, vacuum. All intensities of the key basis go into the key.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range
from qlearn.physics.qkd.detection import error_rate, gain, light_detection
from qlearn.physics.qkd.link import Link

__all__ = ["DecoyCounts", "DecoySettings", "expected_counts"]


@dataclass(frozen=True, kw_only=True)
class DecoySettings:
    """How often Alice sends what; the intensities themselves are the link's.

    Parameters
    ----------
    signal_probability, decoy_probability : float
        Share of pulses that are signals and weak decoys, each above 0; the rest, above 0 too, is vacuum.
    key_basis_probability : float
        Probability of the key basis for Alice and, independently, for Bob, above 0 and below 1.

    Raises
    ------
    ParameterError
        When a probability is outside its range, or none is left for the vacuum.

    Examples
    --------
    >>> DecoySettings(signal_probability=0.6, decoy_probability=0.3).probabilities
    (0.6, 0.3, 0.1)
    """

    signal_probability: float = 0.7
    decoy_probability: float = 0.2
    key_basis_probability: float = 0.8

    def __post_init__(self) -> None:
        for name in ("signal_probability", "decoy_probability", "key_basis_probability"):
            value = float(in_range(name, getattr(self, name), 0.0, 1.0))
            if value in (0.0, 1.0):
                raise ParameterError(f"{name} is {value:g}; it must be above 0 and below 1")
        both = self.signal_probability + self.decoy_probability
        if both >= 1.0:
            raise ParameterError(
                f"signal_probability and decoy_probability add up to {both:g}; vacuum pulses need a rest"
            )

    @property
    def probabilities(self) -> tuple[float, float, float]:
        """Share of signal, decoy and vacuum pulses."""
        rest = round(1.0 - self.signal_probability - self.decoy_probability, 15)
        return self.signal_probability, self.decoy_probability, rest


@dataclass(frozen=True, kw_only=True, eq=False)
class DecoyCounts:
    """Counts of a run, or their expected values; each array has the entries signal, decoy, vacuum.

    Parameters
    ----------
    pulses : float
        Pulses sent, all intensities and bases together, above 0.
    key_clicks, key_errors : array_like
        Clicks where both used the key basis, and those of them that gave Bob the wrong bit, shape (3,). The errors
        become known when they are corrected.
    test_clicks, test_errors : array_like
        The same for the test basis.

    Raises
    ------
    ParameterError
        When a count is negative, has not three entries, or there are more errors than clicks or clicks than pulses.
    """

    pulses: float
    key_clicks: ArrayLike
    key_errors: ArrayLike
    test_clicks: ArrayLike
    test_errors: ArrayLike

    def __post_init__(self) -> None:
        in_range("pulses", self.pulses, np.finfo(float).tiny, np.inf)
        for name in ("key_clicks", "key_errors", "test_clicks", "test_errors"):
            counts = in_range(name, getattr(self, name), 0.0, np.inf)
            if counts.shape != (3,):
                raise ParameterError(
                    f"{name} has shape {counts.shape}; it needs one count for signal, decoy and vacuum"
                )
            object.__setattr__(self, name, counts)
        for basis in ("key", "test"):
            if np.any(getattr(self, f"{basis}_errors") > getattr(self, f"{basis}_clicks")):
                raise ParameterError(f"{basis}_errors are more than {basis}_clicks; every error is a click")
        if (clicks := np.sum(self.key_clicks) + np.sum(self.test_clicks)) > self.pulses * (1.0 + 1e-9):
            raise ParameterError(f"pulses is {self.pulses:g}; there are more clicks, {clicks:g}")

    @property
    def block_size(self) -> float:
        """Bits of the key basis, n_X in Lim et al."""
        return float(np.sum(self.key_clicks))

    @property
    def key_error_rate(self) -> float:
        """Wrong bits of the key basis over all; NaN without a click."""
        return float(np.sum(self.key_errors) / self.block_size) if self.block_size else float("nan")


def expected_counts(
    link: Link, settings: DecoySettings, *, pulses: float | None = None, block_size: float | None = None
) -> DecoyCounts:
    """Counts that a link gives on average, for so many pulses or until so many bits of the key basis have come.

    Parameters
    ----------
    link : Link
        The link, with its three intensities, dead time and after-pulses; the sifted fraction plays no part, because the
        settings say how often the bases agree.
    settings : DecoySettings
        How often Alice sends what.
    pulses, block_size : float
        One of the two: pulses sent, or clicks in the key basis, above 0.

    Returns
    -------
    DecoyCounts
        Expected values, not rounded.

    Raises
    ------
    ParameterError
        When both or neither are given, or nothing ever clicks.

    References
    ----------
    C. C. W. Lim et al., Phys. Rev. A 89, 022307 (2014), section IV, doi:10.1103/PhysRevA.89.022307.
    """
    if (pulses is None) == (block_size is None):
        raise ParameterError("give either pulses or block_size")
    shares = np.array(settings.probabilities)
    intensities = np.array(link.intensities)
    average = float(shares @ light_detection(link, intensity=intensities))
    clicks = shares * gain(link, intensity=intensities, average=average)
    errors = clicks * np.nan_to_num(error_rate(link, intensity=intensities, average=average))
    key, test = settings.key_basis_probability**2, (1.0 - settings.key_basis_probability) ** 2
    per_pulse = float(key * clicks.sum())
    if pulses is None:
        if per_pulse == 0.0:
            raise ParameterError("nothing ever clicks on this link; no block of key bits is ever full")
        pulses = float(in_range("block_size", block_size or 0.0, 1.0, np.inf)) / per_pulse
    return DecoyCounts(
        pulses=pulses,
        key_clicks=pulses * key * clicks,
        key_errors=pulses * key * errors,
        test_clicks=pulses * test * clicks,
        test_errors=pulses * test * errors,
    )
