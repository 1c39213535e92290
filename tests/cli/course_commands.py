"""Run a command as the shell would, in this process."""

from __future__ import annotations

import pytest

from qlearn.cli import main


def run(*arguments: object) -> int:
    """Run `qlearn` with these arguments; give its exit code."""
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    return int(stopped.value.code or 0)
