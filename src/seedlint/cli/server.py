"""``seedlint server``: a language server for editors, on standard input and output."""

from __future__ import annotations

import click


@click.command("seedlint server")
def command() -> None:
    """Speak the Language Server Protocol on standard input and output."""
    from seedlint.cli._outputs import Failure

    try:
        from seedlint.server import build
    except ModuleNotFoundError as error:
        raise Failure(
            f"the server needs {error.name}: install it with pip install 'seedlint[server]'"
        ) from error
    build().start_io()
