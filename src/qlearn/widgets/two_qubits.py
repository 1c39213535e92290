"""Widget: answers of two photons at any angles, beside a copy whose answers to H or V were drawn by coins.

Angles and the pair's own parameter are too many for a grid, so the script has closed forms; a test compares them with
`qlearn.physics` over the whole range.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from qlearn.widgets.base import BookWidget, read_labels
from qlearn.widgets.bundle import bundle_script, bundle_style
from qlearn.widgets.traits import Between, OneOf

if TYPE_CHECKING:
    import qutip
    from matplotlib.figure import Figure

__all__ = ["RANGES", "STATES", "TwoQubits"]

_HERE = Path(__file__)

# lowest, highest value and step of each slider
RANGES: dict[str, tuple[float, float, float]] = {
    "coherence": (0.0, 1.0, 0.05),
    "visibility": (0.0, 1.0, 0.01),
    "angle_deg": (0.0, 90.0, 2.5),
    "polarisation_deg": (0.0, 90.0, 2.5),
    "alice_deg": (-90.0, 90.0, 2.5),
    "bob_deg": (-90.0, 90.0, 2.5),
}
STATES = {
    "bell": "a Bell pair",
    "blurred": "a Bell pair with its phase blurred",
    "noisy": "a Bell pair in noise",
    "partly": "a partly entangled pair",
    "separate": "two separate photons",
}


class TwoQubits(BookWidget):
    """Correlation map, joint and single probabilities of a pair and of its coin copy.

    Parameters
    ----------
    state : str
        ``"bell"``, ``"blurred"``, ``"noisy"`` (a Werner state), ``"partly"`` or ``"separate"``.
    coherence, visibility : float
        Of the blurred and of the noisy pair, 0 to 1.
    angle_deg : float
        Angle of the partly entangled pair, 0 to 90 degrees; 45 is the Bell pair.
    polarisation_deg : float
        Polarisation of both separate photons, 0 to 90 degrees.
    alice_deg, bob_deg : float
        Angle of each analyser, -90 to 90 degrees; 0 asks H or V, 45 asks D or A.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> round(TwoQubits(state="blurred", coherence=0.3).correlation(), 3)
    0.3
    """

    _esm = bundle_script(_HERE.with_suffix(".js"))
    _css = bundle_style(_HERE.with_suffix(".css"))

    state = OneOf("bell", STATES).tag(sync=True)
    coherence = Between(0.5, *RANGES["coherence"][:2]).tag(sync=True)
    visibility = Between(0.6, *RANGES["visibility"][:2]).tag(sync=True)
    angle_deg = Between(30.0, *RANGES["angle_deg"][:2]).tag(sync=True)
    polarisation_deg = Between(45.0, *RANGES["polarisation_deg"][:2]).tag(sync=True)
    alice_deg = Between(45.0, *RANGES["alice_deg"][:2]).tag(sync=True)
    bob_deg = Between(45.0, *RANGES["bob_deg"][:2]).tag(sync=True)
    ranges = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        ranges = {name: list(ends) for name, ends in RANGES.items()}
        super().__init__(labels=read_labels(_HERE), ranges=ranges, **traits)

    def pair(self) -> qutip.Qobj:
        """The chosen pair.

        Returns
        -------
        qutip.Qobj
            Density operator, shape (4, 4).
        """
        from qlearn.physics import pairs, states

        if self.state == "separate":
            photon = states.polarisation(self.polarisation_deg)
            return (photon & photon).proj()
        if self.state == "partly":
            return pairs.partly_entangled_state(self.angle_deg).proj()
        if self.state == "noisy":
            return pairs.werner_state(self.visibility)
        return pairs.dephased_state(self.coherence if self.state == "blurred" else 1.0)

    def coin_copy(self) -> qutip.Qobj:
        """The same chances for HH, HV, VH and VV, without coherence.

        Returns
        -------
        qutip.Qobj
            Density operator, shape (4, 4).
        """
        from qlearn.physics.pairs import without_coherence

        return without_coherence(self.pair())

    def correlation(self, pair: qutip.Qobj | None = None) -> float:
        """Correlation at the widget's angles.

        Parameters
        ----------
        pair : qutip.Qobj, optional
            The chosen pair when left out.

        Returns
        -------
        float
            -1 to 1.
        """
        from qlearn.physics import pair_correlations as measured

        axes = measured.linear_axis(self.alice_deg), measured.linear_axis(self.bob_deg)
        return measured.correlation(self.pair() if pair is None else pair, *axes)

    def summary(self) -> str:
        """One sentence on what the picture shows."""
        from qlearn.physics import entanglement

        pair = self.pair()
        return (
            f"Correlation of {STATES[self.state]} with Alice's analyser at {self.alice_deg:g} and Bob's at "
            f"{self.bob_deg:g} degrees: {self.correlation() + 0.0:.2f}; of its coin copy "
            f"{self.correlation(self.coin_copy()):.2f}. H/V and D/A together give "
            f"{entanglement.correlation_sum(pair):.2f}, without entanglement at most 1; the concurrence is "
            f"{entanglement.concurrence(pair):.2f}."
        )

    def picture(self) -> Figure:
        """Both correlation maps and both sets of joint probabilities."""
        from qlearn.widgets.two_qubits_picture import draw_picture

        return draw_picture(self)
