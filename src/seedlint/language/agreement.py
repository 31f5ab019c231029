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
# Chosen on held-out sentences of nine sources; half and double of each do hardly worse.
_MARK = 1.4  # words charge little for what is no letter
_UNPAIRED, _UNOPENED = 0.8, 1.6  # a bracket that nothing closes, and that nothing opened
_ASKED, _UNASKED = 1.5, 1.0  # a question mark behind a word that asks, and behind none
_SAID = 0.05  # share of the line's own frequencies in the probability of a character
_OPEN_END = 2.0  # a colon or comma where the text ends

# ln of how much more of a character stands before a year than before any number, in 3,879 years of
# twelve sources of `tools/language_sources.md`; the tables know one digit only.
_BEFORE_YEAR = {
    **dict.fromkeys("自据據", 2.7),
    **dict.fromkeys("于於。", 1.9),
    **dict.fromkeys("在从從", 1.5),
    **dict.fromkeys("，", 0.9),
    **dict.fromkeys("至到（：", 0.5),
    **dict.fromkeys("是了和以", 0.0),
    **dict.fromkeys("的为為、用", -0.9),
}
_BEFORE_NUMBERS = -2.0
_DATE = 8  # characters that a date takes
# ln of the share of each century beside this one, in 4,993 years of fourteen of these sources.
_CENTURIES = {"20": 0.0, "19": -1.0, "18": -2.5, "17": -4.2, "16": -4.2, "15": -4.6}
_OTHER_CENTURY = -6.0
_NARROW = 3.0  # half-width punctuation where the line writes the full-width
_SPACED = 1.5  # a space between ideographs and Latin where the line has none, or none where it has
_UNEVEN = 1.2  # a sign that stands in pairs, once
_EVEN = ("**", "`", '"')


@cache
def _brackets() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(PAIRS) + ''.join(PAIRS.values()))}]")


@cache
def _kana() -> re.Pattern[str]:
    return re.compile("[\u3041-\u3096]")


@cache
def _year() -> re.Pattern[str]:
    """A character before a year or a century."""
    return re.compile("([^ 0-9])(?= ?[12][0-9]{3} ?年| ?[12]?[0-9] ?世[纪紀])")


@cache
def _century() -> re.Pattern[str]:
    return re.compile("(?<![0-9])([0-9]{2})[0-9]{2}(?= ?年)")


@cache
def _beside_latin() -> tuple[re.Pattern[str], ...]:
    """Ideographs or kana and Latin letters or digits with a space between them, and with none."""
    east, west = "[\u3041-\u9fff]", "[A-Za-z0-9]"
    return tuple(re.compile(f"{east}{gap}(?={west})|{west}{gap}(?={east})") for gap in (" ", ""))


@cache
def _widths() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Half-width and full-width punctuation in East Asian text."""
    east = "[\u3041-\u9fff]"
    return re.compile(f"(?<={east})[,;:?!()]|[,;:?!()](?={east})"), re.compile("[、。，；：？！（）]")


@cache
def _question() -> re.Pattern[str]:
    """Words that ask, in Chinese of either script."""
    return re.compile("[吗嗎呢谁誰哪几幾何]|什[么麼]|甚麼|怎[么麼样樣]|多少|[是能可]否|难道|難道")


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
        self.wide = not _widths()[0].search(said) and _widths()[1].search(said) is not None
        self.gaps = tuple(gap.search(said) is not None for gap in _beside_latin())
        self.size = len(said)
        self.japanese = _kana().search(said) is not None
        self.chars, self.pairs = Counter(said), Counter(map("".join, pairwise(said)))

    def agreement(self, tail: str) -> float:
        """Nats that a filling gains or loses against others."""
        marks = sum(not char.isalnum() for char in tail)
        habits = self._unpaired(tail) + self._unusual(tail) + _MARK * marks
        return self._said(tail) + self._asked(tail) + self._dated(tail) - habits

    def _unusual(self, tail: str) -> float:
        """What speaks against a filling that is written otherwise than the rest of the line."""
        text = self.before[-1:] + tail + self.after[:1]
        narrow = _NARROW * len(_widths()[0].findall(text)) if self.wide else 0.0
        if self.gaps[0] != self.gaps[1]:
            narrow += _SPACED * len(_beside_latin()[self.gaps[0]].findall(text))
        line = self.before + tail + self.after
        return narrow + _UNEVEN * sum(line.count(sign) % 2 for sign in _EVEN if sign in line)

    def _dated(self, tail: str) -> float:
        value = sum(
            _CENTURIES.get(found[1], _OTHER_CENTURY)
            for found in _century().finditer(tail + self.after[:_DATE])
            if found.start() < len(tail)
        )
        return value if self.japanese else value + self._before_year(tail)

    def _before_year(self, tail: str) -> float:
        before = (
            found[1] for found in _year().finditer(tail + self.after[:_DATE]) if found.start() < len(tail)
        )
        return sum(_BEFORE_YEAR.get(char, _BEFORE_NUMBERS) for char in before)

    def _unpaired(self, tail: str) -> float:
        opened, wrong, unopened = list(self.marks), 0, 0
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
                unopened += 1
        return _UNPAIRED * (wrong + len(opened)) + _UNOPENED * unopened

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
