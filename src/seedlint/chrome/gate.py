"""Which lines deserve a look: prose is told apart by length and ending alone, before any line is scored.

A page flattened to text is short open lines throughout and is scored whole. In a
text of prose only short lines that hold a stock phrase, a date or a number, and
runs of open short lines, are looked at. Clean prose costs a few comprehensions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import add

from seedlint.chrome.lines import SHORT
from seedlint.chrome.phrases import TOKEN, Use, match, normal
from seedlint.chrome.tables import rows

_SHORT = 60  # characters up to which a line is short; stock lines of the longest kinds stay below
_LONG = 400
_CLOSED = frozenset("。！？；…”」』.!?;,，、`{}\\)]")
_STRUCTURE = frozenset("#|`<!>=~$*")
_RUN = 4  # open short lines in a row that make a run
_PAGE = 0.55  # share of open short lines from which a text is a page
_EXCERPT = 0.3  # the same for a text of few lines
_EDGE = 6  # lines at head and tail where longer lines are looked at too
_NUMBER = re.compile(
    r"\W*\d[\d\s,.:/()|-]*\w{0,3}\W*|.{0,16}(?:\d{4}[-/.年]\s?\d{1,2}|\d{1,2}[:：]\d{2}|[©ⓒ]).*"
)


@cache
def _telling() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """First two characters of telling phrases, first words of those in spaced scripts, and whole lines.

    From gate.tsv, made by tools/build_chrome_lexicon.py.
    """
    pairs, words, whole = (frozenset(row.split("\t")) for row in rows("gate.tsv"))
    return pairs, words, whole


def telling(text: str) -> bool:
    """Whether a short line may hold a stock phrase that tells, or is one."""
    pairs, words, whole = _telling()
    plain = normal(text)
    if plain.strip("•·|-–—[]()【】<>«»:：* ") in whole or _NUMBER.fullmatch(plain):
        return True
    if pairs.isdisjoint(map(add, plain, plain[1:])) and words.isdisjoint(TOKEN.findall(plain)):
        return False
    found = match(plain)
    return found.coverage > 0.5 or any(hit.use is not Use.LINE for hit in found.hits)


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


def candidates(strings: Sequence[str]) -> Iterable[int]:
    """Indices of the lines to be scored; ``strings`` are stripped and not blank."""
    brief = _open_short(strings)
    if len(brief) > (_PAGE if len(strings) > SHORT else _EXCERPT) * len(strings):
        return range(len(strings))
    found = {index for index in brief if telling(strings[index])}
    return sorted(found | set(_runs(brief)) | set(_edges(strings)))
