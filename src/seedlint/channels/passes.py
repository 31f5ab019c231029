"""Takes back one pass of several through a single-byte page.

What went into the last pass came out of the one before, so it holds nothing but the
characters of that page; with so few to choose from, hardly any lost byte is in doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from seedlint.channels.channel import Channel
from seedlint.channels.reading import REPLACEMENT, Reading


def unwound(channel: Channel, text: str) -> str | None:
    """``text`` before its last pass through ``channel``; None if that was not its last pass."""
    pattern, originals = _page(channel)
    parts = pattern.split(text)
    if any(part > "\x7f" for char in parts[::2] for part in char):
        return None
    return "".join(originals.get(part, part) for part in parts)


@cache
def _page(channel: Channel) -> tuple[re.Pattern[str], dict[str, str]]:
    """What the characters of the page become in one pass, and a pattern for it."""
    reading = Reading(channel.reading.codec, mark=None)
    page = [reading.read(bytes((byte,))) for byte in range(0x80, 0x100)] + [REPLACEMENT]
    damaged = [channel.damage(char) for char in page]
    times = Counter(damaged)
    originals = {shape: char for shape, char in zip(damaged, page, strict=True) if times[shape] == 1}
    shapes = sorted(originals, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, shapes))})"), originals
