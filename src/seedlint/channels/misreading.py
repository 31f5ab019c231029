"""The misread parts of a whole document, and which of them are only shown as examples."""

from __future__ import annotations

import math
import re
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from seedlint.channels.again import read_again
from seedlint.channels.channel import DOUBLE_BYTE, Channel
from seedlint.channels.company import in_company
from seedlint.channels.effort import Effort, document_effort, trial_cost
from seedlint.channels.examples import is_example
from seedlint.channels.lossless import MIDDLE_DOT, judged, score
from seedlint.channels.reading import REPLACEMENT, second_codes
from seedlint.channels.restoration import (
    Before,
    Restoration,
    as_before,
    explains,
    restorations,
    unread,
    worth,
)
from seedlint.channels.segments import CUT, PART, is_cut, segments, whole
from seedlint.channels.strings import short_places
from seedlint.channels.suspects import familiar, foreign_runs, latin_places, odd_or_lost, suspicious_places
from seedlint.channels.twice import read_twice
from seedlint.diagnostic import Span
from seedlint.document import Document
from seedlint.language.characters import east_asian

_PARTS = 5  # trials that the search for parts costs
_STEPS, _RISING = 6, 0.9  # from one code to the next, and the share that rises, from which it is a table
_STRING = 12  # characters that a double-byte encoding may make of anything
_BESIDE = 6  # characters on either side of the end of a part that tell where it ends
_CLEAR = 5.0  # nats by which the character beside it must be better as it is
_WORD = 7  # characters up to which every lossy channel finds some reading of them


@dataclass(frozen=True, slots=True)
class Misreading:
    """A restoration at its place in the document; ``whole``: nothing odd is left beside it."""

    found: Restoration
    whole: bool

    @property
    def safe(self) -> bool:
        """Whether it may be applied without asking."""
        return self.whole and self.found.safe


def misreadings(document: Document) -> tuple[Misreading, ...]:
    """The misread parts of a document, in order; for `Document.analysis`."""
    found = sorted(
        (one for one in _all(document) if not _is_table(one.found)), key=lambda one: one.found.span
    )
    for one in in_company(document, [other.found for other in found]):
        insort(found, Misreading(one, True), key=lambda other: other.found.span)
    shown = [is_example(document, one.found.span, one.found.original) for one in found]
    times = Counter(one.found.channels for one, example in zip(found, shown, strict=True) if not example)
    times.subtract(one.found.channels for one, example in zip(found, shown, strict=True) if example)
    kept = (one for one, example in zip(found, shown, strict=True) if not example or _is_all(times, one))
    return tuple(kept)


def _is_table(found: Restoration) -> bool:
    """Whether the characters stand in the order of their codes, as in tables, and not as words have them."""
    true = found.channels[0].true
    codes = [char.encode(true, "replace") for char in found.original if char > "\x7f"]
    rising = [before < after for before, after in pairwise(codes)]
    return len(rising) >= _STEPS and sum(rising) >= _RISING * len(rising)


def _is_all(times: Counter[tuple[Channel, ...]], one: Misreading) -> bool:
    """Whether more places that went the same way are no examples: then this is none either."""
    return times[one.found.channels] > 0


def _all(document: Document) -> Iterator[Misreading]:
    before, effort = Before(), document_effort(len(document.text))
    for line, place in _suspicious_lines(document).items():
        text = document.text[line.start : line.end]
        lined = _lined(text, _shifted(place, -line.start), before, effort)
        certain = explains(lined, text) or _is_proved(lined, text)
        for one in lined:
            yield Misreading(
                replace(one, span=_shifted(one.span, line.start)), certain and _is_bounded(one, text)
            )
        if lined:
            before = before.with_line(lined)


def _lined(text: str, place: Span, before: Before, effort: Effort) -> list[Restoration]:
    """The misread parts of a line, for what is left of the document's effort."""
    known = _like_before(text, place, before, effort) or _entire(text, effort)
    return known or _sought(text, place, before, effort)


def _sought(text: str, place: Span, before: Before, effort: Effort) -> list[Restoration]:
    """The misread parts of a line, by any channel."""
    if _is_one_kind(text, place):
        found = list(_beside_rivals(_searched(text, place, before, effort), text))
        if explains(found, text) or any(one.unread or one.clusters for one in found):
            return found
        return max(found, _parted(text, place, effort), key=lambda one: worth(one, text))
    short = len(text) <= _WORD and not _may_be_lost(text)
    parts = [] if short and text.isalnum() else _parted(text, place, effort)
    if short or _is_proved(parts, text):
        return parts
    found = list(_beside_rivals(_searched(text, place, before, effort), text))
    if any(one.unread for one in found):
        return found
    return max(found, parts, key=lambda one: worth(one, text))


