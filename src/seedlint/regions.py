"""Where a text is not prose: front matter, code, URLs, markup."""

from __future__ import annotations

import os
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, cached_property
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


def _is_code(path: str | None) -> bool:
    return path is not None and os.path.splitext(path)[1].lower() in _CODE_SUFFIXES


def _hinted(text: str) -> list[tuple[Region, re.Pattern[str]]]:
    """The kinds that a text may hold, with their patterns."""
    return [(kind, pattern) for kind, hint, pattern in _patterns() if hint.search(text)]


def _scan(
    text: str, path: str | None, patterns: list[tuple[Region, re.Pattern[str]]]
) -> Iterator[tuple[int, int, Region]]:
    """Start, end and kind of every region; ``patterns`` are those of the kinds that the text may hold."""
    if _is_code(path):
        yield 0, len(text), Region.SOURCE_CODE
        return
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
    """The regions of one text, in order, none overlapping another; looked for once somebody asks."""

    def __init__(self, text: str, path: str | None = None) -> None:
        self._text, self._path, self._patterns = text, path, _hinted(text)
        self.possible = frozenset(kind for kind, _ in self._patterns)
        """The kinds that the text may hold, by a quick look."""
        if _is_code(path):
            self.possible = frozenset({Region.SOURCE_CODE})

    @cached_property
    def _rows(self) -> tuple[array[int], array[int], list[Region]]:
        """Starts, ends and kinds, in flat rows: large pages have ten thousand regions a megabyte."""
        starts, ends, kinds = array("Q"), array("Q"), list[Region]()
        for start, end, kind in _scan(self._text, self._path, self._patterns):
            starts.append(start)
            ends.append(end)
            kinds.append(kind)
        return starts, ends, kinds

    def __iter__(self) -> Iterator[tuple[Span, Region]]:
        starts, ends, kinds = self._rows
        return zip(map(Span, starts, ends), kinds, strict=True)

    def overlapping(self, span: Span) -> Iterator[tuple[Span, Region]]:
        """The regions that share a character with ``span``."""
        starts, ends, kinds = self._rows
        first = max(bisect_right(starts, span.start) - 1, 0)
        for index in range(first, len(kinds)):
            found = Span(starts[index], ends[index])
            if found.start >= max(span.end, span.start + 1):
                return
            if found.overlaps(span):
                yield found, kinds[index]

    def is_prose(self, span: Span) -> bool:
        """Whether no region touches ``span``."""
        return not any(self.overlapping(span))
