"""Ordinary test cells of teachers: each is right by itself, and each is judged, or left to a person with the reason."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from idioms import ALL, one_process
from idioms.idiom import MODEL, Idiom
from qlearn.grading.calibration import Calibration, calibrate
from qlearn.grading.engine import Grader
from qlearn.grading.outcome import TestOutcome
from qlearn.grading.plan import Mode

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader() as grader:
        yield grader


@pytest.fixture(scope="module", params=ALL, ids=[idiom.name for idiom in ALL])
def idiom(request: pytest.FixtureRequest) -> Idiom:
    return request.param


@pytest.fixture(scope="module")
def calibrated(idiom: Idiom, grader: Grader) -> Calibration:
    return calibrate(idiom.plan(), grader)


@pytest.fixture(scope="module")
def in_one_process() -> dict[str, dict[str, float]]:
    finished = subprocess.run(
        [sys.executable, "-m", one_process.__name__], cwd=TESTS, capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(finished.stdout)


def graded(idiom: Idiom, answer: str, calibrated: Calibration, grader: Grader) -> TestOutcome:
    (planned,) = calibrated.plan.notebooks
    return grader.run_notebook(calibrated.plan, planned, idiom.notebook(answer)).tests["test"]


def test_there_are_at_least_sixty_with_names_of_their_own() -> None:
    assert len({idiom.name for idiom in ALL}) == len(ALL) >= 60


def test_where_nothing_is_kept_apart_right_and_wrong_answers_get_their_points(
    idiom: Idiom, in_one_process: dict[str, dict[str, float]]
) -> None:
    expected = {MODEL: idiom.points} | {right.note: idiom.points for right in idiom.rights}
    for wrong in idiom.wrongs:
        expected[wrong.note] = wrong.points if wrong.in_one_process is None else wrong.in_one_process
    assert in_one_process[idiom.name] == expected


def test_calibration_finds_the_strictest_safe_mode(idiom: Idiom, calibrated: Calibration) -> None:
    (planned,), (finding,) = calibrated.plan.notebooks, calibrated.findings
    assert (finding.mode, planned.modes["test"]) == (idiom.mode, idiom.mode), finding.reason
    assert bool(finding.reason) == bool(idiom.why) == (idiom.mode is Mode.NONE)


def test_right_answers_get_full_points_and_never_none_without_a_reason(
    idiom: Idiom, calibrated: Calibration, grader: Grader
) -> None:
    unforeseen = {right.note for right in idiom.rights if right.unforeseen}
    for note, answer in [(MODEL, idiom.answer), *((right.note, right.source) for right in idiom.rights)]:
        outcome = graded(idiom, answer, calibrated, grader)
        if idiom.mode is Mode.NONE or (note in unforeseen and outcome.points is None):
            assert (outcome.points, bool(outcome.concern)) == (None, True), note
        else:
            assert (outcome.points, outcome.verified) == (idiom.points, True), (note, outcome)


def test_wrong_answers_get_what_they_deserve(idiom: Idiom, calibrated: Calibration, grader: Grader) -> None:
    for wrong in idiom.wrongs:
        outcome = graded(idiom, wrong.source, calibrated, grader)
        if idiom.mode is Mode.NONE or (wrong.unforeseen and outcome.points is None):
            assert (outcome.points, bool(outcome.concern)) == (None, True), wrong.note
        else:
            assert (outcome.points, outcome.verified) == (wrong.points, True), (wrong.note, outcome)


@pytest.mark.parametrize("unsafe", [idiom for idiom in ALL if idiom.mode is Mode.NONE], ids=lambda idiom: idiom.name)
def test_what_no_safe_mode_judges_runs_unverified_where_the_teacher_allows_it(unsafe: Idiom, grader: Grader) -> None:
    calibrated = calibrate(unsafe.plan(unverified_allowed=True), grader)
    assert calibrated.findings[0].mode is Mode.STUDENT_PROCESS
    for answer, points in [(unsafe.answer, unsafe.points), (unsafe.wrongs[0].source, unsafe.wrongs[0].points)]:
        outcome = graded(unsafe, answer, calibrated, grader)
        assert (outcome.points, outcome.verified) == (points, False), outcome
