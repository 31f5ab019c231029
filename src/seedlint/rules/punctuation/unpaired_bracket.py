"""unpaired-bracket: an opening bracket in Chinese text without its closing one."""

from __future__ import annotations

import re
from functools import cache

from seedlint.language.characters import BEYOND, HAN
from seedlint.language.prose import is_chinese
from seedlint.rule import Diagnostic, Document, Example, Iterator, Phase, Rule, Severity, Span

_KINDS = {"(": "round", "（": "round", ")": "round", "）": "round"} | dict(
    zip(
        "《》〈〉【】〔〕〖〗",
        ["title", "title", "angle", "angle", *["lens"] * 2, *["shell"] * 2, *["white"] * 2],
        strict=True,
    )
)
_OPENING = "(（《〈【〔〖"


# An opening bracket before an ideograph that is the last of its kind on its line, or has another of its
# kind before its closing one. All kinds begin with one class, so that the scan is fast.
_LAST = "|".join(
    rf"(?<=[{left}])[^{left}{right}\n]*(?:[{left}\n]|\Z)"
    for left, right in (("(（", ")）"), *("《》", "〈〉", "【】", "〔〕", "〖〗"))
)
_SUSPECT = rf"(?=\s?[{BEYOND}])(?:{_LAST})"


class UnpairedBracket(Rule):
    """An opening bracket without its closing one.

    Where a bracket is never closed, text has been cut off: a line that ended in the
    middle, a name or a source that was dropped. What is missing cannot be known, so
    there is no repair.
    """

    code = "PUN003"
    phase = Phase.PUNCTUATION
    severity = Severity.INFO
    gate = "seedlint.document:is_ideographic"
    context = (_OPENING, _SUSPECT)
    damaged = (
        Example("（通讯员 汪日贵 记者 梁巍\n\n声明如下。"),
        Example("他读了《红楼梦，然后睡了。"),
    )
    sound = (
        "（见《目录》（下册））",
        "第一种(甲）和第二种（乙)都行。",
        "今天好累 :(",
        "（这一段\n分在两行）",
        "1) 甲\n2) 乙",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Pair the brackets of the paragraphs that look as if one were missing."""
        for paragraph in dict.fromkeys(_paragraphs(document)):
            text = document.text[paragraph.start : paragraph.end]
            if is_chinese(text):
                for at in _unpaired(text):
                    span = Span(paragraph.start + at, paragraph.start + at + 1)
                    yield self.at(span, f"{text[at]} is opened and never closed")


@cache
def _suspect() -> re.Pattern[str]:
    return re.compile(f"[{_OPENING}]{_SUSPECT}")


def _paragraphs(document: Document) -> Iterator[Span]:
    """The paragraphs (lines without a blank one between them) around the suspicious places, in order."""
    end = -1
    for match in _suspect().finditer(document.text):
        if match.start() >= end:
            start = document.text.rfind("\n\n", 0, match.start())
            end = document.text.find("\n\n", match.start())
            end = len(document.text) if end < 0 else end
            yield Span(max(start, 0), end)


@cache
def _bracket() -> re.Pattern[str]:
    """A bracket of prose, not one of a smiley."""
    return re.compile(rf"[:;=]-?[()]|([{_OPENING}](?=\s?[{HAN}])|[)）》〉】〕〗])")


def _unpaired(text: str) -> list[int]:
    """Offsets of the opening brackets that no bracket of their kind closes."""
    opened: dict[str, list[int]] = {}
    for match in _bracket().finditer(text):
        if match[1] is None:
            continue
        waiting = opened.setdefault(_KINDS[match[1]], [])
        if match[1] in _OPENING:
            waiting.append(match.start(1))
        elif waiting:
            waiting.pop()
    return sorted(at for waiting in opened.values() for at in waiting)
