"""Tables of contents at the head of a page: runs of short lines that stand again below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seedlint.chrome.gate import TOP
from seedlint.chrome.lines import Kind, Line, Lines

_BULLET = re.compile(r"[•·○●▪◦∙‣]\s*|\d{1,2}(?:\.\d{1,2})*[.、．]?\s+")
_MARKS = re.compile(r"\W+")
_ENTRY = 60  # characters of an entry
_ENTRIES = 3  # entries that stand again below


def contents(lines: Lines) -> frozenset[int]:
    """Indices of the lines of a table of contents at the head: a run whose lines mostly stand again below.

    Markdown lists and links are somebody's writing and do not count.
    """
    if not lines.marked:
        return frozenset()
    return frozenset(
        index for run in _dense_runs(lines[:TOP]) if _stands_below(run, lines.strings) for index in run
    )


def _stands_below(run: Sequence[int], strings: Sequence[str]) -> bool:
    if not any(_BULLET.match(strings[index]) for index in run):
        return False
    below = {_plain(text) for text in strings[run[-1] + 1 :] if len(text) <= _ENTRY}
    again = sum(len(plain) > 1 and plain in below for plain in (_plain(strings[index]) for index in run))
    return again >= _ENTRIES and again * 2 > len(run)


def _dense_runs(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Runs of short lines without Markdown and without blank lines, three and more."""
    run: list[int] = []
    for index, line in enumerate(lines):
        listed = len(line.text) <= _ENTRY and line.kind is Kind.TEXT
        if run and (not listed or line.after_gap):
            yield from [run] if len(run) >= _ENTRIES else []
            run = []
        if listed:
            run.append(index)
    yield from [run] if len(run) >= _ENTRIES else []


def _plain(text: str) -> str:
    return _MARKS.sub("", _BULLET.sub("", text, count=1)).lower()
