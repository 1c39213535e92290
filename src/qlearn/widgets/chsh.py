"""Widget: a Bell test with four analysers and a finite number of rounds, against the reader's own plan.

The script draws fresh rounds from the correlation V cos 2(a - b), which a test compares with `qlearn.physics.bell`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from qlearn.errors import ParameterError
from qlearn.widgets.base import BookWidget, read_labels
from qlearn.widgets.bundle import bundle_script, bundle_style
from qlearn.widgets.chsh_rounds import ChshRecord, draw_rounds
from qlearn.widgets.random_stream import seed_of_run
from qlearn.widgets.stored import stored
from qlearn.widgets.traits import SEED, Between, WholeBetween

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from qlearn.physics.bell import CHSHEstimate

__all__ = ["Chsh"]

_HERE = Path(__file__)
# the picture needs rounds even where every reader's page plays its own
_PICTURE_SEED = 1969
_MOST_ROUNDS = 20_000


class Chsh(BookWidget):
    """The CHSH game with polarised photons.

    Parameters
    ----------
    alice_0_deg, alice_1_deg, bob_0_deg, bob_1_deg : float
        Angle of the analyser that answers a player's question 0 or 1, in degrees, -90 to 90; those of the largest
        value when left out.
    visibility : float
        How pure the pair |Phi+> is, 0 to 1.
    plan : str
        The reader's own answers, ``+`` or ``-``, to Alice's question 0 and 1 and Bob's question 0 and 1.
    rounds : int
        Rounds already played when the widget opens, 0 to 20 000.
    seed : int, optional
        0 to 2**32 - 1, for the same rounds each time; without it every opening plays its own.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> Chsh(visibility=0.8, seed=7).visibility
    0.8
    """

    _esm = bundle_script(_HERE.with_suffix(".js"))
    _css = bundle_style(_HERE.with_suffix(".css"))

    alice_0_deg = Between(0.0, -90.0, 90.0).tag(sync=True)
    alice_1_deg = Between(45.0, -90.0, 90.0).tag(sync=True)
    bob_0_deg = Between(22.5, -90.0, 90.0).tag(sync=True)
    bob_1_deg = Between(-22.5, -90.0, 90.0).tag(sync=True)
    visibility = Between(1.0, 0.0, 1.0).tag(sync=True)
    plan = traitlets.Unicode("++++").tag(sync=True)
    rounds = WholeBetween(400, 0, _MOST_ROUNDS).tag(sync=True)
    seed = WholeBetween(None, *SEED, allow_none=True).tag(sync=True)
    bounds = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(labels=read_labels(_HERE), bounds=_bounds(), **traits)

    @traitlets.validate("plan")
    def _check_plan(self, proposal: Any) -> str:
        plan = str(proposal["value"])
        if len(plan) != 4 or set(plan) - set("+-"):
            raise ParameterError(f"plan is {plan!r}; it must be four answers, each + or -, such as '+++-'")
        return plan

    def record(self) -> ChshRecord:
        """The rounds the widget opens with; with no seed set, those of its picture.

        Returns
        -------
        ChshRecord
            One entry a round.
        """
        seed = _PICTURE_SEED if self.seed is None else self.seed
        return draw_rounds(
            seed_of_run(seed, 0),
            self.rounds,
            alice_deg=(self.alice_0_deg, self.alice_1_deg),
            bob_deg=(self.bob_0_deg, self.bob_1_deg),
            visibility=self.visibility,
        )

    def estimate(self) -> CHSHEstimate:
        """What those rounds say, by `qlearn.physics.bell.estimate`.

        Returns
        -------
        CHSHEstimate
            Correlators, S, errors and wins.
        """
        from qlearn.physics import bell

        return bell.estimate(self.record().counts)

    def expected_value(self) -> float:
        """S that physics expects at the widget's settings.

        Returns
        -------
        float
            Between -2 sqrt(2) and 2 sqrt(2).
        """
        from qlearn.physics import bell

        return bell.chsh_value(
            (self.alice_0_deg, self.alice_1_deg), (self.bob_0_deg, self.bob_1_deg), visibility=self.visibility
        )

    def plan_wins(self) -> int:
        """Rounds that the reader's plan would have won with the same questions.

        Returns
        -------
        int
            0 to `rounds`.
        """
        x, y = self.record().questions.T
        answers = np.array([sign == "+" for sign in self.plan])
        return int(((answers[x] == answers[2 + y]) != ((x == 1) & (y == 1))).sum())

    def summary(self) -> str:
        """One sentence on the run the picture shows."""
        found = self.estimate()
        return (
            f"Bell test with {self.rounds} rounds: S = {found.value:.2f} ± {found.standard_error:.2f}, expected "
            f"{self.expected_value():.2f}; plans reach at most {self.bounds['local']}, quantum mechanics "
            f"{self.bounds['quantum']:.2f}. The photons won {found.wins} rounds, the plan {self.plan_wins()}."
        )

    def picture(self) -> Figure:
        """The value of S as rounds are played, the four correlations and the score."""
        from qlearn.widgets.chsh_picture import draw_picture

        return draw_picture(self)


@stored
def _bounds() -> dict[str, Any]:
    from qlearn.physics import bell

    return {
        "local": bell.best_local_value(),
        "quantum": bell.tsirelson_bound(),
        "local_win": float(bell.win_probability(bell.best_local_value())),
        "quantum_win": float(bell.win_probability(bell.tsirelson_bound())),
        "best_angles_deg": [*bell.BEST_ALICE_DEG, *bell.BEST_BOB_DEG],
    }
