import os
import time
from pathlib import Path

import pytest

from qlearn.errors import HostError
from qlearn.grading.sandbox import Layer, attempts, kernel, layers
from qlearn.grading.sandbox.attempts import Attempt, try_to_break_out
from qlearn.grading.sandbox.break_outs import ATTEMPTS, FILL_SCRATCH, START_THREADS

WAYS = {
    "everything": frozenset[Layer](),
    "Landlock alone": frozenset({Layer.USER_NAMESPACE}),
    "namespaces alone": frozenset({Layer.LANDLOCK}),
    "as root": frozenset({Layer.OWN_USER}),
}
NEEDS_ROOT = {"mount a file system", "trace another process"} if os.geteuid() else set()


def test_every_attempt_is_made_in_less_than_a_second() -> None:
    start = time.perf_counter()
    tried = try_to_break_out()
    assert time.perf_counter() - start < 1
    assert [attempt.aim for attempt in tried] == list(ATTEMPTS)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_gets_out_but_what_has_a_remedy(way: str) -> None:
    out = {attempt.aim for attempt in try_to_break_out(WAYS[way]) if not attempt.held}
    allowed = set[str]()
    if os.geteuid() == 0 and Layer.OWN_USER not in layers(WAYS[way]).in_force:
        allowed.add(START_THREADS)
    if way == "Landlock alone":
        allowed.add(FILL_SCRATCH)
    assert out <= allowed
    assert all(attempt.remedy for attempt in try_to_break_out(WAYS[way]) if not attempt.held)


def test_without_a_sandbox_every_attempt_gets_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or "held" would mean nothing: an attempt that fails by itself is no attempt."""
    monkeypatch.setattr(attempts, "confine", lambda policy: os.chdir(policy.scratch))
    held = {attempt.aim for attempt in try_to_break_out() if attempt.held}
    assert held <= NEEDS_ROOT


def test_a_process_that_vanishes_in_an_attempt_counts_as_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ATTEMPTS, "become another program", lambda _: os._exit(0))
    last = try_to_break_out()[-1]
    assert last == Attempt("become another program", held=False, detail=attempts.GONE)


def test_an_attempt_that_hangs_is_ended_and_counts_as_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "SECONDS", 1.0)
    monkeypatch.setitem(ATTEMPTS, "become another program", lambda _: str(time.sleep(60)))
    assert not try_to_break_out()[-1].held


def test_a_process_that_cannot_start_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "confine", lambda _: os._exit(1))
    with pytest.raises(HostError, match="ended too soon"):
        try_to_break_out()


def test_a_machine_that_cannot_confine_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(HostError, match="neither Landlock nor user and mount namespaces"):
        try_to_break_out(frozenset({Layer.LANDLOCK, Layer.USER_NAMESPACE}))
    monkeypatch.setattr(kernel.platform, "system", lambda: "Darwin")
    with pytest.raises(HostError, match="on Linux alone"):
        try_to_break_out()


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts.tempfile, "tempdir", str(tmp_path))
    try_to_break_out()
    assert list(tmp_path.iterdir()) == []
