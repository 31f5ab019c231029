"""Runs the rules of one phase over one document, and hears what its comments allow."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from seedlint.diagnostic import Diagnostic, Span
from seedlint.document import Document
from seedlint.registry import UnknownRule, matching
from seedlint.rule import Phase, Rule
from seedlint.suppressions import Allowance, Directive, Fault


class RuleFailed(RuntimeError):
    """A rule raised an exception or named a place outside of the text: our fault, never that of the text."""


class Checked(NamedTuple):
    """What one phase found, and what it found but a comment of the document allows."""

    found: list[Diagnostic]
    allowed: list[tuple[Diagnostic, Allowance]]


def check(document: Document, rules: Iterable[Rule], phase: Phase) -> Checked:
    """The diagnostics of one phase, in order of place; where two overlap, the lower code stays.

    Raises RuleFailed.
    """
    found = _found(document, rules, phase)
    if not document.suppressions or phase is Phase.SUPPRESSIONS:
        return Checked(_disjoint(found), [])
    judged = [(one, document.suppressions.allowing(one)) for one in found]
    allowed = [(one, allowance) for one, allowance in judged if allowance is not None]
    return Checked(_disjoint([one for one, allowance in judged if allowance is None]), allowed)


def _found(document: Document, rules: Iterable[Rule], phase: Phase) -> list[Diagnostic]:
    return [one for rule in rules if rule.phase is phase for one in _by(rule, document)]


def _by(rule: Rule, document: Document) -> list[Diagnostic]:
    """What one rule finds; raises RuleFailed."""
    try:
        if not rule.concerns(document):
            return []
        found = list(rule.check(document))
    except Exception as error:
        said = str(error).partition("\n")[0]
        raise RuleFailed(f"{rule.code} {rule.name()} failed: {type(error).__name__}: {said}") from error
    for one in found:
        places = [one.span, *(Span(*edit[:2]) for edit in (one.fix.edits if one.fix else ()))]
        if not all(0 <= start <= end <= len(document.text) for start, end in places):
            raise RuleFailed(f"{rule.code} {rule.name()} failed: it names a place outside of the text")
    return [one for one in found if _applies(rule, document, one)]


def idle_comments(document: Document, used: Iterable[Allowance], rules: Sequence[Rule]) -> Iterator[Fault]:
    """The comments that allow nothing of what ``rules`` find, as far as these rules can tell.

    One that seems idle is taken away for a trial: a line of Chinese with a long comment
    reads as English, and only without it shows its damage.
    """
    codes, taken = {rule.code for rule in rules}, set(used)
    idle = [fault.directive for fault in _faults(document, taken, codes) if fault.idle]
    if idle:
        taken |= _uncovered(document, idle, rules)
    return _faults(document, taken, codes)


def _faults(document: Document, used: set[Allowance], codes: set[str]) -> Iterator[Fault]:
    for index, directive in enumerate(document.suppressions.directives):
        if directive.problem:
            yield Fault(directive, problem=directive.problem)
        elif directive.verb != "allow-end":
            yield from _idle_words(index, directive, used, codes)


def _uncovered(document: Document, comments: list[Directive], rules: Sequence[Rule]) -> set[Allowance]:
    """What comments of the document allow once ``comments`` are away."""
    spans = sorted(span for one in comments for span in one.comments)
    bare = document.with_text(_without(document.text, spans))
    lengths = list(accumulate(span.end - span.start for span in spans))
    starts = [span.start - before for span, before in zip(spans, [0, *lengths], strict=False)]

    def moved(one: Diagnostic) -> Diagnostic:
        at = one.span.start + [0, *lengths][bisect_right(starts, one.span.start)]
        return replace(one, span=Span(at, at + one.span.end - one.span.start))

    phases = [phase for phase in Phase if phase is not Phase.SUPPRESSIONS]
    found = (moved(one) for phase in phases for one in _found(bare, rules, phase))
    return {allowance for one in found if (allowance := document.suppressions.allowing(one)) is not None}


def _without(text: str, spans: list[Span]) -> str:
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _idle_words(index: int, directive: Directive, used: set[Allowance], codes: set[str]) -> Iterator[Fault]:
    idle = []
    for selector in directive.selectors:
        try:
            if matching(selector) <= codes and Allowance(index, selector) not in used:
                idle.append(selector)
        except UnknownRule as error:
            yield Fault(directive, problem=str(error))
    if idle:
        yield Fault(directive, tuple(idle))


def _applies(rule: Rule, document: Document, diagnostic: Diagnostic) -> bool:
    regions = document.regions
    if regions.possible <= rule.regions:
        return True
    return all(region in rule.regions for _, region in regions.overlapping(diagnostic.span))


def _disjoint(found: list[Diagnostic]) -> list[Diagnostic]:
    """Drop what overlaps a diagnostic of a lower code."""
    kept: list[Diagnostic] = []
    for diagnostic in sorted(found, key=lambda one: (one.span, one.code)):
        while kept and kept[-1].span.overlaps(diagnostic.span) and kept[-1].code > diagnostic.code:
            kept.pop()
        if not kept or not kept[-1].span.overlaps(diagnostic.span):
            kept.append(diagnostic)
    return kept