def _like_before(text: str, place: Span, before: Before, effort: Effort) -> list[Restoration]:
    """All of a line that went the way of the lines before it; nothing if that does not explain it."""
    for channel in before.likely[:1]:
        if again := read_again(channel, text):
            return [again]
    if effort.overdrawn or not before.likely or len(text) <= _STRING:
        return []
    share = effort.line(len(text))
    found = as_before(text, place, before, share)
    effort.spend(share.used)
    return list(_beside_rivals(found, text))


def _entire(text: str, effort: Effort) -> list[Restoration]:
    """All of a line that lost no byte or was read twice."""
    one = whole(text) or _twice(text, effort)
    return [one] if one else []


def _twice(text: str, effort: Effort) -> Restoration | None:
    """What a line was that was read as GBK twice."""
    if effort.overdrawn or not _east_asian().search(text):
        return None
    effort.spend(trial_cost(len(text)))
    return read_twice(text)


def _is_one_kind(text: str, place: Span) -> bool:
    """Whether marks of lost bytes stand in a place, or no East Asian character in its line."""
    inside = text[place.start : place.end]
    return REPLACEMENT in inside or MIDDLE_DOT in inside or not _east_asian().search(text)


def _may_be_lost(text: str) -> bool:
    """Whether a mark of lost bytes stands in a text, or what single-byte pages make of UTF-8."""
    return any(mark in text for mark in "?\u20ac\u30fb") or any(latin_places(Document(text)))


def _parted(text: str, place: Span, effort: Effort) -> list[Restoration]:
    """The parts of a line that lost no byte."""
    if effort.overdrawn:
        return []
    effort.spend(_PARTS * trial_cost(place.end - place.start))
    return segments(text, place)


def _is_proved(found: list[Restoration], text: str) -> bool:
    """Whether nothing odd is left outside restorations that lost no byte."""
    if not found or any(one.clusters or one.unread for one in found):
        return False
    sound = _without(found, text)
    return not odd_or_lost(sound) and not any(latin_places(Document(sound)))


def _without(found: list[Restoration], text: str) -> str:
    """A text with spaces in place of what was found."""
    rest = list(text)
    for one in found:
        rest[one.span.start : one.span.end] = " " * (one.span.end - one.span.start)
    return "".join(rest)


def _beside_rivals(found: Iterable[Restoration], text: str) -> Iterator[Restoration]:
    """Restorations with their distance to what other channels make of their spans.

    A string of a double-byte encoding that clean text may be as well is left out.
    """
    found = list(found)
    junk = any(latin_places(Document(_without(found, text))))
    for one in found:
        if one.clusters or one.unread or len(one.channels) > 1:
            yield one
        elif (rival := _rival(text, one)) is not None:
            yield replace(one, rival=0.0 if junk else rival)


def _rival(text: str, one: Restoration) -> float | None:
    """Nats between an original and what else may have stood in its place; None if it is no proof."""
    (channel,), stands = one.channels, text[one.span.start : one.span.end]
    whole = one.span == Span(0, len(text))
    found = judged(stands, 0.0 if whole else PART + CUT * is_cut(text, one.span))
    if found is None or found.best.original != one.original:
        other = found is not None and found.proved
        return 0.0 if other else _unrivalled(channel, one.original)
    return found.certainty if found.proved or _is_long(one.original) else None


def _unrivalled(channel: Channel, original: str) -> float | None:
    """The same where no other original is proved: UTF-8 proves itself, a long text too."""
    if channel.true == "utf-8" and channel.reading.codec not in DOUBLE_BYTE:
        return math.inf
    return math.inf if _is_long(original) else None


def _is_long(original: str) -> bool:
    """Whether an original has more characters than a double-byte encoding makes of anything."""
    return sum(char > "\x7f" for char in original) > _STRING


def _searched(text: str, place: Span, before: Before, effort: Effort) -> list[Restoration]:
    """The misread parts of a line with lost bytes."""
    if effort.overdrawn:
        return [one for channel in before.likely[:1] for one in unread(channel, text, place)]
    share = effort.line(len(text))
    found = restorations(text, place, before, share)
    effort.spend(share.used)
    if share.limit or not any(one.unread for one in found):
        return found
    ends = Span(found[0].span.start, found[-1].span.end)
    return [replace(found[0], span=ends, original=text[ends.start : ends.end], clusters=(), unread=True)]


