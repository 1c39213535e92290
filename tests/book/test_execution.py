import re
from pathlib import Path

import pytest

import qlearn
from qlearn.book.execution import code_digest, write_kernel_profile


@pytest.fixture
def package(tmp_path: Path, monkeypatch) -> Path:
    for name in ("physics/formula.py", "widgets/view.js", "grading/report.py"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("one")
    monkeypatch.setattr(qlearn, "__file__", str(tmp_path / "__init__.py"))
    return tmp_path


def test_the_digest_is_the_same_for_the_same_code() -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", code_digest())
    assert code_digest() == code_digest()


@pytest.mark.parametrize("changed", ["physics/formula.py", "widgets/view.js"])
def test_changed_code_that_a_page_shows_gives_a_new_digest(package: Path, changed: str) -> None:
    before = code_digest()
    (package / changed).write_text("two")
    assert code_digest() != before


def test_code_that_no_page_shows_leaves_the_digest(package: Path) -> None:
    before = code_digest()
    (package / "grading/report.py").write_text("two")
    assert code_digest() == before


def test_the_kernels_of_a_build_have_a_profile_of_their_own(tmp_path: Path) -> None:
    folder = write_kernel_profile(tmp_path)
    assert "log_level = 40" in (folder / "profile_default" / "ipython_kernel_config.py").read_text()
