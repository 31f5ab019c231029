"""Two versions of a set, or of a folder of files: what happened to every text in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

from seedlint import arrow, files
from seedlint.arrow import Work
from seedlint.corpus import sampling
from seedlint.corpus.batch import ID, Job, Records, Unit
from seedlint.corpus.engine import Step, handler, mapped
from seedlint.corpus.judging import Judged, Kind, Pair
from seedlint.corpus.parts import Part, PartError, find
from seedlint.corpus.tally import Tally
from seedlint.visible import escaped

VERSION = 1
EXAMPLES = 5  # changes shown of every reason
_TOGETHER = 1 << 18  # bytes of texts that a worker is given at once
_GONE = "record dropped"
_NEW = "record added"


class Text(NamedTuple):
    """One text: what it is called for the user, what pairs it with its other version, its bytes.

    ``fault`` says why a record has no text though it should.
    """

    place: str
    key: str
    data: bytes
    fault: str | None = None


class Versions(NamedTuple):
    """A text in two versions; None where there is only one."""

    place: str
    before: bytes | None
    after: bytes | None
    fault: str | None = None


class Example(NamedTuple):
    """A change shown: where it is, before and after."""

    place: str
    before: str
    after: str


@dataclass
class Audit:
    """All changes counted by what they are and why, some of each shown."""

    texts: int = 0
    changed: int = 0
    harmed: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[Example]] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, other: Audit) -> None:
        """Add what was judged elsewhere."""
        self.texts, self.changed, self.harmed = (
            self.texts + other.texts,
            self.changed + other.changed,
            self.harmed + other.harmed,
        )
        self.counts.update(other.counts)
        self.faults.update(other.faults)
        for key, shown in other.examples.items():
            mine = self.examples.setdefault(key, [])
            mine += shown[: EXAMPLES - len(mine)]

    def judge(self, versions: Versions, found: Sequence[Judged]) -> None:
        """Count the changes of one text."""
        if versions.fault:
            self.faults[versions.fault] += 1
            return
        self.texts += 1
        self.changed += bool(found)
        self.harmed += any(one.kind is Kind.HARM for one in found)
        for one in found:
            self.counts[one.kind.value, one.reason] += 1
            shown = self.examples.setdefault((one.kind.value, one.reason), [])
            if len(shown) < EXAMPLES:
                shown.append(Example(versions.place, one.before, one.after))

    def total(self, kind: Kind) -> int:
        """How many changes are of a kind."""
        return sum(count for (name, _), count in self.counts.items() if name == kind.value)

    def value(self) -> dict[str, Any]:
        """Everything as JSON values."""
        return {
            "version": VERSION,
            "texts": self.texts,
            "changed": self.changed,
            "harmed": self.harmed,
            "faults": dict(sorted(self.faults.items())),
            "changes": {kind.value: self.total(kind) for kind in Kind},
            "reasons": [self._reason(*key, count) for key, count in self.counts.most_common()],
        }

    def _reason(self, kind: str, reason: str, count: int) -> dict[str, Any]:
        shown = [
            {name: escaped(text) for name, text in one._asdict().items()}
            for one in self.examples[kind, reason]
        ]
        return {"kind": kind, "reason": reason, "count": count, "examples": shown}


def audit(before: str, after: str, job: Job, jobs: int) -> Audit:
    """Judge every change between two versions; raises PartError and seedlint.workers.WorkerLost."""
    whole = Audit()
    for _, found in mapped(_judge, _steps(_versions(before, after, job)), job, jobs):
        if found is not None:
            whole.add(found)
    if not whole.texts and not whole.faults:
        raise PartError(f"{before}: no texts there, and none in {after}")
    return whole


def _steps(pairs: Iterable[Versions]) -> Iterator[Step]:
    """Pairs in bundles, as workers are given them."""
    bundle, size = list[Versions](), 0
    for one in pairs:
        bundle.append(one)
        size += len(one.before or b"") + len(one.after or b"")
        if size > _TOGETHER:
            yield Step(0, None, bundle)
            bundle, size = [], 0
    if bundle:
        yield Step(0, None, bundle)


def _judge(bundle: list[Versions], job: Job) -> Audit:
    found = Audit()
    for one in bundle:
        found.judge(one, [*judged(one, job.work)])
    return found


def judged(versions: Versions, work: Work) -> Iterator[Judged]:
    """Every change between the versions of one text."""
    before, after = versions.before, versions.after
    if versions.fault:
        return
    if before is None or after is None:
        yield _whole(before, after, work)
    elif before != after:
        yield from Pair(before, after, work).judged()


def _whole(before: bytes | None, after: bytes | None, work: Work) -> Judged:
    """A text that is only there before or after: to leave one out is no change of its text."""
    text = (before or after or b"").decode("utf-8", "backslashreplace")[:40]
    if before is None:
        return Judged(Kind.NEUTRAL, _NEW, "", text)
    outcome = work.repair(before)
    if not outcome.diagnostics:
        return Judged(Kind.NEUTRAL, f"sound {_GONE}", text, "")
    lost = arrow.verdict(outcome.diagnostics) == "lost"
    return Judged(Kind.REPAIR if lost else Kind.NEUTRAL, f"{'lost' if lost else 'damaged'} {_GONE}", text, "")


def _versions(before: str, after: str, job: Job) -> Iterator[Versions]:
    """The texts of both sides in pairs."""
    sides = [_records(path) for path in (before, after)]
    if sides[0] is None or sides[1] is None:
        yield from _of_files(before, after)
    elif job.id_column:
        yield from _by_name(sides[0], sides[1], job)
    else:
        yield from _by_place(sides[0], sides[1], job)


def _records(path: str) -> list[Part] | None:
    """The parts of a set of records; None for a folder of text files."""
    try:
        return find([path])
    except PartError:
        return None


def _of_files(before: str, after: str) -> Iterator[Versions]:
    old, new = _walked(before), _walked(after)
    for key in sorted({*old, *new}):
        yield Versions(old.get(key) or new[key], _content(old.get(key)), _content(new.get(key)))


def _content(path: str | None) -> bytes | None:
    if path is None:
        return None
    try:
        return files.read(path)[0]
    except files.FileError as error:
        raise PartError(f"{path}: {error}") from error


def _walked(path: str) -> dict[str, str]:
    """The text files of a folder by their place in it; a file alone has none."""
    import os

    walk = files.Walk()
    try:
        walk.add(path)
    except files.FileError as error:
        raise PartError(f"{path}: {error}") from error
    whole = len(walk.found) == 1 and os.path.isfile(path)
    return {"" if whole else os.path.relpath(found.path, path): found.path for found in walk.found.values()}


def _texts(parts: Sequence[Part], job: Job) -> Iterator[Text]:
    """The texts of all records in order; raises PartError where a part cannot be read."""
    read = Tally()
    for step in sampling.steps(sampling.plan(parts, None), job):
        if step.unit:
            records = handler(step.unit.part).records(step.unit, job)
            read += _lacking(records)
            yield from _of_unit(step.unit, records, job)
            continue
        if error := step.error or read.misnamed(job.work.column):
            raise PartError(f"{step.source.part.path}: {error}")
        read = Tally()


def _lacking(records: Records) -> Tally:
    """How many records there are, and what they lack."""
    faults = Counter(str(one.fault) for one in records.faults.values())
    return Tally(len(records.numbers), faults=faults, absent=Counter(records.absent))


def _of_unit(unit: Unit, records: Records, job: Job) -> Iterator[Text]:
    names = records.batch.column(ID).to_pylist() if job.id_column else records.numbers
    texts = arrow.values(records.batch.column(job.work.column))
    for row, (number, name, text) in enumerate(zip(records.numbers, names, texts, strict=True)):
        faulty = records.faults.get(row)
        fault = faulty.fault.value if faulty and faulty.fault.grave else None
        yield Text(f"{unit.part.path}#{number}", str(name), text or b"", fault)


def _by_place(before: Sequence[Part], after: Sequence[Part], job: Job) -> Iterator[Versions]:
    from itertools import zip_longest

    for old, new in zip_longest(_texts(before, job), _texts(after, job)):
        if old is None or new is None:
            raise PartError(
                "the versions have different numbers of records: name what pairs them by --id-column"
            )
        yield Versions(old.place, old.data, new.data, old.fault or new.fault)


def _by_name(before: Sequence[Part], after: Sequence[Part], job: Job) -> Iterator[Versions]:
    """Pairs by id, in one walk through both: what is left keeps its order. Eight bytes of memory a record."""
    there = {_digest(text.key) for text in _texts(after, job)}
    rest = _texts(after, job)
    for old in _texts(before, job):
        if _digest(old.key) not in there:
            yield Versions(old.place, old.data, None)
            continue
        for new in rest:
            if new.key == old.key:
                yield Versions(old.place, old.data, new.data, old.fault or new.fault)
                break
            yield Versions(new.place, None, new.data)
        else:
            raise PartError(f"{old.place}: the versions do not have their records in the same order")
    yield from (Versions(new.place, None, new.data) for new in rest)


def _digest(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "backslashreplace"), digest_size=8).digest())
