"""The pulse sequencer in the built page, handled as a reader would, without kernel and network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

import qlearn.widgets
from e2e.book_pages import (
    call_script,
    control,
    drag_slider,
    note_texts,
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
from qlearn.physics import dynamics
from qlearn.widgets.pulses import MEMBERS, RANGES, SEQUENCES, TIME_CONSTANTS_US, Pulses

PLACE = {"chapter": "superposition/pulses", "widget": ".qlearn-pulses"}
EQUATIONS = Path(qlearn.widgets.__file__).parent / "views" / "bloch_equations.js"
MEGAHERTZ = 2e6 * np.pi  # in rad/s
SETTINGS = ["rabi_mhz", "detuning_mhz", "t2_star_us", "t_phi_us", "t1_us"]


@pytest.fixture
def address(built_book: Path) -> str:
    return built_book.as_uri() + "/"


@pytest.fixture
def widget(page: Page, address: str) -> Locator:
    return open_widget(page, address, **PLACE)


def choose(widget: Locator, kind: str) -> None:
    widget.locator(f"[data-option={kind}]").check(force=True)


def set_all(widget: Locator, **traits: Any) -> None:
    """Set traits as the reader's hand would, the sliders of time constants by the place of their stop."""
    for name, value in traits.items():
        if name == "sequence":
            choose(widget, value)
        elif name in TIME_CONSTANTS_US:
            set_slider(widget, name, TIME_CONSTANTS_US[name].index(value))
        else:
            set_slider(widget, name, value)


def shows(widget: Locator, **traits: Any) -> None:
    """Compare the summary line with the physics: P(1), duration, moment, mean vector, its length, and what is left."""
    settled(widget)
    pulses = Pulses(**traits)
    total = 1e6 * sum(segment.duration_s for segment in pulses.segments())
    vector = pulses.mean_vector(pulses.moment)
    wanted = [1, pulses.probability(), total, pulses.moment * total, *vector, np.linalg.norm(vector)]
    text = widget.locator(".ql-summary").inner_text()
    seen = numbers_in(text)
    # times are written with two digits, the rest with three
    assert seen[:8] == pytest.approx(wanted, abs=6e-3)
    assert [seen[1], *seen[4:8]] == pytest.approx([wanted[1], *wanted[4:]], abs=6e-4)
    ensemble = pulses.ensemble()
    if pulses.sequence == "rabi":
        drive = {"rabi_rad_s": pulses.rabi_mhz, "detuning_rad_s": pulses.detuning_mhz}
        rate = dynamics.generalised_rabi_frequency(drive["rabi_rad_s"], detuning_rad_s=drive["detuning_rad_s"])
        most = dynamics.maximum_transfer(drive["rabi_rad_s"], detuning_rad_s=drive["detuning_rad_s"])
        assert [seen[8], seen[10]] == pytest.approx([rate, most], abs=6e-4)
        return
    t2 = dynamics.coherence_time(t1_s=ensemble["t1_s"], t_phi_s=ensemble["t_phi_s"])
    memoryless = 2 * dynamics.hahn_echo_probability(pulses.free_us * 1e-6, t2_s=t2) - 1
    still = dynamics.quasi_static_coherence(pulses.free_us * 1e-6, spread_rad_s=ensemble["spread_rad_s"])
    assert seen[8:] == pytest.approx([memoryless, still], abs=6e-4)


def test_it_opens_with_an_echo_that_keeps_what_ramsey_has_lost(widget: Locator) -> None:
    shows(widget)
    expect(control(widget, "free_us")).to_be_visible()
    expect(control(widget, "pulse_us")).to_be_hidden()


@pytest.mark.parametrize(
    "traits",
    [
        {"sequence": "ramsey"},
        {"sequence": "ramsey", "t2_star_us": None, "t_phi_us": 2.0, "moment": 1.0},
        {"t2_star_us": None, "t_phi_us": 2.0, "t1_us": None},
        {"sequence": "rabi", "pulse_us": 1.26, "detuning_mhz": -1.0, "rabi_mhz": 0.5, "moment": 0.5},
        {"rabi_mhz": 0.5, "free_us": 9.9, "t1_us": 1.0, "detuning_mhz": 0.85, "moment": 0.0},
        {"sequence": "rabi", "pulse_us": 0.0, "moment": 1.0},
    ],
)
def test_every_setting_shows_what_the_physics_says(widget: Locator, traits: dict[str, Any]) -> None:
    set_all(widget, **traits)
    expect(widget.locator(".ql-summary")).to_contain_text(
        {"rabi": "Rabi:", "ramsey": "Ramsey:", "echo": "Hahn echo:"}[traits.get("sequence", "echo")]
    )
    shows(widget, **traits)


