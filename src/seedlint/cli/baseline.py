"""``seedlint baseline``: writes down the damage that is known, and what has become of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from seedlint import baseline, files
from seedlint.baseline import Entry
from seedlint.cli._known import Places, baseline_path, load
from seedlint.cli._outputs import Failure
from seedlint.cli._project import project_of, settings_options
from seedlint.project import root
from seedlint.report import Report
from seedlint.runner import Run, Task
from seedlint.settings import BadSettings, Settings
from seedlint.visible import visible
from seedlint.workers import WorkerLost

_Command = TypeVar("_Command", bound=Callable[..., Any])


@click.group("seedlint baseline", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Keep the list of known damage, on which the gate does not fail."""


def _options(function: _Command) -> _Command:
    """Add what all commands on a baseline share."""
    paths = click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATHS]...")
    name = click.option("--baseline", metavar="FILE", help="The baseline, if not that of the project.")
    jobs = click.option("--jobs", type=click.IntRange(1), help="Processes to use (default: as many as pay).")
    cache = click.option("--no-cache", is_flag=True, help="Read every file again.")
    return paths(name(jobs(cache(settings_options(function)))))


@command.command()
@click.option("--force", is_flag=True, help="Replace a baseline that is there.")
@_options
def create(force: bool, **options: Any) -> None:
    """Write down all damage in PATHS as known."""
    path = _path(options)
    if os.path.lexists(path) and not force:
        raise Failure(f"{visible(path)} is there already; 'seedlint baseline update' renews it")
    places = _places(options)
    _write(path, places.entries)
    click.echo(f"{len(places.entries):,} known places written to {visible(path)}")


@command.command()
@_options
def update(**options: Any) -> None:
    """Make what is in PATHS now the known damage; entries of other files stay."""
    path = _path(options)
    old = load(path)
    places = _places(options)
    kept = [one for one in old if not places.vanished(one)]
    new = [*kept, *places.entries]
    _write(path, new)
    added, dropped = Counter(new) - Counter(old), Counter(old) - Counter(new)
    click.echo(f"{len(new):,} known places: {added.total():,} added, {dropped.total():,} dropped")


@command.command()
@_options
def prune(**options: Any) -> None:
    """Drop the entries whose damage is no longer there; add nothing."""
    path = _path(options)
    old = load(path)
    places = _places(options)
    stale = Counter(filter(places.vanished, places.compare(old).unseen))
    kept = list((Counter(old) - stale).elements())
    if stale:
        _write(path, kept)
    click.echo(f"{len(kept):,} known places: {stale.total():,} dropped")


@command.command()
@_options
def show(**options: Any) -> None:
    """List the known damage by file and rule, and what of it is no longer there."""
    old = load(_path(options))
    places = _places(options)
    stale = Counter((one.path, one.rule) for one in places.compare(old).unseen if places.vanished(one))
    for (path, rule), count in sorted(Counter((one.path, one.rule) for one in old).items()):
        aside = f", {stale[path, rule]:,} no longer there" if stale[path, rule] else ""
        click.echo(f"{visible(path)}: {visible(rule)} {count:,} known{aside}")
    click.echo(f"{len(old):,} known places, {stale.total():,} no longer there")


def _path(options: dict[str, Any]) -> str:
    return baseline_path(options, root((options["paths"] or (".",))[0]))


def _places(options: dict[str, Any]) -> Places:
    """All damage in the paths; raises click.ClickException, also where a file cannot be read."""
    paths = options["paths"] or (".",)
    project = project_of(options)
    try:
        run = Run.over(paths, Task(Settings()), project)
        reports = tuple(run.reports(jobs=options["jobs"], cached=not options["no_cache"]))
    except (BadSettings, WorkerLost) as error:
        raise Failure(str(error)) from error
    report = Report(reports, run.skipped)
    if report.errors:
        names = ", ".join(f"{visible(file.path)} ({visible(file.error or '')})" for file in report.errors)
        raise Failure(f"not read, so nothing is known: {names}")
    return Places(report, root(paths[0]), project)


def _write(path: str, entries: Iterable[Entry]) -> None:
    """Put the file there; a link is replaced, not followed: it may come with a cloned repository."""
    try:
        files.create(os.path.abspath(path), baseline.dump(entries).encode(), _readable)
    except OSError as error:
        raise Failure(f"cannot write {visible(path)}: {files.reason(error)}") from error


def _readable(handle: int) -> None:
    """Give the file the permissions that a new one has."""
    mask = os.umask(0)
    os.umask(mask)
    os.fchmod(handle, 0o666 & ~mask)
