"""What a run has to say: one report a file, and the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from seedlint.diagnostic import Diagnostic, Severity


class FileReport(NamedTuple):
    """One file: what is reported of it, what was repaired, or why it could not be read.

    ``before`` and ``after`` hold the text where a difference is to be shown.
    ``broken`` are fixes withheld because they broke a law of the fixer: our faults.
    """

    path: str
    encoding: str = "utf-8"
    diagnostics: tuple[Diagnostic, ...] = ()
    applied: tuple[Diagnostic, ...] = ()
    broken: tuple[Diagnostic, ...] = ()
    error: str | None = None
    size: int = 0
    before: str = ""
    after: str = ""

    @property
    def changed(self) -> bool:
        """Whether something was repaired, or would be."""
        return bool(self.applied)


@dataclass(frozen=True)
class Report:
    """A whole run, files in a stable order.

    ``skipped`` files are not text by name, ``excluded`` ones left out by settings;
    ``known`` places are not reported because they are no news, ``stale`` entries of
    the baseline stand for damage that is no longer there. ``closing`` are lines that say
    what was counted where that is more than ``files`` hold, the verdict last.
    """

    files: tuple[FileReport, ...]
    skipped: int = 0
    fixing: bool = False
    excluded: int = 0
    known: int = 0
    stale: int = 0
    closing: tuple[str, ...] = ()

    @property
    def diagnostics(self) -> Iterator[tuple[FileReport, Diagnostic]]:
        """Every diagnostic with its file."""
        return ((file, one) for file in self.files for one in file.diagnostics)

    @property
    def errors(self) -> list[FileReport]:
        """The files that could not be read or written."""
        return [file for file in self.files if file.error is not None]

    def by_rule(self) -> Counter[tuple[str, str]]:
        """How many diagnostics each rule (code, name) has."""
        return Counter((one.code, one.name) for _, one in self.diagnostics)

    def by_severity(self) -> Counter[Severity]:
        """How many diagnostics there are of each severity."""
        return Counter(one.severity for _, one in self.diagnostics)

    def summary(self) -> dict[str, object]:
        """The whole in numbers, as JSON values."""
        severities = self.by_severity()
        return {
            "files": len(self.files),
            "files_with_diagnostics": sum(bool(file.diagnostics) for file in self.files),
            "skipped": self.skipped,
            "excluded": self.excluded,
            "known": self.known,
            "stale": self.stale,
            "diagnostics": sum(severities.values()),
            "fixed": sum(len(file.applied) for file in self.files) if self.fixing else 0,
            "by_severity": {severity.value: severities[severity] for severity in Severity},
            "by_rule": {code: count for (code, _), count in sorted(self.by_rule().items())},
        }


class ReportOptions(NamedTuple):
    """How a report is to look: width in terminal cells."""

    color: bool = False
    width: int = 100
    verbose: bool = False
    quiet: bool = False
    statistics: bool = False
    color_system: str = "standard"
