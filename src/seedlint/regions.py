"""Where a text is not prose: front matter, code, URLs, markup."""

from __future__ import annotations

import os
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from heapq import heapify, heappop, heapreplace

from seedlint.diagnostic import Span


class Region(StrEnum):
    """One kind of text that is not prose."""

    FRONT_MATTER = "front matter"
    FENCED_CODE = "fenced code"
    INLINE_CODE = "inline code"
    URL = "URL"
    LINK_TARGET = "link target"
    MARKUP = "markup"
    SOURCE_CODE = "source code"


EVERYWHERE = frozenset(Region)

_CODE_SUFFIXES = frozenset(
    ".bat .c .cc .cfg .conf .cpp .cs .css .csv .go .h .hpp .ini .java .js .json .jsonl .jsx .kt .lua .php .pl"
    " .po .pot .properties .ps1 .py .pyi .r .rb .rs .scala .sh .sql .strings .swift .toml .ts .tsv .tsx .vb"
    " .vue .xml .yaml .yml".split()
)
# Every kind as a hint, without which a text holds none of it, and a pattern; the patterns begin
# with a literal or a class wherever they can, for the engine looks for these fastest.
_KINDS = (
    (Region.FRONT_MATTER, "---", r"\A\ufeff?---[ \t]*\r?\n(?s:.*?)^(?:---|\.\.\.)[ \t]*$"),
    (
        Region.FENCED_CODE,
        "```|~~~",
        r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n`]*\n(?:.*\n)*?(?:[ \t>]*(?P=fence)[`~]*[ \t]*$|.*\Z)",
    ),
    (Region.INLINE_CODE, "`", r"`(?<!``)(?:(?!`)[^`\n]+`(?!`)|`(?!`)(?:[^`\n]|`(?!`))+``(?!`))"),
    (
        Region.LINK_TARGET,
        r"\]\(",
        r"\((?<=\]\()(?:[^()\s]|\([^()\s]*\))*(?:[ \t]+\"[^\"\n]*\")?\)",
    ),
    (Region.LINK_TARGET, r"\]:", r"^[ ]{0,3}\[[^\]\n]+\]:[ \t]*\S+"),
    (
        Region.URL,
        ":(?<=[speao]:)",
        r"[hfdm](?<![A-Za-z0-9].)(?:(?<=h)ttps?|(?<=f)(?:tp|ile)|(?<=d)ata|(?<=m)ailto)"
        r":[^\s<>\"'\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+",
    ),
    (Region.URL, r"www\.", r"www\.(?<![A-Za-z0-9]....)[\w./?=&%#-]+"),
    (Region.MARKUP, "<", r"<!--(?s:.*?)(?:-->|\Z)|</?[A-Za-z][^<>\n]{0,2000}>"),
)


@cache
def _patterns() -> tuple[tuple[Region, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((kind, re.compile(hint), re.compile(source, re.MULTILINE)) for kind, hint, source in _KINDS)


def _scan(text: str, path: str | None) -> Iterator[tuple[int, int, Region]]:
    """Start, end and kind of every region."""
    if path is not None and os.path.splitext(path)[1].lower() in _CODE_SUFFIXES:
        yield 0, len(text), Region.SOURCE_CODE
        return
    patterns = [(kind, pattern) for kind, hint, pattern in _patterns() if hint.search(text)]
    firsts = ((pattern.search(text), order) for order, (_, pattern) in enumerate(patterns))
    found = [(match.start(), order, match) for match, order in firsts if match]
    heapify(found)
    end = 0
    while found:
        start, order, match = found[0]
        kind, pattern = patterns[order]
        if start >= end:  # not inside the one before
            end = match.end()
            yield start, end, kind
        following = pattern.search(text, end)
        if following:
            heapreplace(found, (following.start(), order, following))
        else:
            heappop(found)


class Regions:
    """The regions of one text, in order, none overlapping another."""

    def __init__(self, text: str, path: str | None = None) -> None:
        # Three flat rows: large pages have ten thousand regions a megabyte.
        self._starts, self._ends = array("Q"), array("Q")
        self._kinds: list[Region] = []
        for start, end, kind in _scan(text, path):
            self._starts.append(start)
            self._ends.append(end)
            self._kinds.append(kind)

    def __iter__(self) -> Iterator[tuple[Span, Region]]:
        return zip(map(Span, self._starts, self._ends), self._kinds, strict=True)

    def overlapping(self, span: Span) -> Iterator[tuple[Span, Region]]:
        """The regions that share a character with ``span``."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        for index in range(first, len(self._kinds)):
            found = Span(self._starts[index], self._ends[index])
            if found.start >= max(span.end, span.start + 1):
                return
            if found.overlaps(span):
                yield found, self._kinds[index]

    def is_prose(self, span: Span) -> bool:
        """Whether no region touches ``span``."""
        return not any(self.overlapping(span))
