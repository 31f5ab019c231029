"""Stock phrases of web pages: which of them a line holds and how much of it they cover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from seedlint.chrome.tables import rows


class ChromeClass(StrEnum):
    """What a piece of chrome was for; the value is the name of the rule."""

    NAVIGATION = "navigation"
    CALL_TO_ACTION = "call-to-action"
    RELATED_LINKS = "related-links"
    PAGE_COUNTER = "page-counter"
    CREDIT_LINE = "credit-line"
    LEGAL_NOTICE = "legal-notice"
    END_MARKER = "end-marker"


class Use(StrEnum):
    """How a phrase stands in its line."""

    LINE = "line"
    LABEL = "label"
    STRONG = "strong"


_USES = {use.value: use for use in Use}
_CLASSES = {chrome.value: chrome for chrome in ChromeClass}


class Hit(NamedTuple):
    """One phrase found in a line, with what it is there."""

    phrase: str
    chrome: ChromeClass
    use: Use


class Match(NamedTuple):
    """The phrases of one line; ``coverage`` is their share of its letters, 0 to 1."""

    hits: tuple[Hit, ...]
    coverage: float


_Meaning = dict[Use, ChromeClass]
# scripts written without spaces, and Hangul, whose particles cling to the word
UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
TOKEN = re.compile(f"[{UNSPACED}]|[^\\W\\d_{UNSPACED}]+")
_SPACED_WORD = re.compile(rf"[^\W\d_{UNSPACED}]")


class _Lexicon(NamedTuple):
    meanings: dict[str, _Meaning]
    heads: dict[str, list[str]]


def head(phrase: str) -> str:
    """What a phrase is looked up by: its first word, or two characters of a script without spaces."""
    token = TOKEN.search(phrase)
    if token is None:
        return phrase
    return token[0] if _SPACED_WORD.match(token[0]) else phrase[token.start() : token.start() + 2]


@cache
def _lexicon() -> _Lexicon:
    """The phrases in lexicon.tsv, made by tools/build_chrome_lexicon.py."""
    meanings: dict[str, _Meaning] = {}
    heads: dict[str, list[str]] = {}
    for row in rows("lexicon.tsv"):
        phrase, *uses = row.split("\t")
        pairs = (use.split("=") for use in uses)
        meanings[phrase] = {_USES[use]: _CLASSES[chrome] for use, chrome in pairs}
        heads.setdefault(head(phrase), []).append(phrase)
    return _Lexicon(meanings, heads)


def _ends_word(text: str, end: int) -> bool:
    """Whether a phrase may end here: not inside a word of a spaced script."""
    if end >= len(text) or not _SPACED_WORD.match(text[end]):
        return True
    return not _SPACED_WORD.match(text[end - 1])


def _longest(text: str, start: int, heads: dict[str, list[str]], first: str) -> str | None:
    for phrase in heads.get(first) or heads.get(first[:1]) or ():
        # a phrase may begin with a mark that stands before its first word
        begin = start - phrase.find(first)
        if begin >= 0 and text.startswith(phrase, begin) and _ends_word(text, begin + len(phrase)):
            return phrase
    return None


def _is_label(text: str, end: int) -> bool:
    rest = text[end : end + 3].lstrip(" )）")
    return rest[:1] in (":", "：", "|", "/", "／", "丨", "｜")


def _spoken(phrase: str, text: str, end: int, meaning: _Meaning) -> Iterator[Hit]:
    if Use.LABEL in meaning and _is_label(text, end):
        yield Hit(phrase, meaning[Use.LABEL], Use.LABEL)
    if Use.STRONG in meaning:
        yield Hit(phrase, meaning[Use.STRONG], Use.STRONG)
    elif Use.LINE in meaning:
        yield Hit(phrase, meaning[Use.LINE], Use.LINE)


def match(text: str) -> Match:
    """The phrases in ``text``, already in normal form, longest first from the left."""
    lexicon = _lexicon()
    hits: list[Hit] = []
    covered = letters = reached = 0
    for token in TOKEN.finditer(text):
        word = token[0]
        letters += len(word)
        if token.start() < reached:
            covered += len(word)
            continue
        start = word if len(word) > 1 or not _unspaced(word) else text[token.start() : token.start() + 2]
        phrase = _longest(text, token.start(), lexicon.heads, start)
        if phrase is None or (len(phrase) == 1 and len(text) > 3):
            continue
        found = list(_spoken(phrase, text, token.start() + len(phrase), lexicon.meanings[phrase]))
        hits += found
        reached = token.start() + len(phrase)
        covered += len(word) if found else 0
    return Match(tuple(hits), covered / letters if letters else 0.0)


def _unspaced(character: str) -> bool:
    return not _SPACED_WORD.match(character)
