"""``seedlint undo``: takes back the last ``--fix``."""

from __future__ import annotations

import os
import sys

import click

from seedlint import journal
from seedlint.cli._outputs import Failure
from seedlint.files import reason
from seedlint.project import relative, root
from seedlint.visible import visible


@click.command("seedlint undo", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("path", default=".", type=click.Path(), metavar="[PATH]")
def command(path: str) -> None:
    """Take back the last --fix in the project around PATH (default: the current folder).

    A file that has changed since is left as it is, named, and makes the exit status 1.
    """
    try:
        done = journal.undo(root(path))
    except (journal.JournalError, OSError) as error:
        raise Failure(reason(error)) from error
    if done is None:
        raise Failure("there is no --fix to take back here")
    for one in done:
        if one.problem:
            click.echo(f"{visible(relative(one.path, os.getcwd()))}: {visible(one.problem)}")
    left = sum(one.problem is not None for one in done)
    click.echo(f"Took back {len(done) - left:,} of {len(done):,} files.")
    sys.exit(int(left > 0))
