"""Which lines deserve a look: prose is told apart by length and ending alone, before any line is scored.

In a text of prose only short open lines, and lines at head and tail, that hold a stock
phrase, a date or a number are looked at, with the short lines around them. A page
flattened to text is short open lines throughout, and is scored whole if one of them
tells. This module is all that clean text needs: it imports and compiles next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import groupby, pairwise, takewhile
from typing import TYPE_CHECKING

from seedlint.chrome.telling import is_stock, normals, saying, seems_told, spoken

if TYPE_CHECKING:
    from seedlint.document import Document

SHORT_PAGE = 25  # lines up to which a page is short: its averages say less
_SHORT = 60  # characters up to which a line is short; stock lines of the longest kinds stay below
_VERY_SHORT = 24
_LONG = 400
_CLOSED = frozenset("。！？；…”」』.!?;,，、:：`{}\\)]\"'")
_COLONS = frozenset(":：")
_STRUCTURE = frozenset("#|`<!>=~$*")
_SENTENCES = dict.fromkeys("。！？”」』", 18) | dict.fromkeys(".!?…\"'", 40)
"""How long a line is that closes like that and is prose."""
_PROSE = 0.01  # share of such lines above which a text has prose
_CODE = frozenset("`;{}()[]\\/>=|*_")
_PAGE = 0.55  # share of open short lines from which a text is a page
_FEW = 0.2  # the same up to which a text is prose
_TELLING = 0.04  # share of lines that tell on a page; no labelled page has less
_EXCERPT = 0.3  # the same for a text of few lines
_RUN = 4  # open short lines in a row that make a run
_SCARCE = 4  # short open lines up to which each is looked at
_RARE = 12  # open short lines up to which they are rare
_NEAR = 6  # lines around a telling one that are looked at too
_FIRST, _LAST = 4, 6  # lines at head and tail where longer lines are looked at too
_FAR = 40  # lines from head and tail within which very short closed lines are looked at too
_INDENT = ("    ", "\t")
_MARKDOWN = (".md", ".markdown", ".mkd", ".mdx")
_TYPESET = (".adoc", ".asc", ".asciidoc", ".org", ".rst", ".tex")  # written by hand, never copied from pages
_FENCED = frozenset("`~>")
_FENCES = ("```", "~~~")
_ITEMS = frozenset("-+[0123456789")
TOP = 80  # lines from the head among which a table of contents is looked for
TAIL = 500  # characters within which the last line is looked for
_MARKERS = frozenset("•·○●▪◦∙‣0123456789")
_MARKED = r"[•·○●▪◦∙‣]|\d{1,2}(?:[、．]?|(?:\.\d{1,2})+[.、．]?)\s"
_RECORD = 40  # lines of front matter inside a text
_ROWS = 4  # lines one after another with a bar in one place that make a table
_RULE = r"[ |:-]*-[ :]*\|[ |:-]*"
_HEADERS = 2  # fields of a mail or commit one after another
_FIELD = (
    r"(?:Author(?:Date)?|Cc|Commit(?:Date|ter)?|Date|From|Merge|Message-ID|Subject|To): "
    r"|commit [0-9a-f]{7,40}\b"
)
_KEY = r"[A-Za-z_][\w -]{0,30}:(?:\s|$)|-\s"
_WIDE = 28  # mean length of open short lines from which they may be wrapped prose
_NARROW = 40  # characters up to which a line of wrapped prose is looked at
_SAMPLE = 64  # of so many open short lines it is asked first whether they tell


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class Look:
    """What the first look at a text sees.

    ``raw`` are all its lines, with ``step`` more characters between them, ``strings``
    those that are not blank, stripped; ``fenced`` are the indices of those in front
    matter and code.
    """

    def __init__(self, document: Document) -> None:
        self.step, self.raw = _split(document.text)
        stripped = list(map(str.strip, self.raw))
        self.strings = list(filter(None, stripped))
        self._stripped = stripped
        self.fenced = _guarded(self.strings) if may_guard(document.text) else frozenset()
        if " --> " in document.text:
            self.fenced = self.fenced.union(_subtitles(self.strings))
        if "  |" in document.text:
            self.fenced = self.fenced.union(_table(self.strings))
        if "-|" in document.text or "- |" in document.text:
            self.fenced = self.fenced.union(_ruled_table(self.strings))
        if "<!--" in document.text:
            self.fenced = self.fenced.union(_comments(self.strings))
        if "\nDate: " in document.text:
            self.fenced = self.fenced.union(_headers(self.strings))
        if (document.path or "").endswith(_MARKDOWN):
            self.fenced = self.fenced.union(self._indented())
        elif (document.path or "").endswith(_TYPESET):
            self.fenced = frozenset(range(len(self.strings)))
        self._refers = "]:" in document.text

    def _indented(self) -> list[int]:
        """Indices of indented lines, which are code in Markdown."""
        return [at for at, number in enumerate(self.numbers) if self.raw[number].startswith(_INDENT)]

    @cached_property
    def numbers(self) -> list[int]:
        """Which lines of the document ``strings`` are, from 0."""
        return [number for number, line in enumerate(self._stripped) if line]

    @cached_property
    def _plain(self) -> list[int]:
        """Indices of short lines that bear no Markdown and are no code."""
        fenced, strings = self.fenced, self.strings
        short = [at for at, text in enumerate(strings) if len(text) <= _SHORT and text[0] not in _STRUCTURE]
        return [at for at in short if at not in fenced] if fenced else short

    @cached_property
    def brief(self) -> list[int]:
        """Indices of short lines that do not close like a sentence and bear no Markdown."""
        strings = self.strings
        found = [at for at in self._plain if strings[at][-1] not in _CLOSED]
        return [at for at in found if "]:" not in strings[at]] if self._refers else found

    def _edges(self) -> list[int]:
        """The lines at head and tail that are not too long."""
        count = len(self.strings)
        near = range(count) if count <= _FIRST + _LAST else (*range(_FIRST), *range(count - _LAST, count))
        return [
            index
            for index in near
            if len(text := self.strings[index]) <= _LONG
            and text[0] not in _STRUCTURE
            and index not in self.fenced
            and not (text[0] == "[" and "]:" in text)
        ]

    def _exclaimed(self) -> list[int]:
        """Very short lines that close with a colon, or like a sentence not far from head or tail."""
        plain, strings, tail = self._plain, self.strings, len(self.strings) - _FAR
        closed = [at for at in plain if len(text := strings[at]) <= _VERY_SHORT and text[-1] in _CLOSED]
        return [at for at in closed if at < _FAR or at >= tail or strings[at][-1] in _COLONS]

    @cached_property
    def telling(self) -> frozenset[int]:
        """Indices of the lines that may hold a stock phrase that tells, or are one."""
        if self._seems_wrapped:
            narrow = [index for index in self.brief if len(self.strings[index]) <= _NARROW]
            return self._told(sorted({*narrow, *self._edges()}), [])
        return self._told(sorted({*self.brief, *self._edges()}), self._exclaimed())

    def _told(self, looked: Sequence[int], loud: Sequence[int]) -> frozenset[int]:
        """Those that tell; those that close, ``loud``, only by a phrase."""
        if not (loud or looked):
            return frozenset()
        asked = [*looked, *loud]
        lines = normals([self.strings[index] for index in asked])
        said = saying(lines[: len(looked)], loosely=not self.is_prose)
        stock = (index for index in range(len(looked), len(lines)) if is_stock(lines[index]))
        return frozenset([asked[place] for place in {*said, *stock, *spoken(lines)}])

    @cached_property
    def _seems_wrapped(self) -> bool:
        """Whether many open lines are rather long, and of a sample of them hardly any tells."""
        brief, strings = self.brief, self.strings
        if len(brief) < 2 * _SAMPLE or not self.is_open:
            return False
        if sum([len(strings[index]) for index in brief]) < _WIDE * len(brief):
            return False
        sample = brief[:: len(brief) // _SAMPLE]
        return len(self._told(sample, [])) <= _TELLING * len(sample)

    @cached_property
    def is_open(self) -> bool:
        """Whether most lines are short and open: a page flattened to text, or wrapped prose."""
        share = _PAGE if len(self.strings) > SHORT_PAGE else _EXCERPT
        return len(self.brief) > share * len(self.strings)

    @cached_property
    def is_page(self) -> bool:
        """Whether this is a page flattened to text: short open lines, of which enough tell."""
        if not self.is_open or self._seems_wrapped:
            return False
        if len(self.strings) > SHORT_PAGE:
            return len(self.telling) >= _TELLING * len(self.strings)
        if len(self.brief) >= _RUN:
            return True
        return any(map(seems_told, normals([self.strings[index] for index in self.brief])))

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
        """Indices of short open lines of which four and more follow each other, two where they are rare.

        In prose list items do not count, and lines that are wrapped make no run.
        """
        if self.is_wrapped:
            return ()
        plain = [at for at in self.brief if not self.is_prose or self.strings[at][0] not in _ITEMS]
        return tuple(_runs(plain, _RUN if len(self.brief) > _RARE else 2))

    @cached_property
    def scarce(self) -> list[int]:
        """Indices of the short open lines but the first where a text has hardly any."""
        found = [index for index in self.brief if index]
        return found if len(found) <= _SCARCE else []

    @cached_property
    def tells(self) -> bool:
        """Whether any line deserves to be scored."""
        return self.is_page or bool(self.telling or self.runs or self.scarce)

    @cached_property
    def has_prose(self) -> bool:
        """Whether some lines are long and close like a sentence: lists of words and tables have none."""
        prose = [1 for text in self.strings if len(text) >= _SENTENCES.get(text[-1], _LONG)]
        return len(prose) > _PROSE * len(self.strings)

    @cached_property
    def markup(self) -> float:
        """The share of lines that begin or end as those of markup or code do."""
        lines = [
            text for text in self.strings if text[0] in _STRUCTURE or text[-1] in _CODE or text[:2] == "- "
        ]
        return len(lines) / max(len(self.strings), 1)

    @cached_property
    def marked(self) -> bool:
        """Whether a short line near the head begins with a bullet or number that is no Markdown."""
        top = [text for text in self.strings[:TOP] if text[0] in _MARKERS and len(text) <= _SHORT]
        return any(map(_compiled(_MARKED).match, top))

    def company(self, found: Iterable[int]) -> Iterator[int]:
        """The short open lines right around those found, and the short line that ends them."""
        strings, open_lines = self.strings, self._open
        for index in found:
            for step in (-1, 1):
                at = index + step
                while 0 <= at < len(strings) and abs(at - index) <= _NEAR and len(strings[at]) <= _SHORT:
                    yield at
                    if at not in open_lines:
                        break
                    at += step

    @cached_property
    def _open(self) -> frozenset[int]:
        return frozenset(self.brief)


def _runs(indices: Sequence[int], least: int) -> Iterator[int]:
    """Those of ``indices`` that follow each other, ``least`` and more, blank lines apart."""
    run: list[int] = []
    for index in indices:
        if run and index - run[-1] > 1:
            yield from run if len(run) >= least else ()
            run = []
        run.append(index)
    yield from run if len(run) >= least else ()


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


def _split(text: str) -> tuple[int, list[str]]:
    """The lines, which end at LF, CRLF and CR only, and how many characters they lack of their ends."""
    if "\r" not in text or text.count("\r") == text.count("\r\n"):
        return 1, text.split("\n")
    return 0, _compiled(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z|\Z").findall(text)


def _subtitles(strings: Sequence[str]) -> Iterator[int]:
    """Indices of the numbers and times of subtitles."""
    for index, text in enumerate(strings):
        if " --> " in text and text[0].isdigit():
            yield index
            if index and strings[index - 1].isdigit():
                yield index - 1


def _table(strings: Sequence[str]) -> Iterator[int]:
    """Indices of the rows of tables whose columns a bar divides."""
    for place, rows in groupby(range(len(strings)), lambda at: strings[at].find("|")):
        found = list(rows)
        if place > 0 and len(found) >= _ROWS:
            yield from found


def _ruled_table(strings: Sequence[str]) -> Iterator[int]:
    """Indices of the rows of Markdown's tables, told by the rule below their head."""
    rules = [at for at, text in enumerate(strings) if at and _compiled(_RULE).fullmatch(text)]
    for rule in rules:
        yield rule - 1
        yield from takewhile(lambda at: "|" in strings[at], range(rule, len(strings)))


