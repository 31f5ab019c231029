"""Readings that stand in the place of a character: `rì本` for 日本."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from seedlint.channels.copysite_inversion import Language
from seedlint.channels.copysite_readings import HAN, TONED, is_common, is_in, is_traditional, readings

_LEAST = 2
"""Readings that must stand so before a text is held to be damaged."""
_MARGIN = 2.0
"""Nats by which the likeliest character must lead for the place to be reported."""
_CONTEXT = 8


@dataclass(frozen=True, slots=True)
class Replaced:
    """A reading from ``start`` to ``end`` and the characters it may stand for, likeliest first."""

    start: int
    end: int
    reading: str
    characters: tuple[str, ...]

    def __call__(self, text: str) -> str:
        """What a site makes of ``text`` that writes this reading for the character."""
        return text.replace(self.characters[0], self.reading)


def may_be_replaced(text: str) -> bool:
    """Whether toned readings stand among the ideographs of ``text``."""
    found: set[str] = set()
    for place in _places(text):
        found.add(place[0])
        if len(found) >= _LEAST:
            return True
    return False


def _places(text: str) -> Iterator[re.Match[str]]:
    """The toned syllables with an ideograph on either side; the tone is looked for first, it is rare."""
    for tone in _tone().finditer(text):
        letters = _letters().search(text, max(0, tone.start() - 4), tone.start())
        place = _glued().match(text, letters.start() if letters else tone.start())
        if place:
            yield place


@cache
def _tone() -> re.Pattern[str]:
    return re.compile(f"[{TONED}]")


@cache
def _letters() -> re.Pattern[str]:
    return re.compile("[a-zü]*\\Z")


@cache
def _glued() -> re.Pattern[str]:
    return re.compile(rf"(?<=[{HAN}])[a-zü]{{0,3}}[{TONED}][a-zü]{{0,4}}(?=[{HAN}])")


@cache
def _characters() -> dict[str, tuple[str, ...]]:
    """The common characters by their first reading."""
    found: dict[str, tuple[str, ...]] = {}
    for char in filter(is_common, map(chr, range(0x4E00, 0x9FA6))):
        first = readings(char)[0]
        found[first] = (*found.get(first, ()), char)
    return found


def _script(text: str) -> Callable[[str], bool]:
    """Which characters fit the script of ``text``."""
    traditional = sum(is_traditional(char) and is_common(char) for char in set(text))
    codec = "big5" if traditional > 1 else "gb2312"
    return lambda char: is_in(char, codec)


def replaced(text: str, model: Language) -> Iterator[Replaced]:
    """The readings that stand for one character far more likely than for any other."""
    fits = _script(text)
    for match in _places(text):
        left = text[max(0, match.start() - _CONTEXT) : match.start()].rpartition("\n")[2]
        right = text[match.end() : match.end() + _CONTEXT].partition("\n")[0]
        ranked = sorted(
            (
                (model.score(left + char + right), char)
                for char in _characters().get(match[0], ())
                if fits(char)
            ),
            reverse=True,
        )
        if ranked and (len(ranked) < 2 or ranked[0][0] - ranked[1][0] >= _MARGIN):
            yield Replaced(match.start(), match.end(), match[0], tuple(char for _, char in ranked[:5]))
