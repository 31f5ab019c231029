"""``seedlint rules``: all rules, a line each."""

from __future__ import annotations

import click

from seedlint.registry import all_rules


@click.command("seedlint rules")
def command() -> None:
    """List every rule: code, severity, name and what it finds."""
    for rule in all_rules():
        summary = (rule.__doc__ or "").partition("\n")[0]
        click.echo(f"{rule.code}  {rule.severity.value:7}  {rule.name():24}  {summary}")
