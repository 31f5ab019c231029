"""Which lines deserve a look: prose is told apart by length and ending alone, before any line is scored.

A page flattened to text is short open lines throughout and is scored whole. In a
text of prose only short lines that hold a stock phrase, a date or a number, and
runs of open short lines, are looked at. Clean prose costs a few comprehensions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from seedlint.chrome.lines import SHORT
from seedlint.chrome.phrases import UNSPACED, Use, match, normal
from seedlint.chrome.tables import rows

_SHORT = 60  # characters up to which a line is short; stock lines of the longest kinds stay below
_VERY_SHORT = 24
_LONG = 400
_CLOSED = frozenset("。！？；…”」』.!?;,，、`{}\\)]")
_STRUCTURE = frozenset("#|`<!>=~$*")
_RUN = 4  # open short lines in a row that make a run
_PAGE = 0.55  # share of open short lines from which a text is a page
_EXCERPT = 0.3  # the same for a text of few lines
_NEAR = 6  # lines around a telling one that are looked at too
_EDGE = 6  # lines at head and tail where longer lines are looked at too
_MARKS = "•·|-–—[]()（）【】<>《》«»:：* "
_COLON = re.compile("[:：|/／丨｜ ]")
_WORD = re.compile(f"[^\\W\\d_{UNSPACED}]{{2,}}")
_NUMBER = re.compile(
    r"\W*\d[\d\s,.:/()|-]*\w{0,3}\W*|.{0,16}(?:\d{4}[-/.年]\s?\d{1,2}|\d{1,2}[:：]\d{2}|[©ⓒ]).*"
)


class _Telling(NamedTuple):
    """What the first look at a line needs, from gate.tsv, made by tools/build_chrome_lexicon.py."""

    strong: re.Pattern[str]
    """Phrases of scripts without spaces that nobody writes in prose."""
    words: frozenset[str]
    """First words of such phrases in spaced scripts."""
    labels: frozenset[str]
    whole: frozenset[str]


@cache
def _telling() -> _Telling:
    strong, words, labels, whole = (row.split("\t") for row in rows("gate.tsv"))
    pattern = re.compile("|".join(map(re.escape, strong)))
    return _Telling(pattern, frozenset(words), frozenset(labels), frozenset(whole))


def telling(text: str) -> bool:
    """Whether a short line may hold a stock phrase that tells, or is one."""
    known = _telling()
    plain = normal(text)
    if plain.strip(_MARKS) in known.whole or known.strong.search(plain) or _NUMBER.fullmatch(plain):
        return True
    if _COLON.search(plain) and any(part.strip(_MARKS) in known.labels for part in _COLON.split(plain)[:-1]):
        return True
    if known.words.isdisjoint(_WORD.findall(plain)):
        return False
    found = match(plain)
    return found.coverage > 0.5 or any(hit.use is Use.STRONG for hit in found.hits)


def _open_short(strings: Sequence[str]) -> list[int]:
    """Indices of short lines that do not close like a sentence and bear no Markdown."""
    return [
        index
        for index, text in enumerate(strings)
        if len(text) <= _SHORT and text[-1] not in _CLOSED and text[0] not in _STRUCTURE and "]:" not in text
    ]


def _runs(indices: Sequence[int]) -> Iterator[int]:
    """Those of ``indices`` that follow each other, four and more, blank lines apart."""
    run: list[int] = []
    for index in indices:
        if run and index - run[-1] > 1:
            yield from run if len(run) >= _RUN else ()
            run = []
        run.append(index)
    yield from run if len(run) >= _RUN else ()


def _edges(strings: Sequence[str]) -> Iterator[int]:
    """The lines at head and tail that are not too long."""
    count = len(strings)
    for index in {*range(min(_EDGE, count)), *range(max(count - _EDGE, 0), count)}:
        text = strings[index]
        if len(text) <= _LONG and text[0] not in _STRUCTURE and telling(text):
            yield index


def _exclaimed(strings: Sequence[str]) -> Iterator[int]:
    """Very short lines that close like a sentence and hold a strong phrase."""
    strong = _telling().strong
    for index, text in enumerate(strings):
        if len(text) <= _VERY_SHORT and text[-1] in _CLOSED and strong.search(normal(text)):
            yield index


def _company(found: Iterable[int], strings: Sequence[str]) -> Iterator[int]:
    """The short lines right around those found, up to the next long one."""
    for index in found:
        for step in (-1, 1):
            at = index + step
            while 0 <= at < len(strings) and abs(at - index) <= _NEAR and len(strings[at]) <= _SHORT:
                yield at
                at += step


def candidates(strings: Sequence[str]) -> Iterable[int]:
    """Indices of the lines to be scored; ``strings`` are stripped and not blank."""
    brief = _open_short(strings)
    if len(brief) > (_PAGE if len(strings) > SHORT else _EXCERPT) * len(strings):
        return range(len(strings))
    found = {index for index in brief if telling(strings[index])}
    found.update(_runs(brief), _edges(strings), _exclaimed(strings))
    if found and len(strings) <= SHORT:
        return range(len(strings))
    return found.union(_company(found, strings))
