"""Teleportation in the built page, handled as a reader would, without kernel and network."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

import qlearn.widgets
from e2e.book_pages import (
    call_script,
    control,
    drag_slider,
    fix_seed,
    open_widget,
    set_language,
    set_slider,
    wait_for_numbers,
)
from e2e.widget_promises import (
    check_names,
    check_words_are_read_out,
    reached_by_keyboard,
    settled,
)
from qlearn.physics import teleportation
from qlearn.physics.states import bloch_vector, ket_from_angles
from qlearn.widgets.random_stream import seed_of_run, uniform
from qlearn.widgets.teleportation import Teleportation
from qlearn.widgets.teleportation_runs import draw_runs

SEED = 20261
VIEW = Path(qlearn.widgets.__file__).parent / "views" / "teleportation_runs.js"
PLACE = {"chapter": "entanglement/teleportation", "widget": ".qlearn-teleportation"}
OPENING = Teleportation(seed=SEED)
OUTCOMES = OPENING.rules["outcomes"]
SIGNS = [outcome["signs"] for outcome in OUTCOMES]
BELL = {"phi+": "Φ⁺", "psi+": "Ψ⁺", "phi-": "Φ⁻", "psi-": "Ψ⁻"}
WORDS = {"I": "leave it", "X": "X", "Z": "Z", "ZX": "X, then Z"}


@pytest.fixture
def address(built_book: Path) -> str:
    return built_book.as_uri() + "/"


@pytest.fixture
def widget(page: Page, address: str) -> Locator:
    fix_seed(page, SEED)
    return open_widget(page, address, **PLACE)


def drawn_outcome(number: int) -> int:
    """Alice's outcome in the run with this number, as Python draws it."""
    return int(4 * uniform(seed_of_run(SEED, 2**31), number + 1)[-1])


def shows(
    widget: Locator, *, step: int, held: np.ndarray, runs: int = 200, series: int = 0, **settings: object
) -> None:
    """Wait until every number of the summary is that of Python's runs and of the physics."""
    own = Teleportation(**settings)  # type: ignore[arg-type]
    link = {"noise": own.noise, "pair_fidelity": own.pair_fidelity, "told": own.told}
    found = draw_runs(seed_of_run(SEED, series), runs, signs=SIGNS, **link)  # type: ignore[arg-type]
    fidelity = 100 * (1 + own.sent() @ held) / 2
    shares = [100 * part for part in (found.mean, found.standard_error, own.expected_fidelity(), 2 / 3)]
    wait_for_numbers(
        widget,
        [step, 4, *held, fidelity, round(100 * own.pair_fidelity), runs, *shares],
        absolute=[0, 0, *[0.0051] * 3, 0.051, 0, 0, *[0.051] * 4],
    )


def test_it_opens_while_the_bits_are_on_their_way(widget: Locator) -> None:
    shows(widget, step=2, held=np.zeros(3))
    outcome = OUTCOMES[drawn_outcome(0)]
    assert drawn_outcome(0) == OPENING.outcome()
    story = widget.locator(".ql-story").inner_text()
    assert f"has given {BELL[outcome['bell']]}" in story
    assert f"the bits {outcome['bits']} are on their way" in story
    expect(widget.locator("[data-value=bob]")).to_have_text("fidelity 50.0 %")


def test_every_visit_draws_its_own_runs(page: Page, address: str) -> None:
    runs = {open_widget(page, address, **PLACE).locator(".ql-summary").inner_text() for _ in range(3)}
    assert len(runs) > 1


def test_step_by_step_the_qubit_arrives_and_the_next_run_draws_afresh(widget: Locator) -> None:
    arrived = 0.8 * OPENING.sent()
    for run in range(3):
        number = drawn_outcome(run)
        bits, asked = OUTCOMES[number]["bits"], WORDS[OUTCOMES[number]["correction"]]
        expect(control(widget, "next")).to_have_text("Send the bits")
        shows(widget, step=2, held=np.zeros(3))
        control(widget, "next").click()
        shows(widget, step=3, held=arrived * SIGNS[number])
        expect(widget.locator(".ql-story")).to_contain_text(f"The bits {bits} have arrived")
        control(widget, "next").click()
        shows(widget, step=4, held=arrived)
        expect(widget.locator(".ql-story")).to_contain_text(f"The bits {bits} ask for: {asked}. Bob did so")
        expect(control(widget, "correction").locator(":checked")).to_have_attribute("data-option", str(number))
        control(widget, "next").click()
        shows(widget, step=1, held=np.zeros(3))
        expect(widget.locator("[data-chart=alice]")).to_have_attribute(
            "aria-label", re.compile(r"now \((?!0\.00, 0\.00)")
        )
        control(widget, "next").click()


