"""The lines of a text as the chrome model sees them: stripped, placed, with their Markdown kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple, overload

from seedlint.chrome.gate import SHORT_PAGE, Look
from seedlint.document import Document

SHORT = SHORT_PAGE


class Kind(StrEnum):
    """What a line is in Markdown; everything else is text."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    QUOTE = "quote"
    IMAGE = "image"
    LINK = "link"
    REFERENCE = "reference"
    GUARDED = "guarded"
    """Front matter, fenced code or markup: never chrome."""


class Line(NamedTuple):
    """One line that is not blank.

    ``number`` counts lines of the document from 0, blank ones too; ``start`` and
    ``end`` are offsets of the whole line without its line end; ``text`` is stripped.
    """

    number: int
    start: int
    end: int
    text: str
    kind: Kind
    after_gap: bool


class Place(NamedTuple):
    """Where a line stands: how many lines are before it, and how many lines the page has."""

    before: int
    total: int


STRUCTURE = frozenset({Kind.HEADING, Kind.QUOTE, Kind.ROW, Kind.GUARDED, Kind.IMAGE, Kind.REFERENCE})
_SPACED = 0.15  # share of lines after a blank one from which paragraphs are told by them
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)[\s|]*")
_LINK = re.compile(r"(?:[-*+] )?\[[^\]\n]+\]\([^)\n]+\)")
_HEADING = re.compile(r"#{1,6} ")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}\.) +\S")
_REFERENCE = re.compile(r"\[[^\]\n]+\]:")
_ROW = re.compile(r"\|.*\|")


def kind_of(text: str) -> Kind:
    """The Markdown kind of one stripped line."""
    first = text[0]
    if first == "#":
        return Kind.HEADING if _HEADING.match(text) else Kind.TEXT
    if first == ">":
        return Kind.QUOTE
    if first == "|":
        return Kind.ROW if _ROW.fullmatch(text) else Kind.TEXT
    if first == "!":
        return Kind.IMAGE if _IMAGE.fullmatch(text) else Kind.TEXT
    if first in "-*+[" or first.isdigit():
        return _listed(text)
    return Kind.TEXT


def _listed(text: str) -> Kind:
    if _LINK.fullmatch(text):
        return Kind.LINK
    if _REFERENCE.match(text):
        return Kind.REFERENCE
    return Kind.ITEM if _ITEM.match(text) else Kind.TEXT


def of_strings(strings: Iterable[str]) -> list[Line]:
    """Lines of a page given as strings, as if joined by line feeds."""
    return list(Lines(Document("\n".join(strings))))


class Lines(Sequence[Line]):
    """The lines of a document that are not blank; each is made when it is asked for.

    ``strings`` are their texts, stripped.
    """

    def __init__(self, document: Document) -> None:
        look = document.analysis(Look)
        self.strings = look.strings
        self._look = look
        self._made: dict[int, Line] = {}

    def __len__(self) -> int:
        return len(self.strings)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        index = index + len(self) if index < 0 else index
        if index not in self._made:
            self._made[index] = self._make(index)
        return self._made[index]

    @cached_property
    def spacing(self) -> float:
        """The share of lines that follow a blank one."""
        gaps = len([1 for number, later in pairwise(self.numbers) if later - number > 1])
        return gaps / max(len(self.numbers), 1)

    @property
    def spaced(self) -> bool:
        """Whether blank lines tell paragraphs apart."""
        return self.spacing >= _SPACED

    @property
    def marked(self) -> bool:
        """Whether a table of contents may be among them."""
        return self._look.marked

    @cached_property
    def numbers(self) -> list[int]:
        """Which lines of the document they are, from 0, blank ones counted."""
        return self._look.numbers

    @cached_property
    def _starts(self) -> list[int]:
        """Offset of every line, blank ones too, less a line feed each."""
        return [0, *accumulate(map(len, self._look.raw))]

    def _make(self, index: int) -> Line:
        numbers, look, text = self.numbers, self._look, self.strings[index]
        number = numbers[index]
        start = self._starts[number] + number * look.step
        end = start + len(look.raw[number].rstrip("\r\n"))
        gap = number > (numbers[index - 1] + 1 if index else 0)
        kind = Kind.GUARDED if index in look.fenced else kind_of(text)
        return Line(number, start, end, text, kind, gap)
