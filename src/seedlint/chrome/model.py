"""The linear model: how much each piece of evidence counts, and what a line scores with it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from seedlint.chrome import policy
from seedlint.chrome.context import OWN, UNSPACED_PAGE, Evidence, contextual
from seedlint.chrome.features import Features, local
from seedlint.chrome.lines import SHORT, Line, Place
from seedlint.chrome.tables import rows

_AMID = frozenset({"rest of its paragraph", "rest of its stretch"})


class Bars(NamedTuple):
    """The scores from which lines are reported, and from which their block may be removed."""

    report: float
    remove: float


def page_kind(count: int, evidence: Evidence) -> str:
    """What thresholds a page of ``count`` lines has, as the evidence of one of them tells."""
    if count > SHORT:
        return "page"
    return "short unspaced" if any(name == UNSPACED_PAGE for name, _ in evidence) else "short"


class Model(NamedTuple):
    """Weights in nats: of a line's own features, and of those of its surroundings on a page and amid prose.

    ``thresholds`` has the scores from which a line is reported, and from which its
    block may be removed: on long pages, on short ones of either script, and amid prose.
    """

    local: dict[str, float]
    context: dict[str, float]
    amid: dict[str, float]
    thresholds: dict[str, float]

    def bars(self, kind: str) -> Bars:
        """The thresholds for a ``kind`` of text."""
        return Bars(self.thresholds[f"report {kind}"], self.thresholds[f"remove {kind}"])


class Scored(NamedTuple):
    """A line with its score (log odds of being chrome) and what counted."""

    line: Line
    features: Features
    score: float
    evidence: tuple[tuple[str, float], ...]


@cache
def shipped() -> Model:
    """The model in weights.tsv, made by tools/train_chrome.py."""
    tables: dict[str, dict[str, float]] = {"local": {}, "context": {}, "amid": {}, "threshold": {}}
    for row in rows("weights.tsv"):
        table, name, weight = row.split("\t")
        tables[table][name] = float(weight)
    return Model(tables["local"], tables["context"], tables["amid"], tables["threshold"])


def own_score(features: Features, model: Model) -> float:
    """The score of a line by itself."""
    get = model.local.get
    return sum([get(name, 0.0) for name in features.names], get("bias", 0.0))


def weighed(
    line: Line,
    features: Features,
    around: Evidence,
    weights: dict[str, float],
    told: Iterable[tuple[str, float]],
) -> Scored:
    """A line with what its surroundings count for, and with what policy says of it."""
    get = weights.get
    parts = [(name, value * weight) for name, value in around if (weight := get(name, 0.0))]
    parts += told
    return Scored(line, features, sum([part for _, part in parts], get("bias", 0.0)), tuple(parts))


def told_of(
    line: Line, features: Features, place: Place, *, listed: bool = False, around: Evidence = ()
) -> list[tuple[str, float]]:
    """What policy says of a line; ``listed`` says that it is of a table of contents."""
    told = [*policy.evidence(line, features, place)]
    told += [(policy.LISTED, 5.0)] if listed else []
    return [*told, (policy.STOCK, 2.0)] if (policy.STOCK, 1.0) in around else told


def score(lines: Sequence[Line], listed: Container[int] = ()) -> list[Scored]:
    """Score the lines of one page in their surroundings; ``listed`` are those of a table of contents."""
    model, total = shipped(), len(lines)
    features = [local(line) for line in lines]
    own = [own_score(each, model) for each in features]
    scored = []
    found = zip(lines, features, contextual(lines, features, own), strict=True)
    for index, (line, each, around) in enumerate(found):
        told = told_of(line, each, Place(index, total), listed=index in listed)
        scored.append(weighed(line, each, around, model.context, told))
    return scored


def explain(scored: Scored, most: int = 5) -> list[str]:
    """What counted for one line, heaviest first: names with their weight in nats."""
    model = shipped()
    weights = model.amid if any(name in _AMID for name, _ in scored.evidence) else model.context
    lever = weights.get(OWN, 1.0)
    own = [(name, lever * model.local.get(name, 0.0)) for name in scored.features.names]
    around = [part for part in scored.evidence if not part[0].startswith(OWN)]
    heavy = sorted(dict(own + around).items(), key=lambda part: -abs(part[1]))
    return [f"{name} {weight:+.1f}" for name, weight in heavy[:most] if abs(weight) >= 0.1]
