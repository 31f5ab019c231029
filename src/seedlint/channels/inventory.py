"""The characters worth proposing for a place where some bytes are known."""

from __future__ import annotations

import math
import string
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import repeat

from seedlint.language.plausibility import model

Slots = tuple[int | None, ...]
_PROPOSED = (
    (0x20, 0x7F),
    (0xA0, 0x180),
    (0x2010, 0x2040),
    (0x2100, 0x2200),
    (0x2460, 0x27C0),
    (0x2B00, 0x2B60),
    (0x3000, 0x3100),
    (0x3200, 0x3400),
    (0x4E00, 0xA000),
    (0xAC00, 0xD7A4),
    (0xFE0E, 0xFE10),
    (0xFF00, 0xFFF0),
    (0x1F300, 0x1F700),
    (0x1F900, 0x1FB00),
)
_LONGEST = 4  # bytes of a character
_RAREST = -17.5  # nats: what is rarer is not proposed

Encoded = tuple[str, bytes]
"""A character and its bytes."""
_Mask = tuple[bool, ...]
_ASCII = tuple(
    (char, char.encode())
    for char in " " + string.digits + string.ascii_letters + string.punctuation + "\n\r\t"
)


class Inventory:
    """Plausible characters of one encoding, by any of their bytes, most frequent first."""

    def __init__(self, true: str, rarest: float) -> None:
        self.true = true
        self.rarest = rarest
        self._indexes: dict[_Mask, dict[Slots, list[Encoded]]] = {}

    @cached_property
    def _encoded(self) -> list[Encoded]:
        chars = _by_frequency(self.rarest)
        return [(char, data) for char in chars if 1 < len(data := _bytes(char, self.true)) <= _LONGEST]

    def _index(self, mask: _Mask) -> dict[Slots, list[Encoded]]:
        """The characters by the bytes that ``mask`` knows, worked out when first asked for."""
        found = self._indexes.get(mask)
        if found is None:
            found = self._indexes[mask] = {}
            encoded = [one for one in self._encoded if len(one[1]) == len(mask)]
            columns = zip(*(data for _, data in encoded), strict=True)
            known = [column if kept else repeat(None) for column, kept in zip(columns, mask, strict=False)]
            for key, one in zip(zip(*known, strict=False), encoded, strict=False):
                found.setdefault(key, []).append(one)
        return found

    def matching(self, slots: Slots) -> Sequence[Encoded]:
        """The characters whose bytes agree with ``slots``; None stands for any byte."""
        if None not in slots:
            return self._exact(bytes(slot for slot in slots if slot is not None))
        if len(slots) == 1:
            return _ASCII
        mask = tuple([slot is not None for slot in slots])
        return self._index(mask).get(slots, ())

    def _exact(self, data: bytes) -> Sequence[Encoded]:
        try:
            char = data.decode(self.true)
        except UnicodeDecodeError:
            return ()
        return ((char, data),) if len(char) == 1 else ()

    def lengths(self, lead: int | None) -> tuple[int, ...]:
        """How many bytes a character has that begins with ``lead``."""
        if lead is None:
            return (3, 2) if self.true == "utf-8" else (2,)
        if lead < 0x80:
            return (1,)
        if self.true == "utf-8":
            return (2,) if lead < 0xE0 else (3,) if lead < 0xF0 else (4,)
        return (1, 2) if self.true == "cp932" else (3, 2) if lead == 0x8F and self.true == "euc_jp" else (2,)


@cache
def inventories(true: str) -> tuple[Inventory, Inventory]:
    """The characters of one encoding that the model knows, and all of them, built when asked for."""
    return Inventory(true, _RAREST), Inventory(true, -math.inf)


@cache
def _by_frequency(rarest: float) -> tuple[str, ...]:
    unigram = model().unigram
    chars = [chr(code) for first, end in _PROPOSED for code in range(first, end)]
    known = [char for char in chars if unigram(char) > rarest]
    return tuple(sorted(known, key=unigram, reverse=True))


def _bytes(char: str, true: str) -> bytes:
    try:
        return char.encode(true)
    except UnicodeEncodeError:
        return b""
