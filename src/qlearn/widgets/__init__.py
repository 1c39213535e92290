"""Figures that move: anywidgets that work with a kernel and, on the book's pages, without one."""
