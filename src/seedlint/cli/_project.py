"""Options that say which settings apply: shared by the commands that read files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from seedlint.configuration import Layer
from seedlint.project import Project
from seedlint.registry import UnknownRule, matching

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _codes(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def _selectors(flag: str, text: str) -> Callable[[_Command], _Command]:
    return click.option(flag, multiple=True, callback=_codes, metavar="CODES", help=text)


_OPTIONS = (
    _selectors("--select", "Rules to run: codes, prefixes, names or ALL."),
    _selectors("--ignore", "Rules to leave out."),
    _selectors("--extend-select", "Rules to run besides the selected ones."),
    click.option("--config", metavar="FILE", help="Read the settings from FILE, for all paths."),
    click.option("--isolated", is_flag=True, help="Read no settings file."),
)


def settings_options(command: _Command) -> _Command:
    """Add the options that say which settings apply."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def project_of(options: dict[str, Any]) -> Project:
    """The project with what the command line says of it; raises click.UsageError."""
    selected = options["select"] or None
    layer = Layer("command line", selected, options["extend_select"], options["ignore"])
    try:
        for selector in (*(layer.select or ()), *layer.extend_select, *layer.ignore):
            matching(selector)
    except UnknownRule as error:
        raise click.UsageError(str(error)) from error
    if options["isolated"] and options["config"]:
        raise click.UsageError("--config names a settings file and --isolated reads none")
    return Project(layer, options["config"], options["isolated"])
