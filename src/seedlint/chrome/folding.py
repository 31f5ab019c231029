"""The form in which phrases are kept and lines are compared: lower case, Simplified, single spaces."""

from __future__ import annotations

from functools import cache

from seedlint.chrome.tables import rows

_DROPPED = "\N{ZERO WIDTH NON-JOINER}\N{SOFT HYPHEN}\ufeff\N{ZERO WIDTH SPACE}"


@cache
def folding() -> dict[int, int | None]:
    """Traditional to Simplified for the characters of the phrases, and marks to drop."""
    table: dict[int, int | None] = {ord(pair[0]): ord(pair[1]) for pair in rows("fold.txt")}
    return table | dict.fromkeys(map(ord, _DROPPED))


@cache
def _folded() -> frozenset[str]:
    return frozenset(map(chr, folding()))


def fold(text: str) -> str:
    """``text`` in lower case, folded to Simplified."""
    if not text.isascii() and not _folded().isdisjoint(text):
        text = text.translate(folding())
    return text.lower()


def normal(text: str) -> str:
    """``text`` in lower case, folded to Simplified, spaces collapsed: the form phrases are kept in."""
    return " ".join(fold(text).split())
