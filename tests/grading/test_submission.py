import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from qlearn.errors import SubmissionError
from qlearn.grading import submission as submission_module
from qlearn.grading.submission import Submission, check_readable, read_handed_in

NOTEBOOK = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _link(path: Path) -> None:
    (path.parent / "elsewhere.ipynb").write_text(json.dumps(NOTEBOOK))
    path.symlink_to(path.parent / "elsewhere.ipynb")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_bytes(b""), "coin.ipynb is empty; ask the student to hand it in again"),
        (lambda path: path.write_text('{"cells": [{"cell_'), "cannot be read as a notebook (Unterminated string"),
        (lambda path: path.write_text("Dear teacher"), "cannot be read as a notebook (Expecting value"),
        (lambda path: path.write_bytes(b"PK\x03\x04\xff\xfe"), "cannot be read as a notebook ('utf-8' codec"),
        (lambda path: path.write_text("[1, 2]"), "cannot be read as a notebook"),
        (
            lambda path: path.write_text('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": {}}'),
            "it has no list of cells",
        ),
        (lambda path: path.write_text("[" * 100_000), "cannot be read as a notebook"),
        (lambda path: path.mkdir(), "is not an ordinary file"),
        (os.mkfifo, "is not an ordinary file"),
        (_link, "is not an ordinary file"),
    ],
)
def test_a_file_that_is_no_notebook_says_so_in_one_line(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    make(tmp_path / "coin.ipynb")
    with pytest.raises(SubmissionError) as caught:
        read_handed_in(tmp_path / "coin.ipynb")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission_module, "MOST_NOTEBOOK_BYTES", 10)
    (tmp_path / "coin.ipynb").write_text(json.dumps(NOTEBOOK))
    with pytest.raises(SubmissionError, match="over the 0 MB allowed; ask the student to clear its outputs"):
        read_handed_in(tmp_path / "coin.ipynb")


def test_a_notebook_in_an_older_format_is_read(tmp_path: Path) -> None:
    old = {"metadata": {}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": [], "metadata": {}}]}
    (tmp_path / "coin.ipynb").write_text(json.dumps(old))
    assert read_handed_in(tmp_path / "coin.ipynb").nbformat == 4


def test_a_hand_in_without_the_notebook_says_what_it_holds_instead(tmp_path: Path) -> None:
    (tmp_path / "answers.docx").write_bytes(b"PK")
    with pytest.raises(SubmissionError, match=r"coin\.ipynb is not in the hand-in, which holds answers\.docx"):
        check_readable(Submission("s01", "school-coin", tmp_path, ("coin",)))


def test_one_notebook_of_two_that_is_missing_is_named_and_the_other_can_be_graded(tmp_path: Path) -> None:
    (tmp_path / "coin.ipynb").write_text(json.dumps(NOTEBOOK))
    assert check_readable(Submission("s01", "school-coin", tmp_path, ("coin", "dice"))) == ["dice"]
