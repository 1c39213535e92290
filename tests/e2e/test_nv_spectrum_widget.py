"""The NV spectrum in the built page, handled as a reader would, and its formulas against Python's."""

from __future__ import annotations

import base64
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
from qlearn.physics.sensors import nv, nv_magnetometry
from qlearn.widgets.nv_spectrum import PHOTONS_PER_SECOND, RANGES, NVSpectrum

VIEWS = Path(qlearn.widgets.__file__).parent / "views"
SCRIPT = VIEWS.parent / "nv_spectrum.js"
PLACE = {"chapter": "sensors/magnetometer", "widget": ".qlearn-nv-spectrum"}
CONTROLS = ["window_mhz", "all_orientations", "field_mt", "polar_angle_deg", "linewidth_mhz", "contrast"]
CONTROLS += ["temperature_shift_k"]
D, GAMMA = nv.ZERO_FIELD_SPLITTING_HZ / 1e6, nv.GYROMAGNETIC_RATIO_HZ_PER_T / 1e9


@pytest.fixture
def address(built_book: Path) -> str:
    return built_book.as_uri() + "/"


@pytest.fixture
def widget(page: Page, address: str) -> Locator:
    return open_widget(page, address, **PLACE)


def lines_of(field_mt: float, polar_deg: float, *, warmer_k: float = 0.0) -> nv.Transitions:
    field = nv.field_vector(field_mt * 1e-3, polar_angle_rad=np.deg2rad(polar_deg))
    return nv.transitions(field, zero_field_splitting_hz=nv.zero_field_splitting(warmer_k))


def shows(widget: Locator, field_mt: float, polar_deg: float, *, warmer_k: float = 0.0) -> list[float]:
    """The summary says the dips and the field read from their distance; gives all of its numbers."""
    lines = lines_of(field_mt, polar_deg, warmer_k=warmer_k)
    settled(widget)
    summary = widget.locator(".ql-summary")
    expect(summary).to_have_text(re.compile(rf"^Field {field_mt:.2f}\smT at {polar_deg:g}° to the axis"))
    found = numbers_in(summary.inner_text())
    wanted = [field_mt, polar_deg, lines.lower_hz / 1e6, lines.upper_hz / 1e6, lines.splitting_hz / 1e6]
    assert found[:5] == pytest.approx(wanted, abs=0.06)
    read = float(nv_magnetometry.field_from_splitting(lines.splitting_hz)) * 1e3
    assert found[5] == pytest.approx(read, abs=2e-3)
    return found


def test_it_opens_with_two_dips_and_the_field_read_from_them(widget: Locator) -> None:
    found = shows(widget, 2.0, 30.0)
    assert found[6:8] == pytest.approx([2.0, 30.0], abs=0.1)
    expect(widget.locator("[data-value=spectrum]")).to_have_text("97.07 MHz")
    expect(widget.locator("[data-value=reading]")).to_have_text("1.732 mT")


def test_dragging_the_field_parts_the_dips(page: Page, widget: Locator) -> None:
    drag_slider(page, widget, "field_mt", 0.6)
    field = float(control(widget, "field_mt").input_value())
    assert 5 <= field <= 7
    shows(widget, field, 30.0)


def test_arrow_keys_move_the_angle_half_a_degree(page: Page, widget: Locator) -> None:
    control(widget, "polar_angle_deg").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    shows(widget, 2.0, 31.5)


def test_across_the_axis_the_distance_reads_almost_nothing(widget: Locator) -> None:
    set_slider(widget, "field_mt", 5)
    set_slider(widget, "polar_angle_deg", 90)
    found = shows(widget, 5.0, 90.0)
    assert found[5] < 0.13
    assert found[6:8] == pytest.approx([5.0, 90.0], abs=0.02)
    assert min(found[2:4]) > D


def test_warmth_moves_both_dips_and_breaks_the_reading_that_needs_d(widget: Locator) -> None:
    set_slider(widget, "temperature_shift_k", 10)
    shows(widget, 2.0, 30.0, warmer_k=10)
    expect(widget.locator("[data-value=reading]")).to_have_text("1.732 mT")
    expect(widget.locator("[data-step=row_both] td")).not_to_have_text("2.000 mT")
    set_slider(widget, "polar_angle_deg", 0)
    expect(widget.locator("[data-step=row_both] td")).to_have_text("fits no field")


