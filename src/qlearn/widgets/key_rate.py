"""Widget: secret key against length of fibre, and where on the way it is lost.

The link has eight parameters, too many for a grid: the script holds the closed forms of `qlearn.physics.qkd.decoy`, and
a test compares the two over the whole range of the sliders.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from qlearn.errors import ParameterError
from qlearn.widgets.base import BookWidget, read_labels
from qlearn.widgets.bundle import bundle_script, bundle_style
from qlearn.widgets.stored import stored
from qlearn.widgets.traits import OneOf

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from qlearn.physics.qkd.decoy import KeyRate, Link

__all__ = ["RANGES", "SCHEMES", "KeyRateCurves", "presets"]

_HERE = Path(__file__)

# lowest, highest value and step of each slider; those of a logarithmic slider are powers of ten
RANGES: dict[str, tuple[float, float, float]] = {
    "length_km": (0.0, 500.0, 1.0),
    "intensity": (0.01, 1.5, 0.01),
    "background_probability": (-9.0, -3.0, 0.05),
    "detector_efficiency": (0.005, 1.0, 0.005),
    "misalignment_error": (0.0, 0.12, 0.001),
    "loss_db_per_km": (0.14, 0.5, 0.005),
    "clock_rate_hz": (6.0, 10.0, 0.05),
    "error_correction_efficiency": (1.0, 2.0, 0.01),
}
LOGARITHMIC = ("background_probability", "clock_rate_hz")
SCHEMES = ("decoy", "gllp", "single")
_GYS_LENGTH_KM = 100.0  # where the ledger has its key


def presets() -> list[dict[str, Any]]:
    """Links that a button sets: the Korean routes through the book's example fibre, and the devices of a paper.

    Returns
    -------
    list of dict
        Name, for the label, and the traits to set.
    """
    links: list[dict[str, Any]] = _preset_links()["links"]
    return links


@stored
def _preset_links() -> dict[str, Any]:
    from dataclasses import replace

    from qlearn.physics.qkd.link import GYS
    from qlearn.physics.qkd.routes import KOREAN_ROUTES

    fibre = ("length_km", "loss_db_per_km")
    devices = ("detector_efficiency", "background_probability", "misalignment_error", "intensity")
    links: list[tuple[str, Link, tuple[str, ...]]] = [(route.name, route.link(), fibre) for route in KOREAN_ROUTES]
    paper = replace(GYS, length_km=_GYS_LENGTH_KM)
    links.append(("gys", paper, (*fibre, *devices, "error_correction_efficiency")))
    return {
        "links": [{"name": name} | {trait: getattr(link, trait) for trait in traits} for name, link, traits in links]
    }


class KeyRateCurves(BookWidget):
    """Key per pulse against distance, with a cursor that reads out every step at its place.

    Parameters
    ----------
    length_km : float
        Where the cursor stands, 0 to 500 km.
    intensity : float
        Mean photons per signal pulse, 0.01 to 1.5.
    background_probability : float
        Clicks per pulse without a photon, 1e-9 to 1e-3.
    detector_efficiency : float
        Bob's optics and detectors, 0.005 to 1.
    misalignment_error : float
        Wrong bits among detected photons, 0 to 0.12.
    loss_db_per_km : float
        Loss of the fibre, 0.14 to 0.5 dB/km.
    clock_rate_hz : float
        Pulses per second, 1e6 to 1e10.
    error_correction_efficiency : float
        f_EC, 1 to 2; no slider.
    scheme : str
        Whose budget is shown: "decoy", "gllp" or "single".

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> round(float(KeyRateCurves(length_km=30).rate().secret_bits_per_second))
    2911687
    """

    _esm = bundle_script(_HERE.with_suffix(".js"))
    _css = bundle_style(_HERE.with_suffix(".css"))

    length_km = traitlets.Float(80.0).tag(sync=True)
    intensity = traitlets.Float(0.5).tag(sync=True)
    background_probability = traitlets.Float(2e-6).tag(sync=True)
    detector_efficiency = traitlets.Float(0.1).tag(sync=True)
    misalignment_error = traitlets.Float(0.01).tag(sync=True)
    loss_db_per_km = traitlets.Float(0.2).tag(sync=True)
    clock_rate_hz = traitlets.Float(1e9).tag(sync=True)
    error_correction_efficiency = traitlets.Float(1.16).tag(sync=True)
    scheme = OneOf("decoy", SCHEMES).tag(sync=True)
    ranges = traitlets.Dict().tag(sync=True)
    presets: Any = traitlets.List().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        ranges = {name: list(ends) for name, ends in RANGES.items()}
        super().__init__(labels=read_labels(_HERE), ranges=ranges, presets=presets(), **traits)

    @traitlets.validate(*RANGES)
    def _check_number(self, proposal: Any) -> float:
        name, value = proposal["trait"].name, float(proposal["value"])
        low, high, _ = RANGES[name]
        if name in LOGARITHMIC:
            low, high = 10.0**low, 10.0**high
        if not low <= value <= high:
            raise ParameterError(f"{name} is {value:g}; it must lie between {low:g} and {high:g}")
        return value

    def link(self) -> Link:
        """The link as the sliders stand.

        Returns
        -------
        Link
            For the functions of `qlearn.physics.qkd.decoy`.
        """
        from qlearn.physics.qkd.decoy import Link

        return Link(**{name: getattr(self, name) for name in RANGES})

    def rate(self, scheme: str | None = None) -> KeyRate:
        """Key rate and its steps at the cursor; without decoys at the best intensity, else at the slider's.

        Parameters
        ----------
        scheme : str, optional
            One of `SCHEMES`; the chosen one when left out.

        Returns
        -------
        KeyRate
            From `qlearn.physics.qkd.decoy`.
        """
        from dataclasses import replace

        from qlearn.physics.qkd import decoy

        link, chosen = self.link(), scheme or self.scheme
        if chosen == "gllp":
            link = replace(link, intensity=decoy.best_intensity(link, decoy.gllp_rate))
        functions = {"decoy": decoy.decoy_rate, "gllp": decoy.gllp_rate, "single": decoy.single_photon_rate}
        return functions[chosen](link)

    def summary(self) -> str:
        """One sentence on the link and its key."""
        from qlearn.physics.qkd import decoy

        keys = {scheme: float(self.rate(scheme).secret_bits_per_pulse) for scheme in SCHEMES}
        rate, bound = self.rate("decoy"), float(decoy.plob_bound(self.link()))
        return (
            f"Secret key against distance: over {self.length_km:g} km a laser with decoys gives "
            f"{keys['decoy']:.3g} bits per pulse ({float(rate.secret_bits_per_second):.3g} bits per second) "
            f"at an error rate of {float(rate.error_rate):.2%}; without decoys it gives {keys['gllp']:.3g}, "
            f"single photons would give {keys['single']:.3g}, and no protocol without a repeater more than {bound:.3g}."
        )

    def picture(self) -> Figure:
        """The curves and the cursor."""
        from qlearn.widgets.key_rate_picture import draw_picture

        return draw_picture(self.link())
