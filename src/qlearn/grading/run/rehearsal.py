"""What each forked process does in its first moments is done once before it is forked, and thrown away.

Python imports much only when it is first needed, fills caches, and writes into a function's code once it has run a few
times. A process that finds all this done need not do it, nor copy the memory pages that it would have changed.
"""

from __future__ import annotations

import socket
import sys
from typing import Any

from qlearn.grading.run.messages import Line
from qlearn.grading.run.references import pack, unpack
from qlearn.grading.run.shell import make_spare_shell
from qlearn.grading.run.student import StudentProcess

__all__ = ["rehearse"]

TIMES = 10  # Python fits a function's code to its arguments after eight calls
ROOM = 2**20  # bytes of output
CELLS = (
    "import numpy as np\nimport qutip\n\nvalues = np.random.default_rng(1).integers(0, 2, size=20)",
    "def mean(numbers):\n    return sum(numbers) / len(numbers)\n\nprint(np.mean(values), mean(values))",
    "def same(value):\n    return value",
    "qutip.basis(2, 0)",
    "from qlearn import check\n\ncheck.close(mean(values), 0.5, what='The mean', atol=1)",
    "check.close(mean(values), 2.0, what='The mean')",
    "unknown",
    "mean(",
)
ARGUMENTS = (
    "1",
    "2.5",
    "1j",
    "'text'",
    "None",
    "[1, 2]",
    "(1, [2.5])",
    "{'a': [1, 2]}",
    "values",
    "np.eye(2) * 1j",
    "np.float64(1)",
    "qutip.basis(2, 0).proj()",
)


def rehearse() -> None:
    """Be a student's process and its judge's end of the line for a while, with cells of our own in a spare shell."""
    shell = make_spare_shell()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        student, line = StudentProcess(theirs.fileno(), shell, ROOM), Line(ours.fileno())

        def ask(*request: Any) -> tuple[Any, ...]:
            line.send(request)
            student.answer_one()
            return line.receive()

        for _ in range(TIMES):
            for cell in CELLS:
                ask("run", cell)
            _, found, values = ask("names", ("mean", "same", "values"), False)
            function = unpack((found, values), lambda reference: reference)["same"]
            for argument in ARGUMENTS:
                value = eval(argument, shell.user_ns)  # noqa: S307  our own text
                ask("do", "call", None, False, function.fields[0], *pack(((value,),), lambda thing: thing))
    for name in ("last_type", "last_value", "last_traceback"):
        vars(sys).pop(name, None)
