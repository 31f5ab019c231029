"""What a repair changes in one place: the text before and after, with the characters that differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from seedlint.diagnostic import Diagnostic

_ALIGNED = 200  # characters of an edit up to which it is aligned character by character


class Piece(NamedTuple):
    """A stretch of text, the same on both sides (``before == after``) or not."""

    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the repair changes this stretch."""
        return self.before != self.after


def pieces(one: Diagnostic) -> list[Piece]:
    """The excerpt as stretches that stay and stretches that change; edits beyond the excerpt are left out.

    A transcoding changes every byte and is no edit of the text: one stretch that stays.
    """
    assert one.location is not None
    text, found, at = one.location.excerpt, list[Piece](), 0
    for edit in sorted(one.fix.edits) if one.fix else ():
        start, end = max(edit.start - one.span.start, at), min(edit.end - one.span.start, len(text))
        if start > len(text) or (start == len(text) and edit.start < edit.end):
            break
        found += [Piece(text[at:start], text[at:start]), *_aligned(text[start:end], edit.replacement)]
        at = end
    found.append(Piece(text[at:], text[at:]))
    return [piece for piece in found if piece != ("", "")]


def before_after(one: Diagnostic) -> tuple[str, str]:
    """The excerpt as it is and as it will be."""
    found = pieces(one)
    return "".join(piece.before for piece in found), "".join(piece.after for piece in found)


def _aligned(before: str, after: str) -> Iterator[Piece]:
    """The stretches of one edit; a long one differs as a whole."""
    if not before or not after or len(before) + len(after) > _ALIGNED:
        yield Piece(before, after)
        return
    from difflib import SequenceMatcher

    for _, start, end, new_start, new_end in SequenceMatcher(None, before, after, False).get_opcodes():
        yield Piece(before[start:end], after[new_start:new_end])
