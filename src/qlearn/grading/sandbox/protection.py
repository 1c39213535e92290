"""The layers a process is confined by: their names, which are in force, and what to do where they are not enough."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qlearn.grading.sandbox import kernel

__all__ = ["Layer", "Layers", "advice"]


class Layer(StrEnum):
    """One of the kernel's means, each found by trying."""

    LANDLOCK = "Landlock"
    OWN_USER = "user of its own"
    """Where root confines; instead of a user namespace."""
    USER_NAMESPACE = "user namespace"
    MOUNT_NAMESPACE = "mount namespace"
    NETWORK_NAMESPACE = "network namespace"
    IPC_NAMESPACE = "IPC namespace"
    SECCOMP = "seccomp"


@dataclass(frozen=True)
class Layers:
    """Which layers are in force, and in which version."""

    in_force: frozenset[Layer]
    landlock_version: int = 0

    @property
    def enough(self) -> bool:
        """Whether strangers' code may run: files closed off, and the system call filter on."""
        files = Layer.LANDLOCK in self.in_force or Layer.MOUNT_NAMESPACE in self.in_force
        return files and Layer.SECCOMP in self.in_force

    def names(self) -> list[str]:
        """Those in force, in short."""
        version = {Layer.LANDLOCK: f" {self.landlock_version}"}
        return [f"{layer}{version.get(layer, '')}" for layer in Layer if layer in self.in_force]

    def describe(self) -> list[str]:
        """One line a layer, for people."""
        version = {Layer.LANDLOCK: f" (version {self.landlock_version})"}
        return [
            f"{layer}: in force{version.get(layer, '')}" if layer in self.in_force else f"{layer}: missing"
            for layer in Layer
        ]


def advice(layers: Layers) -> str:
    """Say what is missing for strangers' code and what to do, in one sentence; empty when nothing is."""
    if layers.enough:
        return ""
    if not kernel.is_linux():
        return (
            "students' code can be confined on Linux alone: grade on a Linux machine, a virtual one if need be, "
            "or trust the class with --trust-submissions"
        )
    if Layer.SECCOMP not in layers.in_force:
        return (
            "this system cannot filter system calls (seccomp on x86_64 or aarch64), so students' code must not run "
            "here: grade on Linux, in a virtual machine if need be, or trust the class with --trust-submissions"
        )
    return (
        "this kernel offers neither Landlock nor user and mount namespaces, so students' code must not run here: "
        "use Linux 5.13 or newer with landlock in its lsm= list, or allow user namespaces "
        "(sysctl user.max_user_namespaces), or trust the class with --trust-submissions"
    )
