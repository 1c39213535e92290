"""Import what the gradebook and the grader need without the parts that cost most and that neither uses."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["import_jsonschema", "import_qutip"]

FORMATS = (
    "fqdn",
    "idna",
    "isoduration",
    "rfc3339_validator",
    "rfc3986_validator",
    "rfc3987_syntax",
    "uri_template",
    "webcolors",
)
LATER = "numpy.f2py"


def import_jsonschema() -> None:
    """Import `jsonschema`, which nbformat needs, without its checks of formats; call it before nbformat.

    For the formats of addresses, colours and durations jsonschema imports a package each, one of which builds a whole
    grammar: 0.8 s of processor time in every command and every worker. No notebook's schema has them, and jsonschema
    does without where a package is not installed, which is what it is shown here. Nothing is done where it was
    imported before, and whoever imports one of the packages later gets it.
    """
    if "jsonschema" in sys.modules:
        return
    with _hidden(*FORMATS):
        import jsonschema  # type: ignore[import-untyped]  # noqa: F401


def import_qutip() -> None:
    """Import QuTiP and SciPy without what is there for compilers.

    SciPy takes every name that numpy has, `numpy.f2py` with them, which wraps Fortran: it is loaded when it is used.
    QuTiP compiles coefficients if it finds Cython; where that is not installed, setuptools is of no use to it.
    """
    if "qutip" in sys.modules:
        return
    _put_off(LATER)
    with _hidden(*(() if importlib.util.find_spec("Cython") else ("setuptools",))):
        import qutip  # noqa: F401


@contextmanager
def _hidden(*names: str) -> Iterator[None]:
    """Let an import find that modules are not installed; those that are loaded stay as they are."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: the import system's way to say: not there
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def _put_off(name: str) -> None:
    """Let a submodule be loaded when something in it is asked for."""
    parent, _, last = name.rpartition(".")
    spec = importlib.util.find_spec(name)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    setattr(sys.modules[parent], last, module)
