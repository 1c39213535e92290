"""Grading on a real Dask cluster: sandboxed on each worker, and a worker that dies costs no mark."""

from __future__ import annotations

from pathlib import Path

from gradebook.small_kit import ASSIGNMENT, answered, put_submitted
from grading.dask_cluster import running_cluster
from qlearn.gradebook.course import Course
from qlearn.gradebook.grade import grade_assignment
from qlearn.grading.report import Outcome, SubmissionReport

CLASS = tuple(f"s{number:02}" for number in range(14))


def test_every_mark_arrives_although_a_worker_is_killed_in_mid_batch(course: Course, tmp_path: Path) -> None:
    for number, student in enumerate(CLASS):
        put_submitted(course, student, answered(course, ("right", "wrong")[number % 2]))
    put_submitted(course, "cut", b"{")
    seen: list[str] = []
    with running_cluster(tmp_path) as cluster:

        def kill_one(report: SubmissionReport) -> None:
            seen.append(report.student)
            if len(seen) == 4:
                cluster.workers[0].kill()

        report = grade_assignment(course, ASSIGNMENT, cluster=cluster.address, on_report=kill_one)
        assert cluster.workers[0].poll() is not None
    assert sorted(seen) == sorted((*CLASS, "cut"))
    found = {one.student: one for one in report.submissions}
    assert found.pop("cut").outcome is Outcome.BROKEN
    assert {one.outcome for one in found.values()} == {Outcome.GRADED}
    points = {name: {question.grade_id: question.points for question in one.questions} for name, one in found.items()}
    for number, student in enumerate(CLASS):
        right = number % 2 == 0
        assert points[student] == {"test_sides": 2.0 * right, "test_parity": 3.0 * right, "explain_parity": None}
