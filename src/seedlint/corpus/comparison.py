"""Two surveys of a set, or of two sets: what got worse, what better, and what is only chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from seedlint.corpus.survey import VERSION


class BadSurvey(ValueError):
    """A file that holds no survey; the message is one line for the user."""


def read(text: str, path: str) -> dict[str, Any]:
    """The survey that ``corpus report --json`` wrote; raises BadSurvey."""
    import json

    try:
        value = json.loads(text)
    except ValueError as error:
        raise BadSurvey(f"{path} holds no survey: it is not JSON") from error
    if not isinstance(value, dict) or value.get("version") != VERSION or "damaged" not in value:
        raise BadSurvey(f"{path} holds no survey of version {VERSION}")
    return value


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Every share that both know, before and after, with what can be said of the change."""
    columns = [column for column in old["columns"] if column in new["columns"]]
    return {
        "damaged": _change(old["damaged"], new["damaged"]),
        "rules": _rules(old, new),
        "columns": {column: _values(old["columns"][column], new["columns"][column]) for column in columns},
    }


def _rules(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """A rule that found nothing in a sample may still have something to find in the rest."""
    names = sorted({*old["rules"], *new["rules"]})
    return {name: _change(*(one["rules"].get(name, _nothing(one)) for one in (old, new))) for name in names}


def _nothing(survey: Mapping[str, Any]) -> dict[str, float]:
    square = 1.959964**2
    return {
        "share": 0.0,
        "low": 0.0,
        "high": square / (survey["records"] + square) if survey["sample"] else 0.0,
    }


def _values(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _change(old[name], new[name]) for name in old if name in new}


def _change(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {"before": old["share"], "after": new["share"], "verdict": _verdict(old, new)}


def _verdict(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Worse or better only where the intervals do not meet; exact shares are intervals of no width."""
    if new["low"] > old["high"]:
        return "worse"
    if new["high"] < old["low"]:
        return "better"
    return "same" if old["share"] == new["share"] else "within chance"


def lines(change: Mapping[str, Any]) -> Iterator[str]:
    """The comparison for people: what changed, and how many shares did not."""
    rows = [("damaged records", change["damaged"]), *change["rules"].items()]
    rows += [
        (f"{column} {value}", one)
        for column, values in change["columns"].items()
        for value, one in values.items()
    ]
    told = [(name, one) for name, one in rows if one["verdict"] in ("worse", "better")]
    for name, one in told:
        yield f"{one['verdict']}: {name}: {one['before']:.3%} -> {one['after']:.3%}"
    yield f"{len(rows) - len(told)} of {len(rows)} shares did not change beyond chance."
