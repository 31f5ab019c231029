"""Which lines are Chinese prose: the places where Chinese punctuation belongs."""

from __future__ import annotations

import re
from functools import cache

from seedlint.diagnostic import Span
from seedlint.document import Document
from seedlint.language.characters import HAN, HANGUL, KANA
from seedlint.places import count

_LEAST_SHARE = 0.3  # of the letters; Chinese prose on software has up to two thirds of Latin letters

_COMPONENTS = 12  # characters of a description looked at


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
    han = count(_pattern(HAN), text)
    return han > _LEAST_SHARE * (han + count(_pattern("A-Za-z"), text))


def is_mentioned(text: str, offset: int) -> bool:
    """Whether an ideograph is spoken of, or an entry of a table: by itself, or part of a description."""
    ideograph = _pattern("\u3400-\u9fff")
    alone = not (ideograph.match(text, offset + 1) or (offset and ideograph.match(text, offset - 1)))
    return alone or is_described(text, offset)


def is_described(text: str, offset: int) -> bool:
    """Whether a character is part of a description of an ideograph by its components: ⿰木⿱目八."""
    return _description().search(text, max(offset - _COMPONENTS, 0), offset) is not None


@cache
def _description() -> re.Pattern[str]:
    """From an operator on, what may follow it before the end."""
    operators, more = "\u2ff0-\u2fff\u31ef", "\u2e80-\u2fef\u31c0-\u31ee\u3400-\u9fff\U00020000-\U0003ffff"
    return re.compile(f"[{operators}][{operators}{more}]*\\Z")


def in_chinese_line(document: Document, offset: int) -> bool:
    """Whether the line around ``offset`` is Chinese; each line is looked at once."""
    line = document.line_span(offset)
    known = document.analysis(_lines)
    if line not in known:
        known[line] = is_chinese(document.text[line.start : line.end])
    return known[line]


def _lines(_: Document) -> dict[Span, bool]:
    return {}