def _comments(strings: Sequence[str]) -> Iterator[int]:
    """Indices of the lines of comments of HTML that have lines of their own."""
    inside = False
    for index, text in enumerate(strings):
        opens = text.startswith("<!--")
        if inside or opens:
            yield index
        inside = (inside or opens) and "-->" not in text


def _headers(strings: Sequence[str]) -> Iterator[int]:
    """Indices of the lines that head a mail or a commit."""
    field = _compiled(_FIELD)
    for headed, lines in groupby(range(len(strings)), lambda at: field.match(strings[at]) is not None):
        found = list(lines)
        if headed and len(found) >= _HEADERS:
            yield from found


def may_guard(text: str) -> bool:
    """Whether a text may have front matter or fenced code."""
    return text.startswith("---") or "\n---\n" in text or any(fence in text for fence in _FENCES)


def _guarded(strings: Sequence[str]) -> frozenset[int]:
    """Indices of the lines in front matter and in fenced code, from the opening fence to the closing one."""
    inside = [*range(_front_matter(strings)), *(_records(strings) if strings.count("---") > 1 else ())]
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


def _records(strings: Sequence[str]) -> Iterator[int]:
    """Indices of the lines of front matter that stands inside, where files were joined."""
    rules = [index for index, text in enumerate(strings) if text == "---"]
    for opened, closed in pairwise(rules):
        between = strings[opened + 1 : closed]
        if 0 < len(between) <= _RECORD and all(map(_compiled(_KEY).match, between)):
            yield from range(opened, closed + 1)


def _front_matter(strings: Sequence[str]) -> int:
    """How many lines, that are not blank, the front matter has."""
    if strings[:1] != ["---"]:
        return 0
    ends = (index + 1 for index, text in enumerate(strings) if index and text in ("---", "..."))
    return next(ends, 0)
