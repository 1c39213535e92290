"""What lateness takes off, in nbgrader's gradebook: by the course's rules, or else by the plugin that nbgrader asks.

The gradebook holds the penalty as it was when it was last settled: after grading, before feedback is written, and when
the teacher asks for it after a change of the rules or a round of marking by hand.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC
from typing import TYPE_CHECKING, Any

from qlearn.errors import CourseError
from qlearn.gradebook.course import Course, load_config
from qlearn.gradebook.policy import read_policy
from qlearn.gradebook.session import Session

if TYPE_CHECKING:
    from nbgrader.api import SubmittedAssignment

__all__ = ["LateRules", "settle_penalties"]


class LateRules:
    """The rules of one course, read once.

    Raises
    ------
    CourseError
        If `policy.toml` or the course's settings are wrong.
    """

    def __init__(self, course: Course) -> None:
        self._config = load_config(course.root)
        self._policy = read_policy(course)

    def settle(self, db: Any, submission: SubmittedAssignment, handed_in: Collection[str] | None = None) -> bool:
        """Note a submission's extension and the penalty of each of its notebooks; say whether anything changed.

        Parameters
        ----------
        db
            The gradebook's session; nothing is committed.
        submission
            Whose work.
        handed_in
            The notebooks that are there; all of them if None.

        Raises
        ------
        CourseError
            If the course's own plugin for late penalties fails.
        """
        student = submission.student_id
        late = self._seconds_late(submission, student)
        changed = False
        for notebook in submission.notebooks:
            penalty: float | None = None
            if late > 0 and (handed_in is None or notebook.name in handed_in):
                db.refresh(notebook, ["score"])
                penalty = self._penalty(student, float(notebook.score), late)
            changed |= penalty != notebook.late_submission_penalty
            notebook.late_submission_penalty = penalty
        return changed

    def _seconds_late(self, submission: SubmittedAssignment, student: str) -> float:
        due = submission.assignment.duedate
        if due is None or submission.timestamp is None:
            return 0.0
        own = self._policy.extensions.get((submission.assignment.name, student))
        if own is not None:
            submission.extension = own.replace(tzinfo=None) - due  # in UTC, as nbgrader keeps times
        deadline = submission.duedate.replace(tzinfo=UTC)
        return self._policy.seconds_late(submission.timestamp.replace(tzinfo=UTC), deadline)

    def _penalty(self, student: str, score: float, late: float) -> float | None:
        by_rule = self._policy.penalty(score, late)
        if by_rule:
            return by_rule
        from nbgrader.preprocessors import AssignLatePenalties

        try:
            assigning = AssignLatePenalties(config=self._config)
            assigning.init_plugin()
            penalty = assigning.plugin_inst.late_submission_penalty(student, score, late)
            return None if penalty is None else min(max(0.0, float(penalty)), score)
        except Exception as error:
            # The plugin is the teacher's own Python: it can fail in any way, and each is one line to put right.
            raise CourseError(
                f"the plugin for late penalties fails on {student}: {type(error).__name__}: {error}; put it right"
            ) from error


def settle_penalties(course: Course, assignment: str) -> list[str]:
    """Bring the penalties of an assignment in line with the rules and marks as they are now; name whose changed.

    Raises
    ------
    CourseError
        If there is no such assignment, or as `LateRules`.
    HostError
        If another program keeps the gradebook locked.
    """
    course.check_assignment(assignment)
    rules = LateRules(course)
    with Session(course).gradebook() as gradebook:
        changed = [
            submission.student_id
            for submission in gradebook.assignment_submissions(assignment)
            if rules.settle(gradebook.db, submission)
        ]
        gradebook.db.commit()
    return sorted(changed)
