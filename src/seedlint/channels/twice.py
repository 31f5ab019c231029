"""UTF-8 that was read as GBK twice, with bytes lost both times.

What came out of the first pass is no language, so nothing can be said of a byte that the
second one lost but this: with the bytes around it, it spells a character of GBK, whose own
two bytes are UTF-8 of something that people write. Both passes are taken back at once,
character by character of what stood between them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from seedlint.channels.channel import Channel
from seedlint.channels.inversion import Candidate, Cluster
from seedlint.channels.pages import promise
from seedlint.channels.reading import END, LEAVES, REPLACEMENT, Reading, Refusals, refusals
from seedlint.channels.restoration import Restoration, plausibility_gain
from seedlint.channels.stream import MARK, SPECIAL, stream_of
from seedlint.diagnostic import Span
from seedlint.language.plausibility import Model, model

_CODECS = ("gb18030", "gbk")
_PROMISE = 0.75  # share of the bytes that are UTF-8, in both passes
_LEAST, _LONGEST = 6, 400  # characters
_WIDE, _OPEN = 96, 800  # paths kept with nothing in hand, and with half a character
_RANKED = 48
_GAIN = 14.0
_LEADS = (*range(0xE2, 0xEA), 0xEF, 0xC2, 0xC3)
_TAILS = range(0x80, 0xC0)


class _Path(NamedTuple):
    """An original so far: its likelihood, the bytes of half a character, a lost byte to be checked."""

    score: float
    text: str
    hand: bytes
    lost: int = -1


def read_twice(text: str) -> Restoration | None:
    """The original of a text that was UTF-8 read as GBK twice, all of it; None if it was not."""
    if not _LEAST <= len(text) <= _LONGEST:
        return None
    for codec in _CODECS:
        channel = Channel("utf-8", Reading(codec))
        try:
            stream = SPECIAL.sub(MARK, stream_of(text, channel.reading))
        except UnicodeEncodeError:
            continue
        if _is_twice(stream, codec) and (found := _restored(channel, text, stream)):
            return found
    return None


def _is_twice(stream: str, codec: str) -> bool:
    """Whether a stream is UTF-8 of what again is UTF-8."""
    if promise(stream, "utf-8") < _PROMISE:
        return False
    between = stream.replace(MARK, "?").encode("latin-1").decode("utf-8", "ignore")
    again = between.encode(codec, "ignore").decode("latin-1")
    return promise(again, "utf-8") >= _PROMISE


def _restored(channel: Channel, text: str, stream: str) -> Restoration | None:
    ranked = _proved(channel, text, _paths(channel.reading, stream))
    if not ranked:
        return None
    best = ranked[0][1]
    gain = plausibility_gain(text, best)
    if gain < _GAIN:
        return None
    clusters = (_cluster(ranked),) if REPLACEMENT in text or len(ranked) > 1 else ()
    return Restoration(Span(0, len(text)), best, (channel, channel), clusters, gain)


def _cluster(ranked: list[tuple[float, str]]) -> Cluster:
    """Where the originals that come into question differ, and how."""
    best, texts = ranked[0][1], [original for _, original in ranked]
    start = len(_shared(texts))
    behind = len(_shared([text[start:][::-1] for text in texts]))
    end = len(best) - behind
    total = sum(math.exp(score - ranked[0][0]) for score, _ in ranked)
    candidates = tuple(
        Candidate(text[start : len(text) - behind], math.exp(score - ranked[0][0]) / total)
        for score, text in ranked
    )
    return Cluster(start, max(end, start), candidates, ranked[0][0] - ranked[1][0] if ranked[1:] else 0.0)


def _shared(texts: list[str]) -> str:
    """The characters with which all of some texts begin."""
    first, last = min(texts), max(texts)
    same = (at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    return first[: next(same, min(len(first), len(last)))]


def _proved(channel: Channel, text: str, paths: Iterable[_Path]) -> list[tuple[float, str]]:
    """The paths that damage to the text, by words too, best first."""
    first = sorted(paths, key=lambda path: -path.score)[:_RANKED]
    originals = [path.text for path in first if channel.damage(channel.damage(path.text)) == text]
    return sorted(((model().score(original), original) for original in originals), reverse=True)


def _paths(reading: Reading, stream: str) -> list[_Path]:
    """What the text may have been, from the characters between the passes, one after the other."""
    language, rows = model(), refusals(reading)
    paths = [_Path(0.0, "", b"")]
    for shape in _between(stream):
        pieces = _known(reading.codec, shape) or _possible(reading, shape)
        paths = _kept(one for path in paths for piece in pieces for one in _fed(language, rows, path, piece))
    return [path for path in paths if not path.hand and _is_refused(rows, path, END)]


def _kept(paths: Iterable[_Path]) -> list[_Path]:
    best: dict[tuple[str, bytes, int], _Path] = {}
    for path in paths:
        best.setdefault((path.text, path.hand, path.lost), path)
    ranked = sorted(best.values(), key=lambda path: -path.score)
    whole = [path for path in ranked if not path.hand]
    return whole[:_WIDE] + [path for path in ranked if path.hand][:_OPEN]


def _is_refused(rows: Refusals, path: _Path, after: int) -> bool:
    """Whether the first pass lost the byte in question before ``after``; none is in question mostly."""
    return path.lost < 0 or rows[path.lost][after] == LEAVES


def _fed(language: Model, rows: Refusals, path: _Path, piece: tuple[int | None, ...]) -> Iterator[_Path]:
    """A path with the bytes of one more character between the passes; None is a byte lost in the first."""
    paths = [path]
    for byte in piece:
        options = (byte,) if byte is not None else None
        paths = [
            one._replace(lost=value if byte is None else -1)
            for before in paths
            for value in options or (_TAILS if before.hand else _LEADS)
            if _is_refused(rows, before, value) and (one := _with(language, before, value))
        ]
    yield from paths


def _with(language: Model, path: _Path, byte: int) -> _Path | None:
    hand = path.hand + bytes((byte,))
    if byte < 0x80 or not path.hand:
        if byte >= 0xC2 and not path.hand:
            return path._replace(hand=hand)
        if byte >= 0x80 or path.hand:
            return None
    elif not 0x80 <= byte <= 0xBF:
        return None
    elif len(hand) < _length(hand[0]):
        return path._replace(hand=hand)
    try:
        char = hand.decode("utf-8")
    except UnicodeDecodeError:
        return None
    left = ("\n\n" + path.text)[-2:]
    return _Path(path.score + language.step(left[0], left[1], char), path.text + char, b"")


def _length(lead: int) -> int:
    return 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4


def _between(stream: str) -> Iterator[tuple[int | None, ...]]:
    """The characters between the passes as their bytes; None is a byte lost in the second pass."""
    place = 0
    while place < len(stream):
        lead = stream[place]
        length = 3 if lead == MARK else 1 if lead < "\x80" else _length(ord(lead))
        yield tuple(None if symbol == MARK else ord(symbol) for symbol in stream[place : place + length])
        place += length


@cache
def _possible(reading: Reading, shape: tuple[int | None, ...]) -> tuple[tuple[int | None, ...], ...]:
    """The same for a character of which the second pass lost bytes, one set for each that it may be."""
    options = [_options(place, byte) for place, byte in enumerate(shape)]
    found = (_known(reading.codec, whole) for whole in product(*options) if _is_lost(reading, shape, whole))
    return tuple({piece: None for pieces in found for piece in pieces})


def _options(place: int, byte: int | None) -> Iterable[int]:
    return (byte,) if byte is not None else _LEADS if place == 0 else _TAILS


def _is_lost(reading: Reading, shape: tuple[int | None, ...], whole: tuple[int, ...]) -> bool:
    """Whether the second pass refuses the bytes that are missing, as far as the character tells."""
    rows = refusals(reading)
    return all(
        byte is not None or rows[whole[place]][whole[place + 1]] == LEAVES
        for place, byte in enumerate(shape[:-1])
    )


@cache
def _known(codec: str, shape: tuple[int | None, ...]) -> tuple[tuple[int | None, ...], ...]:
    """The bytes of a character whose bytes are all there; none for what GBK does not make."""
    if None in shape:
        return ()
    try:
        char = bytes(byte or 0 for byte in shape).decode("utf-8")
        return ((None,),) if char == REPLACEMENT else (tuple(char.encode(codec)),)
    except UnicodeError:
        return ()
