"""What was counted of a part of a set; tallies add up, so parts may be counted anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from seedlint.diagnostic import Diagnostic, Severity


class Fault(StrEnum):
    """Why the text of a record could not be read."""

    NULL = "null"
    MISSING = "without the column"
    NOT_TEXT = "not text"
    BROKEN = "broken"
    FAILED = "failed"

    @property
    def grave(self) -> bool:
        """Whether the run has not done what it was asked to; a null is a value like others."""
        return self is not Fault.NULL


@dataclass
class Tally:
    """Counts over records; every ``Counter`` is keyed by names, so that it can be written as JSON.

    ``damaged`` are the records in which something was found, ``left`` those in which
    something is left; ``places`` and ``severities`` count what is reported (what was
    found, or after a repair what is left), ``fixed`` what was repaired. ``absent`` are
    the records without a column that was asked for besides the text.
    """

    records: int = 0
    characters: int = 0
    damaged: int = 0
    left: int = 0
    dropped: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    fixed: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    absent: Counter[str] = field(default_factory=Counter)

    def place(self, one: Diagnostic) -> None:
        """Count a place that is reported."""
        self.places[f"{one.code} {one.name}"] += 1
        self.severities[one.severity.value] += 1
        self.verdicts[one.verdict.value] += 1
        if isinstance(cause := one.evidence.get("cause"), str):
            self.causes[cause] += 1

    def __iadd__(self, other: Tally) -> Tally:
        for name, value in vars(other).items():
            if isinstance(value, Counter):
                getattr(self, name).update(value)
            else:
                setattr(self, name, getattr(self, name) + value)
        return self

    @classmethod
    def total(cls, tallies: Iterable[Tally]) -> Tally:
        """All of them together."""
        whole = cls()
        for tally in tallies:
            whole += tally
        return whole

    @property
    def grave(self) -> int:
        """How many records could not be done though they should."""
        return sum(self.faults[fault] for fault in Fault if fault.grave)

    def misnamed(self, column: str) -> str | None:
        """What is wrong where no record has the text column, or another that was asked for."""
        without = Counter({column: self.faults[Fault.MISSING]}) + self.absent  # those that are 0 go
        unread = self.faults[Fault.BROKEN]
        found = next((name for name, count in without.items() if count + unread == self.records), None)
        return None if found is None else f"no record has a column {found!a}"

    def worst(self) -> int:
        """The rank of the worst severity that is reported, -1 for none."""
        return max((Severity(name).rank for name, count in self.severities.items() if count), default=-1)

    def value(self) -> dict[str, Any]:
        """The counts as JSON values, names in order."""
        return {
            name: dict(sorted(value.items())) if isinstance(value, Counter) else value
            for name, value in vars(self).items()
        }

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Tally:
        """The tally that ``value`` says."""
        tally = cls()
        for name, one in value.items():
            setattr(tally, name, Counter(one) if isinstance(one, dict) else one)
        return tally
