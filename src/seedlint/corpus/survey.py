"""What a set looks like: damage by rule and by column, with intervals where it was sampled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Any, NamedTuple

from seedlint import __version__, arrow
from seedlint.corpus.batch import BY, ID, Job, Records, Unit
from seedlint.corpus.doing import PartDone
from seedlint.corpus.engine import Progress, handler, mapped
from seedlint.corpus.filters import covered
from seedlint.corpus.intervals import Base, Part, Share, design_effect, estimate
from seedlint.corpus.sampling import Plan, steps
from seedlint.corpus.tally import Tally
from seedlint.diagnostic import Diagnostic, Severity
from seedlint.fixer import Outcome
from seedlint.visible import escaped

VERSION = 1
WORST = 20  # records shown
VALUES = 10_000  # values of a column counted apart; what comes after counts as OTHER
OTHER = "(other values)"
NULL = "(null)"
LEVELS = (0.001, 0.01, 0.1, 0.5, 1.0)  # upper ends of the shares of characters that are counted apart
_WEIGHTS = {Severity.ERROR: 100, Severity.WARNING: 10, Severity.INFO: 1}

Key = tuple[int, str]  # index of a column and a value of it; (-1, "") is the whole set
WHOLE: Key = (-1, "")


class Bad(NamedTuple):
    """A record that is among the worst: by its damaged characters, weighed by severity."""

    weight: int
    place: str
    name: str | None
    codes: dict[str, int]
    damage: float
    excerpt: str


@dataclass
class Measure:
    """What was counted in one unit: by key, how many records and characters, and how many of what."""

    records: Counter[Key] = field(default_factory=Counter)
    characters: Counter[Key] = field(default_factory=Counter)
    hit: dict[Key, Counter[str]] = field(default_factory=dict)
    places: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    absent: Counter[str] = field(default_factory=Counter)
    worst: list[Bad] = field(default_factory=list)
    error: str | None = None

    @property
    def read(self) -> Tally:
        """How many records there were, and what they lack."""
        records = self.records[WHOLE] + self.faults.total()
        return Tally(records, faults=self.faults, absent=self.absent)

    def add(self, other: Measure) -> None:
        """Add what was counted in another unit of the same cluster."""
        for name in ("records", "characters", "places", "causes", "verdicts", "faults", "levels", "absent"):
            getattr(self, name).update(getattr(other, name))
        for key, counts in other.hit.items():
            self.hit.setdefault(key, Counter()).update(counts)
        self.worst = _worst([*self.worst, *other.worst])


def measure(unit: Unit, job: Job) -> Measure:
    """Examine the records of one unit."""
    found = Measure()
    try:
        records = handler(unit.part).records(unit, job)
    except arrow.ColumnError as error:
        return Measure(error=str(error))
    found.absent.update(records.absent)
    column = records.batch.column(job.work.column)
    encoding, keys = arrow.encoding_of(column, job.work), _keys(records, job)
    for row, text in enumerate(arrow.values(column)):
        if text is None:
            fault = records.faults.get(row)
            found.faults[fault.fault.value if fault else "null"] += 1
        else:
            _count(found, keys[row], job.work.repair(text, encoding), _name(records, row, unit, job))
    return found


def _keys(records: Records, job: Job) -> list[list[Key]]:
    """What every record counts for: the whole, and its value in every column asked for."""
    keys = [[WHOLE] for _ in range(records.batch.num_rows)]
    for index, width in enumerate(job.widths):
        for row, value in enumerate(records.batch.column(f"{BY}{index}").to_pylist()):
            keys[row].append((index, NULL if value is None else str(value)[:width]))
    return keys


def _name(records: Records, row: int, unit: Unit, job: Job) -> tuple[str, str | None]:
    """What a record is called: ``part#17``, or ``part@4096`` by the byte where it begins; and its id."""
    name = str(records.batch.column(ID)[row].as_py()) if job.id_column else None
    if unit.offset is None:
        return f"{unit.part.path}#{records.numbers[row]}", name
    before = records.rows[: records.numbers[row] - unit.first]
    return f"{unit.part.path}@{unit.offset + sum(len(one.raw) for one in before)}", name


def _count(found: Measure, keys: list[Key], outcome: Outcome, name: tuple[str, str | None]) -> None:
    places, text = outcome.diagnostics, outcome.document.text
    inside, size = covered(places), len(text)
    codes = Counter(f"{one.code} {one.name}" for one in places)
    for key in keys:
        found.records[key] += 1
        found.characters[key] += size
        if places:
            hits = found.hit.setdefault(key, Counter())
            hits.update({"": 1, "characters": inside})
            hits.update(codes.keys())
    damage = inside / size if size else float(bool(places))
    found.levels[_level(damage) if places else "sound"] += 1
    if places:
        _tell(found, places, codes)
        weight = sum(_WEIGHTS[one.severity] * max(one.span.end - one.span.start, 1) for one in places)
        bad = Bad(weight, name[0], name[1], dict(codes), damage, _excerpt(text, places))
        found.worst = _worst([*found.worst, bad])


def _worst(found: list[Bad]) -> list[Bad]:
    return nlargest(WORST, found, key=lambda one: (one.weight, one.place))


def _level(damage: float) -> str:
    return _named(next(level for level in LEVELS if damage <= level))


def _tell(found: Measure, places: Sequence[Diagnostic], codes: Counter[str]) -> None:
    found.places.update(codes)
    for one in places:
        found.verdicts[one.verdict.value] += 1
        if isinstance(cause := one.evidence.get("cause"), str):
            found.causes[cause] += 1


