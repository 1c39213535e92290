"""A Dask cluster as an executor: the way past one machine."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from typing import Any, ParamSpec, TypeVar

from qlearn.errors import HostError
from qlearn.grading.worker import check_host

__all__ = ["ClusterExecutor", "check_cluster"]

SECONDS_TO_ANSWER = 30
INSTALL = "--dask needs the package distributed; install it with: pip install 'qlearn[dask]'"

ResultT = TypeVar("ResultT")
ArgumentsT = ParamSpec("ArgumentsT")


def check_cluster(address: str, *, trusted: bool) -> int:
    """Count the threads of a cluster's workers after asking each whether it can hold strangers' code.

    Raises
    ------
    HostError
        If `distributed` is not installed, nobody answers at the address, the cluster has no workers, or one of them
        lacks qlearn or the sandbox.
    """
    with ClusterExecutor(address) as cluster:
        threads: dict[str, int] = cluster.client.nthreads()
        if not threads:
            raise HostError(f"the Dask cluster {address} has no workers; start one with: dask worker {address}")
        try:
            cluster.client.run(check_host, trusted)
        except HostError as error:
            raise HostError(f"a worker of {address} cannot grade: {error}") from error
        except ImportError as error:
            raise HostError(f"a worker of {address} cannot grade: {error}; install qlearn there") from error
        return sum(threads.values())


class ClusterExecutor(Executor):
    """Sends calls to the Dask cluster at an address; a call that killed every worker it met raises `BrokenExecutor`.

    Dask itself sends the calls of a dead worker to the others.

    Raises
    ------
    HostError
        If `distributed` is not installed or nobody answers at the address.
    """

    def __init__(self, address: str) -> None:
        try:
            distributed: Any = importlib.import_module("distributed")
        except ImportError as error:
            raise HostError(INSTALL) from error
        self._address = address
        self._killed: type[Exception] = distributed.KilledWorker
        try:
            self.client: Any = distributed.Client(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise HostError(f"no Dask scheduler answers at {address}; give its address as it prints it") from error
        self._executor: Executor = self.client.get_executor(pure=False)

    def submit(
        self, call: Callable[ArgumentsT, ResultT], /, *args: ArgumentsT.args, **kwargs: ArgumentsT.kwargs
    ) -> Future[ResultT]:
        """Send a call to the cluster."""
        outer: Future[ResultT] = Future()
        inner = self._executor.submit(call, *args, **kwargs)
        inner.add_done_callback(lambda done: self._hand_over(done, outer))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; it stays as it is for others."""
        del cancel_futures
        self._executor.shutdown(wait=wait)
        self.client.close()

    def _hand_over(self, inner: Future[ResultT], outer: Future[ResultT]) -> None:
        if not outer.set_running_or_notify_cancel():
            return
        try:
            outer.set_result(inner.result())
        except self._killed as error:
            outer.set_exception(BrokenExecutor(str(error)))
        except CancelledError:
            outer.set_exception(HostError(f"the Dask cluster {self._address} went away; run the command again"))
        except BaseException as error:
            outer.set_exception(error)
