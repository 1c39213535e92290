import subprocess
import sys
from pathlib import Path

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


def test_what_compilers_need_is_loaded_when_it_is_asked_for() -> None:
    said = run("""
import sys
from qlearn._light_imports import import_qutip
import_qutip()
import numpy, qutip
print("setuptools" in sys.modules, "numpy.f2py.crackfortran" in sys.modules)
import setuptools, numpy.f2py.crackfortran
print(setuptools.__name__, numpy.f2py is sys.modules["numpy.f2py"], numpy.f2py.crackfortran.crackfortran.__name__)
""")
    assert said.split() == ["False", "False", "setuptools", "True", "crackfortran"]


def test_qutip_keeps_setuptools_where_it_compiles(tmp_path: Path) -> None:
    (tmp_path / "Cython").mkdir()
    (tmp_path / "Cython" / "__init__.py").touch()
    said = run(f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
from qlearn._light_imports import import_qutip
import_qutip()
print("setuptools" in sys.modules)
""")
    assert said == "True"


def test_formats_are_left_out_and_can_be_imported_later() -> None:
    said = run("""
import sys
from qlearn._light_imports import FORMATS, import_jsonschema
import_jsonschema()
print([name for name in FORMATS if name in sys.modules])
import importlib
print(all(importlib.import_module(name) for name in FORMATS))
""")
    assert said.split() == ["[]", "True"]
