"""The lines of a text of prose that may be chrome, and what they score in their stretch.

Lines that tell go on if their own score comes near, runs of short open lines if some
of them do, and the short lines right around either.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from seedlint.chrome.features import Features, local
from seedlint.chrome.gate import Look
from seedlint.chrome.lines import STRUCTURE, Lines, Place
from seedlint.chrome.model import AMID, Scored, own_score, shipped, told_of, weighed
from seedlint.chrome.phrases import ChromeClass, Use
from seedlint.chrome.policy import is_end_marker, near_edge
from seedlint.chrome.stretch import Around, Known, stretches, surroundings

_HOPE = 0.0  # score of a line by itself below which what is around it changes nothing
_RUN_HOPE = -1.0  # mean score of some lines of a run below which it is left alone
_SCARCE_HOPE = -0.5  # score of a line by itself from which it is looked at where such lines are scarce
_ASKED = 3  # lines of a run that are asked first

Own = Callable[[Features], float]


class _Asked:
    """The lines of a text as far as they were looked at."""

    def __init__(self, lines: Lines, own: Own) -> None:
        self._lines, self._own = lines, own
        self._known: dict[int, Known] = {}

    def __getitem__(self, at: int) -> Known:
        if at not in self._known:
            line = self._lines[at]
            features = local(line)
            self._known[at] = Known(at, line, features, self._own(features))
        return self._known[at]

    def may_tell(self, at: int) -> bool:
        """Whether a line that tells comes near enough by itself for its surroundings to matter."""
        one = self[at]
        if one.own >= _HOPE or is_end_marker(one.line.text):
            return True
        spoken = {hit.chrome for hit in one.features.match.hits if hit.use is not Use.LINE}
        place = Place(at, len(self._lines))
        return ChromeClass.NAVIGATION in spoken or (bool(spoken) and near_edge(place))

    def promises(self, run: Sequence[int]) -> bool:
        """Whether some lines of a run, asked first, come near."""
        asked = [self[at].own for at in run[:: max(1, len(run) // _ASKED)]]
        return sum(asked) >= _RUN_HOPE * len(asked)


def known_lines(lines: Lines, look: Look, listed: Collection[int], own: Own) -> list[Known]:
    """The lines worth a score, in order; ``own`` is the score of a line by itself."""
    asked = _Asked(lines, own)

    def plain(found: Collection[int]) -> list[int]:
        return [at for at in found if lines[at].kind not in STRUCTURE]

    near = {*listed, *(at for at in plain(look.telling) if asked.may_tell(at))}
    if lines.spaced:
        near.update(at for at in plain(look.scarce) if asked[at].own >= _SCARCE_HOPE)
    for run in map(plain, _runs(look.runs)):
        near.update(run if run and asked.promises(run) else ())
    return [asked[at] for at in sorted(plain(near.union(look.company(near))))] if near else []


def _runs(indices: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for index in indices:
        if run and index - run[-1] > 1:
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def amid(lines: Lines, look: Look, listed: Collection[int]) -> Iterator[tuple[int, Scored]]:
    """The lines worth a score, with their index; ``listed`` are those of a table of contents."""
    model = shipped(AMID)
    known = known_lines(lines, look, listed, lambda features: own_score(features, model))
    text = Around(len(lines), len(look.brief), lines.spaced, look.markup, lines.strings)
    for stretch in stretches(known):
        yield from _scored(stretch, lines, text, listed)


def _scored(
    stretch: Sequence[Known], lines: Lines, text: Around, listed: Collection[int]
) -> Iterator[tuple[int, Scored]]:
    behind = stretch[-1].at + 1
    closed = behind >= len(lines) or lines[behind].after_gap
    for one, around in zip(stretch, surroundings(stretch, text, closed=closed), strict=True):
        place = Place(one.at, len(lines))
        told = told_of(one.line, one.features, place, listed=one.at in listed, around=around)
        yield one.at, weighed(one.line, one.features, around, AMID, told)
