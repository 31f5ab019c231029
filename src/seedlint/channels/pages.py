"""Which channels come into question for a place, from the characters that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from seedlint.channels.channel import LATIN_PAGES, Channel
from seedlint.channels.reading import REPLACEMENT, Reading, Swallow
from seedlint.channels.stream import MARK, MAYBE, stream_of
from seedlint.channels.suspects import familiar

_FAMILIES = {
    "gb18030": "gbk",
    "gbk": "gbk",
    "cp950": "big5",
    "big5": "big5",
    "big5hkscs": "big5",
    "cp932": "cp932",
    "euc_jp": "euc_jp",
    "cp949": "cp949",
}
_TRUE = ("utf-8", "gbk", "big5", "cp932", "cp949", "euc_jp")
_READ = {
    "gb18030": ("gb18030", "gbk"),
    "cp950": ("big5", "cp950", "big5hkscs"),
    "cp932": ("cp932", "shift_jis"),
    "cp949": ("cp949", "euc_kr"),
    "euc_jp": ("euc_jp",),
}
_DOT = "\N{KATAKANA MIDDLE DOT}"
_LEAST_PROMISE = {"utf-8": 0.55}
_LEAST_DOUBLE = 0.7
Promise = tuple[tuple[str, str], float]
"""A true and a read encoding, and how much of a text they explain."""
_HOLE = f"[{MARK}{MAYBE}]"


def double_byte(text: str) -> Iterator[Promise]:
    """Pairs of (true, read) double-byte encodings and UTF-8 for ``text``, with their promise."""
    for codec in _READ:
        reading = Reading(codec)
        try:
            stream = stream_of(text.replace("€", ""), reading)
        except UnicodeEncodeError:
            continue
        yield from _promising(stream, codec)


def latin(text: str, line: str) -> Iterator[Promise]:
    """The same for single-byte pages; a page that would not read ``line`` as it stands is left out."""
    for codec in LATIN_PAGES:
        for reading in readings(codec, line):
            try:
                stream = stream_of(text, reading)
                sound = REPLACEMENT in line or reading.read(reading.write(line)) == line
            except UnicodeEncodeError:
                continue
            if sound:
                yield from _promising(stream, codec)


def _promising(stream: str, codec: str) -> Iterator[Promise]:
    for true in _TRUE:
        if _FAMILIES.get(codec) != true and (value := promise(stream, true)) >= _LEAST_PROMISE.get(
            true, _LEAST_DOUBLE
        ):
            yield (true, codec), value


def promise(stream: str, true: str) -> float:
    """The share of the bytes beyond ASCII that make familiar characters of the true encoding."""
    high = len(_high().findall(stream))
    if not high:
        return 0.0
    if true == "utf-8":
        return sum(map(len, _utf8_character().findall(stream))) / high
    parts = _marks().split(stream)
    counts = [_familiar(part, true, at > 0, at + 1 < len(parts)) for at, part in enumerate(parts)]
    return sum(known for known, _ in counts) / max(1, sum(size for _, size in counts))


def _familiar(part: str, true: str, behind: bool, before: bool) -> tuple[int, int]:
    """Of the characters beyond ASCII in a part without marks those that are familiar, and all.

    ``behind`` a mark the first byte may belong to a character whose first byte was lost, and
    ``before`` one the last to a character whose last byte was.
    """
    texts = [part[at:].encode("latin-1").decode(true, "replace") for at in range(1 + behind)]
    if before:
        texts = [text.removesuffix(REPLACEMENT) for text in texts]
    counts = [
        (len(_known().findall(text)), len(text) - len(_ascii().findall(text)) + text.count(REPLACEMENT))
        for text in texts
    ]
    return max(counts, key=lambda count: (count[0] - count[1], count[0]))


@cache
def _high() -> re.Pattern[str]:
    return re.compile(f"[\x80-\xff]|{_HOLE}")


@cache
def _utf8_character() -> re.Pattern[str]:
    tail = f"[\x80-\xbf{MARK}{MAYBE}]"
    return re.compile(
        f"[\xe1-\xef]{tail}{{2}}|[\xc2-\xdf][\x80-\xbf]|[\xf0-\xf3]{tail}{{3}}|{_HOLE}{tail}{{1,2}}|[\xe2-\xef]{tail}"
    )


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(f"{_HOLE}+")


@cache
def _known() -> re.Pattern[str]:
    return re.compile(f"[\u3000-\u30ff\uff01-\uff60\u2010-\u2030{re.escape(''.join(familiar()))}]")


@cache
def _ascii() -> re.Pattern[str]:
    return re.compile("[\x00-\x7f]")


def readings(codec: str, text: str) -> Iterator[Reading]:
    """How the wrong decoder may have treated what it could not read, likeliest first."""
    if codec not in _READ:
        yield Reading(codec, mark=REPLACEMENT if REPLACEMENT in text else None)
        return
    if REPLACEMENT not in text:
        yield from _unmarked(codec, text)
        return
    for variant in _variants(codec, text):
        yield Reading(variant)
        yield Reading(variant, swallow=Swallow.HIGH, euro=variant in ("gbk", "gb18030"))


def _variants(codec: str, text: str) -> tuple[str, ...]:
    """The codecs of one family that may have been at work; GBK reads no private use."""
    if codec == "gb18030":
        return ("gb18030",) if _private(text) else ("gbk", "gb18030")
    return _READ[codec]


def _unmarked(codec: str, text: str) -> Iterator[Reading]:
    """The same where no U+FFFD stands; a middle dot in Shift_JIS is the mark before it is itself."""
    variant, euro, dotted = _variants(codec, text)[0], "€" in text, codec == "cp932" and _DOT in text
    if not dotted:
        yield from map(Reading, _variants(codec, text))
    if "?" in text:
        for swallow in (Swallow.ASCII, Swallow.ANY, Swallow.NONE):
            yield Reading(variant, "?", swallow, euro)
    if dotted:
        yield Reading(variant, _DOT)
        yield Reading(variant, _DOT, pairwise=True)
    if euro:
        yield Reading(variant, "", euro=True)
    yield Reading(variant, "")


def _private(text: str) -> bool:
    return any("\ue000" <= char <= "\uf8ff" for char in text)


def channels(pair: tuple[str, str], text: str, dropped: bool) -> Iterator[Channel]:
    """The channels of one pair of encodings that may have made ``text``.

    ``dropped``: bytes may have gone without a mark.
    """
    true, codec = pair
    for reading in readings(codec, text):
        if reading.mark or dropped or reading.euro or codec not in _READ:
            yield Channel(true, reading)
