"""Ordinary idioms of nbgrader's test cells, as teachers write them; `ALL` is found by folder."""

from __future__ import annotations

import importlib
from pathlib import Path

from idioms.idiom import Idiom

ALL: tuple[Idiom, ...] = tuple(
    idiom
    for path in sorted(Path(__file__).parent.glob("*.py"))
    if path.stem not in ("__init__", "idiom", "one_process")
    for idiom in importlib.import_module(f"idioms.{path.stem}").IDIOMS
)
