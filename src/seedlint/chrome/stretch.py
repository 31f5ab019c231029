"""What counts about a short line amid prose: its paragraph, its stretch of short lines, its place.

Unlike the lines of a page flattened to text, the lines of a text have kept their blank
lines, and only those that were looked at are known; all others are prose.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from seedlint.chrome import policy
from seedlint.chrome.context import OWN, Evidence
from seedlint.chrome.features import CODE, Features, length_bucket
from seedlint.chrome.lines import SHORT, Kind, Line
from seedlint.chrome.phrases import ChromeClass, Use
from seedlint.chrome.topic import Nearby

_LIMIT = 6.0  # scores beyond it say nothing more about a neighbour
_PROSE = -4.0  # what prose is taken to score
_REACH = 33  # lines below a heading for which it speaks
_EDGE = 5  # lines from head and tail that count as near
_NEAR = 12  # lines above and below a stretch in which its wording is looked for
_LONG = 40  # characters from which a line is taken for prose there
_STEPS = (1, 2, 3, 5, 9, 17)
_SHARES = (0.001, 0.03, 0.08, 0.15, 0.3)
_MARKUP = (0.001, 0.04, 0.12, 0.3)
_SHARES_OF_CODE = (0.01, 0.34, 0.67)
_COVERS = (0.01, 0.3, 0.5, 0.9)
_LEVELS = (-2, -1, 0, 1, 2, 3)
_HEADINGS = frozenset({ChromeClass.RELATED_LINKS, ChromeClass.NAVIGATION, ChromeClass.LEGAL_NOTICE})


class Known(NamedTuple):
    """A line that was looked at: its place among the lines of the text, and what it says by itself."""

    at: int
    line: Line
    features: Features
    own: float


class Around(NamedTuple):
    """The text: how many lines it has, how many of them are short and open, whether blank lines part it.

    ``markup`` is the share of lines that look like markup or code, ``strings`` are all its lines.
    """

    total: int
    brief: int
    spaced: bool
    markup: float
    strings: Sequence[str]


def _bucket(number: float, bounds: Sequence[float]) -> int:
    return bisect_right(bounds, number)


def _clipped(score: float) -> float:
    return max(-_LIMIT, min(_LIMIT, score))


def stretches(known: Sequence[Known]) -> Iterator[list[Known]]:
    """The lines that follow each other, blank lines apart."""
    part: list[Known] = []
    for one in known:
        if part and one.at - part[-1].at > 1:
            yield part
            part = []
        part.append(one)
    if part:
        yield part


def _paragraphs(stretch: Sequence[Known]) -> Iterator[list[Known]]:
    part: list[Known] = []
    for one in stretch:
        if part and one.line.after_gap:
            yield part
            part = []
        part.append(one)
    yield part


def surroundings(stretch: Sequence[Known], text: Around, *, closed: bool) -> Iterator[Evidence]:
    """The evidence of every line of one stretch; ``closed`` says that a blank line or the tail follows it."""
    parts = list(_paragraphs(stretch))
    edges, pure = _edges(stretch, text), _purity(stretch, text)
    shared = [
        f"stretch of {_bucket(len(stretch), _STEPS)}",
        *edges,
        pure,
        *(f"{pure}, {one}" for one in edges),
        f"markup {_bucket(text.markup, _MARKUP)}",
        f"markup {_bucket(text.markup, _MARKUP)}, {pure}",
    ]
    if text.total <= SHORT:
        shared.append("short text")
    total = sum([_clipped(one.own) for one in stretch])
    headings = _headings(stretch)
    near = Nearby(_near(stretch, text))
    for number, part in enumerate(parts):
        kind = _kind(part, text, ended=closed or number < len(parts) - 1)
        names = [*shared, kind, f"{pure}, {kind}", *(f"{kind}, {one}" for one in edges)]
        names += _coded(part, kind)
        names += [policy.STOCK] if kind.startswith("whole") and _is_stock(part) else []
        for index, one in enumerate(part):
            rest = (total - _clipped(one.own)) / (len(stretch) - 1) if len(stretch) > 1 else _PROSE
            yield _evidence(part, index, rest, [*names, *next(headings), *_about(one, near, kind, pure)])


def _coded(part: Sequence[Known], kind: str) -> list[str]:
    """How many lines of a paragraph look like code, commands or what they print."""
    code = f"code {_bucket(sum(CODE in one.features.names for one in part) / len(part), _SHARES_OF_CODE)}"
    return [code, f"{code}, {kind}"]


def _about(one: Known, near: Nearby, kind: str, pure: str) -> Iterator[str]:
    """What a line is about beside the prose around it."""
    told = "told" if _is_told(one) else "not told"
    with_ = (f"length {length_bucket(one.line.text) // 2}", kind, pure, told)
    for name in near.about(one.line.text):
        yield name
        yield from (f"{name}, {each}" for each in with_)


def _is_told(one: Known) -> bool:
    return any(hit.use is not Use.LINE for hit in one.features.match.hits)


def _near(stretch: Sequence[Known], text: Around) -> str:
    """The longer lines not far from a stretch."""
    first, last = stretch[0].at, stretch[-1].at
    around = (*text.strings[max(first - _NEAR, 0) : first], *text.strings[last + 1 : last + 1 + _NEAR])
    return "\n".join([line for line in around if len(line) > _LONG])


def _edges(stretch: Sequence[Known], text: Around) -> list[str]:
    """How near a stretch is to head and tail."""
    head, tail = stretch[0].at, text.total - 1 - stretch[-1].at
    names = [f"{_bucket(head, _STEPS)} below the head"] if head < _EDGE else []
    names += [f"{_bucket(tail, _STEPS)} above the tail"] if tail < _EDGE else []
    return names or ["amid the text"]


def _purity(stretch: Sequence[Known], text: Around) -> str:
    """How many other short open lines the text has: where there is none, a stretch of them stands out."""
    others = max(text.brief - len(stretch), 0) / max(text.total - len(stretch), 1)
    return f"other short lines {_bucket(others, _SHARES)}"


def _is_stock(part: Sequence[Known]) -> bool:
    """Whether a paragraph is stock phrases and nothing else."""
    hits = [hit for one in part for hit in one.features.match.hits]
    return policy.is_stock(hits, min(one.features.match.coverage for one in part))


def _kind(part: Sequence[Known], text: Around, *, ended: bool) -> str:
    begun = part[0].line.after_gap or part[0].at == 0
    whole = "whole" if begun and ended else "open" if text.spaced else "unspaced"
    return f"{whole} paragraph of {_bucket(len(part) - 1, _STEPS)}"


def _evidence(part: Sequence[Known], index: int, stretch: float, names: list[str]) -> Evidence:
    one = part[index]
    rest = [_clipped(other.own) for other in (*part[:index], *part[index + 1 :])]
    before = _clipped(part[index - 1].own) if index else _PROSE
    after = _clipped(part[index + 1].own) if index + 1 < len(part) else _PROSE
    evidence = [
        (OWN, one.own),
        ("the likelier neighbour", max(before, after)),
        ("the less likely neighbour", min(before, after)),
        ("rest of its paragraph", sum(rest) / len(rest) if rest else _PROSE),
        ("surest of its paragraph", max(rest, default=_PROSE)),
        ("rest of its stretch", stretch),
    ]
    return evidence + [(name, 1.0) for name in (*names, *_looks(one, "alone" if not rest else "in company"))]


def _looks(one: Known, company: str) -> Iterator[str]:
    match = one.features.match
    cover, level = _bucket(match.coverage, _COVERS), _bucket(one.own, _LEVELS)
    told = _is_told(one)
    yield f"phrases cover {cover}, {'told' if told else 'not told'}"
    yield f"phrases cover {cover}, {company}"
    yield f"own {level}, {company}"
    yield f"own {level}, phrases {cover}"
    if one.at == 0:
        yield from ("first line", f"first line, phrases cover {cover}", f"first line, {company}")
    if "ends sentence" in one.features.names:
        yield "closed"
    if one.line.kind is not Kind.TEXT:
        yield f"markdown {one.line.kind.value}"


def _headings(stretch: Sequence[Known]) -> Iterator[list[str]]:
    """For every line, that a stock heading stands above it in its stretch.

    A heading inside a paragraph speaks for that paragraph only.
    """
    heading, age, inside = None, 0, False
    for one in stretch:
        if inside and one.line.after_gap:
            heading = None
        yield [f"under {heading}"] if heading and age < _REACH else []
        age += 1
        for hit in one.features.match.hits:
            if hit.use is not Use.LINE and hit.chrome in _HEADINGS and one.features.match.coverage > 0.5:
                heading, age, inside = hit.chrome.value, 0, one.at > 0 and not one.line.after_gap
