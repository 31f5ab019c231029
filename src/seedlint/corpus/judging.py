"""Judges what somebody's cleaning did to a text: every change a repair, neutral or harm.

Three texts are laid side by side: as it was, as they left it, and as seedlint repairs
it. Where there was damage, a change is judged by whether the damage is gone and, for a
proved restoration, whether the proved text stands there. Where there was none, a change
is neutral only if it leaves every letter and mark what it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from seedlint.arrow import Work
from seedlint.corpus.changes import Change, Map, changes, regions
from seedlint.diagnostic import Diagnostic, Verdict
from seedlint.document import Document
from seedlint.fixer import Outcome

_PROVED = ("ENC", "MOJ")  # rules whose safe fix was replayed: there is one right answer
_QUOTES = re.compile("[\"'\u2018-\u201f\u300c-\u300f\uff02\uff07]")
_NEAR = 8  # characters around a change that say what text it stands in
_SHOWN = 60  # characters of an example


class Kind(StrEnum):
    """What a change is worth."""

    REPAIR = "repair"
    NEUTRAL = "neutral"
    HARM = "harm"


class Judged(NamedTuple):
    """One change: what it is, why, and its text before and after with a little around it."""

    kind: Kind
    reason: str
    before: str
    after: str


@dataclass
class Pair:
    """One text in two versions, in the bytes of UTF-8."""

    before: bytes
    after: bytes
    work: Work

    def judged(self) -> Iterator[Judged]:
        """Every change, in order of place."""
        damaged = [one.span for one in self.ours.diagnostics]
        theirs, ours = self.theirs.within, self.ours_map.within
        mine = [(one.start, one.end) for one in self._ours]
        told = [(one.start, one.end) for one in self._theirs]
        for start, end in regions(told, mine, damaged):
            if theirs(start, end) and self._changed(start, end):
                yield self._judge(_Place(self, start, end, bool(ours(start, end))))

    @cached_property
    def ours(self) -> Outcome:
        """What seedlint finds in the text as it was, and its repair."""
        return self.work.repair(self.before)

    @cached_property
    def left(self) -> Outcome:
        """What seedlint finds in the text as they left it."""
        return self.work.repair(self.after)

    @property
    def old(self) -> str:
        """The text as it was."""
        return self.ours.document.text

    @property
    def new(self) -> str:
        """The text as they left it."""
        return self.left.document.text

    @cached_property
    def _theirs(self) -> list[Change]:
        return changes(self.old, self.new)

    @cached_property
    def _ours(self) -> list[Change]:
        return changes(self.old, self.ours.text)

    @cached_property
    def theirs(self) -> Map:
        """From the text as it was to the text as they left it."""
        return Map(self._theirs)

    @cached_property
    def ours_map(self) -> Map:
        """From the text as it was to its repair."""
        return Map(self._ours)

    def _changed(self, start: int, end: int) -> bool:
        low, high = self.theirs.span(start, end)
        return self.old[start:end] != self.new[low:high]

    def _judge(self, place: _Place) -> Judged:
        kind, reason = _of_damage(place) if place.damage else _of_sound_text(place)
        low, high = self.theirs.span(place.start, place.end)
        return Judged(kind, reason, _around(self.old, place.start, place.end), _around(self.new, low, high))

    @cached_property
    def converted(self) -> bool:
        """Whether the whole text went from one Chinese script to the other."""
        from seedlint.language.script import evidence

        before, after = (evidence(Document(text)).script for text in (self.old, self.new))
        return before is not None and after is not None and before != after


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _around(text: str, start: int, end: int) -> str:
    return text[max(start - _NEAR, 0) : end + _NEAR]


class _Place:
    """A stretch of the old text that they changed, whole changes and whole places of damage."""

    def __init__(self, pair: Pair, start: int, end: int, repaired: bool) -> None:
        self.pair, self.start, self.end, self.repaired = pair, start, end, repaired
        low, high = pair.theirs.span(start, end)
        self.before, self.after = pair.old[start:end], pair.new[low:high]
        ours = pair.ours_map.span(start, end)
        self.proposed = pair.ours.text[slice(*ours)]
        self.damage = _touching(pair.ours.diagnostics, start, end)
        self.left = _touching(pair.left.diagnostics, low, high)
        self.around = _around(pair.old, start, end), _around(pair.new, low, high)

    @property
    def made(self) -> list[Diagnostic]:
        """Damage there now that was not there before."""
        known = {one.code for one in self.damage}
        return [one for one in self.left if one.code not in known]

    @property
    def proved(self) -> bool:
        """Whether there is one right answer, replayed."""
        return any(one.code.startswith(_PROVED) and one.fix and one.fix.safe for one in self.damage)


def _touching(found: Sequence[Diagnostic], start: int, end: int) -> list[Diagnostic]:
    """The places that share a character with a stretch, or stand in it."""
    wide = max(end, start + 1)
    return [one for one in found if one.span.start < wide and max(one.span.end, one.span.start + 1) > start]


def _of_damage(place: _Place) -> tuple[Kind, str]:
    names = ", ".join(sorted({f"{one.code} {one.name}" for one in place.damage}))
    same = place.repaired and _loose(place.after) == _loose(place.proposed)
    if same:
        return Kind.REPAIR, f"as seedlint repairs it: {names}"
    if place.proved:
        return Kind.HARM, f"not what was written, which can be proved: {names}"
    if worse := _made_worse(place):
        return Kind.HARM, f"made damage: {worse.code} {worse.name}"
    if place.repaired and len(_loose(place.after)) < len(_loose(place.proposed)):
        return Kind.HARM, f"sound text removed with the damage: {names}"
    still = {one.code for one in place.left} & {one.code for one in place.damage}
    if still:
        return Kind.NEUTRAL, f"changed, and still damaged: {names}"
    return Kind.REPAIR, f"damage gone: {names}"


def _made_worse(place: _Place) -> Diagnostic | None:
    """Damage that was made and is graver than what was there."""
    old = max(one.severity.rank for one in place.damage)
    lost = any(one.verdict is Verdict.LOST for one in place.damage)
    return next((one for one in place.made if not lost and one.severity.rank >= old), None)


def _loose(text: str) -> str:
    """``text`` without what a cleaning may differ in and still be right: width, white space, marks."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if unicodedata.category(char)[0] in "LNM")


