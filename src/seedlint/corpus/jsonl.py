"""Records as lines of JSON: read without loss, changed in the one value that was repaired."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from seedlint import arrow
from seedlint.arrow import ColumnError
from seedlint.corpus.batch import Faulty, Job, Layout
from seedlint.corpus.tally import Fault
from seedlint.document import encode

_SPACE = " \t\r\n"
_ABSENT = object()
_STRAY = "\udc80-\udcff"
HEADER = 0


class Row(NamedTuple):
    """One record as it stands in the file: its bytes, and the text in it or why there is none.

    ``carried`` are the values of the columns asked for besides the text, ``absent`` those
    of them that the record has not.
    """

    raw: bytes
    text: bytes | None
    fault: Faulty | None = None
    carried: tuple[Any, ...] = ()
    blank: bool = False
    absent: tuple[str, ...] = ()


def rows(payload: bytes, layout: Layout) -> Iterator[Row]:
    """The lines of a run; a blank one is no record but has a number."""
    for raw in payload.splitlines(keepends=True) if b"\r" not in payload else _split(payload):
        yield _row(raw, layout.job) if raw.strip() else Row(raw, None, blank=True)


def _split(payload: bytes) -> Iterator[bytes]:
    """Lines that end at line feeds alone: a bare carriage return is space to JSON."""
    yield from re.findall(rb"[^\n]*\n|[^\n]+", payload)


def _row(raw: bytes, job: Job) -> Row:
    try:
        record = json.loads(raw.decode("utf-8-sig", "surrogateescape"))
    except (ValueError, RecursionError) as error:
        return Row(raw, None, Faulty(Fault.BROKEN, f"not JSON: {_reason(error)}"))
    if not isinstance(record, dict):
        return Row(raw, None, Faulty(Fault.BROKEN, "a JSON value, but not an object"))
    if job.work.annotate and not record.keys().isdisjoint(arrow.ADDED):
        raise ColumnError(
            f"there is a column '{next(name for name in arrow.ADDED if name in record)}' already"
        )
    named = job.carried.values()
    carried = tuple(record.get(column) for column in named)
    row = _read(raw, record.get(job.work.column, _ABSENT), carried, job.work.column)
    absent = tuple(column for column in named if column not in record)
    return row._replace(absent=absent) if absent else row


def _reason(error: Exception) -> str:
    return (
        f"{error.msg} at character {error.colno}" if isinstance(error, json.JSONDecodeError) else "too deep"
    )


def _read(raw: bytes, value: object, carried: tuple[Any, ...], column: str) -> Row:
    if isinstance(value, str):
        return Row(raw, encode(value, "utf-8"), carried=carried)
    if value is None:
        return Row(raw, None, Faulty(Fault.NULL, "null"), carried)
    if value is _ABSENT:
        return Row(raw, None, Faulty(Fault.MISSING, f"no column {column!a}"), carried)
    kind = type(value).__name__
    return Row(raw, None, Faulty(Fault.NOT_TEXT, f"column {column!a} holds {kind}, not text"), carried)


def changed(row: Row, layout: Layout, text: bytes | None, notes: dict[str, Any] | None) -> bytes:
    """The line with another text (None: as it is) and with the notes as further columns."""
    if row.fault and row.fault.fault is Fault.BROKEN:
        return row.raw
    line = row.raw.decode("utf-8", "surrogateescape")
    if text is not None:
        start, end = _span(line, layout.job.work.column)
        line = line[:start] + _spelled(text, line) + line[end:]
    if notes is not None:
        line = _extended(line, notes)
    return line.encode("utf-8", "surrogateescape")


def header_of(layout: Layout) -> bytes:
    """Nothing: lines of JSON have no header."""
    return b""


@cache
def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder()


def _span(line: str, column: str) -> tuple[int, int]:
    """Where the value of a key of the outermost object stands; of two with one name, the last counts."""
    at, found = line.index("{") + 1, (0, 0)
    while True:
        at = _skip(line, at, _SPACE + ",")
        if line[at] == "}":
            return found
        key, at = _decoder().raw_decode(line, at)
        start = _skip(line, at, _SPACE + ":")
        at = _decoder().raw_decode(line, start)[1]
        if key == column:
            found = (start, at)


def _skip(line: str, at: int, chars: str) -> int:
    while line[at] in chars:
        at += 1
    return at


def _spelled(data: bytes, line: str) -> str:
    """A text as JSON, in ASCII if the line is; a stray byte stays one only where the line has some."""
    stray = _STRAY if re.search(f"[{_STRAY}]", line) else ""
    spelled = json.dumps(_decoded(data, bool(stray)), ensure_ascii=line.isascii())
    lone = re.compile(f"(?![{stray}])[\ud800-\udfff]" if stray else "[\ud800-\udfff]")
    return lone.sub(lambda match: f"\\u{ord(match[0]):04x}", spelled)


def _decoded(data: bytes, stray: bool) -> str:
    """The inverse of seedlint.document.encode: a lone surrogate that was escaped is one again."""
    try:
        return data.decode("utf-8", "surrogateescape" if stray else "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def _extended(line: str, notes: dict[str, Any]) -> str:
    """The object with more keys, written as closely as the line is."""
    end = line.rindex("}")
    tight = '": ' not in line
    inside = json.dumps(notes, separators=(",", ":") if tight else (", ", ": "))[1:-1]
    comma = "" if line[line.index("{") + 1 : end].strip() == "" else "," if tight else ", "
    return line[:end].rstrip(_SPACE) + comma + inside + line[end:]
