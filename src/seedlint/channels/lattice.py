"""Which characters a place of the damaged bytes can hold, and where the next one begins.

A place is an offset in the stream together with what the wrong decoder still has in
hand. A lost byte is narrowed three ways: by the structure of the true encoding, by
what the wrong decoder refuses in that place, and by what people write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
PROPOSED, _PROPOSED_BLIND = 120, 48
"""Characters proposed where one byte is lost, and where more are."""


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
    """The arcs of a place, and how many characters were looked at to find them."""

    arcs: tuple[Arc, ...]
    looked_at: int


class _Layout(NamedTuple):
    slots: Slots
    flags: tuple[int, ...]
    place: int
    queue: bytes


@lru_cache(1 << 12)
def arcs(channel: Channel, script: str | None, window: str, hand: Hand, most: int = PROPOSED) -> Arcs:
    """The characters that can stand at the beginning of ``window`` (five bytes or what is left).

    At most ``most`` of each length.
    """
    looked_at = 0
    for shelf in inventories(channel.true):
        found: dict[Arc, None] = {}
        for layout in _laid_out(channel, shelf, window, hand):
            fitting, number = _fitting(channel, shelf, layout, hand, window[layout.place : layout.place + 1])
            found.update(dict.fromkeys(fitting))
            looked_at += number
        if found:
            return Arcs(_likeliest(found, script, most), looked_at)
    return Arcs((), looked_at)


@lru_cache(1 << 10)
def every_arc(channel: Channel, window: str) -> tuple[Arc, ...]:
    """All characters that can stand there, the rarest too."""
    shelf = inventories(channel.true)[1]
    return tuple(
        arc
        for layout in _laid_out(channel, shelf, window, EMPTY)
        for arc in _fitting(channel, shelf, layout, EMPTY, window[layout.place : layout.place + 1])[0]
    )


def _laid_out(channel: Channel, shelf: Inventory, window: str, hand: Hand) -> Iterator[_Layout]:
    for lead in _layouts(channel.reading, window, hand, _Layout((), (), 0, hand.queue), 1):
        for length in _lengths(shelf, lead):
            yield from _layouts(channel.reading, window, hand, lead, length)


def _fitting(
    channel: Channel, shelf: Inventory, layout: _Layout, hand: Hand, rest: str
) -> tuple[list[Arc], int]:
    """The characters that fit a layout, most frequent first, and how many were looked at."""
    if layout.place == 0 and layout.flags != (_EATEN,):
        return [], 0
    known, rows = hand.flag or any(layout.flags), refusals(channel.reading)
    most = PROPOSED if layout.slots.count(None) < 2 else _PROPOSED_BLIND
    utf8 = channel.true == "utf-8"
    found: list[Arc] = []
    number = 0
    for number, (char, data) in enumerate(shelf.matching(layout.slots), 1):  # noqa: B007
        if not known or _refused(rows, data, layout.flags, hand, rest):
            found.append(Arc(char, layout.place, _left_open(data, layout, rows, utf8)))
            if len(found) == most:
                break
    return found, number


def _likeliest(found: Iterable[Arc], script: str | None, most: int) -> tuple[Arc, ...]:
    """The most frequent characters of each length, since lengths do not compete here."""
    kept: dict[int, list[Arc]] = {}
    frequency = model(script).unigram
    for arc in sorted(found, key=lambda arc: frequency(arc.char), reverse=True):
        if len(group := kept.setdefault(arc.advance, [])) < most:
            group.append(arc)
    return tuple(arc for group in kept.values() for arc in group)


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


def _left_open(data: bytes, layout: _Layout, rows: Refusals, utf8: bool) -> Hand:
    """What stays open behind a character with these bytes."""
    last = layout.flags[-1]
    if last in (LEAVES, EATS):
        return Hand(rows.like(data[-1], utf8), last, layout.queue)
    return Hand(queue=layout.queue)


def _refused(rows: Refusals, data: bytes, flags: tuple[int, ...], hand: Hand, rest: str) -> bool:
    """Whether the wrong decoder refuses every lost byte in its place, as far as that is known."""
    if hand.flag and rows[hand.lost][data[0]] != hand.flag:
        return False
    last = len(data) - 1
    for place, flag in enumerate(flags):
        if flag not in (LEAVES, EATS):
            continue
        if place < last:
            if rows[data[place]][data[place + 1]] != flag:
                return False
        elif flag == LEAVES and rest < MARK:
            return rows[data[last]][ord(rest) if rest else END] == LEAVES
    return True
