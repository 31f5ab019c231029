"""The linear model: how much each piece of evidence counts, and what a line scores with it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from seedlint.chrome import policy
from seedlint.chrome.context import OWN, Evidence, contextual
from seedlint.chrome.features import Features, local
from seedlint.chrome.lines import SHORT, Line, Place
from seedlint.chrome.tables import weights

PAGE, SHORT_PAGE, AMID = "page", "short", "amid"
"""Where a line stands: on a page flattened to text, long or short, or amid prose."""


class Bars(NamedTuple):
    """The scores from which lines are reported, and from which their block may be removed."""

    report: float
    remove: float


def setting_of(count: int) -> str:
    """What a page of ``count`` lines is."""
    return PAGE if count > SHORT else SHORT_PAGE


class Model(NamedTuple):
    """Weights in nats for one setting: of a line's own features, and of those of its surroundings."""

    local: dict[str, float]
    around: dict[str, float]


class Scored(NamedTuple):
    """A line with its score (log odds of being chrome) and what counted."""

    line: Line
    features: Features
    score: float
    evidence: tuple[tuple[str, float], ...]
    setting: str = PAGE


@cache
def shipped(setting: str) -> Model:
    """The model for one setting, made by tools/train_chrome.py."""
    return Model(_weights(f"local-{PAGE if setting == PAGE else SHORT_PAGE}"), _weights(setting))


@cache
def bars(setting: str) -> Bars:
    """The thresholds for a setting."""
    found = _weights("thresholds")
    return Bars(found[f"report {setting}"], found[f"remove {setting}"])


_weights = cache(weights)


def own_score(features: Features, model: Model) -> float:
    """The score of a line by itself."""
    get = model.local.get
    return sum([get(name, 0.0) for name in features.names], get("bias", 0.0))


def weighed(
    line: Line, features: Features, around: Evidence, setting: str, told: Iterable[tuple[str, float]]
) -> Scored:
    """A line with what its surroundings count for, and with what policy says of it."""
    get = shipped(setting).around.get
    parts = [(name, value * weight) for name, value in around if (weight := get(name, 0.0))]
    parts += told
    total = sum([part for _, part in parts], get("bias", 0.0))
    return Scored(line, features, total, tuple(parts), setting)


def told_of(
    line: Line, features: Features, place: Place, *, listed: bool = False, around: Evidence = ()
) -> list[tuple[str, float]]:
    """What policy says of a line; ``listed`` says that it is of a table of contents."""
    told = [*policy.evidence(line, features, place)]
    told += [policy.LISTED] if listed else []
    return [*told, (policy.STOCK, 2.0)] if (policy.STOCK, 1.0) in around else told


def score(lines: Sequence[Line], listed: Container[int] = ()) -> list[Scored]:
    """Score the lines of one page in their surroundings; ``listed`` are those of a table of contents."""
    total = len(lines)
    setting = setting_of(total)
    model = shipped(setting)
    features = [local(line) for line in lines]
    own = [own_score(each, model) for each in features]
    scored = []
    found = zip(lines, features, contextual(lines, features, own), strict=True)
    for index, (line, each, around) in enumerate(found):
        told = told_of(line, each, Place(index, total), listed=index in listed)
        scored.append(weighed(line, each, around, setting, told))
    return scored


def explain(scored: Scored, most: int = 5) -> list[str]:
    """What counted for one line, heaviest first: names with their weight in nats."""
    model = shipped(scored.setting)
    lever = model.around.get(OWN, 1.0)
    own = [(name, lever * model.local.get(name, 0.0)) for name in scored.features.names]
    around = [part for part in scored.evidence if not part[0].startswith(OWN)]
    heavy = sorted(dict(own + around).items(), key=lambda part: -abs(part[1]))
    return [f"{name} {weight:+.1f}" for name, weight in heavy[:most] if abs(weight) >= 0.1]
