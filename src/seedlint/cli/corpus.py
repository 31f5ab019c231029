"""``seedlint corpus``: text in the records of JSONL, CSV and Parquet."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from seedlint.cli._project import project_of, settings_options
from seedlint.settings import Settings

_Command = TypeVar("_Command", bound=Callable[..., Any])
_LEVELS = ["error", "warning", "info", "never"]
_NEVER = 99
_ALONE = 1 << 21  # bytes of parts below which starting processes costs more than it saves
_VERDICTS = ["lost", "ambiguous", "restorable"]


@click.group("seedlint corpus", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Check, repair and measure text in records: JSONL, CSV (plain, gzip, zstd) and Parquet.

    INPUT is a file, a folder, a pattern, or a URI that pyarrow reads (s3://, gs://,
    hdfs://). Needs seedlint[corpus].
    """


def _added(*options: Callable[[Any], Any]) -> Callable[[_Command], _Command]:
    def add(target: _Command) -> _Command:
        for option in reversed(options):
            target = option(target)
        return target

    return add


_READING = _added(
    click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."),
    click.option(
        "--text-column", default="text", show_default=True, metavar="NAME", help="Where the text is."
    ),
    click.option("--id-column", metavar="NAME", help="What names a record, shown with its places."),
    settings_options,
)
_RUNNING = _added(
    click.option(
        "--output", metavar="DIR", help="Where the output goes; a run that broke off goes on there."
    ),
    click.option("--restart", is_flag=True, help="Do again what an earlier run to DIR has done."),
    click.option(
        "--site-column", metavar="NAME", help="Find lines that many records of a site share: two passes."
    ),
    click.option("--engine", type=click.Choice(["embedded", "ray"]), default="embedded", show_default=True),
    click.option("--jobs", type=click.IntRange(1), help="Processes to use (default: one a processor)."),
    click.option(
        "--show", type=click.IntRange(0), default=100, show_default=True, help="Damaged records shown."
    ),
    click.option(
        "--output-format", "formats", multiple=True, metavar="FORMAT[:FILE]", help="As in seedlint."
    ),
    click.option("--output-file", type=click.Path(dir_okay=False), help="Write the report there."),
    click.option("--fail-on", type=click.Choice(_LEVELS), default="warning", show_default=True),
    click.option("--statistics", is_flag=True, help="Only count, by rule."),
    click.option("-q", "--quiet", is_flag=True, help="No summary."),
    click.option("-v", "--verbose", is_flag=True, help="Show every place, do not group."),
)


@command.command()
@_READING
@_RUNNING
def check(**options: Any) -> None:
    """Find damage in records.

    With --output DIR every place goes to DIR/PART.places.jsonl, a JSON object a line.
    """
    _run(options, fix=False)


@command.command()
@_READING
@click.option("--unsafe-fixes", is_flag=True, help="Make unsafe repairs too.")
@click.option("--annotate", is_flag=True, help="Add seedlint_codes, seedlint_fixes and seedlint_verdict.")
@click.option(
    "--drop", multiple=True, type=click.Choice(_VERDICTS), help="Put records with such damage aside."
)
@click.option("--keep-if", metavar="EXPRESSION", help="Put all others aside, as by 'damage < 0.01'.")
@_RUNNING
def fix(**options: Any) -> None:
    """Repair records into DIR, in the format, order and layout they came in.

    Records that are dropped go to DIR/_dropped. --keep-if knows damage (share of the
    characters), places, characters, fixes, errors, warnings, lost, ambiguous, and codes
    like MOJ or MOJ001: what is left after the repair.
    """
    if not options["output"]:
        raise click.UsageError("fix needs --output DIR; it never changes what it reads")
    _run(options, fix=True)


def _run(options: dict[str, Any], fix: bool) -> None:
    from seedlint.arrow import MissingExtra
    from seedlint.cli._outputs import Failure, Outputs
    from seedlint.corpus.filters import BadFilter
    from seedlint.corpus.output import OutputError
    from seedlint.corpus.parts import PartError
    from seedlint.settings import BadSettings
    from seedlint.workers import WorkerLost

    outputs = Outputs.of({**options, "diff": False, "fix": False, "paths": options["inputs"]})
    try:
        report, status = _done(options, fix)
    except (MissingExtra, PartError, OutputError, WorkerLost, BadSettings, BadFilter) as error:
        raise Failure(str(error)) from error
    outputs.write(report)
    sys.exit(status)


