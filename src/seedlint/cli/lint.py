"""``seedlint [OPTIONS] [PATHS]...``: lints, and repairs when asked."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from seedlint.cli._project import project_of, settings_options
from seedlint.diagnostic import Severity
from seedlint.files import FileError
from seedlint.project import Project
from seedlint.report import FileReport, Report
from seedlint.runner import Run, Task, examine, fault, report_on
from seedlint.settings import BadSettings, Settings
from seedlint.workers import WorkerLost

if TYPE_CHECKING:
    from seedlint.chrome.templatefile import TemplateFile

_EPILOG = (
    "Commands: seedlint rules | rule CODE | baseline | settings FILE | undo | corpus | template | cache "
    "(see seedlint COMMAND --help). "
    "Exit status: 0 nothing left at or above --fail-on; 1 something is left; "
    "2 the run could not be done or a file could not be read."
)
_FAIL_ON = [*(severity.value for severity in reversed(Severity)), "never"]


def _formats(_: click.Context, __: click.Parameter, word: str) -> list[str]:
    from seedlint.reporters import formats

    return [name for name in formats() if name.startswith(word)]


@click.command("seedlint", epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATHS]...")
@click.option("--fix", is_flag=True, help="Repair everything that has a safe fix.")
@click.option("--unsafe-fixes", is_flag=True, help="Let --fix and --diff make unsafe repairs too.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, write nothing.")
@settings_options
@click.option(
    "--output-format",
    "formats",
    multiple=True,
    metavar="FORMAT[:FILE]",
    shell_complete=_formats,
    help="full, concise, json, jsonl, github, gitlab, sarif, junit or html; may be repeated.",
)
@click.option("--output-file", type=click.Path(dir_okay=False), help="Write the report there.")
@click.option("--baseline", metavar="FILE", help="Known damage, if not in .seedlint-baseline.jsonl.")
@click.option("--no-baseline", is_flag=True, help="Report known damage too.")
@click.option("--template", metavar="FILE", help="Lines that files share, from seedlint template learn.")
@click.option("--new-since", metavar="REV", help="Report only what was not there at this git revision.")
@click.option("--fail-on", type=click.Choice(_FAIL_ON), default="warning", show_default=True)
@click.option("--stdin-filename", metavar="NAME", help="What to call standard input (path -).")
@click.option("--jobs", type=click.IntRange(1), help="Processes to use (default: as many as pay).")
@click.option("--no-cache", is_flag=True, help="Read every file again.")
@click.option("--statistics", is_flag=True, help="Only count, by rule.")
@click.option("-q", "--quiet", is_flag=True, help="Only diagnostics, no summary.")
@click.option("-v", "--verbose", is_flag=True, help="Show every place, do not group.")
def command(**options: Any) -> None:
    """Find damaged text in PATHS (default: the current folder) and repair what can be proved."""
    from seedlint.cli._known import Known
    from seedlint.cli._outputs import Failure, Outputs

    project, task = project_of(options), _task(options)
    outputs = Outputs.of(options)
    paths = options["paths"] or (".",)
    try:
        known = Known.of(options, paths, project)
        if paths == ("-",):
            report = _standard_input(options, task, project)
        else:
            wanted = known.touched if not (task.write or task.texts) else None
            with _journalled(task, known.base) as task:
                report = _files(paths, options, task, project, wanted)
        report = known.subtract(report)
    except (BadSettings, WorkerLost) as error:
        raise Failure(str(error)) from error
    outputs.write(report)
    sys.exit(_status(report, options))


@contextmanager
def _journalled(task: Task, base: str) -> Iterator[Task]:
    """The task with a journal, when it writes."""
    if not task.write:
        yield task
        return
    from seedlint import journal

    try:
        run = journal.begin(base)
    except FileError as error:
        click.echo(f"No journal, this cannot be undone: {error}", err=True)
        yield task
        return
    yield task._replace(journal=run)
    journal.end(run)


def _task(options: dict[str, Any]) -> Task:
    unsafe = options["unsafe_fixes"] and (options["fix"] or options["diff"])
    write = options["fix"] and not options["diff"]
    return Task(
        Settings(), write=write, unsafe=unsafe, texts=options["diff"], template=_template(options["template"])
    )


def _template(path: str | None) -> TemplateFile | None:
    """The template that the run is given; raises click.ClickException."""
    if path is None:
        return None
    from seedlint.cli._template import read_template

    return read_template(path)


def _files(
    paths: tuple[str, ...],
    options: dict[str, Any],
    task: Task,
    project: Project,
    wanted: Callable[[str], bool] | None,
) -> Report:
    from seedlint.cli._progress import shown

    run = Run.over(paths, task, project, wanted)
    reports = run.reports(jobs=options["jobs"], cached=not options["no_cache"])
    done = tuple(shown(reports, len(run.found)))
    return Report(done, run.skipped, fixing=task.write, excluded=run.excluded)


def _standard_input(options: dict[str, Any], task: Task, project: Project) -> Report:
    """Lint standard input; with ``--fix`` its repair goes to standard output, or as it came after a fault."""
    if sys.stdin is None:
        raise OSError(errno.EBADF, "standard input is closed")
    name = options["stdin_filename"] or "-"
    excluded = project.leaves_out(name) is not None
    task = task._replace(settings=Settings(select=()) if excluded else project.settings(name))
    data = sys.stdin.buffer.read()
    try:
        outcome = examine(data, task, name)
        data, report = outcome.data, report_on(outcome, task, name)
    except Exception as error:
        report = FileReport(name, error=fault(error))
    if task.write:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    return Report((report,), fixing=task.write, excluded=int(excluded))


def _status(report: Report, options: dict[str, Any]) -> int:
    if report.errors:
        return 2
    if options["diff"]:
        return int(any(file.changed for file in report.files))
    if options["fail_on"] == "never":
        return 0
    least = Severity(options["fail_on"]).rank
    return int(any(one.severity.rank >= least for _, one in report.diagnostics))
