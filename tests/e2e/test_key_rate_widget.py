"""The key rate widget in the built page, handled as a reader would, and its closed forms against Python's."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

import qlearn.widgets
from e2e.book_pages import (
    call_script,
    control,
    drag_slider,
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
from qlearn.physics.qkd import decoy
from qlearn.physics.qkd.decoy import GYS, Link
from qlearn.widgets.key_rate import LOGARITHMIC, RANGES

VIEWS = Path(qlearn.widgets.__file__).parent / "views"
PLACE = {"chapter": "qkd/decoy", "widget": ".qlearn-key-rate"}
TIMES = "\N{MULTIPLICATION SIGN}"
CONTROLS = ["sejong_daejeon", "section", "skt_trial", "seoul_busan", "gys", "length_km", "scheme", "intensity"]
CONTROLS += [
    "background_probability",
    "detector_efficiency",
    "misalignment_error",
    "loss_db_per_km",
    "clock_rate_hz",
    "best",
]
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
FIELDS = ("transmittance", "gain", "error_rate", "single_photon_yield", "single_photon_error_rate", "untagged_gain")
FIELDS += ("phase_error_rate", "leakage", "privacy_amplification", "secret_bits_per_pulse", "secret_bits_per_second")


@pytest.fixture
def address(built_book: Path) -> str:
    return built_book.as_uri() + "/"


@pytest.fixture
def widget(page: Page, address: str) -> Locator:
    return open_widget(page, address, **PLACE)


def number(words: str) -> float:
    """A number as the widget writes it: with a power of ten, narrow spaces, percent, or none."""
    plain = re.sub(f" {TIMES} 10" + r"([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)", lambda found: "e" + found[1].translate(RAISED), words)
    plain = plain.replace("\u202f", "").replace("\u2212", "-").replace("none", "0")
    return float(plain.removesuffix(" %")) / (100 if plain.endswith("%") else 1)


def steps(widget: Locator) -> dict[str, float]:
    """Read the table, by the names of its rows."""
    return {
        str(row.get_attribute("data-step")).removeprefix("step_"): number(row.locator("td").inner_text())
        for row in widget.locator("[data-step]").all()
    }


def shows(widget: Locator, rate: decoy.KeyRate, link: Link) -> None:
    """The table and the summary say what the physics says, to the digits that are shown."""
    key = float(rate.secret_bits_per_pulse)
    settled(widget)
    expect(widget.locator("[data-value=key]")).to_have_text("none" if key == 0 else re.compile("."))
    seen = steps(widget)
    for name, field in (
        ("transmittance", "transmittance"),
        ("gain", "gain"),
        ("yield", "single_photon_yield"),
        ("leakage", "leakage"),
        ("privacy", "privacy_amplification"),
        ("key", "secret_bits_per_pulse"),
        ("rate", "secret_bits_per_second"),
    ):
        assert seen[name] == pytest.approx(float(getattr(rate, field)), rel=6e-3), name
    assert seen["error"] == pytest.approx(float(rate.error_rate), abs=6e-5)
    assert seen["single_error"] == pytest.approx(float(rate.single_photon_error_rate), abs=6e-5)
    assert seen["bound"] == pytest.approx(float(decoy.plob_bound(link)), rel=6e-3)
    text = widget.locator(".ql-summary").inner_text().replace("\u00a0", " ")
    assert number(re.search(r"Key: (.+?) bits per pulse", text)[1]) == pytest.approx(key, rel=6e-3)


def test_it_opens_where_decoys_alone_give_a_key(widget: Locator) -> None:
    shows(widget, decoy.decoy_rate(Link(length_km=80)), Link(length_km=80))
    control(widget, "scheme").get_by_label("No decoys").check(force=True)
    expect(widget.locator("[data-value=key]")).to_have_text("none")
    expect(widget.locator(".ql-summary")).to_contain_text("Key: none bits per pulse")


def test_dragging_the_distance_reads_out_every_step(page: Page, widget: Locator) -> None:
    drag_slider(page, widget, "length_km", 0.06)
    length = float(control(widget, "length_km").input_value())
    assert 20 <= length <= 40
    expect(widget.locator(".ql-value").first).to_have_text(f"{length:g} km")
    shows(widget, decoy.decoy_rate(Link(length_km=length)), Link(length_km=length))


def test_arrow_keys_move_the_distance_a_kilometre(page: Page, widget: Locator) -> None:
    control(widget, "length_km").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(widget.locator(".ql-summary")).to_contain_text("83 km")
    shows(widget, decoy.decoy_rate(Link(length_km=83)), Link(length_km=83))


def test_every_slider_changes_the_link(widget: Locator) -> None:
    link = Link(
        length_km=40,
        intensity=0.6,
        background_probability=1e-5,
        detector_efficiency=0.2,
        misalignment_error=0.02,
        loss_db_per_km=0.25,
        clock_rate_hz=1e8,
    )
    for name, value in asdict(link).items():
        if name in RANGES and name != "error_correction_efficiency":
            set_slider(widget, name, np.log10(value) if name in LOGARITHMIC else value)
    expect(widget.locator(".ql-summary")).to_contain_text("40 km")
    shows(widget, decoy.decoy_rate(link), link)
    control(widget, "scheme").get_by_label("Single photons").check(force=True)
    expect(widget.locator(".ql-summary")).to_contain_text("single photons:")
    shows(widget, decoy.single_photon_rate(link), link)


def test_seoul_to_busan_leaves_the_bound_alone(widget: Locator) -> None:
    control(widget, "seoul_busan").click()
    expect(widget.locator(".ql-summary")).to_contain_text("460 km")
    shows(widget, decoy.decoy_rate(Link(length_km=460)), Link(length_km=460))
    assert steps(widget)["bound"] * 1e9 == pytest.approx(0.9103, abs=1e-3)
    expect(widget.locator("[data-chart=key]")).to_have_attribute(
        "aria-label", re.compile(r"with decoys reaches 177\skm")
    )


def test_the_paper_devices_give_the_papers_key(widget: Locator) -> None:
    control(widget, "gys").click()
    expect(widget.locator(".ql-summary")).to_contain_text("100 km")
    assert steps(widget)["key"] == pytest.approx(1.72e-5, abs=5e-8)
    shows(widget, decoy.decoy_rate(GYS, length_km=100), replace(GYS, length_km=100))


def test_the_best_intensity_is_the_physics_one(widget: Locator) -> None:
    set_slider(widget, "intensity", 1.5)
    expect(widget.locator("[data-step=step_intensity] td")).to_have_text("1.5")
    worse = steps(widget)["key"]
    control(widget, "best").click()
    best = decoy.best_intensity(Link(length_km=80))
    expect(widget.locator("[data-step=step_intensity] td")).not_to_have_text("1.5")
    assert steps(widget)["intensity"] == pytest.approx(best, abs=1e-3)
    assert steps(widget)["key"] > worse


def test_the_bars_are_shares_of_the_sifted_bits(widget: Locator) -> None:
    rate = decoy.decoy_rate(Link(length_km=80))
    sifted = 0.5 * float(rate.gain)
    wanted = [
        1 - float(rate.untagged_gain / rate.gain),
        float(rate.privacy_amplification) / sifted,
        float(rate.leakage) / sifted,
        float(rate.secret_bits_per_pulse) / sifted,
    ]
    shown = widget.locator("[data-chart=budget] .ql-column-value").all_text_contents()
    assert [number(text) for text in shown] == pytest.approx(wanted, abs=6e-4)
    assert sum(wanted) == pytest.approx(1)


def test_every_control_has_a_name_and_sliders_say_their_value(widget: Locator) -> None:
    for name, value in (
        ("Distance", "80 km"),
        ("Signal intensity", "0.50 photons"),
        ("Dark counts per pulse", f"2.0 {TIMES} 10⁻⁶"),
        ("Detector efficiency", "10.0 %"),
        ("Misalignment", "1.0 %"),
        ("Fibre loss", "0.2 dB/km"),
        ("Clock rate", "1 GHz"),
    ):
        expect(widget.get_by_role("slider", name=name)).to_have_attribute(
            "aria-valuetext", re.compile(value.replace(" ", r"\s"))
        )
    for name in ("Decoys", "No decoys", "Single photons"):
        expect(widget.get_by_role("radio", name=name, exact=True)).to_have_count(1)
    expect(widget.get_by_role("group", name="Links")).to_have_count(1)


def test_a_screen_reader_is_told_the_state_when_the_hand_rests(widget: Locator) -> None:
    check_names(widget)
    control(widget, "sejong_daejeon").click()
    check_words_are_read_out(widget)


def test_a_korean_page_gets_korean_labels(page: Page, address: str) -> None:
    set_language(page, "ko")
    widget = open_widget(page, address, **PLACE)
    expect(widget).to_have_attribute("lang", "ko")
    expect(widget.get_by_role("slider", name="거리")).to_have_count(1)
    expect(widget.locator(".ql-summary")).to_contain_text("미끼 펄스를 쓰는 레이저")


def test_a_keyboard_reaches_every_control_in_order(page: Page, widget: Locator) -> None:
    assert reached_by_keyboard(page, widget) == CONTROLS


def random_links(count: int) -> list[Link]:
    """Links over the whole range of the sliders, corners included."""
    rng = np.random.default_rng(8411)
    low, high = (np.array([RANGES[name][end] for name in RANGES]) for end in (0, 1))
    places = rng.uniform(low, high, (count, len(RANGES)))
    corner = rng.random((count, len(RANGES))) < 0.1
    places = np.where(corner, np.where(rng.random(places.shape) < 0.5, low, high), places)
    links = []
    for place in places:
        values = dict(zip(RANGES, map(float, place), strict=True))
        links.append(Link(**{name: 10.0**value if name in LOGARITHMIC else value for name, value in values.items()}))
    return links


CLOSED_FORMS = """argument.map((link) => {
  const km = link.length_km;
  return [
    it.decoyKey(link, km), it.gllpKey(link, km), it.singlePhotonKey(link, km),
    it.gllpKey(link, km, 0.1 * link.intensity * link.detector_efficiency * 10 ** (-link.loss_db_per_km * km / 10)),
    it.fibreBound(link, km),
  ];
})"""


def test_the_scripts_closed_forms_are_pythons_over_the_whole_range(page: Page) -> None:
    links = random_links(600)
    found = call_script(page, VIEWS / "key_link.js", CLOSED_FORMS, [asdict(link) for link in links])
    with_key = np.zeros(4, dtype=int)
    for link, (*keys, bound) in zip(links, found, strict=True):
        faint = replace(link, intensity=0.1 * link.intensity * float(decoy.transmittance(link)))
        rates = [decoy.decoy_rate(link), decoy.gllp_rate(link), decoy.single_photon_rate(link), decoy.gllp_rate(faint)]
        # the key is a difference of terms as large as the clicks: its digits count against those
        for place, (seen, rate) in enumerate(zip(keys, rates, strict=True)):
            for field in FIELDS:
                wanted = float(getattr(rate, field))
                scale = link.clock_rate_hz if field.endswith("second") else 1.0
                slack = 1e-12 * scale * float(rate.gain)
                assert seen[field] == pytest.approx(wanted, rel=1e-9, abs=slack), (field, link)
            with_key[place] += float(rate.secret_bits_per_pulse) > 0
        assert bound is None or bound == pytest.approx(float(decoy.plob_bound(link)), rel=1e-12)
    assert with_key.min() > 5, "too few links with a key would prove little"


def test_where_no_intensity_gives_a_key_the_script_shows_the_one_that_comes_nearest(page: Page) -> None:
    link = Link(length_km=80)
    expression = "argument.map((link) => it.bestGllpKey(link, link.length_km))"
    (found,) = call_script(page, VIEWS / "key_link.js", expression, [asdict(link)])
    shares = []
    for intensity in [found["intensity"], *np.geomspace(5e-6, 3.7e-3, 300)]:
        rate = decoy.gllp_rate(replace(link, intensity=float(intensity)))
        sifted = link.sifted_fraction * float(rate.gain)
        kept = link.sifted_fraction * float(rate.untagged_gain)
        shares.append((kept - float(rate.privacy_amplification) - float(rate.leakage)) / sifted)
    assert found["secret_bits_per_pulse"] == 0
    assert max(shares) == pytest.approx(shares[0], abs=1e-4)
    assert max(shares) > min(shares) + 0.5


BEST = """argument.map((link) => [
  it.bestGllpKey(link, link.length_km),
  it.bestDecoyIntensity(link, link.length_km, 0.01, 1.5),
])"""


def test_the_scripts_search_finds_pythons_best_intensity(page: Page) -> None:
    links = [replace(link, length_km=link.length_km / 8) for link in random_links(40)]
    found = call_script(page, VIEWS / "key_link.js", BEST, [asdict(link) for link in links])
    compared = 0
    for link, (gllp, intensity) in zip(links, found, strict=True):
        best = decoy.gllp_rate(replace(link, intensity=decoy.best_intensity(link, decoy.gllp_rate)))
        assert gllp["secret_bits_per_pulse"] == pytest.approx(float(best.secret_bits_per_pulse), rel=1e-6, abs=1e-15)
        within_slider = float(np.clip(decoy.best_intensity(link), *RANGES["intensity"][:2]))
        with_decoys = decoy.decoy_rate(replace(link, intensity=within_slider))
        here = decoy.decoy_rate(replace(link, intensity=intensity))
        assert float(here.secret_bits_per_pulse) == pytest.approx(
            float(with_decoys.secret_bits_per_pulse), rel=1e-6, abs=1e-15
        )
        compared += float(best.secret_bits_per_pulse) > 0
    assert compared > 10
