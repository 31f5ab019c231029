"""Which characters a place of the damaged bytes can hold, and where the next one begins.

A place is an offset in the stream together with what the wrong decoder still has in
hand. A lost byte is narrowed three ways: by the structure of the true encoding, by
what the wrong decoder refuses in that place, and by what people write.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from seedlint.channels.channel import Channel
from seedlint.channels.inventory import Encoded, Inventory, Slots, inventories
from seedlint.channels.reading import EATS, END, LEAVES, Reading, Refusals, Swallow, refusals
from seedlint.channels.stream import EDGE, MARK, MAYBE
from seedlint.language.plausibility import HALFWIDTH, Model, digit, model

WINDOW = 5
"""Bytes of a stream that one character may take, with those its marks ate."""
_EATEN = 3
_FITTING = 1200  # the same before the script is regarded
_COMMON = 400  # characters of each length that are proposed at all, the most frequent ones
PROPOSED = 64
"""Characters proposed by their frequency alone, of each length."""


class Hand(NamedTuple):
    """What is open between two characters: a lost byte to be checked, bytes to come."""

    lost: int = -1
    flag: int = 0
    queue: bytes = b""


EMPTY = Hand()


class Arc(NamedTuple):
    """One character of the original, the bytes it takes, and what stays open behind it."""

    char: str
    advance: int
    hand: Hand


class Ways(NamedTuple):
    """What can stand behind two characters: by the bytes it takes, the likeliest first.

    ``known`` with what it costs there; all others cost ``unseen`` more than by themselves, and
    are found in `Arcs.frequent`, less those in ``behind``.
    """

    known: dict[int, list[tuple[float, str, Hand]]]
    unseen: float
    behind: frozenset[str]


class _Halfwidth(NamedTuple):
    """Half-width punctuation, which at an ideograph may stand for the full-width: rows and costs of both."""

    arc: Arc
    rows: tuple[str, str]
    costs: tuple[float, float]
    share: float

    @classmethod
    def of(cls, known: Model, arc: Arc) -> _Halfwidth:
        both = arc.char, chr(ord(arc.char) + _TO_WIDE)
        costs = [known.unigram(char) - known.share(char) for char in both]
        return cls(arc, (known.row(both[0]), known.row(both[1])), (costs[0], costs[1]), known.share(arc.char))

    def step(self, known: Model, left: str, seen: dict[str, float], unseen: float) -> float:
        """`Model.step` of it, given what the tables know behind two characters."""
        if left[0] in _HALFWIDTH or left[1] in _HALFWIDTH:
            return known.step(left[0], left[1], self.arc.char)
        narrow, wide = (seen.get(row, unseen + cost) for row, cost in zip(self.rows, self.costs, strict=True))
        widened = "\u3041" <= left[1] <= "\u9fff"
        return max(narrow, wide + HALFWIDTH) + self.share if widened else narrow + self.share


_NOTHING: frozenset[str] = frozenset()
_TO_WIDE = 0xFEE0
_HALFWIDTH, _DIGITS = ",;:?!()", "0123456789"


class Arcs:
    """The arcs of a place, and how many characters were looked at to find them.

    At most ``most`` of each length are proposed without regard to what stands before them; of the
    others, which `rows` holds by `Model.row`, those that are known behind the last character.
    """

    def __init__(self, found: Iterable[Arc], looked_at: int, script: str | None, most: int) -> None:
        known = model(script)
        self.looked_at = looked_at
        self.halfwidth: list[_Halfwidth] = []
        self.frequent: dict[int, list[tuple[float, str, str, Hand]]] = {}
        self.rows: dict[str, list[tuple[float, Arc]]] = {}
        self.number = 0
        self.only: Arc | None = None
        number: Counter[int] = Counter()
        for cost, _, arc in sorted(
            ((known.unigram(arc.char), at, arc) for at, arc in enumerate(found)), reverse=True
        ):
            self.number += 1
            number[arc.advance] += 1
            if number[arc.advance] > _COMMON:
                continue
            if arc.char in _HALFWIDTH:
                self.halfwidth.append(_Halfwidth.of(known, arc))
                continue
            row = known.row(arc.char)
            self.rows.setdefault(row, []).append((known.share(arc.char), arc))
            if number[arc.advance] <= most:
                self.frequent.setdefault(arc.advance, []).append((cost, row, arc.char, arc.hand))
        if self.number == 1:
            self.only = arc

    def ways(self, known: Model, left: str) -> Ways:
        """What can stand behind two characters."""
        if self.only:
            char, advance, hand = self.only
            return Ways({advance: [(known.step(left[0], left[1], char), char, hand)]}, -math.inf, _NOTHING)
        found: dict[int, list[tuple[float, str, Hand]]] = {}
        behind, unseen = known.followers(left[1]), known.unseen(left[0], left[1])
        for row, cost in known.steps(left[0], left[1], self.rows.keys() & behind):
            for share, (char, advance, hand) in self.rows[row]:
                step = cost + share + digit(left[1] + char) if char in _DIGITS else cost + share
                found.setdefault(advance, []).append((step, char, hand))
        if self.halfwidth:
            rows = {row for one in self.halfwidth for row in one.rows}
            seen = dict(known.steps(left[0], left[1], rows & behind))
            for one in self.halfwidth:
                char, advance, hand = one.arc
                found.setdefault(advance, []).append((one.step(known, left, seen, unseen), char, hand))
        for likeliest in found.values():
            likeliest.sort(reverse=True)
        return Ways(found, unseen, behind)


class _Layout(NamedTuple):
    slots: Slots
    flags: tuple[int, ...]
    place: int
    queue: bytes


class _Checked(NamedTuple):
    """A layout with what its lost bytes must agree with: those before it, and the byte behind it."""

    layout: _Layout
    before: int
    flag: int
    behind: int


@lru_cache(1 << 11)
def arcs(channel: Channel, script: str | None, window: str, hand: Hand, most: int = PROPOSED) -> Arcs:
    """The characters that can stand at the beginning of ``window`` (five bytes or what is left).

    At most ``most`` of each length come without regard to what stands before them.
    """
    for rare in (False, True):
        found = _arcs(channel, script, _checked(channel, rare, window, hand), rare, most)
        if found.number:
            break
    return found


@lru_cache(1 << 11)
def _arcs(channel: Channel, script: str | None, layouts: tuple[_Checked, ...], rare: bool, most: int) -> Arcs:
    found, looked_at = _all_arcs(channel, layouts, rare)
    return Arcs(found, looked_at, script, most)


@lru_cache(1 << 10)
def every_arc(channel: Channel, window: str) -> tuple[Arc, ...]:
    """All characters that can stand there, the rarest too."""
    return tuple(_all_arcs(channel, _checked(channel, True, window, EMPTY), True)[0])


def _all_arcs(channel: Channel, layouts: tuple[_Checked, ...], rare: bool) -> tuple[list[Arc], int]:
    """The arcs of a place, without doubles, and how many characters were looked at."""
    found: dict[Arc, None] = {}
    looked_at = 0
    for checked in layouts:
        fitting = _fitting(channel, checked, rare)
        looked_at += fitting.looked_at
        for char, lost in fitting.found:
            found[Arc(char, checked.layout.place, Hand(*lost, checked.layout.queue))] = None
    return list(found), looked_at


def _checked(channel: Channel, rare: bool, window: str, hand: Hand) -> tuple[_Checked, ...]:
    """The ways to lay a character over the window."""
    found = []
    for layout in _laid_out(channel, inventories(channel.true)[rare], window, hand):
        if layout.place or layout.flags == (_EATEN,):
            rest = _symbol(window, layout.place)
            behind = (ord(rest) if rest else END) if layout.flags[-1] == LEAVES and rest < MARK else -1
            found.append(_Checked(layout, hand.lost, hand.flag, behind))
    return tuple(found)


def _laid_out(channel: Channel, shelf: Inventory, window: str, hand: Hand) -> Iterator[_Layout]:
    for lead in _layouts(channel.reading, window, hand, _Layout((), (), 0, hand.queue), 1):
        for length in _lengths(shelf, lead):
            yield from _layouts(channel.reading, window, hand, lead, length)


class _Fitting(NamedTuple):
    """Characters, most frequent first, each with what it leaves open, and how many were looked at."""

    found: tuple[tuple[str, tuple[int, int]], ...]
    looked_at: int


@lru_cache(1 << 11)
def _fitting(channel: Channel, checked: _Checked, rare: bool) -> _Fitting:
    """The characters that fit a layout."""
    slots, flags, *_ = checked.layout
    rows, utf8 = refusals(channel.reading), channel.true == "utf-8"
    matching = inventories(channel.true)[rare].matching(slots)
    fits: Iterable[Encoded] = matching
    if checked.flag or any(flags):
        fits = (one for one in matching if not _contradicts(rows, one[1], flags, checked))
    fits = islice(fits, _FITTING)
    if flags[-1] in (LEAVES, EATS):
        found = tuple((char, (rows.like(data[-1], utf8), flags[-1])) for char, data in fits)
    else:
        found = tuple((char, (-1, 0)) for char, _ in fits)
    return _Fitting(found, len(matching))


def _lengths(shelf: Inventory, lead: _Layout) -> tuple[int, ...]:
    """How long the character may be; only an eaten byte can be ASCII."""
    return (*shelf.lengths(lead.slots[0]), 1) if lead.flags[0] == _EATEN else shelf.lengths(lead.slots[0])


def _layouts(reading: Reading, window: str, hand: Hand, so_far: _Layout, length: int) -> Iterator[_Layout]:
    """The ways to lay ``length`` byte places over the window."""
    if len(so_far.slots) >= length:
        yield so_far
        return
    for step in _next_slot(reading, window, hand, so_far):
        yield from _layouts(reading, window, hand, step, length)


def _next_slot(reading: Reading, window: str, hand: Hand, so_far: _Layout) -> Iterator[_Layout]:
    slots, flags, place, queue = so_far
    before = flags[-1] if flags else hand.flag
    if before == EATS:
        yield _Layout((*slots, None), (*flags, _EATEN), place, queue)
    elif queue:
        yield _Layout((*slots, queue[0]), (*flags, 0), place, queue[1:])
    else:
        yield from _read_slot(reading, window, so_far)


def _read_slot(reading: Reading, window: str, so_far: _Layout) -> Iterator[_Layout]:
    slots, flags, place, _ = so_far
    symbol = _symbol(window, place)
    if symbol and symbol < MARK:
        yield _Layout((*slots, ord(symbol)), (*flags, 0), place + 1, b"")
    if symbol == MAYBE:
        literal = reading.literal
        yield _Layout((*slots, literal[0]), (*flags, 0), place + 1, literal[1:])
    if symbol in (MARK, MAYBE) or (not reading.mark and (not symbol or window[place] != symbol)):
        after = place + (reading.mark != "")
        yield _Layout((*slots, None), (*flags, LEAVES), after, b"")
        if reading.swallow is not Swallow.NONE:
            yield _Layout((*slots, None), (*flags, EATS), after, b"")


def _symbol(window: str, place: int) -> str:
    """A byte of the window, or a mark; empty behind the end."""
    symbol = window[place : place + 1]
    return chr(ord(symbol) - EDGE) if symbol >= chr(EDGE) else symbol


def _contradicts(rows: Refusals, data: bytes, flags: tuple[int, ...], checked: _Checked) -> bool:
    """Whether the wrong decoder would have read a byte that is lost, or lost it otherwise."""
    if checked.flag and rows[checked.before][data[0]] != checked.flag:
        return True
    last = len(data) - 1
    for place, flag in enumerate(flags):
        if flag not in (LEAVES, EATS):
            continue
        if place < last:
            if rows[data[place]][data[place + 1]] != flag:
                return True
        elif checked.behind >= 0:
            return rows[data[last]][checked.behind] != LEAVES
    return False
