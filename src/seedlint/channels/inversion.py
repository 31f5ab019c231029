"""What the author wrote, from the bytes that are left: a beam over clusters of lost bytes.

Bytes that are all there decode at the speed of the codec; only where some are lost
are characters proposed, and the language model chooses among them with a few
characters on either side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from seedlint.channels.channel import Channel
from seedlint.channels.inventory import inventories
from seedlint.channels.lattice import EMPTY, PROPOSED, WINDOW, Arcs, Hand, Ways, arcs, every_arc
from seedlint.channels.reading import EATS, refusals
from seedlint.channels.stream import MARK, SPECIAL, edged, known_bytes
from seedlint.channels.suspects import odd_or_lost
from seedlint.language.agreement import Surroundings
from seedlint.language.plausibility import CALIBRATED, NGRAM_WEIGHT, WORD_WEIGHT, model

_BESIDE = 3  # characters on either side of a cluster that the model reads
_WIDEST = 40  # paths kept where the character behind them is not read yet
_WIDE, _NARROW = 24, 8  # paths kept by characters alone, and by characters and words
_HURRIED, _HURRIED_ARCS = 4, 24  # paths and characters kept when a third of the steps are used
_LOOK, _LOOKED = 4, 100  # characters looked at that cost as much as one step; the most steps: all are kept
_DISTANT = 9.0  # the same for more than a few that are read as words: the best was never above 6
_WORSE = 14.0  # nats behind the best path of a place at which a path is dropped
_BEHIND, _HURRIED_BEHIND = 8.0, 3.0  # the same between paths with different bytes in hand
_WORD = 8  # the most of them that are read where a long word stands before
_FAR = 200  # characters and bytes on either side that a filling must agree with
_LONG = 16  # characters after which the beginning of a cluster is settled


class Candidate(NamedTuple):
    """One filling of a cluster and its share of the likelihood, 0 to 1."""

    text: str
    odds: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """A stretch of the original with lost bytes: its place there, and what it may hold, best first.

    ``margin`` is the distance in nats to the next best filling; infinite where there is none.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    margin: float


@dataclass(frozen=True, slots=True)
class Inversion:
    """The original of a stream: its text, the clusters in it, and how far it got.

    ``read`` is the number of stream symbols that the text accounts for, ``steps`` what the
    search cost, and ``given_up`` whether that was all it was allowed.
    """

    text: str
    clusters: tuple[Cluster, ...]
    read: int
    steps: int = 0
    given_up: bool = False

    @property
    def margin(self) -> float:
        """The smallest margin of the clusters."""
        return min((cluster.margin for cluster in self.clusters), default=math.inf)


class _Path(NamedTuple):
    score: float
    text: str


_Front = dict[tuple[int, Hand], list[_Path]]


