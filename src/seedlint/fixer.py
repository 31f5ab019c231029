"""Repairs a document phase by phase and holds every fix to three laws.

Applying a fix removes its diagnostic; it creates none of its own or an earlier
phase; applying everything twice changes nothing more. A fix with a forward model
must also give the damaged text back. A fix that breaks a law is withheld, named in
``Outcome.broken``, and the rest goes on without it.

Linting and fixing are one run: what ``--fix`` will do is what the lint said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from seedlint.diagnostic import Diagnostic, Fix, Span, Transcode
from seedlint.document import Document, encode, reads_back
from seedlint.linter import check, idle_comments
from seedlint.pieces import PieceTable
from seedlint.rule import Phase, Rule
from seedlint.suppressions import Allowance

ROUNDS = 3
_ATTEMPTS = 8
_TELLING = 8  # characters of damage that may tell of a script
_PROTECTED = Phase.MOJIBAKE  # what is damaged still after this phase, no later rule may touch

_Key = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run over one document found and did.

    ``diagnostics`` are all places found, in the text as it is in the file;
    ``applied`` those of them that were repaired; ``remaining`` what a lint of
    ``text`` would still report, in its own places; ``broken`` the fixes withheld
    because they broke a law.
    """

    document: Document
    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...]
    applied: tuple[Diagnostic, ...]
    remaining: tuple[Diagnostic, ...]
    broken: tuple[Diagnostic, ...] = ()

    @property
    def data(self) -> bytes:
        """The repaired text as the bytes of a file; raises UnicodeEncodeError."""
        return encode(self.text, self.encoding)

    @property
    def changed(self) -> bool:
        """Whether anything was repaired, the encoding included."""
        return self.text != self.document.text or self.encoding != self.document.encoding


def repair(document: Document, rules: Sequence[Rule], *, unsafe: bool = False) -> Outcome:
    """Find all damage in ``document`` and repair what may be repaired.

    Raises seedlint.linter.RuleFailed.
    """
    outcome = _repair(document, rules, unsafe)
    settled = _settled(outcome, rules, unsafe)
    if settled is not None:
        return settled
    withheld = {(one.code, one.span): one for one in (*outcome.broken, *outcome.applied)}
    return _frozen(document, rules, unsafe, withheld)


def _repair(document: Document, rules: Sequence[Rule], unsafe: bool) -> Outcome:
    withheld: dict[_Key, Diagnostic] = {}
    for _ in range(_ATTEMPTS):
        attempt = _Attempt(document, rules, unsafe, withheld)
        broken = attempt.run()
        if not broken:
            return attempt.outcome()
        withheld |= broken
    return _frozen(document, rules, unsafe, withheld)


def _frozen(
    document: Document, rules: Sequence[Rule], unsafe: bool, withheld: dict[_Key, Diagnostic]
) -> Outcome:
    """Everything found and nothing repaired."""
    attempt = _Attempt(document, rules, unsafe, withheld, frozen=True)
    attempt.run()
    return attempt.outcome()


def _settled(outcome: Outcome, rules: Sequence[Rule], unsafe: bool) -> Outcome | None:
    """The outcome as its bytes read again, None where they need more repair.

    The last round of an attempt has shown it, unless it knew what a new run would not: which
    fixes are withheld, or how the text reads before its bytes are decoded anew: what stood
    between the bytes of a character may be gone.
    """
    if not outcome.changed:
        return outcome
    old = outcome.document
    if not outcome.broken and outcome.encoding == old.encoding and reads_back(outcome.text, old.encoding):
        return outcome
    try:
        new = old.reread(outcome.data, outcome.encoding)
    except UnicodeEncodeError:
        return outcome  # whoever writes it is told
    if not outcome.broken and new.text == outcome.text and outcome.encoding == old.encoding:
        return outcome
    again = _repair(new, rules, unsafe)
    return None if again.changed else replace(outcome, text=new.text, remaining=again.remaining)


