"""Which characters a place of the damaged bytes can hold, and where the next one begins.

A place is an offset in the stream together with what the wrong decoder still has in
hand. A lost byte is narrowed three ways: by the structure of the true encoding, by
what the wrong decoder refuses in that place, and by what people write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from seedlint.channels.channel import Channel
from seedlint.channels.inventory import Inventory, Slots, inventories
from seedlint.channels.reading import EATS, END, LEAVES, Reading, Refusals, Swallow, refusals
from seedlint.channels.stream import MARK, MAYBE
from seedlint.language.plausibility import model

WINDOW = 5
"""Bytes of a stream that one character may take, with those its marks ate."""
_EATEN = 3
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


class Arcs(NamedTuple):
    """The arcs of a place, and how many characters were looked at to find them.

    ``rest`` are the characters too rare to stand behind any other, by `Model.row`.
    """

    arcs: tuple[Arc, ...]
    rest: Mapping[str, tuple[Arc, ...]]
    looked_at: int


class _Layout(NamedTuple):
    slots: Slots
    flags: tuple[int, ...]
    place: int
    queue: bytes


class _Checked(NamedTuple):
    """What lost bytes must agree with: those before a character, and the byte behind it."""

    before: int
    flag: int
    behind: int


@lru_cache(1 << 12)
def arcs(channel: Channel, script: str | None, window: str, hand: Hand, most: int = PROPOSED) -> Arcs:
    """The characters that can stand at the beginning of ``window`` (five bytes or what is left).

    At most ``most`` of each length come without regard to what stands before them.
    """
    for shelf in inventories(channel.true):
        found, looked_at = _all_arcs(channel, shelf, window, hand)
        if found:
            return Arcs(*_likeliest(found, script, most), looked_at)
    return Arcs((), {}, looked_at)


@lru_cache(1 << 10)
def every_arc(channel: Channel, window: str) -> tuple[Arc, ...]:
    """All characters that can stand there, the rarest too."""
    return tuple(_all_arcs(channel, inventories(channel.true)[1], window, EMPTY)[0])


def _all_arcs(channel: Channel, shelf: Inventory, window: str, hand: Hand) -> tuple[list[Arc], int]:
    """The arcs of a place, without doubles, and how many characters were looked at."""
    found: dict[Arc, None] = {}
    looked_at = 0
    for layout in _laid_out(channel, shelf, window, hand):
        if layout.place == 0 and layout.flags != (_EATEN,):
            continue
        checked = _checked(layout, hand, window[layout.place : layout.place + 1])
        fitting = _fitting(channel, shelf, layout.slots, layout.flags, checked)
        looked_at += fitting.looked_at
        for char, lost in fitting.found:
            found[Arc(char, layout.place, Hand(*lost, layout.queue))] = None
    return list(found), looked_at


def _checked(layout: _Layout, hand: Hand, rest: str) -> _Checked:
    behind = (ord(rest) if rest else END) if layout.flags[-1] == LEAVES and rest < MARK else -1
    return _Checked(hand.lost, hand.flag, behind)


def _laid_out(channel: Channel, shelf: Inventory, window: str, hand: Hand) -> Iterator[_Layout]:
    for lead in _layouts(channel.reading, window, hand, _Layout((), (), 0, hand.queue), 1):
        for length in _lengths(shelf, lead):
            yield from _layouts(channel.reading, window, hand, lead, length)


class _Fitting(NamedTuple):
    """Characters, most frequent first, each with what it leaves open, and how many were looked at."""

    found: tuple[tuple[str, tuple[int, int]], ...]
    looked_at: int


@lru_cache(1 << 12)
def _fitting(
    channel: Channel, shelf: Inventory, slots: Slots, flags: tuple[int, ...], checked: _Checked
) -> _Fitting:
    """The characters that fit a layout."""
    rows, utf8, open_behind = refusals(channel.reading), channel.true == "utf-8", flags[-1] in (LEAVES, EATS)
    matching = shelf.matching(slots)
    if checked.flag or any(flags):
        fits = [one for one in matching if not _contradicts(rows, one[1], flags, checked)]
    else:
        fits = list(matching)
    if open_behind:
        found = tuple((char, (rows.like(data[-1], utf8), flags[-1])) for char, data in fits)
    else:
        found = tuple((char, (-1, 0)) for char, _ in fits)
    return _Fitting(found, len(matching))


def _likeliest(
    found: Iterable[Arc], script: str | None, most: int
) -> tuple[tuple[Arc, ...], Mapping[str, tuple[Arc, ...]]]:
    """The most frequent characters of each length, since lengths do not compete here, and the others."""
    kept: dict[int, list[Arc]] = {}
    rest: dict[str, tuple[Arc, ...]] = {}
    known = model(script)
    for arc in sorted(found, key=lambda arc: known.unigram(arc.char), reverse=True):
        if len(group := kept.setdefault(arc.advance, [])) < most:
            group.append(arc)
        else:
            row = known.row(arc.char)
            rest[row] = (*rest.get(row, ()), arc)
    return tuple(arc for group in kept.values() for arc in group), rest


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
    symbol = window[place : place + 1]
    if symbol and symbol < MARK:
        yield _Layout((*slots, ord(symbol)), (*flags, 0), place + 1, b"")
    if symbol == MAYBE:
        literal = reading.literal
        yield _Layout((*slots, literal[0]), (*flags, 0), place + 1, literal[1:])
    if reading.mark == "" or symbol in (MARK, MAYBE):
        after = place + (reading.mark != "")
        yield _Layout((*slots, None), (*flags, LEAVES), after, b"")
        if reading.swallow is not Swallow.NONE:
            yield _Layout((*slots, None), (*flags, EATS), after, b"")


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
