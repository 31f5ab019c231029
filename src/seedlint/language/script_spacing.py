"""Spaces and line ends inside Chinese words: what extraction from PDF leaves behind.

Bylines, titles and verse have spaces too, and some authors wrap their lines. What
tells is the whole document: many places, at a rate that layout never has, and
words cut in two by them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from seedlint.charclass import CharacterClass
from seedlint.diagnostic import Span
from seedlint.document import Document
from seedlint.language.characters import BEYOND
from seedlint.language.prose import is_syllabic

_HAN = "\u3400-\u9fff"
ODD, SEPARATORS = "\u00a0\u2000-\u200a\u202f\u205f", "\u2028\u2029"
UNUSUAL = f"{ODD}\u3000{SEPARATORS}"
"""Insides of classes: spaces out of place in Chinese, separators of lines, all that texts rarely have."""
_UNUSUAL = CharacterClass.spanning(UNUSUAL)
_LEAST = 8  # places that a document must have
_SPACED = 0.03  # share of the neighbouring ideographs that a space separates
_WRAPPED = 0.5  # share of the line ends that stand between ideographs
_CUT = 0.12  # share of the places that cut a word in two
_SAMPLE = 20_000  # characters looked at before the whole document is


class Spacing(NamedTuple):
    """Places of a document where a space or a line end stands inside a sentence of ideographs."""

    spaces: tuple[Span, ...]
    wraps: tuple[Span, ...]


@cache
def _spaces() -> re.Pattern[str]:
    return re.compile(f"(?<=[{_HAN}])[ \u00a0]+(?=[{_HAN}])")


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"[{_HAN}][{_HAN}]+")


def _pairs(text: str) -> int:
    """How many ideographs have another one behind them."""
    runs = _runs().findall(text)
    return sum(map(len, runs)) - len(runs)


@cache
def _wraps() -> re.Pattern[str]:
    return re.compile(f"(?<=[{_HAN}，、])[ \t]*\r?\n(?=[{_HAN}])")


def spacing(document: Document) -> Spacing:
    """The places, where the whole document shows that extraction made them; else none."""
    text = document.text
    if not document.analysis(_may_be_extracted):
        return Spacing((), ())
    spaces = _telling(document, _spaces(), _SPACED * _pairs(text))
    wraps = _telling(document, _wraps(), _WRAPPED * (text.count("\n") - text.count("\n\n")))
    return Spacing(spaces, wraps)


def may_be_odd(document: Document) -> bool:
    """Whether spaces of a document may be out of place; a gate of rules."""
    return bool(_UNUSUAL.among(document.unusual)) or document.analysis(_may_be_extracted)


def _may_be_extracted(document: Document) -> bool:
    sample = document.text[:_SAMPLE].replace("\u00a0", " ")
    return document.ideographic and (_may_be_spaced(sample) or _may_be_wrapped(sample))


def _may_be_spaced(sample: str) -> bool:
    number = len(_rough_spaces().findall(sample))
    return number >= min(_LEAST, 1 + len(sample) // 50) and number > _SPACED * _pairs(sample)


def _may_be_wrapped(sample: str) -> bool:
    return len(_rough_wraps().findall(sample)) > _WRAPPED * sample.count("\n") / 2


@cache
def _rough_spaces() -> re.Pattern[str]:
    """Spaces between an ideograph or a comma and an ideograph; begins with a literal, which is fast."""
    return re.compile(f" (?<=[^\x00-\xff].) *(?=[{BEYOND}])")


@cache
def _rough_wraps() -> re.Pattern[str]:
    return re.compile(f"\n(?<=[^\x00-\xff]\n)(?=[{BEYOND}])")


def _telling(document: Document, pattern: re.Pattern[str], least: float) -> tuple[Span, ...]:
    """The matches, if there are enough of them and enough of them cut words."""
    found = [Span(*match.span()) for match in pattern.finditer(document.text)]
    seen: dict[int, bool] = {}
    found = [span for span in found if _is_chinese(document, span, seen)]
    if len(found) < max(_LEAST, least):
        return ()
    cut = sum(_cuts_word(document.text, span) for span in found)
    return tuple(found) if cut >= _CUT * len(found) else ()


def _is_chinese(document: Document, span: Span, seen: dict[int, bool]) -> bool:
    """Whether its line is; ``seen`` holds the lines already read, by their start."""
    line = document.line_span(span.start)
    if line.start not in seen:
        seen[line.start] = not is_syllabic(document.text[line.start : line.end])
    return seen[line.start]


def _cuts_word(text: str, span: Span) -> bool:
    """Whether the characters on either side are a word, and a likelier one than two characters."""
    from seedlint.language.plausibility import model

    left, right = text[span.start - 1], text[span.end]
    word = model().word(left + right)
    return word is not None and word > model().unigram(left) + model().unigram(right)