def test_four_axes_show_eight_dips_in_their_places(widget: Locator) -> None:
    expect(control(widget, "azimuth_deg")).to_be_hidden()
    control(widget, "all_orientations").click()
    expect(control(widget, "azimuth_deg")).to_be_visible()
    found = shows(widget, 2.0, 30.0)
    field = nv.field_vector(2e-3, polar_angle_rad=np.deg2rad(30), azimuth_rad=np.deg2rad(20))
    others = [nv.transitions(seen) for seen in nv.fields_of_orientations(field)[1:]]
    wanted = [value / 1e6 for lines in others for value in (lines.lower_hz, lines.upper_hz)]
    assert found[9:] == pytest.approx(wanted, abs=0.1)
    expect(widget.locator("[data-chart=spectrum]")).to_have_attribute("aria-label", re.compile("with 8 dips"))


def test_the_smallest_field_follows_width_and_depth(widget: Locator) -> None:
    set_slider(widget, "linewidth_mhz", 0.5)
    set_slider(widget, "contrast", 0.05)
    depth = 0.05 * lines_of(2.0, 30.0).upper_weight
    wanted = 1e9 * nv_magnetometry.odmr_sensitivity(linewidth_hz=5e5, contrast=depth, count_rate_hz=PHOTONS_PER_SECOND)
    expect(widget.locator("[data-step=row_smallest] td")).to_have_text(f"{wanted:.3g} nT")


def test_the_close_view_shows_eighty_megahertz(page: Page, widget: Locator) -> None:
    control(widget, "window_mhz").get_by_label("640 MHz").focus()
    page.keyboard.press("ArrowRight")
    settled(widget)
    ticks = widget.locator("[data-chart=spectrum] .ql-tick").all_text_contents()
    frequencies = [float(tick) for tick in ticks if re.fullmatch(r"\d{4}", tick)]
    assert min(frequencies) >= 2830
    assert max(frequencies) <= 2910


def test_every_control_has_a_name_and_sliders_say_their_value(widget: Locator) -> None:
    control(widget, "all_orientations").click()
    for name, value in (
        ("Field", "2.00 mT"),
        ("Angle to the axis", "30°"),
        ("Direction around it", "20°"),
        ("Width of a dip", "2.0 MHz"),
        ("Depth of a dip", "20 %"),
        ("Temperature change", "0 K"),
    ):
        expect(widget.get_by_role("slider", name=name, exact=True)).to_have_attribute("aria-valuetext", value)
    expect(widget.get_by_role("button", name="All four axes", pressed=True)).to_have_count(1)
    expect(widget.get_by_role("group", name="Frequencies shown")).to_have_count(1)


def test_a_screen_reader_is_told_the_state_when_the_hand_rests(widget: Locator) -> None:
    check_names(widget)
    control(widget, "all_orientations").click()
    check_words_are_read_out(widget)


def test_a_korean_page_gets_korean_labels(page: Page, address: str) -> None:
    set_language(page, "ko")
    widget = open_widget(page, address, **PLACE)
    expect(widget).to_have_attribute("lang", "ko")
    expect(widget.get_by_role("slider", name="자기장", exact=True)).to_have_count(1)
    expect(widget.locator(".ql-summary")).to_contain_text("간격 97.07 MHz")


def test_a_keyboard_reaches_every_control_in_order(page: Page, widget: Locator) -> None:
    assert reached_by_keyboard(page, widget) == CONTROLS


WITH_KERNEL = """(async () => {
  const bytes = Uint8Array.from(atob(argument.values), (c) => c.charCodeAt(0));
  const state = { ...argument.state, grid: { ...argument.state.grid, values: new DataView(bytes.buffer) } };
  const sent = [];
  let hear = null;
  const model = {
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; },
    on: (names, heard) => { if (names === "msg:custom") hear = heard; },
    off: () => {},
    save_changes: () => {},
    send: (message) => sent.push(message),
  };
  it.default.render({ model, el: document.body });
  const field = document.querySelector("[data-control=field_mt]");
  const release = () => { for (const name of ["input", "change"]) field.dispatchEvent(new Event(name)); };
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  field.value = 3;
  release();
  await drawn();
  const before = [sent.length, document.querySelector(".ql-summary").textContent];
  hear({ kind: "ready" });
  release();
  const asked = sent.at(-1);
  hear({ kind: "exact", at: asked.at, values: [10, 10000, 1, 1] });
  await drawn();
  return { before, asked, after: document.querySelector(".ql-summary").textContent };
})()"""


