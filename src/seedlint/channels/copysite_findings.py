"""All that copy sites did to one document: worked out once, told by two rules."""

from __future__ import annotations

from dataclasses import dataclass

from seedlint.channels.copysite import encode, spell
from seedlint.channels.copysite_annotations import (
    NOTHING,
    Judgement,
    Note,
    behind_ideographs,
    bracketed,
    judge,
    notes,
)
from seedlint.channels.copysite_readings import reads
from seedlint.channels.copysite_replaced import Replaced, may_be_replaced, replaced
from seedlint.channels.copysite_swaps import Swap, swaps
from seedlint.channels.copysite_traces import may_be_cut, suspects
from seedlint.channels.copysite_windows import (
    Window,
    behind_letter,
    lost_brackets,
    trouble,
    windows,
)
from seedlint.document import Document

GAIN = 12.0
"""Nats by which a repair must be likelier than the damage, or nothing is said."""
MARGIN = 5.0
"""Nats by which the first candidate must lead the next to be applied unasked."""
HIDDEN = 6.5
"""Nats by which it must lead every reading with one more pair of private use that vanished."""
DENSITY = -6.0
"""Nats a character: a repair applied unasked must itself be language."""
# benchmarks/copysite.py measures all of them: nothing that passes was wrong.


@dataclass(frozen=True, slots=True)
class Findings:
    """Windows of slipped bytes, with readings and without, and readings in their own place."""

    annotated: tuple[Window, ...] = ()
    slipped: tuple[Window, ...] = ()
    judgement: Judgement = NOTHING


def is_safe(window: Window) -> bool:
    """Whether nothing comes near the first candidate."""
    clear = window.margin >= MARGIN and window.hidden >= HIDDEN
    return clear and window.density >= DENSITY and not (window.best.guessed or window.best.holes)


def may_be_annotated(text: str) -> bool:
    """Whether anything in ``text`` is written as sites write readings; cheap."""
    if next(behind_ideographs(text), None) or any(pattern.search(text) for pattern in lost_brackets()):
        return True
    return any(
        text[match.start() - 2 : match.start() - 1] > "\x7f" for match in bracketed().finditer(text, 2)
    )


def findings(document: Document) -> Findings:
    """What was inserted into ``document`` and cut out of it; use through `Document.analysis`."""
    text = document.text
    annotates = may_be_annotated(text)
    found = notes(text) if annotates else []
    troubled = _windows(text, found) if annotates or may_be_cut(text) else []
    outside = [note for note in found if not any(w.start <= note.start < w.end for w in troubled)]
    letters = _behind_letters(text, troubled) if annotates else []
    annotated = tuple(window for window in troubled if window.best.readings and not _cut(window))
    slipped = tuple(window for window in troubled if window not in annotated)
    judged = judge(text, outside, proved=bool(annotated or letters))
    return Findings(annotated, slipped, _joined(judged, letters))


def proposals(document: Document) -> tuple[Swap, ...]:
    """Characters of ``document`` that may stand for others; use through `Document.analysis`."""
    places = document.analysis(suspects)
    if not places:
        return ()
    from seedlint.language.plausibility import model

    return tuple(swaps(document.text, model(), places))


def replacements(document: Document) -> tuple[Replaced, ...]:
    """Readings in the place of characters; use through `Document.analysis`."""
    if not may_be_replaced(document.text):
        return ()
    from seedlint.language.plausibility import model

    return tuple(replaced(document.text, model()))


def _joined(judged: Judgement, letters: list[Note]) -> Judgement:
    return Judgement(tuple(sorted((*judged.sure, *letters), key=lambda note: note.start)), judged.likely)


def _windows(text: str, found: list[Note]) -> list[Window]:
    from seedlint.language.plausibility import model

    known = frozenset((note.char, note.reading) for note in found)
    return [window for window in windows(text, model(), known) if window.gain >= GAIN]


def _cut(window: Window) -> bool:
    """Whether the window begins with a cut at a mark: a slip, whatever readings lie in it."""
    opening = trouble().search(window.damaged)
    return bool(opening and not _reading_follows(window.damaged, opening.end()))


def _reading_follows(damaged: str, at: int) -> bool:
    return damaged[at : at + 1].isalpha() or damaged[at : at + 1] == "("


def _behind_letters(text: str, troubled: list[Window]) -> list[Note]:
    """Readings behind an ASCII character that is the trail of the pair with this reading."""
    found = []
    for match in behind_letter().finditer(text):
        trail = match.start() - 1
        pair = (encode(text[trail - 1]) + text[trail].encode())[-2:]
        char = spell(*pair) if len(pair) == 2 else None
        inside = any(window.start <= trail < window.end for window in troubled)
        if char and not inside and reads(char, match["reading"]):
            form = match["note"].replace(match["reading"], "{}")
            found.append(Note(char, match["reading"], match.start("note"), match.end(), form, False))
    return found
