"""A piece table: a repaired text as pieces of the original and what replaced the rest.

It answers two questions that phases ask: where a place of the repaired text stands
in the original, and which edits of the original give the repaired text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

from seedlint.diagnostic import Diagnostic, Edit, Span
from seedlint.document import encode


class Piece(NamedTuple):
    """What stands for the characters ``start`` to ``end`` of the original.

    ``authors`` are the diagnostics whose fixes wrote it, and ``source`` is what they wrote; a kept
    piece has none, and ``source`` is the whole original: so a large text is not copied.
    """

    start: int
    end: int
    source: str
    authors: tuple[Diagnostic, ...] = ()

    @property
    def text(self) -> str:
        """The characters of the repaired text."""
        return self.source if self.authors else self.source[self.start : self.end]

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.source) if self.authors else self.end - self.start

    def cut(self, start: int, end: int) -> Piece:
        """The characters ``start`` to ``end`` of a kept piece."""
        return Piece(self.start + start, self.start + end, self.source)


class PieceTable:
    """A text made of pieces; frozen: applying edits gives a new one."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = tuple(pieces)

    @classmethod
    def of(cls, text: str) -> PieceTable:
        """The original as one kept piece."""
        return cls([Piece(0, len(text), text)])

    @cached_property
    def text(self) -> str:
        """The repaired text."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(piece.size for piece in self.pieces))

    def _start(self, index: int) -> int:
        return self._ends[index] - self.pieces[index].size

    def touched(self, span: Span) -> range:
        """Indexes of the pieces that ``span`` of the repaired text touches, at least one."""
        first = min(bisect_right(self._ends, span.start), len(self.pieces) - 1)
        last = max(min(bisect_left(self._ends, span.end), len(self.pieces) - 1), first)
        return range(first, last + 1)

    def origin(self, span: Span) -> Span:
        """The span of the original that ``span`` of the repaired text stands for.

        A boundary inside a replaced piece moves out to the end of that piece.
        """
        found = self.touched(span)
        first, last = self.pieces[found[0]], self.pieces[found[-1]]
        start = first.start if first.authors else first.start + span.start - self._start(found[0])
        end = last.end if last.authors else last.start + span.end - self._start(found[-1])
        return Span(start, max(start, end))

    def origin_edit(self, edit: Edit) -> Edit:
        """The edit of the original that does what ``edit`` does to the repaired text."""
        span = Span(edit.start, edit.end)
        found = self.touched(span)
        first, last = self.pieces[found[0]], self.pieces[found[-1]]
        prefix = self.text[self._start(found[0]) : edit.start] if first.authors else ""
        suffix = self.text[edit.end : self._ends[found[-1]]] if last.authors else ""
        return Edit(*self.origin(span), prefix + edit.replacement + suffix)

    def authors(self, span: Span) -> list[Diagnostic]:
        """The diagnostics whose fixes wrote something in ``span`` or right beside it."""
        found = self.touched(Span(max(span.start - 1, 0), span.end + 1))
        return [author for piece in self.pieces[found[0] : found[-1] + 1] for author in piece.authors]

    def without(self, spans: Sequence[Span]) -> str:
        """The repaired text, blank where it still holds what ``spans`` hold: in order, none overlapping."""
        return "".join(piece.text if piece.authors else _blanked(piece, spans) for piece in self.pieces)

    def apply(self, edits: Sequence[tuple[Edit, Diagnostic]]) -> PieceTable:
        """The table after ``edits`` of the repaired text: in order, none overlapping."""
        left, right = self._cut(sorted({at for edit, _ in edits for at in edit[:2]})), list[Piece]()
        end = len(self.text)
        for edit, author in reversed(edits):
            while left and end - left[-1].size >= edit.end and end > edit.start:
                right.append(left.pop())
                end -= right[-1].size
            end = _replace(left, right, end, edit, author)
        return PieceTable([*left, *reversed(right)])

    def _cut(self, places: Sequence[int]) -> list[Piece]:
        """The pieces, kept ones cut at ``places`` of the repaired text: else every edit copied the rest."""
        found, start = list[Piece](), 0
        for piece in self.pieces:
            end = start + piece.size
            inside = places[bisect_right(places, start) : bisect_left(places, end)]
            if piece.authors or not inside:
                found.append(piece)
            else:
                cuts = [0, *(at - start for at in inside), piece.size]
                found += [piece.cut(a, b) for a, b in pairwise(cuts)]
            start = end
        return found


def keeps_the_rest(before: str, after: bytes, edits: Iterable[Edit], encoding: str) -> bool:
    """Whether ``after`` holds, in order, the bytes of all that no edit of ``before`` touches.

    Knows nothing of pieces: it is there to find their faults.
    """
    kept, at = [], 0
    for start, end, _ in sorted(edits):
        kept.append(encode(before[at:start], encoding))
        at = max(at, end)
    first, *middle = [*kept, encode(before[at:], encoding)]
    if not middle:
        return after == first
    last, found = middle.pop(), len(first)
    for part in middle:
        found = after.find(part, found) + len(part)
        if found < len(part):
            return False
    return after.startswith(first) and after.endswith(last) and found + len(last) <= len(after)


_VISIBLE = re.compile(r"[^\r\n]")


def _blanked(piece: Piece, spans: Sequence[Span]) -> str:
    """The text of a kept piece with blanks in ``spans`` of the original; lines stay lines."""
    text, at, parts = piece.source, piece.start, list[str]()
    for span in spans[bisect_left(spans, piece.start, key=lambda one: one.end) :]:
        if span.start >= piece.end:
            break
        start, end = max(span.start, at), min(span.end, piece.end)
        parts += [text[at:start], _VISIBLE.sub(" ", text[start:end])]
        at = max(at, end)
    return "".join([*parts, text[at : piece.end]])


def _replace(left: list[Piece], right: list[Piece], end: int, edit: Edit, author: Diagnostic) -> int:
    """Move the edited piece from the end of ``left`` to ``right``; the new end of ``left``."""
    start, touched = end, list[Piece]()
    while start > edit.start:
        touched.append(left.pop())
        start -= touched[-1].size
    if not touched:
        at = left[-1].end if left else 0
        right.append(Piece(at, at, edit.replacement, (author,)))
        return end
    first, last = touched[-1], touched[0]
    prefix, suffix = first.text[: edit.start - start], last.text[last.size - (end - edit.end) :]
    origin = Span(first.start, last.end)
    if not last.authors:
        origin = Span(origin.start, last.end - len(suffix))
        right.append(last.cut(last.size - len(suffix), last.size))
        suffix = ""
    if not first.authors:
        left.append(first.cut(0, len(prefix)))
        origin = Span(first.start + len(prefix), origin.end)
        start, prefix = start + len(prefix), ""
    authors = (*(one for piece in reversed(touched) for one in piece.authors), author)
    left.append(Piece(*origin, prefix + edit.replacement + suffix, authors))
    return start + left[-1].size
