"""Words of languages in Latin letters, which are not text misread: řeší, plášť, MŮŽEME, ODLOŽIŠČE.

The bytes of two or three accented letters may well be an ideograph in a double-byte code, or
one character in UTF-8. What was misread has signs among its letters, capitals inside words, or
letters that no language writes together.
"""

from __future__ import annotations

import re
from functools import cache

_LEAST = 2  # accented letters
_LAST_LATIN = "\u0250"  # of the letters of alphabets
# Letters beyond ASCII, language by language; CLDR, exemplar characters.
_ALPHABETS = (
    "áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž ąćęłńóśźż áéíóöőúüű ăâîșțşţ čćđšž äöüß àâæçèéêëîïôœùûüÿ"
    " áéíñóúüç áâãàçéêíóôõúü àèéìíîòóùú àçèéíïòóúü åäöé æøåéóòô áðéíóúýþæö äöõüšž āčēģīķļņšūž"
    " ąčęėįšųūž çğıöşüâîû ċġħżà"
)


def are_accents(text: str) -> bool:
    """Whether all beyond ASCII are Latin letters in words, two at least, small but for a capital in front.

    Words in capitals are such words if one language has all their letters: ideographs in
    common use are capitals on some pages, though hardly of one language.
    """
    words = _accented(text)
    return bool(words) and all(word[1:].islower() or len(word) == 1 or _is_capitals(word) for word in words)


def is_word(text: str, start: int, end: int) -> bool:
    """Whether a place stands in a word, small or in capitals throughout, whose letters one language has."""
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    words = _accented(text[start:end])
    return bool(words) and all(_is_capitals(word.upper() if _is_small(word) else word) for word in words)


def _is_small(word: str) -> bool:
    """Whether a word is small; a capital of ASCII in front tells nothing."""
    return word.islower() or (word[0].isascii() and word[1:].islower())


def _accented(text: str) -> list[str]:
    """The words beyond ASCII of a text that has nothing else beyond it, and two such letters."""
    letters = "".join(_beyond_ascii().findall(text))
    if len(letters) < _LEAST or not letters.isalpha() or max(letters) >= _LAST_LATIN:
        return []
    return [word for word in _words().findall(text) if not word.isascii()]


def _is_capitals(word: str) -> bool:
    letters = {letter for letter in word.lower() if letter > "\x7f"}
    return word.isupper() and any(letters <= alphabet for alphabet in _alphabets())


@cache
def _alphabets() -> tuple[frozenset[str], ...]:
    return tuple(map(frozenset, _ALPHABETS.split()))


@cache
def _beyond_ascii() -> re.Pattern[str]:
    return re.compile(r"[^\x00-\x7f]+")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+")
