"""misread-utf8: UTF-8 read as a single-byte code page."""

from __future__ import annotations

from seedlint.channels.explanation import describe
from seedlint.channels.misreading import misreadings
from seedlint.rule import (
    EVERYWHERE,
    Diagnostic,
    Document,
    Example,
    Iterator,
    Phase,
    Rule,
    Severity,
)


class MisreadUtf8(Rule):
    """UTF-8 was read as a single-byte code page, once or several times.

    `é` becomes `Ã©`, a curly quote `â€œ`, and a Chinese character three letters and
    symbols: `的` is `çš„`.
    """

    code = "MOJ001"
    phase = Phase.MOJIBAKE
    severity = Severity.ERROR
    triggers = frozenset(
        map(chr, (*range(0x80, 0x180), *range(0x370, 0x460), 0x221A, *range(0x2500, 0x25A0)))
    )
    regions = EVERYWHERE
    gate = "seedlint.channels.suspects:may_be_misread"
    damaged = (
        Example("cafÃ© au lait", repaired="café au lait"),
        Example("ä»Šå¤©å¤©æ°”å¾ˆå¥½", repaired="今天天气很好"),
        Example("It\u00e2\u20ac\u2122s here", repaired="It\u2019s here"),
    )
    sound = (
        "A avó não está; amanhã virá à tarde.",
        "Ngày mai trời sẽ có mưa to ở miền Bắc.",
        "Дмитрий приехал в Москву.",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report what was UTF-8 read as a single-byte page."""
        for one in document.analysis(misreadings):
            if one.found.single_byte:
                yield self.at(one.found.span, **describe(one))
