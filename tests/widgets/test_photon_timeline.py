import base64
import json
import re

import pytest

from qlearn.errors import ParameterError
from qlearn.physics.qkd import bb84
from qlearn.widgets.photon_timeline import PhotonTimeline
from widgets.widget_checks import heard


@pytest.fixture
def timeline() -> PhotonTimeline:
    return PhotonTimeline(seed=7)


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("intercepted_fraction", 1.5, "intercepted_fraction is 1.5; it must lie between 0 and 1"),
        ("lost_fraction", -0.1, "lost_fraction is -0.1; it must lie between 0 and 1"),
        ("photons", 100_001, "photons is 100001; it must lie between 0 and 100000"),
        ("seed", 2**32, "seed is 4294967296; it must lie between 0 and 4294967295"),
    ],
)
def test_an_argument_out_of_range_is_refused(argument: str, value: float, message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        PhotonTimeline(**{argument: value})


def test_the_script_needs_no_other_file(timeline: PhotonTimeline) -> None:
    assert "import {" not in timeline._esm
    assert timeline._esm.count("export default") == 1
    assert "@import" not in timeline._css
    assert "http" not in timeline._css


def test_state_and_script_stay_small(timeline: PhotonTimeline) -> None:
    state = {name: value for name, value in timeline.get_state().items() if not name.startswith("_")}
    assert len(json.dumps(state)) < 20_000
    assert len(timeline._esm) + len(timeline._css) < 100_000


def test_both_languages_have_the_same_labels_with_the_same_holes(timeline: PhotonTimeline) -> None:
    english, korean = timeline.labels["en"], timeline.labels["ko"]
    assert english.keys() == korean.keys()
    for name, text in english.items():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", korean[name])), name


def test_every_label_the_script_asks_for_exists(timeline: PhotonTimeline) -> None:
    asked = set(re.findall(r'\bt\("(\w+)"', timeline._esm)) | set(re.findall(r'(?:row|strip)\("(\w+)"', timeline._esm))
    assert asked > {"play", "summary", "kernel_answer"}
    assert asked <= timeline.labels["en"].keys()


def test_it_is_shown_as_widget_picture_and_words(timeline: PhotonTimeline) -> None:
    data, _ = timeline._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == timeline.model_id
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data["text/plain"] == timeline.summary()


def test_the_summary_counts_the_photons_of_the_picture(timeline: PhotonTimeline) -> None:
    record = timeline.record()
    assert (
        f"{record.kept.sum()} were kept after sifting and {record.wrong.sum()} of these are wrong" in timeline.summary()
    )
    assert record.wrong.sum() > 0


def test_a_run_without_photons_can_be_drawn() -> None:
    assert PhotonTimeline(photons=0).picture().axes


def test_a_greeting_is_answered_so_that_the_page_knows_of_the_kernel(timeline: PhotonTimeline, monkeypatch) -> None:
    assert heard(timeline, monkeypatch, {"kind": "hello"}) == {"kind": "ready"}


def test_a_long_run_on_the_kernel_comes_from_the_physics(timeline: PhotonTimeline, monkeypatch) -> None:
    settings = {"intercepted_fraction": 0.4, "lost_fraction": 0.5}
    answer = heard(timeline, monkeypatch, {"kind": "simulate", "pulses": 1_000_000, **settings})
    assert answer["pulses"] == 1_000_000
    assert answer["error_rate"] == answer["errors"] / answer["sifted"]
    assert answer["expected_error_rate"] == pytest.approx(0.1)
    # no seed: five and a half standard errors fail once in 25 million runs
    assert abs(answer["error_rate"] - 0.1) < 5.5 * answer["error_rate_standard_error"]
    assert abs(answer["detected"] - 500_000 * float(bb84.gain(1.0))) < 5.5 * 500


def test_a_run_that_keeps_nothing_has_no_error_rate(timeline: PhotonTimeline, monkeypatch) -> None:
    settings = {"intercepted_fraction": 0.0, "lost_fraction": 1.0}
    answer = heard(timeline, monkeypatch, {"kind": "simulate", "pulses": 10, **settings})
    assert answer["sifted"] == 0
    assert answer["error_rate"] is None
