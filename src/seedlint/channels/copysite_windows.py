"""Windows of slipped bytes: what stood there, ranked by plausibility and proved by running the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import permutations, product
from math import exp
from typing import NamedTuple

from seedlint.channels.copysite import MARKS, Decoder, Narrowing, Site, show_cuts
from seedlint.channels.copysite_inversion import (
    LOST,
    Inversion,
    Language,
    Path,
    invert,
    lost_reading,
    reading,
)
from seedlint.channels.copysite_readings import HAN, SYLLABLE, TONED

_RIVALS = 24
"""Readings of the bytes that are ranked again with words."""
_SHOWN = 5
_LEFT, _RIGHT = 12, 8
"""Characters of context that the ranking sees."""
_FIT = 1.0
"""Nats for the end of a sentence at a quotation mark: the model was made of text with little speech."""
_TAIL = 6
_GARBAGE = -6.5
"""Nats a character: text that people wrote lies above, slipped bytes lie below."""
_UNFIT = 3.0
"""Nats against a quotation mark that closes nothing or opens what is open."""
_OPENERS = dict(zip("”’》」』】〉", "“‘《「『【〈", strict=True))


class Candidate(NamedTuple):
    """One thing that may have stood in the window; ``site`` makes the damage of it.

    ``nats`` is the likelihood of the text around it; ``readings`` were inserted. ``guessed`` says
    that a character of it left no trace in the damage.
    """

    text: str
    nats: float
    site: Site
    readings: tuple[tuple[str, str], ...]
    guessed: bool


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of damaged text with what may have stood there, likeliest first.

    It begins with the character before the lost byte, whose bytes are needed to run
    the model, and ends where text and bytes agree again. ``gain`` is how much likelier
    the first candidate is than the damage, ``margin`` than the second; nats.
    """

    start: int
    end: int
    damaged: str
    candidates: tuple[Candidate, ...]
    gain: float

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

    @property
    def best(self) -> Candidate:
        """The likeliest candidate."""
        return self.candidates[0]

    @property
    def margin(self) -> float:
        """Nats between the first candidate and the second, infinite where there is none."""
        return self.best.nats - self.candidates[1].nats if self.candidates[1:] else float("inf")


@cache
def trouble() -> re.Pattern[str]:
    """Where bytes may have slipped: a lost byte before a mark of cutting or inside a reading."""
    narrow = ",!;?:"
    return re.compile(rf"[{LOST}](?=[{MARKS}{narrow}])|[{LOST}](?=\(?{SYLLABLE} ?\))")


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
    return _proved(text, inversion, model) if inversion else None


def _worth(text: str, start: int, model: Language) -> bool:
    """Whether what follows the lost byte can be slipped text: people write ``??！`` too."""
    if lost_reading().match(text, start):
        return text[start - 1 : start] > "\u2e7f"
    tail = text[start + 2 : start + 2 + _TAIL].partition("\n")[0]
    if not tail or not _slipped().match(tail):
        return False
    run = _ideographs().match(tail)
    return run is None or model.score(run[0]) < _GARBAGE * len(run[0])


@cache
def _slipped() -> re.Pattern[str]:
    """A tail of slipped bytes begins with an ideograph or sign, a stray letter or another lost byte."""
    return re.compile(rf"[^\x00-\x7f]|[@-~][^@-~]|[{LOST}]")


@cache
def _ideographs() -> re.Pattern[str]:
    return re.compile(f"[{HAN}]+")


def _proved(text: str, inversion: Inversion, model: Language) -> Window | None:
    trimmed = _trim(text, inversion)
    first = (
        max(0, trimmed.start - 1)
        if text[trimmed.start - 1 : trimmed.start] not in ("", "\n", "\r")
        else trimmed.start
    )
    head, damaged = text[first : trimmed.start], text[first : trimmed.end]
    left, right = _context(text, first, trimmed.end)
    ranked = sorted(
        (_rank(path, left, head, right, model), place) for place, path in enumerate(trimmed.paths[:_RIVALS])
    )
    candidates = _candidates(
        damaged, head, trimmed.paths, [(nats, place) for nats, place in reversed(ranked)]
    )
    if not candidates:
        return None
    gain = candidates[0].nats - model.score(left + reading().sub("", damaged) + right)
    return Window(first, trimmed.end, damaged, candidates, gain)


def _trim(text: str, inversion: Inversion) -> Inversion:
    """Without the characters at the end that every path copied."""
    surplus = min(path.copied for path in inversion.paths)
    return inversion.without_last(surplus) if surplus else inversion


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    line = text.rfind("\n", 0, start) + 1
    left = reading().sub("", text[max(line, start - 4 * _LEFT) : start])[-_LEFT:]
    right = reading().sub("", text[end : end + 4 * _RIGHT].partition("\n")[0])[:_RIGHT]
    return left, right


def _rank(path: Path, left: str, head: str, right: str, model: Language) -> float:
    whole = left + head + path.text + right
    fit = _FIT * len(_closing().findall(path.text)) - _UNFIT * _unfit(left + head, path.text)
    return model.score(whole.partition("<")[0]) + path.prior + fit


@cache
def _closing() -> re.Pattern[str]:
    """An end of a sentence beside a quotation mark: in a slip far likelier than a character there."""
    return re.compile("[。！？…][”’」』“‘「『《]")


def _unfit(left: str, text: str) -> int:
    """How many marks of ``text`` close nothing, open what is open or follow another mark."""
    opened: set[str] = set()
    misfits = len(_doubled().findall(text))
    for place, char in enumerate(left + text):
        if char in _OPENERS.values():
            misfits += place >= len(left) and char in opened
            opened.add(char)
        elif char in _OPENERS:
            misfits += place >= len(left) and _OPENERS[char] not in opened
            opened.discard(_OPENERS[char])
    return misfits


@cache
def _doubled() -> re.Pattern[str]:
    return re.compile("[。，、；：！？][，。、；：]")


def _candidates(
    damaged: str, head: str, paths: tuple[Path, ...], ranked: list[tuple[float, int]]
) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    for nats, place in ranked:
        path = paths[place]
        text = head + path.text
        if all(text != other.text for other in found) and (site := prove(text, damaged, path)):
            found.append(Candidate(text, nats, site, path.readings, path.guessed))
            if len(found) == _SHOWN:
                break
    return tuple(found)


def prove(text: str, damaged: str, path: Path) -> Site | None:
    """The site that makes ``damaged`` of ``text``, None where no known one does."""
    return next((site for site in _sites(damaged, path) if site(text) == damaged), None)


def _sites(damaged: str, path: Path) -> Iterator[Site]:
    lost = next((char for char in damaged if char in LOST), LOST[0])
    for narrowing, private, swallows, cuts in product(Narrowing, (True, False), (True, False), (True, False)):
        decoder = Decoder(lost, swallows, private, narrowing)
        for table in _orders(path.readings):
            yield Site(table, path.form, cuts, decoder)


def _orders(table: tuple[tuple[str, str], ...]) -> Iterable[tuple[tuple[str, str], ...]]:
    """The orders in which a site may go through its table; they matter where pairs overlap."""
    return permutations(table) if len(table) <= 3 else (table, table[::-1])


def behind_letter() -> re.Pattern[str]:
    """A toned reading behind an ASCII character that may be the trail of the pair that is read so."""
    return _behind_letter()


@cache
def _behind_letter() -> re.Pattern[str]:
    return re.compile(rf"(?<=[^\x00-\x7f])[@-~](?P<note>\((?P<reading>[a-zü]*[{TONED}][a-zü]*) ?\))")
