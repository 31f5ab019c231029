"""What to cut when lines go, so that clean paragraph breaks stay.

Every block has its own cut, right whether its neighbours go too or stay: at the
tail a block takes the blank lines before it along, elsewhere those behind it,
unless they are the only ones that part the lines around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from seedlint.chrome.lines import Line
from seedlint.document import Document


class Cut(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) to take out."""

    start: int
    end: int


def cuts(
    document: Document, lines: Sequence[Line], spans: Sequence[tuple[int, int]], alike: Sequence[bool] = ()
) -> Iterator[Cut]:
    """The cut of every block; ``spans`` are its first and last index among ``lines``.

    Blocks of one paragraph go together if they are ``alike`` (all of them, unless told).
    """
    covered = {index for low, high in spans for index in range(low, high + 1)}
    tail = _tail(covered, len(lines))
    parted = False
    for number, (low, high) in enumerate(spans):
        if not _continues(number, spans, lines, alike):
            parted = low == 0 or lines[low].after_gap
        yield (
            _at_tail(lines, low, high)
            if low >= tail and low > 0
            else _before(document, lines, (low, high), parted)
        )


def _continues(
    number: int, spans: Sequence[tuple[int, int]], lines: Sequence[Line], alike: Sequence[bool]
) -> bool:
    """Whether a block goes on in the paragraph of the block before it, and goes when that goes."""
    low = spans[number][0]
    if not number or spans[number - 1][1] != low - 1 or lines[low].after_gap:
        return False
    return not alike or alike[number] == alike[number - 1]


def _tail(covered: set[int], count: int) -> int:
    """Index of the first line of the run of blocks that ends the text; ``count`` if none does."""
    index = count
    while index - 1 in covered:
        index -= 1
    return index


def _at_tail(lines: Sequence[Line], low: int, high: int) -> Cut:
    return Cut(lines[low - 1].end, lines[high].end)


def _before(document: Document, lines: Sequence[Line], span: tuple[int, int], parted: bool) -> Cut:
    """With the blank lines behind it where blank lines, or the head, stand before its paragraph."""
    starts, (low, high) = document.line_starts, span
    start = starts[0] if low == 0 else lines[low].start
    if high + 1 < len(lines) and parted:
        return Cut(start, lines[high + 1].start)
    after = lines[high].number + 1
    return Cut(start, starts[after] if after < len(starts) else lines[high].end)
