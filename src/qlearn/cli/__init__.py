"""The `qlearn` command: one file a command, found by folder, imported when it is asked for."""

from __future__ import annotations

import atexit
import errno
import gc
import importlib
import pkgutil
import sys
from collections.abc import Sequence

import click

from qlearn import __version__
from qlearn.errors import HostError, QlearnError

__all__ = ["main"]


class CommandFolder(click.Group):
    """A click group whose commands are the modules of this package; each defines `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every module of the folder that does not start with an underscore."""
        del ctx
        return sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name[0] != "_")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command's module; an unknown name gives None, which click turns into its usage error."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"{__name__}.{cmd_name}").command
        return command if isinstance(command, click.Command) else None


@click.group(cls=CommandFolder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="qlearn")
def commands() -> None:
    """Build the book, run a class, grade its work.

    Try `qlearn demo` first: it does all three with a sample class.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; what the user can put right is one line on stderr and exit 2."""
    atexit.register(gc.freeze)  # or Python looks through all that nbgrader has loaded once more: a quarter of a second
    try:
        commands.main(args=arguments, prog_name="qlearn", standalone_mode=True)
    except QlearnError as error:
        _stop(error)
    except OSError as error:
        _stop(explain_os_error(error))


def explain_os_error(error: OSError) -> QlearnError:
    """Turn an operating-system failure the user can put right into a `HostError`; raise any other again."""
    if error.errno == errno.ENOSPC:
        return HostError(f"no space left on the disk{_at(error)}; free some and run the command again")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return HostError(f"not allowed to write{_at(error)}; choose another folder or change its permissions")
    if error.errno == errno.EADDRINUSE:
        return HostError("the port is in use; choose another with --port")
    raise error


def _at(error: OSError) -> str:
    return f" at {error.filename}" if error.filename else ""


def _stop(error: QlearnError) -> None:
    click.echo("qlearn: " + " ".join(str(error).split()), err=True)
    sys.exit(2)
