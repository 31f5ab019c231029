"""Which chrome may be removed without asking.

Safe is what fills a whole paragraph, between blank lines, head or tail, and scores
high, with phrases to speak for it. Credit and legal lines, Markdown, headings whose
list stays, dates that stand alone, and fields as front matter has them are never safe.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from seedlint.chrome.features import CODE, length_bucket
from seedlint.chrome.lines import Kind, Lines
from seedlint.chrome.model import Scored
from seedlint.chrome.phrases import ChromeClass, Use
from seedlint.chrome.policy import LISTED, is_end_marker, is_moment
from seedlint.chrome.reported import Found, is_telling, may_be_title, may_be_told, spoken_by_shape, spoken_for

_CAREFUL = frozenset({ChromeClass.CREDIT_LINE, ChromeClass.LEGAL_NOTICE})
_COMPANY = 0.2  # what every further line of a paragraph lowers the score it needs
_UNSPOKEN = 0.6  # how much surer a line must be where few phrases speak for its company
_COVERED = 0.4  # share of a line that phrases must cover for one of them to say what it is
_WEAKEST = 2.0  # how much less sure any line of a paragraph may be
_LENIENT = 1.0  # how much less sure the line beside a sure one may be
_WRAPPED = 9  # length bucket from which a line may be a piece of a sentence
_WORDY = frozenset(f"function words {share}" for share in range(3, 7))
_FIELD = re.compile(r"[A-Za-z][\w.-]*:(?:\s|$)")
_AMONG_FIELDS = re.compile(rf"{_FIELD.pattern}|- |---$")


def _paragraphs(stretch: Sequence[Found], spaced: bool) -> Iterator[list[Found]]:
    """The parts of a stretch that blank lines set apart; all of it where the text has none."""
    part: list[Found] = []
    for one in stretch:
        if part and spaced and one.scored.line.after_gap:
            yield part
            part = []
        part.append(one)
    yield part


def safe_lines(
    stretches: Sequence[Sequence[Found]], lines: Lines, least: float, *, page: bool
) -> frozenset[int]:
    """Indices of the lines that may go without asking: paragraphs that are chrome beyond doubt.

    ``least`` is the score from which a line is sure; ``page`` says that all lines were scored.
    """
    safe: set[int] = set()
    for part in (part for stretch in stretches for part in _paragraphs(stretch, lines.spaced)):
        accompanied = _is_accompanied(part)
        allowed = {one.at for one in part if _allowed(one, accompanied) and not _is_field(one.at, lines)}
        spoken = sum(spoken_for(one.scored) for one in part) * 2 >= len(part)
        told = _told(part, len(lines)) if lines.spaced else spoken
        if _hangs(part, len(lines)):
            continue
        if not lines.spaced:
            bar = least + (0.0 if spoken else _UNSPOKEN)
            sure = [one for one in part if one.at in allowed and _among_chrome(part, one, bar)]
            safe.update(one.at for one in sure if page or _says(one.scored))
        elif spoken and told and len(allowed) == len(part) and _stands_alone(part, lines, least):
            safe.update(allowed if _sure(part, least) else ())
    return frozenset(safe) if len(safe) < len(lines) else frozenset()


def _told(part: Sequence[Found], count: int) -> bool:
    """Whether something in a part says more than words of a menu, and all of it if it is one line.

    One line may be the heading of what follows, so it goes at head and tail only.
    """
    edge = part[0].at == 0 or part[-1].at == count - 1
    if len(part) == 1 and not edge and not is_end_marker(part[0].scored.line.text):
        return False
    return any(_says(one.scored) for one in part)


def _says(scored: Scored) -> bool:
    """Whether a line has a telling phrase or label, or says by its shape what it is."""
    found = scored.features.match
    told = found.coverage >= _COVERED and any(map(is_telling, found.hits))
    return told or LISTED in scored.evidence or is_end_marker(scored.line.text)


def _allowed(one: Found, accompanied: bool) -> bool:
    """Whether a line may go at all: no date without other chrome around it, no title, no sentence."""
    markdown = one.scored.line.kind is not Kind.TEXT
    lone_moment = is_moment(one.scored.line.text) and not accompanied
    lone_entry = one.at == 0 and not accompanied and _is_entry(one.scored)
    written = (
        may_be_title(one.at, one.scored) or lone_entry or may_be_told(one.scored) or _is_piece(one.scored)
    )
    return one.chrome not in _CAREFUL and not markdown and not lone_moment and not written


def _is_piece(scored: Scored) -> bool:
    """Whether a line may be code, or a piece of a wrapped sentence, and its phrases do not say more."""
    words = not _WORDY.isdisjoint(scored.features.names) and length_bucket(scored.line.text) >= _WRAPPED
    return (words and not _says(scored)) or (CODE in scored.features.names and not spoken_for(scored))


def _is_field(at: int, lines: Lines) -> bool:
    """Whether a line is a field among fields, as front matter has them that was cut or moved."""
    if not _FIELD.match(lines.strings[at]):
        return False
    return any(
        map(_AMONG_FIELDS.match, (*lines.strings[max(at - 1, 0) : at], *lines.strings[at + 1 : at + 2]))
    )


def _is_entry(scored: Scored) -> bool:
    """Whether a line is one entry of a menu, which may be a title too."""
    hits = scored.features.match.hits
    return len(hits) == 1 and hits[0].use is Use.LINE and not spoken_by_shape(scored)


def _edges(part: Sequence[Found], lines: Lines) -> tuple[bool, bool]:
    """Whether a blank line, head or tail stands above a part, and below it."""
    first, last = part[0].at, part[-1].at
    below = last == len(lines) - 1 or lines[last + 1].after_gap
    return first == 0 or lines[first].after_gap, below


def _stands_alone(part: Sequence[Found], lines: Lines, least: float) -> bool:
    """Whether a part is bounded on both sides, or ends the page and is sure where it is not bounded."""
    above, below = _edges(part, lines)
    ends = part[0].at == 0 or part[-1].at == len(lines) - 1
    sure = [one.scored.score >= least and spoken_for(one.scored) for one in (part[0], part[-1])]
    return (above and below) or (ends and (above or sure[0]) and (below or sure[1]))


def _among_chrome(part: Sequence[Found], one: Found, least: float) -> bool:
    """Whether a line of a text without blank lines is sure by itself, and so is one beside it."""
    place = bisect_left(part, one.at, key=_at)
    beside = (other for other in part[max(place - 1, 0) : place + 2] if abs(other.at - one.at) == 1)
    return one.scored.score >= least and any(other.scored.score >= least - _LENIENT for other in beside)


def _at(one: Found) -> int:
    return one.at


def _sure(part: Sequence[Found], least: float) -> bool:
    """Whether a paragraph scores high on average, none of it low; the more lines, the less each needs."""
    scores = [one.scored.score for one in part]
    enough = least - _COMPANY * min(len(part) - 1, 4)
    return min(scores) >= least - _WEAKEST and sum(scores) / len(scores) >= enough


def _hangs(part: Sequence[Found], count: int) -> bool:
    """Whether a part ends in a heading for what comes next, and that stays."""
    last = part[-1]
    related = any(hit.chrome is ChromeClass.RELATED_LINKS for hit in last.scored.features.match.hits)
    listed = LISTED in last.scored.evidence
    return last.at < count - 1 and not listed and (related or last.scored.line.text[-1] in ":：")


def _is_accompanied(part: Sequence[Found]) -> bool:
    """Whether a part has chrome besides dates and times, and what needs care."""
    plain = (one for one in part if not is_moment(one.scored.line.text) and one.chrome not in _CAREFUL)
    return len(list(islice(plain, 2))) == 2
