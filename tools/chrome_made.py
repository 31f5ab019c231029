"""Texts without chrome into which runs of chrome lines of labelled pages are put, at head, tail or amid.

Text and run are of one fold, so that what is trained on some folds meets neither in another.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from chrome_pages import Labelled
from chrome_texts import Text, has_code

LEFTOVER = ("leftover", "opening")  # kinds of pages of which every run of chrome is one that extractors leave
_NEAR = 15  # lines from the main text within which a run is one that extractors leave
_LONGEST = 25
_PIECE = (6, 10, 16, 40)  # paragraphs of a text that are used
_TAKEN = (1, 2, 3, 4, 6, 9, 14)  # lines of a run that are used
_TITLED = 0.6  # share of the runs at the head that have a title above them
_WHOLE = 0.15  # share of the texts that stay as they are
_CLEAN = 0.4  # share of the pieces without a run


class Made(NamedTuple):
    """A text with the indices of its chrome among the lines that are not blank."""

    name: str
    text: str
    chrome: frozenset[int]


def _lines(run: Iterator[tuple[int, str]]) -> list[int]:
    return [at for at, _ in run]


def runs(page: Labelled) -> Iterator[list[str]]:
    """The runs of chrome lines of a page that are short or near its main text."""
    body = [at for at, label in enumerate(page.labels) if label == "content"]
    pairs = [(at, page.lines[at]) for at, label in enumerate(page.labels) if label == "chrome"]
    for _, group in groupby(enumerate(pairs), key=lambda pair: pair[1][0] - pair[0]):
        places = [at for _, (at, _) in group]
        if page.kind in LEFTOVER:
            yield [page.lines[at] for at in places]
        elif body and (
            min(abs(places[0] - body[-1]), abs(places[-1] - body[0])) < _NEAR or len(places) < _NEAR
        ):
            near = places[:_LONGEST] if places[0] > body[-1] else places[-_LONGEST:]
            yield [page.lines[at] for at in near]


class Maker:
    """Puts runs into texts, by chance but the same on every run."""

    def __init__(self, pages: Sequence[Labelled], folds: dict[str, int]) -> None:
        self._folds, self._chance = folds, random.Random(1)
        self._pool: dict[tuple[str, bool, int], list[list[str]]] = defaultdict(list)
        for page in pages:
            key = page.group, page.kind in LEFTOVER, folds[page.name]
            self._pool[key] += runs(page)

    def made(self, text: Text) -> Made:
        """``text`` with a run put in, or a piece of it or all as it is, by chance or if it has code."""
        parts = [part for part in text.text.split("\n\n") if part.strip()]
        run = self._run(text)
        if len(parts) < 4 or has_code(text.text) or self._chance.random() < _WHOLE:
            return Made(text.name, text.text, frozenset())
        start = self._chance.randrange(max(1, len(parts) - 8))
        piece = parts[start : start + self._chance.choice(_PIECE)]
        if not run or self._chance.random() < _CLEAN:
            return Made(text.name, "\n\n".join(piece), frozenset())
        return self._put(text.name, piece, run)

    def _run(self, text: Text) -> list[str]:
        fold, leftover = self._folds[text.name], self._chance.random() < 0.5
        pools = ((text.group, leftover), (text.group, True), ("other", leftover))
        pool = next((pool for key in pools if (pool := self._pool.get((*key, fold)))), [])
        run = self._chance.choice(pool) if pool else []
        if leftover or len(run) < 2:
            return run
        start = self._chance.randrange(len(run))
        return run[start : start + self._chance.choice(_TAKEN)]

    def _put(self, name: str, parts: Sequence[str], run: Sequence[str]) -> Made:
        middle = self._chance.randrange(1, max(2, len(parts)))
        at = self._chance.choice((0, len(parts), len(parts), middle))
        style = self._chance.random()  # three of four texts keep blank lines, most runs have none
        between = "\n\n" if style < 0.75 else "\n"
        block = ("\n" if style < 0.6 or style >= 0.75 else "\n\n").join(run)
        title = self._title(parts) if not at and self._chance.random() < _TITLED else ""
        first = sum(bool(line.strip()) for part in parts[:at] for line in part.split("\n")) + bool(title)
        block = title + (self._chance.choice(("\n", "\n\n")) if title else "") + block
        text = between.join([*parts[:at], block, *parts[at:]])
        return Made(name, text, frozenset(range(first, first + len(run))))

    def _title(self, parts: Sequence[str]) -> str:
        """Something like a title: a short line of the text, or the beginning of a sentence."""
        lines = [line.strip() for part in parts for line in part.split("\n")]
        short = [line for line in lines if 4 < len(line) < 40]
        if short and self._chance.random() < 0.5:
            return self._chance.choice(short)
        return re.split(r"[,.;:，。；：！？!?]", self._chance.choice(lines))[0][:60].strip()
