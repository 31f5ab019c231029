#!/usr/bin/env python3
"""Build the table of characters that two edits of copy sites leave behind.

    build_copysite_swaps.py  >src/seedlint/channels/data/copysite_swaps.txt

Deleting the pair A1A1 between the bytes of two characters makes one of a character and
a mark (小、 D0A1 A1A2 becomes 孝 D0A2); turning A1B8 and A1B9 into A1B0 and A1B1 makes
another character of the second (小姑 D0A1 B9C3 becomes 小泵 D0A1 B1C3). A line of the
table is what is left, what stood there, and the characters before it for which what
stood there is common and what is left is not. All follows from the code page and from
the plausibility model (its sources are named in language_sources.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.channels.copysite import encode, spell
from seedlint.language.plausibility import model

MARKS = "、。"
QUOTES = {0xB8: 0xB0, 0xB9: 0xB1}
LEAST = -10.5  # ln P of a character that is worth a line
SPACE_JOINT, QUOTE_JOINT = -15.5, -18.0  # ln P of two characters one after the other
PRIVATE = frozenset(map(chr, range(0xE000, 0xF900)))
GAP = 2.0  # nats by which what stood there must be likelier


def common() -> str:
    """Ideographs that are written at all."""
    return "".join(char for char in map(chr, range(0x4E00, 0x9FA6)) if model().unigram(char) > LEAST - 0.5)


def before(left: str, true: str, damaged: str, joint: float) -> str:
    """The characters of ``left`` after which ``true`` is common and ``damaged`` is not."""
    return "".join(char for char in left if _fits(char, true, damaged, joint))


def _fits(left: str, true: str, damaged: str, joint: float) -> bool:
    likely = model().step("", left, true)
    if model().unigram(left) + likely < joint or len(encode(left)) != 2:
        return False
    return model().step("", left, damaged) < likely - GAP


def deleted_spaces(left: str) -> Iterator[tuple[str, str, str]]:
    """Lines for A1A1 deleted between a character and a mark."""
    for lead in range(0x81, 0xFF):
        char = spell(lead, 0xA1)
        for mark in MARKS if char and model().unigram(char) > LEAST else "":
            damaged = spell(lead, encode(mark)[1])
            if char and damaged:
                yield damaged, char + mark, before(left, char, damaged, SPACE_JOINT)


def turned_quotes() -> Iterator[tuple[str, str, str]]:
    """Lines for A1B8 and A1B9 turned between two characters."""
    ends = [
        char for lead in range(0x81, 0xFF) if (char := spell(lead, 0xA1)) and model().unigram(char) > LEAST
    ]
    for lead, turned in QUOTES.items():
        for trail in range(0x40, 0xFF):
            true, damaged = spell(lead, trail), spell(turned, trail)
            if true and damaged and model().unigram(true) > LEAST:
                yield damaged, true, before("".join(ends), true, damaged, QUOTE_JOINT)


def main() -> None:
    """Write the table to standard output."""
    left = common()
    for damaged, true, characters in sorted([*deleted_spaces(left), *turned_quotes()]):
        if characters and damaged not in PRIVATE:
            print(damaged, true, characters, sep="\t")


if __name__ == "__main__":
    main()
