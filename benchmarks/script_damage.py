"""Damage for the scripts benchmark: conversions by character, look-alike letters, hidden characters."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from seedlint.language.conversion_damage import TOLERATED
from seedlint.language.script_homoglyphs import groups, script_of
from seedlint.language.script_joiners import BIDI, IGNORABLE, SELECTORS, TAGS, members
from seedlint.language.script_standards import canonical

# 并 and 么 are Traditional characters too; sites that keep what is one write them throughout.
KEPT = {ord("并"): "并", ord("么"): "么"}


@cache
def _table(name: str) -> dict[str, list[str]]:
    """A dictionary of opencc-python-reimplemented: character to candidates."""
    rows = files("opencc").joinpath(f"dictionary/{name}.txt").read_text("utf-8").splitlines()
    return {key: values.split(" ") for key, values in (row.split("\t") for row in rows)}


@cache
def channels() -> dict[str, dict[int, str]]:
    """Ways to convert to Traditional character by character."""
    simplified = _table("STCharacters")
    return {
        "first candidate": {ord(char): forms[0] for char, forms in simplified.items()},
        "kept where it is Traditional too": {
            ord(char): char if char in forms else forms[0] for char, forms in simplified.items()
        }
        | KEPT,
    }


def convert(text: str, channel: str) -> str:
    """Fold Traditional text to Simplified and back, character by character."""
    folded = text.translate({ord(char): forms[0] for char, forms in _table("TSCharacters").items()})
    return folded.translate(channels()[channel])


def is_wrong(original: str, converted: str) -> bool:
    """Whether a converted character is an error, and not what another standard or author writes."""
    first, second = canonical(original), canonical(converted)
    return first != second and second + first not in TOLERATED


def forge(word: str, chance: random.Random) -> str:
    """A word with one letter, or more of a long one, replaced by look-alikes, if it has any."""
    places = [at for at, char in enumerate(word) if _foreign(char)]
    for at in chance.sample(places, min(len(places), 1 + len(word) // 8)):
        word = word[:at] + chance.choice(_foreign(word[at])) + word[at + 1 :]
    return word


@cache
def _foreign(char: str) -> str:
    """Letters of Cyrillic and Greek that look like a letter, in its case."""
    return "".join(
        other
        for other in groups().get(char, "")
        if script_of(other) in ("CYRILLIC", "GREEK") and other.isupper() == char.isupper()
    )


def words(text: str) -> list[str]:
    """English words of four letters and more."""
    return re.findall(r"\b[A-Za-z][a-z]{3,}\b", text)


def hidden() -> Iterator[str]:
    """Every Default_Ignorable_Code_Point and bidi control that is assigned or reserved as one."""
    yield from sorted(members(IGNORABLE + SELECTORS + BIDI) | members(TAGS) | {"\ufeff"})
