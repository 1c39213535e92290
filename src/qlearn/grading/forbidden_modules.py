"""Modules an answer may not use: found on disk so that the sandbox can close them, and refused with a clear message.

The message is a courtesy that the student's code could remove. What holds is that the files cannot be read:
`Policy(unreadable=module_paths(names))`, and that the process never had the modules in its memory.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

from qlearn.errors import HostError

__all__ = ["REFUSAL", "belongs_to", "forbid_modules", "loaded_of", "module_paths"]

REFUSAL = "this assignment does not let an answer use {module}: write that part yourself"


class _Refusal(MetaPathFinder):
    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del path, target  # a module of that name is refused wherever it lies
        for name in self._names:
            if belongs_to(fullname, name):
                raise ImportError(REFUSAL.format(module=name), name=fullname)
        return None


def forbid_modules(names: Iterable[str]) -> None:
    """Refuse to import these modules and what lies in them, with a message; for a student's process, for its life.

    Call it after the fork, before or after `confine`, and before anything of the student's is read. HostError if
    one of them is in memory already, from where nothing could take it away.
    """
    forbidden = frozenset(names)
    if not forbidden:
        return
    loaded = loaded_of(forbidden, len(sys.modules))
    if loaded:
        raise HostError(
            f"{loaded} is already in the grader's memory, so it cannot be kept from an answer: forbid only modules "
            "that numpy, scipy, qutip, matplotlib, IPython and the grader do not load themselves"
        )
    sys.meta_path.insert(0, _Refusal(forbidden))


@functools.lru_cache(maxsize=16)
def loaded_of(names: frozenset[str], loaded: int) -> str:
    """Name the first of these modules, or of what lies in them, that is in memory; empty if none is.

    Remembered for as long as the number of `loaded` modules stays the same: a process that asks before it forks spares
    its forks the walk through thousands of names.
    """
    del loaded
    inside = tuple(f"{name}." for name in names)
    return min((module for module in sys.modules if module in names or module.startswith(inside)), default="")


def module_paths(names: Iterable[str]) -> tuple[Path, ...]:
    """Where these modules' source and bytecode lie: folders of packages, files of modules, whole archives.

    Every copy that Python's own search could find counts, not the first alone. Nothing is imported or executed. A
    module that is nowhere gives no path.
    """
    return tuple(sorted({path for name in names for path in _paths_of(name)}))


def _paths_of(name: str) -> Iterator[Path]:
    for spec in _specs(name):
        if spec.submodule_search_locations is not None:
            for folder in map(Path, spec.submodule_search_locations):
                yield from _on_disk(folder)
                if sys.pycache_prefix:  # bytecode of the whole environment may be kept in a tree of its own
                    yield from _on_disk(Path(importlib.util.cache_from_source(folder / "__init__.py")).parent)
        elif spec.origin and spec.has_location:
            yield from _module_file(Path(spec.origin))


def _specs(name: str) -> Iterator[ModuleSpec]:
    """Find a module in each place of the search path by itself; of several copies the first would hide the others."""
    parent, _, last = name.rpartition(".")
    if not parent:
        # editable installs may bring a finder of their own
        yield from _found(finder.find_spec(name, None) for finder in sys.meta_path if not isinstance(finder, _Refusal))
        yield from _found(PathFinder.find_spec(name, [place]) for place in _search_path())
        return
    for place in [place for spec in _specs(parent) for place in spec.submodule_search_locations or ()]:
        try:
            spec = PathFinder.find_spec(name, [place])
        except KeyError:  # a folder without __init__.py, for which Python would want the parent imported
            spec = ModuleSpec(name, None, is_package=True)
            spec.submodule_search_locations = [str(Path(place, last))]
        yield from _found((spec,))


def _found(specs: Iterable[ModuleSpec | None]) -> Iterator[ModuleSpec]:
    return (spec for spec in specs if spec is not None)


def _search_path() -> Iterator[str]:
    yield from sys.path
    base = {"base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    yield from (sysconfig.get_path(kind, vars=base) for kind in ("purelib", "platlib"))


def _module_file(origin: Path) -> Iterator[Path]:
    yield from _on_disk(origin)
    if origin.suffix == ".py":
        yield from origin.parent.glob(f"__pycache__/{origin.stem}.*.pyc")  # of every Python version and optimisation
        yield from _on_disk(origin.with_suffix(".pyc"))
        yield from _on_disk(Path(importlib.util.cache_from_source(origin)))


def _on_disk(path: Path) -> Iterator[Path]:
    """Give the path itself, or the archive it lies in."""
    for place in (path, *path.parents):
        if os.path.lexists(place):
            if place == path or place.is_file():
                yield place
            return


def belongs_to(module: str, name: str) -> bool:
    """Whether a module is the named one or lies in it."""
    return module == name or module.startswith(f"{name}.")