@dataclass
class _Attempt:
    """One try at a document, with the fixes in ``withheld`` left out."""

    document: Document
    rules: Sequence[Rule]
    unsafe: bool
    withheld: dict[_Key, Diagnostic]
    frozen: bool = False
    target: str = ""
    found: dict[_Key, Diagnostic] = field(default_factory=dict)
    applied: dict[_Key, Diagnostic] = field(default_factory=dict)
    remaining: list[Diagnostic] = field(default_factory=list)
    protected: list[Span] = field(default_factory=list)
    known: frozenset[_Key] = frozenset()
    allowed: set[Allowance] = field(default_factory=set)
    comments: int = 0

    def run(self) -> dict[_Key, Diagnostic]:
        """Repeat the phases until nothing changes; the fixes that broke a law."""
        self.pieces = PieceTable.of(self.document.text)
        self.current = self.document.with_text(self.document.text)  # what is worked out on it goes with it
        for _ in range(ROUNDS + 1):
            changed = self.round()
            if not changed:
                return self.lawless()
        return changed

    def round(self) -> dict[_Key, Diagnostic]:
        """Run every phase once; the diagnostics whose fixes were applied."""
        changed: dict[_Key, Diagnostic] = {}
        self.known = frozenset(self.found)
        self.remaining, self.protected, self.allowed = [], [], set()
        self.comments = len(self.current.suppressions.directives)
        for phase in Phase:
            changed |= self.phase(phase)
        return changed

    def phase(self, phase: Phase) -> dict[_Key, Diagnostic]:
        chosen: dict[_Key, Diagnostic] = {}
        if phase is Phase.SUPPRESSIONS:
            self.judge_comments()
        found, allowed = check(self.seen(phase), self.rules, phase)
        self.allowed |= {allowance for _, allowance in allowed}
        left = [self.pieces.origin(diagnostic.span) for diagnostic, _ in allowed]
        for diagnostic in found:
            key = (diagnostic.code, self.pieces.origin(diagnostic.span))
            if _touches(self.protected, key[1]):
                continue
            self.note(key, diagnostic)
            if self.may_apply(key, diagnostic):
                chosen[key] = _joined(chosen.get(key), diagnostic)
            else:
                self.remaining.append(diagnostic)
                left.append(key[1])
        if phase <= _PROTECTED:
            self.protected = sorted([*self.protected, *left])
        if chosen:
            self.apply(_compatible(chosen))
        return chosen

    def seen(self, phase: Phase) -> Document:
        """What a phase reads: scripts are told by sound text, not by what misread text happens to hold."""
        hiding = [span for span in self.protected if span.end - span.start >= _TELLING]
        if phase is not Phase.SCRIPTS or not hiding:
            return self.current
        return self.current.with_text(self.pieces.without(hiding))

    def judge_comments(self) -> None:
        """Find the suppressions of no use, unless a repair of this round has changed which there are."""
        directives = self.current.suppressions.directives
        if directives and len(directives) == self.comments:
            faults = idle_comments(self.current, self.allowed, self.rules)
            self.current = self.current.with_idle_comments(faults)

    def note(self, key: _Key, diagnostic: Diagnostic) -> None:
        """Keep the diagnostic in the places of the original, unless it is known."""
        if key not in self.found:
            fix = diagnostic.fix and replace(
                diagnostic.fix, edits=tuple(map(self.pieces.origin_edit, diagnostic.fix.edits)), replay=None
            )
            self.found[key] = replace(diagnostic, span=key[1], fix=fix)

    def may_apply(self, key: _Key, diagnostic: Diagnostic) -> bool:
        fix = diagnostic.fix
        if fix is None or not self.wants(key, fix):
            return False
        if fix.transcode and self.applied:
            return False  # told from bytes that are not those of the file
        return _proved(self.current.text, diagnostic, fix)

    def wants(self, key: _Key, fix: Fix) -> bool:
        return not self.frozen and key not in self.withheld and (fix.safe or self.unsafe)

    def apply(self, chosen: dict[_Key, Diagnostic]) -> None:
        for key, diagnostic in chosen.items():
            if diagnostic.fix and diagnostic.fix.transcode:
                self.transcode(diagnostic, diagnostic.fix.transcode)
                return
            self.applied[key] = self.found[key]
        edits = [(edit, self.found[key]) for key, one in chosen.items() if one.fix for edit in one.fix.edits]
        self.pieces = self.pieces.apply(sorted(edits, key=lambda pair: pair[0][:2]))
        self.current = self.current.with_text("")  # what was worked out on the old text goes first
        self.current = self.current.with_text(self.pieces.text)

    def transcode(self, diagnostic: Diagnostic, transcode: Transcode) -> None:
        """Read the bytes anew; from here on this is the text as it is in the file."""
        self.document = self.document.reread(self.document.data, transcode.source)
        self.target = transcode.target
        self.pieces, self.current = PieceTable.of(self.document.text), self.document
        key = (diagnostic.code, Span(0, 0))
        self.found = {key: replace(diagnostic, span=key[1])}
        self.applied = dict(self.found)

    def lawless(self) -> dict[_Key, Diagnostic]:
        """The fixes that left or created a diagnostic of their own or an earlier phase."""
        phases = {rule.code: rule.phase for rule in self.rules}
        broken: dict[_Key, Diagnostic] = {}
        for left in self.remaining if self.applied else ():
            key = (left.code, self.pieces.origin(left.span))
            if left.fix and left.fix.transcode and self.wants(key, left.fix):
                return dict(self.applied)
            if key in self.known and key not in self.applied:
                continue
            for author in self.pieces.authors(left.span):
                if phases[author.code] >= phases[left.code]:
                    broken[author.code, author.span] = author
        return broken

    def outcome(self) -> Outcome:
        known = sorted(self.found.values(), key=lambda one: (one.span, one.code))
        return Outcome(
            self.document,
            self.pieces.text,
            self.target or self.document.encoding,
            tuple(replace(one, location=self.document.locate(one.span)) for one in known),
            tuple(self.applied.values()),
            tuple(replace(one, location=self.current.locate(one.span)) for one in self.remaining),
            tuple(self.withheld.values()),
        )