def test_a_wrong_correction_turns_the_vector_elsewhere(widget: Locator) -> None:
    number = drawn_outcome(0)
    for wrong in range(4):
        control(widget, "correction").locator(".ql-option").nth(1 + wrong).click()
        held = 0.8 * OPENING.sent() * np.multiply(SIGNS[number], SIGNS[wrong])
        shows(widget, step=4, held=held)
        expect(widget.locator(".ql-story")).to_contain_text("Bob did so" if wrong == number else "points elsewhere")
    control(widget, "correction").locator(".ql-option").first.click()  # nothing yet
    shows(widget, step=3, held=0.8 * OPENING.sent() * SIGNS[number])


def test_a_flip_about_the_axis_of_the_state_does_no_harm_and_the_story_says_so(widget: Locator) -> None:
    set_slider(widget, "theta_deg", 0)
    by_z = drawn_outcome(0) ^ 2  # the correction that differs by Z from the right one
    control(widget, "correction").locator(".ql-option").nth(1 + by_z).click()
    expect(widget.locator(".ql-story")).to_contain_text("For this state it makes no difference")
    set_slider(widget, "theta_deg", 20)
    expect(widget.locator(".ql-story")).to_contain_text("points elsewhere")


def test_a_step_is_chosen_by_keys(widget: Locator) -> None:
    control(widget, "step").locator(":checked").press("ArrowRight")
    shows(widget, step=3, held=0.8 * OPENING.sent() * SIGNS[drawn_outcome(0)])
    control(widget, "step").locator(":checked").press("ArrowLeft")
    control(widget, "step").locator(":checked").press("ArrowLeft")
    shows(widget, step=1, held=np.zeros(3))
    expect(widget.locator(".ql-story")).to_contain_text("Nothing has happened yet")


def test_another_state_moves_the_four_vectors_and_not_bobs_point(page: Page, widget: Locator) -> None:
    set_slider(widget, "theta_deg", 90)
    drag_slider(page, widget, "phi_deg", 0.5)
    expect(widget.locator("[data-chart=alice]")).to_have_attribute(
        "aria-label", re.compile("sent \\(1\\.00, \u2212?0\\.0\\d, 0\\.00")
    )
    shows(widget, step=2, held=np.zeros(3), theta_deg=90.0)
    control(widget, "next").click()
    control(widget, "next").click()
    settled(widget)
    before = widget.locator("[data-chart=bob]").get_attribute("aria-label")
    control(widget, "another").click()
    expect(widget.locator("[data-chart=bob]")).not_to_have_attribute("aria-label", str(before))
    expect(widget.locator("[data-value=bob]")).to_have_text("fidelity 90.0 %")


def test_more_runs_are_counted_and_forgotten(widget: Locator) -> None:
    control(widget, "runs-100").click()
    shows(widget, step=2, held=np.zeros(3), runs=300)
    control(widget, "runs-1000").click()
    shows(widget, step=2, held=np.zeros(3), runs=1300)
    expect(widget.locator("[data-value=runs] + .ql-note")).to_contain_text("standard errors above")
    control(widget, "again").click()
    expect(widget.locator(".ql-summary")).to_contain_text("0 states by chance arrived with \u2013;")
    expect(widget.locator("[data-value=runs] + .ql-note")).to_have_text("no run yet")
    control(widget, "runs-100").click()
    shows(widget, step=2, held=np.zeros(3), runs=100, series=1)


def test_a_worse_pair_reaches_the_classical_limit(widget: Locator) -> None:
    set_slider(widget, "pair_fidelity", 50)
    shows(widget, step=2, held=np.zeros(3), series=1, pair_fidelity=0.5)
    expect(widget.locator(".ql-summary")).to_contain_text("expected 66.7 %, without a pair at most 66.7 %")
    control(widget, "step").locator(".ql-option").last.click()
    expect(widget.locator("[data-value=bob]")).to_have_text("fidelity 66.7 %")


def test_phase_flips_spare_the_poles(widget: Locator) -> None:
    set_slider(widget, "pair_fidelity", 60)
    control(widget, "noise").locator(".ql-option").last.click()
    shows(widget, step=2, held=np.zeros(3), series=2, pair_fidelity=0.6, noise="phase")
    control(widget, "step").locator(".ql-option").last.click()
    set_slider(widget, "theta_deg", 0)
    expect(widget.locator("[data-value=bob]")).to_have_text("fidelity 100.0 %")
    set_slider(widget, "theta_deg", 90)
    expect(widget.locator("[data-value=bob]")).to_have_text("fidelity 60.0 %")


def test_without_the_bits_even_a_perfect_pair_is_a_coin(widget: Locator) -> None:
    set_slider(widget, "pair_fidelity", 100)
    control(widget, "told").click()
    expect(control(widget, "told")).to_have_attribute("aria-pressed", "false")
    shows(widget, step=2, held=np.zeros(3), series=2, pair_fidelity=1.0, told=False)
    expect(widget.locator("[data-value=runs] + .ql-note")).to_have_text("no better than without a pair")


def test_turning_one_sphere_turns_the_other(page: Page, widget: Locator) -> None:
    picture = "(it) => it.toDataURL()"
    bob = widget.locator("[data-chart=bob]")
    before = bob.evaluate(picture)
    widget.locator("[data-chart=alice]").press("ArrowRight")
    page.wait_for_function("([it, before]) => it.toDataURL() !== before", arg=[bob.element_handle(), before])


