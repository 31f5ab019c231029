"""Finds the places of a text that may be misread, at no cost for ordinary text.

Misread text is dense in ideographs, syllables and symbols that people hardly use;
two of them near each other make a place suspicious, unless they are a word. One pattern
tells whether a document holds any.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from seedlint.channels.data import read
from seedlint.charclass import CharacterClass
from seedlint.diagnostic import Span
from seedlint.document import Document

_LOST = "\N{REPLACEMENT CHARACTER}"
_RESIDUE = ("锟", "烫烫烫", "屯屯屯", "葺葺葺", "铪铪铪")
_LINE = 8  # characters of a line that is looked at for one odd character
_NEAR = 4  # characters between two odd ones that belong together
_SHORT = 24  # characters of a place that the language model is asked about
_BESIDE = 2  # characters beside it that it is asked about too
# Nats a character above ordinary text. Of 6,000 sentences of held-out text each two thirds of the places
# lie below; of eleven channels but EUC-JP read as GBK (1 %) no damaged sentence does.
_STRANGE = 3.0
_JOINED = 12  # characters between two suspicious places that are read as one
SHORT = 12  # characters of a document that is looked at whatever stands in it
_ODD_BLOCKS = (
    "\u3105-\u312f\u3130-\u318f\u3200-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\ue000-\ufaff"
    "\ufe30-\ufe4f\uff61-\uff9f\U00020000-\U0002ffff"
)
_OTHER_BLOCKS = (
    "\\x00-\u3104\u3190-\u31ff\ua000-\uabff\ud7a4-\udfff\ufb00-\ufe2f\ufe50-\uff60\uffa0-\uffff"
    "\U00010000-\U0001ffff\U00030000-\U0010ffff"
)


@cache
def familiar() -> frozenset[str]:
    """The ideographs and syllables of ordinary text (`tools/build_familiar.py`)."""
    return frozenset(read("familiar.txt"))


@cache
def _familiar_pairs() -> frozenset[str]:
    """Pairs of other ideographs and syllables that stand beside each other in ordinary text."""
    pairs = read("familiar_pairs.txt")
    return frozenset(map("".join, zip(pairs[::2], pairs[1::2], strict=True)))


_ODD_KINDS = CharacterClass.spanning(_ODD_BLOCKS)


def _odd_among(characters: frozenset[str]) -> frozenset[str]:
    return _ODD_KINDS.among(characters - familiar())


_ODD = CharacterClass(lambda: f"^{_OTHER_BLOCKS}{''.join(sorted(familiar()))}", _odd_among)
"""The characters that ordinary text hardly uses."""


def odd_or_lost(text: str) -> list[str]:
    """The characters of ``text`` that ordinary text hardly uses, and the marks of lost bytes."""
    odd = [char for char in _ODD_KINDS.pattern.findall(text) if char not in familiar()]
    return odd + [_LOST] * text.count(_LOST)


def may_be_misread(document: Document) -> bool:
    """Whether a document holds a place to be looked at; a gate of rules."""
    if len(document.text) <= SHORT:
        return True
    places = chain(
        suspicious_places(document), latin_places(document), odd_lines(document), foreign_runs(document)
    )
    return next(places, None) is not None


def may_be_residue(document: Document) -> bool:
    """Whether a document holds replacement characters, or what they and fresh memory are read as."""
    text = document.text  # one character is found at once, a word takes a search
    return _LOST in document.unusual or any(word[0] in text and word in text for word in _RESIDUE)


def odd_places(document: Document) -> list[int]:
    """Offsets of the odd characters that make no word."""
    text, pairs = document.text, _familiar_pairs()
    found = _ODD.places(document)
    words = {at + place for at in found if text[at : at + 2] in pairs for place in (0, 1)}
    if any("\u3105" <= char <= "\u312f" for char in document.unusual):
        words.update(at for match in _zhuyin().finditer(text) for at in range(*match.span()))
    return [at for at in found if at not in words] if words else found


_SIGNS, _TONES = "\u3105-\u312f", "\u02ca\u02c7\u02cb\u02d9"


@cache
def _zhuyin() -> re.Pattern[str]:
    """Readings in bopomofo: initial, medial, final and tone, most of them optional; two signs at least."""
    parts = "[\u3105-\u3119\u312a-\u312f]?[\u3127-\u3129]?[\u311a-\u3126]?"
    begins = f"(?=[\u02d9{_SIGNS}]{{2}}|[{_SIGNS}][{_TONES}])"
    return re.compile(f"{begins}(?:\u02d9?(?=[{_SIGNS}]){parts}[{_TONES}]?)+")


def told(text: str) -> str:
    """What of ``text`` can tell of misreading: neither readings in bopomofo nor formulas."""
    rest = _zhuyin().sub("", text)
    return _signs().sub(lambda match: "" if _is_formula(rest, *match.span()) else match[0], rest)


def _is_enough(document: Document, odd: list[int]) -> bool:
    """Whether the odd characters are of two kinds, or the text is short."""
    text = document.text
    return len({text[at] for at in odd}) + (_LOST in document.unusual) > 1 or len(text) <= _JOINED


def suspicious_places(document: Document) -> Iterator[Span]:
    """Stretches of a document with odd characters near each other, in order."""
    text, odd = document.text, document.analysis(odd_places)
    if odd and len(text) <= _JOINED + 1 and "\n" not in text:
        yield Span(0, len(text))
    elif odd and _is_enough(document, odd):
        lost = [match.start() for match in re.finditer(_LOST, text)] if _LOST in document.unusual else []
        for place in _joined(_near_each_other(text, sorted([*odd, *lost]))):
            if _is_strange(text, place):
                yield place


def odd_lines(document: Document) -> Iterator[Span]:
    """The lines of few characters that hold an odd one."""
    text = document.text
    for at in document.analysis(odd_places):
        near = text[max(at - _LINE, 0) : at + _LINE]  # looked at first: most lines are long
        if len(near) < 2 * _LINE or "\n" in near or "\r" in near:
            line = document.line_span(at)
            if line.end - line.start <= _LINE:
                yield line


def foreign_runs(document: Document) -> Iterator[Span]:
    """Runs of ideographs in Korean text, which has hardly any: GBK makes them of syllables."""
    text = document.text
    if not document.ideographic or not _syllable().search(text, 0, _HEAD):
        return
    head = text[:_HEAD]
    if len(_syllable().findall(head)) > len(_ideograph().findall(head)):
        yield from (Span(*match.span()) for match in _ideographs().finditer(text))


_HEAD = 4_000  # characters by which the language of a document is told


@cache
def _syllable() -> re.Pattern[str]:
    return re.compile("[\uac00-\ud7a3]")


@cache
def _ideograph() -> re.Pattern[str]:
    return re.compile("[\u4e00-\u9fff]")


@cache
def _ideographs() -> re.Pattern[str]:
    return re.compile("[\u4e00-\u9fff]{3,}")


def _is_strange(text: str, place: Span) -> bool:
    """Whether a short place is none that its language knows: 俏皮蝾螈 is rare and no damage."""
    if place.end - place.start > _SHORT:
        return True
    from seedlint.language.plausibility import model

    before = text[max(place.start - _BESIDE, 0) : place.start].rpartition("\n")[2]
    after = text[place.end : place.end + _BESIDE].partition("\n")[0]
    return model().surprise(before + text[place.start : place.end] + after) > _STRANGE


def _near_each_other(text: str, places: list[int]) -> Iterator[tuple[int, int]]:
    """Start and end of every group of places on one line, few characters apart."""
    start = end = -_NEAR
    for at in places:
        if at - end >= _NEAR or "\n" in text[end:at]:
            if end - start > 1:
                yield start, end
            start = at
        end = at + 1
    if end - start > 1:
        yield start, end


def _joined(found: Iterable[tuple[int, int]]) -> Iterator[Span]:
    start = end = -1
    for first, last in found:
        if start >= 0 and first - end <= _JOINED:
            end = last
            continue
        if start >= 0:
            yield Span(start, end)
        start, end = first, last
    if start >= 0:
        yield Span(start, end)


_LETTERS = "\x80-\u024f\u02c6-\u02dd\u0370-\u04ff\u221a"
_SYMBOLS = "\u2010-\u23ff\u2500-\u25ff"


@cache
def _latin_run() -> re.Pattern[str]:
    """A letter beside another or a symbol, and what follows it; begins with what is rare in Chinese."""
    return re.compile(
        f"[{_LETTERS}](?:(?=[{_LETTERS}{_SYMBOLS}])|(?<=[{_SYMBOLS}].))[{_LETTERS}{_SYMBOLS}]*", re.DOTALL
    )


def _latin_runs(text: str) -> Iterator[tuple[int, int]]:
    """The runs of letters and symbols of single-byte pages that are no plain words."""
    for match in _latin_run().finditer(text):
        start = match.start()
        while start and _signs().match(text, start - 1, start):
            start -= 1
        if not _plain().fullmatch(text, start, match.end()) and not _is_formula(text, start, match.end()):
            yield start, match.end()


def _is_formula(text: str, start: int, end: int) -> bool:
    """Whether signs alone stand there, a root among them, and no letter beside them: √ is C3 in Mac Roman."""
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    return _signs().fullmatch(text, start, end) is not None and not any(map(str.isalpha, beside))


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(f"[{_SYMBOLS}]+")


@cache
def _plain() -> re.Pattern[str]:
    """Dashes and lines, and words of another alphabet with capitals at the beginning only."""
    return re.compile(
        "(?!.*\u221a[^\u221a])[\u2010-\u23ff\u2500-\u25ff]+|[\u0400-\u042f]+[\u2010-\u201f]?|[\u0400-\u042f]?[\u0430-\u04ff]+[\u2010-\u201f]?"
        "|[\u0370-\u03ff]?[\u03ac-\u03ce]+[\u2010-\u201f]?"
    )


def latin_places(document: Document) -> Iterator[Span]:
    """Stretches where characters of single-byte pages beyond ASCII stand together."""
    text = document.text
    if not any("\x80" <= char <= "\u04ff" or char in "\u221a\u251c\u252c" for char in document.unusual):
        return
    runs = list(_latin_runs(text))
    if "\u251c" in text or "\u252c" in text:
        runs = sorted({*runs, *(match.span() for match in _boxed_letter().finditer(text))})
    yield from _joined(runs)


@cache
def _boxed_letter() -> re.Pattern[str]:
    """An accented letter in code page 437: bytes C2 and C3, then one from A9 to BF, in a word."""
    lead, tail = (
        "[\u251c\u252c]",
        "[\u2591-\u2593\u2502\u2510\u2524\u2551\u2555-\u2557\u255b-\u255d\u2561-\u2563\u2310]",
    )
    return re.compile(f"{lead}(?:(?<=[A-Za-z].){tail}|{tail}(?=[a-z])|(?<= .)\u2310(?= ))")