def _joined(one: Diagnostic | None, other: Diagnostic) -> Diagnostic:
    """``other``, with the edits of one whose place came out of the same repair."""
    if one is None or one.fix is None or other.fix is None:
        return other
    return replace(one, fix=replace(one.fix, edits=(*one.fix.edits, *other.fix.edits)))


def _compatible(chosen: dict[_Key, Diagnostic]) -> dict[_Key, Diagnostic]:
    """The diagnostics whose edits do not overlap; the others have their turn in the next round."""
    edits = sorted((edit, key) for key, one in chosen.items() if one.fix for edit in one.fix.edits)
    end, clashing = 0, set[_Key]()
    for edit, key in edits:
        if edit.start < end:
            clashing.add(key)
        end = max(end, edit.end)
    return {key: one for key, one in chosen.items() if key not in clashing}


def _touches(spans: list[Span], span: Span) -> bool:
    """Whether ``span`` overlaps one of ``spans``, which are in order and disjoint."""
    index = bisect_left(spans, span)
    return any(span.overlaps(other) for other in spans[max(index - 1, 0) : index + 1])


def _proved(text: str, diagnostic: Diagnostic, fix: Fix) -> bool:
    """Whether the forward model, run on the repair, gives the damaged text back."""
    if fix.replay is None:
        return True
    span = diagnostic.span
    repaired, at = "", span.start
    for edit in sorted(fix.edits):
        repaired += text[at : edit.start] + edit.replacement
        at = edit.end
    return fix.replay(repaired + text[at : span.end]) == text[span.start : span.end]
