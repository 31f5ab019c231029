"""Parts in Parquet: read some rows at a time, written with their row groups, metadata and compression."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from random import Random
from typing import Any, NamedTuple

from seedlint import arrow
from seedlint.arrow import ColumnError
from seedlint.corpus.batch import Job, Marked, Records, Result, Unit, mark
from seedlint.corpus.bytelines import RUN
from seedlint.corpus.parts import Part, PartError
from seedlint.corpus.spool import Spool

_ROWS = 256  # read at a time


class Slice(NamedTuple):
    """Rows that a unit was made of, as the reader holds them; ``last`` of their row group."""

    rows: Any
    last: bool


@dataclass
class Source:
    """The records of one part, to be read once; the context of a unit is its rows."""

    part: Part
    job: Job
    file: Any = field(default=None, repr=False)

    def __iter__(self) -> Iterator[tuple[Unit, Slice]]:
        error = arrow.load("pyarrow").ArrowException
        with self.part.open() as raw:
            self._open(raw)
            first = 1
            for group in range(self.file.num_row_groups):
                try:
                    yield from self._units(group, first)
                except (OSError, error) as fault:
                    raise PartError(f"row group {group}: {_first_line(fault)}") from fault
                first += self.file.metadata.row_group(group).num_rows

    def drawn(self, share: float, dice: Random, block: int) -> Iterator[Unit]:
        """Blocks of ``block`` bytes of text, each with the chance ``share``; no other group is read."""
        error = arrow.load("pyarrow").ArrowException
        with self.part.open() as raw:
            self._open(raw)
            first = 1
            for group in range(self.file.num_row_groups):
                try:
                    yield from self._drawn(group, first, share, dice, block)
                except (OSError, error) as fault:
                    raise PartError(f"row group {group}: {_first_line(fault)}") from fault
                first += self.file.metadata.row_group(group).num_rows

    def _drawn(self, group: int, first: int, share: float, dice: Random, block: int) -> Iterator[Unit]:
        stored = self.file.metadata.row_group(group)
        index = next(i for i in range(stored.num_columns) if self._is_text(stored.column(i)))
        size = stored.column(index).total_uncompressed_size
        each = max(int(stored.num_rows / max(size / block, 1)), 1)
        drawn = {start // each for start in range(0, stored.num_rows, each) if dice.random() < share}
        if not drawn:
            return
        for number, rows in _blocks(self._batches(group, self.job.columns), each, drawn):
            yield Unit(self.part, first + number * each, _packed(rows, self.job), rows.nbytes)

    def _batches(self, group: int, columns: list[str] | None) -> Iterator[Any]:
        """The rows of a row group, few at a time, as tables."""
        table = arrow.load("pyarrow").Table
        for batch in self.file.iter_batches(_ROWS, row_groups=[group], columns=columns):
            yield table.from_batches([batch])

    def _is_text(self, column: Any) -> bool:
        return bool(column.path_in_schema == self.job.work.column)

    def _open(self, raw: Any) -> None:
        """Read the footer; raises PartError and ColumnError."""
        try:
            self.file = arrow.load("pyarrow.parquet").ParquetFile(raw, buffer_size=RUN, pre_buffer=False)
        except arrow.load("pyarrow").ArrowException as fault:
            raise PartError(f"not Parquet: {_first_line(fault)}") from fault
        self._check()

    def _check(self) -> None:
        """Raises ColumnError where the columns are not as the job needs them."""
        schema = self.file.schema_arrow
        if self.job.work.annotate:
            arrow.lint_schema(schema, column=self.job.work.column)
        arrow.text_type(schema, self.job.work.column)
        for column in self.job.columns:
            if column not in schema.names:
                raise ColumnError(
                    f"there is no column {column!a}; there are {', '.join(map(ascii, schema.names))}"
                )

    def _units(self, group: int, first: int) -> Iterator[tuple[Unit, Slice]]:
        """Units of about RUN bytes of text; one, be it empty, for every row group."""
        stored = self.file.metadata.row_group(group)
        weight = sum(stored.column(index).total_compressed_size for index in range(stored.num_columns))
        done = 0
        for rows in self._runs(group):
            share = weight * rows.num_rows // max(stored.num_rows, 1)
            unit = Unit(self.part, first + done, _packed(rows, self.job), share)
            done += rows.num_rows
            yield unit, Slice(rows, done == stored.num_rows)

    def _runs(self, group: int) -> Iterator[Any]:
        columns = None if self.job.work.fix else self.job.columns
        if self.file.metadata.row_group(group).num_rows:
            yield from _joined(self._batches(group, columns), self.job.work.column)
        else:
            yield self.file.read_row_group(group, columns=columns)


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0].strip()


def _joined(tables: Iterable[Any], column: str) -> Iterator[Any]:
    """The same rows in tables of about RUN bytes of text: small ones together, large ones cut."""
    pa = arrow.load("pyarrow")
    waiting, size = list[Any](), 0
    for rows in (cut for table in tables for cut in _cut(table, column)):
        waiting.append(rows)
        size += rows.column(column).nbytes
        if size >= RUN:
            yield pa.concat_tables(waiting)
            waiting, size = [], 0
    if waiting:
        yield pa.concat_tables(waiting)


def _cut(table: Any, column: str) -> Iterator[Any]:
    each = max(int(table.num_rows / max(table.column(column).nbytes / RUN, 1)), 1)
    return (table.slice(start, each) for start in range(0, table.num_rows, each))


def _blocks(tables: Iterable[Any], each: int, drawn: set[int]) -> Iterator[tuple[int, Any]]:
    """The blocks of ``each`` rows whose numbers were drawn."""
    pa = arrow.load("pyarrow")
    rows = _numbered(tables, each)
    for block, pieces in groupby(rows, key=itemgetter(0)):
        if block in drawn:
            yield block, pa.concat_tables([piece for _, piece in pieces])


def _numbered(tables: Iterable[Any], each: int) -> Iterator[tuple[int, Any]]:
    """The rows with the numbers of their blocks, cut where a block ends."""
    at = 0
    for table in tables:
        start = 0
        while start < table.num_rows:
            size = min(each - at % each, table.num_rows - start)
            yield at // each, table.slice(start, size)
            start, at = start + size, at + size


def _packed(rows: Any, job: Job) -> bytes:
    """The columns that a worker needs, as an Arrow stream; a slice is cut down to its rows."""
    pa = arrow.load("pyarrow")
    columns = {job.work.column: rows.column(job.work.column)}
    columns |= {name: rows.column(column) for name, column in job.carried.items()}
    return _stream(pa.table(columns).combine_chunks())


def _stream(table: Any) -> bytes:
    pa = arrow.load("pyarrow")
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def records(unit: Unit, job: Job) -> Records:
    """The records of a run of rows."""
    pa = arrow.load("pyarrow")
    table = pa.ipc.open_stream(unit.payload).read_all()
    batches = table.combine_chunks().to_batches()
    batch = batches[0] if batches else pa.RecordBatch.from_pylist([], schema=table.schema)
    return Records(batch, list(range(unit.first, unit.first + batch.num_rows)), {})


def process(unit: Unit, job: Job) -> Result:
    """Do one run of rows."""
    pa = arrow.load("pyarrow")
    marked = mark(records(unit, job), job, unit)
    payload = _stream(pa.table(_new(marked, job))) if job.work.fix else b""
    return Result(payload, b"", marked.tally, marked.reports, marked.keep, marked.places)


def _new(marked: Marked, job: Job) -> dict[str, Any]:
    """The columns that are written anew: the text if some of it changed, and what is added."""
    batch = marked.batch
    columns = {job.work.column: batch.column(job.work.column)} if any(marked.changed) else {}
    return columns | ({name: batch.column(name) for name in arrow.ADDED} if job.work.annotate else {})


class Writer:
    """Writes the rows of a part, row group by row group."""

    def __init__(self, stream: Any, source: Source) -> None:
        self._source = source
        schema = source.file.schema_arrow
        if source.job.work.annotate:
            schema = arrow.lint_schema(schema, column=source.job.work.column)
        self._schema = schema
        place = getattr(stream, "name", None)  # on the local disk
        self._rows = Spool(schema, os.path.dirname(place) if isinstance(place, str) else None)
        settings = _settings(source.file, source.job.work.column)
        self._out = arrow.load("pyarrow.parquet").ParquetWriter(stream, schema, **settings)

    def write(self, result: Result, context: Slice, keep: bool = True) -> None:
        """Add the rows of one result that are to be kept (or, with ``keep`` false, dropped)."""
        self._rows.add(_merged(result, context.rows, self._schema, keep))
        if context.last:
            self._flush()

    def _flush(self) -> None:
        with self._rows.taken() as table:
            if table.num_rows:
                self._out.write_table(table.unify_dictionaries(), row_group_size=table.num_rows)

    def close(self) -> None:
        """Write the footer."""
        self._rows.close()
        self._out.close()


def _merged(result: Result, rows: Any, schema: Any, keep: bool) -> Any:
    """The rows with their new columns, in the order of ``schema``, those kept or those dropped."""
    pa = arrow.load("pyarrow")
    new = pa.ipc.open_stream(result.kept).read_all() if result.kept else pa.table({})
    columns = [new.column(name) if name in new.column_names else rows.column(name) for name in schema.names]
    table = pa.table(columns, schema=schema)
    if all(result.keep):
        return table if keep else table.slice(0, 0)
    return table.filter(pa.array([kept is keep for kept in result.keep]))


def _settings(file: Any, changed: str) -> dict[str, Any]:
    """How the file was written, as far as its metadata tells, for a writer of the same."""
    meta = file.metadata
    groups = [meta.row_group(0)] if meta.num_row_groups else []
    columns = [group.column(index) for group in groups for index in range(group.num_columns)]
    names = [column.path_in_schema for column in columns]
    words = {name: column.compression.lower() for name, column in zip(names, columns, strict=True)}
    dictionary = [
        name
        for name, one in zip(names, columns, strict=True)
        if any("DICTIONARY" in word for word in one.encodings)
    ]
    return {
        "version": "1.0" if meta.format_version == "1.0" else "2.6",
        "compression": {name: "none" if word == "uncompressed" else word for name, word in words.items()}
        or "snappy",
        "use_dictionary": dictionary if columns else True,
        "write_statistics": any(column.is_stats_set for column in columns),
        "use_deprecated_int96_timestamps": any(column.physical_type == "INT96" for column in columns),
        "use_compliant_nested_type": not any(".list.item" in name for name in names),
        "store_schema": b"ARROW:schema" in (meta.metadata or {}),
        "sorting_columns": _order(groups[0], names, changed) if groups else None,
    }


def _order(group: Any, names: list[str], changed: str) -> list[Any] | None:
    """The columns by which the rows are sorted, as far as that holds when ``changed`` does."""
    found: list[Any] = []
    for one in group.sorting_columns or ():
        if names[one.column_index] == changed:
            break
        found.append(one)
    return found or None
