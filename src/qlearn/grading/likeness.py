"""How alike two answers are once names, formatting and comments are gone: runs of a syntax tree that few others have.

An answer becomes the sequence of its syntax tree's nodes with every name of the student's own taken away. Runs of
`RUN` nodes are compared. Those that the released notebook has are no answer; the rest counts the more, the fewer of
the class have it (inverse document frequency), so that the one way everybody writes a short formula makes nobody
alike. Words in a text answer are compared in the same way.
"""

from __future__ import annotations

import ast
import math
import re
import textwrap
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

__all__ = ["LikePair", "Runs", "code_runs", "find_alike", "text_runs"]

RUN = 9  # nodes; one call with two arguments has about that many
WORDS = 4
LEAST_SHARED = 12  # runs that two have in common; fewer can be chance

Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class LikePair:
    """Two answers to one question: 0 to 1, the part of the shorter one's rare runs that the other has too."""

    one: str
    other: str
    question: str
    share: float
    runs: int


def code_runs(source: str) -> Runs:
    """Give the runs of a code answer; of one that is no Python, none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an answer may hold what Python will not take for ever
            tree = ast.parse(textwrap.dedent(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    return _runs(list(_nodes(tree)), RUN)


def text_runs(source: str) -> Runs:
    """Give the runs of words of a text answer."""
    return _runs(re.findall(r"\w+", source.casefold()), WORDS)


def find_alike(
    answers: Mapping[str, Mapping[str, Runs]], released: Mapping[str, Runs], *, least_share: float = 0.8
) -> list[LikePair]:
    """Find the pairs whose answers to a question are alike, the most alike first.

    Parameters
    ----------
    answers
        Runs by question, then by student.
    released
        Runs of the released notebook, by question: nobody's own.
    least_share
        Pairs below it are left out, 0 to 1.
    """
    pairs = [
        pair
        for question, by_student in answers.items()
        for pair in _alike(question, by_student, released.get(question, frozenset()))
        if pair.share >= least_share
    ]
    return sorted(pairs, key=lambda pair: (-round(pair.share, 9), -pair.runs, pair.one, pair.other, pair.question))


def _alike(question: str, by_student: Mapping[str, Runs], released: Runs) -> Iterator[LikePair]:
    own = {student: runs - released for student, runs in by_student.items()}
    known = Counter(run for runs in own.values() for run in runs)
    # what two of the class have says most, what all have says nothing
    weight = {run: math.log(len(own) / count) for run, count in known.items() if count > 1}
    # an answer's own runs, which nobody shares, weigh as much as those of two
    alone = math.log(len(own) / 2) if len(own) > 2 else math.log(2)
    if len(own) == 2:
        weight = dict.fromkeys(weight, alone)
    total = {student: sum(weight.get(run, alone) for run in runs) for student, runs in own.items()}
    for one, other in combinations(sorted(own), 2):
        shared = own[one] & own[other]
        least = min(total[one], total[other])
        if len(shared) >= LEAST_SHARED and least > 0:
            share = sum(weight[run] for run in shared) / least
            yield LikePair(one, other, question, min(1.0, share), len(shared))


def _runs(tokens: Sequence[str], length: int) -> Runs:
    return frozenset(tuple(tokens[at : at + length]) for at in range(len(tokens) - length + 1))


def _nodes(node: ast.AST) -> Iterator[str]:
    """Walk a tree in the order of the text; keep what has meaning beyond this answer: attributes and constants."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return  # a docstring
    label = type(node).__name__
    if isinstance(node, ast.Attribute):
        label += f".{node.attr}"
    elif isinstance(node, ast.Constant):
        label += f" {node.value!r:.40}"
    if not isinstance(node, ast.expr_context):
        yield label
    for child in _children(node):
        yield from _nodes(child)


def _children(node: ast.AST) -> Iterable[ast.AST]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return [node.args, *node.body]  # annotations come and go
    if isinstance(node, ast.arg):
        return []
    return ast.iter_child_nodes(node)