def test_dragging_moves_the_hand_and_the_numbers(page: Page, widget: Locator) -> None:
    drag_slider(page, widget, "moment", 0.5)
    drag_slider(page, widget, "detuning_mhz", 0.75)
    moment = float(control(widget, "moment").input_value())
    detuning = float(control(widget, "detuning_mhz").input_value())
    assert moment == pytest.approx(0.5, abs=0.02)
    assert detuning == pytest.approx(0.5, abs=0.06)
    shows(widget, moment=moment, detuning_mhz=round(detuning, 2))


def test_keys_move_a_slider_by_one_stop(widget: Locator) -> None:
    control(widget, "t2_star_us").press("End")
    expect(control(widget, "t2_star_us")).to_have_attribute("aria-valuetext", "never")
    control(widget, "t2_star_us").press("Home")
    control(widget, "t2_star_us").press("ArrowRight")
    expect(control(widget, "t2_star_us")).to_have_attribute("aria-valuetext", "1.5 µs")
    shows(widget, t2_star_us=1.5)


def test_play_runs_to_the_end_and_pauses_there(page: Page, widget: Locator) -> None:
    set_slider(widget, "moment", 0.9)
    words = note_texts(control(widget, "play"))
    control(widget, "play").click()
    widget.page.wait_for_function("(it) => it.texts.length > 1", arg=control(widget, "play").element_handle())
    assert words() == ["Pause", "Play"]
    assert float(control(widget, "moment").input_value()) == 1
    shows(widget, moment=1.0)
    page.emulate_media(reduced_motion="reduce")
    set_slider(widget, "moment", 0.2)
    control(widget, "play").click()
    shows(widget, moment=1.0)


def test_the_lower_chart_tells_the_two_kinds_of_noise_apart(widget: Locator) -> None:
    """Read the lines of the chart at the longest time: Ramsey, echo and the limit of memoryless noise."""

    def ends() -> list[float]:
        settled(widget)
        lines = widget.locator("[data-chart=signal] .ql-line").evaluate_all(
            "(all) => all.map((it) => Number(it.getAttribute('d').split(/[ML]/).at(-1).split(' ')[1]))"
        )
        grid = widget.locator("[data-chart=signal] .ql-grid").evaluate_all(
            "(all) => all.map((it) => Number(it.getAttribute('y1')))"
        )
        zero, one = max(grid), min(grid)
        return [(zero - at) / (zero - one) for at in lines]

    assert widget.locator(".ql-panel .ql-keys-of-lines").last.inner_text().split("\n") == [
        "Ramsey",
        "Hahn echo",
        "limit of memoryless noise",
    ]
    set_all(widget, t2_star_us=1.0, t_phi_us=None, t1_us=None, detuning_mhz=0.0, rabi_mhz=10.0)
    assert ends() == pytest.approx([0.5, 1.0, 1.0], abs=0.015)
    set_all(widget, t2_star_us=None, t_phi_us=5.0)
    both = (1 + np.exp(-2)) / 2
    assert ends() == pytest.approx([both, both, both], abs=0.015)


def test_the_keyboard_alone_reaches_and_works_every_control(page: Page, widget: Locator) -> None:
    wanted = ["sequence", "play", "moment", "free_us", "sphere", *SETTINGS]
    control(widget, "sequence").locator(":checked").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "echo"
    page.keyboard.press("ArrowLeft")
    expect(widget.locator(".ql-summary")).to_contain_text("Ramsey:")
    page.keyboard.press("ArrowRight")
    shows(widget)
    assert reached_by_keyboard(page, widget) == wanted


def test_controls_have_names_and_the_state_is_read_out(widget: Locator) -> None:
    set_slider(widget, "moment", 0.7)
    check_names(widget)
    check_words_are_read_out(widget)


