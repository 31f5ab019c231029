"""How much a document may cost: steps of search, counted so that any input ends in linear time.

A step is one character proposed to one path of the search, about two microseconds. What is
left when the steps are used up is reported without candidates.
"""

from __future__ import annotations

from dataclasses import dataclass

_DOCUMENT, _DOCUMENT_EACH = 4_000_000, 20
_LINE, _LINE_EACH = 80_000, 600
_TRIAL, _TRIAL_EACH = 200, 0.25


@dataclass(slots=True)
class Effort:
    """A number of steps and how many of them are used."""

    limit: int
    used: int = 0

    @property
    def left(self) -> int:
        """The steps that are left; 0 if more were used than there were."""
        return max(0, self.limit - self.used)

    @property
    def overdrawn(self) -> bool:
        """Whether even the cheap trials after the last step have used as much again."""
        return self.used >= 2 * self.limit

    def line(self, characters: int) -> Effort:
        """What one line of that length may use of this."""
        return Effort(min(self.left, _LINE + _LINE_EACH * characters))

    def spend(self, steps: int) -> None:
        """Count steps as used."""
        self.used += steps


def document_effort(characters: int) -> Effort:
    """What a document of that length may use."""
    return Effort(_DOCUMENT + _DOCUMENT_EACH * characters)


def trial_cost(characters: int) -> int:
    """What it costs to try a channel on a text of that length, before any search."""
    return _TRIAL + int(_TRIAL_EACH * characters)
