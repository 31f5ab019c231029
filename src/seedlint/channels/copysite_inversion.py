"""Inverts the bytes of a copy site: from a place where a byte was lost to where text and bytes agree again.

The damaged text is read left to right as the bytes it came from. Where it shows
``?`` a byte is unknown; what the author wrote is every way to read the bytes as
characters, and a model of language ranks the ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from math import inf
from typing import NamedTuple, Protocol

from seedlint.channels.copysite import encode, spell
from seedlint.channels.copysite_readings import SYLLABLE, is_common, is_first, is_listed, reads
from seedlint.channels.copysite_traces import LOST, MARKS

_BEAM = 32
_REACH = 120
"""Characters a window may be long: after that the bytes did not fall into step."""
_RARE_READING = 3.0
"""Nats against a reading that is not the character's first, a rare character, one no table holds."""
_SEEN_READING = 3.0
"""Nats for a reading that the same document gives the same character elsewhere."""
_BEHIND = 20.0
"""Nats that a path may lie behind the best one that is in step; the search gives it up beyond."""
_GARBLED = -8.0
"""Nats: a step less likely than this tells of a character that nobody wrote, and of a hole before it."""
_HOLE = 0.5
"""Nats against every hole: not every site hides private use."""
_LIKELIEST = 24
"""Characters that are tried for one lost byte."""
_PLACES = 60
"""Places of a window that are searched for holes."""
_HOLE_PATHS = 6
_HOLE_FIRST = 6
_HOLE_SECOND = 20
_HOLE_PAIRS = 10
_SWALLOWED = ' \n"(0*-.%'
"""What a lost lead may have taken along where nothing else tells; 0 stands for any digit."""
_GUESS = 4.0
"""Nats against a character that was swallowed without a trace."""
_READING = 12
_LEADS = range(0x81, 0xFF)
_PRIVATE_TRAILS = (range(0xA1, 0xFF), range(0x40, 0xA1))
_PRIVATE_LEADS = (
    *((lead, 0) for lead in (*range(0xAA, 0xB0), *range(0xF8, 0xFF))),
    *((lead, 1) for lead in range(0xA1, 0xA8)),
)
"""Leads of the private use area of code page 936, and which of the trails go with each."""


class Language(Protocol):
    """What is asked of a model of language; nats, higher is likelier."""

    def step(self, left2: str, left1: str, char: str) -> float:
        """Log-likelihood of ``char`` behind two characters."""
        ...

    def score(self, text: str) -> float:
        """Log-likelihood of ``text``."""
        ...

    def word(self, word: str) -> float | None:
        """Log-frequency of a word; None if unknown."""
        ...

    __slots__ = ()


class Supposed(NamedTuple):
    """What a path supposes beside its text: readings inserted, in which form, a character
    guessed that was swallowed, an ideograph filled in for a lost byte, pairs of private
    use that vanished.

    ``prior`` is what that costs, in nats.
    """

    prior: float = 0.0
    readings: tuple[tuple[str, str], ...] = ()
    form: str = "({})"
    guessed: str = ""
    filled: bool = False
    holes: int = 0


class Path(NamedTuple):
    """One way to read the bytes so far.

    ``tail`` holds the last two bytes, ``lead`` the byte that still waits for its
    trail (-1 for none); ``garbled`` are the steps that were unlikely, with their
    offsets in the damaged text, ``copied`` counts the characters since text and bytes
    agree again. ``score`` is the likelihood of the text by characters.
    """

    text: str
    tail: bytes
    lead: int = -1
    score: float = 0.0
    garbled: tuple[tuple[float, int], ...] = ()
    copied: int = 0
    supposed: Supposed = Supposed()

    @property
    def in_step(self) -> bool:
        """Whether a character begins with the next byte."""
        return self.lead < 0

    @property
    def likelihood(self) -> float:
        """Nats, text and suppositions together."""
        return self.score + self.supposed.prior

    def waiting(self, byte: int) -> Path:
        """The path with one more byte, the lead of a character."""
        tail = self.tail[-1:] + bytes((byte,))
        return Path(self.text, tail, byte, self.score, self.garbled, 0, self.supposed)

    def supposing(self, supposed: Supposed) -> Path:
        """The path with other suppositions."""
        return Path(self.text, self.tail, self.lead, self.score, self.garbled, 0, supposed)


