"""Finds the places of a text that may be misread, at no cost for ordinary text.

Misread text is dense in ideographs, syllables and symbols that people hardly use;
two of them near each other make a place suspicious. The census of a document tells
in one step whether it holds any.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from seedlint.channels.reading import REPLACEMENT
from seedlint.diagnostic import Span

_NEAR = 4  # characters between two odd ones that belong together
_JOINED = 12  # characters between two suspicious places that are read as one
_MANY = 32  # odd characters from which compiling a pattern pays
_FAMILIAR = Path(__file__).parent / "data" / "familiar.txt"
_ODD_BLOCKS = (
    "\u3105-\u312f\u3130-\u318f\u3200-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\ue000-\ufaff"
    "\ufe30-\ufe4f\uff61-\uff9f\U00020000-\U0002ffff"
)


@cache
def familiar() -> frozenset[str]:
    """The ideographs and syllables of ordinary text (`tools/build_familiar.py`)."""
    return frozenset(_FAMILIAR.read_text("utf-8"))


@cache
def _blocks() -> re.Pattern[str]:
    return re.compile(f"[{_ODD_BLOCKS}]")


def odd_characters(census: Iterable[str]) -> str:
    """The characters of a census that ordinary text hardly uses."""
    odd = frozenset(census) - familiar()
    return "".join(_blocks().findall("".join(sorted(odd))))


def odd_or_lost(text: str) -> list[str]:
    """The characters of ``text`` that ordinary text hardly uses, and the marks of lost bytes."""
    return [char for char in _blocks().findall(text) if char not in familiar()] + [REPLACEMENT] * text.count(
        REPLACEMENT
    )


def may_be_misread(census: Iterable[str]) -> bool:
    """Whether a text with this census can hold a suspicious place at all."""
    return bool(odd_characters(census)) or any(
        "\x80" <= char <= "\u04ff" or char == "\u221a" or "\u2500" <= char <= "\u25a0" for char in census
    )


def suspicious_places(text: str, census: Iterable[str]) -> Iterator[Span]:
    """Stretches of ``text`` with odd characters near each other, in order."""
    odd = odd_characters(census)
    if len(odd) + (REPLACEMENT in text) < 2 and not (odd and len(text) <= _JOINED):
        return
    if len(odd) > _MANY or len(text) <= _JOINED + 1:
        yield from _joined(match.span() for match in _pair_of(odd).finditer(text))
    else:
        yield from _joined(_pairs(text, odd + REPLACEMENT))


def _pairs(text: str, chars: str) -> Iterator[tuple[int, int]]:
    """What `_pair_of` finds, without compiling a pattern for every document."""
    group: list[int] = []
    for at in sorted(at for char in chars for at in _occurrences(text, char)):
        if group and (at - group[-1] > _NEAR or "\n" in text[group[-1] : at]):
            if len(group) > 1:
                yield group[0], group[-1] + 1
            group = []
        group.append(at)
    if len(group) > 1:
        yield group[0], group[-1] + 1


def _occurrences(text: str, char: str) -> Iterator[int]:
    at = text.find(char)
    while at >= 0:
        yield at
        at = text.find(char, at + 1)


def _pair_of(odd: str) -> re.Pattern[str]:
    kind = f"[{re.escape(odd)}{REPLACEMENT}]"
    return re.compile(f"{kind}(?:[^\n]{{0,{_NEAR - 1}}}{kind})+|\\A.{{0,6}}{kind}.{{0,6}}\\Z")


def _joined(found: Iterable[tuple[int, int]]) -> Iterator[Span]:
    start = end = -1
    for first, last in found:
        if start >= 0 and first - end <= _JOINED:
            end = last
            continue
        if start >= 0:
            yield Span(start, end)
        start, end = first, last
    if start >= 0:
        yield Span(start, end)


@cache
def _latin_run() -> re.Pattern[str]:
    return re.compile("[\x80-\u024f\u02c6-\u02dd\u0370-\u04ff\u2010-\u23ff\u2500-\u25ff]{2,}")


@cache
def _plain() -> re.Pattern[str]:
    """Dashes and lines, and words of another alphabet with capitals at the beginning only."""
    return re.compile(
        "(?!.*\u221a[^\u221a])[\u2010-\u23ff\u2500-\u25ff]+|[\u0400-\u042f]+[\u2010-\u201f]?|[\u0400-\u042f]?[\u0430-\u04ff]+[\u2010-\u201f]?"
        "|[\u0370-\u03ff]?[\u03ac-\u03ce]+[\u2010-\u201f]?"
    )


def latin_places(text: str) -> Iterator[Span]:
    """Stretches where characters of single-byte pages beyond ASCII stand together."""
    runs = [match.span() for match in _latin_run().finditer(text) if not _plain().fullmatch(match.group())]
    if "\u251c" in text or "\u252c" in text:
        runs = sorted({*runs, *(match.span() for match in _boxed_letter().finditer(text))})
    yield from _joined(runs)


@cache
def _boxed_letter() -> re.Pattern[str]:
    """An accented letter in code page 437: two signs of box drawing in a word."""
    lead, tail = "[\u251c\u252c]", "[\u2500-\u2593\u2310]"
    return re.compile(f"(?<=[A-Za-z]){lead}{tail}|{lead}{tail}(?=[a-z])|(?<= ){lead}\u2310(?= )")
