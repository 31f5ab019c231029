"""What is said of one damaged place: frozen values that every layer passes on.

All offsets count characters of the decoded text from 0; spans are half open.
Bytes that do not decode are one character each, a lone surrogate
(``surrogateescape``, PEP 383).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How bad a diagnostic is: damage of the text, very likely damage, worth a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for ``info`` to 2 for ``error``, so that severities compare."""
        return ("info", "warning", "error").index(self)


class Verdict(StrEnum):
    """What can be said of a place.

    ``restorable``: one answer, proved by damaging it again or given by the policy
    of the rule; ``ambiguous``: candidates, or none that stands out; ``lost``: the
    bytes are gone.
    """

    RESTORABLE = "restorable"
    AMBIGUOUS = "ambiguous"
    LOST = "lost"


class Safety(StrEnum):
    """Whether ``--fix`` applies a fix, or only ``--unsafe-fixes``."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive), from the beginning of the text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether both share a character; an empty span inside the other counts."""
        return (self.start < other.end and other.start < self.end) or self == other


class Edit(NamedTuple):
    """Replace the characters ``start`` to ``end`` (exclusive) by ``replacement``."""

    start: int
    end: int
    replacement: str


class Transcode(NamedTuple):
    """Rewrite the whole file from one encoding to another (Python codec names)."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Fix:
    """The edits that repair one diagnostic, applied all or none.

    ``replay`` is the forward model of the damage: run on the repaired text of the
    diagnostic's span, it must give the damaged text back, character for character.
    The engine runs it before it applies the fix. Removals and normalisations have
    none.
    """

    edits: tuple[Edit, ...] = ()
    safety: Safety = Safety.SAFE
    transcode: Transcode | None = None
    replay: Callable[[str], str] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def replace(
        cls,
        span: Span,
        replacement: str,
        *,
        safe: bool = True,
        replay: Callable[[str], str] | None = None,
    ) -> Fix:
        """Put ``replacement`` in the place of ``span``."""
        edit = Edit(span.start, span.end, replacement)
        return cls((edit,), Safety.SAFE if safe else Safety.UNSAFE, replay=replay)

    @classmethod
    def remove(cls, *spans: Span, safe: bool = True) -> Fix:
        """Remove every span."""
        edits = tuple(Edit(span.start, span.end, "") for span in spans)
        return cls(edits, Safety.SAFE if safe else Safety.UNSAFE)

    @property
    def safe(self) -> bool:
        """Whether ``--fix`` alone applies it."""
        return self.safety is Safety.SAFE


class Position(NamedTuple):
    """A place as editors count: line and column (in characters) from 1, offset from 0."""

    line: int
    column: int
    offset: int


class Location(NamedTuple):
    """Where a diagnostic stands, with enough text around it to show it.

    ``context`` is a window of the source line; the excerpt starts at character
    ``indent`` of it.
    """

    start: Position
    end: Position
    excerpt: str
    context: str
    indent: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One place where a rule found damage.

    ``evidence`` holds what counted, as JSON values; ``candidates`` in it are the
    possible repairs, best first. ``location`` is filled in by the engine.
    """

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    verdict: Verdict
    evidence: Mapping[str, object] = field(default_factory=dict)
    fix: Fix | None = None
    location: Location | None = None
