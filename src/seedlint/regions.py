"""Where a text is not prose: front matter, code, URLs, markup."""

from __future__ import annotations

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
    MARKUP = "markup"


EVERYWHERE = frozenset(Region)

_FRONT_MATTER = r"\A\ufeff?---[ \t]*\r?\n(?s:.*?)^(?:---|\.\.\.)[ \t]*$"
_FENCE = r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n`]*\n(?s:.*?)(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
_INLINE = r"(?<!`)(?P<tick>`{1,2})(?!`)[^`\n]+(?P=tick)(?!`)"
_URL = (
    r"\b(?:https?|ftp|file|data|mailto):[^\s<>\"'\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+"
    r"|\bwww\.[\w./?=&%#-]+"
)
_MARKUP = r"<!--(?s:.*?)-->|</?[A-Za-z][^<>\n]{0,2000}>"


@cache
def _pattern() -> re.Pattern[str]:
    parts = {
        Region.FRONT_MATTER: _FRONT_MATTER,
        Region.FENCED_CODE: _FENCE,
        Region.INLINE_CODE: _INLINE,
        Region.URL: _URL,
        Region.MARKUP: _MARKUP,
    }
    groups = (f"(?P<{region.name}>{source})" for region, source in parts.items())
    return re.compile("|".join(groups), re.MULTILINE)


def _scan(text: str) -> Iterator[tuple[Span, Region]]:
    for match in _pattern().finditer(text):
        kind = next(region for region in Region if match[region.name] is not None)
        yield Span(*match.span()), kind


class Regions:
    """The regions of one text, in order, none overlapping another."""

    def __init__(self, text: str) -> None:
        self._found = list(_scan(text))
        self._starts = [span.start for span, _ in self._found]

    def __iter__(self) -> Iterator[tuple[Span, Region]]:
        return iter(self._found)

    def overlapping(self, span: Span) -> Iterator[tuple[Span, Region]]:
        """The regions that share a character with ``span``."""
        index = max(bisect_right(self._starts, span.start) - 1, 0)
        for found, kind in self._found[index:]:
            if found.start >= max(span.end, span.start + 1):
                return
            if found.overlaps(span):
                yield found, kind

    def is_prose(self, span: Span) -> bool:
        """Whether no region touches ``span``."""
        return not any(self.overlapping(span))