def _suspicious_lines(document: Document) -> dict[Span, Span]:
    """The lines with suspicious places, and the stretch from the first of these to the last."""
    places = sorted(
        [
            *suspicious_places(document),
            *latin_places(document),
            *short_places(document),
            *foreign_runs(document),
        ]
    )
    lines: dict[Span, Span] = {}
    for place in places:
        start = place.start
        while start < place.end:  # one place may reach over several lines
            line = document.line_span(start)
            before = lines.get(line)
            end = min(place.end, line.end)
            lines[line] = Span(min(before.start, start), max(before.end, end)) if before else Span(start, end)
            start = max(line.end, start + 1)
    return {line: part for line, part in lines.items() if part.start < part.end}


def _is_bounded(one: Restoration, text: str) -> bool:
    """Whether a restoration lost no byte and ends where the damage does: sound text may be read back too.

    一些 in GBK is D2BB D0A9, two letters of Cyrillic in UTF-8; in Shift_JIS almost any pair
    of bytes is an ideograph.
    """
    start, end = one.span
    if REPLACEMENT in text[start:end] and one.channels[-1].reading.codec in DOUBLE_BYTE:
        return False  # GB18030 may leave one answer where GBK, of which it is the heir, leaves several
    runs_on = (
        (text[max(start - 1, 0) : start], text[start : start + 1]),
        (text[end : end + 1], text[end - 1 : end]),
    )
    if any(east_asian().match(beside) and edge in familiar() for beside, edge in runs_on):
        return False
    codec = one.channels[-1].reading.codec
    if not second_codes(codec).keys().isdisjoint(text[start:end]):
        return False
    if _runs_over(one, text) if codec in DOUBLE_BYTE else _is_part(text, one.span):
        return False
    places = [match.start() for match in east_asian().finditer(one.original)]
    ends = one.original[: places[0]] + one.original[places[-1] + 1 :] if places else ""
    return _strays().search(ends) is None


def _runs_over(one: Restoration, text: str) -> bool:
    """Whether the character beside a part reads about as well the way the part went.

    政 in Big5 is 現 in GB18030: what stands behind it is a part of the damage only.
    """
    start, end = one.span
    left, right = text[max(start - 1, 0) : start], text[end : end + 1]
    before, after = text[max(start - _BESIDE, 0) : max(start - 1, 0)], text[end + 1 : end + _BESIDE]
    inner, outer = one.original[:_BESIDE], one.original[-_BESIDE:]
    pairs = [(before + went + inner, before + left + inner) for went in _gone(one.channels[0], left)]
    pairs += [(outer + went + after, outer + right + after) for went in _gone(one.channels[0], right)]
    return any(score(went) > score(stands) - _CLEAR for went, stands in pairs)


def _gone(channel: Channel, char: str) -> Iterator[str]:
    """What a character beyond ASCII was if it went through a channel by itself."""
    if char > "\x7f":
        with suppress(UnicodeError):
            yield channel.reading.write(char).decode(channel.true)


def _is_part(text: str, span: Span) -> bool:
    """Whether letters or signs of a single-byte page run on beside a span, a trail byte in ASCII between.

    Ñd in code page 437 is 卡 in Big5: what stands behind it is a part of the damage only.
    """
    left, right = text[max(span.start - 2, 0) : span.start], text[span.end : span.end + 1]
    if "@" <= left[-1:] <= "~" and _of_a_page().match(left):
        return True
    return any(_of_a_page().match(one) and one not in _SIGNS for one in (left[-1:], right))


@cache
def _of_a_page() -> re.Pattern[str]:
    """Letters and signs of single-byte pages beyond ASCII."""
    return re.compile("[\u00a1-\u024f\u0370-\u04ff\u2200-\u25ff]")


_SIGNS = "\u00b7\u00d7\u00f7\u00b0\u00b1\u00a7\u00ae\u00a9\u00ab\u00bb"


@cache
def _strays() -> re.Pattern[str]:
    """Characters of two bytes in UTF-8, but for signs that East Asian texts have."""
    return re.compile(f"[\u0080-\u07ff](?<![{_SIGNS}])")


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


@cache
def _east_asian() -> re.Pattern[str]:
    return re.compile("[\u2e80-\uffdc]")
