"""Which lines deserve a look: prose is told apart by length and ending alone, before any line is scored.

In a text of prose only short open lines, and lines at head and tail, that hold a stock
phrase, a date or a number are looked at, with the short lines around them. A page
flattened to text is short open lines throughout, and is scored whole if one of them
tells. This module is all that clean text needs: it imports and compiles next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from seedlint.chrome.folding import fold
from seedlint.chrome.tables import rows

if TYPE_CHECKING:
    from seedlint.document import Document

SHORT_PAGE = 25  # lines up to which a page is short: its averages say less
_SHORT = 60  # characters up to which a line is short; stock lines of the longest kinds stay below
_VERY_SHORT = 24
_LONG = 400
_CLOSED = frozenset("。！？；…”」』.!?;,，、`{}\\)]")
_STRUCTURE = frozenset("#|`<!>=~$*")
_PAGE = 0.55  # share of open short lines from which a text is a page
_FEW = 0.2  # the same up to which a text is prose
_TELLING = 0.04  # share of lines that tell on a page; no labelled page has less
_EXCERPT = 0.3  # the same for a text of few lines
_RUN = 4  # open short lines in a row that make a run
_NEAR = 6  # lines around a telling one that are looked at too
_EDGE = 6  # lines at head and tail where longer lines are looked at too
_MARKS = "•·|-–—[]()（）【】<>《》«»:：* "
_FENCED = frozenset("`~>")
_FENCES = ("```", "~~~")
_ITEMS = frozenset("-+[0123456789")
TOP = 80  # lines from the head among which a table of contents is looked for
TAIL = 500  # characters within which the last line is looked for
_MARKERS = frozenset("•·○●▪◦∙‣0123456789")
_MARKED = r"[•·○●▪◦∙‣]|\d{1,2}(?:[、．]?|(?:\.\d{1,2})+[.、．]?)\s"
_PARTS = r"[:：|/／丨｜·•»›>]"
_NUMBER = r"\W*\d[\d\s,.:/()|-]*\w{0,3}\W*|.{0,16}(?:\d{4}[-/.年]\s?\d{1,2}|\d{1,2}[:：]\d{2}|[©ⓒ]).*"
_NUMBERED = r"[\d©ⓒ]"
_WORD = r"[^\W\d_]{2,}"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class _Telling:
    """What the first look at a line needs, from gate.tsv, made by tools/build_chrome_lexicon.py."""

    def __init__(self) -> None:
        strong, words, labels, whole = (row.split("\t") for row in rows("gate.tsv"))
        self.strong = _grouped(strong)
        """Phrases nobody writes in prose, in scripts without spaces, by their rarest character."""
        self.words = _grouped(words)
        """Those in spaced scripts, by their longest word."""
        self.labels = frozenset(labels)
        self.whole = frozenset(whole)

    def phrases(self, text: str) -> list[str]:
        """The strong phrases that stand in ``text``, in normal form but for its line ends."""
        found = [*(self.strong.keys() & set(text)), *(self.words.keys() & set(_words(text)))]
        near = (phrase for key in found for phrase in (self.strong.get(key) or self.words[key]))
        return [phrase for phrase in near if phrase in text]


def _grouped(pairs: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for pair in pairs:
        key, _, phrase = pair.partition("=")
        groups.setdefault(key, []).append(phrase)
    return groups


_telling = cache(_Telling)


def _words(text: str) -> list[str]:
    return _compiled(_WORD).findall(text)


def _says(plain: str, *, loosely: bool) -> bool:
    """Whether a line in normal form is a stock phrase, begins with a label, or is a date or number.

    ``loosely`` lets a label stand anywhere.
    """
    known = _telling()
    if plain.strip(_MARKS) in known.whole:
        return True
    if _compiled(_NUMBERED).search(plain) and _compiled(_NUMBER).fullmatch(plain):
        return True
    first, _, rest = plain.partition(" ")
    if rest and first.strip(_MARKS) in known.labels:
        return True
    if loosely and not known.labels.isdisjoint(plain.split()[:-1]):
        return True
    parts = [bare for part in _compiled(_PARTS).split(plain) if (bare := part.strip(_MARKS))]
    if len(parts) > 1:
        ends = {part.rpartition(" ")[2] for part in parts[:-1]}
        return not known.labels.isdisjoint(parts[:-1]) or not known.labels.isdisjoint(ends) or _mostly(parts)
    return len(plain) <= _SHORT and _mostly(plain.split())


def _seems_told(plain: str) -> bool:
    """Whether a line of a text of few lines tells, or has a label's colon or a number."""
    return _compiled(r"[:：\d]").search(plain) is not None or _says(" ".join(plain.split()), loosely=True)


