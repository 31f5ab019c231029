"""Many files: finds them, lints or repairs each, gives reports in a stable order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from seedlint import files, workers
from seedlint.document import Document
from seedlint.fixer import Outcome, repair
from seedlint.linter import RuleFailed
from seedlint.pieces import keeps_the_rest
from seedlint.project import Project
from seedlint.report import FileReport
from seedlint.settings import Settings

if TYPE_CHECKING:
    from seedlint.cache import Cache
    from seedlint.chrome.templatefile import TemplateFile


class Task(NamedTuple):
    """What to do with every file; ``settings`` are those of a file for which no project gives others.

    ``write`` replaces the files by their repair; ``texts`` keeps the text before and
    after in the report, for a difference. ``journal`` is the folder in which what is
    written is written down before. ``identified`` asks for what identifies the content
    of every file. ``template`` is what the files of each folder share.
    """

    settings: Settings
    write: bool = False
    unsafe: bool = False
    texts: bool = False
    journal: str | None = None
    identified: bool = False
    template: TemplateFile | None = None


def examine(data: bytes, task: Task, path: str | None = None) -> Outcome:
    """Find, and as far as allowed repair, the damage in the bytes of one file.

    Raises files.FileError where they cannot be text in the encoding of the settings: halves of UTF-16.
    """
    settings = task.settings
    try:
        document = Document.from_bytes(data, encoding=settings.encoding, path=path, script=settings.script)
    except UnicodeDecodeError as error:
        raise files.FileError(f"not {settings.encoding}: {error.reason} at byte {error.start:,}") from error
    if task.template is not None and path is not None:
        document.template = task.template.of(path)
    return repair(document, settings.rules, unsafe=task.unsafe)


def report_on(outcome: Outcome, task: Task, path: str) -> FileReport:
    """What one file's report says: what was found, or what a repair has left."""
    shown = outcome.remaining if task.write else outcome.diagnostics
    size = len(outcome.document.text)
    report = FileReport(path, outcome.document.encoding, shown, broken=outcome.broken, size=size)
    if task.write or task.texts:
        report = report._replace(applied=outcome.applied)
    return report._replace(before=outcome.document.text, after=outcome.text) if task.texts else report


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
            _refuse_loss(outcome, data)
            if task.journal is not None:
                from seedlint import journal

                journal.record(task.journal, found.path, data, outcome.data)
            files.write(found.path, outcome.data, stamp)
    except files.FileError as error:
        return Done(FileReport(found.path, error=str(error)))
    except UnicodeEncodeError as error:
        lost = error.object[error.start : error.end]
        return Done(FileReport(found.path, error=f"not written: {error.encoding} has no {lost!a}"))
    except Exception as error:
        return Done(FileReport(found.path, error=fault(error)))
    report = report_on(outcome, task, found.path)
    if report.applied or task.texts or not task.identified:
        return Done(report)
    from seedlint.cache import digest

    return Done(report, stamp, digest(data))


def fault(error: Exception) -> str:
    """What is said of a file on which seedlint itself has failed."""
    if isinstance(error, files.FileError):
        return str(error)
    said = f"{error}" if isinstance(error, RuleFailed) else f"{type(error).__name__}: {error}"
    return f"not examined: {said}; please report this fault of seedlint"


def _refuse_loss(outcome: Outcome, data: bytes) -> None:
    """Raise FileError where writing the text again would change bytes that no fix touched."""
    document = outcome.document
    if document.encoding == outcome.encoding and document.data != data:
        raise files.FileError(f"not written: {document.encoding} writes some of these bytes otherwise")
    edits = [edit for one in outcome.applied if one.fix for edit in one.fix.edits]
    if not keeps_the_rest(document.text, outcome.data, edits, outcome.encoding):
        raise files.FileError(
            "not written: the repair touches bytes that no fix names; please report this fault of seedlint"
        )


class Job(NamedTuple):
    """A file and its settings."""

    found: files.Found
    settings: Settings


def run_job(job: Job, task: Task) -> Done:
    """Lint or repair one file under its own settings."""
    return run_file(job.found, task._replace(settings=job.settings))


@dataclass
class Run:
    """All files below some paths, and what is to be done with them."""

    task: Task
    found: list[Job]
    missing: list[FileReport]
    skipped: int = 0
    excluded: int = 0

    @classmethod
    def over(
        cls,
        paths: Iterable[str],
        task: Task,
        project: Project | None = None,
        wanted: Callable[[str], bool] | None = None,
    ) -> Run:
        """Find the files, of those only the ``wanted`` ones if given.

        A path that is not there becomes a report with an error. Raises seedlint.settings.BadSettings.
        """
        walk, missing = files.Walk(project), list[FileReport]()
        for path in paths:
            try:
                walk.add(path)
            except files.FileError as error:
                missing.append(FileReport(path, error=str(error)))
        found = [one for one in walk.found.values() if wanted is None or wanted(one.path)]
        jobs = [Job(one, project.settings(one.path) if project else task.settings) for one in found]
        return cls(task, jobs, missing, walk.skipped, walk.excluded)

    def reports(self, *, jobs: int | None = None, cached: bool = False) -> Iterator[FileReport]:
        """The reports in the order of the files, as they come; raises workers.WorkerLost.

        ``cached`` takes those of unchanged files from the cache and keeps the others there.
        """
        yield from self.missing
        known = self._cache() if cached else None
        task = self.task._replace(identified=known is not None)
        old = {job.found.path: known and self._known(known, job) for job in self.found}
        todo = [job for job in self.found if old[job.found.path] is None]
        done = workers.ordered(partial(run_job, task=task), todo, lambda job: files.size(job.found), jobs)
        for job in self.found:
            report = old[job.found.path] or self._take(known, job.settings, next(done))
            if report is not None:
                yield report
        if known:
            known.save()

    def _cache(self) -> Cache | None:
        """The cache, unless the run is so small that it would only cost time."""
        from seedlint import cache

        sizes = accumulate(files.size(job.found) for job in self.found)
        return cache.Cache.load() if any(size > cache.PAYS for size in sizes) else None

    @property
    def _template(self) -> str:
        return self.task.template.digest if self.task.template else ""

    def _known(self, known: Cache, job: Job) -> FileReport | None:
        """What the cache says; of use to a repair only where there was nothing to repair."""
        if self.task.texts or not known.entries:
            return None
        report = known.get(job.found, job.settings, self._template)
        return None if report and report.diagnostics and self.task.write else report

    def _take(self, known: Cache | None, settings: Settings, done: Done) -> FileReport | None:
        if done.report is None:
            self.skipped += 1
        elif known and done.stamp and not self.task.unsafe:
            known.put(done.report, settings, done.stamp, done.content, self._template)
        return done.report
