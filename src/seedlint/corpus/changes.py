"""What differs between two versions of a text, and both beside a third: spans of the first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_ALIGNED = 4000  # characters up to which a stretch is aligned character by character


class Change(NamedTuple):
    """The characters ``start`` to ``end`` of the old text are ``new_start`` to ``new_end`` in the new."""

    start: int
    end: int
    new_start: int
    new_end: int


def changes(old: str, new: str) -> list[Change]:
    """Where the texts differ, in order; by lines first, inside changed lines by characters."""
    if old == new:
        return []
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    old_ends, new_ends = _offsets(old_lines), _offsets(new_lines)
    found = list[Change]()
    for tag, a, b, c, d in SequenceMatcher(None, old_lines, new_lines).get_opcodes():
        if tag != "equal":
            block = Change(old_ends[a], old_ends[b], new_ends[c], new_ends[d])
            found += _inside(old, new, block)
    return found


def _offsets(lines: Sequence[str]) -> list[int]:
    ends = [0]
    for line in lines:
        ends.append(ends[-1] + len(line))
    return ends


def _inside(old: str, new: str, block: Change) -> Iterator[Change]:
    """The changes within a block of lines."""
    a, b = old[block.start : block.end], new[block.new_start : block.new_end]
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    a, b = a[head : len(a) - tail], b[head : len(b) - tail]
    start, new_start = block.start + head, block.new_start + head
    for one in _aligned(a, b):
        yield Change(start + one.start, start + one.end, new_start + one.new_start, new_start + one.new_end)


def _common(a: str, b: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if a[:middle] == b[:middle] else (low, middle - 1)
    return low


def _aligned(a: str, b: str) -> Iterator[Change]:
    if len(a) == len(b) and sum(x == y for x, y in zip(a, b, strict=True)) * 2 >= len(a):
        yield from _runs([x != y for x, y in zip(a, b, strict=True)])
    elif not a or not b or len(a) * len(b) > _ALIGNED**2:
        yield Change(0, len(a), 0, len(b))
    else:
        for tag, *place in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            if tag != "equal":
                yield Change(*place)


def _runs(differs: Sequence[bool]) -> Iterator[Change]:
    """One character for one: runs of those that differ."""
    start = None
    for at, differ in enumerate([*differs, False]):
        if differ and start is None:
            start = at
        elif not differ and start is not None:
            yield Change(start, at, start, at)
            start = None


class Map:
    """Carries places of the old text over to the new one."""

    def __init__(self, found: Sequence[Change]) -> None:
        self._found = found
        self._starts = [one.start for one in found]
        self._ends = [one.end for one in found]

    def within(self, start: int, end: int) -> Sequence[Change]:
        """The changes that touch the characters ``start`` to ``end``."""
        return self._found[bisect_left(self._ends, start) : bisect_right(self._starts, end)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """What stands for these characters; no change may cross a border of them."""
        first, last = bisect_left(self._starts, start), bisect_right(self._ends, end)
        before = self._found[first - 1] if first else Change(0, 0, 0, 0)
        inside = self._found[last - 1] if last else Change(0, 0, 0, 0)
        return start + before.new_end - before.end, end + inside.new_end - inside.end


def regions(*spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans joined where they overlap; those that merely meet stay apart, unless one is empty."""
    joined = list[tuple[int, int]]()
    for start, end in sorted(span for one in spans for span in one):
        if joined and (
            start < joined[-1][1] or (start == joined[-1][1] and (start == end or joined[-1][0] == start))
        ):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
