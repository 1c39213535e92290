import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qlearn.grading import slimming
from qlearn.grading.slimming import TooManyBracketsError, without_outputs

TEXT = st.text(alphabet='"\\[]{}:,outps \n가é', max_size=12) | st.just("outputs") | st.just('"outputs": [')
JSON = st.recursive(
    st.none() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def _emptied(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: [] if key == "outputs" and isinstance(part, list) else _emptied(part) for key, part in value.items()
        }
    return [_emptied(part) for part in value] if isinstance(value, list) else value


def _slim(text: bytes, size: int) -> bytes:
    return b"".join(without_outputs(text[at : at + size] for at in range(0, len(text), size)))


@settings(deadline=None)
@given(JSON, st.integers(1, 50), st.sampled_from([None, 1]), st.booleans())
def test_outputs_go_and_all_else_stays_however_the_text_is_cut(
    value: Any, size: int, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert json.loads(_slim(text.encode(), size)) == _emptied(value)
    assert json.loads(_slim(text.encode("cp949", "replace"), size).decode("cp949")) == _emptied(
        json.loads(text.encode("cp949", "replace").decode("cp949"))
    )


@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(1, 50))
def test_what_is_no_json_passes_without_an_error(text: bytes, size: int) -> None:
    assert len(_slim(text, size)) <= len(text)


def test_a_long_string_is_read_once() -> None:
    picture = "A" * 3_000_000
    text = json.dumps({"attachments": picture, "outputs": [picture, "\\" * 9]}).encode()
    assert json.loads(_slim(text, 10_000)) == {"attachments": picture, "outputs": []}


def test_outputs_made_of_brackets_alone_end_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slimming, "MOST_BRACKETS", 1000)
    with pytest.raises(TooManyBracketsError):
        _slim(b'{"outputs": [' + b"[" * 2000, 100)
