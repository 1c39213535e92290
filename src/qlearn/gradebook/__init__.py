"""Courses: the only code that writes nbgrader's database and folders."""

from qlearn._light_imports import import_jsonschema

import_jsonschema()  # before any module here, or nbgrader, brings nbformat
