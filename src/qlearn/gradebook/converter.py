"""Formgrader's Autograde button and `nbgrader autograde` use our grader: what a course's `nbgrader_config.py` calls.

nbgrader builds its `Autograde` by name and asks no setting which class to take. Where nbgrader is loaded already, as
it is when its own commands and the Jupyter server read a course's settings, the name is given to a subclass that
hands the work over. The setting for Autograde's exporter is the switch: a course without it keeps nbgrader's own
grader, in the same process too. An `Autograde` that was not replaced builds that exporter, which hands over as well.

Every command reads the settings, so nothing is imported here that is not there already.
"""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["HAND_OVER", "SEEN_WITH", "use_nbgraders_grader", "use_qlearn_grader"]

SEEN_WITH = "0.9.6"  # the nbgrader this was seen to work with; another one's names and steps may differ
HAND_OVER = "qlearn.gradebook.converter_classes.HandOver"
CALLERS = ("nbgrader.apps.api", "nbgrader.apps.autogradeapp")


def use_qlearn_grader(config: Any) -> None:
    """Let nbgrader's `Autograde`, from wherever it is called, grade with qlearn.

    It can be called any number of times, before or after nbgrader is imported. With another nbgrader than the one it
    was tried with, autograding refuses in a sentence; nbgrader's own grader does not take its place.

    Parameters
    ----------
    config
        nbgrader's, such as `get_config()` gives in `nbgrader_config.py`.
    """
    config.Autograde.exporter_class = HAND_OVER
    if all(name in sys.modules for name in CALLERS):
        from qlearn.gradebook.converter_classes import replace_autograde

        replace_autograde()


def use_nbgraders_grader(config: Any) -> None:
    """Take `use_qlearn_grader` back for whoever gets this config: for comparing the two, and where nothing forks."""
    config.Autograde.pop("exporter_class", None)
