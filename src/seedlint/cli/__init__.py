"""The command line: linting is the default command, every other file here is one more."""

from __future__ import annotations

import pkgutil
from importlib import import_module

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

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in front of anything that is not a command."""
        if not args or (args[0] not in self.list_commands(ctx) and args[0] != "--version"):
            args.insert(0, DEFAULT)
        return super().parse_args(ctx, args)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from seedlint import __version__

        click.echo(f"seedlint {__version__}")
        ctx.exit()


@click.command(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version)
def program() -> None:
    """Find damaged text and repair what can be proved."""
