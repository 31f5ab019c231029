"""What wrong conversions should read, and whether that is certain."""

from __future__ import annotations

from typing import NamedTuple

from seedlint.diagnostic import Span
from seedlint.document import Document
from seedlint.language.conversion_damage import Damage, Place, damage
from seedlint.language.conversion_proposals import proposal
from seedlint.language.conversion_seams import seams
from seedlint.language.prose import is_syllabic
from seedlint.language.script import (
    Script,
    classical,
    evidence,
    is_classical,
    is_tinged,
    standard,
    tally,
    weigh,
)
from seedlint.language.script_standards import written

# Nats of odds, chosen on text of two other sources than the tables' and the benchmark's:
# of what is repaired so, 99.5 % and more was right.
_WHOLE, _PART = 10, 3  # expected wrong places of a document damaged as a whole, and in part
_KINDS, _SHARE = 3, 0.1  # classes that a conversion damages at least, and share of their places
_REPORTED = 2.2
_EXCLUDED, _UNLIKELY, _HARDLY, _NEVER = 4.0, 2.5, 9.0, 7.5  # in a document not known to be damaged
_SAFE, _SAFE_IN_PART = 4.5, 6.0
_SAFE_RATE = 0.3  # share of wrong places, of a class and of the document, from which a repair is safe
_SAFE_AGAINST_OPENCC = 12.0
_SAFE_CONTEXT = 3.0  # nats that the neighbours alone must give


class Repair(NamedTuple):
    """Characters ``offset`` to ``end`` (exclusive) to be replaced; ``odds`` in nats."""

    offset: int
    end: int
    replacement: str
    odds: float
    safe: bool


def repairs(document: Document) -> tuple[Repair, ...]:
    """The wrong conversions of a document, in order."""
    if document.analysis(evidence).script is not Script.TRADITIONAL or document.analysis(classical):
        return ()
    found = damage(document)
    places = [place for place in found.places if _is_prose(document, place)]
    if not _is_damaged(found):
        sure = {(place.short, place.seen) for place in places if _stands_alone(place)}
        places = [place for place in places if (place.short, place.seen) in sure]
    single = [_repair(document, place, found) for place in places if place.odds > _REPORTED]
    cut = [Repair(*seam, safe=False) for seam in document.analysis(seams)]
    inside = {at for seam in cut for at in range(seam.offset, seam.end)}
    return tuple(sorted([*cut, *(repair for repair in single if repair.offset not in inside)]))


def _is_damaged(found: Damage) -> bool:
    """Whether a conversion went over the document: many errors, of many kinds, among few right places."""
    kinds = len({place.short for place in found.places})
    return found.wrong >= _PART and kinds >= _KINDS and found.share >= _SHARE


def _stands_alone(place: Place) -> bool:
    """Whether a place is wrong in a document that is not known to be damaged.

    A rare form among strangers is a name or a term; its neighbours must exclude it,
    unless Traditional text hardly has it at all.
    """
    prior = place.context - place.windows
    return (
        place.windows >= _EXCLUDED
        or (place.windows >= _UNLIKELY and place.context >= _HARDLY)
        or (place.windows >= 0 and prior >= _NEVER)
    )


def _is_prose(document: Document, place: Place) -> bool:
    """Whether the line of a place is modern Chinese, and not quoted in Simplified."""
    span, known = document.line_span(place.offset), document.analysis(_modern)
    if span not in known:
        line = document.text[span.start : span.end]
        other = weigh(line).script is Script.SIMPLIFIED
        known[span] = not (other or is_syllabic(line) or is_classical(line))
    return known[span]


def _modern(_: Document) -> dict[Span, bool]:
    """The lines that were looked at so far."""
    return {}


def _repair(document: Document, place: Place, found: Damage) -> Repair:
    least = _SAFE if found.wrong >= _WHOLE else _SAFE_IN_PART
    sure = place.odds >= least and place.context > _SAFE_CONTEXT and place.rate >= _SAFE_RATE
    safe = sure and _is_damaged(found) and found.share >= _SAFE_RATE and _agreed(document, place)
    safe = safe and not document.analysis(is_tinged)
    replacement = written(place.best, document.analysis(tally), document.analysis(standard))
    return Repair(place.offset, place.offset + 1, replacement, place.odds, safe)


def _agreed(document: Document, place: Place) -> bool:
    """Whether OpenCC proposes the same, or context leaves it no say."""
    if place.odds > _SAFE_AGAINST_OPENCC:
        return True
    return proposal(document.text, place.offset, document.analysis(standard)) in ("", place.best)
