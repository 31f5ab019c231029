"""``seedlint cache``: where earlier results are kept, and how to drop them."""

from __future__ import annotations

import click

from seedlint import cache


@click.group("seedlint cache")
def command() -> None:
    """Show or drop what earlier runs found."""


@command.command()
def clean() -> None:
    """Remove all cached results."""
    click.echo(f"Removed {cache.clean()} caches.")


@command.command("dir")
def directory() -> None:
    """Say where the cached results are."""
    click.echo(ascii(cache.folder())[1:-1])
