"""What a line is about: how much of its wording the prose around it has too.

A title, a heading, a caption speak of what the text speaks of; the headline of another
article and the entry of a menu do not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Set

_SPACED = re.compile("[^\\W\\d_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{4,}|[\uac00-\ud7a3]{2,}")
_UNSPACED = re.compile("[\u0e00-\u0e7f\u30a0-\u30ff\u3400-\u9fff]{2,}")
_STEM = 5  # letters of a word that do not change with its ending
_SYLLABLES = 2  # the same in Hangul
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LETTER = re.compile(r"[^\W\d_]")
_ENOUGH = 200  # characters of prose from which it says something that a word does not stand there
_SHARES = (0.001, 0.2, 0.4, 0.6, 0.85)


def wording(text: str) -> set[str]:
    """The stems of the longer words of a text, and its pairs of characters of scripts without spaces."""
    words = {_stem(word) for word in _SPACED.findall(text.lower())}
    words.update([run[at : at + 2] for run in _UNSPACED.findall(text) for at in range(len(run) - 1)])
    return words


def _stem(word: str) -> str:
    return word[:_SYLLABLES] if "\uac00" <= word[0] <= "\ud7a3" else word[:_STEM]


def echo(what: str, words: Set[str], again: int) -> str:
    """How much of the ``words`` of a line is said again by ``what``, as the name of evidence."""
    if not words:
        return "no wording"
    return f"{what} has {bisect_right(_SHARES, again / len(words))} of it"


class Nearby:
    """The prose around some lines."""

    def __init__(self, text: str) -> None:
        self._text = text.lower()
        self._is_east_asian = len(_EAST_ASIAN.findall(text)) * 3 > len(text)

    def about(self, text: str) -> Iterator[str]:
        """Names of evidence: how much of the wording of a line it has, whether that is in another script."""
        words = wording(text)
        if len(self._text) < _ENOUGH:
            yield "hardly any prose around"
        else:
            yield echo("prose", words, len([1 for word in words if word in self._text]))
        if self._is_east_asian and not _EAST_ASIAN.search(text) and _LETTER.search(text):
            yield "in another script than the prose"
