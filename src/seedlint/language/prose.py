"""Which lines are Chinese prose: the places where Chinese punctuation belongs."""

from __future__ import annotations

import re
from functools import cache

from seedlint.diagnostic import Span
from seedlint.document import Document
from seedlint.language.characters import HAN, HANGUL, KANA

_LEAST_SHARE = 0.3  # of the letters; Chinese prose on software has up to two thirds of Latin letters


@cache
def _pattern(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{characters}]")


def is_syllabic(text: str) -> bool:
    """Whether kana or hangul stand in ``text``: Japanese or Korean, whatever ideographs it has."""
    return _pattern(KANA + HANGUL).search(text) is not None


def is_chinese(text: str) -> bool:
    """Whether ``text`` (a line or paragraph) is Chinese: Han among its letters, no kana, no hangul."""
    if is_syllabic(text):
        return False
    han = len(_pattern(HAN).findall(text))
    return han > _LEAST_SHARE * (han + len(_pattern("A-Za-z").findall(text)))


def in_chinese_line(document: Document, offset: int) -> bool:
    """Whether the line around ``offset`` is Chinese; each line is looked at once."""
    line = document.line_span(offset)
    known = document.analysis(_lines)
    if line not in known:
        known[line] = is_chinese(document.text[line.start : line.end])
    return known[line]


def _lines(_: Document) -> dict[Span, bool]:
    return {}
