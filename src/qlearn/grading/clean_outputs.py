"""Make outputs that came from a stranger's code fit for a notebook: valid, finite, and nothing that runs by itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from qlearn.grading.encodings import without_surrogates

__all__ = ["OutputCleaner"]

MOST_OUTPUT_CHARACTERS = 20_000_000  # of a whole notebook: a teacher's browser has to open it
MOST_OUTPUTS = 20_000

_NEVER_SHOWN = {"application/javascript", "text/javascript"}  # it would act with the teacher's rights in Formgrader
_LEFT_OUT = "Outputs were left out here: the notebook shows more than can be kept.\n"


class OutputCleaner:
    """Builds the outputs of one notebook's cells anew and counts what they hold together."""

    def __init__(self) -> None:
        self._characters = 0
        self._outputs = 0
        self._full = False

    def clean(self, outputs: Iterable[Any], execution_count: int | None) -> list[dict[str, Any]]:
        """Give valid outputs of nbformat 4; what is none is dropped."""
        cleaned: list[dict[str, Any]] = []
        for output in outputs:
            built = _build(output, execution_count) if isinstance(output, Mapping) else None
            if built is None:
                continue
            self._outputs += 1
            self._characters += _size(built)
            if self._characters > MOST_OUTPUT_CHARACTERS or self._outputs > MOST_OUTPUTS:
                if not self._full:
                    cleaned.append({"output_type": "stream", "name": "stdout", "text": _LEFT_OUT})
                self._full = True
                break
            cleaned.append(built)
        return cleaned


def _build(output: Mapping[str, Any], execution_count: int | None) -> dict[str, Any] | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": _text(output.get("text"))}
    if kind == "error":
        traceback = output.get("traceback")
        lines = traceback if isinstance(traceback, list | tuple) else [traceback]
        return {
            "output_type": "error",
            "ename": _text(output.get("ename")),
            "evalue": _text(output.get("evalue")),
            "traceback": [_text(line) for line in lines],
        }
    if kind in ("execute_result", "display_data"):
        built = {"output_type": kind, "data": _bundle(output.get("data")), "metadata": _sizes(output.get("metadata"))}
        if kind == "execute_result":
            built["execution_count"] = execution_count
        return built if built["data"] else None
    return None


def _bundle(data: Any) -> dict[str, Any]:
    """Keep what a notebook may show of a value: texts by media type, and JSON where the type says so."""
    bundle: dict[str, Any] = {}
    for kind, value in data.items() if isinstance(data, Mapping) else ():
        if not isinstance(kind, str) or kind.split(";")[0].strip().lower() in _NEVER_SHOWN:
            continue
        if kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json")):
            try:
                bundle[kind] = json.loads(without_surrogates(json.dumps(value, allow_nan=False, ensure_ascii=False)))
            except (TypeError, ValueError, RecursionError):
                continue
        elif isinstance(value, str | list):
            bundle[without_surrogates(kind)] = _text(value)
    return bundle


def _sizes(metadata: Any) -> dict[str, Any]:
    """Keep of an output's metadata the width and height of pictures, the one thing that is shown."""
    sizes: dict[str, Any] = {}
    for kind, values in metadata.items() if isinstance(metadata, Mapping) else ():
        if isinstance(kind, str) and kind.startswith("image/") and isinstance(values, Mapping):
            numbers = {key: values[key] for key in ("width", "height") if type(values.get(key)) is int}
            if numbers:
                sizes[without_surrogates(kind)] = numbers
    return sizes


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        value = "".join(part for part in value if isinstance(part, str))
    return without_surrogates(value) if isinstance(value, str) else ""


def _size(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_size, value)) + sum(map(_size, value.values()))
    if isinstance(value, list):
        return sum(map(_size, value))
    return 8
