"""control-character: C0 and C1 controls, ANSI escapes, NUL."""

import re
from functools import cache

from seedlint.language.script_joiners import members
from seedlint.places import lines_with
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

_C0 = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
_C1 = "\x80-\x9f"
# ECMA-48: control sequences, control strings, two-character escapes. With % it is a template of terminfo.
_SEQUENCE = (
    "(?:\x1b\\[|\x9b)[0-?]*[ -$&-/]*[@-~]"
    "|(?:\x1b[P\\]X^_]|[\x90\x9d])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\\\|\x9c)"
    "|\x1b(?!\\[)[ -/]*[0-~]"
)
# nroff prints bold as X BS X and underlines as _ BS X.
_OVERSTRIKE = r"(?P<struck>_|(?P<bold>[^\n\x08]))\x08(?=(?(bold)(?P=bold)|[^\s]))"
_PAGE = r"(?:(?<=\n)|\A)\x0c|\x0c(?=\r?\n|\Z)"


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        f"(?P<page>{_PAGE})|(?P<sequence>{_SEQUENCE})|{_OVERSTRIKE}|(?P<line>[\x0b\x0c])"
        f"|(?P<c0>[{_C0}])|(?P<c1>[{_C1}])"
    )


@cache
def _control() -> re.Pattern[str]:
    return re.compile(f"[{_C0}{_C1}]")


def _windows(char: str) -> str:
    """What cp1252 shows for a C1 control, as HTML reads it; nothing where it is undefined."""
    return ord(char).to_bytes(1, "big").decode("cp1252", "ignore")


class ControlCharacter(Rule):
    """A control code stands in the text.

    Terminal colours, the overstriking of manual pages and stray NULs come from
    logs, captured output and binary formats. Parsers stop at them, terminals obey
    them. Page breaks at the edge of a line stay.
    """

    code = "UNI004"
    phase = Phase.CHARACTERS
    severity = Severity.ERROR
    regions = EVERYWHERE
    triggers = members(_C0 + _C1)
    damaged = (
        Example("\x1b[31mError\x1b[0m", repaired="Error"),
        Example("N\bNA\bAM\bME\bE", repaired="NAME"),
        Example("first\x0bsecond\x00", repaired="first\nsecond"),
        Example("it\x92s", suggested="it’s"),
        Example("set t_AF=\x1b[3%p1%dm", suggested="set t_AF=[3%p1%dm"),
    )
    sound = ("tab\tand\r\n", "page one\n\x0cpage two\n")

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report every control, an escape sequence as one."""
        for start, end in lines_with(_control(), document.text):
            for match in _pattern().finditer(document.text, start, end):
                if match.lastgroup != "page":
                    yield self._report(match)

    def _report(self, match: re.Match[str]) -> Diagnostic:
        span = Span(*match.span())
        if match["sequence"]:
            shown = match[0].replace("\x1b", "ESC ").replace("\x9b", "CSI ")
            return self.at(span, f"terminal escape sequence {shown}", fix=Fix.remove(span))
        if match["struck"]:
            return self.at(span, "overstruck character", fix=Fix.remove(span))
        if match["line"]:
            return self.at(span, f"{_CODES[match[0]]} inside a line", fix=Fix.replace(span, "\n"))
        message = f"control character <U+{ord(match[0]):04X}>"
        if match["c1"]:
            return self.at(span, message, fix=Fix.replace(span, _windows(match[0]), safe=False))
        return self.at(span, message, fix=Fix.remove(span, safe=match[0] != "\x1b"))


_CODES = {"\x0b": "vertical tab", "\x0c": "form feed"}