def test_with_a_kernel_the_exact_lines_replace_the_interpolated_ones(page: Page) -> None:
    """The kernel's answer is made up, so that only it can have given these numbers."""
    spectrum = NVSpectrum()
    state = {name: getattr(spectrum, name) for name in spectrum.keys if name[0] != "_" and name != "layout"}
    values = base64.b64encode(state["grid"].pop("values")).decode()
    seen = call_script(page, SCRIPT, f"await {WITH_KERNEL}", {"state": state, "values": values})
    assert seen["before"][0] == 1, "without a kernel only the greeting is sent"
    assert numbers_in(seen["before"][1])[4] == pytest.approx(lines_of(3.0, 30.0).splitting_hz / 1e6, abs=0.06)
    at = seen["asked"]["at"]
    assert seen["asked"]["kind"] == "exact"
    assert at == pytest.approx({"field_squared_mt2": 9.0, "axial_share": 0.75})
    assert numbers_in(seen["after"])[2:5] == [2830.0, 2930.0, 100.0]
    assert len(spectrum.exact(**at)) == 4


READ = "argument.map(([lower, upper, d, gamma]) => it.fieldFromLines(lower, upper, d, gamma))"


def test_the_script_reads_fields_as_python_does(page: Page) -> None:
    rng = np.random.default_rng(637)
    fields, angles = rng.uniform(0.1, RANGES["field_mt"][1], 300), rng.uniform(0, 90, 300)
    lines = [lines_of(field, angle) for field, angle in zip(fields, angles, strict=True)]
    argument = [[line.lower_hz / 1e6, line.upper_hz / 1e6, D, GAMMA] for line in lines]
    found = call_script(page, VIEWS / "nv_lines.js", READ, argument)
    for seen, line, field, angle in zip(found, lines, fields, angles, strict=True):
        size, polar = nv_magnetometry.field_from_lines(line.lower_hz, line.upper_hz)
        assert seen["field"] == pytest.approx(1e3 * size, rel=1e-9)
        assert seen["angle"] == pytest.approx(polar, abs=1e-6)
        assert [seen["field"], np.rad2deg(seen["angle"])] == pytest.approx([field, angle], abs=0.05)
    (nothing,) = call_script(page, VIEWS / "nv_lines.js", READ, [[D - 30, D + 20, D, GAMMA]])
    assert nothing is None


SPECTRUM = """argument.map(({ centres, width, contrast, frequencies }) =>
  frequencies.map((frequency) => it.fluorescence(frequency, centres, width, contrast)))"""


def test_the_scripts_spectrum_is_pythons_over_the_whole_range(page: Page) -> None:
    rng = np.random.default_rng(575)
    cases, wanted = [], []
    for _ in range(60):
        place = {name: float(rng.uniform(low, high)) for name, (low, high, _) in RANGES.items()}
        polar, azimuth = np.deg2rad([place["polar_angle_deg"], place["azimuth_deg"]])
        field = nv.field_vector(place["field_mt"] * 1e-3, polar_angle_rad=polar, azimuth_rad=azimuth)
        centres = [nv.transitions(seen) for seen in nv.fields_of_orientations(field)][: int(rng.choice([1, 4]))]
        frequencies = rng.uniform(2550, 3190, 40)
        names = ("lower", "upper", "lowerWeight", "upperWeight")
        values = [(c.lower_hz / 1e6, c.upper_hz / 1e6, c.lower_weight, c.upper_weight) for c in centres]
        cases.append(
            {
                "centres": [dict(zip(names, line, strict=True)) for line in values],
                "width": place["linewidth_mhz"],
                "contrast": place["contrast"],
                "frequencies": list(map(float, frequencies)),
            }
        )
        width = place["linewidth_mhz"] * 1e6
        wanted.append(nv.odmr_spectrum(frequencies * 1e6, centres, linewidth_hz=width, contrast=place["contrast"]))
    found = call_script(page, VIEWS / "nv_lines.js", SPECTRUM, cases)
    np.testing.assert_allclose(found, wanted, rtol=1e-11)


def test_the_script_turns_a_direction_into_the_same_shares(page: Page) -> None:
    rng = np.random.default_rng(109)
    directions = np.deg2rad(rng.uniform([0, 0], [90, 120], (100, 2)))
    argument = {"axes": nv.AXES.tolist(), "directions": directions.tolist()}
    found = call_script(
        page,
        VIEWS / "nv_lines.js",
        "argument.directions.map(([polar, azimuth]) => it.axialShares(argument.axes, polar, azimuth))",
        argument,
    )
    for shares, (polar, azimuth) in zip(found, directions, strict=True):
        seen = nv.fields_of_orientations(nv.field_vector(1.0, polar_angle_rad=polar, azimuth_rad=azimuth))
        np.testing.assert_allclose(shares, seen[:, 2] ** 2, atol=1e-12)
