"""bidi-control: controls that reorder what the reader sees ("Trojan Source")."""

import re
from functools import cache
from unicodedata import name

from seedlint.language import script_joiners as joiners
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

_MARKS = "\u061c\u200e\u200f"
_OVERRIDES = "\u202d\u202e"
_CLOSER = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
_OPEN = "that is never closed"
_LINE = re.compile(r"[^\r\n\u2029]+")
_SHARE = 0.25  # of a document's lines: from here on it is a right-to-left document


@cache
def _controls() -> re.Pattern[str]:
    return re.compile(f"[{joiners.BIDI}]")


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(f"[{joiners.RIGHT_TO_LEFT}]")


def _right_to_left(document: Document) -> bool:
    """Whether the document is written from right to left on the whole."""
    lines = [line for line in document.text.splitlines() if line.strip()]
    written = sum(_has_letters(line) for line in lines)
    return written >= _SHARE * max(len(lines), 1)


def _has_letters(text: str) -> bool:
    return any(char not in joiners.BIDI for char in _letters().findall(text))


def _unneeded(line: str, right_to_left: bool) -> Iterator[tuple[int, str]]:
    """Offset and fault of every control in ``line`` that does not balance or only reorders.

    A paragraph ends every embedding (UAX 9), so a line is looked at alone.
    """
    stack: list[tuple[int, str]] = []
    for match in _controls().finditer(line):
        char, at = match[0], match.start()
        if char in _MARKS:
            if not right_to_left:
                yield at, "with no right-to-left text around it"
        elif char in _CLOSER:
            stack.append((at, char))
        elif stack and _CLOSER[stack[-1][1]] == char:
            yield from _pair(stack.pop(), at, right_to_left)
        else:
            yield at, "that closes nothing"
    yield from ((at, _OPEN) for at, _ in stack)


def _pair(opening: tuple[int, str], closing: int, right_to_left: bool) -> Iterator[tuple[int, str]]:
    if opening[1] in _OVERRIDES or not right_to_left:
        fault = "that overrides the order" if opening[1] in _OVERRIDES else "around left-to-right text"
        yield opening[0], fault
        yield closing, fault


class BidiControl(Rule):
    """An invisible control changes the order in which the text is shown.

    A reviewer sees other code than the compiler reads (CVE-2021-42574), and a file
    name ends in another extension than it shows. Marks and balanced embeddings in
    Arabic, Hebrew and other right-to-left text stay.
    """

    code = "UNI002"
    phase = Phase.CHARACTERS
    severity = Severity.ERROR
    regions = EVERYWHERE
    triggers = joiners.members(joiners.BIDI)
    damaged = (
        Example("invoice\u202efdp.exe", repaired="invoicefdp.exe"),
        Example(
            "if level != 'user\u202e \u2066// admin\u2069 \u2066':", repaired="if level != 'user // admin ':"
        ),
        Example("中文\u200e句子", repaired="中文句子"),
    )
    sound = ("قال \u2066Linux\u2069 نظام", "שלום \u202aABC!\u202c עולם", "مرحبا\u200f!")

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report the controls of every line that has any."""
        whole = _right_to_left(document)
        for line in _LINE.finditer(document.text):
            if not _controls().search(line[0]):
                continue
            written = whole or _has_letters(line[0])
            for at, fault in _unneeded(line[0], written):
                yield self._report(document, line.start() + at, fault, safe=not (written and fault == _OPEN))

    def _report(self, document: Document, offset: int, fault: str, *, safe: bool) -> Diagnostic:
        char = document.text[offset]
        span = Span(offset, offset + 1)
        return self.at(span, f"{name(char)} <U+{ord(char):04X}> {fault}", fix=Fix.remove(span, safe=safe))
