"""Run a student's cells in a process of their own, forked from a warm parent and confined; nothing here is secret."""
