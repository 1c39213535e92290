"""Shared by all tests: the order they run in, and that none of them depends on the clock."""

import pytest
from hypothesis import settings

collect_ignore = ["bench/sequence_peer.py"]  # a program for the environment that the bench makes for its peer

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what takes milliseconds before what starts kernels, and browsers last; one class is graded by one worker."""
    late = ("exercises", "e2e")
    items.sort(key=lambda item: max((late.index(part) + 1 for part in item.path.parts if part in late), default=0))
    for item in items:
        call = getattr(item, "callspec", None)
        if call is not None and "graded_class" in call.params:
            item.add_marker(pytest.mark.xdist_group(str(call.params["graded_class"])))
