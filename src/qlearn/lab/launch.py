"""Start JupyterLab in this process: check the address, listen, say where, end on Ctrl-C."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import os
import secrets
import signal
import socket
import sys
import tempfile
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from qlearn.errors import HostError
from qlearn.lab.settings import LabSettings

__all__ = ["LabAddress", "check_address", "is_loopback", "run_lab"]

FIRST_PORT = 8888
PORTS_TO_TRY = 50


@dataclass(frozen=True)
class LabAddress:
    """Where a running JupyterLab is found; every address carries the token."""

    lab: str
    formgrader: str | None
    book: str | None


def is_loopback(ip: str) -> bool:
    """Say whether an address or host name reaches this machine alone."""
    try:
        return ipaddress.ip_address(ip).is_loopback
    except ValueError:
        return ip == "localhost"


def check_address(ip: str, port: int) -> None:
    """Make sure that a server can listen on `ip` and `port`.

    Raises
    ------
    HostError
        When the port is taken or reserved, or the address is not one of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(ip, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise HostError(f"{ip!r} is not an address of this machine; give --ip 127.0.0.1 or leave it out") from error
    with socket.socket(family, kind, protocol) as probe:
        if os.name == "posix":  # elsewhere this option would let two servers share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError as error:
            raise HostError(f"port {port} is reserved for the system; give --port a number above 1023") from error
        except OSError as error:
            raise HostError(_bind_failure(ip, port, error)) from error


def run_lab(
    settings: LabSettings,
    *,
    ip: str,
    port: int | None,
    announce: Callable[[LabAddress], None],
    open_browser: bool,
) -> None:
    """Serve JupyterLab until Ctrl-C or a termination signal.

    Parameters
    ----------
    settings : LabSettings
        What to show.
    ip : str
        Address to listen on.
    port : int or None
        Port to listen on; None takes the first free one from 8888 up.
    announce : callable
        Called once with the addresses, when the server listens.
    open_browser : bool
        Whether to open the first page in the user's browser.

    Raises
    ------
    HostError
        When the address cannot be used.
    OSError
        When the private folder cannot be written.
    """
    check_address(ip, 0 if port is None else port)
    token = os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(24)
    settings.enter()
    os.chdir(settings.root)
    with tempfile.TemporaryDirectory(prefix="qlearn-lab-") as runtime:
        os.environ["JUPYTER_RUNTIME_DIR"] = runtime
        _serve(settings, ip, port, token, announce, open_browser)


def _serve(
    settings: LabSettings,
    ip: str,
    port: int | None,
    token: str,
    announce: Callable[[LabAddress], None],
    open_browser: bool,
) -> None:
    # Imported only now: jupyter reads its environment variables as it is imported.
    from jupyter_server.serverapp import ServerApp

    configuration = settings.configuration(
        ip=ip,
        port=FIRST_PORT if port is None else port,
        port_retries=PORTS_TO_TRY if port is None else 0,
        token=token,
    )
    server = ServerApp.instance(config=configuration, jpserver_extensions=settings.server_extensions)
    server.initialize(argv=[], find_extensions=False, starter_extension="lab")

    def welcome() -> None:
        addresses = _addresses(settings, server.ip, server.port, token)
        announce(addresses)
        if open_browser and _has_a_desktop():
            webbrowser.open(addresses.formgrader or addresses.lab)

    # The loop's first callback, put there by initialize(), begins to listen; this one runs after it.
    server.io_loop.add_callback(welcome)
    # Jupyter's own handler asks a question first, and without a terminal leaves its kernels running.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: server.stop(from_signal=True))
    server.start()
    _finish_tasks(server.io_loop.asyncio_loop)  # type: ignore[attr-defined]  # tornado's loop on every platform


def _finish_tasks(loop: asyncio.AbstractEventLoop) -> None:
    # A request that was being answered as the loop stopped keeps its worker thread, and the thread keeps the process
    # from ending: cancel what is left, as asyncio.run does.
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())


def _addresses(settings: LabSettings, ip: str, port: int, token: str) -> LabAddress:
    everywhere = ip in ("", "0.0.0.0", "::", "*")  # noqa: S104 - compared, not bound
    host = socket.gethostname() if everywhere else f"[{ip}]" if ":" in ip else ip
    base = f"http://{host}:{port}"
    lab = f"{base}{quote(settings.opens)}?token={token}"
    book = f"{base}/qlearn/book/?token={token}" if settings.teacher or settings.book is not None else None
    return LabAddress(lab, f"{lab}&formgrader=true" if settings.teacher else None, book)


def _has_a_desktop() -> bool:
    # Without one, webbrowser would start a text browser in this terminal and wait for it.
    return not sys.platform.startswith("linux") or any(name in os.environ for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _bind_failure(ip: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use; choose another with --port, or leave --port out to take a free one"
    return f"cannot listen on {ip} port {port} ({error.strerror}); give --ip an address of this machine"
