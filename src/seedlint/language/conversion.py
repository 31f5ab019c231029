"""Which Traditional form stands in a place: decided by the characters around it.

Every form of a class (後 and 后, 裏 and 里) has a prior, its share in Traditional text,
and windows of up to three characters on either side favour one or another. Both
sides are added; a window that spans the place overrules them where it says more.
All numbers are nats; tables from `tools/build_scripts.py`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from seedlint.language.script_tables import GAP, Windows, folds, owners, windows

REACH = 3
_WIDE = 12  # characters of which three remain once marks are drawn together
_EDGE = "\N{MIDDLE DOT}"
_SPANS = ((2, 1), (1, 2), (1, 1))
_DECISIVE = 2.0
_CONTRADICTION = 3.0  # nats that each side must say for them to contradict each other
_BOUNDARY, _FIRM = 1.0, 5.0  # nats that decide where a word ends, and beyond doubt


class Choice(NamedTuple):
    """The forms of one place, best first, with their scores in nats.

    ``seam`` are the forms of a word that seems to be there and is not: its last
    character begins the next word (回|答覆|雜), or its first ends the one before. ``windows`` is
    the part of the scores that known neighbours give.
    """

    forms: tuple[str, ...]
    scores: tuple[float, ...]
    seam: tuple[str, ...] = ()
    windows: tuple[float, ...] = ()

    def score(self, form: str) -> float:
        """The score of a form; the worst one for a form not in the class."""
        return self.scores[self.forms.index(form)] if form in self.forms else self.scores[-1]

    def known(self, form: str, other: str) -> float:
        """Nats by which known neighbours favour a form over another."""
        return self.windows[self.forms.index(form)] - self.windows[self.forms.index(other)]

    @property
    def margin(self) -> float:
        """Nats between the best form and the next."""
        return self.scores[0] - self.scores[1]


def choose(text: str, short: str, offset: int) -> Choice:
    """The forms of class ``short`` for the character at ``offset`` of ``text``."""
    table = windows(short)
    left = _fold(text[max(offset - _WIDE, 0) : offset]).rjust(REACH, _EDGE)[-REACH:]
    right = _fold(text[offset + 1 : offset + 1 + _WIDE]).ljust(REACH, _EDGE)[:REACH]
    context, seam = _context(table, short, left, right)
    known = (0.0,) * len(context) if context is table.unknown else context
    ranked = sorted(zip(_add(table.prior, context), table.forms, known, strict=True), reverse=True)
    scores, forms, sides = zip(*ranked, strict=True)
    return Choice(forms, scores, seam, sides)


def _fold(text: str) -> str:
    """Simplified, and all that is not Han as one mark."""
    return _not_han().sub(_EDGE, text).translate(folds())


def _context(table: Windows, short: str, left: str, right: str) -> tuple[tuple[float, ...], tuple[str, ...]]:
    nothing = (0.0,) * len(table.forms)
    before = _first(table, [left[index:] + GAP for index in range(REACH)])
    after = _first(table, [GAP + right[: REACH - index] for index in range(REACH)])
    around = _first(table, [left[REACH - a :] + GAP + right[:b] for a, b in _SPANS])
    if not (before or after or around):
        return table.unknown, ()
    apart = _add(before or nothing, after or nothing)
    if around and (_spread(around) > _spread(apart) or _overrules(around, apart)):
        return around, ()
    if before and after and _contradict(before, after):
        return _settle(table, before, after, _belongs(short, left, right))
    return apart, ()


def _contradict(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether each side all but excludes the best form of the other."""
    first, second = one.index(max(one)), other.index(max(other))
    return min(one[first] - one[second], other[second] - other[first]) > _CONTRADICTION


def _settle(
    table: Windows, before: tuple[float, ...], after: tuple[float, ...], belongs: float
) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """What both sides say, the one that is another word's discounted, and the form of that word."""
    if abs(belongs) < _BOUNDARY:
        return _add(_capped(before), _capped(after)), ()
    own, other = (before, after) if belongs > 0 else (after, before)
    context = own if abs(belongs) > _FIRM else _add(own, _capped(other))
    return context, _fitting(table, other)


def _fitting(table: Windows, scores: tuple[float, ...]) -> tuple[str, ...]:
    """The forms that fit a side about as well as the best."""
    total = _add(table.prior, scores)
    return tuple(
        form for form, score in zip(table.forms, total, strict=True) if score > max(total) - _CONTRADICTION
    )


def _capped(scores: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(max(score, -_CONTRADICTION) for score in scores)


def _belongs(short: str, left: str, right: str) -> float:
    """Nats by which the character belongs to the word on its left rather than to the one on its right."""
    from seedlint.language.plausibility import model

    before, after = left.rpartition(_EDGE)[2], right.partition(_EDGE)[0]
    words = model().words
    return words(before + short) + words(after) - words(before) - words(short + after)


def _first(table: Windows, keys: list[str]) -> tuple[float, ...] | None:
    return next((scores for key in keys if (scores := table.get(key)) is not None), None)


def _add(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _spread(scores: tuple[float, ...]) -> float:
    first, second = sorted(scores, reverse=True)[:2]
    return first - second


def _overrules(around: tuple[float, ...], apart: tuple[float, ...]) -> bool:
    return around.index(max(around)) != apart.index(max(apart)) and _spread(around) > _DECISIVE


@cache
def _not_han() -> re.Pattern[str]:
    return re.compile("[^\u3400-\u9fff]+")


def class_of(char: str) -> tuple[str, str] | None:
    """The Simplified character of its class and the form that a character counts as, if it has a class."""
    return owners().get(char)
