"""The command line: linting is the default command, every other file here is one more."""

from __future__ import annotations

import errno
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

DEFAULT = "lint"


class Program(click.Group):
    """A group whose commands are the modules of this package, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The further commands, for the help text."""
        return sorted(
            name for _, name, _ in pkgutil.iter_modules(__path__) if name != DEFAULT and name[0] != "_"
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, if there is one."""
        if cmd_name != DEFAULT and cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"{__name__}.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the default command on anything that does not begin with the name of another.

        What the system refuses is one line, a fault of the program its traceback; the exit status is 2.
        """
        extra["prog_name"] = "seedlint"
        try:
            _refuse_nowhere()
            status = self._run(args, {**extra, "standalone_mode": False})
            sys.exit(status if isinstance(status, int) else 0)
        except OSError as error:
            _mute()
            _fail(_reason(error))
        except click.ClickException as error:
            _show(error)
            sys.exit(error.exit_code)
        except click.Abort:
            sys.exit(1)
        except Exception:
            _fail(f"{_traceback()}\nplease report this fault of seedlint")

    def _run(self, args: Sequence[str] | None, extra: dict[str, Any]) -> Any:
        given = list(sys.argv[1:] if args is None else args)
        completing = "_SEEDLINT_COMPLETE" in os.environ
        words = _completed() if completing else given
        if words and words[0] in (*self.list_commands(click.Context(self)), "--version"):
            return super().main(given, **extra)
        if completing and len(words) <= 1 and not "".join(words).startswith("-"):
            return super().main(given, **extra)
        return import_module(f"{__name__}.{DEFAULT}").command.main(given, **extra)


def _refuse_nowhere() -> None:
    """Raise OSError where there is no current folder, or nowhere to print."""
    try:
        os.getcwd()
    except OSError as error:
        raise OSError(error.errno, f"the current folder: {error.strerror}") from error
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")


def _mute() -> None:
    """Python would write what cannot be written again when it ends, and exit with a status of its own."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _reason(error: OSError) -> str:
    from seedlint.files import reason

    return f"{reason(error)}: {error.filename!a}" if error.filename else reason(error)


def _traceback() -> str:
    import traceback

    return _visible(traceback.format_exc())


def _visible(text: str) -> str:
    """Lines, without what might act on a terminal."""
    from seedlint.visible import visible

    return "\n".join(map(visible, text.split("\n")))


def _show(error: click.ClickException) -> None:
    """Say it, and let nothing of a name, of settings or of a file act on a terminal."""
    said = _visible(error.format_message())
    error.format_message = lambda: said  # type: ignore[method-assign]
    error.show()


def _fail(why: str) -> NoReturn:
    click.echo(f"Error: {why}", err=True)
    sys.exit(2)


def _completed() -> list[str]:
    """The words of the command line that a shell asks to complete, without the program."""
    from click.shell_completion import split_arg_string

    return split_arg_string(os.environ.get("COMP_WORDS", ""))[1:]


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from seedlint import __version__

        click.echo(f"seedlint {__version__}")
        ctx.exit()


@click.command(cls=Program)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version)
def program() -> None:
    """Find damaged text and repair what can be proved."""
