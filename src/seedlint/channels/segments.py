"""The parts of a line that were misread without losing a byte, beside sound text.

A line is read back by a pair of encodings as if all of it had gone through them; where
that makes it more plausible it did, and where it makes nonsense it did not. The parts are
the stretches whose gain does not drop (as local alignments are found in sequences).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from seedlint.channels.channel import DOUBLE_BYTE, Channel
from seedlint.channels.lossless import FAMILIES, MIDDLE_DOT, TRUE, codecs, judged
from seedlint.channels.pages import promise
from seedlint.channels.reading import REPLACEMENT, Reading
from seedlint.channels.restoration import Restoration
from seedlint.channels.suspects import familiar
from seedlint.diagnostic import Span
from seedlint.language.plausibility import model

_AROUND = 24  # characters on either side of a place that are read too
_LONGEST = 600  # characters read at once
_WHOLE = 120  # characters judged as a whole
_STRING = 12  # characters of a word, which is damaged all of it or not at all
_RESIDUE = "\u951f"  # what U+FFFD becomes in GBK: no text was behind it
_FEW = 3  # characters of a double-byte encoding that are no proof
_BROKEN = -25.0  # nats for what does not go through a pair of encodings
_DROP = 10.0  # nats by which the gain of a part may fall on its way
_PROMISING = 0.4  # share of the bytes of a place that make familiar characters
_LITTLE = 6.0  # nats lost to end where a word ends
_LEAST = 6.0  # nats that a part gains at least
PART, CUT = 6.0, 6.0  # nats more that a part needs, and one that begins or ends inside a word
_SURE = 5.0  # nats that the ends of a part gain at least, for a fix without asking
_ENDS = 2  # units of an end


class _Unit(NamedTuple):
    """The characters between two places where both texts have a character boundary."""

    start: int
    end: int
    gain: float


class _Part(NamedTuple):
    span: Span
    gain: float
    ends: float


def whole(text: str) -> Restoration | None:
    """What a line was, all of it, if no byte of it is lost; None where that is not proved."""
    if len(text) > _WHOLE or REPLACEMENT in text:
        return None
    found = judged(text)
    if found is None or not found.proved:
        return None
    best = found.best
    if not (len(text) <= _STRING and text.isalnum()) and not _is_all(text, best.channel):
        return None
    rival = 0.0 if _is_few(best.original, best.channel) else found.certainty
    return Restoration(Span(0, len(text)), best.original, (best.channel,), (), found.gain, rival=rival)


def _is_few(original: str, channel: Channel) -> bool:
    """Whether an original is so short that its bytes make words in another encoding by chance."""
    return channel.true != "utf-8" and sum(char > "\x7f" for char in original) < _FEW


def _is_all(text: str, channel: Channel) -> bool:
    """Whether a channel explains a text to its ends, and no part of it stands out as sound."""
    units = _units(channel, text, [_written(channel.reading, char) for char in text])
    rest = list(text)
    for part in _best_parts(units, text):
        rest[part.span.start : part.span.end] = " " * (part.span.end - part.span.start)
    return "".join(rest).isascii()


def segments(text: str, place: Span) -> list[Restoration]:
    """The misread parts of a line around a suspicious place, in order."""
    start, end = max(0, place.start - _AROUND), min(len(text), place.end + _AROUND)
    if end - start > _LONGEST:
        return []
    window = text[start:end]
    inner = Span(place.start - start, place.end - start)
    found: list[Restoration] = []
    for part in sorted(_parts(window, inner), key=lambda part: -part.gain):
        if any(part.span.overlaps(one.span) for one in found):
            continue
        if one := _restored(window, part):
            found.append(one)
    shifted = (_shifted(one, start) for one in found)
    return sorted(shifted, key=lambda one: one.span.start)


def _shifted(one: Restoration, by: int) -> Restoration:
    return replace(one, span=Span(one.span.start + by, one.span.end + by))


def _restored(window: str, part: _Part) -> Restoration | None:
    span = _to_words(window, part.span)
    text = window[span.start : span.end]
    found = judged(text, PART + CUT * is_cut(window, span))
    if found is None or not found.proved or _RESIDUE in text:
        return None
    best = found.best
    rival = found.certainty if part.ends >= _SURE and not _is_few(best.original, best.channel) else 0.0
    return Restoration(span, best.original, (best.channel,), (), found.gain, rival=rival)


def _to_words(window: str, span: Span) -> Span:
    """A span with the words of an alphabet that it cuts: they are one evidence."""
    start, end = span.start, span.end
    while start and _is_alphabetic(window[start - 1]):
        start -= 1
    while end < len(window) and _is_alphabetic(window[end]):
        end += 1
    return Span(start, end)


def is_cut(text: str, span: Span) -> bool:
    """Whether a span begins or ends inside a word."""
    ends = ((span.start - 1, span.start), (span.end - 1, span.end))
    return any(one >= 0 and other < len(text) and _joins(text[one : other + 1]) for one, other in ends)


def _is_alphabetic(char: str) -> bool:
    return char < "\u0530" and char.isalpha()


def _parts(window: str, place: Span) -> Iterator[_Part]:
    done: set[str] = set()
    least = max(_PROMISING, _familiarity(window[place.start : place.end]))
    for codec in codecs(window[place.start : place.end]):
        family = FAMILIES.get(codec, codec)
        reading = Reading(codec) if codec in DOUBLE_BYTE else Reading(codec, None)
        pieces = [_written(reading, char) for char in window]
        if (
            family in done
            or (family == "cp932" and MIDDLE_DOT in window)
            or 2 * pieces[place.start : place.end].count(None) > place.end - place.start
        ):
            continue
        done.add(family)
        inside = b"".join(piece for piece in pieces[place.start : place.end] if piece).decode("latin-1")
        for true in TRUE:
            if true != family and promise(inside, true) >= least:
                yield from _best_parts(_units(Channel(true, reading), window, pieces), window)


def _familiarity(text: str) -> float:
    """The share of the characters beyond ASCII that ordinary text has: damage leaves few."""
    beyond = [char for char in text if char > "\x7f"]
    return sum(char in familiar() for char in beyond) / max(1, len(beyond))


@lru_cache(1 << 14)
def _written(reading: Reading, char: str) -> bytes | None:
    if char < "\x80":
        return char.encode()
    try:
        data = reading.write(char)
    except UnicodeEncodeError:
        return None
    return data if reading.read(data) == char else None


def _units(channel: Channel, window: str, pieces: list[bytes | None]) -> list[_Unit]:
    """The gain of every part of the window that stands for a part of the original."""
    data = b"".join(piece or b"\n" for piece in pieces)
    original = data.decode(channel.true, "surrogateescape")
    now = _costs(window, None)
    then = _costs(original, model().script(original))
    units, at, byte, reached, gain, start = [], 0, 0, 0, 0.0, 0
    for char, cost in zip(original, then, strict=True):
        reached += _length(channel.true, char)
        gain += _BROKEN if "\udc80" <= char <= "\udcff" else cost
        while byte < reached and at < len(pieces):
            byte += len(pieces[at] or b"\n")
            gain += _BROKEN if pieces[at] is None else -now[at]
            at += 1
        if byte == reached:
            units.append(_Unit(start, at, gain))
            start, gain = at, 0.0
    return units


def _length(true: str, char: str) -> int:
    """How many bytes of the stream a character of the original takes."""
    if char < "\x80" or "\udc80" <= char <= "\udcff":
        return 1
    return len(char.encode(true))


def _costs(text: str, script: str | None) -> list[float]:
    step = model(script).step
    padded = "  " + text
    return [step(padded[at], padded[at + 1], char) for at, char in enumerate(text)]


def _best_parts(units: list[_Unit], window: str) -> Iterator[_Part]:
    """The stretches of units whose gains add up, none falling far on its way."""
    first = best = 0
    total = top = 0.0
    for at, unit in enumerate(units):
        if total <= 0.0:
            first, total, top, best = at, 0.0, 0.0, at
        total += unit.gain
        if total > top:
            top, best = total, at
        if total < top - _DROP:
            yield from _kept(units, first, best, top, window)
            total = top = 0.0
    yield from _kept(units, first, best, top, window)


def _kept(units: list[_Unit], first: int, last: int, gain: float, window: str) -> Iterator[_Part]:
    if gain < _LEAST:
        return
    first -= _further(units[:first][::-1], window)
    last += _further(units[last + 1 :], window)
    inside = units[first : last + 1]
    ends = min(sum(unit.gain for unit in end) for end in (inside[:_ENDS], inside[-_ENDS:]))
    sound = min(_soundness(units[:first][::-1], window), _soundness(units[last + 1 :], window))
    yield _Part(Span(inside[0].start, inside[-1].end), gain, min(ends, sound / 2))


def _soundness(units: list[_Unit], window: str) -> float:
    """Nats by which what stands beside a part is better as it is; infinite at ASCII and at the end."""
    stands = window[units[0].start : units[0].end] if units else ""
    if stands.isascii():
        return math.inf
    return -sum(unit.gain for unit in units[:_ENDS]) if _joins(stands) else -2 * units[0].gain


def _joins(stands: str) -> bool:
    """Whether characters belong to a word that may go on beside them."""
    return stands.isalnum() and not stands.isascii()


def _further(units: list[_Unit], window: str) -> int:
    """How many units a part reaches further to end where a word does, at little loss."""
    total = 0.0
    for at, unit in enumerate(units):
        if unit.gain <= _BROKEN or not _joins(window[unit.start : unit.end]):
            return at
        total += unit.gain
        if total < -_LITTLE:
            return 0
    return len(units)
