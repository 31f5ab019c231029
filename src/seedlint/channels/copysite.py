"""Copy sites: GBK text whose bytes were edited without minding where a character begins.

Four edits were seen, and running them on clean text gives the damaged pages back:

``annotate``       insert ``(reading)`` behind every byte pair that spells a listed character
``slip``           cut at every pair that spells a full-width mark, decode piece by piece
``delete_spaces``  remove every pair ``A1A1``, the ideographic space
``turn_quotes``    corner brackets become curly quotes: ``A1B8 A1B9`` to ``A1B0 A1B1``

All four meet pairs that straddle two characters, and there they break the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from seedlint.channels.copysite_traces import MARKS

EURO = 0x80


def encode(text: str) -> bytes:
    """The bytes of ``text`` in Windows code page 936; what it lacks becomes ``?``."""
    try:
        return text.encode("gbk")
    except UnicodeEncodeError:
        return _encode_each(text)


def _encode_each(text: str) -> bytes:
    return b"".join(map(_encode_char, text))


def _encode_char(char: str) -> bytes:
    if char == "€":
        return bytes((EURO,))
    try:
        return char.encode("gbk")
    except UnicodeEncodeError:
        # Private-use characters have two bytes in the code page, and Python knows them as GB18030 only.
        pair = char.encode("gb18030", "replace")
        return pair if len(pair) == 2 else b"?"


@cache
def spell(lead: int, trail: int) -> str | None:
    """The character of two bytes, None where the code page has none; private use is kept."""
    if not (0x81 <= lead <= 0xFE and 0x40 <= trail <= 0xFE and trail != 0x7F):
        return None
    try:
        return bytes((lead, trail)).decode("gb18030")
    except UnicodeDecodeError:
        return None


class Narrowing(Enum):
    """Which full-width forms a later program made half-width."""

    NONE = ""
    MARKS = "，！？：；（）"
    FORMS = "".join(map(chr, range(0xFF01, 0xFF5F)))

    def __call__(self, text: str) -> str:
        """Narrow ``text``."""
        return text.translate(_narrow_table(self)) if self.value else text


@cache
def _narrow_table(narrowing: Narrowing) -> dict[int, int]:
    return {ord(char): ord(char) - 0xFEE0 for char in narrowing.value}


@dataclass(frozen=True, slots=True)
class Decoder:
    """How a site reads its bytes back.

    ``lost`` stands for a byte that spells nothing; with ``swallows`` such a lead byte
    takes the ASCII byte behind it along. Private-use characters are shown or not.
    """

    lost: str = "?"
    swallows: bool = True
    private: bool = True
    narrowing: Narrowing = Narrowing.NONE

    def __call__(self, data: bytes) -> str:
        """Decode one piece of text."""
        text = self._pairs(data)
        if not self.private:
            text = _private().sub("", text)
        return self.narrowing(text)

    def _pairs(self, data: bytes) -> str:
        out, i = [], 0
        while i < len(data):
            char, length = self._next(data, i)
            out.append(char)
            i += length
        return "".join(out)

    def _next(self, data: bytes, i: int) -> tuple[str, int]:
        lead = data[i]
        if lead < EURO:
            return chr(lead), 1
        if lead == EURO:
            return "€", 1
        if lead == 0xFF or i + 1 == len(data):
            return self.lost, 1
        trail = data[i + 1]
        if 0x40 <= trail <= 0xFE and trail != 0x7F:
            return spell(lead, trail) or self.lost, 2
        return self.lost, 2 if self.swallows and trail < EURO else 1


@cache
def _private() -> re.Pattern[str]:
    return re.compile("[\ue000-\uf8ff]")


def annotate(data: bytes, readings: Mapping[str, str], form: str = "({})") -> bytes:
    """Insert the reading of every listed character behind its pair, aligned or not.

    ``form`` is how the site writes a reading, with ``{}`` in its place.
    """
    for char, reading in readings.items():
        pair = encode(char)
        data = data.replace(pair, pair + encode(form.replace("{}", reading)))
    return data


def slip(data: bytes, decoder: Decoder) -> str:
    """Cut at the pairs that spell a mark, aligned or not, and decode each piece on its own."""
    pieces = _mark_pairs().split(data)
    return "".join(decoder(piece) for piece in pieces)


@cache
def _mark_pairs() -> re.Pattern[bytes]:
    return re.compile(b"(" + b"|".join(re.escape(mark.encode("gbk")) for mark in MARKS) + b")")


def delete_spaces(data: bytes) -> bytes:
    """Remove every pair that spells an ideographic space, aligned or not."""
    return data.replace(b"\xa1\xa1", b"")


def turn_quotes(data: bytes) -> bytes:
    """Make corner brackets curly quotes, aligned or not."""
    return data.replace(b"\xa1\xb8", b"\xa1\xb0").replace(b"\xa1\xb9", b"\xa1\xb1")


@dataclass(frozen=True, slots=True)
class Site:
    """One site: what it does to a text, as a function that can be run."""

    readings: tuple[tuple[str, str], ...] = ()
    form: str = "({})"
    cuts: bool = True
    decoder: Decoder = Decoder()

    def __call__(self, text: str) -> str:
        """Damage ``text``."""
        data = annotate(encode(text), dict(self.readings), self.form)
        return slip(data, self.decoder) if self.cuts else self.decoder(data)


def show_cuts(text: str, site: Site) -> str:
    """The bytes of ``text`` in hex, characters apart, with ``|`` where the site cuts them: ``A1|A3A1 B1CA``.

    Behind the cut the bytes are set apart as the site reads them.
    """
    data = encode(text)
    cuts = sorted(set(_offsets(data, site)))
    pieces = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    return "|".join(" ".join(_pairs(piece)) for piece in pieces)


def _offsets(data: bytes, site: Site) -> Iterator[int]:
    if site.cuts:
        yield from (match.start() for match in _mark_pairs().finditer(data))
    for char, _ in site.readings:
        pair = encode(char)
        yield from (match.end() for match in re.finditer(re.escape(pair), data))


def _pairs(piece: bytes) -> Iterator[str]:
    i = 0
    while i < len(piece):
        width = 2 if piece[i] > EURO and i + 1 < len(piece) else 1
        yield piece[i : i + width].hex().upper()
        i += width


Channel = Callable[[str], str]
"""A forward model of damage: what the author wrote in, what the page shows out."""
