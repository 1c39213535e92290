"""Courses: the only code that writes nbgrader's database and folders."""
