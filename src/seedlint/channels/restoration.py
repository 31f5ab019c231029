"""Restores the misread parts of a line: which channel, which span, which original."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, chain

from seedlint.channels import pages
from seedlint.channels.channel import DOUBLE_BYTE, Channel
from seedlint.channels.inversion import Cluster, invert
from seedlint.channels.reading import REPLACEMENT
from seedlint.channels.stream import MARK, MAYBE, SPECIAL, stream_of
from seedlint.channels.suspects import odd_or_lost
from seedlint.diagnostic import Span
from seedlint.language.plausibility import model

GAIN = 14.0  # nats by which the original must be more plausible than what stands there
FLOOR = -9.5  # nats a character: less plausible than this is no language
SAFE_MARGIN = 14.0  # nats between the best filling and the next for a fix without asking
_SAMPLE = 60
_TRIED = 4
_UNEXPLAINED = 12.0  # nats for every odd character that stays


@dataclass(frozen=True, slots=True)
class Restoration:
    """One misread span, what its author wrote and how it was damaged.

    ``channels`` are in the order in which the damage happened; ``gain`` is in nats;
    ``clusters`` are the places of the original that the model had to fill.
    """

    span: Span
    original: str
    channels: tuple[Channel, ...]
    clusters: tuple[Cluster, ...]
    gain: float

    def replay(self, text: str) -> str:
        """Damage ``text`` again; what cannot be damaged comes back empty."""
        try:
            for channel in self.channels:
                text = channel.damage(text)
        except UnicodeEncodeError:
            return ""
        return text

    @property
    def margin(self) -> float:
        """The smallest distance, in nats, between a filling and the next best."""
        return min((cluster.margin for cluster in self.clusters), default=math.inf)

    @property
    def safe(self) -> bool:
        """Whether no other original comes near."""
        return self.margin >= SAFE_MARGIN

    @property
    def single_byte(self) -> bool:
        """Whether it was UTF-8 read as a page of single bytes."""
        last = self.channels[-1]
        return last.true == "utf-8" and last.reading.codec not in DOUBLE_BYTE

    @property
    def lost(self) -> int:
        """The characters that the model had to fill."""
        return sum(cluster.end - cluster.start for cluster in self.clusters)


def restorations(text: str, likely: Iterable[Channel] = (), depth: int = 2) -> list[Restoration]:
    """The misread parts of ``text``, one line or less, in order.

    ``likely`` are the channels found in the lines before, tried first.
    """
    best: list[Restoration] = []
    for channel in chain(likely, _candidates(text)):
        found = _deeper(_by(channel, text), depth)
        if _worth(found, text) > _worth(best, text):
            best = found
        if best and not odd_left(best, text):
            break
    return best


def _candidates(text: str) -> Iterator[Channel]:
    ranked = sorted(pages.double_byte(text), key=lambda item: -item[1])
    ranked = ranked or sorted(pages.latin(text), key=lambda item: -item[1])
    for pair, _ in ranked[:_TRIED]:
        yield from pages.channels(pair, text)


def _worth(found: list[Restoration], text: str) -> float:
    """The nats gained, less what stays unexplained or odd."""
    return sum(one.gain for one in found) - _UNEXPLAINED * odd_left(found, text)


def odd_left(found: list[Restoration], text: str) -> int:
    """How many odd characters and marks stand outside what was found, or in it."""
    parts, end = [], 0
    for one in found:
        parts += [text[end : one.span.start], one.original]
        end = one.span.end
    rest = "".join([*parts, text[end:]])
    return len(odd_or_lost(rest))


def _deeper(found: list[Restoration], depth: int) -> list[Restoration]:
    """Restore what is still misread after one pass."""
    if not depth:
        return found
    return [_once_more(one, depth - 1) for one in found]


def _once_more(one: Restoration, depth: int) -> Restoration:
    inner = restorations(one.original, depth=depth)
    if len(inner) != 1 or one.clusters or inner[0].span != Span(0, len(one.original)):
        return one
    found = inner[0]
    return replace(found, span=one.span, channels=found.channels + one.channels, gain=one.gain + found.gain)


def _by(channel: Channel, text: str) -> list[Restoration]:
    """The parts of ``text`` that ``channel`` explains."""
    try:
        stream = stream_of(text, channel.reading)
    except UnicodeEncodeError:
        return []
    return list(_pieces(channel, text, stream))


def _pieces(channel: Channel, text: str, stream: str) -> Iterator[Restoration]:
    offsets = _Offsets(channel, text, stream)
    for start, end in _regions(channel, stream):
        first, last = offsets.inside(start, end)
        if first < last and (found := _piece(channel, first, last, offsets)):
            yield found


def _piece(channel: Channel, first: int, last: int, offsets: _Offsets) -> Restoration | None:
    text = offsets.text
    part = offsets.stream[offsets.starts[first] : offsets.starts[last]]
    inversion = invert(channel, part, text[max(0, first - 4) : first])
    damaged = text[first:last]
    if inversion.read < len(part):
        first, last = offsets.inside(offsets.starts[first], offsets.starts[first] + inversion.read)
        damaged = text[first:last]
    if not channel.proves(inversion.text, damaged):
        return None
    gain = plausibility_gain(damaged, inversion.text)
    if gain < GAIN:
        return None
    return Restoration(Span(first, last), inversion.text, (channel,), inversion.clusters, gain)


def plausibility_gain(damaged: str, original: str) -> float:
    """How much more plausible ``original`` is, in nats; -inf if it is no language.

    Long texts are judged by their beginning.
    """
    after = original[:_SAMPLE]
    before = damaged[: math.ceil(len(after) * len(damaged) / max(1, len(original)))]
    reached = model().score(after)
    if reached < FLOOR * len(after) - 4:
        return -math.inf
    gain = reached - model().score(before.replace(REPLACEMENT, ""))
    return gain * max(1.0, len(original) / _SAMPLE)


class _Offsets:
    """Where the characters of a damaged text begin in its stream."""

    def __init__(self, channel: Channel, text: str, stream: str) -> None:
        self.text, self.stream = text, stream
        self.starts = list(accumulate((_length(channel, char) for char in text), initial=0))

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """The characters that lie wholly between two offsets of the stream."""
        return bisect_left(self.starts, start), bisect_right(self.starts, end) - 1


def _length(channel: Channel, char: str) -> int:
    return 1 if char < "\x80" else len(stream_of(char, channel.reading))


def _regions(channel: Channel, stream: str) -> Iterator[tuple[int, int]]:
    """The parts of a stream that may be text in the true encoding."""
    if channel.true != "utf-8":
        yield 0, len(stream)
        return
    holes = SPECIAL.search(stream) is not None
    for match in _utf8_run(holes, channel.reading.mark == "").finditer(stream):
        yield match.span()


@cache
def _utf8_run(holes: bool, dropped: bool) -> re.Pattern[str]:
    hole = f"{MARK}{MAYBE}"
    tail = f"[\x80-\xbf{hole}]"
    if dropped:
        unit = f"[\xc2-\xdf]{tail}|[\xe0-\xef]{tail}{{0,2}}|[\xf0-\xf4]{tail}{{0,3}}"
    elif holes:
        unit = f"[\xc2-\xf4{hole}]{tail}{{1,6}}"
    else:
        unit = "[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
    return re.compile(f"(?:{unit})(?:{unit}|[\x00-\x7f]{{1,200}}(?={unit})|[\x00-\x7f]+\\Z)*")
