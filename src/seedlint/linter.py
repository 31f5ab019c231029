"""Runs the rules of one phase over one document."""

from __future__ import annotations

from collections.abc import Iterable

from seedlint.diagnostic import Diagnostic
from seedlint.document import Document
from seedlint.rule import Phase, Rule


def check(document: Document, rules: Iterable[Rule], phase: Phase) -> list[Diagnostic]:
    """The diagnostics of one phase, in order of place; where two overlap, the lower code stays."""
    found = [
        diagnostic
        for rule in rules
        if rule.phase is phase and rule.concerns(document)
        for diagnostic in rule.check(document)
        if _applies(rule, document, diagnostic)
    ]
    return _disjoint(found)


def _applies(rule: Rule, document: Document, diagnostic: Diagnostic) -> bool:
    touched = document.regions.overlapping(diagnostic.span)
    return all(region in rule.regions for _, region in touched)


def _disjoint(found: list[Diagnostic]) -> list[Diagnostic]:
    """Drop what overlaps a diagnostic of a lower code."""
    kept: list[Diagnostic] = []
    for diagnostic in sorted(found, key=lambda one: (one.span, one.code)):
        while kept and kept[-1].span.overlaps(diagnostic.span) and kept[-1].code > diagnostic.code:
            kept.pop()
        if not kept or not kept[-1].span.overlaps(diagnostic.span):
            kept.append(diagnostic)
    return kept
