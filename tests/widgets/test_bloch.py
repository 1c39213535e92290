import re

import numpy as np
import pytest

from qlearn.errors import ParameterError
from qlearn.physics.measurement import outcome_probabilities
from qlearn.physics.states import bloch_vector, relative_phase
from qlearn.widgets.bloch import Bloch
from widgets.widget_checks import check_files, check_labels, check_shown


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("circuit", "H Q", "circuit has 'Q'; gates are X Y Z H S T"),
        ("angle_deg", 181.0, "angle_deg is 181; it must lie between -180 and 180"),
        ("seed", -1, "seed is -1; it must lie between 0 and 4294967295"),
    ],
)
def test_an_argument_out_of_range_is_refused(argument: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        Bloch(**{argument: value})


def test_labels_files_and_forms_are_complete() -> None:
    bloch = Bloch()
    check_labels(bloch, {f"story_{kind}" for kind in ("start", "nothing", "global", "relative", "moved")})
    check_files(bloch)
    check_shown(bloch)


@pytest.mark.parametrize("circuit", ["", "Ry(60) T", "H S Rx(-120) G(77)"])
def test_the_summary_says_what_the_physics_says(circuit: str) -> None:
    bloch = Bloch(circuit)
    zero, one = outcome_probabilities(bloch.ket())
    assert f"P(0) = {zero:.3f} and P(1) = {one:.3f}" in bloch.summary()
    assert f"amplitudes of size {np.sqrt(zero):.3f} and {np.sqrt(one):.3f}" in bloch.summary()
    phase = relative_phase(bloch.ket())
    words = "no relative phase" if np.isnan(phase) else f"relative phase {np.rad2deg(phase):.1f} degrees"
    assert words in bloch.summary()


def test_a_global_phase_changes_the_ket_and_nothing_that_can_be_measured() -> None:
    before, after = Bloch("Ry(60) T"), Bloch("Ry(60) T G(90)")
    np.testing.assert_allclose(after.ket().full(), 1j * before.ket().full(), atol=1e-15)
    np.testing.assert_allclose(bloch_vector(after.ket()), bloch_vector(before.ket()), atol=1e-15)


def test_it_opens_where_sizes_do_not_add_up_to_one() -> None:
    sizes = np.sqrt(outcome_probabilities(Bloch().ket()))
    assert sizes.sum() > 1.3


@pytest.mark.parametrize("circuit", ["", "X", "H Z H"])
def test_every_circuit_has_a_picture(circuit: str) -> None:
    sphere, bars = Bloch(circuit).picture().axes
    assert sphere.lines
    assert [bar.get_height() for bar in bars.patches[2:]] == pytest.approx(
        list(outcome_probabilities(Bloch(circuit).ket())), abs=1e-12
    )
