"""Whether a line tells, at first sight, that it is chrome: a stock phrase, a label, a date or a number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate

from seedlint.chrome.folding import fold
from seedlint.chrome.tables import rows

_SHORT = 60
_MARKS = "•·|-–—[]()（）【】<>《》«»:：* "
_PARTS = re.compile(r"[:：|/／丨｜·•»›>]")
_STEPS = frozenset("»›>")
_NUMBERED = re.compile(r"[\d©ⓒ]")
_BEHIND = 90  # characters behind which no label is looked for
_BEGINNING = 22  # characters within which a date or number begins
_WORD = "[^\\W\\d_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,}"  # of a script with spaces
_NUMBER = r"\W*\d[\d\s,.:/()|-]*\w{0,3}\W*|.{0,16}(?:\d{4}[-/.年]\s?\d{1,2}|\d{1,2}[:：]\d{2}|[©ⓒ]).*"

_Places = dict[str, tuple[tuple[int, str], ...]]


@cache
def _number() -> re.Pattern[str]:
    return re.compile(_NUMBER)


class _Known:
    """What the first look at a line needs, from gate.tsv, made by tools/build_chrome_lexicon.py."""

    def __init__(self) -> None:
        strong, words, labels, whole = (row.split("\t") for row in rows("gate.tsv"))
        self.strong = _grouped(strong)
        """Phrases nobody writes in prose, in scripts without spaces, by their rarest character."""
        self.words = _grouped(words)
        """Those in spaced scripts, by their longest word."""
        self.labels = frozenset(labels)
        self.whole = frozenset(whole)
        self.rare = re.compile(f"[{''.join(self.strong)}]")
        self.word = re.compile(_WORD)


def _grouped(pairs: Iterable[str]) -> _Places:
    """The phrases by what they are looked for by, each with the offset of that inside it."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for pair in pairs:
        key, _, phrase = pair.partition("=")
        groups.setdefault(key, []).append((phrase.index(key), phrase))
    return {key: tuple(places) for key, places in groups.items()}


known = cache(_Known)


def normals(lines: Sequence[str]) -> list[str]:
    """The lines in the form phrases are kept in."""
    return [" ".join(line.split()) for line in fold("\n".join(lines)).split("\n")]


def spoken(lines: Sequence[str]) -> set[int]:
    """Indices of the ``lines``, in normal form, that hold a phrase nobody writes in prose."""
    text = "\n".join(lines)
    places = sorted({*_written(text), *_worded(text)})
    if not places:
        return set()
    ends = list(accumulate(len(line) + 1 for line in lines))
    return {bisect_right(ends, place) for place in places}


def _written(text: str) -> Iterator[int]:
    strong, starts = known().strong, text.startswith
    for match in known().rare.finditer(text):
        place = match.start()
        for offset, phrase in strong[match[0]]:
            if starts(phrase, place - offset):
                yield place
                break


def _worded(text: str) -> Iterator[int]:
    words = known().words
    for word in words.keys() & set(known().word.findall(text)):
        for _, phrase in words[word]:
            place = text.find(phrase)
            while place >= 0:
                yield place
                place = text.find(phrase, place + 1)


def is_stock(plain: str) -> bool:
    """Whether a line in normal form is a stock phrase, marks around it apart."""
    return plain.strip(_MARKS) in known().whole


def saying(lines: Sequence[str], *, loosely: bool) -> Iterator[int]:
    """Indices of lines in normal form that are a stock phrase, begin with a label, or are a date or number.

    ``loosely`` lets a label stand anywhere.
    """
    whole, numbered, divided = known().whole, _NUMBERED.search, _PARTS.search
    for index, line in enumerate(lines):
        plain = line[:_BEHIND]
        if (
            plain.strip(_MARKS) in whole
            or (numbered(plain, 0, _BEGINNING) and _number().fullmatch(plain))
            or (" " in plain and _labelled(plain, loosely=loosely))
            or (divided(plain) and _divided(plain))
        ):
            yield index


def _labelled(plain: str, *, loosely: bool) -> bool:
    """Whether a label or, in a short line, half of the words are stock."""
    words = plain.split(" ")
    labels = known().labels
    if words[0].strip(_MARKS) in labels or (loosely and not labels.isdisjoint(words[:-1])):
        return True
    return len(plain) <= _SHORT and not known().whole.isdisjoint(words) and _mostly(words)


def _divided(plain: str) -> bool:
    """Whether a part between marks is a label or ends in one, or half of the parts are stock phrases."""
    parts = [bare for part in _PARTS.split(plain) if (bare := part.strip(_MARKS))]
    if len(parts) < 2:
        return False
    labels = known().labels
    if len(parts) > 2 and parts[0] in known().whole and not _STEPS.isdisjoint(plain):
        return True  # the way to the page, from a menu entry on
    ends = {part.rpartition(" ")[2] for part in parts[:-1]}
    return not labels.isdisjoint(parts[:-1]) or not labels.isdisjoint(ends) or _mostly(parts)


def _mostly(parts: Sequence[str]) -> bool:
    """Whether half of several parts of a line are stock phrases."""
    whole = known().whole
    return len(parts) > 1 and len([part for part in parts if part in whole]) * 2 >= len(parts)


def seems_told(plain: str) -> bool:
    """Whether a line of a text of few lines tells, or has a label's colon or a number."""
    return re.search(r"[:：\d]", plain) is not None or any(True for _ in saying([plain], loosely=True))
