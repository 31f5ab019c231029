"""What applies to a file: which rules, which encoding, which script."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from seedlint.registry import select
from seedlint.rule import Rule


@dataclass(frozen=True)
class Settings:
    """Choices for one file. Selectors are codes, prefixes of codes, names or ``ALL``."""

    select: tuple[str, ...] = ("ALL",)
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    encoding: str = "utf-8"
    script: str | None = None

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that run; raises seedlint.registry.UnknownRule."""
        return select(self.select, self.ignore, self.extend_select)
