"""What of a report is known already: by the baseline, or at an earlier revision."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from seedlint import baseline, files
from seedlint.baseline import BadBaseline, Comparison, Entry
from seedlint.cli._outputs import Failure
from seedlint.project import BASELINE, Project, relative, root
from seedlint.report import FileReport, Report
from seedlint.runner import Task, examine
from seedlint.visible import visible

if TYPE_CHECKING:
    from seedlint.git import Blob, Since


def baseline_path(options: dict[str, Any], base: str) -> str:
    """The file that ``--baseline`` names, else that at the root ``base`` of the project."""
    return options["baseline"] or os.path.join(base, BASELINE)


def load(path: str) -> list[Entry]:
    """The entries of a baseline; raises click.ClickException, also where there is none."""
    try:
        return baseline.parse(files.read(path)[0].decode())
    except (files.FileError, BadBaseline, UnicodeDecodeError) as error:
        message = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise Failure(f"baseline {visible(path)}: {message}") from error


@dataclass
class Places:
    """The places of a report as entries, and the files that they stand in."""

    report: Report
    base: str
    project: Project

    @cached_property
    def linted(self) -> dict[str, FileReport]:
        """The files that were read, by their path from the root."""
        return {self.name(file.path): file for file in self.report.files if file.error is None}

    def name(self, path: str) -> str:
        """A path as entries have it."""
        return relative(path, self.base)

    @cached_property
    def entries(self) -> list[Entry]:
        """An entry for every diagnostic, in the order of the report."""
        return [baseline.entry(one, self.name(file.path)) for file, one in self.report.diagnostics]

    def gone(self, name: str) -> bool:
        """Whether no file of this name is there any more; of one outside the project nothing is asked."""
        if self.is_outside(name):
            return False
        return name not in self.linted and not os.path.lexists(os.path.join(self.base, name))

    def is_outside(self, name: str) -> bool:
        """Whether an entry names a file outside the project that this run has not read."""
        way = os.path.normpath(name).split(os.sep)
        return name not in self.linted and (way[0] == os.pardir or os.path.isabs(name))

    def ran(self, entry: Entry) -> bool:
        """Whether the rule of an entry runs on its file."""
        path = os.path.join(self.base, entry.path)
        return any(rule.code == entry.rule for rule in self.project.settings(path).rules)

    def vanished(self, entry: Entry) -> bool:
        """Whether the place of an unmatched entry is certainly not there any more."""
        return (entry.path in self.linted or self.gone(entry.path)) and self.ran(entry)

    def compare(self, known: Iterable[Entry], order: Sequence[int] | None = None) -> Comparison:
        """Indexes of what is new in the report, and the entries that were not found.

        Of several copies the last are new, in the order of the report or in ``order``.
        """
        order = order or range(len(self.entries))
        found = [self.entries[index] for index in order]
        new, unseen = baseline.compare(found, known, gone=self.gone, vanished=self.vanished)
        return Comparison([order[at] for at in new], unseen)

    def only(self, new: Iterable[int]) -> Report:
        """The report on nothing but the places of these indexes."""
        wanted, index, kept = set(new), 0, list[FileReport]()
        for file in self.report.files:
            numbered = enumerate(file.diagnostics, index)
            kept.append(file._replace(diagnostics=tuple(one for at, one in numbered if at in wanted)))
            index += len(file.diagnostics)
        known = self.report.known + index - len(wanted)
        return replace(self.report, files=tuple(kept), known=known)


@dataclass
class Known:
    """What is known before anything is read; ``since`` is None where no revision was named."""

    project: Project
    base: str
    entries: list[Entry] | None = None
    since: Since | None = None

    @classmethod
    def of(cls, options: dict[str, Any], paths: tuple[str, ...], project: Project) -> Known:
        """What the command line asks for; raises click.ClickException."""
        place = options["stdin_filename"] or "." if paths == ("-",) else paths[0]
        base = root(place)
        path = baseline_path(options, base)
        wanted = not options["no_baseline"] and (options["baseline"] or os.path.lexists(path))
        since = _since(options["new_since"], base) if options["new_since"] is not None else None
        return cls(project, base, load(path) if wanted else None, since)

    def touched(self, path: str) -> bool:
        """Whether a file may hold anything that is not known."""
        return self.since is None or self.since.touched(relative(path, self.since.top))

    def subtract(self, report: Report) -> Report:
        """The report on what is not known; raises click.ClickException."""
        index = sum(len(file.diagnostics) for file in report.files)
        places, new, stale = Places(report, self.base, self.project), set(range(index)), 0
        if self.entries is not None:
            new_here, unseen = places.compare(self.entries)
            new &= set(new_here)
            stale = sum(map(places.vanished, unseen))
        if self.since is not None and new:
            new &= set(Earlier(report, self.since, self.project).new())
        return replace(places.only(new), stale=stale)


def _since(revision: str, folder: str) -> Since:
    from seedlint.git import GitError, Since

    try:
        return Since.revision(revision, folder)
    except GitError as error:
        raise Failure(f"--new-since: {visible(str(error))}") from error


def _has_copies(found: Iterable[Entry], known: Iterable[Entry]) -> bool:
    """Whether there is more of something than was known, so that one must be said to be the new one."""
    here, there = Counter(found), Counter(known)
    return any(count > there[one] > 0 for one, count in here.items())


@dataclass
class Earlier:
    """The damage that stood in the files of a report at an earlier revision."""

    report: Report
    since: Since
    project: Project

    def new(self) -> list[int]:
        """Indexes of the places that were not there; raises click.ClickException.

        What was in other files is looked at only where something seems new: it may
        have moved.
        """
        places = Places(self.report, self.since.top, self.project)
        order: Sequence[int] = range(len(places.entries))
        with_damage = [places.name(file.path) for file in self.report.files if file.diagnostics]
        known = [one for name in with_damage for one in self._before(name, self.since.blob(name))]
        if _has_copies(places.entries, known):
            order = self._untouched_lines_first(places)
        new = places.compare(known, order).new
        if new:
            others = self.since.before.keys() & places.linted.keys() - set(with_damage)
            known += [one for name in sorted(others) for one in self._before(name, self.since.before[name])]
            known += [one for blob in self.since.removed for one in self._before(blob.path, blob)]
            new = places.compare(known, order).new
        return new

    def _untouched_lines_first(self, places: Places) -> list[int]:
        """The places in an order in which, of several copies, those on new lines are the new ones."""
        added = {file.path: self.since.added(places.name(file.path)) for file in self.report.files}
        lines = [
            one.location is not None and one.location.start.line in added[file.path]
            for file, one in self.report.diagnostics
        ]
        return sorted(range(len(lines)), key=lines.__getitem__)

    def _before(self, name: str, blob: Blob | None) -> Iterator[Entry]:
        """The damage of a file as it was, under today's settings of ``name``."""
        path = os.path.join(self.since.top, name)
        if blob is None or self.project.leaves_out(path) is not None:
            return
        data = self._content(blob)
        if not files.is_binary(data):
            outcome = examine(data, Task(self.project.settings(path)), name)
            yield from (baseline.entry(one, name) for one in outcome.diagnostics)

    def _content(self, blob: Blob) -> bytes:
        from seedlint.git import GitError

        try:
            return self.since.content(blob)
        except GitError as error:
            raise Failure(f"--new-since: {visible(blob.path)}: {visible(str(error))}") from error
