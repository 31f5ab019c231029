"""Where a text is not prose: front matter, code, URLs, markup."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

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
_FRONT_MATTER = r"\A\ufeff?---[ \t]*\r?\n(?s:.*?)^(?:---|\.\.\.)[ \t]*$"
_FENCE = r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n`]*\n(?s:.*?)(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
_INLINE = r"(?<!`)`[^`\n]+`(?!`)|(?<!`)``(?!`)(?:[^`\n]|`(?!`))+``(?!`)"
_URL = (
    r"(?<![A-Za-z0-9])(?:https?|ftp|file|data|mailto):[^\s<>\"'\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+"
    r"|(?<![A-Za-z0-9])www\.[\w./?=&%#-]+"
)
_LINK_TARGET = r"(?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:[ \t]+\"[^\"\n]*\")?\)|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*\S+"
_MARKUP = r"<!--(?s:.*?)(?:-->|\Z)|</?[A-Za-z][^<>\n]{0,2000}>"


@cache
def _pattern() -> re.Pattern[str]:
    parts = {
        Region.FRONT_MATTER: _FRONT_MATTER,
        Region.FENCED_CODE: _FENCE,
        Region.INLINE_CODE: _INLINE,
        Region.LINK_TARGET: _LINK_TARGET,
        Region.URL: _URL,
        Region.MARKUP: _MARKUP,
    }
    groups = (f"(?P<{region.name}>{source})" for region, source in parts.items())
    return re.compile("|".join(groups), re.MULTILINE)


def _scan(text: str, path: str | None) -> Iterator[tuple[Span, Region]]:
    if path is not None and os.path.splitext(path)[1].lower() in _CODE_SUFFIXES:
        yield Span(0, len(text)), Region.SOURCE_CODE
        return
    for match in _pattern().finditer(text):
        yield Span(*match.span()), Region[match.lastgroup or ""]


class Regions:
    """The regions of one text, in order, none overlapping another."""

    def __init__(self, text: str, path: str | None = None) -> None:
        self._found = list(_scan(text, path))
        self._starts = [span.start for span, _ in self._found]

    def __iter__(self) -> Iterator[tuple[Span, Region]]:
        return iter(self._found)

    def overlapping(self, span: Span) -> Iterator[tuple[Span, Region]]:
        """The regions that share a character with ``span``."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        for index in range(first, len(self._found)):
            found, kind = self._found[index]
            if found.start >= max(span.end, span.start + 1):
                return
            if found.overlaps(span):
                yield found, kind

    def is_prose(self, span: Span) -> bool:
        """Whether no region touches ``span``."""
        return not any(self.overlapping(span))