@dataclass(frozen=True, slots=True)
class Inversion:
    """What may have stood from ``start`` to ``end``: paths, likeliest first."""

    start: int
    end: int
    paths: tuple[Path, ...]

    def without_last(self, count: int) -> Inversion:
        """The same, ending ``count`` characters earlier."""
        paths = tuple(path._replace(text=path.text[:-count]) for path in self.paths)
        return Inversion(self.start, self.end - count, paths)


@cache
def lost_reading() -> re.Pattern[str]:
    """A lost byte that swallowed the opening bracket of a reading, or did not."""
    return re.compile(rf"[{LOST}]\(?(?P<reading>{SYLLABLE}) ?\)(?:\((?P=reading) ?\))?")


@cache
def reading() -> re.Pattern[str]:
    """A reading in brackets, once or repeated."""
    return re.compile(rf"\((?P<reading>{SYLLABLE}) ?\)(?:\((?P=reading) ?\))?")


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(r"/?[a-z]+[^<>\n]*>")


def _wide(char: str) -> str:
    return chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char


class _Search:
    """One run over one window; holds what does not change within it."""

    def __init__(
        self, text: str, lost: int, model: Language, known: frozenset[tuple[str, str]], holes: frozenset[int]
    ) -> None:
        self.text, self.lost, self.model, self.known, self.holes = text, lost, model, known, holes
        self.at = self.start = before_readings(text, lost)
        self.steps: dict[str, float] = {}
        self.closings: dict[int, tuple[list[tuple[int, str]], ...]] = {}

    def run(self) -> Inversion | None:
        left = self.text[max(0, self.start - 2) : self.start]
        agenda = {self.start: [Path(left, encode(left[-1:])[-2:] if left else b"")]}
        while agenda:
            self.at = min(agenda)
            paths = _prune(agenda.pop(self.at))
            if self.at > self.lost and not agenda and (ranked := self._settled(paths)):
                return Inversion(self.start, self.at, tuple(_behind(ranked, len(left))))
            if self.at < min(len(self.text), self.start + _REACH):
                for to, found in self._advance(paths):
                    agenda.setdefault(to, []).append(found)
        return None

    def _settled(self, paths: list[Path]) -> list[Path]:
        """The paths, likeliest first, if all are in step and nothing more begins here."""
        if self.at == len(self.text):
            return [path for path in paths if path.in_step]
        if any(not path.in_step for path in paths):
            return []
        more = reading().match(self.text, self.at) or lost_reading().match(self.text, self.at)
        return [] if more else paths

    def _advance(self, paths: list[Path]) -> Iterator[tuple[int, Path]]:
        for path in paths:
            yield from self._next(path)
        waiting = [path for path in paths if not path.in_step][:_HOLE_PATHS]
        for path in waiting if self.at in self.holes else ():
            for filled in self._hole(path, self.text[self.at]):
                yield from self._ordinary(filled, self.text[self.at])

    def _next(self, path: Path) -> Iterator[tuple[int, Path]]:
        char = self.text[self.at]
        if found := reading().match(self.text, self.at):
            yield from self._annotation(path, found)
        if char not in LOST:
            yield from self._ordinary(path, char)
            return
        yield from self._lost(path)
        if path.in_step and self.at > self.lost:
            yield self.at + 1, self._copy(path, char)

    def _ordinary(self, path: Path, char: str) -> Iterator[tuple[int, Path]]:
        if path.in_step:
            yield self.at + 1, self._copy(path, char)
            return
        for form in {char, _wide(char)}:
            data = encode(form)
            if data != b"?" and (fed := self._feed(path, data)):
                yield self.at + 1, fed

    def _annotation(self, path: Path, found: re.Match[str]) -> Iterator[tuple[int, Path]]:
        char = spell(*path.tail) if len(path.tail) == 2 else None
        if char and reads(char, found["reading"]):
            yield found.end(), self._noted(path, char, found)

    def _lost(self, path: Path) -> Iterator[tuple[int, Path]]:
        if found := lost_reading().match(self.text, self.at):
            yield from self._split_annotation(path, found)
        following = self.text[self.at + 1 : self.at + 2]
        mark = _wide(following) if following and _wide(following) in MARKS else ""
        if path.in_step and mark:
            yield from self._lost_lead(path, encode(mark))
        elif not path.in_step:
            yield from self._lost_trail(path, encode(mark))

    def _lost_lead(self, path: Path, mark: bytes) -> Iterator[tuple[int, Path]]:
        """The lost byte and the first of the mark are a character, the second of the mark a lead."""
        for char, byte in self._likeliest(path.text, _column(mark[0])):
            whole = self._append(path, char, bytes((byte, mark[0])))
            yield self.at + 2, _filling(whole, char).waiting(mark[1])

    def _lost_trail(self, path: Path, mark: bytes) -> Iterator[tuple[int, Path]]:
        """The lost byte ends a character; then comes the mark, or what the byte took along."""
        for char, byte in self._likeliest(path.text, _row(path.lead)):
            whole = _filling(self._append(path, char, path.tail[-1:] + bytes((byte,))), char)
            if mark:
                yield self.at + 2, self._append(whole, mark.decode("gbk"), mark)
            else:
                yield from self._behind_lost(whole)

    def _likeliest(self, text: str, chars: tuple[tuple[str, int], ...]) -> list[tuple[str, int]]:
        before = text[-2:]
        return nlargest(_LIKELIEST, chars, key=lambda char: self._step(before + char[0]))

    def _split_annotation(self, path: Path, found: re.Match[str]) -> Iterator[tuple[int, Path]]:
        for byte in _LEADS if path.tail else ():
            char = spell(path.tail[-1], byte)
            if char and reads(char, found["reading"]) and (fed := self._byte(path, byte)):
                yield found.end(), self._noted(fed, char, found)

    def _behind_lost(self, path: Path) -> Iterator[tuple[int, Path]]:
        at = self.at + 1
        if self.text[at : at + 1] in ("", "\r", "\n"):
            yield at, path
        elif _tag().match(self.text, at):
            yield at, self._append(path, "<", b"<")
        else:
            prior = path.supposed.prior - _GUESS
            for swallowed in _SWALLOWED:
                guess = path.supposed._replace(prior=prior, guessed=swallowed)
                yield at, self._append(path, swallowed, swallowed.encode()).supposing(guess)

    def _noted(self, path: Path, char: str, found: re.Match[str]) -> Path:
        note = (char, found["reading"])
        cost = _RARE_READING * ((not is_first(*note)) + (not is_common(char)) + (not is_listed(char)))
        cost -= _SEEN_READING * (note in self.known)
        known = path.supposed.readings
        notes = known if note in known else (*known, note)
        form = "(" + found[0].lstrip(LOST + "(").replace(note[1], "{}")
        prior = path.supposed.prior - cost
        return path.supposing(path.supposed._replace(prior=prior, readings=notes, form=form))

    def _feed(self, path: Path, data: bytes) -> Path | None:
        for byte in data:
            fed = self._byte(path, byte)
            if fed is None:
                return None
            path = fed
        return path

    def _byte(self, path: Path, byte: int) -> Path | None:
        tail = path.tail[-1:] + bytes((byte,))
        if path.lead >= 0:
            char = spell(path.lead, byte)
            if char is None or _is_private(char):
                return None
            return self._append(path, char, tail)
        if byte < 0x80:
            return self._append(path, chr(byte), tail)
        return path.waiting(byte) if 0x81 <= byte <= 0xFE else None

    def _copy(self, path: Path, char: str) -> Path:
        return self._append(path, char, encode(char)[-2:], path.copied + 1)

    def _append(self, path: Path, char: str, tail: bytes, copied: int = 0) -> Path:
        step = self._step((path.text[-2:] + char).replace("<", "\n"))
        garbled = (*path.garbled, (step, self.at)) if step < _GARBLED else path.garbled
        return Path(path.text + char, tail, -1, path.score + step, garbled, copied, path.supposed)

    def _step(self, window: str) -> float:
        if window not in self.steps:
            self.steps[window] = self.model.step(window[:-2], window[-2:-1], window[-1])
        return self.steps[window]

    def _hole(self, path: Path, char: str) -> Iterator[Path]:
        """A pair of private use that was not shown: the trail of one character, the lead of the next."""
        prior, holes = path.supposed.prior - _HOLE, path.supposed.holes + 1
        supposed = path.supposed._replace(prior=prior, holes=holes)
        for first, trail in self._fillings(path.text[-2:], path.lead, encode(char)[0]):
            yield self._append(path, first, b"\0").waiting(trail).supposing(supposed)

    def _fillings(self, before: str, lead: int, following: int) -> list[tuple[str, int]]:
        """The likeliest characters that begin with ``lead``, each with the lead of the next one."""
        openings = ((self._step(before + first), first, trails) for first, trails in _openings(lead))
        closings = self._closings(following)
        pairs = (
            (step + self._step(before[-1:] + first + second), first, trail)
            for step, first, trails in nlargest(_HOLE_FIRST, openings)
            for trail, second in closings[trails]
        )
        return [(first, trail) for _, first, trail in nlargest(_HOLE_PAIRS, pairs)]

    def _closings(self, following: int) -> tuple[list[tuple[int, str]], ...]:
        """For each set of private trails, the commonest characters one of them makes with ``following``."""
        if following not in self.closings:
            self.closings[following] = tuple(
                nlargest(_HOLE_SECOND, pairs, key=lambda pair: self.model.step("", "", pair[1]))
                for pairs in _closings(following)
            )
        return self.closings[following]


