"""The reference list as the tests read it: one entry an id, and the comparison within its tolerance."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

ANCHORS: dict[str, dict[str, Any]] = {
    entry["id"]: entry for entry in json.loads(files("qlearn.book").joinpath("anchors.json").read_text("utf-8"))
}


def check_anchor(anchor: str, computed: ArrayLike) -> None:
    """Compare a computed value with the reference and with every published figure of an anchor."""
    entry = ANCHORS[anchor]
    tolerance = {"abs": 0.0, "rel": 0.0} | entry["tolerance"]
    values = np.atleast_1d(np.asarray(computed, dtype=float))
    np.testing.assert_allclose(values, np.atleast_1d(entry["value"]), atol=tolerance["abs"], rtol=tolerance["rel"])
    for figure in entry["published"]:
        np.testing.assert_allclose(values[figure["index"]], figure["value"], atol=figure["tol"])
