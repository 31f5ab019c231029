"""What a rule is: all that a rule file imports from the engine."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from enum import IntEnum
from functools import cache
from importlib import import_module
from typing import ClassVar, NamedTuple

from seedlint.diagnostic import Diagnostic, Edit, Fix, Safety, Severity, Span, Transcode, Verdict
from seedlint.document import Document
from seedlint.regions import EVERYWHERE, Region

__all__ = [
    "EVERYWHERE",
    "Diagnostic",
    "Document",
    "Edit",
    "Example",
    "Fix",
    "Iterator",
    "Phase",
    "Region",
    "Rule",
    "Safety",
    "Severity",
    "Span",
    "Transcode",
    "Verdict",
]


class Phase(IntEnum):
    """When a rule runs; each phase reads what the phases before it have repaired."""

    BYTES = 1
    MOJIBAKE = 2
    CHARACTERS = 3
    SCRIPTS = 4
    CHROME = 5
    PUNCTUATION = 6
    SUPPRESSIONS = 7


class Example(NamedTuple):
    """A damaged text and what becomes of it.

    ``repaired`` is the text after the safe fixes of this rule, ``suggested`` after
    its unsafe ones too; None where nothing changes.
    """

    text: str | bytes
    repaired: str | None = None
    suggested: str | None = None


class Rule(ABC):
    """One kind of damage: finds it, explains it, may repair it.

    The class docstring is the rule's page: what it finds in one line, then what the
    reader suffers. The file's name is the rule's name. Rules hold no state.
    """

    code: ClassVar[str]
    phase: ClassVar[Phase]
    severity: ClassVar[Severity]
    triggers: ClassVar[frozenset[str]] = frozenset()
    """Characters (of `Document.unusual`) that the rule is about."""
    context: ClassVar[tuple[str, str]] = ("", "")
    """Places that the rule is about: the inside of a class for the first character, better a rare one, and
    a regular expression for what follows. A rule without triggers and context runs on any text."""
    gate: ClassVar[str] = ""
    """``module:function``: a cheap look at the document, shared by rules, that must find something."""
    regions: ClassVar[frozenset[Region]] = frozenset()
    """Where besides prose the rule applies."""
    cause: ClassVar[str] = ""
    """What most likely happened to a file with this damage, for the summary of a run."""
    damaged: ClassVar[tuple[Example, ...]]
    sound: ClassVar[tuple[str, ...]]

    def name(self) -> str:
        """The rule's name: that of its file, with hyphens."""
        return type(self).__module__.rpartition(".")[2].replace("_", "-")

    @abstractmethod
    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Find the damage in ``document``."""

    def concerns(self, document: Document) -> bool:
        """Whether the document holds anything this rule looks for."""
        if self.gate and not document.analysis(_looking(self.gate)):
            return False
        return not self.seeks() or self.is_triggered(document) or self.stands_in(document)

    def seeks(self) -> bool:
        """Whether the rule is about certain characters or places."""
        return bool(self.triggers or self.context[0])

    def is_triggered(self, document: Document) -> bool:
        """Whether the document holds a character that the rule is about."""
        return not self.triggers.isdisjoint(document.unusual)

    def stands_in(self, document: Document) -> bool:
        """Whether the document holds the rule's context."""
        return bool(self.context[0]) and _compiled(*self.context).search(document.text) is not None

    def at(
        self,
        span: Span,
        message: str,
        *,
        fix: Fix | None = None,
        verdict: Verdict | None = None,
        evidence: Mapping[str, object] | None = None,
    ) -> Diagnostic:
        """A diagnostic of this rule; a verdict not given follows from the fix."""
        if self.cause:
            evidence = {**(evidence or {}), "cause": self.cause}
        if verdict is None:
            verdict = Verdict.RESTORABLE if fix and fix.safe else Verdict.AMBIGUOUS
        return Diagnostic(self.code, self.name(), self.severity, message, span, verdict, evidence or {}, fix)


@cache
def _looking(gate: str) -> Callable[[Document], bool]:
    module, _, function = gate.partition(":")
    look: Callable[[Document], bool] = getattr(import_module(module), function)
    return look


@cache
def _compiled(first: str, rest: str) -> re.Pattern[str]:
    return re.compile(f"[{first}](?:{rest})")
