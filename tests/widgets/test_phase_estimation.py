import re

import pytest

from qlearn.errors import ParameterError
from qlearn.physics.sensors import phase_estimation as phase
from qlearn.widgets.phase_estimation import PhaseEstimation
from widgets.widget_checks import check_files, check_labels, check_shown


@pytest.fixture
def estimation() -> PhaseEstimation:
    return PhaseEstimation(seed=7)


def test_it_keeps_the_rules_of_the_house(estimation: PhaseEstimation) -> None:
    check_labels(estimation, set())
    check_files(estimation)
    check_shown(estimation)


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("strategy", "noon", "strategy is 'noon'; it must be one of 'product', 'squeezed', 'ghz'"),
        ("probes", 0, "probes is 0; it must lie between 1 and 100"),
        ("lost_fraction", 0.6, "lost_fraction is 0.6; it must lie between 0 and 0.5"),
        ("most_squeezing_db", -1.0, "most_squeezing_db is -1; it must lie between 0 and 15"),
        ("runs", 30, "runs is 30; it must be one of 10, 20, 50, 100, 200, 500, 1000"),
        ("seed", 2**32, "seed is 4294967296; it must lie between 0 and 4294967295"),
    ],
)
def test_an_argument_out_of_range_is_refused(argument: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        PhaseEstimation(**{argument: value})


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        ("product", lambda: phase.product_uncertainty(30, 0.8)),
        ("ghz", lambda: phase.ghz_uncertainty(30, 0.8)),
        ("squeezed", lambda: phase.best_squeezed_uncertainty(30, 0.8, most_db=6.0)),
    ],
)
def test_its_uncertainty_is_the_physics_and_its_words_say_so(strategy: str, expected) -> None:
    widget = PhaseEstimation(strategy=strategy, probes=30, lost_fraction=0.2, most_squeezing_db=6.0)
    assert widget.uncertainty() == pytest.approx(float(expected()))
    assert f"uncertain by {widget.uncertainty():.3g} rad" in widget.summary()


def test_it_opens_where_entanglement_still_helps(estimation: PhaseEstimation) -> None:
    alone = float(phase.product_uncertainty(estimation.probes, 1 - estimation.lost_fraction))
    assert estimation.uncertainty() < alone / 1.5
    assert estimation.probes < phase.ghz_break_even(1 - estimation.lost_fraction) < 100


@pytest.mark.parametrize(
    "settings",
    [
        {"strategy": "ghz", "probes": 100, "lost_fraction": 0.5},
        {"strategy": "squeezed", "probes": 1, "lost_fraction": 0.0, "most_squeezing_db": 0.0},
        {"strategy": "product", "probes": 1, "runs": 10},
    ],
)
def test_the_ends_of_the_range_can_be_drawn(settings: dict[str, object]) -> None:
    assert PhaseEstimation(**settings).picture().axes
