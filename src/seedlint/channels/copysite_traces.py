"""What copy sites leave behind, as far as a look tells: all that sound text needs of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from seedlint.channels.data import read
from seedlint.charclass import CharacterClass
from seedlint.document import Document

MARKS = "，！；？："
"""The marks at which sites cut."""

LOST = "?\N{REPLACEMENT CHARACTER}"
"""What stands for a lost byte."""

_REACH = 200_000
"""Characters of a text that are searched for swaps; such a site leaves several in far fewer."""


@cache
def _lost_mark() -> tuple[re.Pattern[str], ...]:
    """A lost byte before a mark of cutting; one pattern for each way to show it, fast to scan with."""
    return tuple(re.compile(rf"{re.escape(lost)}[{MARKS},!;?:]") for lost in LOST)


def may_be_cut(text: str) -> bool:
    """Whether ``text`` shows a lost byte before a mark; cheap."""
    return any(pattern.search(text) for pattern in _lost_mark())


@cache
def _swaps() -> dict[str, list[tuple[str, str]]]:
    """What is left, to what may have stood there and the characters before it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in read("copysite_swaps.txt").splitlines():
        damaged, true, left = line.split("\t")
        found.setdefault(damaged, []).append((true, left))
    return found


_REMAINS = CharacterClass.of(lambda: frozenset(_swaps()) - frozenset("、。"))


def suspects(document: Document) -> list[tuple[int, str]]:
    """Offsets of characters that may stand for others, with what may have stood there.

    For `Document.analysis`.
    """
    text, table = document.text, _swaps()
    places = _REMAINS.places(document)
    if "蔡" in text:  # alone before 、 and 。, which are everywhere
        places = sorted([*places, *(match.start() for match in re.finditer("[、。]", text))])
    return [
        (at, true)
        for at in places[: bisect_left(places, _REACH)]
        for true, left in table.get(text[at], ())
        if at and text[at - 1] in left
    ]


def is_cut(document: Document) -> bool:
    """Whether a byte was lost before a mark, or a character may stand for others; a gate of rules."""
    return document.ideographic and (may_be_cut(document.text) or bool(document.analysis(suspects)))
