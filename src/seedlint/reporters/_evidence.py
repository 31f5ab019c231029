"""Spells what counted for a diagnostic, so that people can read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from seedlint.diagnostic import Diagnostic
from seedlint.visible import visible


def spelled(one: Diagnostic) -> Iterator[tuple[str, str]]:
    """Label and value of everything but the likely cause, which is told apart."""
    for label, value in one.evidence.items():
        if label != "cause":
            yield visible(label), visible(_spell(value))


def _spell(value: object) -> str:
    if isinstance(value, Mapping) and "text" in value:
        return _candidate(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_spell(one)}" for key, one in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(map(_spell, value))
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _candidate(value: Mapping[object, object]) -> str:
    """What may have stood there, and how likely that is."""
    odds = value.get("odds")
    return f"{value['text']} ({odds:.1%})" if isinstance(odds, float) else str(value["text"])
