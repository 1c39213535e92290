"""Widget: estimate a phase with N photons, independent, squeezed or entangled, with loss.

Five settings are too many for a grid, so the script has the closed formulas; a test compares them with
`qlearn.physics.sensors` over the whole range, and its fresh draws with the formulas.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from qlearn.widgets.base import BookWidget, read_labels
from qlearn.widgets.bundle import bundle_script, bundle_style
from qlearn.widgets.traits import SEED, Between, OneOf, WholeBetween

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["PhaseEstimation"]

_HERE = Path(__file__)
_MOST_PROBES = 100
_MOST_LOST = 0.5
_MOST_DB = 15.0
_EXPERIMENTS = 200
_RUNS = (10, 20, 50, 100, 200, 500, 1000)
_NAMES = {"product": "independent photons", "squeezed": "squeezed light", "ghz": "a GHZ state"}


class PhaseEstimation(BookWidget):
    """An interferometer with N photons a run.

    Parameters
    ----------
    strategy : str
        ``"product"`` (independent photons), ``"squeezed"`` (laser light with squeezed vacuum) or ``"ghz"`` (entangled).
    probes : int
        Photons a run, 1 to 100; for squeezed light their mean number.
    lost_fraction : float
        Part of the photons that is lost, the same in both arms, 0 to 0.5.
    most_squeezing_db : float
        The squeezing a source can give, 0 to 15 dB; as much of it is used as pays.
    runs : int
        Runs averaged for one estimate: 10, 20, 50, 100, 200, 500 or 1000.
    seed : int, optional
        0 to 2**32 - 1, for the same experiments each time; without it every opening draws its own.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> round(PhaseEstimation(strategy="product", probes=100, lost_fraction=0.0).uncertainty(), 3)
    0.1
    """

    _esm = bundle_script(_HERE.with_suffix(".js"))
    _css = bundle_style(_HERE.with_suffix(".css"))

    strategy = OneOf("ghz", _NAMES).tag(sync=True)
    probes = WholeBetween(20, 1, _MOST_PROBES).tag(sync=True)
    lost_fraction = Between(0.1, 0.0, _MOST_LOST).tag(sync=True)
    most_squeezing_db = Between(10.0, 0.0, _MOST_DB).tag(sync=True)
    runs = OneOf(100, _RUNS).tag(sync=True)
    seed = WholeBetween(None, *SEED, allow_none=True).tag(sync=True)
    limits = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        limits = {
            "most_probes": _MOST_PROBES,
            "most_lost": _MOST_LOST,
            "most_db": _MOST_DB,
            "experiments": _EXPERIMENTS,
        }
        super().__init__(labels=read_labels(_HERE), limits=limits, **traits)

    def squeezing_db(self) -> float:
        """Squeezing that is used: what pays most, 0 for the other strategies.

        Returns
        -------
        float
            Decibels.
        """
        from qlearn.physics.sensors import phase_estimation

        if self.strategy != "squeezed":
            return 0.0
        return phase_estimation.best_squeezing(self.probes, 1.0 - self.lost_fraction, most_db=self.most_squeezing_db)

    def uncertainty(self) -> float:
        """Expected uncertainty of one run at the widget's settings.

        Returns
        -------
        float
            Radians.
        """
        from qlearn.physics.sensors import phase_estimation as phase

        eta = 1.0 - self.lost_fraction
        if self.strategy == "squeezed":
            return float(phase.squeezed_uncertainty(self.probes, self.squeezing_db(), eta))
        formula = phase.product_uncertainty if self.strategy == "product" else phase.ghz_uncertainty
        return float(formula(self.probes, eta))

    def summary(self) -> str:
        """One sentence on what the picture shows."""
        from qlearn.physics.sensors import phase_estimation

        alone = float(phase_estimation.product_uncertainty(self.probes, 1.0 - self.lost_fraction))
        return (
            f"Phase estimation with {_NAMES[self.strategy]}, {self.probes} photons a run and {self.lost_fraction:.0%} "
            f"lost: one run is uncertain by {self.uncertainty():.3g} rad, with independent photons by {alone:.3g} rad."
        )

    def picture(self) -> Figure:
        """Uncertainty against the number of photons, the fringe, and simulated estimates."""
        from qlearn.widgets.phase_picture import draw_picture

        return draw_picture(self, experiments=_EXPERIMENTS)
