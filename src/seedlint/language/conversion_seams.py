"""Words of Taiwan put where no word was: 少數|組織 converted as 少|數組|織 reads 少陣列織.

Converters that replace vocabulary find the longest match and cut words at its seams.
The replacement is taken back where that makes words of both neighbours and the text
far more plausible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from seedlint.document import Document
from seedlint.language.conversion_proposals import proposal
from seedlint.language.script import Script, evidence, standard

# Replacement and what was replaced, Simplified; from OpenCC's TWPhrases (Apache-2.0), those that
# cut words in 15 million characters of Simplified text, and the two that are known for it.
_WORDS = dict(
    pair.split("=")
    for pair in (
        "陣列=数组 記憶體=内存 專案=项目 分割槽=分区 游標=光标 程式設計=编程 點陣圖=位图 高畫質=高清 "
        "進位制=进制 匯出=导出 擴音=免提 使用者=用户 介面=接口 頁尾=页脚 全域性=全局 重灌=重装 縮排=缩进 "
        "演算法=算法 匯入=导入"
    ).split()
)
_AROUND = 2
_GAIN = 8.0  # nats


class Seam(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) and what they should read."""

    start: int
    end: int
    replacement: str
    gain: float


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(_WORDS))


def seams(document: Document) -> tuple[Seam, ...]:
    """The wrong words of a Traditional document, in order."""
    if document.analysis(evidence).script is not Script.TRADITIONAL:
        return ()
    return tuple(_find(document))


def _find(document: Document) -> Iterator[Seam]:
    text = document.text
    for match in _pattern().finditer(text):
        start, end = match.span()
        left, right = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
        gain = _gain(left, match[0], right)
        if gain > _GAIN:
            yield Seam(start, end, _restored(document, left, match[0], right), gain)


@lru_cache(maxsize=50_000)
def _gain(left: str, word: str, right: str) -> float:
    """Nats by which the word that was replaced reads better; 0 if it makes no words of its neighbours."""
    from seedlint.language.plausibility import model

    before = _WORDS[word]
    if not left or not right or not _cut(left, before, right):
        return 0.0
    return model().score(left + before + right) - model().score(left + word + right)


def _cut(left: str, word: str, right: str) -> bool:
    """Whether the ends of a word make words with its neighbours, and likelier ones than itself."""
    from seedlint.language.plausibility import model

    if model().word(left[-1] + word[0]) is None or model().word(word[-1] + right[0]) is None:
        return False
    words = model().words
    apart = max(words(left + word[:at]) + words(word[at:] + right) for at in range(1, len(word)))
    return apart > words(left) + words(word) + words(right)


def _restored(document: Document, left: str, word: str, right: str) -> str:
    """The characters before the replacement, in the forms of the document."""
    clause = left + _WORDS[word] + right
    places = range(len(left), len(left) + len(_WORDS[word]))
    its = document.analysis(standard)
    return "".join(proposal(clause, at, its) or clause[at] for at in places)
