"""Where the time goes: the stages of a run over one text, each without what it asks others for.

`benchmarks/speed.py --only stages` prints and writes them.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import Any
from unittest import mock

from seedlint import linter
from seedlint.document import Document
from seedlint.fixer import repair
from seedlint.registry import select

MOST = 8  # stages shown of one text
_PROPERTIES = ("characters", "unusual", "ideographic", "line_starts", "regions", "suppressions")


class Clock:
    """Seconds of every stage, less those of the stages inside it."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inside = [0.0]

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Count what is done inside for ``stage``."""
        start = time.perf_counter()
        self._inside.append(0.0)
        yield
        taken = time.perf_counter() - start
        self.seconds[stage] += taken - self._inside.pop()
        self._inside[-1] += taken


def stages(pieces: list[bytes], rounds: int) -> Iterator[tuple[str, float]]:
    """The dearest stages of linting ``pieces`` with all rules: name and share of the whole."""
    rules, clock = select(), Clock()
    work = [repair(Document.from_bytes(piece), rules) for piece in pieces]  # the tables are loaded
    with _timed(clock):
        start = time.perf_counter()
        for _ in range(rounds):
            work = [repair(Document.from_bytes(piece), rules) for piece in pieces]
        whole = time.perf_counter() - start
    del work
    dearest = sorted(clock.seconds.items(), key=lambda item: -item[1])[:MOST]
    yield from ((stage, taken / whole) for stage, taken in dearest)


@contextmanager
def _timed(clock: Clock) -> Iterator[None]:
    """Every analysis, property of a document, gate and check goes through the clock."""
    with ExitStack() as stack:
        for name in _PROPERTIES:
            stack.enter_context(mock.patch.object(Document, name, _property(clock, name)))
        stack.enter_context(mock.patch.object(Document, "analysis", _analysis(clock)))
        stack.enter_context(mock.patch.object(linter, "_by", _by(clock)))
        yield


def _property(clock: Clock, name: str) -> cached_property[Any]:
    compute = vars(Document)[name].func

    def value(document: Document) -> Any:
        with clock(f"`Document.{name}`"):
            return compute(document)

    timed = cached_property(value)
    timed.__set_name__(Document, name)
    return timed


def _analysis(clock: Clock) -> Callable[[Document, Callable[[Document], Any]], Any]:
    asked = Document.analysis

    def analysis(document: Document, compute: Callable[[Document], Any]) -> Any:
        if compute in document._analyses:
            return document._analyses[compute]
        with clock(f"`{compute.__module__.removeprefix('seedlint.')}.{compute.__qualname__}`"):
            return asked(document, compute)

    return analysis


def _by(clock: Clock) -> Callable[[Any, Document], Any]:
    asked = linter._by

    def by(rule: Any, document: Document) -> Any:
        with clock(f"{rule.code} itself"):
            return asked(rule, document)

    return by
