"""Groups of chrome lines in a document: their class, whether they may go, and what to cut.

A line is reported from a score on. Lines that follow each other make a stretch;
neighbours of one class in it make one block, which is one diagnostic. A block may
be removed safely where its whole paragraph (from blank line, head or tail to blank
line, head or tail) is chrome beyond doubt. Credit and legal lines never are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from seedlint.chrome.classes import class_of, is_moment
from seedlint.chrome.context import Place
from seedlint.chrome.gate import candidates
from seedlint.chrome.lines import Kind, Line, Lines
from seedlint.chrome.model import Scored, explain, score, shipped
from seedlint.chrome.phrases import ChromeClass, Use
from seedlint.chrome.policy import LISTED, STRUCTURE, contents, is_end_marker, is_placeholder, source_link
from seedlint.chrome.removal import Cut, cuts
from seedlint.document import Document

_CAREFUL = frozenset({ChromeClass.CREDIT_LINE, ChromeClass.LEGAL_NOTICE})
_REACH = 16  # lines around a candidate that bear on its score
_CARRY = 1.5  # how far below the threshold a line in a paragraph of chrome may stay
_COMPANY = 0.2  # what every further line of a paragraph lowers the score it needs
_COVERED = 0.5  # share of a line that phrases must cover to speak for it
_TAIL = 500  # characters within which the last line is looked for
_SPACED = 0.15  # share of blank lines from which paragraphs are told by them


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
        return [
            {"line": scored.line.text[:60], "score": round(scored.score, 1), "because": explain(scored)}
            for scored in self.lines[:most]
        ]


class _Found(NamedTuple):
    """A reported line: its index among the lines that are not blank, its class."""

    at: int
    scored: Scored
    chrome: ChromeClass


def blocks(document: Document) -> tuple[Block, ...]:
    """The blocks of leftover page chrome in ``document``, in order."""
    lines = Lines(document)
    found = _reported(lines)
    if not found:
        return ()
    stretches = list(_stretches(found))
    safe = _safe_lines(stretches, lines)
    groups = [group for stretch in stretches for group in _groups(stretch, safe)]
    spans = [(group[0].at, group[-1].at) for group in groups]
    return tuple(
        _block(group, safe, cut) for group, cut in zip(groups, cuts(document, lines, spans), strict=True)
    )


def source(document: Document) -> Line | None:
    """The link back to the source, if one stands alone at the end."""
    return source_link(Lines(document)) if "](" in document.text[-_TAIL:] else None


def placeholders(document: Document) -> tuple[Line, ...]:
    """Lines that are images without a description of their own."""
    if "![" not in document.text:
        return ()
    return tuple(line for line in Lines(document) if is_placeholder(line))


def _block(group: Sequence[_Found], safe: frozenset[int], cut: Cut) -> Block:
    return Block(group[0].chrome, tuple(one.scored for one in group), group[0].at in safe, cut)


def _windows(wanted: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    low = high = -1
    for index in wanted:
        if high >= 0 and index - _REACH <= high:
            high = min(index + _REACH + 1, count)
            continue
        if high >= 0:
            yield low, high
        low, high = max(index - _REACH, 0), min(index + _REACH + 1, count)
    if high >= 0:
        yield low, high


def _scored(lines: Lines) -> Iterator[tuple[int, Scored]]:
    """The lines that were looked at, with their index and score."""
    listed = contents(lines)
    looked = [
        index
        for index in sorted(listed.union(candidates(lines.strings)))
        if lines[index].kind not in STRUCTURE
    ]
    for low, high in _windows(looked, len(lines)):
        wanted = {index - low for index in looked if low <= index < high}
        inside = {index - low for index in listed}
        scored = score(lines[low:high], wanted, Place(low, len(lines)), inside)
        yield from ((low + index, scored[index]) for index in sorted(wanted))


def _reported(lines: Lines) -> list[_Found]:
    scored = list(_scored(lines))
    least = shipped().threshold("report", len(lines))
    carried = _carried(scored, least)
    source = source_link(lines)
    kept = [
        (index, one)
        for index, one in scored
        if (one.score >= least or index in carried) and one.line is not source
    ]
    return list(_classified(kept))


def _carried(scored: Sequence[tuple[int, Scored]], least: float) -> frozenset[int]:
    """Lines below the threshold in a paragraph that is chrome but for them."""
    carried: set[int] = set()
    for part in _joined(scored):
        doubtful = [index for index, one in part if one.score < least]
        mean = sum(one.score for _, one in part) / len(part)
        weakest = min(one.score for _, one in part)
        if 0 < len(doubtful) * 3 <= len(part) and mean > least and weakest > least - _CARRY:
            carried.update(doubtful)
    return frozenset(carried)


def _joined(scored: Sequence[tuple[int, Scored]]) -> Iterator[list[tuple[int, Scored]]]:
    """Scored lines that follow each other without a blank line."""
    part: list[tuple[int, Scored]] = []
    for index, one in scored:
        if part and (index - part[-1][0] > 1 or one.line.after_gap):
            yield part
            part = []
        part.append((index, one))
    if part:
        yield part


def _classified(found: Sequence[tuple[int, Scored]]) -> Iterator[_Found]:
    above: _Found | None = None
    for index, scored in found:
        neighbour = above.chrome if above is not None and index - above.at == 1 else None
        above = _Found(index, scored, class_of(scored, neighbour))
        yield above


def _stretches(found: Sequence[_Found]) -> Iterator[list[_Found]]:
    """Reported lines that follow each other, blank lines apart."""
    for _, members in groupby(enumerate(found), key=lambda pair: pair[1].at - pair[0]):
        yield [one for _, one in members]


def _groups(stretch: Sequence[_Found], safe: frozenset[int]) -> Iterator[list[_Found]]:
    for _, members in groupby(stretch, key=lambda one: (one.chrome, one.at in safe)):
        yield list(members)


def _paragraphs(stretch: Sequence[_Found], spaced: bool) -> Iterator[list[_Found]]:
    """The parts of a stretch that blank lines set apart; all of it where the text has none."""
    part: list[_Found] = []
    for one in stretch:
        if part and spaced and one.scored.line.after_gap:
            yield part
            part = []
        part.append(one)
    yield part


def _safe_lines(stretches: Sequence[Sequence[_Found]], lines: Lines) -> frozenset[int]:
    spaced = lines.spacing >= _SPACED
    safe = {
        one.at
        for stretch in stretches
        for part in _paragraphs(stretch, spaced)
        if _stands_alone(part, lines, spaced)
        and _beyond_doubt(part, len(lines))
        and not _hangs(part, len(lines))
        for one in part
        if one.chrome not in _CAREFUL and one.scored.line.kind is Kind.TEXT and not _lone_moment(part, one)
    }
    return frozenset(safe) if len(safe) < len(lines) else frozenset()


def _stands_alone(part: Sequence[_Found], lines: Sequence[Line], spaced: bool) -> bool:
    """Whether a part is bounded by blank lines, head or tail on both sides, or ends the page on one."""
    first, last = part[0].at, part[-1].at
    above = first == 0 or lines[first].after_gap
    below = last == len(lines) - 1 or lines[last + 1].after_gap
    return not spaced or (above and below) or first == 0 or last == len(lines) - 1


def _hangs(part: Sequence[_Found], count: int) -> bool:
    """Whether a part ends in a heading for what comes next, and that stays."""
    last = part[-1]
    related = any(hit.chrome is ChromeClass.RELATED_LINKS for hit in last.scored.features.match.hits)
    return last.at < count - 1 and (related or last.scored.line.text[-1] in ":：")


def _beyond_doubt(part: Sequence[_Found], count: int) -> bool:
    if sum(map(_spoken_for, part)) * 2 < len(part):
        return False
    least = shipped().threshold("remove", count) - _COMPANY * min(len(part) - 1, 4)
    return sum(one.scored.score for one in part) / len(part) >= least


def _spoken_for(one: _Found) -> bool:
    """Whether something besides a line's looks says that it is chrome."""
    found = one.scored.features.match
    listed = any(name == LISTED for name, _ in one.scored.evidence)
    told = listed or is_end_marker(one.scored.line.text)
    return told or found.coverage >= _COVERED or any(hit.use is not Use.LINE for hit in found.hits)


def _lone_moment(part: Sequence[_Found], one: _Found) -> bool:
    """Whether a date or time stands without other chrome around it: then it is metadata."""
    kinds = Counter(is_moment(other.scored) or other.chrome in _CAREFUL for other in part)
    return is_moment(one.scored) and kinds[False] < 2
