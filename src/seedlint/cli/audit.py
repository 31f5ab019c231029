"""``seedlint audit BEFORE AFTER``: what a cleaning did to the texts it was given."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from seedlint.cli._project import project_of, settings_options

if TYPE_CHECKING:
    from seedlint.corpus.audit import Audit

_SHOWN = 3  # examples of a reason on the terminal
_LONGEST = 80  # characters of one


@click.command("seedlint audit", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("before", type=click.Path())
@click.argument("after", type=click.Path())
@click.option("--text-column", default="text", show_default=True, metavar="NAME", help="Where the text is.")
@click.option("--id-column", metavar="NAME", help="Pair records by this column; else by their order.")
@settings_options
@click.option("--json", "summary", type=click.Path(dir_okay=False), metavar="FILE", help="Write all numbers.")
@click.option("--fail-on", type=click.Choice(["harm", "never"]), default="harm", show_default=True)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes to use.")
def command(**options: Any) -> None:
    """Judge every change between two versions of a set of records or of a folder of texts.

    A change is a repair, neutral, or harm: to text that was sound, or in place of what
    can be proved to have stood there. Exit status 1 where something was harmed, 2 where
    something could not be read.
    """
    from seedlint.arrow import MissingExtra
    from seedlint.cli._outputs import Failure
    from seedlint.corpus.parts import PartError
    from seedlint.settings import BadSettings
    from seedlint.workers import WorkerLost

    try:
        found = _audited(options)
    except (MissingExtra, PartError, WorkerLost, BadSettings, OSError) as error:
        raise Failure(str(error)) from error
    for line in _lines(found):
        click.echo(line)
    sys.exit(2 if found.faults else int(found.harmed > 0 and options["fail_on"] == "harm"))


def _audited(options: dict[str, Any]) -> Audit:
    import json

    from seedlint.arrow import Work, load
    from seedlint.corpus.audit import audit
    from seedlint.corpus.batch import Job

    load("pyarrow")
    work = Work(project_of(options).settings("records"), options["text_column"], fix=True)
    found = audit(options["before"], options["after"], Job(work, options["id_column"]), options["jobs"])
    if options["summary"]:
        Path(options["summary"]).write_text(json.dumps(found.value(), indent=1) + "\n", encoding="utf-8")
    return found


def _lines(found: Audit) -> Iterator[str]:
    """Every reason with examples, harm last and so nearest to the eye; the sum at the end."""
    from seedlint.corpus.judging import Kind
    from seedlint.corpus.summary import counted
    from seedlint.visible import visible

    for kind in (Kind.NEUTRAL, Kind.REPAIR, Kind.HARM):
        reasons = [(key, count) for key, count in found.counts.most_common() if key[0] == kind.value]
        for key, count in reasons:
            yield f"{kind.value}: {key[1]}: {count:,}"
            for place, before, after in found.examples[key][:_SHOWN]:
                shown = (_cut(visible(text.replace("\n", "⏎"))) for text in (before, after))
                yield f"    {visible(place)}: {' -> '.join(shown)}"
    for fault, count in found.faults.items():
        yield f"{counted(count, 'record')} {fault}: not judged."
    totals = ", ".join(f"{found.total(kind):,} {kind.value}" for kind in Kind)
    yield f"{found.changed:,} of {found.texts:,} texts changed, {found.harmed:,} harmed; changes: {totals}."


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
