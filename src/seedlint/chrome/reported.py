"""Which lines of a document are chrome, by score and by the company they keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from seedlint.chrome.amid import amid
from seedlint.chrome.classes import class_of
from seedlint.chrome.features import CODE
from seedlint.chrome.gate import Look
from seedlint.chrome.lines import SHORT, STRUCTURE, Kind, Lines
from seedlint.chrome.model import AMID, Scored, bars, score, setting_of
from seedlint.chrome.phrases import ChromeClass, Hit, Use
from seedlint.chrome.policy import LISTED, is_end_marker, is_moment

_TITLE, _SILENT, _TOLD, _CLOSED, _WORDED, _LISTED, _CODED = 4.0, 1.0, 5.0, 1.0, 2.0, 5.0, 3.0
"""How much surer it must be."""
_MARKUP = frozenset("<:")  # tags and definitions
_QUOTES, _STOPS = "\"'”’」』)）", frozenset("。.")
_SEVERAL = 3  # entries of a menu from which a line is no heading
_COVERED = 0.5  # share of a line that phrases must cover to speak for it
_FEW = 1 / 3  # share of a paragraph that may be doubtful and go along
_MENU = 3 / 4  # the same for entries of a menu: lines that do not close
_ENTRIES = 4  # lines from which a paragraph may be a menu
_DENSE = 0.08  # share of lines that tell from which a text without blank lines is a page
_CARRY = 1.5  # how far below the threshold a line in a paragraph of chrome may stay


class Found(NamedTuple):
    """A reported line: its index among the lines that are not blank, its class."""

    at: int
    scored: Scored
    chrome: ChromeClass


class Report(NamedTuple):
    """The lines that are chrome, the score from which they may go, and whether all lines were scored."""

    found: list[Found]
    remove: float
    page: bool


def reported(lines: Lines, look: Look, listed: frozenset[int]) -> Report:
    """The lines that are chrome; ``listed`` are those of a table of contents."""
    page = is_page(lines, look)
    scored = list(enumerate(score(lines, listed)) if page else amid(lines, look, listed))
    scored = [(index, one) for index, one in scored if one.line.kind not in STRUCTURE]
    least, remove = bars(setting_of(len(lines)) if page else AMID)
    if page:
        found = classified([(index, one) for index, one in scored if one.score >= least])
    else:
        found = sure_amid(scored, least)
    return Report(found, remove, page)


def sure_amid(scored: Sequence[tuple[int, Scored]], least: float) -> list[Found]:
    """Those of the lines amid prose, by index, that are chrome: from ``least`` on, and who goes with them."""
    asked = zip(scored, demands(scored), strict=True)
    sure = {index for (index, one), more in asked if one.score >= least + more}
    sure |= _carried(scored, sure, least)
    return classified([(index, one) for index, one in scored if index in sure])


def demands(scored: Sequence[tuple[int, Scored]]) -> list[float]:
    """How much surer than usual it must be of every line amid prose, in their order.

    A paragraph of short lines of which no phrase speaks may be verse, a cast, a list of what to buy.
    """
    asked: list[float] = []
    for part in _joined(scored):
        silent = _SILENT if not any(spoken_for(one) for _, one in part) else 0.0
        asked += [max(silent, _demand(index, one, lone=len(part) == 1)) for index, one in part]
    return asked


def _demand(index: int, one: Scored, *, lone: bool) -> float:
    """More for what may be a title, marks, tags, a sentence, a list, code, a heading of common words."""
    text = one.line.text
    if may_be_title(index, one) or not any(map(str.isalnum, text)) or text[0] in _MARKUP:
        return _TITLE
    if one.line.kind is not Kind.TEXT:
        return _LISTED
    if may_be_told(one):
        return _TOLD
    if CODE in one.features.names:
        return _CODED
    if lone and not spoken_by_shape(one) and _is_plain(one) and any(map(str.isalpha, text)):
        return _WORDED
    closed = "ends sentence" in one.features.names
    return _CLOSED if closed and one.features.match.coverage < _COVERED else 0.0


def _is_plain(one: Scored) -> bool:
    """Whether a line may be a heading: no more than a word or two of a menu."""
    hits = one.features.match.hits
    return len(hits) < _SEVERAL and not any(map(is_telling, hits))


def is_telling(hit: Hit) -> bool:
    """Whether a phrase is more than a word that menus have too."""
    return hit.use is not Use.LINE or " " in hit.phrase or (len(hit.phrase) >= 4 and not hit.phrase.isascii())


def may_be_title(index: int, one: Scored) -> bool:
    """Whether a line is the first, has letters, and nothing but its looks says that it is chrome."""
    return index == 0 and not spoken_for(one) and any(map(str.isalpha, one.line.text))


def may_be_told(scored: Scored) -> bool:
    """Whether a line is a sentence with a full stop, and no phrase says that it is chrome."""
    return scored.line.text.rstrip(_QUOTES)[-1:] in _STOPS and not spoken_for(scored)


def is_page(lines: Lines, look: Look) -> bool:
    """Whether all lines are scored as a page: one flattened to text, or an excerpt without blank lines."""
    if len(lines) > SHORT and not look.has_prose:
        return False
    if len(lines) > SHORT:
        return look.is_page or (not lines.spaced and _is_dense(lines, look))
    return not lines.spaced and (look.is_page or bool(look.telling))


def _is_dense(lines: Lines, look: Look) -> bool:
    """Whether lines that tell are frequent in a text that is neither prose nor short lines throughout."""
    return not (look.is_prose or look.is_open) and len(look.telling) >= _DENSE * len(lines)


def spoken_for(scored: Scored) -> bool:
    """Whether something besides a line's looks says that it is chrome."""
    found = scored.features.match
    told = spoken_by_shape(scored) or found.coverage >= _COVERED
    return told or any(hit.use is not Use.LINE for hit in found.hits)


def spoken_by_shape(scored: Scored) -> bool:
    """Whether a line says that the text ends, is of a table of contents, or is a date or time."""
    return LISTED in scored.evidence or is_end_marker(scored.line.text) or is_moment(scored.line.text)


def _carried(scored: Sequence[tuple[int, Scored]], sure: set[int], least: float) -> set[int]:
    """Lines that are not sure and no sentences, in a paragraph that is chrome but for them."""
    carried: set[int] = set()
    for part in _joined(scored):
        # the first line may be the title
        doubtful = {member[0] for member in part if member[0] and not _closes(member)} - sure
        mean = sum(one.score for _, one in part) / len(part)
        weakest = min(one.score for _, one in part)
        most = _MENU if len(part) >= _ENTRIES and not any(map(_closes, part)) else _FEW
        if 0 < len(doubtful) <= most * len(part) and mean > least and weakest > least - _CARRY:
            carried |= doubtful
    return carried


def _closes(member: tuple[int, Scored]) -> bool:
    return "ends sentence" in member[1].features.names


def _joined(scored: Sequence[tuple[int, Scored]]) -> Iterator[list[tuple[int, Scored]]]:
    """Scored lines that follow each other without a blank line."""
    part: list[tuple[int, Scored]] = []
    for index, one in scored:
        if part and (index - part[-1][0] > 1 or one.line.after_gap):
            yield part
            part = []
        part.append((index, one))
    if part:
        yield part


def classified(found: Sequence[tuple[int, Scored]]) -> list[Found]:
    """Lines that are chrome, with their classes."""
    above: Found | None = None
    made = []
    for index, scored in found:
        neighbour = above.chrome if above is not None and index - above.at == 1 else None
        above = Found(index, scored, class_of(scored, neighbour))
        made.append(above)
    return made
