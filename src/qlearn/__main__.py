"""`python -m qlearn` is the `qlearn` command, for systems whose scripts are not on PATH."""

from qlearn.cli import main

main()
