"""Where in a text a slow pattern need be tried: around what a fast one finds."""

from __future__ import annotations

import re
from collections.abc import Iterator

_REACH = 64  # characters on either side that can belong to a sequence


_WINDOW = 65_536  # characters counted at once


def count(pattern: re.Pattern[str], text: str) -> int:
    """How many characters of ``text`` a pattern of one character matches; a long text costs no memory."""
    return sum(len(pattern.findall(text, at, at + _WINDOW)) for at in range(0, len(text), _WINDOW))


def neighbourhoods(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Stretches of ``text`` around the matches of a pattern, in order, none overlapping."""
    start = end = 0
    for match in pattern.finditer(text):
        if match.start() - _REACH > end:
            if end:
                yield start, end
            start = match.start() - _REACH
        end = match.end() + _REACH
    if end:
        yield max(start, 0), min(end, len(text))


def lines_with(pattern: re.Pattern[str], text: str, soft: tuple[str, ...] = ()) -> Iterator[tuple[int, int]]:
    """The lines of ``text`` that hold a match of a pattern, with their ends, in order.

    A line that ends in one of ``soft`` and the next are one line.
    """
    end = 0
    while match := pattern.search(text, end):
        start = text.rfind("\n", end, match.start()) + 1 or end
        while start > end and text.endswith(soft, end, start):
            start = text.rfind("\n", end, start - 1) + 1 or end
        end = text.find("\n", match.end()) + 1 or len(text)
        while end < len(text) and text.endswith(soft, start, end):
            end = text.find("\n", end) + 1 or len(text)
        yield start, end