class _Search:
    """One run along a stream."""

    def __init__(self, channel: Channel, stream: str, before: str, script: str | None, limit: int) -> None:
        self.channel, self.stream, self.script = channel, stream, script
        self.edged = edged(stream, channel.reading) if channel.reading.mark == "" else stream
        self.parts: list[str] = []
        self.left, self.length = before, 0
        self.limit, self.steps = limit, 0
        self.clusters: list[Cluster] = []
        self.place = 0
        self.reached: dict[int, float] = {}
        self.model = model(script)
        self.sizes = inventories(channel.true)[0].lengths
        self.dropped = channel.reading.mark == ""
        self.calm = _BESIDE * (3 if channel.true == "utf-8" else 2)

    def run(self) -> Inversion:
        while self.place < len(self.stream):
            self._known()
            if self.place < len(self.stream) and not self._cluster():
                break
        given_up = self.steps >= self.limit and self.place < len(self.stream)
        return Inversion("".join(self.parts), tuple(self.clusters), self.place, self.steps, given_up)

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
        self.left = (self.left + text)[-_FAR:]

    def _known(self) -> None:
        """Take the characters whose bytes are all there."""
        hole = SPECIAL.search(self.stream, self.place)
        end = hole.start() if hole else len(self.stream)
        data = known_bytes(self.stream, self.place, end)
        text, taken = decoded(data, self.channel.true)
        self._write(text)
        self.place += taken

    def _cluster(self) -> bool:
        """Search from the first lost byte to where all paths meet; False at a dead end."""
        front: _Front = {(self.place, EMPTY): [_Path(0.0, "")]}
        self.reached.clear()
        while front and self.steps < self.limit:
            if len(front) == 1 and self._met(front):
                return True
            front = self._advance(front)
        return False

    def _met(self, front: _Front) -> bool:
        """Where all paths have met, settle what can be settled; True if the cluster is closed."""
        (((place, hand), paths),) = front.items()
        at_end = place == len(self.stream)
        if place == self.place or not (hand == EMPTY or (hand.flag == 1 and at_end)):
            return False
        if not SPECIAL.search(self.stream[place : place + self.calm]):
            self._close(place, paths)
            return True
        if len(paths) > 1 and not decoded(self._ahead(place), self.channel.true)[0]:
            front[place, hand] = self._settled(paths)
        return False

    def _ahead(self, place: int) -> bytes:
        """The bytes that are all there behind a place, a few characters at most."""
        end = min(place + self.calm, len(self.stream))
        hole = SPECIAL.search(self.stream, place, end)
        return known_bytes(self.stream, place, hole.start() if hole else end)

    def _advance(self, front: _Front) -> _Front:
        """Lengthen the paths that lag behind by one character."""
        key = min(front, key=lambda state: (state[0], state[1].flag != 2))
        place, hand = key
        if not (paths := self._in_reach(place, front.pop(key))):
            return front
        if place >= len(self.stream) and hand.flag != 2:
            return self._at_end(front, key, paths)
        if known := self._known_next(place, hand):
            return self._along(front, place, paths, *known)
        found = self._arcs(place, hand)
        self.steps += min(found.looked_at // _LOOK, _LOOKED) + 1
        most = _WIDE if found.number == 1 else _WIDEST
        for state, grown in self._grown(found, place, paths).items():
            front[state] = _widest([*front.get(state, ()), *grown], most)
        return front

    def _known_next(self, place: int, hand: Hand) -> tuple[str, int] | None:
        """The next character and its bytes if these are all there; no character where they make none."""
        if self.dropped or hand.queue or hand.flag == EATS or (lead := self.stream[place]) >= MARK:
            return None
        size = self.sizes(ord(lead))
        piece = self.stream[place : place + size[0]]
        if len(size) > 1 or len(piece) < size[0] or max(piece) >= MARK:
            return None
        if hand.flag and refusals(self.channel.reading)[hand.lost][ord(lead)] != hand.flag:
            return "", size[0]
        char = piece.encode("latin-1").decode(self.channel.true, "ignore")
        return (char if len(char) == 1 else ""), size[0]

    def _along(self, front: _Front, place: int, paths: list[_Path], char: str, size: int) -> _Front:
        """The front with paths one known character longer."""
        self.steps += 1 + len(paths)
        grown = list(front.get((place + size, EMPTY), ()))
        for path in paths if char else ():
            left = (("\n\n" + self.left[-2:]) + path.text)[-2:]
            reached = path.score + self.model.step(left[0], left[1], char)
            if reached >= self._reach(place + size, reached):
                grown.append(_Path(reached, path.text + char))
        if grown:
            front[place + size, EMPTY] = _widest(grown, _WIDE)
        return front

    def _grown(self, found: Arcs, place: int, paths: list[_Path]) -> _Front:
        """Paths one character longer, by where they lead; what falls far behind is left out."""
        grown: _Front = {}
        known: dict[str, Ways] = {}
        for path in paths:
            tail = path.text
            left = tail[-2:] if len(tail) > 1 else ("\n\n" + self.left[-2:] + tail)[-2:]
            if (ways := known.get(left)) is None:
                ways = known[left] = found.ways(self.model, left)
                self.steps += sum(map(len, ways.known.values())) + len(found.frequent)
            for advance, likeliest in ways.known.items():
                least = self._reach(place + advance, path.score + likeliest[0][0])
                for step, char, hand in likeliest:
                    if (reached := path.score + step) < least:
                        break
                    grown.setdefault((place + advance, hand), []).append(_Path(reached, tail + char))
            for advance, others in found.frequent.items():
                start = path.score + ways.unseen
                least = self._reach(place + advance, start + others[0][0])
                for cost, row, char, hand in others:
                    if (reached := start + cost) < least:
                        break
                    if row not in ways.behind:
                        grown.setdefault((place + advance, hand), []).append(_Path(reached, tail + char))
        return grown

    def _reach(self, place: int, score: float) -> float:
        """Note that a path reached a place; the score below which others are dropped there."""
        best = self.reached[place] = max(self.reached.get(place, -math.inf), score)
        return best - _BEHIND

    def _in_reach(self, place: int, paths: list[_Path]) -> list[_Path]:
        """The paths not far behind the best that reached the same place, whatever is in hand."""
        least = self.reached.get(place, 0.0) - (_HURRIED_BEHIND if self._hurries else _BEHIND)
        near = [path for path in paths if path.score >= least]
        return sorted(near, reverse=True)[:_HURRIED] if self._hurries else near

    @property
    def _hurries(self) -> bool:
        return 3 * self.steps > self.limit

    def _arcs(self, place: int, hand: Hand) -> Arcs:
        most = _HURRIED_ARCS if self._hurries else PROPOSED
        return arcs(self.channel, self.script, self.edged[place : place + WINDOW], hand, most)

    def _at_end(self, front: _Front, key: tuple[int, Hand], paths: list[_Path]) -> _Front:
        """Paths at the end of the text: what is left in hand is lost with it."""
        if all(state[0] >= len(self.stream) for state in front):
            merged = sorted((p for group in (paths, *front.values()) for p in group), reverse=True)
            return {(key[0], EMPTY): merged[:_WIDE]}
        front[key] = paths
        return front

    def _settled(self, paths: list[_Path]) -> list[_Path]:
        """The best paths by words too; the beginning of long ones is settled and taken off."""
        if len(paths[0].text) <= _LONG:
            return self._narrowed(paths)
        ranked = self._ranked(paths, "")
        settled = ranked[0][1][:-_BESIDE]
        beginnings: dict[str, float] = {}
        for score, tail in ranked:
            beginnings.setdefault(tail[: len(settled)], score)
        self._enter([(score, tail) for tail, score in beginnings.items()], 0.0)
        same = [path for path in paths if path.text.startswith(settled)]
        return [_Path(score, tail[len(settled) :]) for score, tail in same]

    def _narrowed(self, paths: list[_Path]) -> list[_Path]:
        if len(paths) <= _NARROW:
            return paths
        kept = {tail for _, tail in self._ranked(paths, "")[:_NARROW]}
        return [path for path in paths if path.text in kept]

    def _close(self, place: int, paths: list[_Path]) -> None:
        right, _ = decoded(self._ahead(place), self.channel.true)
        if place + self.calm >= len(self.stream):
            right += "\n"
        alone = len(paths) > 1 or self._is_only_one(place, paths[0].text)
        ranked = self._ranked(paths, right[:_BESIDE])
        agreeing = self._agreeing(ranked, place)
        same = ranked[0][1] == agreeing[0][1]
        margin = min(_margin(ranked), _margin(agreeing)) if alone and same else 0.0
        self._enter(agreeing[:_NARROW], margin)
        self.place = place

    def _is_only_one(self, end: int, text: str) -> bool:
        """Whether nothing else, however rare, can stand in a cluster of one character."""
        if len(text) != 1:
            return False
        found = every_arc(self.channel, self.edged[self.place : self.place + WINDOW])
        return {arc.char for arc in found if self.place + arc.advance <= end} == {text}

    def _ranked(self, paths: list[_Path], right: str) -> list[tuple[float, str]]:
        """Paths by characters and words, the text before them and behind them read too."""
        if len(paths) == 1:
            return [(0.0, paths[0].text)]
        words, left = self.model.words, _beside(self.left) or "\n"
        best = self._likeliest(paths, right[:2])
        scored = [
            (NGRAM_WEIGHT * score + WORD_WEIGHT * words(left + tail + right), tail) for score, tail in best
        ]
        return sorted(scored, reverse=True)

    def _likeliest(self, paths: list[_Path], right: str) -> list[tuple[float, str]]:
        """Paths by characters, two behind them read too."""
        step, before = self.model.step, ("\n\n" + self.left)[-2:]

        def reached(path: _Path) -> tuple[float, str]:
            text = before + path.text + right
            ends = range(len(text) - len(right), len(text))
            return path.score + sum(step(text[at - 2], text[at - 1], text[at]) for at in ends), path.text

        ranked = sorted(map(reached, paths), reverse=True)[:_WIDE]
        least = ranked[0][0] - _DISTANT
        return [one for at, one in enumerate(ranked) if at < _NARROW or one[0] >= least]

    def _agreeing(self, ranked: list[tuple[float, str]], place: int) -> list[tuple[float, str]]:
        """The same by what they agree with in the rest of the line too."""
        if len(ranked) == 1:
            return ranked
        later = self.stream[place : place + _FAR]
        known = Surroundings(
            self.model, self.left, legible(self.channel, later), place + _FAR >= len(self.stream)
        )
        return sorted(((score + known.agreement(tail), tail) for score, tail in ranked), reverse=True)

    def _enter(self, ranked: list[tuple[float, str]], margin: float) -> None:
        """Write down the best filling and what else there was."""
        start = self.length
        self._write(ranked[0][1])
        margin = 0.0 if self._hurries else margin
        self.clusters.append(Cluster(start, start + len(ranked[0][1]), _with_odds(ranked), margin))


def _beside(left: str) -> str:
    """The last characters of a text, with all of the word if they are katakana."""
    start = max(0, len(left) - _BESIDE)
    while start and len(left) - start < _WORD and "\u30a1" <= left[start - 1] <= "\u30fc":
        start -= 1
    return left[start:]


def _widest(paths: list[_Path], most: int) -> list[_Path]:
    """The best paths of a place, cut off now and then."""
    if len(paths) > 2 * most:
        paths.sort(reverse=True)
        least = paths[0].score - _WORSE
        paths = [path for path in paths[:most] if path.score >= least]
    return paths


def invert(
    channel: Channel, stream: str, before: str = "", script: str | None = None, limit: int = 1 << 40
) -> Inversion:
    """The most plausible original of ``stream``; ``before`` is the text in front of it.

    The script is read off the bytes that are left; where these do not tell it is ``script``.
    After ``limit`` steps the search ends where it is.
    """
    told = model().script(before + legible(channel, stream))
    return _Search(channel, stream, before, told or script, limit).run()


def legible(channel: Channel, stream: str) -> str:
    """What can be read of a stream without filling a lost byte."""
    parts = [known_bytes(part, 0, len(part)) for part in SPECIAL.split(stream)]
    if channel.true == "utf-8":
        return "".join(part.decode("utf-8", "ignore") for part in parts)
    return "".join(_in_step(part, channel.true, at > 0) for at, part in enumerate(parts))


def _in_step(part: bytes, true: str, behind: bool) -> str:
    """The text of double bytes; behind a lost byte the first may belong to it."""
    texts = [part[at:].decode(true, "ignore") for at in range(1 + behind)]
    return min(texts, key=lambda text: len(odd_or_lost(text)))


def decoded(data: bytes, true: str) -> tuple[str, int]:
    """The text of ``data`` up to the first byte that does not decode, and the bytes it took."""
    try:
        return data.decode(true), len(data)
    except UnicodeDecodeError as error:
        return data[: error.start].decode(true), error.start


def _margin(ranked: list[tuple[float, str]]) -> float:
    """The distance of the best to the next in nats."""
    return ranked[0][0] - ranked[1][0] if len(ranked) > 1 else math.inf


def _with_odds(ranked: list[tuple[float, str]]) -> tuple[Candidate, ...]:
    best = ranked[0][0]
    weights = [math.exp(CALIBRATED * (score - best)) for score, _ in ranked]
    total = sum(weights)
    return tuple(Candidate(text, weight / total) for (_, text), weight in zip(ranked, weights, strict=True))
