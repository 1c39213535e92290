"""seccomp: which system calls a process may still do, as a small program the kernel runs before each.

An allow-list. What is refused fails with "operation not permitted", which Python reports as PermissionError, so a
student sees a message and not a dead process. The aarch64 numbers are written from the kernel's table and have not
been run.
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import struct
from collections.abc import Iterator

from qlearn.grading.sandbox.kernel import architecture_index, library_call
from qlearn.grading.sandbox.syscalls import ABSENT, ALLOWED, NUMBERS, PRETENDED, PROCESSES

AUDIT_ARCHITECTURES = (0xC000003E, 0xC00000B7)  # x86_64, aarch64
LOAD, EQUAL, GREATER_OR_EQUAL, ANY_BIT, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
REFUSE = ERRNO | errno.EPERM
NUMBER_OFFSET, ARCHITECTURE_OFFSET, ARGUMENTS_OFFSET = 0, 4, 16
X32_CALLS = 0x40000000
"""From here on x86_64 numbers mean the x32 interface, a second door to the same calls."""

CLONE_THREAD = 0x00010000
CLONE_NEW_NAMESPACE = 0x7E020080
TERMINAL_AND_BLOCKING = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""ioctl: terminal settings and size (read), bytes to read, non-blocking, close on exec or not."""

READ_ONLY_OPTIONS = (3, 15, 16, 23, 39, 0x53564D41)
"""prctl: dumpable (read), thread name, capability and privilege questions, naming of mappings."""

DESCRIPTOR_OPTIONS = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1031, 1032, 1033, 1034)
"""fcntl: all but asking for signals and leases, which reach other processes."""

PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2

_Instruction = tuple[int, int, int, int]


class _FilterProgram(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def restrict_system_calls(*, processes: bool, signal_children: bool) -> None:
    """Hold the calling process to the allow-list for ever; `forbid_new_privileges` must come first.

    Parameters
    ----------
    processes
        Whether it may start programs and fork.
    signal_children
        Whether it may send signals to other processes than itself; safe only where another layer keeps them inside.

    """
    program = build_filter(
        architecture_index(), own_process=os.getpid(), processes=processes, any_signal=signal_children
    )
    packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    header = _FilterProgram(len(program), packed)
    address = ctypes.cast(ctypes.pointer(header), ctypes.c_void_p).value or 0
    zero = ctypes.c_ulong(0)
    library_call("prctl", PR_SET_SECCOMP, ctypes.c_ulong(SECCOMP_MODE_FILTER), ctypes.c_ulong(address), zero, zero)


def build_filter(architecture: int, *, own_process: int, processes: bool, any_signal: bool) -> list[_Instruction]:
    """Instructions (code, jump if true, jump if false, operand) of the filter for an index of `ARCHITECTURES`."""
    program: list[_Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE_OFFSET),
        (EQUAL, 1, 0, AUDIT_ARCHITECTURES[architecture]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_OFFSET),
        (GREATER_OR_EQUAL, 0, 1, X32_CALLS),
        (RETURN, 0, 0, KILL),
    ]
    for name, rule in _rules(own_process=own_process, processes=processes, any_signal=any_signal):
        number = NUMBERS[name][architecture]
        if number is not None:
            program += [(EQUAL, 0, len(rule), number), *rule]
    return [*program, (RETURN, 0, 0, REFUSE)]


def _rules(*, own_process: int, processes: bool, any_signal: bool) -> Iterator[tuple[str, list[_Instruction]]]:
    allow = [(RETURN, 0, 0, ALLOW)]
    yield from ((name, allow) for name in sorted(ALLOWED | (PROCESSES if processes else frozenset())))
    yield from ((name, [(RETURN, 0, 0, ERRNO)]) for name in sorted(PRETENDED))
    yield from ((name, [(RETURN, 0, 0, ERRNO | errno.ENOSYS)]) for name in sorted(ABSENT))
    yield "fcntl", _argument_among(1, DESCRIPTOR_OPTIONS)
    yield "ioctl", _argument_among(1, TERMINAL_AND_BLOCKING)
    yield "prctl", _argument_among(0, READ_ONLY_OPTIONS)
    yield "prlimit64", _argument_is_null(2)
    yield "sendto", _argument_is_null(4)  # an address would lead a datagram socket out of the sandbox
    yield "socketpair", _stream_socket_pair()
    yield "clone", _clone(processes=processes)
    for name in ("kill", "tgkill"):
        yield name, allow if any_signal else _argument_among(0, (own_process,))


def _low(argument: int) -> _Instruction:
    return (LOAD, 0, 0, ARGUMENTS_OFFSET + 8 * argument)


def _high(argument: int) -> _Instruction:
    return (LOAD, 0, 0, ARGUMENTS_OFFSET + 8 * argument + 4)


def _argument_among(argument: int, values: tuple[int, ...]) -> list[_Instruction]:
    """Allow where the argument's low half is one of these; the kernel reads these arguments as 32 bits."""
    tests = [(EQUAL, len(values) - position, 0, value) for position, value in enumerate(values)]
    return [_low(argument), *tests, (RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]


def _argument_is_null(argument: int) -> list[_Instruction]:
    return [
        _low(argument),
        (EQUAL, 0, 2, 0),
        _high(argument),
        (EQUAL, 1, 0, 0),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]


def _stream_socket_pair() -> list[_Instruction]:
    return [
        _low(0),
        (EQUAL, 0, 3, int(socket.AF_UNIX)),
        _low(1),
        (AND, 0, 0, 0xF),
        (EQUAL, 1, 0, int(socket.SOCK_STREAM)),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]


def _clone(*, processes: bool) -> list[_Instruction]:
    """Threads always, processes if granted, namespaces never."""
    needed: list[_Instruction] = [] if processes else [(ANY_BIT, 0, 1, CLONE_THREAD)]
    return [
        _low(0),
        (ANY_BIT, 1 + len(needed), 0, CLONE_NEW_NAMESPACE),
        *needed,
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    ]
