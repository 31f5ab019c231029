"""invisible-character: zero-width and format characters where no script needs them."""

import re
from functools import cache
from unicodedata import name

from seedlint.channels.suspects import latin_places
from seedlint.language import script_joiners as joiners
from seedlint.language.characters import HANGUL
from seedlint.places import neighbourhoods
from seedlint.rule import (
    EVERYWHERE,
    Diagnostic,
    Document,
    Example,
    Fix,
    Iterator,
    Phase,
    Rule,
    Severity,
    Span,
)

_FILLERS = "\u115f\u1160\u3164\uffa0"
_QUOTES = frozenset("\"'`")
_ORG = frozenset("*/_=~+-[],|#:")
_NEAR = 12  # characters on either side that tell what a soft hyphen is
_CONCERNED = joiners.IGNORABLE + joiners.SELECTORS


@cache
def _candidates() -> re.Pattern[str]:
    return re.compile(f"[{_CONCERNED}]")


@cache
def _pattern() -> re.Pattern[str]:
    """What is needed is consumed first, so that group 1 is what is left over."""
    payload = f"[{joiners.SELECTORS}]{{2,}}"  # hidden text: the business of tag-character
    return re.compile(f"{joiners.NEEDED}|{payload}|([{_CONCERNED}])")


class InvisibleCharacter(Rule):
    """A character that cannot be seen stands where no script needs it.

    Zero-width spaces, joiners, fillers and selectors come along with text copied
    from web pages and chats. Searches miss the word, programs do not compile, and
    two strings that look alike differ. Emoji sequences and the joiners of Arabic,
    Persian, Indic and other scripts stay.
    """

    code = "UNI001"
    phase = Phase.CHARACTERS
    severity = Severity.WARNING
    regions = EVERYWHERE
    triggers = joiners.members(_CONCERNED)
    damaged = (
        Example("零宽\N{ZERO WIDTH SPACE}空格", repaired="零宽空格"),
        Example("pass\N{SOFT HYPHEN}word\N{WORD JOINER}", repaired="password"),
        Example("中\N{VARIATION SELECTOR-16}文", repaired="中文"),
    )
    sound = (
        "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{MICROSCOPE}和❤\N{VARIATION SELECTOR-16}",
        "می\N{ZERO WIDTH NON-JOINER}خواهم",
        "क्\N{ZERO WIDTH JOINER}ष",
        "葛\N{VARIATION SELECTOR-17}飾区にて",
        'SOFT_HYPHEN = "\N{SOFT HYPHEN}"',
        "Auf\N{ZERO WIDTH NON-JOINER}lage",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report every hidden character outside of what scripts and emoji need."""
        for start, end in neighbourhoods(_candidates(), document.text):
            for match in _pattern().finditer(document.text, start, end):
                if match[1] and not _is_meant(document, match.start()):
                    yield self._report(match)

    def _report(self, match: re.Match[str]) -> Diagnostic:
        span = Span(*match.span())
        message = f"{name(match[1], 'unassigned')} <U+{ord(match[1]):04X}> that nothing here needs"
        return self.at(
            span, message, fix=Fix.remove(span, safe=not (_spaces_korean(match) or _is_byte(match)))
        )


def _is_byte(match: re.Match[str]) -> bool:
    """Whether a soft hyphen stands in what a single-byte page made of text: there it is the byte AD."""
    if match[1] != "\N{SOFT HYPHEN}":
        return False
    start, end = match.span()
    before, after = match.string[max(start - 1, 0) : start], match.string[end : end + 1]
    if not (before + after).isascii() and not (before.isalpha() and after.isalpha() and after.islower()):
        return True
    around = match.string[max(start - _NEAR, 0) : start] + match.string[end : end + _NEAR]
    return any(latin_places(Document(around)))


def _spaces_korean(match: re.Match[str]) -> bool:
    """Whether it is a blank of Korean beside hangul, where an author may mean the space that it takes."""
    beside = match.string[max(match.start() - 1, 0) : match.end() + 1]
    return match[1] in _FILLERS and re.search(f"[{HANGUL}]", beside.replace(match[1], "")) is not None


def _is_meant(document: Document, offset: int) -> bool:
    """Whether a line annotates, a table or program shows the character, or Japanese selects a glyph."""
    text, line = document.text, document.line_span(offset)
    if text[offset] in joiners.ANNOTATION:
        return re.search(joiners.ANNOTATED, text[line.start : line.end]) is not None
    variant = re.compile(joiners.IDEOGRAPH_VARIANT).match(text, offset)
    if variant and re.search(joiners.KANA, text[line.start : line.end]):
        return True
    return _is_shown(text[line.start : line.end], offset - line.start) or _is_markup(document, offset)


def _is_shown(line: str, at: int) -> bool:
    """Whether a character stands between quotes, or by itself on a line that gives its name or number."""
    before, after = line[max(at - 1, 0) : at], line[at + 1 : at + 2]
    if before in _QUOTES and before == after:
        return True
    number = ord(line[at])
    named = rf"\b(?:0x|U\+)?0*{number:X}\b|\b{number}\b|\b{name(line[at], '0x')}\b"
    alone = not before.strip(" \t") and not after.strip(" \t")
    return alone and re.search(named, line, re.IGNORECASE) is not None


def _is_markup(document: Document, offset: int) -> bool:
    """Whether Org is told so that a sign beside the character is markup, or none."""
    beside = document.text[max(offset - 1, 0) : offset] + document.text[offset + 1 : offset + 2]
    zero_width = document.text[offset] == "\N{ZERO WIDTH SPACE}" and (document.path or "").endswith(".org")
    return zero_width and not _ORG.isdisjoint(beside)
