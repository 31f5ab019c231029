"""One part while its results come in: counts, reports, and the files it is written to."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

from seedlint.corpus.batch import Job, Result
from seedlint.corpus.output import Output, Writing, writing
from seedlint.corpus.parts import Part
from seedlint.corpus.tally import Tally
from seedlint.report import FileReport

ASIDE = "_dropped"


@dataclass
class PartDone:
    """A part that is done, or why it could not be; ``earlier`` if a run before this one did it."""

    number: int
    part: Part
    tally: Tally = field(default_factory=Tally)
    reports: list[FileReport] = field(default_factory=list)
    error: str | None = None
    earlier: bool = False


@dataclass
class Doing:
    """A part whose results come in, in order; ``source`` is its reader, ``handler`` its format's module."""

    number: int
    source: Any
    handler: Any
    job: Job
    output: Output | None
    done: PartDone = field(init=False)
    open: ExitStack = field(default_factory=ExitStack)
    files: dict[str, Writing] = field(default_factory=dict)
    writers: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.done = PartDone(self.number, self.part)

    @property
    def part(self) -> Part:
        """What is being done."""
        part: Part = self.source.part
        return part

    def add(self, result: Result, context: Any) -> None:
        """Take one result; raises OutputError."""
        self.done.error = self.done.error or result.error
        if self.done.error:
            return
        self.done.tally += result.tally
        self.done.reports += _room(self.done.reports, result.reports, self.job.shown)
        if self.output is not None:
            with writing(self.output.folder):
                self._write(result, context)

    def _write(self, result: Result, context: Any) -> None:
        if self.job.listed:
            self._file(f"{self.part.relative}.places.jsonl").write(result.places)
        if self.job.work.fix:
            self._writer(self.part.relative).write(result, context)
            aside = f"{ASIDE}/{self.part.relative}"
            if aside in self.writers or result.dropped or not all(result.keep):
                self._writer(aside).write(result, context, keep=False)

    def _file(self, relative: str) -> Writing:
        if relative not in self.files:
            assert self.output is not None
            self.files[relative] = self.open.enter_context(Writing(self.output, relative))
        return self.files[relative]

    def _writer(self, relative: str) -> Any:
        if relative not in self.writers:
            self.writers[relative] = self.handler.Writer(self._file(relative).stream, self.source)
        return self.writers[relative]

    def end(self, error: str | None) -> PartDone:
        """Put the outputs in their places, or, after an error, away; raises OutputError."""
        self.done.error = self.done.error or error or self.done.tally.misnamed(self.job.work.column)
        if self.done.error is None and self.output is not None:
            with self.open:
                self._commit(self.output)
        else:
            self.abandon()
        if self.done.error and self.job.work.fix:
            self.done.tally, self.done.reports = Tally(), []
        return self.done

    def _commit(self, output: Output) -> None:
        with writing(output.folder):
            if self.job.listed:
                self._file(f"{self.part.relative}.places.jsonl")
            if self.job.work.fix:
                self._writer(self.part.relative)
            for writer in self.writers.values():
                writer.close()
            sizes = {relative: file.commit() for relative, file in self.files.items()}
        output.finish(self.part, self.done.tally, sizes)

    def abandon(self) -> None:
        """Leave nothing behind."""
        for writer in self.writers.values():
            with suppress(Exception):
                writer.close()
        self.open.close()


def _room(kept: list[FileReport], new: list[FileReport], most: int) -> list[FileReport]:
    """As many of the new reports as there is room for, of the faults as many again."""
    faults = sum(one.error is not None for one in kept)
    room = {True: most - faults, False: most - len(kept) + faults}
    found = []
    for one in new:
        room[one.error is not None] -= 1
        if room[one.error is not None] >= 0:
            found.append(one)
    return found
