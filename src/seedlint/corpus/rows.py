"""Records as rows of CSV (RFC 4180): read without loss, changed in the one field that was repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from seedlint import arrow
from seedlint.arrow import ColumnError
from seedlint.corpus.batch import Faulty, Layout
from seedlint.corpus.bytelines import record_of
from seedlint.corpus.jsonl import Row
from seedlint.corpus.tally import Fault

HEADER = 1
_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r?\n?\Z")


def names(header: bytes, delimiter: str) -> list[str]:
    """The names of the columns."""
    fields = _fields(header.removeprefix(_BOM), delimiter)
    return [_plain(one).decode("utf-8", "backslashreplace") for one in fields]


def _fields(raw: bytes, delimiter: str) -> list[bytes]:
    """The fields as they are written, quotes and all."""
    return [match[1] for match in _field(delimiter).finditer(_LINE_END.sub(b"", raw, count=1))]


@cache
def _field(delimiter: str) -> re.Pattern[bytes]:
    mark = re.escape(delimiter).encode()
    one = rb'((?:"(?:[^"]++|"")*+")?+[^MARK]*+)'.replace(b"MARK", mark)
    return re.compile(rb"(?:\A|(?<=" + mark + rb"))" + one + rb"(?:" + mark + rb"|\Z)", re.DOTALL)


def _plain(field: bytes) -> bytes:
    if len(field) > 1 and field[:1] == field[-1:] == b'"':
        return field[1:-1].replace(b'""', b'"')
    return field


def header_of(layout: Layout) -> bytes:
    """The header to write; raises ColumnError where the columns are not as the job needs them.

    A file of no bytes, as cluster engines write them for a part without rows, has none.
    """
    if not layout.header:
        return b""
    known = names(layout.header, layout.delimiter)
    for column in layout.job.columns:
        if known.count(column) != 1:
            fault = "several columns are called" if column in known else "there is no column"
            raise ColumnError(f"{fault} {column!a}; there are {', '.join(map(ascii, known))}")
    if not layout.job.work.annotate:
        return layout.header
    if taken := [name for name in arrow.ADDED if name in known]:
        raise ColumnError(f"there is a column '{taken[0]}' already")
    return _appended(layout.header, layout.delimiter, [name.encode() for name in arrow.ADDED])


def _appended(raw: bytes, delimiter: str, fields: list[bytes]) -> bytes:
    end = _LINE_END.search(raw)
    assert end is not None
    mark = delimiter.encode()
    return raw[: end.start()] + mark + mark.join(fields) + end[0]


def rows(payload: bytes, layout: Layout) -> Iterator[Row]:
    """The records of a run; an empty line is none but has a number."""
    columns = names(layout.header, layout.delimiter)
    for match in record_of(layout.delimiter).finditer(payload):
        if match.end() < len(payload) and not match[0].endswith(b"\n"):
            yield Row(
                payload[match.start() :], None, Faulty(Fault.BROKEN, "a quote is opened and never closed")
            )
            return
        if match[0]:
            yield (_row(match[0], columns, layout) if match[0].strip() else Row(match[0], None, blank=True))


def _row(raw: bytes, columns: list[str], layout: Layout) -> Row:
    job, fields = layout.job, _fields(raw, layout.delimiter)
    if len(fields) != len(columns):
        message = f"{len(fields)} fields where the header names {len(columns)}"
        return Row(raw, None, Faulty(Fault.BROKEN, message))
    named = [fields[columns.index(column)] for column in job.carried.values()]
    carried = tuple(_plain(one).decode("utf-8", "replace") for one in named)
    return Row(raw, _plain(fields[columns.index(job.work.column)]), carried=carried)


def changed(row: Row, layout: Layout, text: bytes | None, notes: dict[str, Any] | None) -> bytes:
    """The record with another text (None: as it is) and with the notes as further fields."""
    if row.fault and row.fault.fault is Fault.BROKEN:
        return row.raw
    raw = row.raw
    if text is not None:
        index = names(layout.header, layout.delimiter).index(layout.job.work.column)
        raw = _replaced(raw, index, text, layout.delimiter)
    if notes is None:
        return raw
    values = [notes[name] for name in arrow.ADDED]
    spelled = [" ".join(value) if isinstance(value, list) else value or "" for value in values]
    return _appended(raw, layout.delimiter, [value.encode() for value in spelled])


def _replaced(raw: bytes, index: int, text: bytes, delimiter: str) -> bytes:
    match = list(_field(delimiter).finditer(_LINE_END.sub(b"", raw, count=1)))[index]
    quoted = match[1][:1] == b'"' or re.search(rb'["\r\n]', text) or delimiter.encode() in text
    field = b'"' + text.replace(b'"', b'""') + b'"' if quoted else text
    return raw[: match.start(1)] + field + raw[match.end(1) :]
