"""The anchor ledger's entries, and whether computed numbers meet one."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
from numpy.typing import ArrayLike

ANCHORS: dict[str, dict[str, Any]] = {
    entry["id"]: entry for entry in json.loads(files("qlearn.book").joinpath("anchors.json").read_text("utf-8"))
}


def check_anchor(anchor: str, computed: ArrayLike) -> None:
    """Compare with the reference value within its tolerance, and with what was published within its own."""
    entry = ANCHORS[anchor]
    tolerance = {"abs": 0.0, "rel": 0.0} | entry["tolerance"]
    numbers = np.atleast_1d(np.asarray(computed, dtype=float))
    np.testing.assert_allclose(numbers, np.atleast_1d(entry["value"]), atol=tolerance["abs"], rtol=tolerance["rel"])
    for figure in entry["published"]:
        assert numbers[figure["index"]] == pytest.approx(figure["value"], abs=figure["tol"])