def _of_sound_text(place: _Place) -> tuple[Kind, str]:
    """A change where nothing was damaged."""
    for one in place.made:
        return Kind.HARM, f"made damage: {one.code} {one.name}"
    before, after = place.before, place.after
    if "".join(before.split()) == "".join(after.split()):
        return _of_white_space(place)
    if unicodedata.normalize("NFC", before) == unicodedata.normalize("NFC", after):
        return Kind.NEUTRAL, "normal form (NFC)"
    if _QUOTES.sub("", before) == _QUOTES.sub("", after):
        return (Kind.HARM if _is_chinese(place) else Kind.NEUTRAL), "quotation marks straightened or changed"
    if _letters(before) == _letters(after):
        return (Kind.HARM if _is_chinese(place) else Kind.NEUTRAL), "punctuation of sound text changed"
    return _of_letters(place)


def _of_white_space(place: _Place) -> tuple[Kind, str]:
    """Spaces and line ends are no letters, but joining two words or parting one is not nothing."""
    inside = place.before.strip() or place.after.strip()
    return Kind.NEUTRAL, "white space" + (" within text" if inside else "")


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _is_chinese(place: _Place) -> bool:
    from seedlint.language.characters import HAN, HANGUL, KANA

    return re.search(f"[{HAN}{KANA}{HANGUL}]", place.around[0]) is not None


def _of_letters(place: _Place) -> tuple[Kind, str]:
    before, after = place.before, place.after
    if place.pair.converted and _reads_alike(place):
        return Kind.NEUTRAL, "converted with the whole text to the other script"
    if before.lower() == after.lower():
        return Kind.HARM, "capitals of sound text changed"
    if not (_letters(after) and _letters(before)):
        return Kind.HARM, "sound text removed" if _letters(before) else "text inserted"
    if _reads_alike(place):
        return Kind.HARM, "characters of sound text changed for others of another script or standard"
    if unicodedata.normalize("NFKC", before) == unicodedata.normalize("NFKC", after):
        return Kind.NEUTRAL, "compatibility form (NFKC)"
    return Kind.HARM, "sound text rewritten"


def _reads_alike(place: _Place) -> bool:
    """Whether both are the same words in Simplified characters, read with what stands around them."""
    before, after = (_simplified(text) for text in place.around)
    return before == after


@lru_cache(4096)
def _simplified(text: str) -> str:
    return str(_converter().convert(text))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
