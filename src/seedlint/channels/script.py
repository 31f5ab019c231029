"""Which script a text is written in, and how well a character fits it.

The language tables fold Traditional to Simplified, so that a lost byte may stand for
either form; the script of what is left of the text decides between them.
"""

from __future__ import annotations

from enum import Enum
from functools import cache

from seedlint.language.folding import folds

_FOREIGN = -7.0  # nats for a character that the script's national standard does not hold
_OTHER_FORM = -1.5  # nats for the form that Simplified shares with a rarer use in Traditional


class Script(Enum):
    """A written standard, with the codec that holds its ordinary characters."""

    SIMPLIFIED = "gb2312"
    TRADITIONAL = "big5"
    JAPANESE = "euc_jp"
    KOREAN = "euc_kr"
    ANY = "utf-8"


@cache
def prior(script: Script, char: str) -> float:
    """The logarithm, in nats, of how well ``char`` fits ``script``; 0 when it does."""
    if char < "\u3040" or char > "\uffe0":
        return 0.0
    try:
        char.encode(script.value)
    except UnicodeEncodeError:
        return _FOREIGN
    if script is Script.SIMPLIFIED and ("\u3040" <= char <= "\u30ff"):
        return _FOREIGN
    if script is Script.TRADITIONAL and ("\u3040" <= char <= "\u30ff" or char in _shared()):
        return _FOREIGN if char < "\u3100" else _OTHER_FORM
    return 0.0


@cache
def _shared() -> frozenset[str]:
    """Simplified forms that other Traditional characters fold to."""
    return frozenset(folds().values())


@cache
def _traditional() -> frozenset[str]:
    return frozenset(chr(code) for code in folds() if code >= 0x4E00)


def script_of(text: str) -> Script:
    """The script most characters of ``text`` speak for; ANY when none does."""
    kana = sum("\u3040" <= char <= "\u30ff" for char in text)
    hangul = sum("\uac00" <= char <= "\ud7a3" for char in text)
    han = sum("\u4e00" <= char <= "\u9fff" for char in text)
    if hangul > han and hangul > kana:
        return Script.KOREAN
    if kana * 5 > han:
        return Script.JAPANESE if kana else Script.ANY
    return _chinese(text)


def _chinese(text: str) -> Script:
    traditional = sum(char in _traditional() for char in text)
    simplified = sum(prior(Script.TRADITIONAL, char) == _FOREIGN for char in text)
    if traditional == simplified:
        return Script.ANY
    return Script.TRADITIONAL if traditional > simplified else Script.SIMPLIFIED