def _filling(path: Path, char: str) -> Path:
    """The path with a note that ``char``, an open class, was filled in; marks are few."""
    return path.supposing(path.supposed._replace(filled=True)) if char.isalpha() else path


@cache
def _row(lead: int) -> tuple[tuple[str, int], ...]:
    """The characters that begin with ``lead``, with their trails."""
    pairs = ((spell(lead, trail), trail) for trail in range(0x80, 0xFF))
    return tuple((char, trail) for char, trail in pairs if char and not _is_private(char))


@cache
def _column(trail: int) -> tuple[tuple[str, int], ...]:
    """The characters that end with ``trail``, with their leads."""
    pairs = ((spell(lead, trail), lead) for lead in _LEADS)
    return tuple((char, lead) for char, lead in pairs if char and not _is_private(char))


@cache
def _openings(lead: int) -> tuple[tuple[str, int], ...]:
    """Characters of ``lead`` and a private lead byte, with the set of trails that may follow it."""
    pairs = ((spell(lead, private), trails) for private, trails in _PRIVATE_LEADS)
    return tuple((char, trails) for char, trails in pairs if char and not _is_private(char))


@cache
def _closings(following: int) -> tuple[tuple[tuple[int, str], ...], ...]:
    """For each set of private trails: those that make a character with ``following``."""
    return tuple(
        tuple(
            (trail, char) for trail in trails if (char := spell(trail, following)) and not _is_private(char)
        )
        for trails in _PRIVATE_TRAILS
    )


