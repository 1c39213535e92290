"""Which names a cell uses and which it makes: read from the teacher's text, before anything runs."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

from qlearn.grading.plan import NotebookPlan, PlannedCell, Role

_READS_FILES = frozenset(
    name
    for name in (
        "open", "load", "loadtxt", "genfromtxt", "fromfile", "Path", "read_text", "read_bytes", "read_csv",
        "read_json", "read_table", "reader", "exists", "is_file", "stat", "getsize", "listdir", "glob", "iterdir",
        "scandir", "walk", "run_line_magic", "run_cell_magic", "imread", "loadmat", "qload", "connect",
    )
)  # fmt: skip
_WRITES_FILES = ("open(", "save", "to_csv", "to_json", "write", "dump", "mkdir", "copy")
_MAKES_UNSEEN = ("%run", "%pylab", "exec(", "globals()", "%load", "get_ipython(")

__all__ = [
    "CellNames",
    "Ownership",
    "makes_unseen_names",
    "read_names",
    "reads_files",
    "sets_seeds",
]

_BUILTIN = frozenset(dir(builtins)) | {"get_ipython", "display", "In", "Out", "exit", "quit", "__name__", "__file__"}


@dataclass(frozen=True)
class CellNames:
    """The global names of one cell."""

    used: frozenset[str]
    """Read somewhere in it, functions included, builtins left out."""
    made: frozenset[str]
    """Bound by it: assigned, defined, imported."""
    touched: frozenset[str]
    """Changed by it without being bound: `data.append(1)`, `np.random.seed(1)`, `table["a"] = 1`."""
    words: frozenset[str]
    """Texts that could be names, as in `globals()["answer"]`."""
    calls: frozenset[str]
    """Last names of what it calls: `loadtxt` of `np.loadtxt(path)`."""
    imports: str
    """Its import statements alone, as source."""


_READ: dict[str, CellNames] = {}
"""Kept, and handed on to forks: reading a cell takes longer than most answers take to run."""


def read_names(source: str) -> CellNames:
    """Read a cell; one that Python cannot read has no names."""
    if source not in _READ:
        _READ[source] = _read(source)
    return _READ[source]


def _read(source: str) -> CellNames:
    try:
        manager: Any = TransformerManager()  # type: ignore[no-untyped-call]
        tree = ast.parse(manager.transform_cell(_without_cell_magic(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        empty: frozenset[str] = frozenset()
        return CellNames(empty, empty, empty, empty, empty, "")
    visitor = _Visitor()
    visitor.visit(tree)
    visitor.made |= _captured_name(source)
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    return CellNames(
        frozenset(visitor.used - _BUILTIN),
        frozenset(visitor.made),
        frozenset(visitor.touched - _BUILTIN),
        frozenset(visitor.words),
        frozenset(visitor.calls),
        "\n".join(map(ast.unparse, imports)),
    )


class Ownership:
    """Who makes each name, walking through the teacher's notebook in order: the judge or the student's process."""

    def __init__(self, plan: NotebookPlan) -> None:
        self._plan = plan
        self.needed = _needed_cells(plan)
        self.unseen_failed = False
        """A cell that makes names unseen has failed: what it should have made must not come from the student."""
        self.answer_names = frozenset().union(
            *(read_names(cell.source).made for cell in plan.cells if cell.role is Role.ANSWER)
        )

    def of_student(self, position: int, names: Iterable[str], own: Collection[str]) -> frozenset[str]:
        """Give those of the names that the student's process has to be asked for at a position of the plan.

        A name belongs to whoever made it last before: an answer's imports are the judge's own. Where no cell's text
        shows who made it, it is the judge's if one of the judge's cells has made it (`own`), as with a star import.
        """
        owner: dict[str, bool] = {}
        for cell in self._plan.cells[:position]:
            if cell.cell_type != "code":
                continue
            found = read_names(cell.source)
            imported = read_names(found.imports).made if found.imports else frozenset()
            for name in found.made:
                owner[name] = cell.role is Role.ANSWER and name not in imported
        asked = not self.unseen_failed
        return frozenset(name for name in names if owner.get(name, asked and name not in own))

    def to_fetch(self, position: int, source: str, helpers: Iterable[str], own: Collection[str]) -> frozenset[str]:
        """Give the names to fetch before a cell of the judge's runs: its own and those of earlier helpers."""
        found = read_names(source)
        looks_around = any(word in source for word in ("globals(", "locals(", "dir(", "vars("))
        names = set(found.used) | (found.words if looks_around else found.words & self.answer_names)
        for helper in helpers:
            names |= read_names(helper).used
        return self.of_student(position, names, own)


def reads_files(source: str) -> bool:
    """Tell whether a cell may look at files."""
    return bool(read_names(source).calls & _READS_FILES)


