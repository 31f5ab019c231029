"""fullwidth-alphanumeric: Latin letters and digits in the width of Chinese characters."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from seedlint.language.prose import in_chinese_line
from seedlint.rule import Diagnostic, Document, Example, Fix, Iterator, Phase, Rule, Severity, Span

_FULL = "０-９Ａ-Ｚａ-ｚ"
_MANY = 5
# Full-width forms lie 0xFEE0 above ASCII (Unicode, Halfwidth and Fullwidth Forms).
_NARROW = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}


class FullwidthAlphanumeric(Rule):
    """Letters and digits in full width in Chinese text.

    They come from old input methods and typesetting systems. A search for `ABC` or
    `2024` does not find them, and numbers cannot be read by programs. Japanese text,
    where they are usual, stays, and so does a text that writes more of its letters and
    digits so than not, as the laws of Taiwan do.
    """

    code = "PUN004"
    phase = Phase.PUNCTUATION
    severity = Severity.INFO
    gate = "seedlint.language.script:may_be_chinese"
    triggers = frozenset(map(chr, _NARROW))
    damaged = (Example("共售出１２３张ＡＢＣ卡。", repaired="共售出123张ABC卡。"),)
    sound = (
        "共售出123张ABC卡。",
        "１０時からＴＶを見ます。\n第２回総会\n日時・場所のお知らせです。",
        "一、Ｂ１頻段：Ｃ２。二、Ｂ３頻段：Ｃ４。三、Ｂ５頻段。",
        "│國內藥廠│ＭＰ藥│　一千元│",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Find the runs in Chinese lines."""
        if _is_style(document.text):
            return
        for match in _runs().finditer(document.text):
            if in_chinese_line(document, match.start()) and not _is_in_table(document, match.start()):
                span, narrow = Span(*match.span()), match[0].translate(_NARROW)
                fix = Fix.replace(span, narrow, safe=not _has_lost(document, match.start()))
                yield self.at(span, f"full-width {match[0]} in Chinese text", fix=fix)


def _has_lost(document: Document, offset: int) -> bool:
    """Whether bytes of the line are lost: then it may be what others were read as."""
    line = document.line_span(offset)
    return document.text.find("\N{REPLACEMENT CHARACTER}", line.start, line.end) >= 0


def _is_in_table(document: Document, offset: int) -> bool:
    """Whether a line is the row of a table drawn with lines: there every character has its width."""
    line = document.line_span(offset)
    return _drawn().search(document.text, line.start, line.end) is not None


@cache
def _drawn() -> re.Pattern[str]:
    return re.compile("[\u2500-\u257f]")


def _is_style(text: str) -> bool:
    """Whether full width is how the author writes: many such runs, and more than in half width."""
    full = len(_runs().findall(text))
    halves = re.finditer("[0-9A-Za-z][0-9A-Za-z.:/-]*", text)
    return full >= _MANY and next(islice(halves, full - 1, None), None) is None


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"[{_FULL}]+")
