"""The report of a run over records: some of them in full, all of them in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from seedlint.corpus.doing import PartDone
from seedlint.corpus.tally import Fault, Tally
from seedlint.diagnostic import Severity
from seedlint.report import FileReport, Report


@dataclass(frozen=True)
class CorpusReport(Report):
    """What was found in all records; ``files`` are those that are shown, as many as were asked for."""

    tally: Tally = field(default_factory=Tally)

    def by_rule(self) -> Counter[tuple[str, str]]:
        """How many places each rule (code, name) has in all records."""
        return Counter({_code(key): count for key, count in self.tally.places.items()})

    def by_severity(self) -> Counter[Severity]:
        """How many places there are of each severity in all records."""
        return Counter({Severity(key): count for key, count in self.tally.severities.items()})

    def summary(self) -> dict[str, object]:
        """The whole in numbers; ``records`` counts what was read, ``files`` what is listed."""
        return {
            **super().summary(),
            "fixed": self.tally.fixed.total(),
            "records": self.tally.value(),
        }


def _code(key: str) -> tuple[str, str]:
    code, _, name = key.partition(" ")
    return code, name


def report(done: Sequence[PartDone], fixing: bool, shown: int) -> CorpusReport:
    """The report on all parts, whatever order they were done in."""
    parts = sorted(done, key=lambda one: one.number)
    tally = Tally.total(part.tally for part in parts)
    broken = [FileReport(part.part.path, error=part.error) for part in parts if part.error is not None]
    faults = [one for part in parts for one in part.reports if one.error is not None][:shown]
    told = [one for part in parts for one in part.reports if one.error is None][:shown]
    files = tuple(broken + faults + told)
    closing = tuple(_closing(parts, tally, fixing, len(told)))
    return CorpusReport(files, fixing=fixing, closing=closing, tally=tally)


def _closing(parts: Sequence[PartDone], tally: Tally, fixing: bool, told: int) -> Iterator[str]:
    yield from _rules(tally, fixing)
    for cause, count in tally.causes.most_common(5):
        yield f"Likely cause: {cause} ({counted(count, 'place')})."
    hidden = (tally.left if fixing else tally.damaged) - told
    if hidden > 0 and told:
        yield f"{counted(hidden, 'more damaged record')} not shown; --show N shows more, --output all."
    earlier = sum(part.earlier for part in parts)
    if earlier:
        yield f"{counted(earlier, 'part')} done by an earlier run; what they hold is counted, not shown."
    yield from _faults(tally, fixing)
    yield _verdict(parts, tally, fixing)


def counted(count: int, noun: str) -> str:
    """``1 part``, ``1,234 parts``."""
    return f"{count:,} {noun}" + "s" * (count != 1)


def _rules(tally: Tally, fixing: bool) -> Iterator[str]:
    """A table: places, and after a repair how many were repaired, a row a rule."""
    names = sorted({*tally.places, *tally.fixed})
    width = max((len(name) for name in names), default=0)
    if names:
        yield "rule".ljust(width) + ("        left     repaired" if fixing else "      places")
    for name in names:
        fixed = f"{tally.fixed[name]:>13,}" if fixing else ""
        yield f"{name.ljust(width)}{tally.places[name]:>12,}{fixed}"


def _faults(tally: Tally, fixing: bool) -> Iterator[str]:
    """Every record whose text was not read is accounted for."""
    for fault in Fault:
        if count := tally.faults[fault]:
            passed = f", passed on as {'it is' if count == 1 else 'they are'}" if fixing else ""
            yield f"{counted(count, 'record')} {fault.value}: not examined{passed}."


def _verdict(parts: Sequence[PartDone], tally: Tally, fixing: bool) -> str:
    places = tally.places.total()
    failed = sum(part.error is not None for part in parts)
    found = f"Fixed {counted(tally.fixed.total(), 'place')}, " if fixing else ""
    found += f"{counted(places, 'place')} {'left' if fixing else 'found'} in "
    found += f"{tally.left if fixing else tally.damaged:,} of {counted(tally.records, 'record')}"
    found += f" in {counted(len(parts) - failed, 'part')}"
    found += f"; {counted(tally.dropped, 'record')} dropped" if tally.dropped else ""
    return found + (f"; {counted(failed, 'part')} could not be done." if failed else ".")


def status(done: Sequence[PartDone], report: CorpusReport, least: int) -> int:
    """The exit status: 2 where something could not be done, 1 where damage of rank ``least`` is reported."""
    if any(part.error is not None for part in done) or report.tally.grave:
        return 2
    return int(report.tally.worst() >= least)
