"""A damaged text as the bytes it was read from, with the places of lost bytes.

Bytes are written as characters U+0000 to U+00FF, so that patterns and slices work
on them; a mark stands for a byte (and what it ate) that is gone.
"""

from __future__ import annotations

import re
from functools import cache

from seedlint.channels.reading import Reading

MARK = "\u0100"
"""A lost byte for certain."""
MAYBE = "\u0101"
"""A lost byte, or the mark's own character standing in the text."""
SPECIAL = re.compile(f"[{MARK}{MAYBE}]")


def stream_of(text: str, reading: Reading) -> str:
    """The bytes behind ``text``, one character each.

    Raises UnicodeEncodeError where ``text`` holds what the reading never produces.
    """
    if reading.euro and "€" in text:
        return "\x80".join(stream_of(run, reading) for run in text.split("€"))
    if not reading.mark or reading.mark not in text:
        return reading.write(text).decode("latin-1")
    symbol = MAYBE if reading.literal else MARK
    return symbol.join(reading.write(run).decode("latin-1") for run in text.split(reading.mark))


_TWICE = dict(zip("\xda\xdb\xdf\xe0\xe3\xe6\xe7", "\x97\x96\x91\x90\x95\x9a\x92", strict=True))


def as_utf8(stream: str, reading: Reading) -> str:
    """The stream of what was UTF-8, where the code page has two pairs of bytes for one sign.

    Code page 932 has U+2252, U+2261 and others at 0x81.. and at 0x87..: behind a lead byte
    of three only the second makes a character.
    """
    if reading.codec != "cp932":
        return stream
    return _first_of_two().sub(lambda found: found[1] + "\x87" + _TWICE[found[2]], stream)


@cache
def _first_of_two() -> re.Pattern[str]:
    return re.compile("([\xe0-\xef])\x81([\xda\xdb\xdf\xe0\xe3\xe6\xe7])")


EDGE = 0x200
"""Raises the first byte of a damaged character."""


def edged(stream: str, reading: Reading) -> str:
    """The stream with the first byte of every damaged character raised by `EDGE`.

    Where lost bytes left no mark they can only have stood before one of these.
    """
    parts, place = [], 0
    for char in reading.read(stream.encode("latin-1")):
        size = 1 if reading.euro and char == "€" else len(reading.write(char))
        parts += [chr(ord(stream[place]) + EDGE), stream[place + 1 : place + size]]
        place += size
    return "".join(parts)


def known_bytes(stream: str, start: int, end: int) -> bytes:
    """The bytes of a part without marks."""
    return stream[start:end].encode("latin-1")
