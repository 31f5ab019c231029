"""What counts about a line through the lines around it: neighbours, place on the page, repetition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from seedlint.chrome.features import Features, length_bucket
from seedlint.chrome.lines import SHORT, Kind, Line
from seedlint.chrome.phrases import ChromeClass, Use

Evidence = list[tuple[str, float]]

OWN = "own words and shape"
_PROSE = 4.0  # what a line of prose is taken to score against chrome
_LIMIT = 5.0  # scores beyond it say nothing more about a neighbour
_PROSE_LENGTH = 9  # length bucket from which a closed line counts as prose
_HEADINGS = frozenset({ChromeClass.RELATED_LINKS, ChromeClass.NAVIGATION, ChromeClass.LEGAL_NOTICE})


class Place(NamedTuple):
    """Where a window of lines stands: how many lines are before it, and how many lines the page has."""

    before: int
    total: int


def is_prose(features: Features, line: Line) -> bool:
    """Whether a line is long and closed like a sentence."""
    return "ends sentence" in features.names and length_bucket(line.text) >= _PROSE_LENGTH


def body(prose: Sequence[bool], lines: Sequence[Line]) -> tuple[int, int]:
    """First and last index of the stretch richest in prose: where the article stands."""
    best, best_span, total, start = 0.0, (0, len(lines) - 1), 0.0, 0
    for index, (line, closed) in enumerate(zip(lines, prose, strict=True)):
        if total <= 0:
            total, start = 0.0, index
        total += min(len(line.text), 400) if closed else -40
        if total > best:
            best, best_span = total, (start, index)
    return best_span


def _step(distance: int) -> int:
    return sum(distance >= bound for bound in (1, 2, 3, 5, 9, 17, 33, 65))


def _placed(index: int, place: Place, span: tuple[int, int]) -> Iterator[str]:
    first, last = span
    if index < first:
        yield f"before the body by {_step(first - index)}"
    elif index > last:
        yield f"after the body by {_step(index - last)}"
    else:
        yield "in the body"
    number = index + place.before
    yield f"line {_step(number)} from the head"
    yield f"line {_step(place.total - 1 - number)} from the tail"
    if place.total > 20:
        yield f"at {10 * number // place.total} tenths of a long page"


def _clipped(score: float) -> float:
    return max(-_LIMIT, min(_LIMIT, score))


def _mean(total: Sequence[float], low: int, high: int, own: float) -> float:
    low, high = max(low, 0), min(high, len(total) - 1)
    return (total[high] - total[low] - own) / max(high - low - 1, 1)


def _around(index: int, scores: Sequence[float], total: Sequence[float], whole: float) -> Evidence:
    own = scores[index]
    before = scores[index - 1] if index else 0.0
    after = scores[index + 1] if index + 1 < len(scores) else 0.0
    return [
        (OWN, own),
        ("line before", before),
        ("line after", after),
        ("the likelier neighbour", max(before, after)),
        ("two lines on either side", _mean(total, index - 2, index + 3, own)),
        ("five lines on either side", _mean(total, index - 5, index + 6, own)),
        ("fifteen lines on either side", _mean(total, index - 15, index + 16, own)),
        ("whole page", whole),
    ]


def _running(scores: Sequence[float]) -> list[float]:
    total = [0.0]
    for score in scores:
        total.append(total[-1] + score)
    return total


def _runs(prose: Sequence[bool]) -> list[int]:
    """For every line the length of its run of lines that are not prose."""
    lengths = [0] * len(prose)
    start = 0
    for index in range(len(prose) + 1):
        if index == len(prose) or prose[index]:
            lengths[start:index] = [index - start] * (index - start)
            start = index + 1
    return lengths


def _headings(
    lines: Sequence[Line], features: Sequence[Features], prose: Sequence[bool]
) -> Iterator[str | None]:
    """For every line the class of the stock heading above it in its run.

    A heading inside a paragraph speaks for that paragraph only.
    """
    heading, age, inside = None, 0, False
    for line, own, closed in zip(lines, features, prose, strict=True):
        if inside and line.after_gap:
            heading = None
        yield f"{_step(age)} under {heading}" if heading and age < 33 else None
        age += 1
        if closed:
            heading = None
        for hit in own.match.hits:
            if hit.use is not Use.LINE and hit.chrome in _HEADINGS and own.match.coverage > 0.5:
                heading, age, inside = hit.chrome.value, 0, line.number > 0 and not line.after_gap


class _View(NamedTuple):
    """What the lines of a window share."""

    lines: Sequence[Line]
    scores: list[float]
    total: list[float]
    place: Place
    span: tuple[int, int]
    runs: list[int]
    seen: Counter[str]

    @property
    def short(self) -> bool:
        return self.place.total <= SHORT

    @property
    def whole(self) -> float:
        """The mean score of the page; lines outside the window count as prose."""
        outside = self.place.total - len(self.lines)
        return (self.total[-1] - _PROSE * outside) / self.place.total


def _evidence(index: int, view: _View, heading: str | None) -> Evidence:
    line = view.lines[index]
    size = length_bucket(line.text) // 2
    inside = view.span[0] <= index <= view.span[1]
    names = [
        *_placed(index, view.place, view.span),
        f"run of {_step(view.runs[index])}",
        f"seen {min(view.seen[line.text], 4)} times",
        f"length {size}, {'in' if inside else 'outside'} body",
    ]
    names += [heading] if heading else []
    names += ["repeats the first line"] if index and line.text == view.lines[0].text else []
    names += [f"markdown {line.kind.value}"] if line.kind is not Kind.TEXT else []
    evidence = _around(index, view.scores, view.total, view.whole)
    if view.short:
        evidence += [(f"{name}, short page", value) for name, value in evidence]
        names += ["short page", f"short page, line {_step(index)}", f"short page, length {size}"]
    return evidence + [(name, 1.0) for name in names]


def contextual(
    lines: Sequence[Line],
    features: Sequence[Features],
    scores: Sequence[float],
    place: Place | None = None,
    wanted: Container[int] | None = None,
) -> Iterator[Evidence | None]:
    """The evidence of every line in its surroundings, None for those not ``wanted``.

    ``scores`` are the lines' own; ``place`` says what part of the page the lines
    are, all of it unless given.
    """
    clipped = [_clipped(score) for score in scores]
    prose = [is_prose(own, line) for own, line in zip(features, lines, strict=True)]
    seen = Counter([line.text for line in lines])
    place = place or Place(0, len(lines))
    view = _View(lines, clipped, _running(clipped), place, body(prose, lines), _runs(prose), seen)
    for index, heading in enumerate(_headings(lines, features, prose)):
        yield _evidence(index, view, heading) if wanted is None or index in wanted else None
