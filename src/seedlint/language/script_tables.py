"""The script tables: characters of one script alone, classes, windows; read when needed."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import NamedTuple

from seedlint.language.tables import read

_STEP = 0.5  # nats between two letters of a row of scores
_ZERO = ord("P")
GAP = "_"


class Characters(NamedTuple):
    """Characters that one script alone writes.

    ``simplified`` gives the Traditional candidates, commonest first; ``traditional``
    the Simplified character; ``common`` how often the character stands in
    Traditional text, in powers of ten per ten million.
    """

    simplified: dict[str, str]
    traditional: dict[str, str]
    common: dict[str, int]


@cache
def characters() -> Characters:
    """Built from OpenCC's STCharacters and TSCharacters (Apache-2.0)."""
    rows = read("script_characters").decode("utf-8").split("\n")
    simplified = {row[1]: row[2:] for row in rows if row[0] == "S"}
    longs = [row for row in rows if row[0] == "T"]
    common = {row[1]: int(row[3]) for row in longs}
    common |= {char: max(common.get(long, 0) for long in longer) for char, longer in simplified.items()}
    return Characters(simplified, {row[1]: row[2] for row in longs}, common)


def alone() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that Simplified and that Traditional text alone writes: all that most texts ask for."""
    rows = read("script_characters").decode("utf-8")
    return frozenset(re.findall("^S(.)", rows, re.MULTILINE)), frozenset(
        re.findall("^T(.)", rows, re.MULTILINE)
    )


@cache
def owners() -> dict[str, tuple[str, str]]:
    """Character to the Simplified character of its class and the form it counts as."""
    rows = read("script_owners").decode("utf-8")
    return {rows[at]: (rows[at + 1], rows[at + 2]) for at in range(0, len(rows), 3)}


@cache
def folds() -> dict[int, str]:
    """Translation table: every character to the Simplified one of its class."""
    rows = read("script_folds").decode("utf-8")
    return {ord(rows[at]): rows[at + 1] for at in range(0, len(rows), 2)}


class Windows:
    """What the neighbours say about the forms of one class.

    A key is the folded text around the place with a gap for it (``背_``); scores are
    nats by which the window favours a form, in the order of ``forms``. ``unknown`` is
    what it says that no window is known.
    """

    def __init__(self, block: str) -> None:
        head, _, self._block = block.partition("\n")
        name, priors, unknown = head.split("\t")
        self.forms = name[1:]
        self.prior, self.unknown = _scores(priors), _scores(unknown)

    @cached_property
    def _rows(self) -> dict[str, str]:
        return dict(row.split("\t") for row in self._block.split("\n") if row)

    def get(self, key: str) -> tuple[float, ...] | None:
        """The scores of a window, None if it tells nothing."""
        row = self._rows.get(key)
        return None if row is None else _scores(row)


@cache
def _scores(letters: str) -> tuple[float, ...]:
    return tuple(_STEP * (ord(letter) - _ZERO) for letter in letters)


@cache
def _blocks() -> dict[str, str]:
    return {block[0]: block for block in read("script_windows").decode("utf-8").split("\f")}


@cache
def windows(short: str) -> Windows:
    """The windows of the class of a Simplified character."""
    return Windows(_blocks()[short])


def classes() -> tuple[str, ...]:
    """The Simplified characters that have a class."""
    return tuple(_blocks())
