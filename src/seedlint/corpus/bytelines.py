"""Cuts a stream of bytes, compressed or not, into runs of whole records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from seedlint.arrow import load
from seedlint.corpus.batch import Unit
from seedlint.corpus.parts import Part, PartError

RUN = 1 << 20  # bytes of records that a worker is given at once
LONGEST = 64 << 20  # bytes of one record: a file that is none of the format has no record ends

Cut = Callable[[bytes], tuple[int, int]]
"""Where the last whole record of some bytes ends, and how many records are before it."""


@contextmanager
def opened(part: Part) -> Iterator[tuple[Any, Any]]:
    """The bytes of a part decompressed, and the raw file, whose position tells how far it was read."""
    pa = load("pyarrow")
    with part.open() as raw:
        compressed = part.compression and part.size > 0
        yield (pa.CompressedInputStream(raw, part.compression) if compressed else raw), raw


def runs(part: Part, cut: Cut, header: int = 0, size: int = RUN) -> Iterator[Unit]:
    """The records of a part, about ``size`` bytes at a time; ``header`` records come before the first.

    Raises OSError (a compressed stream that breaks off included) and PartError.
    """
    with opened(part) as (stream, raw):
        rest, first, told = b"", 1 - header, 0
        while True:
            read = stream.read(size)
            rest += read
            end, records = cut(rest) if read else (len(rest), 1)
            if not read and not rest:
                return
            if end:
                here = min(raw.tell(), part.size)
                yield Unit(part, first, rest[:end], here - told)
                first, rest, told = first + records, rest[end:], here
            if not read:
                return
            if len(rest) > LONGEST:
                raise PartError(
                    f"record {first} is longer than {LONGEST >> 20} MB: not a set of this format?"
                )


def lines(data: bytes) -> tuple[int, int]:
    """Cut behind the last line feed."""
    end = data.rfind(b"\n") + 1
    return end, data.count(b"\n", 0, end)


@cache
def rows_of(delimiter: str) -> Cut:
    """Cut behind the last record of a CSV file: a line feed inside quotes ends none (RFC 4180)."""
    record = record_of(delimiter)

    def cut(data: bytes) -> tuple[int, int]:
        if b'"' not in data:
            return lines(data)
        end = count = 0
        for match in record.finditer(data):
            if not match[0].endswith(b"\n"):
                break
            end, count = match.end(), count + 1
        return end, count

    return cut


@cache
def record_of(delimiter: str) -> re.Pattern[bytes]:
    """One record with its line feed; ends before a quoted field whose closing quote is not there."""
    mark = re.escape(delimiter).encode()
    text = rb'(?:"(?:[^"]++|"")*+"[^MARK\n]*+|[^MARK"\n][^MARK\n]*+|)'.replace(b"MARK", mark)
    return re.compile(text + b"(?:" + mark + text + rb")*+\n?+")
