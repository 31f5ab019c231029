"""``seedlint rule CODE``: the page of one rule."""

from __future__ import annotations

import click

from seedlint.pages import page
from seedlint.registry import UnknownRule, find


@click.command("seedlint rule")
@click.argument("code")
def command(code: str) -> None:
    """Explain the rule with this CODE or name."""
    try:
        rule = find(code)
    except UnknownRule as error:
        raise click.UsageError(str(error)) from error
    click.echo(page(rule), nl=False)
