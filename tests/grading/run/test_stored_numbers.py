"""A widget opens in a notebook whose answers may not read the physics, from numbers that were computed outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from grading.judge.small import points, run, shown, small_plan
from qlearn.grading.engine import Grader
from qlearn.grading.plan import AssignmentPlan
from qlearn.grading.run import stored_numbers
from qlearn.grading.run.staging import Stage
from qlearn.widgets import stored

PHYSICS = ("qlearn.physics",)
OPENS = {
    "bloch": ("Bloch", "widget.gates['H']['phase'] > 1.57"),
    "chsh": ("Chsh", "widget.bounds['local'] == 2"),
    "clock_loop": ("ClockLoop", "widget.limits['transitions']['caesium'] == 9192631770"),
    "key_rate": ("KeyRateCurves", "len(widget.presets) > 1"),
    "mach_zehnder": ("MachZehnder", "len(widget.labels) == 2"),
    "nv_spectrum": ("NVSpectrum", "len(widget.grid['values']) == 4 * 61 * 21 * 4"),
    "parity_bisection": ("ParityBisection", "widget.limits['most_block'] == 64"),
    "phase_estimation": ("PhaseEstimation", "widget.limits['experiments'] > 0"),
    "photon_timeline": ("PhotonTimeline", "widget.probabilities['full_interception_error_rate'] == 0.25"),
    "pulses": ("Pulses", "len(widget.ranges) > 3"),
    "teleportation": ("Teleportation", "widget.rules['outcomes'][1]['correction'] == 'X'"),
    "two_qubits": ("TwoQubits", "len(widget.ranges) == 6"),
}


def test_every_widget_is_tried() -> None:
    assert {path.stem for path in Path(stored.__file__).parent.glob("*.js")} == set(OPENS)


def widget_plan(module: str, *, forbidden: tuple[str, ...] = PHYSICS) -> AssignmentPlan:
    name, works = OPENS[module]
    make = f"from qlearn.widgets.{module} import {name}\nwidget = {name}()\nworks = bool({works})\nwidget"
    return small_plan(("answer", make), ("test", "assert works is True"), forbidden=forbidden)


@pytest.mark.parametrize("module", OPENS)
def test_a_widget_opens_where_the_physics_is_forbidden(grader: Grader, module: str) -> None:
    outcome = run(grader, widget_plan(module))
    assert points(outcome) == [2], shown(outcome.cells[0])
    assert "Error" not in shown(outcome.cells[0])


def test_the_physics_stays_out_of_reach_beside_it(grader: Grader) -> None:
    plan = widget_plan("bloch")
    reach = plan.notebooks[0].cells[0].source + "\nfrom qlearn.physics import gates"
    assert "this assignment does not let an answer use qlearn.physics" in shown(run(grader, plan, reach).cells[0])


def test_the_same_numbers_are_stored_as_the_physics_gives() -> None:
    from qlearn.widgets.circuit import gate_table

    kept = stored.json.loads(stored_numbers._numbers(), object_hook=stored._with_bytes)
    assert kept["qlearn.widgets.circuit.gate_table"] == gate_table()
    assert stored_numbers.ENVIRONMENT == stored.ENVIRONMENT


def test_a_notebook_without_widgets_or_bans_gets_no_file() -> None:
    plain = small_plan(("answer", "x = 1"), ("test", "assert x == 1"))
    for plan in (plain, widget_plan("bloch", forbidden=())):
        with Stage(plan, ()) as stage:
            order = stage.student_order(plan.notebooks[0])
            assert order.environment == ()
            assert not (stage.root / "numbers").exists()


def test_without_stored_numbers_the_first_error_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask() -> dict[str, int]:
        raise ImportError("this assignment does not let an answer use it")

    monkeypatch.delenv(stored.ENVIRONMENT, raising=False)
    monkeypatch.setattr(stored, "_FUNCTIONS", {})
    with pytest.raises(ImportError, match="does not let an answer use it"):
        stored.stored(ask)()