def sets_seeds(source: str) -> bool:
    """Tell whether a cell sets the state of a global random generator."""
    return bool(read_names(source).calls & {"seed", "set_state", "setstate"})


def makes_unseen_names(source: str) -> bool:
    """Tell whether a cell may make names that its text does not show, such as by a star import."""
    return "*" in read_names(source).made or any(word in source for word in _MAKES_UNSEEN)


def _needed_cells(plan: NotebookPlan) -> frozenset[int]:
    """Find the teacher's cells that tests depend on; demonstrations that nobody needs are not run twice."""
    needed: set[int] = set()
    names: set[str] = set()
    reading = any(reads_files(cell.source) for cell in plan.tests)
    for cell in plan.tests:
        found = read_names(cell.source)
        names |= found.used | found.words
    grew = True
    while grew:
        grew = False
        for position, cell in enumerate(plan.cells):
            if position in needed or not _is_teachers_code(cell):
                continue
            found = read_names(cell.source)
            writes = reading and any(word in cell.source for word in _WRITES_FILES)
            if writes or makes_unseen_names(cell.source) or (found.made | found.touched) & names:
                needed.add(position)
                names |= found.used
                grew = True
    return frozenset(needed)


def _is_teachers_code(cell: PlannedCell) -> bool:
    return cell.role is Role.TEACHER and cell.cell_type == "code"


def _captured_name(source: str) -> set[str]:
    """Give the name that `%%capture name` makes."""
    words = source.lstrip().partition("\n")[0].split()
    if not words or words[0] != "%%capture":
        return set()
    return {word for word in words[1:] if word.isidentifier()}


def _without_cell_magic(source: str) -> str:
    """Read the body of a cell under `%%capture` or `%%time` like any other."""
    stripped = source.lstrip()
    return stripped.partition("\n")[2] if stripped.startswith("%%") else source


class _Visitor(ast.NodeVisitor):
    """Collects names; local variables of functions count as used, which only asks for a name too many."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.made: set[str] = set()
        self.touched: set[str] = set()
        self.words: set[str] = set()
        self.calls: set[str] = set()
        self._depth = 0
        self._locals: list[set[str]] = []

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            if not any(node.id in names for names in self._locals):
                self.used.add(node.id)
        elif not self._depth:
            self.made.add(node.id)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._define(node.name)
        for part in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(part)
        self._inside(node.body, _bound_in(node))

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        local = {part.id for item in node.generators for part in ast.walk(item.target) if isinstance(part, ast.Name)}
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        conditions = [part for item in node.generators for part in (item.iter, *item.ifs)]
        self._inside([*parts, *conditions], local)

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self.visit_ListComp(node)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self.visit_ListComp(node)

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self.visit_ListComp(node)

    def visit_MatchAs(self, node: ast.MatchAs | ast.MatchStar) -> None:
        if node.name:
            self._define(node.name)
        self.generic_visit(node)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        self.visit_MatchAs(node)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        if node.rest:
            self._define(node.rest)
        self.generic_visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self._define(node.name)
        self.generic_visit(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        for part in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(part)
        self._inside([node.body], _arguments(node.args))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._define(node.name)
        for part in (*node.decorator_list, *node.bases, *node.keywords):
            self.visit(part)
        self._inside(node.body, set())

    def visit_Global(self, node: ast.Global) -> None:
        self.made.update(node.names)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for name in node.names:
            self._define(name.asname or name.name.partition(".")[0])

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self.visit_Import(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, (ast.Name, ast.Attribute)):
            self.calls.add(node.func.id if isinstance(node.func, ast.Name) else node.func.attr)
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Call) and not self._depth:
            self._touch(node.value.func)
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if not isinstance(node.ctx, ast.Load) and not self._depth:
            self._touch(node)
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not isinstance(node.ctx, ast.Load) and not self._depth:
            self._touch(node)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and node.value.isidentifier():
            self.words.add(node.value)

    def _define(self, name: str) -> None:
        if not self._depth:
            self.made.add(name)

    def _inside(self, body: list[ast.stmt] | list[ast.expr], local: set[str]) -> None:
        self._depth += 1
        self._locals.append(local)
        for part in body:
            self.visit(part)
        self._locals.pop()
        self._depth -= 1

    def _touch(self, node: ast.expr) -> None:
        while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
            node = node.func if isinstance(node, ast.Call) else node.value
        if isinstance(node, ast.Name):
            self.touched.add(node.id)


def _arguments(arguments: ast.arguments) -> set[str]:
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    return {argument.arg for argument in every if argument is not None}


def _bound_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Names that are local to a function, those it declares global left out."""
    names, declared = _arguments(function.args), set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.Global):
            declared.update(node.names)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node is not function:
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names.update(name.asname or name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
    return names - declared
