"""The key rate widget's Python side: traits, labels, picture and words against the physics."""

import json
import re
from pathlib import Path

import pytest

import qlearn.widgets
from qlearn.errors import ParameterError
from qlearn.physics.qkd import decoy
from qlearn.physics.qkd.routes import KOREAN_ROUTES
from qlearn.widgets.key_rate import LOGARITHMIC, RANGES, SCHEMES, KeyRateCurves, presets
from widgets.widget_checks import check_files, check_labels, check_shown, heard

SLIDERS = [name for name in RANGES if name != "error_correction_efficiency"]
STEPS = ["intensity", "transmittance", "gain", "error", "yield", "single_error"]
STEPS += ["privacy", "leakage", "key", "rate", "bound"]
BUILT = [
    *SLIDERS,
    *SCHEMES,
    *(f"{scheme}_{part}" for scheme in SCHEMES for part in ("words", "line")),
    *(f"step_{name}" for name in STEPS),
    *(f"bar_{name}" for name in ("tagged", "privacy", "leakage", "key")),
    *(preset["name"] for preset in presets()),
    "reach",
    "reach_beyond",
]


@pytest.fixture
def curves() -> KeyRateCurves:
    return KeyRateCurves()


def test_it_needs_no_other_file_and_fits_on_a_page(curves: KeyRateCurves) -> None:
    check_files(curves)


def test_labels_are_complete_in_both_languages(curves: KeyRateCurves) -> None:
    check_labels(curves, set(BUILT))


def test_it_is_shown_as_widget_picture_and_words(curves: KeyRateCurves) -> None:
    check_shown(curves)


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("length_km", -1, "length_km is -1; it must lie between 0 and 500"),
        ("intensity", 0, "intensity is 0; it must lie between 0.01 and 1.5"),
        ("background_probability", 0.1, "background_probability is 0.1; it must lie between 1e-09 and 0.001"),
        ("clock_rate_hz", float("nan"), "clock_rate_hz is nan; it must lie between 1e+06 and 1e+10"),
        ("scheme", "magic", "scheme is 'magic'; it must be one of 'decoy', 'gllp', 'single'"),
    ],
)
def test_an_argument_out_of_range_is_refused(argument: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        KeyRateCurves(**{argument: value})


def test_the_first_view_shows_what_decoys_are_for(curves: KeyRateCurves) -> None:
    assert curves.rate("gllp").secret_bits_per_pulse == 0
    assert curves.rate("decoy").secret_bits_per_second > 1e5
    assert "without decoys it gives 0," in curves.summary()


def test_the_words_are_the_physics(curves: KeyRateCurves) -> None:
    curves.length_km = 30.0
    link = decoy.Link(length_km=30.0)
    assert curves.link() == link
    assert f"gives {float(decoy.decoy_rate(link).secret_bits_per_pulse):.3g} bits per pulse" in curves.summary()
    assert f"no protocol without a repeater more than {float(decoy.plob_bound(link)):.3g}." in curves.summary()


def test_without_decoys_the_best_intensity_is_taken() -> None:
    curves = KeyRateCurves(length_km=30.0, scheme="gllp")
    assert curves.rate().secret_bits_per_pulse > 0
    assert decoy.gllp_rate(curves.link()).secret_bits_per_pulse == 0


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset["name"])
def test_every_preset_is_a_link_that_the_sliders_can_show(preset: dict[str, object]) -> None:
    settings = {name: value for name, value in preset.items() if name != "name"}
    assert KeyRateCurves(**settings).link()


def test_the_paper_devices_are_the_physics_ones() -> None:
    (preset,) = [preset for preset in presets() if preset["name"] == "gys"]
    for name in set(preset) - {"name", "length_km"}:
        assert preset[name] == getattr(decoy.GYS, name)


def test_the_routes_are_the_physics_ones_and_say_where_a_length_is_assumed() -> None:
    labels = json.loads(Path(qlearn.widgets.__file__).with_name("key_rate.labels.json").read_text(encoding="utf-8"))
    lengths = {preset["name"]: preset["length_km"] for preset in presets()}
    for route in KOREAN_ROUTES:
        assert lengths[route.name] == route.length_km
        for language, word in (("en", "(assumed)"), ("ko", "(가정)")):
            assert labels[language][route.name].endswith(word) == route.assumed
            assert f"{route.length_km:.0f} km" in labels[language][route.name]


def test_the_range_of_every_slider_holds_its_first_value(curves: KeyRateCurves) -> None:
    for name, (low, high, step) in RANGES.items():
        value = getattr(curves, name)
        assert (10.0**low if name in LOGARITHMIC else low) <= value <= (10.0**high if name in LOGARITHMIC else high)
        assert 0 < step < high - low


def test_a_far_link_is_drawn_on_a_longer_axis() -> None:
    near, far = (KeyRateCurves(length_km=length).picture().axes[0].get_xlim()[1] for length in (30, 490))
    assert (near, far) == (250, 500)


def test_a_greeting_is_answered_so_that_the_page_knows_of_the_kernel(curves: KeyRateCurves, monkeypatch) -> None:
    assert heard(curves, monkeypatch, {"kind": "hello"}) == {"kind": "ready"}
