"""Characters of the other script in a document, and what they should read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from seedlint.diagnostic import Span
from seedlint.document import Document
from seedlint.language.conversion import choose, class_of
from seedlint.language.conversion_proposals import proposal
from seedlint.language.prose import is_chinese, is_mentioned, is_syllabic
from seedlint.language.script import (
    QUOTED,
    Evidence,
    Script,
    classical,
    evidence,
    standard,
    tally,
    weigh,
)
from seedlint.language.script_standards import written
from seedlint.language.script_tables import characters, classes

_PLENTY = 10  # characters of the document's own script from which its script is beyond doubt
_SHARE = 5  # of them to one of the other script
_SURE = 5.0  # nats between two candidates
_ALONE, _LINE = 2, 3  # characters of the other script from which a line is in it: without others, with some
_CLASSICAL = 20  # times as many characters of its own: classical texts have old forms among them
_RESIDUE = "锟斤拷"  # what replacement characters became: the scripts of what stands there are chance
_QUOTATION, _NAME = 2, 1  # the same for a quotation, and for a name in a link or list


class Mixed(NamedTuple):
    """A character of the other script; ``traditional`` tells which one the document is in."""

    offset: int
    char: str
    replacement: str
    candidates: tuple[str, ...]
    traditional: bool
    safe: bool


def mixed_places(document: Document) -> tuple[Mixed, ...]:
    """The characters that contradict the script of their document and line, in order."""
    found = document.analysis(evidence)
    if not found.foreign or (
        found.own.number > _CLASSICAL * found.other.number and document.analysis(classical)
    ):
        return ()
    lines = _suspects(document, found)
    places = [
        offset for span, offsets in lines for offset in _contradicting(document.text, span, offsets, found)
    ]
    return tuple(_convert(document, found, places)) if places else ()


def _suspects(document: Document, found: Evidence) -> Iterator[tuple[Span, list[int]]]:
    """Lines that hold characters of the other script, with the offsets of these."""
    offsets = [match.start() for match in _one_of(found.foreign).finditer(document.text)]
    starts = document.line_starts
    for _, group in groupby(offsets, lambda offset: bisect_right(starts, offset)):
        line = list(group)
        yield document.line_span(line[0]), line


@lru_cache
def _one_of(chars: frozenset[str]) -> re.Pattern[str]:
    return re.compile("[" + "".join(sorted(chars)) + "]")


def _contradicting(text: str, span: Span, offsets: list[int], found: Evidence) -> list[int]:
    """The offsets of a line that contradict it; none in a line of the other script, of kana or of residue."""
    content = text[span.start : span.end]
    if _RESIDUE in content:
        return []
    line = weigh(content)
    own = line.own if line.script is found.script else line.other
    least = _LINE if own.number else _ALONE
    if is_syllabic(content) or (line.script is not found.script and len(offsets) >= least):
        return []
    quoted = [
        range(span.start + match.start(), span.start + match.end())
        for match in (*_QUOTED.finditer(content), *_SEGMENT.finditer(content))
        if _is_quotation(match, content, found.script)
    ]
    return [at for at in offsets if not is_mentioned(text, at) and not any(at in place for place in quoted)]


_QUOTED = re.compile(QUOTED)
# A name or title may stand between marks; between brackets of these kinds it does.
_SEGMENT = re.compile(r"[^\s，。！？；：、,.!?;:|/()（）\[\]*_~`\"'“”‘’「」『』《》〈〉]+")
_SCRIPTS = re.compile("[繁简簡正][体體]|[简簡]繁|繁[简簡]|[简簡]化字")
_TITLE = re.compile("「[^「」\n]+」|『[^『』\n]+』|《[^《》\n]+》|〈[^〈〉\n]+〉|【[^【】\n]+】")


def _is_quotation(match: re.Match[str], line: str, script: Script | None) -> bool:
    """Whether a quotation or title is in the other script throughout.

    What a link, a list or a line in another language names is a name.
    """
    found, around = weigh(match[0]), line[max(match.start() - 1, 0) : match.end() + 1]
    marked = match[0][0] == "[" or around[:1] + around[-1:] in ('""', "''", "[]", "``")
    named = marked or not is_chinese(line)
    enough = found.own.number >= (_NAME if named else _QUOTATION)
    return found.script not in (script, None) and enough and not found.other.number


def _convert(document: Document, found: Evidence, offsets: list[int]) -> Iterator[Mixed]:
    traditional = found.script is Script.TRADITIONAL
    plenty = found.own.number >= _PLENTY and found.own.number >= _SHARE * found.other.number
    for offset in offsets:
        char = document.text[offset]
        convert = _to_traditional if traditional else _to_simplified
        candidates, sure = convert(document, offset)
        safe = plenty and sure and not (_is_in_title(document, offset) or _is_of_scripts(document, offset))
        yield Mixed(offset, char, candidates[0], candidates, traditional, safe)


def _is_in_title(document: Document, offset: int) -> bool:
    """Whether a character stands in a name or title, where it may be meant."""
    line = document.line_span(offset)
    titles = _TITLE.finditer(document.text, line.start, line.end)
    return any(title.start() < offset < title.end() for title in titles)


def _is_of_scripts(document: Document, offset: int) -> bool:
    """Whether the line around a character speaks of scripts: then it may show one."""
    line = document.line_span(offset)
    return _SCRIPTS.search(document.text, line.start, line.end) is not None


def _to_simplified(document: Document, offset: int) -> tuple[tuple[str, ...], bool]:
    """The Simplified character, and whether it is beyond doubt.

    Simplified names keep 穀, 於 and 霑 apart from the 谷, 于 and 沾 that they were merged with; so
    the Traditional one must be what its neighbours ask for in Traditional text, and the other
    make a word with one of them.
    """
    char = document.text[offset]
    form = characters().traditional[char]
    if form not in classes() or form not in (choice := choose(document.text, form, offset)).forms:
        return (form,), True
    seen = _form(char)
    asked = choice.score(seen) > choice.score(form) and choice.known(seen, form) > 0
    return (form,), asked and _makes_word(document.text, offset, form)


def _makes_word(text: str, offset: int, form: str) -> bool:
    """Whether ``form`` in the place of a character makes a word with the one before or behind it."""
    from seedlint.language.plausibility import model

    word = model().word
    return any(
        word(pair) is not None
        for pair in (text[offset - 1 : offset] + form, form + text[offset + 1 : offset + 2])
        if len(pair) > 1
    )


def _form(char: str) -> str:
    """The form of its class that a character counts as."""
    owner = class_of(char)
    return owner[1] if owner else char


def _to_traditional(document: Document, offset: int) -> tuple[tuple[str, ...], bool]:
    """Candidates, best first, and whether the best is beyond doubt."""
    char, counts = document.text[offset], document.analysis(tally)
    its = document.analysis(standard)
    if char not in classes():
        return (written(characters().simplified[char][0], counts, its),), True
    choice = choose(document.text, char, offset)
    sure = choice.margin > _SURE and proposal(document.text, offset, its) in ("", choice.forms[0])
    return tuple(written(form, counts, its) for form in choice.forms), sure