def _excerpt(text: str, places: Sequence[Diagnostic]) -> str:
    """The text around the gravest place."""
    gravest = max(places, key=lambda one: (one.severity.rank, one.span.end - one.span.start))
    start = max(gravest.span.start - 20, 0)
    return text[start : start + 100]


@dataclass
class Survey:
    """All that was counted, cluster by cluster, in memory that the size of the set does not touch."""

    plan: Plan
    job: Job
    clusters: int = 0
    sums: Measure = field(default_factory=Measure)
    records: dict[Key, Base] = field(default_factory=dict)
    characters: dict[Key, Base] = field(default_factory=dict)
    hit: dict[Key, dict[str, Part]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    _known: Counter[int] = field(default_factory=Counter)

    def cluster(self, found: Measure) -> None:
        """Take one cluster."""
        self.clusters += 1
        self.sums.add(found)
        for key, records in found.records.items():
            kept = self._kept(key)
            self.records.setdefault(kept, Base()).add(records)
            self.characters.setdefault(kept, Base()).add(found.characters[key])
            for name, count in found.hit.get(key, {}).items():
                of = found.characters[key] if name == "characters" else records
                self.hit.setdefault(kept, {}).setdefault(name, Part()).add(count, of)

    def _kept(self, key: Key) -> Key:
        """The key itself, or that of all other values once a column has too many."""
        if key in self.records or key[0] < 0:
            return key
        if self._known[key[0]] >= VALUES:
            return (key[0], OTHER)
        self._known[key[0]] += 1
        return key

    def share(self, key: Key, name: str) -> Share:
        """The share of the records of ``key`` with a rule (of its characters: ``characters``; any: empty)."""
        bases = self.characters if name == "characters" else self.records
        hits = self.hit.get(key, {})
        whole = design_effect(hits.get("", Part()), self.records.get(key, Base()), self.clusters)
        return estimate(hits.get(name, Part()), bases.get(key, Base()), self.clusters, self.plan.drawn, whole)

    def rules(self, key: Key) -> list[str]:
        """The rules that found something there."""
        return sorted(self.hit.get(key, {}).keys() - {"", "characters"})

    def value(self) -> dict[str, Any]:
        """Everything as JSON values, names in order."""
        return {
            "version": VERSION,
            "seedlint": __version__,
            "parts": self.plan.total,
            "bytes": sum(part.size for _, part in self.plan.parts),
            "sample": None if self.plan.share >= 1 else self._sample(),
            "records": self.sums.records[WHOLE],
            "characters": self.sums.characters[WHOLE],
            "damaged": self.share(WHOLE, "").value(),
            "damaged_characters": self.share(WHOLE, "characters").value(),
            "rules": {name: self._rule(name) for name in self.rules(WHOLE)},
            "verdicts": dict(sorted(self.sums.verdicts.items())),
            "levels": {name: self.sums.levels[name] for name in ("sound", *map(_named, LEVELS))},
            "causes": dict(self.sums.causes.most_common()),
            "columns": {column: self._column(index) for index, column in enumerate(self.job.by)},
            "worst": [_bad(one) for one in self.sums.worst],
            "faults": dict(sorted(self.sums.faults.items())),
            "errors": {escaped(path): escaped(error) for path, error in self.errors.items()},
        }

    def _sample(self) -> dict[str, Any]:
        kind = "parts" if self.plan.by_part else "blocks"
        return {"share": self.plan.share, "clusters": self.clusters, "kind": kind, "seed": self.plan.seed}

    def _rule(self, name: str) -> dict[str, Any]:
        return {**self.share(WHOLE, name).value(), "places": self.sums.places[name]}

    def _column(self, index: int) -> dict[str, Any]:
        """Every value with its damage, those with most damaged records first."""
        keys = [key for key in self.records if key[0] == index]
        keys.sort(key=lambda key: (-self.hit.get(key, {}).get("", Part()).total, key[1]))
        return {escaped(value): self._group((index, value)) for _, value in keys}

    def _group(self, key: Key) -> dict[str, Any]:
        rules = {name: self.share(key, name).value()["share"] for name in self.rules(key)}
        return {"records": int(self.records[key].total), **self.share(key, "").value(), "rules": rules}


def _named(level: float) -> str:
    return f"up to {level:.1%}"


def _bad(one: Bad) -> dict[str, Any]:
    return {
        "place": escaped(one.place),
        "id": one.name and escaped(one.name),
        "codes": one.codes,
        "damage": float(f"{one.damage:.4g}"),
        "excerpt": escaped(one.excerpt),
    }


def survey(plan: Plan, job: Job, jobs: int) -> Iterator[Progress | PartDone | Survey]:
    """Examine what was drawn: progress, and at the end the survey; raises seedlint.workers.WorkerLost."""
    whole, cluster, part = Survey(plan, job), Measure(), Tally()
    for step, found in mapped(measure, steps(plan, job), job, jobs):
        error = found.error if found else step.error or part.misnamed(job.work.column)
        if found is not None and step.unit is not None:
            cluster.add(found)
            part += found.read
            yield Progress(found.records[WHOLE], step.unit.weight)
        else:
            part = Tally()
            yield PartDone(step.number, step.source.part)
        if error:
            whole.errors[step.source.part.path] = error
        if (found is None) is plan.by_part:
            whole.cluster(cluster)
            cluster = Measure()
    yield whole
