"""Lines that many files of a set share: counted in bounded memory, kept as a template.

A sketch counts in how many files, folder by folder, a line stands at the head, at
the tail or anywhere. It forgets the rarest lines when it grows too large, so a line
in more than one of ``capacity`` files is never lost for good, and its count is too
low by ``missed`` at most. What many files share becomes a template, which reads and
writes as JSON Lines and can be used on files that were not in the set.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

VERSION = 1
EDGE = 8  # lines from head or tail that count as its edge
_LONGEST = 400  # characters of a line that is counted
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]")


def key(line: str) -> str:
    """What a line is counted as: stripped, every number as 0, so that counters and dates agree."""
    return _DIGITS.sub("0", " ".join(line.split()))


class Count(NamedTuple):
    """In how many files a line stands, and in how many of those near the head and the tail."""

    files: int
    head: int = 0
    tail: int = 0

    def plus(self, other: Count) -> Count:
        """The sum of two counts."""
        return Count(self.files + other.files, self.head + other.head, self.tail + other.tail)


@dataclass
class Sketch:
    """How many files share a line, for one folder of a set.

    ``capacity`` bounds the number of lines remembered; ``missed`` is how many files
    a count may be short of.
    """

    capacity: int = 50_000
    files: int = 0
    missed: int = 0
    counts: dict[str, Count] = field(default_factory=dict)

    def add(self, lines: Iterable[str]) -> None:
        """Count the lines of one more file."""
        keys = [key(line) for line in lines if line.strip()]
        self.files += 1
        for line, count in _counted(keys).items():
            self.counts[line] = self.counts[line].plus(count) if line in self.counts else count
        self._prune()

    def merge(self, other: Sketch) -> None:
        """Add what another sketch, of other files of the same folder, has counted."""
        self.files += other.files
        self.missed += other.missed
        for line, count in other.counts.items():
            self.counts[line] = self.counts.get(line, Count(0)).plus(count)
        self._prune()

    def _prune(self) -> None:
        """Forget the rarest lines once there are twice as many as may be kept."""
        if len(self.counts) <= 2 * self.capacity:
            return
        kept = sorted(self.counts.items(), key=lambda pair: -pair[1].files)
        self.missed = max(self.missed, kept[self.capacity][1].files)
        self.counts = dict(kept[: self.capacity])

    def template(self, *, share: float = 0.3, files: int = 5) -> Template:
        """The lines in at least ``share`` of the files and in at least ``files`` of them."""
        least = max(files, share * self.files)
        shared = {line: count for line, count in self.counts.items() if count.files >= least}
        return Template(self.files, shared)


def _counted(keys: list[str]) -> dict[str, Count]:
    """Every distinct line of a file worth counting, with whether it stands at an edge."""
    head, tail = set(keys[:EDGE]), set(keys[-EDGE:])
    worth = {line for line in keys if len(line) <= _LONGEST and _LETTERS.search(line)}
    return {line: Count(1, line in head, line in tail) for line in worth}


@dataclass(frozen=True)
class Template:
    """The lines that many of ``files`` files share."""

    files: int
    lines: Mapping[str, Count]

    def count(self, line: str) -> Count | None:
        """How often a line was seen, None where it is not shared."""
        return self.lines.get(key(line))

    def rows(self, folder: str = "") -> Iterator[str]:
        """The template as JSON Lines: a header, then a line each, the most frequent first."""
        yield json.dumps({"version": VERSION, "folder": folder, "files": self.files}, ensure_ascii=False)
        for line, count in sorted(self.lines.items(), key=lambda pair: (-pair[1].files, pair[0])):
            yield json.dumps({"line": line, **count._asdict()}, ensure_ascii=False)


@dataclass(frozen=True)
class Templates:
    """Templates by folder; the empty folder stands for the whole set."""

    folders: Mapping[str, Template]

    @classmethod
    def learnt(cls, sketches: Mapping[str, Sketch], *, share: float = 0.3, files: int = 5) -> Templates:
        """The templates of sketches by folder, without those that share nothing."""
        found = {folder: sketch.template(share=share, files=files) for folder, sketch in sketches.items()}
        return cls({folder: template for folder, template in found.items() if template.lines})

    def of(self, path: str) -> Template | None:
        """The template of the nearest folder above ``path`` (with forward slashes) that has one."""
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in self.folders:
                return self.folders[folder]
        return self.folders.get("")

    def rows(self) -> Iterator[str]:
        """All templates as JSON Lines."""
        for folder, template in sorted(self.folders.items()):
            yield from template.rows(folder)

    @classmethod
    def read(cls, rows: Iterable[str]) -> Templates:
        """Templates from JSON Lines; raises ValueError for rows that are not what ``rows`` writes."""
        folders: dict[str, tuple[int, dict[str, Count]]] = {}
        lines: dict[str, Count] | None = None
        for row in rows:
            record = _record(row)
            if "version" in record:
                lines = {}
                folders[str(record["folder"])] = (_number(record, "files"), lines)
            elif lines is None:
                raise ValueError("a template begins with its header")
            else:
                counts = (_number(record, name) for name in Count._fields)
                lines[str(record["line"])] = Count(*counts)
        return cls({folder: Template(files, lines) for folder, (files, lines) in folders.items()})


def _record(row: str) -> dict[str, object]:
    record = json.loads(row)
    wanted = (
        {"folder", "files"} if isinstance(record, dict) and "version" in record else {"line", *Count._fields}
    )
    if not isinstance(record, dict) or not wanted <= record.keys():
        raise ValueError(f"not a row of a template: {row[:80]}")
    if record.get("version", VERSION) != VERSION:
        raise ValueError(f"a template of version {record['version']}, not {VERSION}")
    return record


def _number(record: Mapping[str, object], name: str) -> int:
    value = record[name]
    if not isinstance(value, int):
        raise ValueError(f"{name} is not a number: {value!r}")
    return value
