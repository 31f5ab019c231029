"""fullwidth-alphanumeric: Latin letters and digits in the width of Chinese characters."""

from __future__ import annotations

import re
from functools import cache

from seedlint.language.prose import in_chinese_line
from seedlint.rule import Diagnostic, Document, Example, Fix, Iterator, Phase, Rule, Severity, Span

_FULL = "０-９Ａ-Ｚａ-ｚ"
# Full-width forms lie 0xFEE0 above ASCII (Unicode, Halfwidth and Fullwidth Forms).
_NARROW = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}


class FullwidthAlphanumeric(Rule):
    """Letters and digits in full width in Chinese text.

    They come from old input methods and typesetting systems. A search for `ABC` or
    `2024` does not find them, and numbers cannot be read by programs. Japanese text,
    where they are usual, stays.
    """

    code = "PUN004"
    phase = Phase.PUNCTUATION
    severity = Severity.INFO
    triggers = frozenset(map(chr, _NARROW))
    damaged = (Example("共售出１２３张ＡＢＣ卡。", repaired="共售出123张ABC卡。"),)
    sound = ("共售出123张ABC卡。", "１０時からＴＶを見ます。")

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Find the runs in Chinese lines."""
        for match in _runs().finditer(document.text):
            if in_chinese_line(document, match.start()):
                span, narrow = Span(*match.span()), match[0].translate(_NARROW)
                yield self.at(span, f"full-width {match[0]} in Chinese text", fix=Fix.replace(span, narrow))


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"[{_FULL}]+")
