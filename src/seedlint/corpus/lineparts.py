"""Parts that are lines of bytes (JSONL, CSV): read, done and written."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from seedlint import arrow
from seedlint.corpus import jsonl, rows
from seedlint.corpus.batch import Job, Layout, Marked, Records, Result, Unit, mark
from seedlint.corpus.bytelines import RUN, lines, record_of, rows_of, runs
from seedlint.corpus.jsonl import Row
from seedlint.corpus.parts import Part

_FORMATS: dict[str, Any] = {"jsonl": jsonl, "csv": rows}


@dataclass
class Source:
    """The records of one part, to be read once; the context of a unit is nothing."""

    part: Part
    job: Job
    header: bytes = b""

    @property
    def layout(self) -> Layout:
        """How its records are written."""
        return Layout(self.header, self.part.delimiter, self.job)

    def __iter__(self) -> Iterator[tuple[Unit, None]]:
        return ((unit, None) for unit in self._units(RUN))

    def drawn(self, share: float, dice: Random, block: int) -> Iterator[Unit]:
        """Blocks of about ``block`` bytes, each with the chance ``share``; all of the part is read."""
        return (unit for unit in self._units(block) if dice.random() < share)

    def _units(self, size: int) -> Iterator[Unit]:
        headers = _FORMATS[self.part.format].HEADER
        cut = lines if self.part.format == "jsonl" else rows_of(self.part.delimiter)
        for number, unit in enumerate(runs(self.part, cut, headers, size)):
            shown = self._behind_header(unit) if number == 0 and headers else unit
            if shown.payload:
                yield shown._replace(header=self.header)

    def _behind_header(self, unit: Unit) -> Unit:
        """Take the first record as the header; raises seedlint.arrow.ColumnError."""
        match = record_of(self.part.delimiter).match(unit.payload)
        self.header = match[0] if match else unit.payload
        _FORMATS[self.part.format].header_of(self.layout)
        return unit._replace(payload=unit.payload[len(self.header) :], first=1)


def records(unit: Unit, job: Job) -> Records:
    """The records of a run of lines; ``rows`` are all of its lines, the blank ones too."""
    read: list[Row] = [*_FORMATS[unit.part.format].rows(unit.payload, _layout(unit, job))]
    full = [row for row in read if not row.blank]
    numbers = [unit.first + index for index, row in enumerate(read) if not row.blank]
    faults = {index: row.fault for index, row in enumerate(full) if row.fault}
    absent = Counter(column for row in full for column in row.absent)
    return Records(_batch(full, unit, job), numbers, faults, read, absent)


def _layout(unit: Unit, job: Job) -> Layout:
    return Layout(unit.header, unit.part.delimiter, job)


def process(unit: Unit, job: Job) -> Result:
    """Do one run of records."""
    found = records(unit, job)
    marked = mark(found, job, unit)
    written = _written(found.rows, marked, unit, _layout(unit, job)) if job.work.fix else (b"", b"")
    return Result(*written, marked.tally, marked.reports, places=marked.places)


def _batch(read: list[Row], unit: Unit, job: Job) -> Any:
    """The records as Arrow has them: the text, in JSON always UTF-8, and the name if there is one."""
    pa = arrow.load("pyarrow")
    texts = pa.array([row.text for row in read], pa.large_binary())
    if unit.part.format == "jsonl":
        options = arrow.load("pyarrow.compute").CastOptions(
            target_type=pa.large_string(), allow_invalid_utf8=True
        )
        texts = arrow.load("pyarrow.compute").cast(texts, options=options)
    columns = {job.work.column: texts}
    for index, name in enumerate(job.carried):
        values = (row.carried[index] if row.carried else None for row in read)
        columns[name] = pa.array([None if one is None else _spelled(one) for one in values], pa.string())
    return pa.record_batch(list(columns.values()), names=list(columns))


def _spelled(value: object) -> str:
    """A value that names or groups records; what UTF-8 cannot hold is escaped."""
    return str(value).encode("utf-8", "backslashreplace").decode()


def _written(read: Sequence[Row], marked: Marked, unit: Unit, layout: Layout) -> tuple[bytes, bytes]:
    """The bytes of the records kept and of those dropped, compressed if gzip is to be written."""
    form, job = _FORMATS[unit.part.format], layout.job
    texts = arrow.values(marked.batch.column(job.work.column))
    notes = marked.batch.select(arrow.ADDED).to_pylist() if job.work.annotate else [None] * len(texts)
    kept, dropped, index = list[bytes](), list[bytes](), 0
    for row in read:
        if row.blank:
            kept.append(row.raw)
            continue
        text = texts[index] if marked.changed[index] else None
        untouched = text is None and notes[index] is None
        raw = row.raw if untouched else form.changed(row, layout, text, notes[index])
        (kept if marked.keep[index] else dropped).append(raw)
        index += 1
    pack = _member if unit.part.compression == "gzip" else bytes
    return pack(b"".join(kept)), pack(b"".join(dropped))


def _member(data: bytes) -> bytes:
    """A member of a gzip file; members one after another are a gzip file (RFC 1952)."""
    return gzip.compress(data, 6, mtime=0) if data else b""


class _Open:
    """A stream that stays open when a compressor that writes to it is closed."""

    closed = False

    def __init__(self, stream: Any) -> None:
        self.write, self.flush = stream.write, stream.flush

    def close(self) -> None:
        self.closed = True


class Writer:
    """Writes the lines of a part as they come; ``stream`` is closed by who opened it."""

    def __init__(self, stream: Any, source: Source) -> None:
        pa = arrow.load("pyarrow")
        self._part = source.part
        zstd = source.part.compression == "zstd"
        self._out = pa.CompressedOutputStream(pa.PythonFile(_Open(stream), "w"), "zstd") if zstd else stream
        self._empty = True
        header = _FORMATS[self._part.format].header_of(source.layout)
        self._add(_member(header) if self._part.compression == "gzip" else header)

    def write(self, result: Result, context: None, keep: bool = True) -> None:
        """Add the lines of one result that are kept (or, with ``keep`` false, dropped)."""
        self._add(result.kept if keep else result.dropped)

    def _add(self, data: bytes) -> None:
        if data:
            self._out.write(data)
            self._empty = False

    def close(self) -> None:
        """End the compression."""
        if self._part.compression == "gzip" and self._empty:
            self._out.write(gzip.compress(b"", 6, mtime=0))
        if self._part.compression == "zstd":
            self._out.close()
