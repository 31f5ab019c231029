"""wrong-quote: curly quotes that face the wrong way, straight ones among curly ones."""

from __future__ import annotations

import re
from functools import cache

from seedlint.language.characters import HAN
from seedlint.language.prose import is_chinese
from seedlint.rule import (
    Diagnostic,
    Document,
    Edit,
    Example,
    Fix,
    Iterator,
    Phase,
    Rule,
    Safety,
    Severity,
    Span,
)

_OPENING, _CLOSING = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
_QUOTES = f'{_OPENING}{_CLOSING}"'
# Two quotes of one direction, or a straight one paired with a curly one, on one line.
_SUSPECT = (
    f'(?<={_OPENING})[^{_QUOTES}\n]*[{_OPENING}"]|(?<={_CLOSING})[^{_QUOTES}\n]*{_CLOSING}'
    f'|(?<=")[^{_QUOTES}\n]*{_CLOSING}'
)


class WrongQuote(Rule):
    """Quotation marks in Chinese text that face the wrong way.

    Editors that guess the direction of a quote write `”…”` where `“…”` is meant. The
    quotation no longer shows where it begins, and programs that pair quotes lose
    the count. Turned where the quotes of a line pair off once they alternate;
    quotations that run over several paragraphs, and other languages, stay.
    """

    code = "PUN002"
    phase = Phase.PUNCTUATION
    severity = Severity.WARNING
    gate = "seedlint.language.script:may_be_chinese"
    context = (_QUOTES, _SUSPECT)
    damaged = (
        Example("建立起”技术优势”的循环，加深”护城河”。", repaired="建立起“技术优势”的循环，加深“护城河”。"),
        Example("他说：“你好。“然后走了。", repaired="他说：“你好。”然后走了。"),
        Example('所谓“阳谋"就是明牌。', repaired="所谓“阳谋”就是明牌。"),
    )
    sound = (
        "“大模型”与“小模型”，都叫“模型”。",
        "“第一段引文没有完，\n\n“第二段才完。”",
        "Han sade: ”Hej”, och gick.",
        "12”的显示器和5”的手机",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Look at the lines that hold two quotes of one direction."""
        lines = dict.fromkeys(
            document.line_span(match.start()) for match in _suspect().finditer(document.text)
        )
        for line in lines:
            text = document.text[line.start : line.end]
            if is_chinese(text):
                yield from (self._turned(text, line.start, *pair) for pair in _wrong_pairs(text))

    def _turned(self, line: str, start: int, opening: int, closing: int) -> Diagnostic:
        wanted = ((opening, _OPENING), (closing, _CLOSING))
        edits = tuple(Edit(start + at, start + at + 1, mark) for at, mark in wanted if line[at] != mark)
        span = Span(start + opening, start + closing + 1)
        found = f"{line[opening]}…{line[closing]}"
        return self.at(span, f"quotation marks {found} face the wrong way", fix=Fix(edits, Safety.SAFE))


@cache
def _suspect() -> re.Pattern[str]:
    return re.compile(f"[{_QUOTES}](?:{_SUSPECT})")


@cache
def _quote() -> re.Pattern[str]:
    return re.compile(f"[{_QUOTES}]")


@cache
def _turnable() -> re.Pattern[str]:
    """A quotation as it must look whichever way its marks face; a digit in front means inches."""
    inner = f"[{HAN}A-Za-z0-9《〈（]"
    return re.compile(
        f"(?<![0-9])[{_QUOTES}]{inner}[^{_QUOTES}]*(?<=[{HAN}A-Za-z0-9。！？…》〉）%])[{_QUOTES}]"
    )


def _wrong_pairs(line: str) -> list[tuple[int, int]]:
    """Offsets of the pairs to turn; none unless every quote of the line finds its partner."""
    quotes = [match.start() for match in _quote().finditer(line)]
    pairs = list(zip(quotes[::2], quotes[1::2], strict=False))
    wrong = [pair for pair in pairs if line[pair[0]] + line[pair[1]] != _OPENING + _CLOSING]
    if len(quotes) % 2 or _is_nested(line, quotes) or not all(_may_turn(line, pair) for pair in wrong):
        return []
    return [pair for pair in wrong if line[pair[0]] + line[pair[1]] != '""']


def _may_turn(line: str, pair: tuple[int, int]) -> bool:
    facing_out = line[pair[0]] == _CLOSING and line[pair[1]] == _OPENING
    return not facing_out and _turnable().fullmatch(line, pair[0], pair[1] + 1) is not None


def _is_nested(line: str, quotes: list[int]) -> bool:
    """Whether the marks balance as they stand, one quotation inside another."""
    depth = 0
    for at in quotes:
        depth += {_OPENING: 1, _CLOSING: -1}.get(line[at], 0)
        if depth < 0:
            return False
    return depth == 0 and not any(line[at] == '"' for at in quotes)