def test_a_korean_page_gets_korean_labels(page: Page, address: str) -> None:
    set_language(page, "ko")
    fix_seed(page, SEED)
    widget = open_widget(page, address, **PLACE)
    expect(widget).to_have_attribute("lang", "ko")
    expect(widget.get_by_role("slider", name="쌍의 충실도")).to_have_count(1)
    expect(widget.get_by_role("button", name="비트 보내기")).to_have_count(1)
    expect(widget.locator(".ql-summary")).to_contain_text("4단계 가운데 2단계")


def test_all_of_it_has_names_words_and_a_place_in_the_tab_order(page: Page, widget: Locator) -> None:
    check_names(widget)
    control(widget, "next").click()
    check_words_are_read_out(widget)
    control(widget, "step").locator(":checked").focus()
    reached = reached_by_keyboard(page, widget)
    wanted = {"step", "next", "alice", "bob", "correction", "theta_deg", "phi_deg", "another", "pair_fidelity", "noise"}
    assert set(reached) == wanted | {"runs-100", "runs-1000", "again", "told"}


def test_the_scripts_closed_form_is_the_physics_over_the_whole_range(page: Page) -> None:
    places = [
        [theta, phi, fidelity, noise]
        for theta in (0, 40, 90, 137, 180)
        for phi in (-180, -70, 0, 25, 110)
        for fidelity in (0.25, 0.4, 0.7, 1.0)
        for noise in ("white", "phase")
    ]
    expression = """argument.places.map(([theta, phi, fidelity, noise]) => {
      const [t, p] = [theta, phi].map((angle) => (angle * Math.PI) / 180);
      const sent = [Math.sin(t) * Math.cos(p), Math.sin(t) * Math.sin(p), Math.cos(t)];
      const arrived = it.scaled(sent, it.shrinkage(noise, fidelity));
      return [it.fidelityOf(sent, arrived), ...argument.signs.flatMap((signs) => it.scaled(arrived, signs))];
    })"""
    seen = call_script(page, VIEW, expression, {"places": places, "signs": SIGNS})
    for numbers, (theta, phi, fidelity, noise) in zip(seen, places, strict=True):
        pair = Teleportation(pair_fidelity=fidelity, noise=noise, runs=0).pair()
        ket = ket_from_angles(np.deg2rad(theta), np.deg2rad(phi))
        assert numbers[0] == pytest.approx(teleportation.fidelity(ket, pair), abs=1e-9)
        before = [bloch_vector(branch.before) for branch in teleportation.teleport(ket, pair)]
        np.testing.assert_allclose(numbers[1:], np.concatenate(before), atol=1e-9)


RUNS = """argument.map(({ own, settings, runs }) => {
  const drawn = Array.from({ length: 300 }, (_, i) => it.teleportationRun(i, own, settings));
  const all = new it.TeleportationRuns(own, settings);
  all.add(runs);
  return { sent: drawn.map(({ sent }) => sent), outcomes: drawn.map(({ outcome }) => outcome), passed: all.passed,
    mean: all.mean, error: all.standardError, expected: all.expected };
})"""


def test_the_scripts_runs_are_pythons_and_obey_the_physics(page: Page) -> None:
    cases = [("white", 0.85, True), ("phase", 0.6, True), ("phase", 1.0, False), ("white", 0.3, True)]
    runs = 20_000
    arguments = [
        {
            "own": seed_of_run(SEED, series),
            "settings": {"noise": noise, "pairFidelity": fidelity, "told": told, "signs": SIGNS},
            "runs": runs,
        }
        for series, (noise, fidelity, told) in enumerate(cases)
    ]
    for series, (seen, (noise, fidelity, told)) in enumerate(
        zip(call_script(page, VIEW, RUNS, arguments), cases, strict=True)
    ):
        found = draw_runs(seed_of_run(SEED, series), runs, noise=noise, pair_fidelity=fidelity, told=told, signs=SIGNS)
        np.testing.assert_allclose(seen["sent"], found.sent[:300], atol=1e-12)
        assert seen["outcomes"] == found.outcomes[:300].tolist()
        assert (seen["passed"], seen["mean"], seen["error"]) == pytest.approx(
            (found.passed.sum(), found.mean, found.standard_error)
        )
        expected = Teleportation(noise=noise, pair_fidelity=fidelity, told=told).expected_fidelity()
        assert seen["expected"] == pytest.approx(expected)
        assert abs(seen["mean"] - expected) < 5 * np.sqrt(expected * (1 - expected) / runs)


def test_where_every_run_passed_there_is_no_error_bar_and_the_note_says_so(widget: Locator) -> None:
    set_slider(widget, "pair_fidelity", 100)
    expect(widget.locator("[data-value=runs]")).to_have_text("100.0 ± 0.0 %")
    expect(widget.locator("[data-value=runs] + .ql-note")).to_have_text("every run has passed")
