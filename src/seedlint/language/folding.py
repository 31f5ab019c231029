"""Folds text to the alphabet of the language tables: Simplified, lower case, one digit."""

from functools import cache

from seedlint.language.tables import read


@cache
def folds() -> dict[int, str]:
    """Translation table for `str.translate`: code point to the character that stands for it.

    Traditional ideographs go to the first Simplified form in OpenCC's TSCharacters, digits to one
    digit of their width, letters to lower case. One character always becomes one.
    """
    pairs = read("folds").decode("utf-8")
    return dict(zip(map(ord, pairs[::2]), pairs[1::2], strict=True))


def fold(text: str) -> str:
    """Fold `text`; the result has as many characters as `text`."""
    return text.translate(folds())
