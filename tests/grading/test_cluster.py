from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from grading.dask_cluster import Cluster, running_cluster
from qlearn.errors import HostError
from qlearn.grading import cluster as cluster_module
from qlearn.grading.cluster import ClusterExecutor, check_cluster


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with running_cluster(tmp_path_factory.mktemp("dask")) as started:
        yield started


def test_a_cluster_says_how_many_threads_can_grade_in_the_sandbox(cluster: Cluster) -> None:
    assert check_cluster(cluster.address, trusted=False) == 2


def test_calls_come_back_with_their_results_and_errors(cluster: Cluster) -> None:
    with ClusterExecutor(cluster.address) as executor:
        assert [future.result() for future in [executor.submit(pow, base, 2) for base in range(5)]] == [0, 1, 4, 9, 16]
        with pytest.raises(ZeroDivisionError):
            executor.submit(divmod, 1, 0).result()


def test_a_machine_without_distributed_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(HostError, match=r"--dask needs the package distributed; .* pip install 'qlearn\[dask\]'"):
        ClusterExecutor("tcp://127.0.0.1:1")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "gopher://nowhere", "nowhere at all"])
def test_an_address_where_nobody_answers_is_named(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "SECONDS_TO_ANSWER", 1)
    with pytest.raises(HostError, match=f"no Dask scheduler answers at {address}"):
        ClusterExecutor(address)


def test_a_cluster_without_workers_says_how_to_start_one(tmp_path: Path) -> None:
    with (
        running_cluster(tmp_path, workers=0) as empty,
        pytest.raises(HostError, match=f"has no workers; start one with: dask worker {empty.address}"),
    ):
        check_cluster(empty.address, trusted=True)


def end_worker(victim: int) -> None:
    """Kill the process that runs this."""
    os.kill(os.getpid(), victim)


def test_a_call_that_kills_every_worker_is_told_from_a_worker_that_dies(tmp_path: Path) -> None:
    with running_cluster(tmp_path, workers=4) as doomed, ClusterExecutor(doomed.address) as executor:
        doomed_call = executor.submit(end_worker, signal.SIGKILL)
        with pytest.raises(BrokenExecutor):
            doomed_call.result(timeout=120)
