"""Which script Chinese text is in: documents and lines, from the characters of one script alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set as AbstractSet
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from seedlint.document import Document
from seedlint.language.characters import HAN, HANGUL, KANA
from seedlint.language.script_standards import Standard, standard_of
from seedlint.language.script_tables import characters
from seedlint.language.scripts import SCRIPTS


class Script(StrEnum):
    """How Chinese is written."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"


class Weight(NamedTuple):
    """Evidence for a script: occurrences, and occurrences weighed by how common the character is.

    A conversion leaves rare characters behind, never common ones, so common ones tell more.
    """

    number: int
    weight: float


class Evidence(NamedTuple):
    """What the characters of a text say about its script.

    ``foreign`` are the characters that only the other script writes; empty in text of
    one script, of another language or of no script.
    """

    script: Script | None
    own: Weight
    other: Weight
    foreign: frozenset[str]


_FORCED = {
    tag: Script.SIMPLIFIED if tag.startswith("zh-Hans") else Script.TRADITIONAL
    for tag in SCRIPTS
    if tag.startswith("zh-")
}
# Quotations and titles long enough to be in a script of their own.
QUOTED = (
    r"「[^「」]{4,}」|『[^『』]{4,}』|《[^《》]{3,}》|“[^“”]{4,}”|〈[^〈〉]{3,}〉"
    r"|\[[^\[\]]{2,}\]|（[^（）]{3,}）"
)
_NOTHING = Weight(0, 0.0)
_SAMPLE = 50_000
_FOREIGN_LANGUAGE = 0.12  # share of kana or hangul among the letters


@cache
def _pattern(chars: str) -> re.Pattern[str]:
    return re.compile(f"[{chars}]")


def tally(document: Document) -> Counter[str]:
    """How often each character stands in the document."""
    return Counter(document.text)


def sampled(document: Document) -> Counter[str]:
    """The same for the beginning and the middle of a long document: what it is in the main."""
    text, half = document.text, len(document.text) // 2
    return (
        tally(document) if len(text) <= 2 * _SAMPLE else Counter(text[:_SAMPLE] + text[half : half + _SAMPLE])
    )


def standard(document: Document) -> Standard:
    """The standard of a Traditional document: forced by its settings, or from its characters."""
    forced = next((one for one in Standard if one == document.script), None)
    return forced or standard_of(document.analysis(tally))


def evidence(document: Document) -> Evidence:
    """The script of a document: forced by its settings, or from its characters.

    Quick on text of one script: two set operations on the census.
    """
    shorts, longs = (document.census & alone for alone in _alone())
    forced = _FORCED.get(document.script or "")
    if (document.script and not forced) or not (shorts or longs) or _is_foreign(document):
        return Evidence(forced, _NOTHING, _NOTHING, frozenset())
    if not forced and not (shorts and longs):
        return Evidence(Script.TRADITIONAL if longs else Script.SIMPLIFIED, _NOTHING, _NOTHING, frozenset())
    counts = document.analysis(sampled)
    found = _weigh(counts, shorts, longs, forced)
    unquoted = weigh(_pattern_of_quotations().sub("", document.text[:_SAMPLE]))
    if not forced and unquoted.script not in (found.script, None):
        return _weigh(counts, shorts, longs, unquoted.script)
    return found


@cache
def _alone() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that Simplified and that Traditional text alone writes."""
    return frozenset(characters().simplified), frozenset(characters().traditional)


@cache
def _pattern_of_quotations() -> re.Pattern[str]:
    return re.compile(QUOTED)


def weigh(text: str) -> Evidence:
    """The script of a piece of text, from its characters."""
    table = characters()
    counts = Counter(text)
    return _weigh(
        counts, counts.keys() & table.simplified.keys(), counts.keys() & table.traditional.keys(), None
    )


def _weigh(
    counts: Counter[str], shorts: AbstractSet[str], longs: AbstractSet[str], forced: Script | None
) -> Evidence:
    simplified, traditional = _weight(counts, shorts), _weight(counts, longs)
    if forced is Script.SIMPLIFIED or (not forced and simplified.weight > traditional.weight):
        return Evidence(Script.SIMPLIFIED, simplified, traditional, frozenset(longs))
    script = forced or (Script.TRADITIONAL if traditional.weight > simplified.weight else None)
    return Evidence(script, traditional, simplified, frozenset(shorts) if script else frozenset())


def _weight(counts: Counter[str], chars: AbstractSet[str]) -> Weight:
    common = characters().common
    return Weight(
        sum(counts[char] for char in chars), sum(counts[char] * 2.0 ** common[char] for char in chars)
    )


def _is_foreign(document: Document) -> bool:
    """Whether the document is Japanese or Korean."""
    if is_chinese_line("".join(document.census)):
        return False
    counts = document.analysis(sampled)
    letters, ideographs = (
        sum(counts[char] for char in _pattern(chars).findall("".join(counts)))
        for chars in (KANA + HANGUL, HAN)
    )
    return letters > _FOREIGN_LANGUAGE * (letters + ideographs)


_CLASSICAL, _MODERN = frozenset("曰矣焉哉兮吾孰豈乎耶"), frozenset("的了是們这這個嗎呢吧她你您")


def classical(document: Document) -> bool:
    """Whether the document is classical Chinese: 云 is to say there, 于 a word, 后 the queen."""
    return not document.census.isdisjoint(_CLASSICAL) and _is_classical(document.analysis(sampled))


def is_classical(text: str) -> bool:
    """Whether a line is classical Chinese."""
    return _is_classical(Counter(text))


def _is_classical(counts: Counter[str]) -> bool:
    return sum(counts[char] for char in _CLASSICAL) > sum(counts[char] for char in _MODERN)


def is_chinese_line(text: str) -> bool:
    """Whether a line with ideographs is Chinese: neither kana nor hangul in it."""
    return _pattern(KANA + HANGUL).search(text) is None
