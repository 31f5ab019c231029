"""Radicals and compatibility ideographs with the ideograph that they look like."""

import re
import unicodedata
from pathlib import Path


def radicals(folder: Path) -> dict[str, str]:
    """From EquivalentUnifiedIdeograph.txt."""
    found = {}
    for line in (folder / "EquivalentUnifiedIdeograph.txt").read_text("utf-8").splitlines():
        row = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*; ([0-9A-F]+)", line)
        if row:
            for code in range(int(row[1], 16), int(row[2] or row[1], 16) + 1):
                found[chr(code)] = chr(int(row[3], 16))
    return found


def compatibility() -> dict[str, str]:
    """The canonical singletons of both blocks of compatibility ideographs."""
    codes = (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
    pairs = {chr(code): unicodedata.normalize("NFC", chr(code)) for code in codes}
    return {char: plain for char, plain in pairs.items() if char != plain}


def private() -> dict[str, str]:
    """Private-use characters that GBK fonts and old converters left for characters encoded since.

    GB18030-2005 maps the two bytes to the character, GBK software of before to U+E000 and on
    (user-defined area 3 begins at U+E4C6 for A140).
    """
    found = {}
    for row in range(0xA1, 0xA8):
        for number, cell in enumerate((*range(0x40, 0x7F), *range(0x80, 0xA1))):
            found[chr(0xE4C6 + (row - 0xA1) * 96 + number)] = bytes((row, cell)).decode("gb18030", "replace")
    return {char: plain for char, plain in found.items() if "\u2e80" <= plain <= "\u9fff"}


def table(folder: Path) -> str:
    """Pairs of a character and its ideograph."""
    pairs = radicals(folder) | compatibility()
    return "".join(char + plain for char, plain in sorted(pairs.items()))
