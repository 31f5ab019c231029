"""byte-order-mark: an invisible mark at the start of a file or inside it."""

from __future__ import annotations

import re

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

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


class ByteOrderMark(Rule):
    """The file starts with an invisible mark, or holds one inside.

    Programs that join files carry it into the middle of the text, and a first
    column name or a shebang that begins with it is not recognised.
    """

    code = "ENC003"
    phase = Phase.BYTES
    severity = Severity.WARNING
    triggers = frozenset(_MARK)
    regions = EVERYWHERE
    damaged = (
        Example("\ufeffname,age\n", repaired="name,age\n"),
        Example("第一篇。\n\ufeff第二篇。\n", repaired="第一篇。\n第二篇。\n"),
    )
    sound = ("name,age\n",)

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report every mark."""
        for match in re.finditer(f"{_MARK}+", document.text):
            span = Span(*match.span())
            place = "at the start of the file" if span.start == 0 else "inside the text"
            yield self.at(span, f"byte order mark {place}", fix=Fix.remove(span))
