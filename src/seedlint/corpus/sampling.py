"""Draws records of a set at random, in clusters, reading no more than it must.

The clusters are blocks of neighbouring records; of lines that are not compressed only
the drawn blocks are read at all. A set of many parts is drawn in two stages: parts
first, blocks of those then, and the parts are the clusters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from seedlint.arrow import ColumnError
from seedlint.corpus.batch import Job, Unit
from seedlint.corpus.bytelines import opened
from seedlint.corpus.engine import Numbered, Step, handler
from seedlint.corpus.parts import Part, PartError

BLOCK = 1 << 14  # bytes of a block of records
_MANY = 200  # parts from which on parts are drawn first
_LEAST = 100  # parts that are then drawn at least
_LOOKED = 10  # parts that are looked at to guess the number of records
_LOOK = 1 << 18  # bytes of them


@dataclass(frozen=True)
class Plan:
    """What is drawn: ``share`` of the blocks, from ``parts`` alone; 1 is everything."""

    parts: tuple[Numbered, ...]
    total: int
    share: float
    seed: int = 0
    by_part: bool = False

    @property
    def inner(self) -> float:
        """The share of blocks within a part that was drawn."""
        return min(self.share * self.total / max(len(self.parts), 1), 1.0) if self.by_part else self.share

    @property
    def drawn(self) -> float:
        """The share of clusters drawn."""
        return len(self.parts) / self.total if self.by_part and self.share < 1 else self.share


def plan(parts: Sequence[Part], records: int | None, seed: int = 0) -> Plan:
    """How to draw about so many records (None: all of them)."""
    numbered = tuple(enumerate(parts))
    share = 1.0 if records is None else min(records / max(guess(parts), 1), 1.0)
    if share >= 1 or len(parts) < _MANY:
        return Plan(numbered, len(parts), share, seed)
    count = max(round(share * len(parts)), _LEAST)
    drawn = sorted(Random(f"{seed} parts").sample(numbered, count))
    return Plan(tuple(drawn), len(parts), share, seed, by_part=True)


def guess(parts: Sequence[Part]) -> int:
    """About how many records there are, by the sizes of all parts and the beginnings of some."""
    every = max(len(parts) // _LOOKED, 1)
    looked = [(part.size, _records(part)) for part in parts[::every]]
    known = sum(size for size, count in looked if count)
    per_byte = sum(count for _, count in looked) / known if known else 0.0
    return round(per_byte * sum(part.size for part in parts))


def _records(part: Part) -> float:
    """About how many records a part has; 0 where it cannot be read."""
    try:
        if part.format == "parquet":
            from seedlint.arrow import load

            with part.open() as raw:
                return float(load("pyarrow.parquet").ParquetFile(raw).metadata.num_rows)
        with opened(part) as (stream, raw):
            data = stream.read(_LOOK << 6 if part.compression else _LOOK)  # the compressed is read ahead
            return float((data.count(b"\n") or 1) * part.size / max(min(raw.tell(), part.size), 1))
    except (OSError, ValueError):
        return 0.0


def steps(plan: Plan, job: Job) -> Iterator[Step]:
    """The drawn units of every part, then its end or its failure."""
    for number, part in plan.parts:
        source = handler(part).Source(part, job)
        dice = Random(f"{plan.seed} {part.relative}")
        try:
            for unit in _units(part, source, plan.inner, dice):
                yield Step(number, source, unit)
            yield Step(number, source)
        except (OSError, PartError, ColumnError) as error:
            yield Step(number, source, error=str(error).partition("\n")[0])


def _units(part: Part, source: object, share: float, dice: Random) -> Iterator[Unit]:
    if share >= 1:
        yield from (unit for unit, _ in source)  # type: ignore[attr-defined]
    elif part.format == "parquet":
        yield from source.drawn(share, dice, BLOCK)  # type: ignore[attr-defined]
    elif part.format == "jsonl" and part.compression is None:
        yield from _windows(part, share, dice)
    else:
        yield from source.drawn(share, dice, BLOCK)  # type: ignore[attr-defined]


def _windows(part: Part, share: float, dice: Random) -> Iterator[Unit]:
    """The lines that begin in drawn windows of the file; their numbers are not known, their places are."""
    with part.open() as raw:
        for start in range(0, part.size, BLOCK):
            if dice.random() < share:
                begin, data = _lines_from(raw, start, min(start + BLOCK, part.size))
                yield Unit(part, 0, data, BLOCK, offset=begin)


def _lines_from(raw: object, start: int, end: int) -> tuple[int, bytes]:
    """Where the first line of a window begins, and all lines that begin in it, to their ends."""
    before = max(start - 1, 0)
    raw.seek(before)  # type: ignore[attr-defined]
    data: bytes = raw.read(end - before)  # type: ignore[attr-defined]
    skipped = data.find(b"\n") + 1 if start else 0
    if start and not skipped:
        return end, b""
    while not data.endswith(b"\n") and (more := raw.read(BLOCK)):  # type: ignore[attr-defined]
        cut = more.find(b"\n") + 1
        data += more[:cut] if cut else more
        if cut:
            break
    return before + skipped, data[skipped:]
