"""Which readings in brackets a copy site inserted, and which an author wrote.

A site goes by a table: Traditional characters that everybody knows, each with its
first reading, wherever they stand. An author writes a reading for rare characters
and names, for one of several readings, for every character of a lesson, or when the
text is about readings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from seedlint.channels.copysite_readings import (
    HAN,
    SEEN_CHARACTERS,
    SYLLABLE,
    is_bare,
    is_common,
    is_first,
    is_listed,
    readings,
    reads,
)

SEEN = frozenset(SEEN_CHARACTERS)
"""Characters that sites were seen to annotate; a lone reading must stand on one of them."""

_COVERED = 0.5
"""Share of the ideographs with a reading from which on a text is a lesson."""
_SHARE = 0.8
"""Share of the characters with a reading that a site's table would hold; 116 of 119 are Traditional."""
_SHARE_SPACED = 0.5
"""The same where a space follows every reading, which only a program writes."""
_EVERYWHERE = 0.8
"""Share of a character's places that have the reading: a site knows no second mention."""
_BARE_CHARACTERS = 3
"""Characters that readings without tones must stand on: `(he)` and `(men)` are English too."""
_NEAR = 3
"""Characters within which a word about reading speaks of a note."""
_PASTED = 3
"""Characters with a reading that one line must have to be told from the text around it."""
_SPOKEN_OF = 5
"""Readings up to which one word about reading, or one place without, puts all in doubt."""


@dataclass(frozen=True, slots=True)
class Note:
    """A reading in brackets behind a character: the text from ``start`` to ``end``.

    ``form`` is how it is written, with ``{}`` for the reading; ``repeated`` if it
    stands there twice.
    """

    char: str
    reading: str
    start: int
    end: int
    form: str
    repeated: bool

    @property
    def in_table(self) -> bool:
        """Whether a site's table may hold it: a character everybody knows, its first reading."""
        return is_first(self.char, self.reading) and is_common(self.char) and (is_listed(self.char))


@cache
def bracketed() -> re.Pattern[str]:
    """A reading in brackets, once or twice; it begins with a literal, which makes the scan fast."""
    return re.compile(rf"\((?P<note>{SYLLABLE}) ?\)(?P<again>\((?P=note) ?\))?")


@cache
def _wide() -> re.Pattern[str]:
    return re.compile(rf"（(?P<note>{SYLLABLE})）")


def behind_ideographs(text: str) -> Iterator[re.Match[str]]:
    """The readings in brackets that stand behind an ideograph, in order."""
    found = [match for pattern in (bracketed(), _wide()) for match in pattern.finditer(text, 1)]
    behind = (match for match in found if "\u3400" <= text[match.start() - 1] <= "\u9fff")
    return iter(sorted(behind, key=re.Match.start))


@cache
def _about_readings() -> re.Pattern[str]:
    return re.compile("[读讀音拼念唸韵韻姓]|[声聲][调調]|[“「『‘]$")


def notes(text: str) -> list[Note]:
    """Every reading in brackets that its character has."""
    found = []
    for match in behind_ideographs(text):
        char, syllable = text[match.start() - 1], match["note"]
        if reads(char, syllable):
            form, again = match[0].replace(syllable, "{}"), match[0].count(syllable) > 1
            found.append(Note(char, syllable, match.start(), match.end(), form, again))
    return _with_spaces(text, found)


