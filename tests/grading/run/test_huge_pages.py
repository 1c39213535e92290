"""Joining pages changes nothing that a process can read, and forks then copy fewer page table entries."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import re
from pathlib import Path
from qlearn.grading.run.huge_pages import join_pages

def joined():
    return sum(map(int, re.findall(r"AnonHugePages:\\s+(\\d+)", Path("/proc/self/smaps").read_text())))

kept = [bytes([number % 251]) * 1000 for number in range(40_000)]
before = joined()
join_pages()
assert all(piece == bytes([number % 251]) * 1000 for number, piece in enumerate(kept))
print(joined() - before)
"""


def test_memory_reads_as_before_and_lies_in_large_pages_where_the_kernel_joins_them() -> None:
    found = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=True)
    major, minor = (int(part) for part in platform.release().split(".")[:2])
    joins = (major, minor) >= (6, 1) and Path("/sys/kernel/mm/transparent_hugepage").is_dir()
    assert (int(found.stdout) >= 2048) == joins, found.stdout
