"""The Bloch sphere in Matplotlib, seen from where `views/bloch_sphere.js` first sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_sphere"]

_AZIMUTH, _ELEVATION = -0.55, 0.3
_NAMES = {
    r"$|0\rangle$": (0, 0, 1.17),
    r"$|1\rangle$": (0, 0, -1.19),
    r"$|{+}\rangle$": (1.22, 0, 0),
    r"$|{-}\rangle$": (-1.22, 0, 0),
    r"$|{+i}\rangle$": (0, 1.24, 0),
    r"$|{-i}\rangle$": (0, -1.24, 0),
}


def draw_sphere(
    axes: Axes,
    *,
    vector: ArrayLike | None = None,
    trail: ArrayLike = (),
    cloud: ArrayLike = (),
    colours: tuple[str, str, str],
    faint: str = "#8a94a6",
) -> None:
    """Draw the sphere, a Bloch vector, its trail and a cloud of thin vectors.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Its frame and ticks are taken away.
    vector : array_like, optional
        Bloch vector, shape (3,).
    trail, cloud : array_like
        Bloch vectors, shape (points, 3).
    colours : tuple of str
        Of the vector, the trail and the cloud.
    faint : str
        Of the sphere itself.
    """
    axes.set_aspect("equal")
    axes.axis("off")
    axes.set(xlim=(-1.45, 1.45), ylim=(-1.35, 1.35))
    angle = np.linspace(0.0, 2.0 * np.pi, 121)
    nothing = np.zeros_like(angle)
    axes.plot(np.cos(angle), np.sin(angle), color=faint, lw=1.1)
    for circle in ((np.cos(angle), np.sin(angle), nothing), (nothing, np.cos(angle), np.sin(angle))):
        axes.plot(*_project(np.column_stack(circle)), color=faint, lw=0.7)
    for end in np.eye(3):
        axes.plot(*_project(np.array([-end, end])), color=faint, lw=0.6)
    for member in np.atleast_2d(np.asarray(cloud, dtype=float)):
        if member.size:
            axes.plot(*_project(np.array([np.zeros(3), member])), color=colours[2], lw=0.9, alpha=0.55)
    path = np.asarray(trail, dtype=float)
    if path.size:
        axes.plot(*_project(path), color=colours[1], lw=1.8)
    if vector is not None:
        line = _project(np.array([np.zeros(3), np.asarray(vector, dtype=float)]))
        axes.plot(*line, color=colours[0], lw=3)
        axes.plot(*line[:, 1:], "o", color=colours[0], ms=8)
    for name, place in _NAMES.items():
        right, up = _project(np.array([place], dtype=float))[:, 0]
        axes.text(float(right), float(up), name, ha="center", va="center", fontsize=11)


def _project(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Right and up of each point, shape (2, points): x to the front, y to the right, z up."""
    x, y, z = points.T
    right = np.cos(_AZIMUTH) * y + np.sin(_AZIMUTH) * x
    front = np.cos(_AZIMUTH) * x - np.sin(_AZIMUTH) * y
    return np.array([right, np.cos(_ELEVATION) * z - np.sin(_ELEVATION) * front])
