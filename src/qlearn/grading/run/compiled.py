"""IPython's compiler, which never does the same cell twice: not for a look at it, and not in each fork."""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Iterable, Iterator
from types import CodeType
from typing import Any

from IPython.core.compilerop import CachingCompiler

__all__ = ["CellCompiler"]


class CellCompiler(CachingCompiler):
    """Compiles cells; knows those that were foreseen, and the last one that was looked at."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._foreseen: dict[tuple[str, str, int], ast.Module] = {}
        self._codes: dict[tuple[int, str, int], CodeType] = {}
        self._plain: set[str] = set()
        self._looked_at: tuple[str, ast.Module] | None = None

    def look(self, source: str) -> bool:
        """Tell whether a cell is plain Python, and keep what was parsed for running it."""
        self._looked_at = None
        if source in self._plain:
            return True
        try:
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                tree = ast.parse(source)
            if told:  # a warning is for the cell's outputs: it has to come again
                ast.parse(source)
            else:
                self._looked_at = (source, tree)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
        return True

    def ast_parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> Any:
        """Parse a cell as it is going to be run."""
        foreseen = self._foreseen.get((source, filename, self.flags))
        if foreseen is not None:
            return foreseen
        looked_at, self._looked_at = self._looked_at, None
        if looked_at is not None and source in (looked_at[0], looked_at[0] + "\n") and symbol == "exec":
            sys.audit("compile", source, filename)  # as parsing it again would: the judge looks whose text it is
            return looked_at[1]
        return super().ast_parse(source, filename, symbol)

    def __call__(self, source: Any, filename: str, symbol: str, **options: Any) -> Any:
        """Compile one statement of a cell."""
        if self._codes and isinstance(source, (ast.Module, ast.Interactive)) and len(source.body) == 1:
            code = self._codes.get((id(source.body[0]), symbol, self.flags))
            if code is not None:
                return code
        return super().__call__(source, filename, symbol, **options)

    def foresee(self, cells: Iterable[tuple[str, str]], flags: int) -> None:
        """Compile cells ahead, each given with the name it will have; those with anything to warn of are left out.

        Parameters
        ----------
        cells
            Texts and names.
        flags
            What the shell adds to the compiler's own flags while it runs a cell.
        """
        for source, name in cells:
            plain = {source, source.removesuffix("\n")} if self.look(source) else set()
            if "__future__" in source:  # it would change how later cells are compiled
                return
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("error")
                    tree: Any = super().ast_parse(source, name)
                    with self.extra_flags(flags):
                        codes = {
                            (id(node), mode, self.flags): self(module, name, mode)
                            for node, module, mode in _statements(tree)
                        }
            except (SyntaxError, ValueError, RecursionError, MemoryError, Warning):
                continue
            self._foreseen[source, name, self.flags] = tree
            self._codes.update(codes)
            self._plain.update(plain)

    def forget(self) -> None:
        """Compile everything anew from here on."""
        self._plain.clear()
        self._foreseen.clear()
        self._codes.clear()


def _statements(tree: Any) -> Iterator[tuple[ast.stmt, Any, str]]:
    """Give a cell's statements as IPython compiles them: each alone, and a last expression so that it is shown."""
    for node in tree.body:
        if node is tree.body[-1] and isinstance(node, ast.Expr):
            yield node, ast.Interactive([node]), "single"
        else:
            yield node, ast.Module([node], []), "exec"
