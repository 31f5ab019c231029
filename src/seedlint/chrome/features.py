"""What counts about one line by itself: words, stock phrases, shape."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from sys import intern
from typing import NamedTuple

from seedlint.chrome.folding import normal
from seedlint.chrome.lines import Kind, Line
from seedlint.chrome.phrases import UNSPACED, Match, Use, match

_WORD = re.compile(f"[^\\W\\d_{UNSPACED}]+(?:['’-][^\\W\\d_{UNSPACED}]+)*")
_RUN = re.compile(f"[{UNSPACED}]+")
_SEPARATOR = re.compile(r"[|｜│丨]|\s[·•»›>/]\s|[»›>＞]|\s{3,}|[・●▪]")
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)]? (?=[^\W\d_])|[。！？!?][”」』）]?(?=.)")
_CLOSING = frozenset(".!?…。！？」』”\"'’;；")
_COMMA = re.compile(r"[,，、;；]")
_DIGIT = re.compile(r"\d")
MONTH = (
    r"jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|ene|abr|ago|dic|fév|avr|juin|juil|aoû|déc"
    r"|gen|mag|giu|lug|set|ott|out|fev|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек"
    r"|şub|nis|haz|tem|ağu|eyl|eki|kas|ara|oca|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru"
)
DATE = re.compile(
    r"\b\d{4}\s?[-/.年년]\s?\d{1,2}(?:\s?[-/.月월]\s?\d{1,2}[日일号號]?)?|\b\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4}\b"
    rf"|\b\d{{1,2}}\.? ?(?:de )?(?:{MONTH})\w*\.?,? (?:de )?\d{{4}}\b"
    rf"|\b(?:{MONTH})\w*\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b"
    r"|\b\d{1,2}[月월]\s?\d{1,2}[日일号號]|\b\d{1,2}/\d{1,2}\b(?! ?\w)|\b(?:令和|平成|民國|民国)\d+年",
    re.IGNORECASE,
)
TIME = re.compile(
    r"\b\d{1,2}[:：]\s?\d{2}(?::\d{2})?\b|\d{1,2}\s?(?:uhr|時|时|시|am|pm)\b|\d{1,2}[時时点點]\d{1,2}分",
    re.IGNORECASE,
)
CODE = "like code"
_CODE = re.compile(
    r"[$%] \S|\[?\w[\w-]*@[\w.-]+[:~ ]|</?\w[^>]*>$|[\w.-]+\s*[:=]?=(?!=)"
    r"|\[ *\d+\.\d{6}\]|[dl-](?:[r-][w-][x-]){3} "
    r"|.*(?:[{;\\]$|\w\(\)|(?:^|\s)~?/[\w.+-]+/[\w.+-]|\w\s--?[A-Za-z]|[a-z\d]_[a-z]|[a-z]\.[a-z]+\("
    r"|\d\.\d+\.\d+\.\d|::|\^[A-Z@])"
)
"""How commands, settings and what programs print begin, or what they hold."""
_SIGNS = (
    ("url", re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|de|org|net|cn|jp|tw|kr|ru|fr|es|io|co|info)\b")),
    ("email", re.compile(r"[\w.]+@[\w-]+\.\w|\[email")),
    ("handle", re.compile(r"(?<!\w)@\w")),
    ("hashtag", re.compile(r"(?<!\w)#[^\W\d]")),
    ("copyright sign", re.compile(r"[©ⓒ®™]|\(c\) ")),
    ("price", re.compile(r"[€$£¥￥]\s?\d|\d\s?[€$£元円원]")),
    ("arrow", re.compile(r"[→←↑↓▲▼►▶◀»«›‹]|>>|<<|->")),
    ("file name", re.compile(r"\.(?:jpe?g|png|gif|svg|pdf|docx?|mp4|webp)\b", re.IGNORECASE)),
    ("template left over", re.compile(r"\{\{|\}\}|\[\[|\]\]|%[sd]\b|&\w+;|\bnull\b|\bundefined\b|<image>")),
    ("bracketed", re.compile(r"[\[【(（<《「].*[\]】)）>》」]", re.DOTALL)),
)
# what all signs and separators but two words have
_MARKED = re.compile(r"[^\w\s,，、。！？!?;；:：'’\"“”~～*_+=-]|\s{3}")
_FUNCTION = frozenset(
    "the of and to in that is was for with his her they you are as on be have had not this it he she we "
    "der die das und ist nicht den von zu mit sich auf ein eine dem als auch es an dass wird sind war ich "
    "le la les des est dans une un que qui pour pas sur au plus il elle ce sont du avec nous "
    "el los las una por con para se del su al como más pero lo sus no "
    "di che della per non sono gli nel è i si da alla "
    "o a os as um uma do da em não com dos mais ao "
    "het een van niet zijn dat op te en de voor met "
    "się nie jest na oraz w z że do i to jak "
    "и в не на что с по как это он она я мы из у за от но "
    "och att det som är för på med av den ett "
    "ve bir bu için da de ile".split()
)
_PARTICLES = re.compile(
    r"[的了是在和有不也就这那着过把被让我你他她它们吗呢吧啊而但]|[ぁ-ん]|[은는이가을를에의다고]\b|[은는을를]"
)
_LETTERS = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*")
_OUTLINED = 80  # characters up to which the outline of a line tells
_MARK_START = re.compile(r"[•·●○◆◇■□▪▶►▸★☆※*+>»›◎△▼▲|｜#\-–—]")


class Features(NamedTuple):
    """The names of what counts, and the phrases among it."""

    names: tuple[str, ...]
    match: Match


def _bucket(number: float, bounds: tuple[float, ...]) -> int:
    return bisect_right(bounds, number)


_LENGTHS = (2, 4, 6, 9, 13, 18, 26, 38, 55, 80, 120, 180, 280, 450)
_SHARES = (0.01, 0.12, 0.25, 0.4, 0.6, 0.8, 0.999)


def length_bucket(text: str) -> int:
    """0 to 14 by length; a Chinese character counts for two, since it says as much."""
    wide = sum(map(len, _RUN.findall(text)))
    return _bucket(len(text) + wide, _LENGTHS)


def _ending(text: str) -> str:
    last = text[-1]
    if last in _CLOSING:
        return "ellipsis" if text.endswith(("…", "...")) else "sentence"
    if last in ":：":
        return "colon"
    if last in ">»›→|)）]】":
        return last
    return "digit" if last.isdigit() else "open"


def _opening(text: str) -> str:
    first = text[0]
    if first.isdigit():
        return "digit"
    if _MARK_START.match(first):
        return "mark"
    if first.islower():
        return "lower"
    return "quote" if first in "\"“„«'‘「『" else "other"


def _shape(text: str, kind: Kind, size: int) -> Iterator[str]:
    yield f"length {size}"
    ending = _ending(text)
    yield f"ends {ending}"
    yield f"length {size // 2}, ends {ending}"
    yield f"starts {_opening(text)}"
    if kind is not Kind.TEXT:
        yield f"markdown {kind.value}"
    marked = _MARKED.search(text) is not None
    yield f"separators {_bucket(len(_SEPARATOR.findall(text)) if marked else 0, (1, 2, 3, 6))}"
    yield f"sentences {_bucket(len(_SENTENCE_END.findall(text)), (1, 2, 4))}"
    yield f"commas {_bucket(len(_COMMA.findall(text)), (1, 2, 4, 8))}"
    yield from _moments(text, size)
    if marked or "null" in text or "undefined" in text:
        yield from (name for name, pattern in _SIGNS if pattern.search(text))
    if not text.isalnum() and _CODE.match(text):
        yield CODE


def _moments(text: str, size: int) -> Iterator[str]:
    digits = len(_DIGIT.findall(text))
    share = _bucket(digits / len(text), (0.001, 0.1, 0.3, 0.6, 0.999))
    yield f"digits {share}"
    if not digits:
        return
    for name, pattern in (("date", DATE), ("time", TIME)):
        if pattern.search(text):
            yield name
            yield f"{name}, length {size // 2}"


def _wording(text: str, words: list[str], runs: list[str]) -> Iterator[str]:
    if runs:
        letters = sum(map(len, runs))
        share = len(_PARTICLES.findall(text)) / letters
        yield f"particles {_bucket(share, (0.01, 0.06, 0.12, 0.2, 0.35, 0.5))}"
    if len(words) > 1:
        small = sum(word in _FUNCTION for word in words) / len(words)
        yield f"function words {_bucket(small, (0.01, 0.1, 0.2, 0.3, 0.4, 0.5))}"
        yield f"words {_bucket(len(words), (3, 4, 6, 8, 11, 15, 25, 45))}"
    if len(words) > 2:
        yield f"unspaced {bool(runs)}"


def _capitals(text: str) -> Iterator[str]:
    words = _WORD.findall(text)
    if len(words) > 1:
        share = sum(word[0].isupper() for word in words) / len(words)
        yield f"capitalised {_bucket(share, (0.1, 0.3, 0.5, 0.7, 0.95))}"
    if text.isupper():
        yield "capitals"


def _phrases(found: Match, size: int) -> Iterator[str]:
    share = _bucket(found.coverage, _SHARES)
    yield f"phrases cover {share}"
    yield f"phrases cover {share}, length {size // 2}"
    yield f"{_bucket(len(found.hits), (1, 2, 3, 5))} phrases"
    for hit in dict.fromkeys((hit.use, hit.chrome) for hit in found.hits):
        use, chrome = hit
        if use is not Use.LINE or found.coverage > 0.6:
            yield f"{use.value} of {chrome.value}"
            yield f"{use.value} of {chrome.value}, length {size // 3}"


def _vocabulary(words: list[str], runs: list[str]) -> Iterator[str]:
    few = words if len(words) <= 30 else words[:10] + words[-10:]
    for word in few:
        yield f"word {word}"
        if len(word) > 7:
            yield f"word {word[:5]}-"
            yield f"word -{word[-5:]}"
    if len(words) <= 12:
        yield from (f"word {first} {second}" for first, second in pairwise(words))
    for run in runs[:8]:
        yield from (f"word {run[i : i + 2]}" for i in range(min(len(run) - 1, 24)))


def _outline(text: str) -> Iterator[str]:
    """A short line with its words and numbers made alike: what is left is how it is put together."""
    if len(text) <= _OUTLINED:
        outline = _DIGITS.sub("9", _LETTERS.sub("a", text)).replace(" ", "")
        if 1 < len(outline) <= 12:
            yield f"made like {outline}"
        if len(outline) > 4:
            yield f"made like {outline[:4]}…"


def _ends(text: str) -> Iterator[str]:
    """The first and last characters or words of a short line."""
    words = text.split() if len(text) <= _OUTLINED else []
    if words:
        first, last = words[0], words[-1]
        yield f"word first: {first if first.isascii() else first[:3]}"
        yield f"word last: {last if last.isascii() else last[-3:]}"
        if not last.isascii():
            yield f"word last: {last[-2:]}"
            yield f"word first: {first[:2]}"


def local(line: Line) -> Features:
    """The features of a line that need no other line."""
    return _local(line.text, line.kind)


@cache
def _none() -> Match:
    return Match((), 0.0)


@lru_cache(maxsize=1024)
def _local(text: str, kind: Kind) -> Features:
    plain = normal(text)
    words, runs = _WORD.findall(plain), _RUN.findall(plain)
    found = match(plain) if len(plain) < 600 else _none()
    size = length_bucket(text)
    names = (
        *_shape(text, kind, size),
        *_wording(plain, words, runs),
        *_capitals(text),
        *_phrases(found, size),
        *_vocabulary(words, runs),
        *_outline(plain),
        *_ends(plain),
    )
    return Features(tuple(map(intern, names)), found)  # the lines of a large text share them
