"""The static picture of the key rate curves, for print and for browsers that run no script."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from qlearn.physics.qkd import decoy

__all__ = ["draw_picture"]

_COLOURS = {"decoy": "#2458c6", "gllp": "#b4500b", "single": "#0b6b4f", "bound": "#1d2433"}


def draw_picture(link: decoy.Link) -> Figure:
    """Draw key per pulse against length for all schemes and the bound.

    Parameters
    ----------
    link : Link
        The link; its length is where the cursor stands.

    Returns
    -------
    matplotlib.figure.Figure
        7.4 by 4.2 inches, on white.
    """
    furthest = 250.0 if link.length_km <= 250.0 else 500.0
    lengths = np.linspace(0.0, furthest, 251)
    # the loop without decoys searches an intensity at each length, so it takes fewer
    sparse = np.linspace(0.0, furthest, 81)
    curves = {
        "single": (lengths, decoy.single_photon_rate(link, length_km=lengths).secret_bits_per_pulse, "single photons"),
        "decoy": (lengths, decoy.decoy_rate(link, length_km=lengths).secret_bits_per_pulse, "laser with decoys"),
        "gllp": (sparse, _without_decoys(link, sparse), "laser without decoys"),
    }
    figure = Figure(figsize=(7.4, 4.2), layout="constrained", facecolor="white")
    axes = figure.subplots()
    bound = decoy.plob_bound(link, length_km=lengths[1:])
    axes.semilogy(lengths[1:], bound, "--", color=_COLOURS["bound"], label="bound without repeaters")
    for name, (at, rate, label) in curves.items():
        axes.semilogy(at[rate > 0], rate[rate > 0], color=_COLOURS[name], label=label)
    axes.axvline(link.length_km, color="#5a6579", ls=":")
    axes.set(xlim=(0, furthest), ylim=(1e-9 if furthest == 250.0 else 1e-12, 1))
    axes.set(xlabel="length of fibre (km)", ylabel="secret bits per pulse")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    return figure


def _without_decoys(link: decoy.Link, lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Key at the best intensity for each length, zero from where it ends."""
    rates = np.zeros(lengths.size)
    for place, length in enumerate(lengths):
        here = replace(link, length_km=float(length))
        best = replace(here, intensity=decoy.best_intensity(here, decoy.gllp_rate))
        rates[place] = float(decoy.gllp_rate(best).secret_bits_per_pulse)
        if rates[place] == 0.0:
            break
    return rates
