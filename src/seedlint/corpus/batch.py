"""One batch of records as a worker does it: the same for every format and every engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint import arrow
from seedlint.arrow import Work
from seedlint.corpus.filters import keeps, measures
from seedlint.corpus.parts import Part
from seedlint.corpus.tally import Fault, Tally
from seedlint.diagnostic import Diagnostic
from seedlint.fixer import Outcome
from seedlint.report import FileReport, Report, ReportOptions

if TYPE_CHECKING:
    import pyarrow as pa

    from seedlint.chrome.sketch import Template, Templates

# Columns of a batch besides the text: what names a record, its site, what it is counted by.
ID, SITE, BY = "seedlint_id", "seedlint_site", "seedlint_by_"


@dataclass(frozen=True, slots=True)
class Job:
    """What a run does with every part.

    ``shown`` damaged records of every batch are reported in full; ``listed`` writes
    every place as a line of JSON. ``drop`` names verdicts, ``keep_if`` is an expression.
    ``templates`` holds the lines that the records of a site share, by ``site_column``.
    ``by`` names columns to count by, ``widths`` how many characters of each are looked at.
    """

    work: Work
    id_column: str | None = None
    shown: int = 1000
    listed: bool = False
    drop: tuple[str, ...] = ()
    keep_if: str | None = None
    site_column: str | None = None
    templates: Templates | None = None
    by: tuple[str, ...] = ()
    widths: tuple[int | None, ...] = ()

    @property
    def filters(self) -> bool:
        """Whether records can be dropped."""
        return bool(self.drop or self.keep_if)

    @property
    def columns(self) -> list[str]:
        """The columns to read."""
        return list(dict.fromkeys([self.work.column, *self.carried.values()]))

    @property
    def carried(self) -> dict[str, str]:
        """The columns of a batch besides the text, and what they are called in the set."""
        named = {ID: self.id_column, SITE: self.site_column}
        named |= {f"{BY}{index}": column for index, column in enumerate(self.by)}
        return {name: column for name, column in named.items() if column is not None}


class Unit(NamedTuple):
    """A run of records of a part: what a worker is sent.

    ``first`` is the number of the first record, from 1; ``payload`` lines or an Arrow
    stream; ``weight`` the bytes of the part that were read for it. Where a file was not
    read from its beginning, ``offset`` in bytes stands for the number.
    """

    part: Part
    first: int
    payload: bytes
    weight: int
    header: bytes = b""
    offset: int | None = None


class Layout(NamedTuple):
    """How the records of a part of lines are written: its first record, what parts fields, what is done."""

    header: bytes
    delimiter: str
    job: Job


class Result(NamedTuple):
    """What a worker sends back: bytes to write, records kept aside, counts and reports."""

    kept: bytes
    dropped: bytes
    tally: Tally
    reports: list[FileReport]
    keep: Sequence[bool] = ()
    places: bytes = b""
    error: str | None = None


class Records(NamedTuple):
    """The records of a unit as a batch, with their numbers and what could not be read of them.

    ``absent`` counts the records without a column that was asked for besides the text.
    """

    batch: pa.RecordBatch
    numbers: list[int]
    faults: dict[int, Faulty]
    rows: Sequence[Any] = ()
    absent: Mapping[str, int] = {}


class Faulty(NamedTuple):
    """Why a record was not read, with a word on it."""

    fault: Fault
    message: str


@dataclass
class Marked:
    """A batch that was examined: what becomes of its rows, and what is said of them."""

    batch: pa.RecordBatch
    keep: list[bool]
    changed: list[bool]
    tally: Tally
    reports: list[FileReport] = field(default_factory=list)
    places: bytes = b""


def mark(records: Records, job: Job, unit: Unit) -> Marked:
    """Examine the texts of the records; the rest of the batch is carried along."""
    marked = _Marking(records.batch, job, unit, dict(records.faults), records.numbers).run()
    marked.tally.absent.update(records.absent)
    return marked


@dataclass
class _Marking:
    batch: pa.RecordBatch
    job: Job
    unit: Unit
    faults: dict[int, Faulty]
    rows: list[int]

    def run(self) -> Marked:
        column = self.batch.column(self.job.work.column)
        texts = arrow.values(column)
        encoding = arrow.encoding_of(column, self.job.work)
        templates = self.templates()
        outcomes = [
            self.outcome(row, text, encoding, templates[row] if templates else None)
            for row, text in enumerate(texts)
        ]
        written = [self.data(row, text, outcomes) for row, text in enumerate(texts)]
        reports = [*self.reports(outcomes)]
        return Marked(
            arrow.rewritten(self.batch, written, outcomes, self.job.work),
            [self.keeps(outcome) for outcome in outcomes],
            [old != new for old, new in zip(texts, written, strict=True)],
            self.tally(outcomes),
            [*self.shown(reports)],
            _lines(reports) if self.job.listed else b"",
        )

    def templates(self) -> list[Template | None]:
        """What the site of every record puts on its pages; empty where that is not known."""
        if not self.job.templates:
            return []
        known = self.job.templates.folders
        return [known.get(str(site)) for site in self.batch.column(SITE).to_pylist()]

    def outcome(
        self, row: int, text: bytes | None, encoding: str, template: Template | None
    ) -> Outcome | None:
        """None where there is no text, or where a fault of our own was met."""
        if text is None:
            self.faults.setdefault(row, Faulty(Fault.NULL, "null"))
            return None
        try:
            return self.job.work.repair(text, encoding, template)
        except Exception as error:
            self.faults[row] = Faulty(Fault.FAILED, f"seedlint failed: {type(error).__name__}: {error}")
            return None

    def data(self, row: int, text: bytes | None, outcomes: list[Outcome | None]) -> bytes | None:
        """The text to write: as it came, unless it was repaired."""
        outcome = outcomes[row]
        if outcome is None or not (self.job.work.fix and outcome.changed):
            return text
        try:
            return outcome.data
        except UnicodeEncodeError as error:
            lost = error.object[error.start : error.end]
            self.faults[row] = Faulty(Fault.FAILED, f"not written: {error.encoding} has no {lost!a}")
            outcomes[row] = None
            return text

    def keeps(self, outcome: Outcome | None) -> bool:
        """Whether the record stays; one that could not be read does, since nothing is known of it."""
        if outcome is None or not self.job.filters:
            return True
        left = self.job.work.left(outcome)
        if arrow.verdict(left) in self.job.drop:
            return False
        fixes = len(outcome.applied) if self.job.work.fix else 0
        return not self.job.keep_if or keeps(self.job.keep_if, measures(outcome.text, left, fixes))

    def tally(self, outcomes: list[Outcome | None]) -> Tally:
        tally = Tally(records=len(outcomes))
        tally.faults.update(faulty.fault.value for faulty in self.faults.values())
        for outcome in filter(None, outcomes):
            left = self.job.work.left(outcome)
            tally.characters += len(outcome.document.text)
            tally.damaged += bool(outcome.diagnostics)
            tally.left += bool(left)
            tally.dropped += not self.keeps(outcome)
            for one in left:
                tally.place(one)
            if self.job.work.fix:
                tally.fixed.update(f"{one.code} {one.name}" for one in outcome.applied)
        return tally

    def reports(self, outcomes: list[Outcome | None]) -> Iterator[FileReport]:
        """A report on every record of which there is something to say."""
        for row, outcome in enumerate(outcomes):
            path = f"{self.unit.part.path}#{self.rows[row]}"
            faulty = self.faults.get(row)
            if faulty and faulty.fault.grave:
                yield FileReport(path, error=faulty.message)
            elif outcome and (outcome.diagnostics or outcome.broken):
                yield self.report(row, path, outcome)

    def report(self, row: int, path: str, outcome: Outcome) -> FileReport:
        place = self.place(row)
        return FileReport(
            path,
            outcome.document.encoding,
            tuple(_placed(one, place) for one in self.job.work.left(outcome)),
            applied=tuple(map(arrow.portable, outcome.applied)) if self.job.work.fix else (),
            broken=tuple(map(arrow.portable, outcome.broken)),
            size=len(outcome.document.text),
        )

    def place(self, row: int) -> dict[str, Any]:
        """Which record this is, for the evidence of its diagnostics: every report shows it."""
        name = self.job.id_column
        named = {"id": self.batch.column(ID)[row].as_py()} if name else {}
        return {"record": self.rows[row], **named, "column": self.job.work.column}

    def shown(self, reports: list[FileReport]) -> Iterator[FileReport]:
        """As many as are asked for, of the faults as many again, so that neither hides the other."""
        told = [one for one in reports if one.error is None and (one.diagnostics or one.broken)]
        yield from [one for one in reports if one.error is not None][: self.job.shown]
        yield from told[: self.job.shown]


def _placed(one: Diagnostic, place: dict[str, Any]) -> Diagnostic:
    return replace(arrow.portable(one), evidence={**place, **one.evidence})


def _lines(reports: list[FileReport]) -> bytes:
    """Every place as a line of JSON, without the summary that ends such a report."""
    from seedlint.reporters.jsonl import render

    text = render(Report(tuple(reports)), ReportOptions())
    return text[: text.rindex("\n", 0, -1) + 1].encode() if text.count("\n") > 1 else b""
