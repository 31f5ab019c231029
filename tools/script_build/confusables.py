"""Letters of different scripts that look the same, from the data of Unicode TS 39."""

import re
from collections.abc import Iterator
from pathlib import Path

SCRIPTS = ("Latin", "Cyrillic", "Greek")


def ranges(path: Path) -> Iterator[tuple[range, str]]:
    """Code points and script, from Scripts.txt."""
    for line in path.read_text("utf-8").splitlines():
        row = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*; (\w+)", line)
        if row:
            yield range(int(row[1], 16), int(row[2] or row[1], 16) + 1), row[3]


def letters(folder: Path) -> dict[str, str]:
    """Letters of the basic scripts to the script, without those for mathematics and of other widths."""
    return {
        chr(code): script
        for codes, script in ranges(folder / "Scripts.txt")
        if script in SCRIPTS
        for code in codes
        if code < 0x2100 and chr(code).isalpha()
    }


def prototypes(folder: Path) -> Iterator[tuple[str, str]]:
    """Character and what it looks like, one to one, from confusables.txt."""
    for line in (folder / "confusables.txt").read_text("utf-8-sig").splitlines():
        row = re.match(r"([0-9A-F]+) ;\s+([0-9A-F]+) ;", line)
        if row:
            yield chr(int(row[1], 16)), chr(int(row[2], 16))


def table(folder: Path) -> str:
    """Lines of letters that look the same, each line with letters of two scripts or more."""
    scripts = letters(folder)
    groups: dict[str, list[str]] = {}
    for char, prototype in prototypes(folder):
        if char in scripts:
            groups.setdefault(prototype, [prototype] if prototype in scripts else []).append(char)
    chosen = (group for group in groups.values() if len({scripts[char] for char in group}) > 1)
    return "\n".join("".join(group) for group in chosen)
