import subprocess
import sys

import pytest


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_nbformat_still_validates_without_the_grammar_and_whoever_asks_for_it_gets_it() -> None:
    said = run("""
import sys
from qlearn._light_imports import import_jsonschema
import_jsonschema()
import nbformat
assert "rfc3987_syntax" not in sys.modules
nbformat.validate(nbformat.v4.new_notebook())
try:
    nbformat.validate({"cells": [], "metadata": 3, "nbformat": 4, "nbformat_minor": 5})
except nbformat.ValidationError:
    print("refused")
from rfc3987_syntax import is_valid_syntax
print(is_valid_syntax("iri", "https://example.org/\u00e9"))
""")
    assert said.split() == ["refused", "True"]


def test_what_was_imported_before_is_left_alone() -> None:
    said = run("""
import sys, jsonschema
before = sys.modules["rfc3987_syntax"]
from qlearn._light_imports import import_jsonschema
import_jsonschema()
print(sys.modules["rfc3987_syntax"] is before)
""")
    assert said == "True"


@pytest.mark.parametrize(
    "start",
    [
        "import qlearn.gradebook.grade, qlearn.gradebook.marks, nbgrader.api",
        "from qlearn.grading.run.warm import load_libraries; load_libraries()",
        "sys.orig_argv.append('multiprocessing.forkserver'); import qlearn.grading.run.preloaded",
        "from qlearn.grading.processes import _prepare_worker as w; from pathlib import Path; import os\n"
        "w(Path(os.devnull)); import qlearn.grading.worker",
    ],
    ids=["commands", "warm parent", "fork server", "workers"],
)
def test_no_process_of_ours_builds_the_grammar(start: str) -> None:
    run(f"import sys\n{start}\nimport nbformat\nassert 'rfc3987_syntax' not in sys.modules")
