"""Damage that a text shows because it speaks of damage: quoted, fenced, in a detector's tests.

A place is an example where every damaged word of it stands in quotes, brackets or code near
words about encodings; where it stands by itself in a line of sound text that names mojibake;
or where the text shows what it should have been as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from seedlint.diagnostic import Span
from seedlint.document import Document
from seedlint.language.characters import EAST_ASIAN
from seedlint.regions import Region

_CODE = frozenset({Region.FENCED_CODE, Region.INLINE_CODE})
_AROUND = 400  # characters on either side that may speak of mojibake
_BESIDE = 120  # the same for what it should have been
_LONGEST = 48  # characters of an example that stands by itself
_QUOTES = "\"'`“”‘’「」『』《》()（）[]【】<>|"
_MARKS = ".,;:!?，。；：！？、/…"
_NAMED = (
    r"乱码|亂碼|锟斤拷码|文字化け|깨진|깨짐|mojibake|garbled|double[- ]encoded|replacement character|ftfy"
    r"|(?:read|decoded|interpreted|opened|shown) as (?:utf|windows|latin|cp125|gbk|big5|iso)"
)
_ABOUT = (
    rf"{_NAMED}|編碼|编码|解码|解碼|字符集|エンコード|인코딩|encod|decod|charset|codec|detector"
    r"|gb(?:k|18030|2312)|big-?5|utf-?8|shift_?jis|euc-|latin-?1|cp125|windows-125|iso-?8859|unicode"
)


def is_example(document: Document, span: Span, original: str = "") -> bool:
    """Whether a place is shown as an example; ``original`` is what it was, if that is known."""
    for region, kind in document.regions.overlapping(span):
        if kind in _CODE and region.start <= span.start and span.end <= region.end:
            return True
    text, mentions = document.text, document.analysis(_mentions)
    at = bisect_left(mentions, span.start - _AROUND)
    if at == len(mentions) or mentions[at] > span.end + _AROUND:
        return False
    around = text[max(0, span.start - _AROUND) : span.start] + text[span.end : span.end + _AROUND]
    around += _ascii_words().sub(" ", text[span.start : span.end])
    if not _about().search(around):
        return False
    words = list(_damaged_words(text, span))
    if all(_is_enclosed(text, word) for word in words) or _is_enclosed(text, span):
        return True
    named = _named().search(around) is not None or _is_of_signs(original)
    if named and all(_is_enclosed(text, word) or _is_by_itself(document, word) for word in words):
        return True
    return _shows_original(text, span, original)


def _mentions(document: Document) -> list[int]:
    """Where a document speaks of encodings; for `Document.analysis`."""
    return [match.start() for match in _about().finditer(document.text)]


def _damaged_words(text: str, span: Span) -> Iterator[Span]:
    """The words of a place with characters beyond ASCII, without the marks at their ends."""
    for match in _word().finditer(text, span.start, span.end):
        yield Span(*match.span())


def _is_enclosed(text: str, span: Span) -> bool:
    """Whether quotation marks or brackets stand on both sides."""
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 3]
    return any(mark in before for mark in _QUOTES) and any(mark in after for mark in _QUOTES)


def _is_by_itself(document: Document, word: Span) -> bool:
    """Whether a word stands apart in a line of sound text: no part of a sentence, nor all of it."""
    text = document.text
    before, after = text[word.start - 1 : word.start], text[word.end : word.end + 1]
    apart = all(not side or side.isspace() or side in _QUOTES + _MARKS for side in (before, after))
    line = document.line_span(word.start)
    rest = text[line.start : word.start] + text[word.end : line.end]
    return apart and word.end - word.start <= _LONGEST and _letters().search(rest) is not None


def _is_of_signs(original: str) -> bool:
    """Whether the words beyond ASCII are single characters: a list of signs, no text."""
    words = [match.group() for match in _word().finditer(original)]
    return bool(words) and all(len(word) == 1 for word in words)


def _shows_original(text: str, span: Span, original: str) -> bool:
    """Whether what a place was stands near it too, word by word."""
    near = text[max(0, span.start - _BESIDE) : span.start] + text[span.end : span.end + _BESIDE]
    words = [match.group() for match in _word().finditer(original)]
    return bool(words) and all(word in near for word in words)


@cache
def _word() -> re.Pattern[str]:
    quotes = re.escape(_QUOTES)
    inside = rf"[^\s{quotes}]"
    return re.compile(rf"(?:{inside}*[^\x00-\x7f\s])(?:{inside}*[^\s{quotes}{re.escape(_MARKS)}])?")


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(f"[A-Za-z]{{2}}|[{EAST_ASIAN}]{{2}}")


@cache
def _ascii_words() -> re.Pattern[str]:
    return re.compile(r"[^\x00-\x7f]+")


@cache
def _named() -> re.Pattern[str]:
    return re.compile(_NAMED, re.IGNORECASE)


@cache
def _about() -> re.Pattern[str]:
    return re.compile(_ABOUT, re.IGNORECASE)
