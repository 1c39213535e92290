"""Widget: teleportation step by step through a noisy pair, and many runs counted against the classical limit.

What an outcome does to the Bloch vector comes from `qlearn.physics`; the script draws fresh outcomes, and a test holds
its closed form to the physics over the whole range.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets
from numpy.typing import NDArray

from qlearn.widgets.base import BookWidget, read_labels
from qlearn.widgets.bundle import bundle_script, bundle_style
from qlearn.widgets.random_stream import seed_of_run
from qlearn.widgets.stored import stored
from qlearn.widgets.teleportation_runs import TeleportationRecord, draw_runs, outcome_number, shrinkage
from qlearn.widgets.traits import SEED, Between, OneOf, WholeBetween

if TYPE_CHECKING:
    import qutip
    from matplotlib.figure import Figure

__all__ = ["Teleportation"]

_HERE = Path(__file__)
# the picture needs outcomes even where every reader's page draws its own
_PICTURE_SEED = 1993
_MOST_RUNS = 20_000
_NOISES = ("white", "phase")
_MEASURED, _HEARD = 1, 2


class Teleportation(BookWidget):
    """A qubit on its way from Alice to Bob.

    Parameters
    ----------
    theta_deg, phi_deg : float
        Place on the Bloch sphere of the qubit that Alice sends, in degrees, 0 to 180 and -180 to 180.
    pair_fidelity : float
        Overlap of the shared pair with |Phi+>, 0.25 to 1.
    noise : str
        The rest of the pair: "white" noise, or flips of the "phase" alone.
    told : bool
        Whether, in the many runs, the two bits reach Bob.
    step : int
        Where the run stands when the widget opens: 0 ready, 1 Alice has measured, 2 Bob has the bits, 3 corrected.
    runs : int
        Runs already counted when the widget opens, 0 to 20 000.
    seed : int, optional
        0 to 2**32 - 1, for the same outcomes each time; without it every opening draws its own.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> Teleportation(pair_fidelity=0.5).expected_fidelity().__round__(6)
    0.666667
    """

    _esm = bundle_script(_HERE.with_suffix(".js"))
    _css = bundle_style(_HERE.with_suffix(".css"))

    theta_deg = Between(50.0, 0.0, 180.0).tag(sync=True)
    phi_deg = Between(100.0, -180.0, 180.0).tag(sync=True)
    pair_fidelity = Between(0.85, 0.25, 1.0).tag(sync=True)
    noise = OneOf("white", _NOISES).tag(sync=True)
    told = traitlets.Bool(True).tag(sync=True)
    step = WholeBetween(_MEASURED, 0, 3).tag(sync=True)
    runs = WholeBetween(200, 0, _MOST_RUNS).tag(sync=True)
    seed = WholeBetween(None, *SEED, allow_none=True).tag(sync=True)
    rules = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(labels=read_labels(_HERE), rules=_rules(), **traits)

    def pair(self) -> qutip.Qobj:
        """The shared pair.

        Returns
        -------
        qutip.Qobj
            Density operator, shape (4, 4).
        """
        import qutip

        from qlearn.physics.entanglement import bell_state

        wanted = bell_state("phi+").proj()
        rest = (qutip.qeye([2, 2]) - wanted) / 3 if self.noise == "white" else bell_state("phi-").proj()
        return self.pair_fidelity * wanted + (1 - self.pair_fidelity) * rest

    def expected_fidelity(self) -> float:
        """Mean fidelity that physics expects of the many runs.

        Returns
        -------
        float
            0 to 1.
        """
        from qlearn.physics import teleportation

        return teleportation.average_fidelity_of_pair(self.pair()) if self.told else 0.5

    def sent(self) -> NDArray[np.float64]:
        """Bloch vector of the qubit that Alice sends.

        Returns
        -------
        ndarray of float64
            Shape (3,), length 1.
        """
        theta, phi = np.deg2rad([self.theta_deg, self.phi_deg])
        return np.array([np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi), np.cos(theta)])

    def outcome(self) -> int:
        """Alice's outcome in the run that the picture shows, 0 to 3 in the order of the rules."""
        return outcome_number(self._own_seed())

    def held(self) -> NDArray[np.float64]:
        """Bloch vector of Bob's qubit as he knows it at the widget's step.

        Returns
        -------
        ndarray of float64
            Shape (3,).
        """
        if self.step <= _MEASURED:
            return np.zeros(3)
        arrived = self.sent() * shrinkage(self.noise, self.pair_fidelity)
        return arrived * self._signs()[self.outcome()] if self.step == _HEARD else arrived

    def possible(self) -> NDArray[np.float64]:
        """The four vectors that Bob's qubit may have before his correction.

        Returns
        -------
        ndarray of float64
            Shape (4, 3), in the order of the rules.
        """
        return self.sent() * shrinkage(self.noise, self.pair_fidelity) * self._signs()

    def record(self) -> TeleportationRecord:
        """The runs that the widget opens with; with no seed set, those of its picture.

        Returns
        -------
        TeleportationRecord
            One entry a run.
        """
        return draw_runs(
            seed_of_run(self._own_seed(), 0),
            self.runs,
            noise=self.noise,
            pair_fidelity=self.pair_fidelity,
            told=self.told,
            signs=self._signs().tolist(),
        )

    def summary(self) -> str:
        """One sentence on what the picture shows."""
        x, y, z = self.held() + 0.0
        found = self.record()
        return (
            f"Teleportation at step {self.step + 1} of 4: Bob's vector is ({x:.2f}, {y:.2f}, {z:.2f}), fidelity "
            f"{(1 + self.sent() @ self.held()) / 2:.1%}. Through pairs of fidelity {self.pair_fidelity:.0%}, "
            f"{self.runs} states by chance arrived with {found.mean:.1%} ± {found.standard_error:.1%}; expected "
            f"{self.expected_fidelity():.1%}, without a pair at most {self.rules['classical_limit']:.1%}."
        )

    def picture(self) -> Figure:
        """Both spheres at the widget's step, and the runs counted so far."""
        from qlearn.widgets.teleportation_picture import draw_picture

        return draw_picture(self)

    def _own_seed(self) -> int:
        return _PICTURE_SEED if self.seed is None else self.seed

    def _signs(self) -> NDArray[np.float64]:
        return np.array([outcome["signs"] for outcome in self.rules["outcomes"]])


@stored
def _rules() -> dict[str, Any]:
    """What each outcome is called, and which signs it gives the components of a vector: from the physics."""
    import qutip

    from qlearn.physics import teleportation
    from qlearn.physics.entanglement import bell_state

    axes = (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz())
    ends = [axis.eigenstates()[1][1] for axis in axes]
    found = [teleportation.teleport(end, bell_state("phi+")) for end in ends]
    outcomes = []
    for number, (bell, bits) in enumerate(teleportation.MESSAGES.items()):
        signs = [round(float(qutip.expect(axes[i], found[i][number].before))) for i in range(3)]
        name = ("Z" if bits[0] == "1" else "") + ("X" if bits[1] == "1" else "") or "I"
        outcomes.append({"bell": bell, "bits": bits, "correction": name, "signs": signs})
    return {"outcomes": outcomes, "classical_limit": teleportation.classical_limit()}
