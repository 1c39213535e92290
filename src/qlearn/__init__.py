"""qlearn: an interactive quantum textbook and exercise kit on Jupyter."""

__version__ = "0.1.0"