def _done(options: dict[str, Any], fix: bool) -> tuple[Any, int]:
    from contextlib import nullcontext

    from seedlint.arrow import load
    from seedlint.cli._records import shown
    from seedlint.corpus import engine, parts, summary
    from seedlint.corpus.output import Output
    from seedlint.diagnostic import Severity
    from seedlint.workers import cores

    load("pyarrow")
    found, job = parts.find(options["inputs"], options["output"]), _job(options, fix)
    output = Output.at(options["output"]) if options["output"] else None
    with output.locked() if output else nullcontext():
        if output:
            output.prepare(job, options["restart"])
        jobs = options["jobs"] or (cores() if sum(part.size for part in found) > _ALONE else 1)
        if job.site_column:
            job = _taught(found, job, output, options["engine"], jobs)
        events = engine.execute(found, job, output, options["engine"], jobs)
        done = shown(events, found)
    level = options["fail_on"]
    report = summary.report(done, fix, options["show"])
    return report, summary.status(done, report, _NEVER if level == "never" else Severity(level).rank)


def _taught(found: Any, job: Any, output: Any, engine: str, jobs: int) -> Any:
    """The job with what its sites put on their pages, learnt in a pass of its own."""
    from dataclasses import replace
    from functools import partial

    from seedlint.corpus.sites import learn

    learnt = partial(learn, found, job, engine, jobs)
    return replace(job, templates=output.templates(learnt) if output else learnt())


def _job(options: dict[str, Any], fix: bool) -> Any:
    from seedlint.arrow import Work
    from seedlint.corpus.batch import Job
    from seedlint.corpus.filters import compiled

    if options.get("keep_if"):
        compiled(options["keep_if"])
    work = Work(
        settings_of(options),
        options["text_column"],
        fix=fix,
        unsafe=options.get("unsafe_fixes", False),
        annotate=options.get("annotate", False),
    )
    return Job(
        work,
        options["id_column"],
        shown=options["show"],
        listed=bool(options["output"]) and not fix,
        drop=options.get("drop", ()),
        keep_if=options.get("keep_if"),
        site_column=options["site_column"],
    )


def settings_of(options: dict[str, Any]) -> Settings:
    """The settings of the current folder, with what the command line says: records have no path."""
    return project_of(options).settings("records")


@command.command()
@_READING
@click.option(
    "--by", multiple=True, metavar="COLUMN[:N]", help="Count by this column, or its first N characters."
)
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Read about N records drawn at random.")
@click.option("--seed", type=int, default=0, show_default=True, help="Which records the sample draws.")
@click.option("--html", type=click.Path(dir_okay=False), metavar="FILE", help="Write a page with plots.")
@click.option("--json", "summary", type=click.Path(dir_okay=False), metavar="FILE", help="Write all numbers.")
@click.option("--compare", type=click.Path(dir_okay=False), metavar="FILE", help="Say what has changed.")
@click.option("--jobs", type=click.IntRange(1), help="Processes to use (default: one a processor).")
def report(**options: Any) -> None:
    """Say what a set looks like: damage by rule and by column, causes, the worst records.

    Shares of a sample have 95 % intervals. --json of one run is what --compare of
    another reads.
    """
    from seedlint.arrow import MissingExtra
    from seedlint.cli._outputs import Failure
    from seedlint.cli._survey import surveyed
    from seedlint.corpus.comparison import BadSurvey
    from seedlint.corpus.parts import PartError
    from seedlint.settings import BadSettings
    from seedlint.workers import WorkerLost

    try:
        sys.exit(surveyed(options, settings_of(options)))
    except (MissingExtra, PartError, WorkerLost, BadSettings, BadSurvey, OSError) as error:
        raise Failure(str(error)) from error
