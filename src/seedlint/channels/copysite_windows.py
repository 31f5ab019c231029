"""Windows of slipped bytes: what stood there, likeliest first, proved by running the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import permutations, product
from math import exp, inf
from typing import NamedTuple

from seedlint.channels.copysite import Decoder, Narrowing, Site, show_cuts
from seedlint.channels.copysite_inversion import (
    Inversion,
    Language,
    Path,
    before_readings,
    invert,
    lost_reading,
)
from seedlint.channels.copysite_ranking import Scene
from seedlint.channels.copysite_readings import HAN, SYLLABLE, TONED
from seedlint.channels.copysite_traces import LOST, MARKS

_RIVALS = 40
"""Readings of the bytes that are ranked again with words."""
_SHOWN = 5
_TAIL = 6
_BEFORE = 8
"""Characters before a lost byte; in none but ASCII nothing was cut."""
_GARBAGE = -6.5
"""Nats a character: 90 % of the text that people wrote lies above, slipped bytes lie below."""


class Candidate(NamedTuple):
    """One thing that may have stood in the window; ``site`` makes the damage of it.

    ``nats`` is the likelihood of the text around it, ``path`` how the bytes were read.
    """

    text: str
    nats: float
    site: Site
    path: Path

    @property
    def readings(self) -> tuple[tuple[str, str], ...]:
        """The readings that the site inserted."""
        return self.path.supposed.readings

    @property
    def guessed(self) -> bool:
        """Whether a character of it is one of many: swallowed, or an ideograph for a lost byte."""
        return bool(self.path.supposed.guessed) or self.path.supposed.filled

    @property
    def lacks_digit(self) -> bool:
        """Whether a digit was swallowed: which one, nothing tells."""
        return self.path.supposed.guessed == "0"

    @property
    def holes(self) -> int:
        """Pairs of private use that vanished from it."""
        return self.path.supposed.holes


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of damaged text with what may have stood there, likeliest first.

    It begins with the character before the lost byte, whose bytes are needed to run
    the model, and ends where text and bytes agree again. In nats, ``gain`` is how much
    likelier the first candidate is than the damage, ``hidden`` than the best reading
    in which more pairs of private use vanished; ``density`` is its likelihood a
    character.
    """

    start: int
    end: int
    damaged: str
    candidates: tuple[Candidate, ...]
    gain: float
    hidden: float
    density: float

    @property
    def best(self) -> Candidate:
        """The likeliest candidate."""
        return self.candidates[0]

    @property
    def margin(self) -> float:
        """Nats between the first candidate and the next with as many holes or fewer, infinite if none."""
        rivals = (one.nats for one in self.candidates[1:] if one.holes <= self.best.holes)
        return self.best.nats - max(rivals, default=-inf)

    def odds(self) -> list[dict[str, object]]:
        """The candidates with their shares of all that is plausible here."""
        weights = [exp(candidate.nats - self.best.nats) for candidate in self.candidates]
        return [
            {"text": candidate.text, "odds": round(weight / sum(weights), 4)}
            for candidate, weight in zip(self.candidates, weights, strict=True)
        ]

    def cut(self) -> str:
        """The bytes of the first candidate, characters apart, ``|`` where the site cut or inserted."""
        return show_cuts(self.best.text, self.best.site)


@cache
def trouble() -> re.Pattern[str]:
    """Where bytes may have slipped: a lost byte before a mark of cutting or inside a reading."""
    narrow = ",!;?:"
    return re.compile(rf"[{LOST}](?=[{MARKS}{narrow}])|[{LOST}](?=\(?{SYLLABLE} ?\))")


@cache
def lost_brackets() -> tuple[re.Pattern[str], ...]:
    """A lost byte that took the bracket of a reading along; one pattern for each way to show it."""
    return tuple(re.compile(rf"{re.escape(lost)}{SYLLABLE} ?\)") for lost in LOST)


@cache
def behind_letter() -> re.Pattern[str]:
    """A toned reading behind an ASCII character that may be the trail of the pair that is read so.

    The match begins at the bracket, which makes the scan fast.
    """
    return re.compile(rf"(?P<note>\((?<=[^\x00-\x7f][@-~]\()(?P<reading>[a-zü]*[{TONED}][a-zü]*) ?\))")


