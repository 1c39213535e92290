"""The small course of the gradebook's tests."""

from gradebook.conftest import course, kit, released_course

__all__ = ["course", "kit", "released_course"]
