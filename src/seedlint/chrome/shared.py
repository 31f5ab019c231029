"""Blocks of a document that many other files have too, as a template tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from seedlint.chrome.folding import normal
from seedlint.chrome.lines import STRUCTURE, Line, Lines
from seedlint.chrome.phrases import ChromeClass, Use, match
from seedlint.chrome.removal import Cut, cuts
from seedlint.chrome.sketch import Count, Template
from seedlint.document import Document

_CAREFUL = frozenset({ChromeClass.CREDIT_LINE, ChromeClass.LEGAL_NOTICE})
_FILES = 10  # files that must share a block before it may go safely
_SHARE = 0.5
_PLACED = 0.9  # share of them in which it stands at the same edge


class SharedBlock(NamedTuple):
    """Neighbouring lines that other files have too, with how many of how many files."""

    lines: tuple[Line, ...]
    counts: tuple[Count, ...]
    files: int
    safe: bool
    cut: Cut

    def message(self) -> str:
        """What was counted, in words."""
        least = min(self.counts, key=lambda count: count.files)
        where = "ends" if self.ends(least.tail) else "begins" if self.ends(least.head) else "stands in"
        return f"{where} {least.files} of {self.files} files"

    def ends(self, edge: int) -> bool:
        """Whether as many files as ``edge`` are nearly all that have the block."""
        return edge >= _PLACED * min(count.files for count in self.counts)


def shared_blocks(document: Document, template: Template) -> Iterator[SharedBlock]:
    """The runs of lines of ``document`` that ``template`` knows; headings, tables and code stay."""
    lines = Lines(document)
    known = [(index, count) for index, text in enumerate(lines.strings) if (count := template.count(text))]
    runs = list(_runs([(index, count) for index, count in known if lines[index].kind not in STRUCTURE]))
    spans = [(run[0][0], run[-1][0]) for run in runs]
    whole = sum(len(run) for run in runs) == len(lines)
    for run, cut in zip(runs, cuts(document, lines, spans), strict=True):
        members = tuple(lines[index] for index, _ in run)
        counts = tuple(count for _, count in run)
        safe = not whole and _safe(members, counts, template.files)
        yield SharedBlock(members, counts, template.files, safe, cut)


def _runs(known: Sequence[tuple[int, Count]]) -> Iterator[list[tuple[int, Count]]]:
    run: list[tuple[int, Count]] = []
    for index, count in known:
        if run and index - run[-1][0] > 1:
            yield run
            run = []
        run.append((index, count))
    if run:
        yield run


def _safe(lines: Sequence[Line], counts: Sequence[Count], files: int) -> bool:
    """Whether most files of a large set have the block, at one edge, and it gives no credit."""
    least = min(count.files for count in counts)
    at_edge = all(max(count.head, count.tail) >= _PLACED * count.files for count in counts)
    return least >= max(_FILES, _SHARE * files) and at_edge and not any(map(_careful, lines))


def _careful(line: Line) -> bool:
    hits = match(normal(line.text)).hits
    return any(hit.chrome in _CAREFUL and hit.use is not Use.LINE for hit in hits)