def test_a_korean_page_gets_korean_labels(page: Page, address: str) -> None:
    set_language(page, "ko")
    widget = open_widget(page, address, **PLACE)
    expect(widget.get_by_role("radio", name="한(Hahn) 에코")).to_be_checked()
    expect(widget.locator(".ql-summary")).to_have_text(re.compile(r"^한\(Hahn\) 에코: .*결맞음의"))


# ---- the script's equations against Python --------------------------------------------------------------------------


def drawn_settings(count: int) -> list[dict[str, Any]]:
    """Draw settings over the whole range of every slider, the corners among them."""
    rng = np.random.default_rng(4)
    drawn = []
    for i in range(count):
        traits: dict[str, Any] = {"sequence": SEQUENCES[i % 3]}
        for name, (low, high, _) in RANGES.items():
            traits[name] = float(rng.choice([low, high, rng.uniform(low, high)], p=[0.15, 0.15, 0.7]))
        for name, stops in TIME_CONSTANTS_US.items():
            traits[name] = stops[rng.integers(len(stops))]
        drawn.append(traits)
    return drawn


SCRIPT = """argument.map((one) => {
  const rates = it.ratesOf({ t1: one.t1_us, tPhi: one.t_phi_us });
  const members = it.gaussianEnsemble(2 * Math.PI * one.detuning_mhz, it.spreadOf(one.t2_star_us));
  const rabi = 2 * Math.PI * one.rabi_mhz;
  const time = one.sequence === "rabi" ? one.pulse_us : one.free_us;
  const sequence = it.sequenceOf(one.sequence, { rabi, time });
  const now = one.moment * it.durationOf(sequence);
  const longest = one.sequence === "rabi" ? 2 : 10;
  return {
    members: members.length,
    now: it.weightedMean(it.vectorsAt(sequence, members, rates, now), members),
    way: it.meanWay(sequence, members, rates, 5),
    signal: [...it.signalOf(one.sequence, { rabi }, members, rates, { step: longest / 8, count: 9 })],
  };
})"""


def test_the_scripts_ensemble_is_pythons_over_the_whole_range(page: Page) -> None:
    settings = drawn_settings(150)
    for traits, found in zip(settings, call_script(page, EQUATIONS, SCRIPT, settings), strict=True):
        pulses = Pulses(**traits)
        assert found["members"] in (1, MEMBERS)
        np.testing.assert_allclose(found["now"], pulses.mean_vector(pulses.moment), atol=1e-10, err_msg=str(traits))
        end = sum(segment.duration_s for segment in pulses.segments())
        times = np.minimum(np.array(found["way"]["times"]) * 1e-6, end)
        way = dynamics.ensemble_vectors(pulses.segments(), times, **pulses.ensemble())
        np.testing.assert_allclose(found["way"]["vectors"], way, atol=1e-10, err_msg=str(traits))
        build = getattr(dynamics, f"{pulses.sequence}_sequence")
        lengths = np.linspace(0, 2e-6 if pulses.sequence == "rabi" else 10e-6, 9)
        signal = dynamics.ensemble_signal(build, lengths, rabi_rad_s=pulses.rabi_mhz * MEGAHERTZ, **pulses.ensemble())
        np.testing.assert_allclose(found["signal"], signal, atol=1e-10, err_msg=str(traits))


def test_the_members_are_enough_for_the_longest_sequence_and_the_widest_spread() -> None:
    """Compare the widget's ensemble with one ten times finer, where its members are closest to falling into step."""
    times = np.linspace(0, 10e-6, 21)
    ensemble = Pulses(t2_star_us=1.0, t1_us=None, t_phi_us=None, detuning_mhz=1.0).ensemble()
    for build in (dynamics.ramsey_sequence, dynamics.echo_sequence):
        for rabi in (0.5, 10.0):
            coarse = dynamics.ensemble_signal(build, times, rabi_rad_s=rabi * MEGAHERTZ, **ensemble)
            fine = dynamics.ensemble_signal(build, times, rabi_rad_s=rabi * MEGAHERTZ, **{**ensemble, "members": 401})
            np.testing.assert_allclose(coarse, fine, atol=2e-6)
