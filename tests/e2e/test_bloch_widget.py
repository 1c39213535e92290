"""The Bloch sphere with gates in the built page, handled as a reader would, without kernel and network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import qutip
from playwright.sync_api import Locator, Page, expect

import qlearn.widgets
from e2e.book_pages import (
    call_script,
    control,
    drag_slider,
    fix_seed,
    numbers_in,
    open_widget,
    set_language,
    set_slider,
)
from e2e.widget_promises import (
    check_names,
    check_words_are_read_out,
    reached_by_keyboard,
    settled,
)
from qlearn.physics.measurement import outcome_probabilities, standard_error
from qlearn.physics.states import bloch_vector, relative_phase
from qlearn.widgets.circuit import circuit_states, circuit_trail, gate_table

PLACE = {"chapter": "superposition/qubit", "widget": ".qlearn-bloch"}
QUBIT = Path(qlearn.widgets.__file__).parent / "views" / "qubit.js"
NAMED = ("X", "Y", "Z", "H", "S", "T")
TURNING = ("Rx", "Ry", "Rz", "G")


@pytest.fixture
def address(built_book: Path) -> str:
    return built_book.as_uri() + "/"


@pytest.fixture
def widget(page: Page, address: str) -> Locator:
    fix_seed(page, 2026)
    return open_widget(page, address, **PLACE)


def apply(widget: Locator, circuit: str) -> None:
    """Go back to |0> and press the buttons of a circuit, setting the slider before each rotation."""
    if control(widget, "reset").is_enabled():
        control(widget, "reset").click()
    for word in circuit.split():
        name, _, angle = word.rstrip(")").partition("(")
        if angle:
            set_slider(widget, "angle", float(angle))
        control(widget, f"gate-{name}").click()


def shows(widget: Locator, circuit: str) -> None:
    """Compare the summary line with QuTiP: P(0), P(1), both sizes, relative and global phase, the vector."""
    settled(widget)
    ket = circuit_states(circuit)[-1]
    zero, one = outcome_probabilities(ket)
    amplitudes = ket.full().ravel()
    first = amplitudes[0] if abs(amplitudes[0]) > 1e-9 else amplitudes[1]
    phases = [relative_phase(ket), np.angle(first)]
    seen = numbers_in(widget.locator(".ql-summary").inner_text())
    assert seen[:6] == pytest.approx([0, zero, 1, one, np.sqrt(zero), np.sqrt(one)], abs=6e-4)
    # at a pole the relative phase is a dash
    shown = seen[6:-3] if np.isfinite(phases[0]) else [np.nan, *seen[6:-3]]
    turns = np.deg2rad(shown) - phases
    np.testing.assert_allclose(
        np.angle(np.exp(1j * turns)), np.where(np.isnan(phases), np.nan, 0), atol=np.deg2rad(0.06)
    )
    assert seen[-3:] == pytest.approx(list(bloch_vector(ket)), abs=6e-4)


def test_it_opens_with_amplitudes_that_are_no_probabilities(widget: Locator) -> None:
    shows(widget, "Ry(60) T")
    sums = numbers_in(widget.locator(".ql-total").inner_text())
    assert sums == pytest.approx([np.sqrt(3) / 2 + 0.5, 1.0], abs=6e-4)


@pytest.mark.parametrize(
    "circuit", ["", "X", "H", "H H", "H Z H", "Ry(60) S T", "Rx(-135) Rz(40) H Y", "Rz(90) X G(-90)"]
)
def test_gates_give_the_state_that_qutip_gives(widget: Locator, circuit: str) -> None:
    apply(widget, circuit)
    expect(widget.locator(".ql-circuit")).to_have_text(re.compile(r"^\|0⟩" + " → .+" * len(circuit.split()) + "$"))
    shows(widget, circuit)


def test_a_global_phase_turns_both_arrows_and_not_the_vector(widget: Locator) -> None:
    before = widget.locator(".ql-summary").inner_text()
    set_slider(widget, "angle", 40)
    control(widget, "gate-G").click()
    expect(widget.locator(".ql-story")).to_contain_text("multiplied both amplitudes by the same phase, 40°")
    after = widget.locator(".ql-summary").inner_text()
    assert after.replace("global phase 40.0°", "global phase 0.0°") == before


@pytest.mark.parametrize(
    ("circuit", "story"),
    [
        ("", "The qubit is in |0⟩"),
        ("Z", "Z changed nothing"),
        ("X Z", "Z multiplied both amplitudes by the same phase, 180°. The vector did not move"),
        ("H S", "S turned the vector by 90° about z. P(0) stays at 0.500: only the relative phase changed."),
        ("H S H", "H turned the vector by 180° about halfway between x and z. P(0) stays at 0.500"),
        ("Ry(60)", "Ry(60°) turned the vector by 60° about y. P(0) went from 1.000 to 0.750."),
        ("Rx(180) Rx(180)", "Rx(180°) turned the vector by 180° about x. P(0) went from 0.000 to 1.000."),
    ],
)
def test_the_story_says_what_the_last_gate_did(widget: Locator, circuit: str, story: str) -> None:
    apply(widget, circuit)
    expect(widget.locator(".ql-story")).to_contain_text(story)


def test_the_vector_turns_on_its_way_and_at_once_with_reduced_motion(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    widget = open_widget(page, address, **PLACE)
    dial = widget.locator("[data-chart=amplitude-1] .ql-dial-hand")
    control(widget, "gate-X").click()
    settled(widget)
    still = dial.get_attribute("x2")
    page.emulate_media(reduced_motion="no-preference")
    control(widget, "undo").click()
    # an observer in the page sees every hand, however late this test asks
    widget.locator("[data-chart=amplitude-1]").evaluate(
        "(it) => { window.seen = []; new MutationObserver(() => window.seen.push("
        "it.querySelector('.ql-dial-hand').getAttribute('x2'))).observe(it, { childList: true }); }"
    )
    control(widget, "gate-X").click()
    page.wait_for_function("(still) => window.seen.at(-1) === still", arg=still)
    assert len({*page.evaluate("window.seen"), still}) > 2


def test_undo_and_reset_go_back(widget: Locator) -> None:
    control(widget, "undo").click()
    shows(widget, "Ry(60)")
    control(widget, "reset").click()
    shows(widget, "")
    expect(control(widget, "undo")).to_be_disabled()


def test_measurements_are_fresh_and_agree_with_born(widget: Locator) -> None:
    runs = []
    for _ in range(2):
        control(widget, "forget").click()
        for _ in range(4):
            control(widget, "measure-100").click()
        expect(widget).to_contain_text("of 400 gave 0")
        zeros, shots, _, fraction, error, latest = numbers_in(
            widget.locator("[data-value=probabilities] + .ql-note").inner_text()
        )
        # a right sampler is more than five standard errors away once in a million and a half runs
        assert abs(zeros / shots - 0.75) < 5 * float(standard_error(0.75, shots=400))
        assert shots == 400
        assert fraction == pytest.approx(zeros / shots, abs=6e-4)
        assert error == pytest.approx(float(standard_error(zeros / shots, shots=shots)), abs=6e-4)
        assert latest in (0, 1)
        runs.append(zeros)
    control(widget, "measure-1").click()
    expect(widget).to_contain_text("of 401 gave 0")
    assert widget.locator("[data-chart=outcomes] .ql-error-bar").count() == 2


def test_a_certain_answer_has_no_error_bar_and_a_new_gate_starts_a_new_count(widget: Locator) -> None:
    apply(widget, "X")
    control(widget, "measure-100").click()
    expect(widget).to_contain_text("0 of 100 gave 0, a fraction of 0.000. Latest outcome: 1.")
    assert widget.locator("[data-chart=outcomes] .ql-error-bar").count() == 0
    control(widget, "gate-H").click()
    expect(widget).to_contain_text("Nothing measured yet.")


def test_the_angle_follows_mouse_and_keys(page: Page, widget: Locator) -> None:
    drag_slider(page, widget, "angle", 0.25)
    expect(control(widget, "angle")).to_have_attribute("aria-valuetext", "\N{MINUS SIGN}90°")
    control(widget, "angle").press("End")
    control(widget, "angle").press("ArrowLeft")
    control(widget, "reset").click()
    control(widget, "gate-Ry").press("Enter")
    shows(widget, "Ry(175)")


def test_the_keyboard_alone_reaches_and_works_every_control(page: Page, widget: Locator) -> None:
    gates = [f"gate-{name}" for name in NAMED]
    turns = [f"gate-{name}" for name in TURNING]
    measure = ["measure-1", "measure-100", "forget"]
    assert reached_by_keyboard(page, widget) == ["sphere", *gates, "undo", "reset", "angle", *turns, *measure]
    control(widget, "gate-H").focus()
    page.keyboard.press("Space")
    shows(widget, "Ry(60) T H")


def test_controls_have_names_and_the_state_is_read_out(widget: Locator) -> None:
    control(widget, "gate-S").click()
    check_names(widget)
    check_words_are_read_out(widget)


def test_a_korean_page_gets_korean_labels(page: Page, address: str) -> None:
    set_language(page, "ko")
    widget = open_widget(page, address, **PLACE)
    expect(widget.get_by_role("button", name="되돌리기")).to_have_count(1)
    expect(widget.locator(".ql-summary")).to_contain_text("상대 위상 45.0°")


# ---- the closed form against QuTiP --------------------------------------------------------------------------------


def random_circuits(rng: np.random.Generator, count: int) -> list[str]:
    """Circuits of 0 to 12 gates, rotations over the whole range that Python allows."""
    words = [*NAMED, *TURNING]
    circuits = []
    for _ in range(count):
        chosen = rng.choice(words, size=rng.integers(0, 13))
        circuits.append(" ".join(w if w in NAMED else f"{w}({rng.uniform(-720, 720):.3f})" for w in chosen))
    return circuits


def run_script(page: Page, expression: str, circuits: list[str]) -> Any:
    argument = {"gates": gate_table(), "circuits": circuits}
    return call_script(
        page,
        QUBIT,
        f"argument.circuits.map((text) => {{ const steps = it.parseCircuit(text); {expression} }})",
        argument,
    )


def test_the_scripts_states_are_qutips(page: Page) -> None:
    circuits = [
        *random_circuits(np.random.default_rng(5), 300),
        *NAMED,
        *(f"{n}({a})" for n in TURNING for a in (-720, 720)),
    ]
    seen = run_script(
        page,
        "const state = it.stateAfter(steps, argument.gates);"
        "return { state, vector: it.blochOf(state), text: it.writeCircuit(steps) };",
        circuits,
    )
    for circuit, found in zip(circuits, seen, strict=True):
        ket = circuit_states(circuit)[-1]
        np.testing.assert_allclose(np.array(found["state"]) @ [1, 1j], ket.full().ravel(), atol=1e-12)
        np.testing.assert_allclose(found["vector"], bloch_vector(ket), atol=1e-12)
        np.testing.assert_allclose(
            circuit_states(found["text"])[-1].full(), ket.full(), atol=1e-12, err_msg="written and read again"
        )


def test_the_scripts_trail_is_the_turn_of_every_gate(page: Page) -> None:
    circuits = random_circuits(np.random.default_rng(6), 60)
    seen = run_script(page, "return it.trailOf(steps, argument.gates, { most: 99, points: 7 });", circuits)
    for circuit, trail in zip(circuits, seen, strict=True):
        np.testing.assert_allclose(trail, circuit_trail(circuit, points=7), atol=1e-9)


def test_the_script_names_the_effect_of_a_gate_rightly(page: Page) -> None:
    circuits = [circuit for circuit in random_circuits(np.random.default_rng(7), 200) if circuit]
    circuits += ["Z", "X S", "H T", "H G(30)", "Rx(0)", "X", "H X", "Ry(720)"]
    expression = (
        "const before = it.stateAfter(steps.slice(0, -1), argument.gates);"
        "return it.effectOf(before, it.stateAfter(steps, argument.gates)).kind;"
    )
    kinds = run_script(page, expression, circuits)
    for circuit, kind in zip(circuits, kinds, strict=True):
        *_, before, after = circuit_states(circuit)
        moved = np.abs(bloch_vector(after) - bloch_vector(before)) > 1e-9
        same = (after - before).norm() < 1e-9
        expected = "moved" if moved[2] else "relative" if moved.any() else "nothing" if same else "global"
        assert kind == expected, circuit
    assert set(kinds) == {"nothing", "global", "relative", "moved"}


def test_parts_of_a_gate_multiply_to_the_whole(page: Page) -> None:
    seen = run_script(
        page,
        "return [0.3, 0.7].map((part) => it.matrixOf(steps[0], argument.gates, part));",
        [*NAMED, "Rx(-500)", "G(77)"],
    )
    whole = run_script(page, "return it.matrixOf(steps[0], argument.gates);", [*NAMED, "Rx(-500)", "G(77)"])
    for parts, matrix in zip(seen, whole, strict=True):
        first, second = (qutip.Qobj(np.array(part) @ [1, 1j]) for part in parts)
        np.testing.assert_allclose((second * first).full(), np.array(matrix) @ [1, 1j], atol=1e-12)
