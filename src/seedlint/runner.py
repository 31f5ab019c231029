"""Many files: finds them, lints or repairs each, gives reports in a stable order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from seedlint import files
from seedlint.document import Document
from seedlint.fixer import Outcome, repair
from seedlint.report import FileReport
from seedlint.settings import Settings


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with every file.

    ``write`` replaces the files by their repair; ``texts`` keeps the text before and
    after in the report, for a difference.
    """

    settings: Settings
    write: bool = False
    unsafe: bool = False
    texts: bool = False


def examine(data: bytes, task: Task, path: str | None = None) -> Outcome:
    """Find, and as far as allowed repair, the damage in the bytes of one file."""
    settings = task.settings
    document = Document.from_bytes(data, encoding=settings.encoding, path=path, script=settings.script)
    return repair(document, settings.rules, unsafe=task.unsafe)


def report_on(outcome: Outcome, task: Task, path: str) -> FileReport:
    """What one file's report says: what was found, or what a repair has left."""
    shown = outcome.remaining if task.write else outcome.diagnostics
    report = FileReport(
        path,
        outcome.document.encoding,
        shown,
        outcome.applied,
        outcome.broken,
        size=len(outcome.document.text),
    )
    return replace(report, before=outcome.document.text, after=outcome.text) if task.texts else report


def run_file(found: files.Found, task: Task) -> FileReport | None:
    """Lint or repair one file; None for a binary that was found, not named."""
    try:
        data, stamp = files.read(found.path)
        if files.is_binary(data):
            if not found.named:
                return None
            raise files.FileError("binary file, not text")
        outcome = examine(data, task, found.path)
        if task.write and outcome.changed:
            files.write(found.path, outcome.data, stamp)
    except files.FileError as error:
        return FileReport(found.path, error=str(error))
    except UnicodeEncodeError as error:
        lost = error.object[error.start : error.end]
        return FileReport(found.path, error=f"not written: {error.encoding} has no {lost!a}")
    return report_on(outcome, task, found.path)


def run(paths: Iterable[str], task: Task) -> tuple[list[FileReport], int]:
    """Reports on all files below ``paths``, and the number of files that are not text."""
    walk, reports = files.Walk(), list[FileReport]()
    for path in paths:
        try:
            walk.add(path)
        except files.FileError as error:
            reports.append(FileReport(path, error=str(error)))
    done = [run_file(found, task) for found in walk.found.values()]
    reports += [report for report in done if report is not None]
    return reports, walk.skipped + done.count(None)


def iterate(paths: Iterable[str], task: Task) -> Iterator[FileReport]:
    """The same, one report after another."""
    yield from run(paths, task)[0]
