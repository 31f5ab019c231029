"""``seedlint rule CODE``: the page of one rule."""

from __future__ import annotations

import click

from seedlint.pages import page
from seedlint.registry import UnknownRule, find


def _known(_: click.Context, __: click.Parameter, word: str) -> list[str]:
    from seedlint.registry import all_rules

    known = (name for rule in all_rules() for name in (rule.code, rule.name()))
    return [name for name in known if name.startswith(word)]


@click.command("seedlint rule")
@click.argument("code", shell_complete=_known)
def command(code: str) -> None:
    """Explain the rule with this CODE or name."""
    try:
        rule = find(code)
    except UnknownRule as error:
        raise click.UsageError(str(error)) from error
    click.echo(page(rule), nl=False)
