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
    ".asm .awk .bash .bat .bib .bst .c .cc .cfg .clj .cls .cmake .cmd .conf .cpp .cs .css .csv .cxx"
    " .dart .diff .dtd .dtx .ejs .el .erb .erl .ex .f90 .go .gradle .graphql .groovy .h .hpp .hs .hxx"
    " .ini .ipynb .jade .java .js .json .jsonl .jsx .kt .lang .less .lisp .lua .m .mjs .mk .ml .mm"
    " .nix .pas .patch .php .pl .plist .pm .po .pot .properties .proto .ps1 .pug .py .pyi .r .rake .rb"
    " .rc .resx .rs .scala .scss .sed .sh .sql .storyboard .strings .sty .svg .swift .tcl .tf .toml"
    " .ts .tsv .tsx .vb .vim .vue .xml .xsd .xsl .yaml .yml .zsh".split()
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
# What else is code where a suffix tells the markup: blocks of AsciiDoc and Org, listings and formulas of TeX.
_BLOCK = r"^(?P<rule>-{4,}|\.{4,})[ \t]*\n(?:.*\n)*?(?P=rule)[ \t]*$"
_ORG_BLOCK = (
    r"^[ \t]*#\+(?i:begin)_(?P<block>(?i:src|example|export))\b.*\n(?:.*\n)*?[ \t]*#\+(?i:end)_(?P=block)"
)
_LISTING = (
    r"\\begin\{(?P<env>(?:[vV]erbatim|lstlisting|minted|equation|align|gather|tikzpicture)\*?)\}"
    r"(?s:.*?)\\end\{(?P=env)\}"
)
_KINDS_OF = {
    ".adoc": ((Region.FENCED_CODE, r"----|\.\.\.\.", _BLOCK),),
    ".org": (
        (Region.FENCED_CODE, "#", _ORG_BLOCK),
        (Region.INLINE_CODE, "[=~]", r"(?<!\S)([=~])\S[^\n]*?\1"),
    ),
    ".tex": (
        (Region.FENCED_CODE, "begin", _LISTING),
        (Region.INLINE_CODE, r"\$", r"\$(?<!\\\$)[^$\n]+\$"),
        (Region.INLINE_CODE, "verb", r"\\(?:verb|lstinline)\*?(?P<mark>[^A-Za-z\s*])[^\n]*?(?P=mark)"),
    ),
}
_KINDS_OF[".asciidoc"] = _KINDS_OF[".asc"] = _KINDS_OF[".adoc"]


@cache
def _patterns(suffix: str) -> tuple[tuple[Region, re.Pattern[str], re.Pattern[str]], ...]:
    kinds = (*_KINDS, *_KINDS_OF.get(suffix, ()))
    return tuple((kind, re.compile(hint), re.compile(source, re.MULTILINE)) for kind, hint, source in kinds)


def _suffix(path: str | None) -> str:
    return os.path.splitext(path or "")[1].lower()


def _is_code(path: str | None) -> bool:
    return _suffix(path) in _CODE_SUFFIXES


def _hinted(text: str, path: str | None) -> list[tuple[Region, re.Pattern[str]]]:
    """The kinds that a text may hold, with their patterns."""
    return [(kind, pattern) for kind, hint, pattern in _patterns(_suffix(path)) if hint.search(text)]


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
        self._text, self._path, self._patterns = text, path, _hinted(text, path)
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
