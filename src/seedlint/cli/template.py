"""``seedlint template``: what many files of a folder share, written down for later runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import click

from seedlint import files
from seedlint.chrome.templatefile import learnt, relative
from seedlint.cli._outputs import Failure
from seedlint.cli._project import project_of, settings_options
from seedlint.cli.baseline import _readable
from seedlint.document import Document
from seedlint.runner import Run, Task
from seedlint.settings import BadSettings, Settings
from seedlint.visible import visible


@click.group("seedlint template")
def command() -> None:
    """Write down the lines that many files share, for --template (rule WEB008)."""


@command.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATHS...")
@click.option("--output", required=True, metavar="FILE", help="The template to write.")
@settings_options
def learn(**options: Any) -> None:
    """Count the lines of the files in PATHS, folder by folder, and write those that many share."""
    output = os.path.abspath(options["output"])
    try:
        run = Run.over(options["paths"], Task(Settings()), project_of(options))
    except BadSettings as error:
        raise Failure(str(error)) from error
    if run.missing:
        raise Failure("; ".join(f"{visible(one.path)}: {one.error}" for one in run.missing))
    templates = learnt(_texts(run, output))
    try:
        files.create(output, "".join(f"{row}\n" for row in templates.rows()).encode(), _readable)
    except OSError as error:
        raise Failure(f"cannot write {visible(options['output'])}: {files.reason(error)}") from error
    lines = sum(len(template.lines) for template in templates.folders.values())
    click.echo(f"{lines:,} lines shared in {len(templates.folders):,} folders of {len(run.found):,} files")


def _texts(run: Run, output: str) -> Iterator[tuple[str, str]]:
    """Path, as told from where the template lies, and text of every text file; raises Failure."""
    for job in run.found:
        if os.path.abspath(job.found.path) == output:
            continue
        try:
            data = files.read(job.found.path)[0]
            text = (
                ""
                if files.is_binary(data)
                else Document.from_bytes(data, encoding=job.settings.encoding).text
            )
        except (files.FileError, UnicodeDecodeError) as error:
            raise Failure(f"{visible(job.found.path)}: {error}") from error
        if text:
            yield relative(job.found.path, os.path.dirname(output)), text
