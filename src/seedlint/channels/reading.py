"""How a decoder reads bytes that were not meant for it: the forward model of misreading."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_C1_BASE = 0x80


class Swallow(StrEnum):
    """What a decoder eats together with a byte it cannot read."""

    NONE = "nothing"
    ASCII = "a following ASCII byte"
    HIGH = "a following byte beyond ASCII"
    ANY = "the following byte"


@dataclass(frozen=True, slots=True)
class Reading:
    """A wrong decoder: its codec and what it does with bytes it cannot read.

    ``mark`` stands for an unreadable byte ("" when it is dropped; None when it passes
    as the control character of the same number, as browsers read Windows pages).
    ``euro``: byte 0x80 becomes the euro sign, as in Windows code page 936.
    ``pairwise``: bytes are taken two by two, so that a single-byte character is lost
    before a byte that cannot be read with it.
    The behaviours were seen in public files.
    """

    codec: str
    mark: str | None = REPLACEMENT
    swallow: Swallow = Swallow.NONE
    euro: bool = False
    pairwise: bool = False

    def read(self, data: bytes) -> str:
        """What this decoder makes of ``data``; never fails."""
        if self.pairwise:
            return "".join(_read_pairs(self, data))
        plain = self == Reading(self.codec)
        return data.decode(self.codec, "replace" if plain else _handler(self))

    def write(self, text: str) -> bytes:
        """The bytes that this decoder reads as ``text``.

        Raises UnicodeEncodeError where ``text`` holds what it never produces.
        """
        return text.encode(self.codec, _writer(self.euro, self.mark is None))

    def otherwise(self, text: str) -> bytes | None:
        """The other bytes that this decoder reads as ``text``; None where it writes all characters one way.

        Raises UnicodeEncodeError as `write`.
        """
        others = second_codes(self.codec)
        if others.keys().isdisjoint(text):
            return None
        return b"".join(others.get(char) or self.write(char) for char in text)

    def unread(self, byte: int, after: int | None, eats: bool) -> bool:
        """Whether ``byte`` before ``after`` is unreadable and eats (or leaves) ``after``.

        ``after`` is None at the end of the text.
        """
        return refusals(self)[byte][END if after is None else after] == (EATS if eats else LEAVES)

    @property
    def literal(self) -> bytes:
        """The bytes that are read as the mark itself; empty where there are none."""
        try:
            return (self.mark or "").encode(self.codec)
        except UnicodeEncodeError:
            return b""


@cache
def second_codes(codec: str) -> dict[str, bytes]:
    """The characters that a codec has twice, with the code that it does not write.

    Shift_JIS of Windows has the extensions of NEC and those of IBM: ED87 and FAA3 are one character.
    """
    if codec != "cp932":
        return {}
    codes = (bytes((lead, trail)) for lead in range(0x81, 0xFD) for trail in range(0x40, 0xFD))
    read = ((code, code.decode(codec, "replace")) for code in codes)
    return {char: code for code, char in read if char.isprintable() and _is_second(char, code, codec)}


def _is_second(char: str, code: bytes, codec: str) -> bool:
    return len(char) == 1 and char != REPLACEMENT and char.encode(codec) != code


def _read_pairs(reading: Reading, data: bytes) -> Iterator[str]:
    place = 0
    while place < len(data):
        pair = data[place : place + 1 + (data[place] >= _C1_BASE)]
        try:
            yield pair.decode(reading.codec)
            place += len(pair)
        except UnicodeDecodeError:
            yield reading.mark or ""
            place += 1 + _eaten(reading.swallow, pair[1:])


@cache
def _handler(reading: Reading) -> str:
    """Register the error handler of a reading; its name."""
    name = f"seedlint-read-{reading.codec}-{reading.mark!r}-{reading.swallow.name}-{reading.euro}"
    codecs.register_error(name, lambda error: _unreadable(reading, error))
    return name


def _unreadable(reading: Reading, error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte, place = error.object[error.start], error.start
    if reading.euro and byte == _C1_BASE:
        return "€", place + 1
    if reading.mark is None:
        return chr(byte), place + 1
    if reading.swallow is Swallow.NONE:
        return reading.mark, error.end  # more than one byte where the text ends inside a character
    return reading.mark, place + 1 + _eaten(reading.swallow, error.object[place + 1 : place + 2])


def _eaten(swallow: Swallow, following: bytes) -> int:
    if not following or swallow is Swallow.NONE:
        return 0
    return int(swallow is Swallow.ANY or (following[0] < _C1_BASE) == (swallow is Swallow.ASCII))


@cache
def _writer(euro: bool, controls: bool) -> str:
    name = f"seedlint-write-{euro}-{controls}"
    codecs.register_error(name, lambda error: _unwritable(euro, controls, error))
    return name


def _unwritable(euro: bool, controls: bool, error: UnicodeError) -> tuple[bytes, int]:
    if isinstance(error, UnicodeEncodeError):
        char, place = error.object[error.start], error.start + 1
        if euro and char == "€":
            return b"\x80", place
        if controls and (run := _upper_half().match(error.object, error.start, error.end)):
            return run[0].encode("latin-1"), run.end()  # all at once: one by one is quadratic
    raise error


@cache
def _upper_half() -> re.Pattern[str]:
    return re.compile("[\x80-\xff]+")


LEAVES, EATS = 1, 2
"""What an unreadable byte does to the byte behind it."""
END = 256
"""Stands for the byte behind the last."""


class Refusals(dict[int, bytes]):
    """By a byte: for each byte behind it, whether it is unreadable there, and what it eats; 0 if read."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.reading = reading
        self.alike: dict[bytes, int] = {}

    def like(self, byte: int, utf8: bool) -> int:
        """One byte for all that refuse the same beginnings of characters (of UTF-8, or any byte)."""
        row = self[byte]
        return self.alike.setdefault(row[:0x80] + row[0xC2:] if utf8 else row, byte)

    def __missing__(self, byte: int) -> bytes:
        row = self[byte] = bytes(_refusal(self.reading, byte, after) for after in range(END + 1))
        return row


@cache
def refusals(reading: Reading) -> Refusals:
    """What a reading refuses; its rows are worked out when first asked for."""
    return Refusals(reading)


def _refusal(reading: Reading, byte: int, after: int) -> int:
    if byte < _C1_BASE or (reading.euro and byte == _C1_BASE):
        return 0
    pair = bytes((byte,)) if after == END else bytes((byte, after))
    if not _fails(reading, pair):
        return 0
    return EATS if _eaten(reading.swallow, pair[1:]) else LEAVES


def _fails(reading: Reading, pair: bytes) -> bool:
    try:
        pair.decode(reading.codec)
    except UnicodeDecodeError as error:
        return error.start == 0 or reading.pairwise
    return False
