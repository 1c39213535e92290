"""One warm grader for the tests of judging and running."""

from __future__ import annotations

import pytest

from grading.judge.small import shared_grader
from qlearn.grading.engine import Grader


@pytest.fixture(scope="session")
def grader() -> Grader:
    return shared_grader()
