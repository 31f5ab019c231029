"""Many files: finds them, lints or repairs each, gives reports in a stable order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from seedlint import cache, files, workers
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
    size = len(outcome.document.text)
    report = FileReport(path, outcome.document.encoding, shown, broken=outcome.broken, size=size)
    if task.write or task.texts:
        report = replace(report, applied=outcome.applied)
    return replace(report, before=outcome.document.text, after=outcome.text) if task.texts else report


class Done(NamedTuple):
    """One file done: its report (None for a binary that was found, not named), its state and content."""

    report: FileReport | None
    stamp: files.Stamp | None = None
    content: str = ""


def run_file(found: files.Found, task: Task) -> Done:
    """Lint or repair one file."""
    try:
        data, stamp = files.read(found.path)
        if files.is_binary(data):
            if not found.named:
                return Done(None)
            raise files.FileError("binary file, not text")
        outcome = examine(data, task, found.path)
        if task.write and outcome.changed:
            files.write(found.path, outcome.data, stamp)
    except files.FileError as error:
        return Done(FileReport(found.path, error=str(error)))
    except UnicodeEncodeError as error:
        lost = error.object[error.start : error.end]
        return Done(FileReport(found.path, error=f"not written: {error.encoding} has no {lost!a}"))
    report = report_on(outcome, task, found.path)
    return Done(report) if report.applied or task.texts else Done(report, stamp, cache.digest(data))


@dataclass
class Run:
    """All files below some paths, and what is to be done with them."""

    task: Task
    found: list[files.Found]
    missing: list[FileReport]
    skipped: int = 0

    @classmethod
    def over(cls, paths: Iterable[str], task: Task) -> Run:
        """Find the files; a path that is not there becomes a report with an error."""
        walk, missing = files.Walk(), list[FileReport]()
        for path in paths:
            try:
                walk.add(path)
            except files.FileError as error:
                missing.append(FileReport(path, error=str(error)))
        return cls(task, list(walk.found.values()), missing, walk.skipped)

    def reports(self, *, jobs: int | None = None, cached: bool = False) -> Iterator[FileReport]:
        """The reports in the order of the files, as they come; raises workers.WorkerLost.

        ``cached`` takes those of unchanged files from the cache and keeps the others there.
        """
        yield from self.missing
        known = cache.Cache.load() if cached else cache.Cache("")
        old = {found.path: self._known(known, found) for found in self.found}
        todo = [found for found in self.found if old[found.path] is None]
        done = workers.ordered(partial(run_file, task=self.task), todo, files.size, jobs)
        for found in self.found:
            report = old[found.path] or self._take(known, next(done))
            if report is not None:
                yield report
        if cached:
            known.save()

    def _known(self, known: cache.Cache, found: files.Found) -> FileReport | None:
        """What the cache says; of use to a repair only where there was nothing to repair."""
        if self.task.texts or not known.entries:
            return None
        report = known.get(found, self.task.settings)
        return None if report and report.diagnostics and self.task.write else report

    def _take(self, known: cache.Cache, done: Done) -> FileReport | None:
        if done.report is None:
            self.skipped += 1
        elif done.stamp and not self.task.unsafe:
            known.put(done.report, self.task.settings, done.stamp, done.content)
        return done.report
