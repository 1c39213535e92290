"""Evaluate a declared expression with the modules of `qlearn.physics`, `np` and `pi`, and nothing else.

The expressions are the book's own text, so this is no sandbox. It keeps them what they are meant to be: one call or a
few of `qlearn.physics`, without Python's built-in functions, private names or anything that does more than compute.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import math
import pkgutil
from typing import TYPE_CHECKING, Any

from qlearn.errors import BookError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["evaluate", "physics_modules"]

_PHYSICS = "qlearn.physics"
_PARTS = (
    ast.Expression,
    ast.Call,
    ast.keyword,
    ast.Attribute,
    ast.Name,
    ast.Constant,
    ast.List,
    ast.Tuple,
    ast.Starred,
    ast.ListComp,
    ast.comprehension,
    ast.Subscript,
    ast.Slice,
    ast.BinOp,
    ast.UnaryOp,
    ast.operator,
    ast.unaryop,
    ast.expr_context,
)


def physics_modules() -> list[str]:
    """Names that stand for modules: those of `qlearn.physics`, sorted."""
    return sorted(module.name for module in pkgutil.iter_modules(importlib.import_module(_PHYSICS).__path__))


def evaluate(expression: str) -> NDArray[np.float64]:
    """Value or values of an expression.

    Parameters
    ----------
    expression : str
        Python, such as `qkd.key_rate.error_rate_threshold()`; `qkd` stands for `qlearn.physics.qkd`.

    Returns
    -------
    ndarray
        Real numbers in one dimension, in the order in which the expression gives them.

    Raises
    ------
    BookError
        When the expression is not Python, uses another name, calls nothing of `qlearn.physics`, fails, or gives
        something else than finite real numbers.

    Examples
    --------
    >>> evaluate("qkd.bb84.intercept_resend_error_rate(0.4)")
    array([0.1])
    """
    import numpy as np

    try:
        tree = ast.parse(expression, mode="eval")
    except SyntaxError as error:
        raise BookError(f"it is no Python expression ({error.msg})") from error
    names = {"np": np, "pi": math.pi, **_modules(tree)}
    try:
        # bandit's warning is about strangers' text; this is the book's own, and its parts were looked at above
        value = eval(compile(tree, "<anchor>", "eval"), {"__builtins__": {}, **names})  # noqa: S307
        numbers = np.asarray(value)
    except Exception as error:  # whatever a physics function raises, the chapter and entry have to be named
        raise BookError(f"it fails: {type(error).__name__}: {error}") from error
    if numbers.dtype.kind not in "iuf":
        raise BookError(f"it gives {value!r}; real numbers are allowed, one or a list of them")
    if not np.isfinite(numbers).all():
        raise BookError(f"it gives {value!r}; finite numbers are allowed")
    return numbers.astype(np.float64).ravel()


def _modules(tree: ast.Expression) -> dict[str, Any]:
    """Check every part of an expression and import the modules that it names."""
    bound = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    known = physics_modules()
    modules: dict[str, Any] = {}
    for node in ast.walk(tree):
        if not isinstance(node, _PARTS):
            raise BookError(f"it holds a {type(node).__name__}; calls, lists and arithmetic are allowed")
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            raise BookError(f"it uses the private name {node.attr}; only public names are allowed")
        if not isinstance(node, ast.Name) or node.id in bound | {"np", "pi"}:
            continue
        if node.id not in known:
            raise BookError(f"the name {node.id} is unknown; allowed are np, pi and the modules {', '.join(known)}")
        modules[node.id] = importlib.import_module(f"{_PHYSICS}.{node.id}")
    if not modules:
        raise BookError("it calls nothing of qlearn.physics; an entry is reproduced by a physics function")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            _import_below(node, modules)
    return modules


def _import_below(node: ast.Attribute, modules: dict[str, Any]) -> None:
    """Import `qlearn.physics.qkd.key_rate` for `qkd.key_rate`: a package need not have imported its modules."""
    path = ast.unparse(node).split(".")
    if path[0] not in modules or not all(part.isidentifier() for part in path):
        return
    package = f"{_PHYSICS}.{'.'.join(path[:-1])}"
    try:
        if importlib.util.find_spec(f"{package}.{path[-1]}") is not None:
            importlib.import_module(f"{package}.{path[-1]}")
    except ModuleNotFoundError:
        # the part before is no package: a function or a class, whose attribute Python finds itself
        return
