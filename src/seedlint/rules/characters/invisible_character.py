"""invisible-character: zero-width and format characters where no script needs them."""

import re
from functools import cache
from unicodedata import name

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
        return self.at(span, message, fix=Fix.remove(span, safe=not _spaces_korean(match)))


def _spaces_korean(match: re.Match[str]) -> bool:
    """Whether it is a blank of Korean beside hangul, where an author may mean the space that it takes."""
    beside = match.string[max(match.start() - 1, 0) : match.end() + 1]
    return match[1] in _FILLERS and re.search(f"[{HANGUL}]", beside.replace(match[1], "")) is not None


def _is_meant(document: Document, offset: int) -> bool:
    """Whether a line annotates, a table or program quotes the character, or Japanese selects a glyph."""
    text, line = document.text, document.line_span(offset)
    if text[offset] in joiners.ANNOTATION:
        return re.search(joiners.ANNOTATED, text[line.start : line.end]) is not None
    if offset and text[offset - 1] in _QUOTES and text[offset + 1 : offset + 2] == text[offset - 1]:
        return True
    variant = re.compile(joiners.IDEOGRAPH_VARIANT).match(text, offset)
    return variant is not None and re.search(joiners.KANA, text[line.start : line.end]) is not None