def _mostly(parts: Sequence[str]) -> bool:
    """Whether half of several parts of a line are stock phrases."""
    return len(parts) > 1 and len([part for part in parts if part in _telling().whole]) * 2 >= len(parts)


class Look:
    """What the first look at a text sees.

    ``raw`` are all its lines, with ``step`` more characters between them, ``strings``
    those that are not blank, stripped; ``fenced`` are the indices of those in front
    matter and fenced code.
    """

    def __init__(self, document: Document) -> None:
        self.step, self.raw = _split(document.text)
        stripped = list(map(str.strip, self.raw))
        self.strings = list(filter(None, stripped))
        self._stripped = stripped
        self.fenced = _guarded(self.strings) if _may_guard(document.text) else frozenset()

    @cached_property
    def numbers(self) -> list[int]:
        """Which lines of the document ``strings`` are, from 0."""
        return [number for number, line in enumerate(self._stripped) if line]

    @cached_property
    def short(self) -> list[int]:
        """Indices of the short lines."""
        return [index for index, text in enumerate(self.strings) if len(text) <= _SHORT]

    @cached_property
    def brief(self) -> list[int]:
        """Indices of short lines that do not close like a sentence and bear no Markdown."""
        strings = self.strings
        short = [
            at for at in self.short if strings[at][-1] not in _CLOSED and strings[at][0] not in _STRUCTURE
        ]
        return [at for at in short if at not in self.fenced and "]:" not in strings[at]]

    def _edges(self) -> list[int]:
        """The lines at head and tail that are not too long."""
        count = len(self.strings)
        near = range(count) if count <= 2 * _EDGE else (*range(_EDGE), *range(count - _EDGE, count))
        return [
            index
            for index in near
            if len(text := self.strings[index]) <= _LONG
            and text[0] not in _STRUCTURE
            and index not in self.fenced
            and not (text[0] == "[" and "]:" in text)
        ]

    def _exclaimed(self) -> list[int]:
        """Very short lines that close like a sentence."""
        near = ((index, self.strings[index]) for index in self.short)
        return [
            index
            for index, text in near
            if len(text) <= _VERY_SHORT and text[-1] in _CLOSED and text[0] not in _STRUCTURE
        ]

    @cached_property
    def telling(self) -> set[int]:
        """Indices of the lines that may hold a stock phrase that tells, or are one."""
        loud = self._exclaimed()
        looked = sorted({*self.brief, *self._edges()})
        if not loud and not looked:
            return set()
        lines = [" ".join(line.split()) for line in self._folded([*looked, *loud])]
        phrases = _telling().phrases("\n".join(lines))
        said = {
            index
            for index, line in zip(looked, lines, strict=False)
            if _says(line, loosely=not self.is_prose)
        }
        if phrases:
            said.update(at for at, line in zip([*looked, *loud], lines, strict=True) if _holds(line, phrases))
        return said

    def _folded(self, indices: Iterable[int]) -> list[str]:
        return fold("\n".join([self.strings[index] for index in indices])).split("\n")

    @cached_property
    def is_open(self) -> bool:
        """Whether most lines are short and open: a page flattened to text, or wrapped prose."""
        share = _PAGE if len(self.strings) > SHORT_PAGE else _EXCERPT
        return len(self.brief) > share * len(self.strings)

    @cached_property
    def is_page(self) -> bool:
        """Whether this is a page flattened to text: short open lines, of which enough tell."""
        if not self.is_open:
            return False
        if len(self.strings) > SHORT_PAGE:
            return len(self.telling) >= _TELLING * len(self.strings)
        return len(self.brief) >= _RUN or any(map(_seems_told, self._folded(self.brief)))

    @property
    def is_wrapped(self) -> bool:
        """Whether short open lines are what is left of wrapped paragraphs, or code: hardly any tells."""
        return self.is_open and not self.is_page

    @property
    def is_prose(self) -> bool:
        """Whether short open lines are few."""
        return len(self.brief) <= _FEW * len(self.strings)

    @cached_property
    def runs(self) -> tuple[int, ...]:
        """Indices of short open lines of which four and more follow each other.

        In prose list items do not count, and lines that are wrapped make no run.
        """
        if self.is_wrapped:
            return ()
        plain = [at for at in self.brief if not self.is_prose or self.strings[at][0] not in _ITEMS]
        return tuple(_runs(plain))

    @cached_property
    def tells(self) -> bool:
        """Whether any line deserves to be scored."""
        return self.is_page or bool(self.telling or self.runs)

    @cached_property
    def marked(self) -> bool:
        """Whether a short line near the head begins with a bullet or number that is no Markdown."""
        top = [text for text in self.strings[:TOP] if text[0] in _MARKERS and len(text) <= _SHORT]
        return any(map(_compiled(_MARKED).match, top))

    def around(self, found: Collection[int]) -> Iterable[int]:
        """Indices of the lines to be scored where those ``found`` tell."""
        if self.is_page or (found and len(self.strings) <= SHORT_PAGE):
            return range(len(self.strings))
        near = {*found, *self.runs}
        return near.union(self._company(near)) if near else ()

    def _company(self, found: Iterable[int]) -> Iterator[int]:
        """The short lines right around those found, up to the next long one."""
        strings = self.strings
        for index in found:
            for step in (-1, 1):
                at = index + step
                while 0 <= at < len(strings) and abs(at - index) <= _NEAR and len(strings[at]) <= _SHORT:
                    yield at
                    at += step


