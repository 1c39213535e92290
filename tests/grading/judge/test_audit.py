"""Text and pickles of an answer never become code in the judge; a test's own text does."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

# An audit hook stays for a process's life, so that each table runs in a process of its own.
PROGRAM = """
import json, sys
from pathlib import Path
from qlearn.grading.judge.audit import Audit
from qlearn.grading.judge.guard import Guard, UnjudgedError
from qlearn.grading.plan import Mode
import numpy as np, pickle, ast, collections, dataclasses, enum, io

cases = json.loads(sys.stdin.read())
guard = Guard()
audit = Audit(guard, [source for _, source in cases])
found = []
for answer, source in cases:
    guard.start(Mode.DATA, source=source, in_place=True, allowed=None)
    value = eval(answer)
    code = compile(source, "<ipython-input-1-test>", "exec")
    audit.heard(value)
    with audit.watching(guard):
        try:
            exec(code, {"answer": value, "np": np, "pickle": pickle, "ast": ast, "io": io, "__name__": "__main__",
                        "collections": collections, "dataclasses": dataclasses, "enum": enum})
            end = "ran"
        except UnjudgedError:
            end = "refused"
        except BaseException as error:
            end = f"{type(error).__name__}: {error}"
    found.append([end, guard.unjudged])
print(json.dumps(found))
"""


def run(cases: list[tuple[str, str]]) -> list[list[str]]:
    finished = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    found: list[list[str]] = json.loads(finished.stdout)
    return found


PICKLE = "__import__('pickle').dumps(__import__('fractions').Fraction(1, 2))"
REFUSED = [
    ("'1 + 1'", "assert eval(answer) == 2"),
    ("'x = 1'", "exec(answer)"),
    ("'x = 1'", "compile(answer, 'a', 'exec')"),
    ("'9 ^ 2'", "assert eval(answer.replace('^', '**')) == 81"),
    ("list('3+6')", "assert eval(''.join(answer)) == 9"),
    ("' 1 + 1 '", "assert eval(answer.strip()) == 2"),
    ("'1 + 1'", "assert (lambda text: eval(text))(answer) == 2"),
    ("['t%d' % n for n in range(30000)] + ['1 + 1']", "eval(answer[-1])"),
    ("[49, 43, 49]", "assert eval(bytes(answer)) == 2"),
    ("b'1 + 1'", "assert eval(answer) == 2"),
    ("'answer'", "assert eval(answer)"),
    (
        "'1 + 1'",
        "eval(ast.parse(answer, mode='eval').__class__ and compile(ast.parse(answer, mode='eval'), 'a', 'eval'))",
    ),
    ("'a b'", "collections.namedtuple('P', 'x y')\neval('1 + ' + str(len(answer)))"),
    (PICKLE, "pickle.loads(answer)"),
    (PICKLE, "pickle.load(io.BytesIO(answer))"),
    ("b'cos\\nsystem\\n(S\"true\"\\ntR.'", "pickle.loads(answer)"),
    ("__import__('marshal').dumps(compile('1', 'a', 'eval'))", "import marshal\nmarshal.loads(answer)"),
    ("'ls'", "import os\nos.system(answer)"),
    ("'ls'", "import subprocess\nsubprocess.run([answer])"),
    ("'ls'", "import os\nos.popen(answer)"),
    ("'x'", "import os\nos.fork()"),
    ("'1 + 1'", "try:\n    eval(answer)\nexcept BaseException:\n    pass"),
]
LET = [
    ("'1 + 1'", "assert eval('2 + 2') == 4"),
    ("'1 + 1'", "exec('x = 3')\nassert x == 3"),
    ("'[1, 2]'", "assert ast.literal_eval(answer) == [1, 2]"),
    ("'lambda'", "P = collections.namedtuple('P', 'x y')\nassert P(1, 2).y == 2"),
    ("'def'", "@dataclasses.dataclass\nclass D:\n    x: int = 1\nassert D().x == 1"),
    ("'class'", "class E(enum.Enum):\n    A = 1\nassert E.A.value == 1"),
    ("'text'", "import re\nassert re.match('t.x', answer)"),
    ("np.arange(3)", "text = io.BytesIO()\nnp.save(text, answer)\ntext.seek(0)\nassert np.load(text).sum() == 3"),
    ("__import__('pickle').dumps([1, {'a': (2, {3})}])", "assert pickle.loads(answer)[0] == 1"),
    ("__import__('pickle').dumps(np.arange(3))", "assert pickle.loads(answer).sum() == 3"),
    ("3", "import colorsys\nassert colorsys.rgb_to_hsv(0, 0, 0)"),
    ("'x'", "import string, textwrap, statistics\nassert statistics.mean([1, 3]) == 2"),
    ("3", "import warnings, traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    assert traceback.format_exc()"),
]


@pytest.fixture(scope="module")
def ends() -> dict[tuple[str, str], list[str]]:
    cases = REFUSED + LET
    return dict(zip(cases, run(cases), strict=True))


@pytest.mark.parametrize("case", REFUSED, ids=[source for _, source in REFUSED])
def test_what_would_run_an_answer_as_code_stops_the_test_for_a_person(
    ends: dict[tuple[str, str], list[str]], case: tuple[str, str]
) -> None:
    assert ends[case][1], ends[case][0]


@pytest.mark.parametrize("case", LET, ids=[source for _, source in LET])
def test_what_runs_no_text_of_an_answer_goes_on(ends: dict[tuple[str, str], list[str]], case: tuple[str, str]) -> None:
    assert ends[case] == ["ran", ""]
