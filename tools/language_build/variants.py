"""Measures which of the characters that fold to one another a script writes.

Each class of characters with one fold gets, per script, the share of each member: how often the
training text of that script writes it so, with two imaginary occurrences spread evenly.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping

SCRIPTS = ("Hans", "Hant", "Jpan")
IMAGINED = 2.0


def classes(table: Mapping[str, str]) -> dict[str, list[str]]:
    """Ideographs by the character that stands for them, where there are several."""
    members: dict[str, list[str]] = defaultdict(list)
    for char, to in table.items():
        if to > "\u2e80" and ord(char) < 0x10000:
            members[to].append(char)
    return {to: sorted([to, *chars]) for to, chars in members.items()}


def shares(table: Mapping[str, str], counts: Mapping[str, Counter[str]]) -> dict[str, list[float]]:
    """ln of each character's share of its class, by script of `SCRIPTS`; last, of their average."""
    found = {}
    for members in classes(table).values():
        for char in members:
            known = [share(char, members, counts[script]) for script in SCRIPTS]
            found[char] = [*known, math.log(sum(map(math.exp, known)) / len(known))]
    return found


def share(char: str, members: list[str], counts: Counter[str]) -> float:
    """ln of one character's share."""
    whole = sum(counts[member] for member in members)
    return math.log((counts[char] + IMAGINED / len(members)) / (whole + IMAGINED))
