"""Comments in a text that allow damage: ``<!-- seedlint: allow byte-slip -- because -->``.

``allow`` is about its own line, or about the next line of text when it stands alone on
its line; ``allow-start`` and ``allow-end`` enclose a block; ``allow-file`` is about the
whole file. Names, codes or prefixes of codes say which rules; none means every rule.
What comes behind ``--`` is the reason. A comment that cannot be understood allows nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import islice
from typing import NamedTuple

from seedlint.diagnostic import Diagnostic, Span
from seedlint.regions import Region, Regions

_MARK = "seedlint:"
_EVERY = ("ALL",)
_HTML = ("<!--", "-->")
# What begins a comment, and what ends it where that is not the end of the line; by extension.
_STYLES: dict[tuple[str, str], str] = {
    _HTML: ".md .markdown .mkd .mdx .htm .html .svg .vue .wiki .xml",
    ("#", ""): ".cfg .conf .ini .org .pl .po .pot .properties .ps1 .py .pyi .r .rb .sh .toml .yaml .yml",
    (
        "//",
        "",
    ): ".adoc .asciidoc .c .cc .cpp .cs .go .h .hpp .java .js .jsx .kt .php .rs .scala .strings .swift"
    " .ts .tsx",
    (
        "/*",
        "*/",
    ): ".c .cc .cpp .cs .css .go .h .hpp .java .js .jsx .kt .mdx .php .rs .scala .strings .swift .ts .tsx",
    ("%", ""): ".tex",
    ("..", ""): ".rst",
    (";", ""): ".ass .ini .ssa",
    ("--", ""): ".lua .sql",
    ("NOTE", ""): ".vtt",
}


class Word(NamedTuple):
    """A name, code or prefix in a comment, and where it stands."""

    text: str
    span: Span

    def means(self, diagnostic: Diagnostic) -> bool:
        """Whether it stands for the rule of a diagnostic."""
        by_name = self.text in ("ALL", diagnostic.name)
        return by_name or diagnostic.code.startswith(self.text.upper())


class Directive(NamedTuple):
    """One comment; ``scope`` is where a diagnostic must begin to be allowed by it.

    ``words`` are empty where every rule is allowed. ``closing`` is the comment that ends
    a block. ``problem`` says why the comment cannot be understood.
    """

    span: Span
    verb: str
    words: tuple[Word, ...]
    scope: Span
    closing: Span | None = None
    problem: str = ""

    def allows(self, diagnostic: Diagnostic) -> str | None:
        """The selector that allows a diagnostic: a word, or ``ALL`` for a comment without one."""
        if not self.words:
            return "ALL"
        return next((word.text for word in self.words if word.means(diagnostic)), None)

    @property
    def comments(self) -> tuple[Span, ...]:
        """The comment, and the one that closes its block."""
        return (self.span,) if self.closing is None else (self.span, self.closing)

    @property
    def selectors(self) -> tuple[str, ...]:
        """What it allows."""
        return tuple(word.text for word in self.words) or _EVERY


class Fault(NamedTuple):
    """A comment that is of no use: ``idle`` words allow nothing, or ``problem`` says what is wrong.

    Of a comment without words ``ALL`` is idle.
    """

    directive: Directive
    idle: tuple[str, ...] = ()
    problem: str = ""


class Allowance(NamedTuple):
    """Which comment of a text, counted from 0, allows a diagnostic, and by which selector."""

    comment: int
    selector: str


@cache
def _pattern(suffix: str) -> re.Pattern[str] | None:
    """The comments of seedlint in files of this extension; None where they have no comments."""
    styles = [style for style, suffixes in _STYLES.items() if suffix in suffixes.split()]
    forms = [_form(*style) for style in styles]
    return re.compile("|".join(forms), re.MULTILINE) if forms else None


def _form(opening: str, closing: str) -> str:
    start = re.escape(opening) if closing else rf"(?:(?<=\s)|^){re.escape(opening)}+"
    end = re.escape(closing) if closing else r"(?=[\r\n]|\Z)"
    inside = rf"(?:(?!{re.escape(opening)})[^\r\n])*?" if closing else r"[^\r\n]*?"
    return rf"{start}[ \t]*{_MARK}{inside}{end}"


_CONTENT = rf"{_MARK}[ \t]*(?P<verb>(?:\w+(?:-\w+)*)?)(?P<words>(?:(?!--|\*/)[^\r\n])*)"
_WORD = r"[^\s,]+"
_VERBS = ("allow", "allow-file", "allow-start", "allow-end")
_MOST = 1000  # comments understood in one text, so that a hostile one does not cost hours


class Suppressions:
    """The comments of one text, in order."""

    def __init__(self, directives: Iterable[Directive] = ()) -> None:
        self.directives = tuple(directives)
        lengths = [(one.scope.end - one.scope.start, at) for at, one in enumerate(self.directives)]
        self._inner_first = [at for _, at in sorted(lengths) if self._works(self.directives[at])]

    @staticmethod
    def _works(one: Directive) -> bool:
        return not one.problem and one.verb != "allow-end"

    @classmethod
    def of(cls, text: str, path: str | None, regions: Callable[[], Regions]) -> Suppressions:
        """Find the comments of a text; one that is quoted in code is none."""
        suffix = os.path.splitext(path)[1].lower() if path not in (None, "-") else ".md"
        pattern = _pattern(suffix) if _MARK in text else None
        matches = islice(pattern.finditer(text), _MOST + 1) if pattern else ()
        found = [_directive(text, Span(*match.span())) for match in matches]
        if suffix in _STYLES[_HTML].split():
            found = [one for one in found if _is_comment(one.span, regions())]
        return cls(_enclosed(_reaching(text, found)))

    def __bool__(self) -> bool:
        return bool(self.directives)

    def allowing(self, diagnostic: Diagnostic) -> Allowance | None:
        """What allows a diagnostic: of the comments about the place where it begins, the innermost."""
        at = diagnostic.span.start
        for index in self._inner_first:
            one = self.directives[index]
            selector = one.allows(diagnostic) if one.scope.start <= at <= one.scope.end else None
            if selector is not None:
                return Allowance(index, selector)
        return None


def _is_comment(span: Span, regions: Regions) -> bool:
    return any(kind is Region.MARKUP for _, kind in regions.overlapping(span))


def _directive(text: str, span: Span) -> Directive:
    content = re.compile(_CONTENT).search(text, *span)
    assert content is not None
    verb, start = content["verb"], content.start("words")
    words = tuple(
        Word(one[0], Span(*one.span()))
        for one in re.compile(_WORD).finditer(text, start, content.end("words"))
    )
    known = ", ".join(_VERBS)
    problem = "" if verb in _VERBS else f"seedlint knows {known}, not {verb or 'an empty comment'!a}"
    return Directive(span, verb, words, Span(0, len(text)), problem=problem)


def _reaching(text: str, found: list[Directive]) -> list[Directive]:
    """The same comments, those about a line with its place: their own, or the next that has text."""
    reaching: list[Directive] = []
    below: tuple[int, int] = (-1, -1)  # start of a comment alone on its line, and where it reaches
    for one in reversed(found):
        start, end = _line(text, one.span.start).start, _line(text, one.span.end).end
        if is_alone(text, one.span) and one.verb == "allow":
            following = re.compile(r"\S").search(text, one.span.end)
            end = _line(text, following.start()).end if following else len(text)
            end = below[1] if following and following.start() == below[0] else end
            below = (one.span.start, end)
        reaching.append(one._replace(scope=Span(start, end)) if one.verb == "allow" else one)
    return reaching[::-1]


def is_alone(text: str, span: Span) -> bool:
    """Whether nothing else stands on the line of a comment."""
    start, end = _line(text, span.start).start, _line(text, span.end).end
    return not (text[start : span.start] + text[span.end : end]).strip()


def _line(text: str, offset: int) -> Span:
    """The line around an offset, without its line end."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    ends = (text.find(char, offset) for char in "\r\n")
    return Span(start, min((end for end in ends if end >= 0), default=len(text)))


def _enclosed(found: list[Directive]) -> list[Directive]:
    """The same comments, blocks with their ends; a start or end without the other is a problem."""
    open_: list[int] = []
    for index, one in enumerate(found):
        if index >= _MOST:
            found[index] = one._replace(problem=f"more than {_MOST} comments of seedlint in one text")
        elif one.verb == "allow-start":
            open_.append(index)
            found[index] = one._replace(problem="the block has no allow-end")
        elif one.verb == "allow-end" and open_:
            at = open_.pop()
            scope = Span(found[at].span.start, one.span.end)
            found[at] = found[at]._replace(scope=scope, closing=one.span, problem="")
        elif one.verb == "allow-end":
            found[index] = one._replace(problem="there is no allow-start for this end")
    return found
