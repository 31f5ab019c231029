"""How well a filling agrees with the rest of its line: brackets, questions, what was said before.

Trigrams and words see a few characters; a bracket is closed, a question asked and a name repeated
over a longer distance. All values are in nats, to be added to a difference of `Model.score`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from itertools import pairwise

from seedlint.language.plausibility import Model

PAIRS = dict(zip("）》〉」』】”’〕)]", "（《〈「『【“‘〔([", strict=True))
_MARK = 1.4  # words charge little for what is no letter
_UNPAIRED = 0.8
_ASKED, _UNASKED = 1.5, 1.0
_SAID = 0.05  # share of the line's own frequencies in the probability of a character
_OPEN_END = 2.0


@cache
def _brackets() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(PAIRS) + ''.join(PAIRS.values()))}]")


@cache
def _question() -> re.Pattern[str]:
    """Words that ask, in Chinese of either script."""
    return re.compile(
        "[吗嗎呢谁誰哪几幾]|什[么麼]|甚麼|[怎][么麼样樣]|[为為]何|如何|何[时時处處谓謂]|多少|是否|能否|可否|难道|難道|[何]"
    )


@cache
def _clause() -> re.Pattern[str]:
    return re.compile("[^。！？!?\n]*$")


class Surroundings:
    """The text before and behind a cluster of lost bytes, as far as it is known."""

    def __init__(self, model: Model, before: str, after: str, ends: bool) -> None:
        self.model, self.before, self.after, self.ends = model, before, after, ends
        self.marks = _open(_brackets().findall(before))
        self.later = _brackets().findall(after)
        said = before + "\n" + after
        self.size = len(said)
        self.chars, self.pairs = Counter(said), Counter(map("".join, pairwise(said)))

    def agreement(self, tail: str) -> float:
        """Nats that a filling gains or loses against others."""
        marks = sum(not char.isalnum() for char in tail)
        return self._said(tail) - self._unpaired(tail) + self._asked(tail) - _MARK * marks

    def _unpaired(self, tail: str) -> float:
        opened, wrong = list(self.marks), 0
        for mark in (*_brackets().findall(tail), *self.later):
            if mark not in PAIRS:
                wrong += mark in "“‘" and mark in opened
                opened.append(mark)
            elif opened and opened[-1] == PAIRS[mark]:
                opened.pop()
            elif PAIRS[mark] in opened:
                wrong += 1
                while opened.pop() != PAIRS[mark]:
                    pass
            else:
                wrong += 1
        return _UNPAIRED * (wrong + len(opened))

    def _asked(self, tail: str) -> float:
        value = 0.0
        for at, mark in enumerate(tail):
            if mark in "。？！：":
                clause = _clause().search(self.before + tail[:at])
                asks = clause is not None and _question().search(clause[0]) is not None
                if mark == "？":
                    value += _ASKED if asks else -_UNASKED
                elif mark in "。" and asks:
                    value -= _ASKED / 2
        if self.ends and tail[-1:] in "：，、；（" and not self.after:
            value -= _OPEN_END
        return value

    def _said(self, tail: str) -> float:
        value, text = 0.0, "\n" + self.before[-2:] + tail
        for at in range(len(text) - len(tail), len(text)):
            char, last = text[at], text[at - 1]
            if (times := self.chars[char]) and "\u3400" <= char <= "\u9fff":
                share = 0.4 * times / self.size
                if pairs := self.pairs[last + char]:
                    share += 0.6 * pairs / self.chars[last]
                p = math.exp(self.model.step(text[at - 2], last, char))
                value += math.log(1 - _SAID + _SAID * share / p) if share > p else 0.0
        return value


def _open(marks: list[str]) -> list[str]:
    """The brackets that are still open after some."""
    opened: list[str] = []
    for mark in marks:
        if mark not in PAIRS:
            opened.append(mark)
        elif PAIRS[mark] in opened:
            while opened.pop() != PAIRS[mark]:
                pass
    return opened
