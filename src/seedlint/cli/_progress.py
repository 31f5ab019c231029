"""Progress of a long run: a bar on a terminal once it has taken a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

from seedlint.report import FileReport

_PATIENCE = 1.0  # seconds before a bar appears


def shown(reports: Iterable[FileReport], total: int) -> Iterator[FileReport]:
    """The same reports; files and characters read are shown on standard error meanwhile."""
    if not sys.stderr.isatty():
        yield from reports
        return
    bar, start, characters = None, time.monotonic(), 0
    try:
        for done, report in enumerate(reports, 1):
            characters += report.size
            if bar is None and time.monotonic() - start > _PATIENCE and done < total:
                bar = _Bar(total)
            if bar is not None:
                bar.update(done, characters)
            yield report
    finally:
        if bar is not None:
            bar.stop()


class _Bar:
    """A bar of rich, loaded only when a run is long enough to need it."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            BarColumn(),
            TextColumn(
                "{task.completed:,.0f} of {task.total:,.0f} files, {task.fields[millions]:.1f} M characters"
            ),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("", total=total, millions=0.0)
        self._progress.start()

    def update(self, done: int, characters: int) -> None:
        """So many files and characters are done."""
        self._progress.update(self._task, completed=done, millions=characters / 1e6)

    def stop(self) -> None:
        """Take the bar away."""
        self._progress.stop()
