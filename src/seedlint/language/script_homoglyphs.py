"""Letters that look like letters of another script (Unicode TS 39, confusables.txt of Unicode 17)."""

from __future__ import annotations

import unicodedata
from functools import cache

from seedlint.language.tables import read

# Scripts as character classes: the blocks of letters that words are written in.
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
CYRILLIC = "\u0400-\u0481\u048a-\u052f\u1c80-\u1c8a\u1d2b\ua640-\ua66e\ua680-\ua69d"
GREEK = "\u0370-\u0373\u0376-\u0377\u037a-\u037d\u037f\u0386-\u03ff\u1d26-\u1d2a\u1f00-\u1fff"
OTHERS = "\u0531-\u0556\u0560-\u0588\u13a0-\u13f5\u13f8-\u13fd\u2c80-\u2ce4"  # Armenian, Cherokee, Coptic


@cache
def groups() -> dict[str, str]:
    """Character to the letters it looks like."""
    return {char: group for group in read("script_confusables").decode("utf-8").split("\n") for char in group}


def script_of(char: str) -> str:
    """``LATIN``, ``CYRILLIC``, ``GREEK`` or another script, empty for what is no letter."""
    if char < "\u0080":
        return "LATIN" if char.isalpha() else ""
    return unicodedata.name(char, "").split(" ")[0] if char.isalpha() else ""


def lookalike(char: str, script: str) -> str:
    """The letter of ``script`` in the same case that ``char`` looks like; empty if there is none.

    Latin letters beyond ASCII and Cyrillic ones beyond the Russian alphabet are too
    rare to be meant.
    """
    plain = {"LATIN": "\u0080", "CYRILLIC": "\u0460"}.get(script, "\uffff")
    for other in groups().get(char, ""):
        if other < plain and script_of(other) == script and other.isupper() == char.isupper():
            return other
    return ""
