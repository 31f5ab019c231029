"""The linear model: how much each piece of evidence counts, and what a line scores with it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import cache
from typing import NamedTuple

from seedlint.chrome import policy
from seedlint.chrome.context import OWN, Place, contextual
from seedlint.chrome.features import Features, local
from seedlint.chrome.lines import SHORT, Line
from seedlint.chrome.phrases import Match
from seedlint.chrome.tables import rows

PROSE = Features(("ends sentence",), Match((), 0.0))
_PROSE_SCORE = -4.0


class Model(NamedTuple):
    """Weights in nats: of a line's own features, and of those of its surroundings.

    ``thresholds`` has the scores from which a line is reported, and from which its
    block may be removed: for short pages, for long ones, and for texts of prose.
    """

    local: dict[str, float]
    context: dict[str, float]
    thresholds: dict[str, float]

    def threshold(self, what: str, count: int, *, prosaic: bool = False) -> float:
        """The score for "report" or "remove" on a page of ``count`` lines, most of them prose or not."""
        kind = " prose" if prosaic else " short" if count <= SHORT else ""
        return self.thresholds[what + kind]


class Scored(NamedTuple):
    """A line with its score (log odds of being chrome) and what counted, heaviest first."""

    line: Line
    features: Features
    score: float
    evidence: tuple[tuple[str, float], ...]


@cache
def shipped() -> Model:
    """The model in weights.tsv, made by tools/train_chrome.py."""
    tables: dict[str, dict[str, float]] = {"local": {}, "context": {}, "threshold": {}}
    for row in rows("weights.tsv"):
        table, name, weight = row.split("\t")
        tables[table][name] = float(weight)
    return Model(tables["local"], tables["context"], tables["threshold"])


def own_score(features: Features, model: Model) -> float:
    """The score of a line by itself."""
    get = model.local.get
    return sum([get(name, 0.0) for name in features.names], get("bias", 0.0))


def score(
    lines: Sequence[Line],
    wanted: Container[int] | None = None,
    place: Place | None = None,
    listed: Container[int] = (),
) -> list[Scored]:
    """Score the lines of one page, or of a window of it at ``place``, in their surroundings.

    Lines whose index is not in ``wanted`` are taken for prose; ``listed`` are those
    of a table of contents.
    """
    model, place = shipped(), place or Place(0, len(lines))
    features = [
        local(line) if wanted is None or index in wanted else PROSE for index, line in enumerate(lines)
    ]
    own = [_PROSE_SCORE if each is PROSE else own_score(each, model) for each in features]
    stock = policy.stock_paragraphs(lines, features, place)
    scored = []
    for index, around in enumerate(contextual(lines, features, own, place, wanted)):
        if around is None:
            scored.append(Scored(lines[index], PROSE, _PROSE_SCORE, ()))
            continue
        parts = [(name, value * model.context.get(name, 0.0)) for name, value in around]
        parts += policy.evidence(index, lines, features, place)
        parts += [(policy.LISTED, 5.0)] if index in listed else []
        parts += [("a paragraph of stock phrases", 1.5)] if index in stock else []
        total = sum([part for _, part in parts], model.context.get("bias", 0.0))
        scored.append(Scored(lines[index], features[index], total, tuple(parts)))
    return scored


def explain(scored: Scored, most: int = 5) -> list[str]:
    """What counted for one line, heaviest first: names with their weight in nats."""
    model = shipped()
    lever = model.context.get(OWN, 1.0)
    own = [(name, lever * model.local.get(name, 0.0)) for name in scored.features.names]
    around = [part for part in scored.evidence if not part[0].startswith(OWN)]
    heavy = sorted(dict(own + around).items(), key=lambda part: -abs(part[1]))
    return [f"{name} {weight:+.1f}" for name, weight in heavy[:most] if abs(weight) >= 0.1]
