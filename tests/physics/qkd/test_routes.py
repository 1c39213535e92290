"""Routes say where their lengths are from."""

import re

import pytest

from qlearn.errors import ParameterError
from qlearn.physics.qkd.decoy import plob_bound
from qlearn.physics.qkd.routes import KOREAN_ROUTES, Route, route


def test_a_length_has_a_source_or_is_assumed_never_both() -> None:
    for known in KOREAN_ROUTES:
        assert known.assumed == (not known.source.startswith("http"))
        assert known.note
        assert known.assumed == ("assumed" in known.note)
        if not known.assumed:
            assert f"{known.length_km:.0f} kilometers" in known.note


def test_names_are_told_apart_and_found() -> None:
    assert len({known.name for known in KOREAN_ROUTES}) == len(KOREAN_ROUTES)
    assert all(route(known.name) is known for known in KOREAN_ROUTES)


def test_five_relays_cut_the_way_to_busan_into_six() -> None:
    whole, section = route("seoul_busan"), route("section")
    assert section.length_km * (whole.relays + 1) == pytest.approx(whole.length_km)
    assert plob_bound(section.link()) * 1e9 == pytest.approx(42882458.03, rel=1e-6)
    assert plob_bound(route("sejong_daejeon").link()) == pytest.approx(0.4173257792, rel=1e-6)


def test_bad_input_is_refused_by_name() -> None:
    with pytest.raises(
        ParameterError, match=re.escape("the route is 'seoul_jeju'; it must be one of 'sejong_daejeon'")
    ):
        route("seoul_jeju")
    with pytest.raises(ParameterError, match="length_km is -1"):
        Route(name="back", length_km=-1, source="", note="")
    with pytest.raises(ParameterError, match=re.escape("relays is 1.5")):
        Route(name="half", length_km=1, source="", note="", relays=1.5)  # type: ignore[arg-type]
