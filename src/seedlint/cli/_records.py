"""Progress of a run over records: how many, how fast, how long still."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from seedlint.corpus.doing import PartDone
from seedlint.corpus.engine import Progress
from seedlint.corpus.parts import Part

_Event = TypeVar("_Event")
_EVERY = {True: 0.5, False: 30.0}  # seconds between two lines: on a terminal, in a log


@dataclass
class Pace:
    """What is done of what there is; time left goes by the bytes of the parts."""

    total: int
    parts: int
    started: float = field(default_factory=time.monotonic)
    records: int = 0
    weight: int = 0
    skipped: int = 0
    done: int = 0

    def add(self, event: object) -> None:
        """Count one event; what an earlier run has done tells nothing of the pace."""
        if isinstance(event, Progress):
            self.records, self.weight = self.records + event.records, self.weight + event.weight
        if isinstance(event, PartDone):
            self.done += 1
            self.skipped += event.part.size if event.earlier else 0

    def line(self, now: float) -> str:
        """``3 of 8 parts, 1,200,000 records, 41,000 records/s, 2:05 left``."""
        seconds = max(now - self.started, 1e-6)
        rest = max(self.total - self.skipped - self.weight, 0)
        left = f", {_clock(rest * seconds / self.weight)} left" if self.weight else ""
        pace = f"{self.records:,} records, {self.records / seconds:,.0f} records/s"
        return f"{self.done:,} of {self.parts:,} parts, {pace}{left}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def shown(events: Iterable[Progress | PartDone], parts: Sequence[Part]) -> list[PartDone]:
    """The parts that are done; progress goes to standard error meanwhile."""
    return [event for event in followed(events, parts) if isinstance(event, PartDone)]


def followed(events: Iterable[_Event], parts: Sequence[Part], share: float = 1.0) -> Iterator[_Event]:
    """The same events; progress goes to standard error meanwhile. ``share`` of the bytes is to be read."""
    pace = Pace(round(sum(part.size for part in parts) * share), len(parts))
    terminal, told = sys.stderr.isatty(), time.monotonic()
    try:
        for event in events:
            pace.add(event)
            if (now := time.monotonic()) - told > _EVERY[terminal]:
                told = now
                sys.stderr.write(f"\r\x1b[K{pace.line(now)}" if terminal else f"{pace.line(now)}\n")
                sys.stderr.flush()
            yield event
    finally:
        if terminal:
            sys.stderr.write("\r\x1b[K")
