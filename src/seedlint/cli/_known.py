"""What of a report is known already: by the baseline, or at an earlier revision."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from seedlint import baseline, files
from seedlint.baseline import BadBaseline, Comparison, Entry
from seedlint.cli._outputs import Failure
from seedlint.project import BASELINE, Project, relative, root
from seedlint.report import FileReport, Report
from seedlint.visible import visible


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
        """Whether no file of this name is there any more."""
        return name not in self.linted and not os.path.lexists(os.path.join(self.base, name))

    def ran(self, entry: Entry) -> bool:
        """Whether the rule of an entry runs on its file."""
        path = os.path.join(self.base, entry.path)
        return any(rule.code == entry.rule for rule in self.project.settings(path).rules)

    def vanished(self, entry: Entry) -> bool:
        """Whether the place of an unmatched entry is certainly not there any more."""
        return (entry.path in self.linted or self.gone(entry.path)) and self.ran(entry)

    def compare(self, known: Iterable[Entry]) -> Comparison:
        """What of the report is new, and which entries were not found."""
        return baseline.compare(self.entries, known, gone=self.gone, vanished=self.vanished)

    def only(self, new: Iterable[int]) -> Report:
        """The report on nothing but the places of these indexes."""
        wanted, index, kept = set(new), 0, list[FileReport]()
        for file in self.report.files:
            numbered = enumerate(file.diagnostics, index)
            kept.append(replace(file, diagnostics=tuple(one for at, one in numbered if at in wanted)))
            index += len(file.diagnostics)
        known = self.report.known + index - len(wanted)
        return replace(self.report, files=tuple(kept), known=known)


def subtract(report: Report, options: dict[str, Any], paths: tuple[str, ...], project: Project) -> Report:
    """The report without what is known; raises click.ClickException."""
    base = root(paths[0])
    places = Places(report, base, project)
    new, stale = set(range(len(places.entries))), 0
    for judge in _judges(options, places):
        comparison = judge(places)
        new &= set(comparison.new)
        stale += sum(map(places.vanished, comparison.unseen))
    return replace(places.only(new), stale=stale)


def _judges(options: dict[str, Any], places: Places) -> Iterator[Callable[[Places], Comparison]]:
    path = baseline_path(options, places.base)
    if not options["no_baseline"] and (options["baseline"] or os.path.lexists(path)):
        known = load(path)
        yield lambda places: places.compare(known)
