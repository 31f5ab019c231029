"""Which script Chinese text is in: documents and lines, from the characters of one script alone."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from seedlint.charclass import CharacterClass
from seedlint.document import Document
from seedlint.language.characters import HANGUL, KANA
from seedlint.language.script_standards import Standard, standard_of
from seedlint.language.script_tables import alone, characters
from seedlint.language.scripts import SCRIPTS
from seedlint.places import count


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
    r"[「『《“〈\[（](?:(?<=「)[^「」]{4,}」|(?<=『)[^『』]{4,}』|(?<=《)[^《》]{3,}》|(?<=“)[^“”]{4,}”"
    r"|(?<=〈)[^〈〉]{3,}〉|(?<=\[)[^\[\]]{2,}\]|(?<=（)[^（）]{3,}）)"
)
_NOTHING = Weight(0, 0.0)
_SAMPLE = 50_000
_PART = 3_000  # characters of the beginning and of the middle that tell the language
_IDEOGRAPHS = "\u3400-\u9fff"  # of the basic plane: others make the pattern slow, and are rare
_FOREIGN_LANGUAGE = 0.12  # share of kana or hangul among the letters


@cache
def _pattern(chars: str) -> re.Pattern[str]:
    return re.compile(f"[{chars}]")


@cache
def _runs(chars: str) -> re.Pattern[str]:
    return re.compile(f"[{chars}][{chars}]*")


def tally(document: Document) -> Counter[str]:
    """How often each character stands in the document."""
    return Counter(document.text)


def _sample(text: str, size: int) -> str:
    """The beginning and the middle of a long text, ``size`` characters each: what it is in the main."""
    half = len(text) // 2
    return text if len(text) <= 2 * size else text[:size] + text[half : half + size]


def standard(document: Document) -> Standard:
    """The standard of a Traditional document: forced by its settings, or from its characters."""
    forced = next((one for one in Standard if one == document.script), None)
    return forced or standard_of(document.analysis(tally))


def evidence(document: Document) -> Evidence:
    """The script of a document: forced by its settings, or from its characters.

    Quick on text of one script: it is read once for the characters of the other.
    """
    forced = _FORCED.get(document.script or "")
    if document.script and not forced:
        return Evidence(None, _NOTHING, _NOTHING, frozenset())
    if not forced and document.ideographic and (plain := _plainly(document)):
        return Evidence(plain, _NOTHING, _NOTHING, frozenset())
    if document.analysis(_is_foreign):
        return Evidence(forced, _NOTHING, _NOTHING, frozenset())
    short, long = _SHORT.stands_in(document), _LONG.stands_in(document)
    if not forced and not (short and long):
        script = Script.TRADITIONAL if long else Script.SIMPLIFIED if short else None
        return Evidence(script, _NOTHING, _NOTHING, frozenset())
    sample = _sample(document.text, _SAMPLE)
    counts = _SHORT.tally(sample), _LONG.tally(sample)
    found = _weigh(*counts, forced)
    unquoted = _unquoted(document.text[:_SAMPLE])
    if not forced and unquoted not in (found.script, None):
        return _weigh(*counts, unquoted)
    return found


def _plainly(document: Document) -> Script | None:
    """The script of a document that holds nothing of the other, no kana and no hangul: one scan tells."""
    if _SHORT.stands_in(document):
        return None if _LONG_OR_SYLLABIC.stands_in(document) else Script.SIMPLIFIED
    if _LONG.stands_in(document):
        return None if _SYLLABLES.stands_in(document) else Script.TRADITIONAL
    return None


def is_mixed(document: Document) -> bool:
    """Whether characters that only the other script writes stand in a document; a gate of rules."""
    return bool(document.analysis(evidence).foreign)


def is_traditional(document: Document) -> bool:
    """Whether a document is Traditional Chinese; a gate of rules."""
    return document.analysis(evidence).script is Script.TRADITIONAL


def may_be_chinese(document: Document) -> bool:
    """Whether a document has ideographs, and is not Japanese or Korean in the main; a gate of rules."""
    return document.analysis(evidence).script is not None or not document.analysis(_is_foreign)


@cache
def _quotations() -> re.Pattern[str]:
    return re.compile(QUOTED)


def _unquoted(text: str) -> Script | None:
    """The script of what stands outside of quotations."""
    return weigh(_quotations().sub("", text)).script


_SHORT = CharacterClass.of(lambda: alone()[0])
_LONG = CharacterClass.of(lambda: alone()[1])
"""The characters that Simplified and that Traditional text alone writes."""
_SYLLABLES = CharacterClass.spanning(KANA + HANGUL)
_LONG_OR_SYLLABIC = CharacterClass(
    lambda: "".join(sorted(char for char in alone()[1] if char <= "\uffff")) + KANA + HANGUL,
    lambda census: _LONG.among(census) | _SYLLABLES.among(census),
)


def weigh(text: str) -> Evidence:
    """The script of a piece of text, from its characters."""
    return _weigh(_SHORT.tally(text), _LONG.tally(text), None)


def _weigh(shorts: Counter[str], longs: Counter[str], forced: Script | None) -> Evidence:
    simplified, traditional = _weight(shorts), _weight(longs)
    if forced is Script.SIMPLIFIED or (not forced and simplified.weight > traditional.weight):
        return Evidence(Script.SIMPLIFIED, simplified, traditional, frozenset(longs))
    script = forced or (Script.TRADITIONAL if traditional.weight > simplified.weight else None)
    return Evidence(script, traditional, simplified, frozenset(shorts) if script else frozenset())


def _weight(counts: Counter[str]) -> Weight:
    common = characters().common
    return Weight(sum(counts.values()), sum(number * 2.0 ** common[char] for char, number in counts.items()))


def _is_foreign(document: Document) -> bool:
    """Whether the document is Japanese, Korean, or in no ideographs at all."""
    if not document.ideographic:
        return True
    if not _SYLLABLES.stands_in(document):
        return False
    sample = _sample(document.text, _PART)
    letters = sum(map(len, _runs(KANA + HANGUL).findall(sample)))
    return letters > _FOREIGN_LANGUAGE * (letters + sum(map(len, _runs(_IDEOGRAPHS).findall(sample))))


_CLASSICAL, _MODERN = "曰矣焉哉兮吾孰豈乎耶", "的了是们這这個嗎呢吧她你您"


def classical(document: Document) -> bool:
    """Whether the document is classical Chinese: 云 is to say there, 于 a word, 后 the queen."""
    return is_classical(_sample(document.text, _SAMPLE))


def is_classical(text: str, times: int = 1) -> bool:
    """Whether a text or line is classical Chinese: so many times its words outnumber the modern ones."""
    number = count(_pattern(_CLASSICAL), text)
    return number > 0 and number * times > count(_pattern(_MODERN), text)


def is_tinged(document: Document) -> bool:
    """Whether classical words are a tenth of the modern ones, as in verse: 征 is to march there."""
    return is_classical(_sample(document.text, _SAMPLE), times=10)