def windows(text: str, model: Language, known: frozenset[tuple[str, str]]) -> Iterator[Window]:
    """The windows of ``text``, in order, none overlapping another."""
    at = 0
    while found := trouble().search(text, at):
        window = _window(text, found.start(), model, known)
        at = window.end if window else found.end()
        if window:
            yield window


def _window(text: str, start: int, model: Language, known: frozenset[tuple[str, str]]) -> Window | None:
    if not _worth(text, start, model):
        return None
    inversion = invert(text, start, model, known)
    return _proved(text, _trim(inversion), model) if inversion else None


def _worth(text: str, start: int, model: Language) -> bool:
    """Whether what follows the lost byte can be slipped text: people write ``??！`` too."""
    if lost_reading().match(text, start):
        first = before_readings(text, start)
        return text[first - 1 : first] > "\u2e7f"
    around = text[max(0, start - _BEFORE) : start + 2 + _TAIL]
    if around.isascii() or _marks().match(text, start):
        return False
    tail = text[start + 2 : start + 2 + _TAIL].partition("\n")[0]
    if not _slipped().match(tail):
        return False
    run = _ideographs().match(tail)
    return run is None or model.score(run[0]) < _GARBAGE * len(run[0])


@cache
def _marks() -> re.Pattern[str]:
    """So many marks in a row are emphasis, or text that is gone altogether."""
    return re.compile(rf"[{LOST}{MARKS},!;?:]{{4}}")


@cache
def _slipped() -> re.Pattern[str]:
    """A tail of slipped bytes begins with an ideograph or sign, a stray letter or another lost byte."""
    return re.compile(rf"[^\x00-\x7f]|[@-~][^@-~]|[{LOST}]")


@cache
def _ideographs() -> re.Pattern[str]:
    return re.compile(f"[{HAN}]+")


def _trim(inversion: Inversion) -> Inversion:
    """Without the characters at the end that every path copied."""
    surplus = min(path.copied for path in inversion.paths)
    return inversion.without_last(surplus) if surplus else inversion


def _proved(text: str, inversion: Inversion, model: Language) -> Window | None:
    scene = Scene.around(text, inversion.start, inversion.end)
    start = inversion.start - len(scene.head)
    ranked = sorted(
        ((scene.nats(path, model), path) for path in inversion.paths[:_RIVALS]), key=_first, reverse=True
    )
    damaged = text[start : inversion.end]
    candidates = tuple(_candidates(damaged, scene.head, ranked))
    if not candidates:
        return None
    best = candidates[0]
    gain = scene.gain(best.nats, best.text, text[inversion.start : inversion.end], model)
    hidden = max((nats for nats, path in ranked if path.supposed.holes > best.holes), default=-inf)
    density = scene.plain(best.path.text, model) / (scene.length + len(best.path.text))
    return Window(start, inversion.end, damaged, candidates, gain, best.nats - hidden, density)


def _first(ranked: tuple[float, Path]) -> float:
    return ranked[0]


def _candidates(damaged: str, head: str, ranked: list[tuple[float, Path]]) -> Iterator[Candidate]:
    found: set[str] = set()
    for nats, path in ranked:
        text = head + path.text
        if text not in found and (site := prove(text, damaged, path)):
            found.add(text)
            yield Candidate(text, nats, site, path)
            if len(found) == _SHOWN:
                return


def prove(text: str, damaged: str, path: Path) -> Site | None:
    """The site that makes ``damaged`` of ``text``, None where no known one does."""
    return next((site for site in _sites(damaged, path) if site(text) == damaged), None)


def _sites(damaged: str, path: Path) -> Iterator[Site]:
    lost = next((char for char in damaged if char in LOST), LOST[0])
    supposed = path.supposed
    for narrowing, private, swallows, cuts in product(Narrowing, (True, False), (True, False), (True, False)):
        decoder = Decoder(lost, swallows, private, narrowing)
        for table in _orders(supposed.readings):
            yield Site(table, supposed.form, cuts, decoder)


def _orders(table: tuple[tuple[str, str], ...]) -> Iterable[tuple[tuple[str, str], ...]]:
    """The orders in which a site may go through its table; they matter where pairs overlap."""
    return permutations(table) if len(table) <= 3 else (table, table[::-1])
