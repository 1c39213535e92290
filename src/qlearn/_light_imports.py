"""Import what the gradebook and the grader need without the parts that cost most and that neither uses."""

from __future__ import annotations

import sys

__all__ = ["import_jsonschema"]

GRAMMAR = "rfc3987_syntax"


def import_jsonschema() -> None:
    """Import `jsonschema`, which nbformat needs, without its check of international addresses; call it before nbformat.

    For the formats `iri` and `iri-reference` alone, jsonschema imports a package that builds a whole grammar: 0.8 s of
    processor time in every command and every worker. No notebook's schema has them, and jsonschema does without where
    the package is not installed, which is what it is shown here. Nothing is done where either was imported before,
    and whoever imports the package later gets it.
    """
    if "jsonschema" in sys.modules or GRAMMAR in sys.modules:
        return
    sys.modules[GRAMMAR] = None  # type: ignore[assignment]  # the import system's own way to say: not there
    try:
        import jsonschema  # type: ignore[import-untyped]  # noqa: F401
    finally:
        del sys.modules[GRAMMAR]