def _runs(indices: Sequence[int]) -> Iterator[int]:
    """Those of ``indices`` that follow each other, four and more, blank lines apart."""
    run: list[int] = []
    for index in indices:
        if run and index - run[-1] > 1:
            yield from run if len(run) >= _RUN else ()
            run = []
        run.append(index)
    yield from run if len(run) >= _RUN else ()


def tells(document: Document) -> bool:
    """Whether a line of the document deserves to be scored, or may begin a table of contents."""
    look = document.analysis(Look)
    return look.tells or look.marked


def ends(document: Document) -> bool:
    """The same, or whether there is an image, which may lack a description."""
    return "![" in document.text or document.analysis(tells)


def credits_somebody(document: Document) -> bool:
    """The same, or whether there is a link near the tail, which may lead back to the source."""
    return "](" in document.text[-TAIL:] or document.analysis(tells)


def is_of_a_set(document: Document) -> bool:
    """Whether it is known what other files share with this one."""
    return document.template is not None


def _holds(line: str, phrases: Sequence[str]) -> bool:
    return any(phrase in line for phrase in phrases)


def _split(text: str) -> tuple[int, list[str]]:
    """The lines, which end at LF, CRLF and CR only, and how many characters they lack of their ends."""
    if "\r" not in text or text.count("\r") == text.count("\r\n"):
        return 1, text.split("\n")
    return 0, _compiled(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z|\Z").findall(text)


def _may_guard(text: str) -> bool:
    return text.startswith("---") or any(fence in text for fence in _FENCES)


def _guarded(strings: Sequence[str]) -> frozenset[int]:
    """Indices of the lines in front matter and in fenced code, from the opening fence to the closing one."""
    inside = [*range(_front_matter(strings))]
    opened, fence = 0, ""
    for index in [index for index, text in enumerate(strings) if text[0] in _FENCED]:
        text = strings[index].lstrip("> \t")
        mark = text[: len(text) - len(text.lstrip(text[:1]))]
        if not fence and mark[:3] in _FENCES and mark[0] not in text[len(mark) :]:
            opened, fence = index, mark
        elif fence and text.startswith(fence) and not text.strip("`~"):
            inside += range(opened, index + 1)
            fence = ""
    return frozenset([*inside, *range(opened, len(strings))] if fence else inside)


def _front_matter(strings: Sequence[str]) -> int:
    """How many lines, that are not blank, the front matter has."""
    if strings[:1] != ["---"]:
        return 0
    ends = (index + 1 for index, text in enumerate(strings) if index and text in ("---", "..."))
    return next(ends, 0)
