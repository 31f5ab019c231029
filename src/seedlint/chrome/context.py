"""What counts about a line through the lines around it: neighbours, place on the page, repetition."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from seedlint.chrome.features import Features, length_bucket
from seedlint.chrome.likeness import likeness
from seedlint.chrome.lines import SHORT, Kind, Line, Place
from seedlint.chrome.phrases import ChromeClass, Use
from seedlint.chrome.topic import echo, wording

Evidence = Sequence[tuple[str, float]]

OWN = "own words and shape"
_UNSPACED_PAGE = "page in Chinese, Japanese, Korean or Thai"
_LEVELS = (-2, -1, 0, 1, 2, 3)  # of a line's own score
_LIMIT = 5.0  # scores beyond it say nothing more about a neighbour
_PROSE_LENGTH = 9  # length bucket from which a closed line counts as prose
_HEADINGS = frozenset({ChromeClass.RELATED_LINKS, ChromeClass.NAVIGATION, ChromeClass.LEGAL_NOTICE})


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
    return bisect_right((1, 2, 3, 5, 9, 17, 33, 65), distance)


def _placed(place: Place, span: tuple[int, int]) -> Iterator[str]:
    number, total = place
    first, last = span
    if number < first:
        yield f"before the body by {_step(first - number)}"
    elif number > last:
        yield f"after the body by {_step(number - last)}"
    else:
        yield "in the body"
    yield f"line {_step(number)} from the head"
    yield f"line {_step(total - 1 - number)} from the tail"
    if total > 20:
        yield f"at {10 * number // total} tenths of a long page"


def _clipped(score: float) -> float:
    return max(-_LIMIT, min(_LIMIT, score))


def _mean(total: Sequence[float], low: int, high: int, own: float) -> float:
    low, high = max(low, 0), min(high, len(total) - 1)
    return (total[high] - total[low] - own) / max(high - low - 1, 1)


def _around(
    index: int, scores: Sequence[float], total: Sequence[float], whole: float
) -> list[tuple[str, float]]:
    own = scores[index]
    before = scores[index - 1] if index else 0.0
    after = scores[index + 1] if index + 1 < len(scores) else 0.0
    return [
        (OWN, own),
        ("line before", before),
        ("line after", after),
        ("the likelier neighbour", max(before, after)),
        ("the less likely neighbour", min(before, after)),
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
    """What the lines of a page share."""

    lines: Sequence[Line]
    scores: list[float]
    total: list[float]
    span: tuple[int, int]
    runs: list[int]
    seen: Counter[str]


def _names(index: int, view: _View, place: Place, level: int) -> Iterator[str]:
    line, run = view.lines[index], _step(view.runs[index])
    size = length_bucket(line.text) // 2
    where = "in" if view.span[0] <= index <= view.span[1] else "outside"
    yield from _placed(place, view.span)
    yield f"run of {run}"
    yield f"seen {min(view.seen[line.text], 4)} times"
    yield f"length {size}, {where} body"
    yield f"own {level}, {where} body"
    yield f"own {level}, run of {run}"
    if index and line.text == view.lines[0].text:
        yield "repeats the first line"
    if line.kind is not Kind.TEXT:
        yield f"markdown {line.kind.value}"
    if place.total <= SHORT:
        yield f"line {_step(index)}, length {size}"


def contextual(
    lines: Sequence[Line], features: Sequence[Features], scores: Sequence[float]
) -> Iterator[Evidence]:
    """The evidence of every line of a page in its surroundings; ``scores`` are the lines' own."""
    clipped = [_clipped(score) for score in scores]
    prose = [is_prose(own, line) for own, line in zip(features, lines, strict=True)]
    seen = Counter([line.text for line in lines])
    view = _View(lines, clipped, _running(clipped), body(prose, lines), _runs(prose), seen)
    whole = view.total[-1] / max(len(lines), 1)
    kind = _kind(features)
    alike = likeness(lines, features, prose)
    about = _about(lines, prose)
    told = zip(_headings(lines, features, prose), alike, about, strict=True)
    for index, (heading, like, echoed) in enumerate(told):
        names = [*_names(index, view, Place(index, len(lines)), _level(scores[index])), *like, *echoed]
        names += [heading] if heading else []
        evidence = _around(index, clipped, view.total, whole)
        if kind:
            evidence += [(kind, 1.0), (f"{OWN}, {kind}", clipped[index])]
        yield evidence + [(name, 1.0) for name in names]


def _about(lines: Sequence[Line], prose: Sequence[bool]) -> Iterator[list[str]]:
    """How much of the wording of every line its page has elsewhere, and the prose of its page."""
    words = [wording(line.text) for line in lines]
    said = Counter([word for one, closed in zip(words, prose, strict=True) if closed for word in one])
    anywhere = Counter([word for one in words for word in one])
    for line, one, closed in zip(lines, words, prose, strict=True):
        size = length_bucket(line.text) // 2
        by_prose = len([1 for word in one if said[word] > closed])
        by_page = len([1 for word in one if anywhere[word] > 1])
        told = [echo("prose", one, by_prose) if said else "no prose", echo("page", one, by_page)]
        yield [name for each in told for name in (each, f"{each}, length {size}")]


def _kind(features: Sequence[Features]) -> str:
    """What script a page is in, as far as lines of its own shape make scores weigh differently."""
    unspaced = len([1 for own in features if any(name.startswith("particles") for name in own.names)])
    return _UNSPACED_PAGE if unspaced * 2 > len(features) else ""


def _level(score: float) -> int:
    return len([1 for bound in _LEVELS if score >= bound])
