"""Which lines of a document are chrome, by score and by the company they keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from seedlint.chrome.classes import class_of, is_moment
from seedlint.chrome.context import Place
from seedlint.chrome.features import local
from seedlint.chrome.lines import STRUCTURE, Line, Lines
from seedlint.chrome.model import Scored, own_score, score, shipped
from seedlint.chrome.phrases import ChromeClass, Use
from seedlint.chrome.policy import LISTED, is_end_marker, near_edge

_REACH = 16  # lines around a candidate that bear on its score
_HOPE = 0.0  # score of a line by itself below which what is around it changes nothing
_COVERED = 0.5  # share of a line that phrases must cover to speak for it
_FEW = 1 / 3  # share of a paragraph that may be doubtful and go along
_MENU = 3 / 4  # the same for entries of a menu: lines that do not close
_ENTRIES = 4  # lines from which a paragraph may be a menu
_CARRY = 1.5  # how far below the threshold a line in a paragraph of chrome may stay


class Found(NamedTuple):
    """A reported line: its index among the lines that are not blank, its class."""

    at: int
    scored: Scored
    chrome: ChromeClass


def hopeful(lines: Lines, told: Sequence[int]) -> frozenset[int]:
    """Those of the lines ``told`` that by themselves come near enough for their surroundings to matter."""
    near = (index for index in told if lines[index].kind not in STRUCTURE)
    return frozenset(index for index in near if _may_tell(lines[index], Place(index, len(lines))))


def _may_tell(line: Line, place: Place) -> bool:
    own = local(line)
    if own_score(own, shipped()) >= _HOPE or is_end_marker(line.text):
        return True
    spoken = {hit.chrome for hit in own.match.hits if hit.use is not Use.LINE}
    return ChromeClass.NAVIGATION in spoken or (bool(spoken) and near_edge(place))


def _windows(wanted: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    low = high = -1
    for index in wanted:
        if high >= 0 and index - _REACH <= high:
            high = min(index + _REACH + 1, count)
            continue
        if high >= 0:
            yield low, high
        low, high = max(index - _REACH, 0), min(index + _REACH + 1, count)
    if high >= 0:
        yield low, high


def _scored(lines: Lines, looked: Sequence[int], listed: frozenset[int]) -> Iterator[tuple[int, Scored]]:
    """The lines that are looked at, with their index and score."""
    for low, high in _windows(looked, len(lines)):
        wanted = {index - low for index in looked if low <= index < high}
        inside = {index - low for index in listed}
        scored = score(lines[low:high], wanted, Place(low, len(lines)), inside)
        yield from ((low + index, scored[index]) for index in sorted(wanted))


def reported(lines: Lines, looked: Sequence[int], listed: frozenset[int]) -> list[Found]:
    """The lines among ``looked`` that are chrome; ``listed`` are those of a table of contents."""
    scored = list(_scored(lines, looked, listed))
    usual = shipped().threshold("report", len(lines))
    least = shipped().threshold("report", len(lines), prosaic=lines.prosaic)
    # a title amid prose looks like chrome and only phrases tell them apart
    sure = {index for index, one in scored if one.score >= (least if spoken_for(one) else usual)}
    sure |= _carried(scored, sure, least)
    return list(_classified([(index, one) for index, one in scored if index in sure]))


def spoken_for(scored: Scored) -> bool:
    """Whether something besides a line's looks says that it is chrome."""
    found, text = scored.features.match, scored.line.text
    told = is_end_marker(text) or any(name == LISTED for name, _ in scored.evidence) or is_moment(scored)
    return told or found.coverage >= _COVERED or any(hit.use is not Use.LINE for hit in found.hits)


def _carried(scored: Sequence[tuple[int, Scored]], sure: set[int], least: float) -> set[int]:
    """Lines that are not sure, in a paragraph that is chrome but for them."""
    carried: set[int] = set()
    for part in _joined(scored):
        doubtful = {index for index, _ in part} - sure
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


def _classified(found: Sequence[tuple[int, Scored]]) -> Iterator[Found]:
    above: Found | None = None
    for index, scored in found:
        neighbour = above.chrome if above is not None and index - above.at == 1 else None
        above = Found(index, scored, class_of(scored, neighbour))
        yield above
