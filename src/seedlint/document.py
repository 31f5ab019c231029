"""One decoded text: lossless against its bytes, with lines, regions and its unusual characters."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import TypeVar

from seedlint.charclass import CharacterClass
from seedlint.diagnostic import Location, Position, Span
from seedlint.regions import Regions
from seedlint.suppressions import Fault, Suppressions

_T = TypeVar("_T")
UNUSUAL = CharacterClass.spanning(
    "^\t\n\r -~\u4e00-\u9fff\uac00-\ud7a3\u3041-\u3096\u309d-\u30ff\u3001-\u3003\u3005-\u3011\u3014-\u301f"
    "\uff01-\uff0f\uff1a-\uff1f\u2018\u2019\u201c\u201d\u2014\u2026"
)
"""What is none of the letters, ideographs, syllables and marks that any text is made of."""
_IDEOGRAPHS = CharacterClass.spanning("\u3400-\u9fff")
_LINE_END = re.compile(r"\r\n|\n|\r")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FEW = 16  # lines looked for one by one before all are counted
_CONTEXT = 80  # characters shown on either side of a place
_EXCERPT = 160  # characters of a place shown


def is_ideographic(document: Document) -> bool:
    """Whether a document holds ideographs; a gate of rules."""
    return document.ideographic


def has_comments(document: Document) -> bool:
    """Whether a document holds comments of seedlint; a gate of rules."""
    return bool(document.suppressions)


def encode(text: str, encoding: str) -> bytes:
    """``text`` as bytes; stray bytes as they were, other lone surrogates in the three bytes of CESU-8.

    Raises UnicodeEncodeError for a character that ``encoding`` does not have.
    """
    try:
        return text.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        return text.encode(encoding, "surrogatepass")


def reads_back(text: str, encoding: str) -> bool:
    """Whether ``text`` surely is what its bytes read as: in UTF-8, where no half of a pair and no stray
    byte stands, which beside another may make a character."""
    return encoding == "utf-8" and _SURROGATE.search(text) is None


class Document:
    """A text and what is known of it; never changed, so everything is worked out once.

    ``text`` holds undecodable bytes as lone surrogates U+DC80 to U+DCFF, so that
    encoding it again gives the bytes of the file. ``idle_comments`` are the suppressions
    of no use, empty until the engine has judged them. ``template`` is what the files of
    a set share (``chrome.sketch.Templates``), None unless the run has one.
    """

    def __init__(
        self,
        text: str,
        *,
        encoding: str = "utf-8",
        path: str | None = None,
        script: str | None = None,
    ) -> None:
        self.text = text
        self.encoding = encoding
        self.path = path
        self.script = script
        self.idle_comments: tuple[Fault, ...] = ()
        self.template: object | None = None
        self._analyses: dict[object, object] = {}
        self._asked = 0

    @classmethod
    def from_bytes(
        cls, data: bytes, *, encoding: str = "utf-8", path: str | None = None, script: str | None = None
    ) -> Document:
        """Decode ``data`` without losing a byte.

        Raises LookupError for an unknown encoding.
        """
        text = data.decode(encoding, "surrogateescape")
        return cls(text, encoding=encoding, path=path, script=script)

    def reread(self, data: bytes, encoding: str) -> Document:
        """The same document read from other bytes or in another encoding; raises LookupError."""
        other = Document.from_bytes(data, encoding=encoding, path=self.path, script=self.script)
        other.template = self.template
        return other

    def with_text(self, text: str) -> Document:
        """The same document holding another text."""
        other = Document(text, encoding=self.encoding, path=self.path, script=self.script)
        other.template = self.template
        return other

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return encode(self.text, self.encoding)

    @cached_property
    def characters(self) -> frozenset[str]:
        """The distinct characters; of a long text `unusual` takes a tenth of the time."""
        return frozenset(self.text)

    @cached_property
    def unusual(self) -> frozenset[str]:
        """The distinct characters beyond those of any text: what triggers of rules are made of."""
        return UNUSUAL.census(self)

    @cached_property
    def ideographic(self) -> bool:
        """Whether there is an ideograph (of the basic plane) in it."""
        return not self.text.isascii() and _IDEOGRAPHS.stands_in(self)

    @cached_property
    def line_starts(self) -> Sequence[int]:
        """Offset of the first character of every line; lines end at LF, CRLF and CR only."""
        if "\r" in self.text:
            return array("Q", chain((0,), (match.end() for match in _LINE_END.finditer(self.text))))
        lengths = map((1).__add__, map(len, self.text.split("\n")[:-1]))
        return array("Q", accumulate(lengths, initial=0))

    @cached_property
    def regions(self) -> Regions:
        """Front matter, code, URLs, markup: where the text is not prose."""
        return Regions(self.text, self.path)

    @cached_property
    def suppressions(self) -> Suppressions:
        """The comments that allow damage."""
        return Suppressions.of(self.text, self.path, lambda: self.regions)

    def with_idle_comments(self, faults: Iterable[Fault]) -> Document:
        """The same document, its comments judged: what is known only when all rules have run."""
        judged = self.with_text(self.text)
        judged.idle_comments = tuple(faults)
        return judged

    def analysis(self, compute: Callable[[Document], _T]) -> _T:
        """The result of ``compute`` on this document, worked out once however many rules ask."""
        if compute not in self._analyses:
            self._analyses[compute] = compute(self)
        return self._analyses[compute]  # type: ignore[return-value]

    def position(self, offset: int) -> Position:
        """Line and column, from 1, of a character offset."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1, offset)

    def line_span(self, offset: int) -> Span:
        """The line around ``offset``, without its line end.

        The first few are looked for around the place; whoever asks for more gets all lines
        counted once, so that many places on one long line cost no more than on many.
        """
        self._asked += 1
        if self._asked > _FEW:
            line = bisect_right(self.line_starts, offset)
            start = self.line_starts[line - 1]
            end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
            return Span(start, end - self._line_end(end) if line < len(self.line_starts) else end)
        if self.text[max(offset - 1, 0) : offset + 1] == "\r\n":
            offset -= 1
        ends = self._line_ends
        start = max((self.text.rfind(char, 0, offset) for char in ends), default=-1) + 1
        found = (self.text.find(char, offset) for char in ends)
        return Span(start, min((end for end in found if end >= 0), default=len(self.text)))

    @cached_property
    def _line_ends(self) -> list[str]:
        return [char for char in "\n\r" if char in self.text]

    def _line_end(self, end: int) -> int:
        return 2 if self.text[end - 2 : end] == "\r\n" else 1

    def locate(self, span: Span) -> Location:
        """Positions of a span and the text around it."""
        line = self.line_span(span.start)
        left = max(line.start, span.start - _CONTEXT)
        right = min(line.end, max(span.end, span.start) + _CONTEXT, span.start + _EXCERPT + _CONTEXT)
        return Location(
            self.position(span.start),
            self.position(span.end),
            self.text[span.start : min(span.end, span.start + _EXCERPT)],
            self.text[left:right],
            span.start - left,
        )
