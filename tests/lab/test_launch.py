"""Addresses that can and cannot be listened on."""

import socket

import pytest

from qlearn.errors import HostError
from qlearn.lab.launch import check_address, is_loopback


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_any_free_port_of_this_machine_is_accepted():
    check_address("127.0.0.1", 0)
    check_address("localhost", 0)


def test_a_port_in_use_is_named_with_what_to_do(taken_port):
    with pytest.raises(HostError, match=f"port {taken_port} is in use; choose another with --port"):
        check_address("127.0.0.1", taken_port)


def test_another_machines_address_is_refused():
    with pytest.raises(HostError, match=r"cannot listen on 192\.0\.2\.1 port 0 .*give --ip an address of this machine"):
        check_address("192.0.2.1", 0)


def test_what_is_no_address_is_refused():
    with pytest.raises(HostError, match=r"'256\.1\.1\.1' is not an address of this machine"):
        check_address("256.1.1.1", 0)


@pytest.mark.parametrize("ip", ["127.0.0.1", "127.3.2.1", "::1", "localhost"])
def test_loopback_addresses_are_known(ip):
    assert is_loopback(ip)


@pytest.mark.parametrize("ip", ["0.0.0.0", "::", "192.168.1.4", "example.org", ""])  # noqa: S104
def test_every_other_address_counts_as_reachable(ip):
    assert not is_loopback(ip)
