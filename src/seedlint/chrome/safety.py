"""Which chrome may be removed without asking.

Safe is what fills a whole paragraph, between blank lines, head or tail, and scores
high, with phrases to speak for it. Credit and legal lines, Markdown, headings whose
list stays, and dates that stand alone are never safe.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from seedlint.chrome.classes import is_moment
from seedlint.chrome.lines import Kind, Line, Lines
from seedlint.chrome.model import shipped
from seedlint.chrome.phrases import ChromeClass, Use
from seedlint.chrome.policy import LISTED, is_end_marker
from seedlint.chrome.reported import Found

_CAREFUL = frozenset({ChromeClass.CREDIT_LINE, ChromeClass.LEGAL_NOTICE})
_COMPANY = 0.2  # what every further line of a paragraph lowers the score it needs
_COVERED = 0.5  # share of a line that phrases must cover to speak for it
_SPACED = 0.15  # share of blank lines from which paragraphs are told by them


def _paragraphs(stretch: Sequence[Found], spaced: bool) -> Iterator[list[Found]]:
    """The parts of a stretch that blank lines set apart; all of it where the text has none."""
    part: list[Found] = []
    for one in stretch:
        if part and spaced and one.scored.line.after_gap:
            yield part
            part = []
        part.append(one)
    yield part


def safe_lines(stretches: Sequence[Sequence[Found]], lines: Lines) -> frozenset[int]:
    """Indices of the lines that may go without asking: paragraphs that are chrome beyond doubt."""
    spaced = lines.spacing >= _SPACED
    parts = [part for stretch in stretches for part in _paragraphs(stretch, spaced)]
    safe: set[int] = set()
    for part in parts:
        if _stands_alone(part, lines, spaced) and _beyond_doubt(part, lines) and not _hangs(part, len(lines)):
            allowed = [one.at for one in part if _allowed(part, one)]
            # where paragraphs are told apart, one goes whole or stays whole
            safe.update(allowed if not spaced or len(allowed) == len(part) else ())
    return frozenset(safe) if len(safe) < len(lines) else frozenset()


def _allowed(part: Sequence[Found], one: Found) -> bool:
    markdown = one.scored.line.kind is not Kind.TEXT
    return one.chrome not in _CAREFUL and not markdown and not _lone_moment(part, one)


def _stands_alone(part: Sequence[Found], lines: Sequence[Line], spaced: bool) -> bool:
    """Whether a part is bounded by blank lines, head or tail on both sides, or ends the page on one."""
    first, last = part[0].at, part[-1].at
    above = first == 0 or lines[first].after_gap
    below = last == len(lines) - 1 or lines[last + 1].after_gap
    return not spaced or (above and below) or first == 0 or last == len(lines) - 1


def _hangs(part: Sequence[Found], count: int) -> bool:
    """Whether a part ends in a heading for what comes next, and that stays."""
    last = part[-1]
    related = any(hit.chrome is ChromeClass.RELATED_LINKS for hit in last.scored.features.match.hits)
    listed = any(name == LISTED for name, _ in last.scored.evidence)
    return last.at < count - 1 and not listed and (related or last.scored.line.text[-1] in ":：")


def _beyond_doubt(part: Sequence[Found], lines: Lines) -> bool:
    if sum(map(_spoken_for, part)) * 2 < len(part):
        return False
    least = shipped().threshold("remove", len(lines), lines.prose) - _COMPANY * min(len(part) - 1, 4)
    return sum(one.scored.score for one in part) / len(part) >= least


def _spoken_for(one: Found) -> bool:
    """Whether something besides a line's looks says that it is chrome."""
    found = one.scored.features.match
    listed = any(name == LISTED for name, _ in one.scored.evidence)
    told = listed or is_end_marker(one.scored.line.text)
    return told or found.coverage >= _COVERED or any(hit.use is not Use.LINE for hit in found.hits)


def _lone_moment(part: Sequence[Found], one: Found) -> bool:
    """Whether a date or time stands without other chrome around it: then it is metadata."""
    kinds = Counter(is_moment(other.scored) or other.chrome in _CAREFUL for other in part)
    return is_moment(one.scored) and kinds[False] < 2