def before_readings(text: str, at: int) -> int:
    """Where the readings begin that stand before ``at``: they lie between the bytes as well."""
    while found := _readings_end().search(text, max(0, at - _READING), at):
        at = found.start()
    return at


@cache
def _readings_end() -> re.Pattern[str]:
    return re.compile(rf"\({SYLLABLE} ?\)\Z")


@cache
def _private() -> re.Pattern[str]:
    return re.compile("[\ue000-\uf8ff]")


def _is_private(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff"


def _prune(paths: list[Path]) -> list[Path]:
    """The likeliest paths, those in step first."""
    stepping = nlargest(_BEAM, (path for path in paths if path.in_step), key=_likelihood)
    least = stepping[0].likelihood - _BEHIND if stepping else -inf
    waiting = (path for path in paths if not path.in_step and path.likelihood > least)
    return stepping + nlargest(_BEAM, waiting, key=_likelihood)


def _likelihood(path: Path) -> float:
    return path.likelihood


def _behind(paths: list[Path], left: int) -> Iterator[Path]:
    """The paths without the ``left`` characters of context."""
    return (path._replace(text=path.text[left:]) for path in paths)


def invert(
    text: str, lost: int, model: Language, known: frozenset[tuple[str, str]] = frozenset()
) -> Inversion | None:
    """What may have stood where a byte was lost, at offset ``lost``; None where nothing fits.

    ``known`` are characters and readings that the document shows elsewhere. Pairs
    of private use may have vanished, unless the text shows some.
    """
    found = _Search(text, lost, model, known, frozenset()).run()
    if not found or _private().search(text):
        return found
    holes = frozenset(range(lost + 1, min(found.end, lost + _PLACES)))
    return _Search(text, lost, model, known, holes).run() or found
