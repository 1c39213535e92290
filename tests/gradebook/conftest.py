"""A small course, made and released once a session and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gradebook.small_kit import ASSIGNMENT, make_kit
from qlearn.gradebook.course import Course, open_course
from qlearn.gradebook.exchange import release
from qlearn.gradebook.new_course import Kit, new_course


@pytest.fixture(scope="session")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    return make_kit(tmp_path_factory.mktemp("kit"))


@pytest.fixture(scope="session")
def released_course(kit: Kit, tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = new_course(tmp_path_factory.mktemp("courses") / "optics", kit)
    release(course, ASSIGNMENT)
    return course


@pytest.fixture
def course(released_course: Course, tmp_path: Path) -> Course:
    shutil.copytree(released_course.root, tmp_path / "optics")
    return open_course(tmp_path / "optics")
