"""Groups of chrome lines in a document: their class, whether they may go, and what to cut.

A line is reported from a score on. Lines that follow each other make a stretch;
neighbours of one class in it make one block, which is one diagnostic. A block may
be removed safely where its whole paragraph (from blank line, head or tail to blank
line, head or tail) is chrome beyond doubt. Credit and legal lines never are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from seedlint.chrome.contents import contents
from seedlint.chrome.gate import Look
from seedlint.chrome.lines import SHORT, Lines
from seedlint.chrome.phrases import ChromeClass
from seedlint.chrome.removal import Cut, cuts
from seedlint.diagnostic import Span
from seedlint.document import Document
from seedlint.regions import Region

if TYPE_CHECKING:  # what scores lines is loaded when there is a line to score
    from seedlint.chrome.model import Scored
    from seedlint.chrome.reported import Found

_GUARDED = frozenset({Region.FRONT_MATTER, Region.FENCED_CODE, Region.SOURCE_CODE})


class Block(NamedTuple):
    """Neighbouring lines of one class; ``cut`` is what goes when the block goes."""

    chrome: ChromeClass
    lines: tuple[Scored, ...]
    safe: bool
    cut: Cut

    @property
    def start(self) -> int:
        """Offset of the first character of the block."""
        return self.lines[0].line.start

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.lines[-1].line.end

    def evidence(self, most: int = 12) -> list[dict[str, object]]:
        """What counted, per line."""
        from seedlint.chrome.model import explain

        return [
            {"line": scored.line.text[:60], "score": round(scored.score, 1), "because": explain(scored)}
            for scored in self.lines[:most]
        ]


def blocks(document: Document) -> tuple[Block, ...]:
    """The blocks of leftover page chrome in ``document``, in order."""
    look = document.analysis(Look)
    lines = Lines(document)
    if len(lines) < 2:
        return ()  # a line alone has no page around it, and would leave nothing
    if len(lines) > SHORT and not look.has_prose:
        return ()  # a list of words, a table, code
    listed = contents(lines)
    return _grouped(document, lines, listed) if look.tells or listed else ()


def _grouped(document: Document, lines: Lines, listed: frozenset[int]) -> tuple[Block, ...]:
    from seedlint.chrome.reported import reported
    from seedlint.chrome.safety import safe_lines

    report = reported(lines, document.analysis(Look), listed)
    stretches = list(runs_of([one for one in report.found if not _guarded(document, one)]))
    prose = document.analysis(Look).has_prose  # nothing goes from lists of words and tables
    safe = safe_lines(stretches, lines, report.remove, page=report.page) if prose else frozenset()
    groups = [group for stretch in stretches for group in _groups(stretch, safe)]
    spans = [(group[0].at, group[-1].at) for group in groups]
    alike = [group[0].at in safe for group in groups]
    cut_groups = zip(groups, cuts(document, lines, spans, alike), strict=True)
    return tuple(_block(group, safe, cut) for group, cut in cut_groups)


def _guarded(document: Document, one: Found) -> bool:
    """Whether a line stands in front matter or code, which the first look tells by the fences alone."""
    if _GUARDED.isdisjoint(document.regions.possible):
        return False
    around = document.regions.overlapping(Span(one.scored.line.start, one.scored.line.end))
    return any(region in _GUARDED for _, region in around)


def _block(group: Sequence[Found], safe: frozenset[int], cut: Cut) -> Block:
    return Block(group[0].chrome, tuple(one.scored for one in group), group[0].at in safe, cut)


def runs_of(found: Sequence[Found]) -> Iterator[list[Found]]:
    """Reported lines that follow each other, blank lines apart."""
    for _, members in groupby(enumerate(found), key=lambda pair: pair[1].at - pair[0]):
        yield [one for _, one in members]


def _groups(stretch: Sequence[Found], safe: frozenset[int]) -> Iterator[list[Found]]:
    for _, members in groupby(stretch, key=lambda one: (one.chrome, one.at in safe)):
        yield list(members)