def _with_spaces(text: str, found: list[Note]) -> list[Note]:
    """Some sites put a space behind every reading; it goes with it."""
    spaced = [note for note in found if text[note.end : note.end + 1] == " "]
    if len(spaced) < _BARE_CHARACTERS or len(spaced) < len(found):
        return found
    return [
        Note(note.char, note.reading, note.start, note.end + 1, note.form + " ", note.repeated)
        for note in found
    ]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The notes that a site inserted: surely, or only probably."""

    sure: tuple[Note, ...] = ()
    likely: tuple[Note, ...] = ()


NOTHING = Judgement()


def judge(text: str, found: Sequence[Note], *, proved: bool) -> Judgement:
    """Tell the site's notes from the author's.

    ``proved`` says that the text holds damage that only a copy site does.
    """
    contrasted = _contrasted(found)
    ours = [note for note in found if note.char not in contrasted]
    table = [note for note in ours if note.in_table]
    evident = proved or any(note.repeated for note in ours)
    if not ours or not (evident or _like_a_table(text, ours, table)):
        return Judgement(likely=tuple(_pasted(text, ours)))
    rest = [
        note
        for note in ours
        if not note.in_table and is_common(note.char) and is_first(note.char, note.reading)
    ]
    if not evident:
        return Judgement(tuple(table), tuple(rest))
    repeated = [note for note in rest if note.repeated]
    return Judgement(
        tuple(sorted(table + repeated, key=_place)), tuple(note for note in rest if not note.repeated)
    )


def _pasted(text: str, ours: list[Note]) -> Iterator[Note]:
    """The notes of lines that look like a site's in a text that does not: lines pasted into it."""
    lines = defaultdict(list)
    for note in ours:
        lines[text.rfind("\n", 0, note.start) + 1].append(note)
    for start, inside in lines.items():
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        moved = [replace(note, start=note.start - start, end=note.end - start) for note in inside]
        table = [note for note in moved if note.in_table]
        if len({note.char for note in table}) >= _PASTED and _like_a_table(line, moved, table):
            yield from (note for note in inside if note.in_table)


def _place(note: Note) -> int:
    return note.start


def _contrasted(found: Sequence[Note]) -> set[str]:
    """Characters given two readings: the text tells them apart."""
    given = defaultdict(set)
    for note in found:
        given[note.char].add(note.reading)
    return {char for char, syllables in given.items() if len(syllables) > 1}


def _like_a_table(text: str, ours: list[Note], table: list[Note]) -> bool:
    characters, listed = {note.char for note in ours}, {note.char for note in table}
    by_machine = all(note.form.endswith(" ") for note in ours)
    if (
        len(listed) < (_SHARE_SPACED if by_machine else _SHARE) * len(characters)
        or _covered(text, ours)
        or _picked(text, ours)
    ):
        return False
    if len(ours) <= _SPOKEN_OF and any(_spoken_of(text, note) for note in ours):
        return False
    if all(is_bare(note.reading) or note.form.startswith("（") for note in ours):
        return len(listed) >= _BARE_CHARACTERS
    return len(listed) > 1 or _in_running_text(text, table[0])


def _picked(text: str, ours: list[Note]) -> bool:
    """Whether somebody chose the places: some of a character's, or characters that stand alone."""
    everywhere = sum(text.count(char) for char in {note.char for note in ours})
    alone = sum(_stands_alone(text, note) for note in ours)
    share = _EVERYWHERE if len(ours) > _SPOKEN_OF else 1.0
    return len(ours) < share * everywhere or (len(ours) > 1 and 2 * alone > len(ours))


def _stands_alone(text: str, note: Note) -> bool:
    """Whether a note's character is no part of a word: a headword, one of a list."""
    before, behind = text[max(0, note.start - 2) : note.start - 1], text[note.end : note.end + 1]
    return not _running().match(before) and not _running().match(behind)


def _covered(text: str, ours: list[Note]) -> bool:
    """Whether most characters have a reading."""
    return len(ours) > _COVERED * sum(map(len, _ideographs().findall(text)))


@cache
def _ideographs() -> re.Pattern[str]:
    return re.compile(f"[{HAN}]+")


def _spoken_of(text: str, note: Note) -> bool:
    """Whether the words around a note are about reading."""
    left = text[max(0, note.start - 1 - _NEAR) : note.start - 1]
    right = bracketed().sub("", text[note.end : note.end + _NEAR])
    return bool(_about_readings().search(left) or _about_readings().search(right.rstrip("“「『‘")))


def _in_running_text(text: str, note: Note) -> bool:
    """Whether a lone note stands inside a sentence, on a character with one reading or before another."""
    before, behind = text[max(0, note.start - 2) : note.start - 1], text[note.end : note.end + 1]
    if not before or before in _STARTS or note.char not in SEEN:
        return False
    if _running().match(before) or _running().match(behind):
        return True
    return before not in _LISTS and len(readings(note.char)) == 1


_STARTS = "\r\n\t|#(（「『“‘《【[\"'"
"""What a headword stands behind."""
_LISTS = "：:、；;"
"""What a list goes on behind."""


@cache
def _running() -> re.Pattern[str]:
    return re.compile(f"[{HAN}\u3041-\u30ff]")
