"""The state of a page's widgets, as Jupyter embeds it and as myst-nb keeps it between builds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from myst_nb.sphinx_ import NbMetadataCollector

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

__all__ = ["page_state", "page_states"]


def page_state(environment: BuildEnvironment, page: str) -> dict[str, Any]:
    """State of one page's widgets: `["state"]` maps a model's id to its `model_name`, `model_module` and `state`."""
    scripts = NbMetadataCollector.get_js_files(environment, page)
    return json.loads(scripts["ipywidgets_state"][1]["body"]) if "ipywidgets_state" in scripts else {}


def page_states(environment: BuildEnvironment) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each page that has widgets, with their state."""
    for page in sorted(environment.found_docs):
        state = page_state(environment, page)
        if state:
            yield page, state
