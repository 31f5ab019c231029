"""Restores the misread parts of a line: which channel, which span, which original."""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate

from seedlint.channels import pages
from seedlint.channels.channel import DOUBLE_BYTE, Channel, single_byte
from seedlint.channels.effort import Effort, document_effort, trial_cost
from seedlint.channels.inversion import Cluster, Inversion, invert
from seedlint.channels.marks import contradicted
from seedlint.channels.passes import unwound
from seedlint.channels.reading import REPLACEMENT, Reading
from seedlint.channels.stream import MARK, MAYBE, SPECIAL, as_utf8, stream_of
from seedlint.channels.suspects import odd_or_lost
from seedlint.channels.words import are_accents, is_word
from seedlint.diagnostic import Span
from seedlint.language.characters import east_asian
from seedlint.language.plausibility import model

GAIN = 14.0  # nats by which the original must be more plausible than what stands there
GAIN_FEW = 28.0  # the same for fewer than three characters of a double-byte encoding
FLOOR = -9.5  # nats a character: less plausible than this is no language
SAFE_MARGIN = 14.0  # nats between the best filling and the next for a fix without asking
RIVAL_MARGIN = 10.0  # nats to what another channel makes of the same span: 8 were always enough
STRANGEST = 2.0  # nats a character beyond ordinary text, for double-byte originals
_MARKS = {"cp932": "\N{KATAKANA MIDDLE DOT}", "shift_jis": "\N{KATAKANA MIDDLE DOT}", "gb18030": "€"}
_SAMPLE = 40
_TRIED = 4
_FEW = 3
_LEAST_LINE = 0.7  # promise of a line that is read as one
_RARE_SHARE = 0.15  # odd characters that sound text may hold
_WHOLE, _LONG = 0.8, 8  # promise and length from which bytes may have been dropped without a mark
_CHINESE = frozenset({"gbk", "gb18030"})  # sound Chinese text goes through these too
_WIDER = 40  # characters by which a place may grow to either side
_LEAST_ALONE = 3  # characters of a place that are judged without their line
_LEAST_UNREAD, _UNREAD_PROMISE = 8, 0.8  # characters and promise of a place reported without being read
_LAST_MARK = "\u036f"  # of the combining marks for all scripts
_UNEXPLAINED = 12.0  # nats for every odd character that stays


@dataclass(frozen=True, slots=True)
class Restoration:
    """One misread span, what its author wrote and how it was damaged.

    ``channels`` are in the order in which the damage happened; ``gain`` is in nats;
    ``clusters`` are the places of the original that the model had to fill. ``unread``: it
    would take too many steps to read it back, and ``original`` is the text as it stands.
    ``rival`` is the distance in nats to what other channels make of the span.
    """

    span: Span
    original: str
    channels: tuple[Channel, ...]
    clusters: tuple[Cluster, ...]
    gain: float
    unread: bool = False
    rival: float = math.inf

    def replay(self, text: str) -> str:
        """Damage ``text`` again; what cannot be damaged comes back empty."""
        try:
            for channel in self.channels:
                text = channel.damage(text)
        except UnicodeEncodeError:
            return ""
        return text

    @property
    def margin(self) -> float:
        """The smallest distance, in nats, between a filling and the next best."""
        return min((cluster.margin for cluster in self.clusters), default=math.inf)

    @property
    def safe(self) -> bool:
        """Whether no other original comes near; where the model knows little, whether there is none."""
        known = self.margin == math.inf or east_asian().search(self.original) is not None
        near = self.margin < SAFE_MARGIN or self.rival < RIVAL_MARGIN
        return known and not self.unread and not near and not self._may_hide_marks

    @property
    def _may_hide_marks(self) -> bool:
        """Whether signs that some decoders leave for lost bytes were read as bytes that are all there."""
        marks = _MARKS.get(self.channels[-1].reading.codec, "")
        return bool(marks) and self.replay(self.original).count(marks) > self.original.count(marks)

    @property
    def single_byte(self) -> bool:
        """Whether it was UTF-8 read as a page of single bytes."""
        return single_byte(self.channels[-1])

    @property
    def lost(self) -> int:
        """The characters that the model had to fill."""
        return sum(cluster.end - cluster.start for cluster in self.clusters)


@dataclass(frozen=True, slots=True)
class Before:
    """What the lines before tell of the next.

    ``likely`` are their last channels, tried first, the latest before the others, and ``script``
    is theirs, expected where a line does not tell its own.
    """

    likely: tuple[Channel, ...] = ()
    script: str | None = None

    def with_line(self, found: list[Restoration]) -> Before:
        """The same with what was found in one more line."""
        last, script = found[0].channels[-1], self.script
        if any(one.clusters for one in found):
            script = model().script("".join(one.original for one in found)) or script
        return Before((last, *(channel for channel in self.likely if channel != last))[:2], script)


def restorations(
    text: str,
    place: Span | None = None,
    before: Before | None = None,
    effort: Effort | None = None,
    depth: int = 2,
) -> list[Restoration]:
    """The misread parts of ``text``, one line or less, in order.

    ``place`` is the suspicious part (all of it if None). ``depth`` more passes are looked for.
    ``effort`` is what the search may cost, counted there.
    """
    effort = effort or document_effort(len(text)).line(len(text))
    line = _Line(text, place or Span(0, len(text)), depth, before or Before(), effort)
    best = _as_before(line)
    if explains(best, text):
        return best
    for channel in _candidates(line):
        if not effort.left:
            break
        found = _by(channel, line)
        if found and (not best or worth(found, text) > worth(best, text)):
            best = found
        if best and (not odd_left(best, text) or (_marked(best, text) and explains(best, text))):
            break
    return best


def as_before(text: str, place: Span, before: Before, effort: Effort) -> list[Restoration]:
    """The same if one of the channels found in the lines before explains all of it, and else nothing."""
    found = _as_before(_Line(text, place, 1, before, effort))
    return found if explains(found, text) else []


def _as_before(line: _Line) -> list[Restoration]:
    """What the first of the likely channels finds that explains all of a line; else the last."""
    found: list[Restoration] = []
    for channel in line.before.likely:
        if explains(found := _by(channel, line), line.text):
            break
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    """A text with its suspicious place and the number of passes still looked for."""

    text: str
    place: Span
    depth: int
    before: Before
    effort: Effort

    @property
    def suspect(self) -> str:
        """The suspicious place and what stands next to it."""
        return self.text[max(0, self.place.start - 1) : self.place.end + 1]


def _candidates(line: _Line) -> Iterator[Channel]:
    suspect = line.suspect
    yield from _ranked(pages.double_byte(suspect), line)
    yield from _ranked(pages.latin(suspect.strip(_beyond_pages(suspect)), line.text), line)


def _beyond_pages(text: str) -> str:
    """The characters of a text that no page of single bytes has."""
    return "".join(char for char in text if "\u2e80" <= char < REPLACEMENT)


def _ranked(promises: Iterable[pages.Promise], line: _Line) -> Iterator[Channel]:
    for pair, value in sorted(promises, key=lambda item: -item[1])[:_TRIED]:
        dropped = value >= _WHOLE and len(line.suspect) >= _LONG
        yield from pages.channels(pair, line.text, dropped)


def _marked(found: list[Restoration], text: str) -> bool:
    """Whether lost bytes left marks, which a wrong channel does not explain."""
    return REPLACEMENT in text or found[0].channels[-1].reading.mark in {"?", "・"}


def worth(found: list[Restoration], text: str) -> float:
    """The nats gained, less what stays unexplained or odd."""
    return sum(one.gain for one in found) - _UNEXPLAINED * odd_left(found, text)


def odd_left(found: list[Restoration], text: str) -> int:
    """How many odd characters and marks stand outside what was found, or in it."""
    parts, end = [], 0
    for one in found:
        parts += [text[end : one.span.start], one.original]
        end = one.span.end
    rest = "".join([*parts, text[end:]])
    return len(odd_or_lost(rest))


def explains(found: list[Restoration], text: str) -> bool:
    """Whether nothing odd is left outside what was found, and hardly anything in it."""
    inside = sum(len(odd_or_lost(one.original)) for one in found)
    length = sum(len(one.original) for one in found)
    return bool(found) and odd_left(found, text) == inside <= length * _RARE_SHARE


def _by(channel: Channel, line: _Line) -> list[Restoration]:
    """The parts of a line that ``channel`` explains."""
    line.effort.spend(trial_cost(len(line.text)))
    try:
        stream = stream_of(line.text, channel.reading)
    except UnicodeEncodeError:
        return _in_place(channel, line)
    if channel.true == "utf-8":
        stream = as_utf8(stream, channel.reading)
    offsets = _Offsets(channel, line.text, stream)
    found = [] if contradicted(channel, stream, line.text) else list(_pieces(channel, line, offsets))
    return found or _in_place(channel, line)


def _in_place(channel: Channel, line: _Line) -> list[Restoration]:
    """The same for the suspicious place alone, where the rest of the line is sound."""
    sharp = channel.true == "utf-8" and channel.reading.codec not in _CHINESE
    place = _widened(channel.reading, line) if sharp else line.place
    part = line.text[place.start : place.end]
    if len(part) == len(line.text) or len(part) < _LEAST_ALONE:
        return []
    found = _by(channel, replace(line, text=part, place=Span(0, len(part))))
    return [replace(one, span=_shifted(one.span, place.start)) for one in found]


def _widened(reading: Reading, line: _Line) -> Span:
    """The place and what ``reading`` may have made of the same bytes beside it; UTF-8 shows its ends."""
    start, end = line.place.start, line.place.end
    while start and line.place.start - start < _WIDER and made_by(reading, line.text[start - 1]):
        start -= 1
    while end < len(line.text) and end - line.place.end < _WIDER and made_by(reading, line.text[end]):
        end += 1
    return Span(start, end)


@lru_cache(1 << 14)
def made_by(reading: Reading, char: str) -> bool:
    """Whether a reading makes this character of any bytes, or of lost ones."""
    try:
        return char == reading.mark or bool(reading.write(char))
    except UnicodeEncodeError:
        return False


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _pieces(channel: Channel, line: _Line, offsets: _Offsets) -> Iterator[Restoration]:
    if channel.true != "utf-8" and pages.promise(offsets.stream, channel.true) < _LEAST_LINE:
        return
    for start, end in _regions(channel, offsets.stream):
        first, last = offsets.inside(start, end)
        if first < last:
            yield from _piece(channel, Span(first, last), offsets, line)


def _piece(channel: Channel, span: Span, offsets: _Offsets, line: _Line) -> Iterator[Restoration]:
    """What a part of a line was, as far as there are steps to find out."""
    start = offsets.starts[span.start]
    part = offsets.stream[start : offsets.starts[span.end]]
    before = offsets.text[max(0, span.start - 4) : span.start]
    inversion = invert(channel, part, before, line.before.script, 3 * line.effort.left // 4)
    line.effort.spend(inversion.steps)
    read = Span(*offsets.inside(start, start + inversion.read)) if inversion.read < len(part) else span
    found = _read(channel, read, inversion, offsets, line)
    if found:
        yield found
    rest = Span(read.end if found else span.start, span.end)
    if inversion.given_up and (found or _is_unread(channel, part, line)) and rest.start < rest.end:
        yield Restoration(rest, offsets.text[rest.start : rest.end], (channel,), (), 0.0, unread=True)


def unread(channel: Channel, text: str, place: Span) -> Iterator[Restoration]:
    """A place of a text that went through ``channel`` too, told by its bytes without a search."""
    part = text[place.start : place.end]
    try:
        stream = stream_of(part, channel.reading)
    except UnicodeEncodeError:
        return
    if pages.promise(stream, channel.true) >= _UNREAD_PROMISE:
        yield Restoration(place, part, (channel,), (), 0.0, unread=True)


def _is_unread(channel: Channel, part: str, line: _Line) -> bool:
    """Whether a part that was not read back went through the channel all the same."""
    known = channel in line.before.likely or len(part) >= _LEAST_UNREAD
    return known and pages.promise(part, channel.true) >= _UNREAD_PROMISE


def _read(
    channel: Channel, span: Span, inversion: Inversion, offsets: _Offsets, line: _Line
) -> Restoration | None:
    """The original of a part, if it is proved and plausible."""
    damaged = offsets.text[span.start : span.end]
    if not channel.proves(inversion.text, damaged) or _is_patched(inversion.text, span, offsets.text):
        return None
    if single_byte(channel) and is_word(offsets.text, *span):
        return None
    gain = plausibility_gain(damaged, inversion.text, strangest(channel, inversion.text))
    if gain >= needed_gain(channel, damaged, inversion.text) or (
        single_byte(channel) and not inversion.clusters and western(damaged, inversion.text)
    ):
        return Restoration(span, inversion.text, (channel,), inversion.clusters, max(gain, 0.0))
    before = unwound(channel, damaged) if single_byte(channel) else None
    before = before or (None if inversion.clusters else inversion.text)
    if not before or not line.depth or channel.true != "utf-8":
        return None
    return _once_more(channel, span, (damaged, before), line)


def _is_patched(original: str, span: Span, text: str) -> bool:
    """Whether most that is foreign in an original is patches in Latin words: MŮŽEME is no M\u064eEME.

    Two capitals of a word on an Eastern European page are UTF-8 of a letter or mark of another script.
    """
    whole = text[max(span.start - 1, 0) : span.start] + original + text[span.end : span.end + 1]
    runs = list(_foreign().finditer(whole))
    return 2 * sum(map(_is_patch, runs)) > len(runs)


def _is_patch(run: re.Match[str]) -> bool:
    """Whether a run of foreign letters touches Latin ones, or a mark stands on a letter that never has it."""
    left, right = run.string[: run.start()][-1:], run.string[run.end() :][:1]
    if run[0][0] <= _LAST_MARK:
        return len(unicodedata.normalize("NFC", left + run[0][0])) != 1
    return unicodedata.category(run[0][0]) == "Mn" or _latin().match(left + right) is not None


def western(damaged: str, original: str) -> bool:
    """Whether ftfy's measure of mojibake tells a Western original, of any language, from its damage.

    The model of plausibility knows no Vietnamese and little Hungarian; ftfy's patterns need no language.
    """
    beyond = _ascii().sub("", original)
    if east_asian().search(original) or (len(beyond) == 1 and not _usual().match(beyond)):
        return False
    scripts = {unicodedata.name(char, "?").split()[0] for char in beyond if char > "\xbf" and char.isalpha()}
    if len(scripts) > 1 or _phonetic().search(beyond):
        return False
    from ftfy.badness import badness

    return badness(damaged) > 0 and badness(original) == 0


def _once_more(channel: Channel, span: Span, texts: tuple[str, str], line: _Line) -> Restoration | None:
    """What comes out is misread itself: the text went through several channels."""
    damaged, text = texts
    if len(odd_or_lost(text)) * 4 < len(text) and len(_beyond_ascii().findall(text)) * 2 < len(text):
        return None
    inner = restorations(text, depth=line.depth - 1, effort=line.effort)
    if len(inner) != 1 or inner[0].unread or inner[0].span != Span(0, len(text)):
        return None
    gain = plausibility_gain(damaged, inner[0].original)
    if gain < GAIN:
        return None
    return replace(inner[0], span=span, channels=(*inner[0].channels, channel), gain=gain)


def strangest(channel: Channel, original: str) -> float:
    """The most surprise, in nats a character, at which an original still is language."""
    if channel.true == "utf-8":
        return math.inf
    return STRANGEST + 1.5 * (len(original) >= _LONG) + (channel.reading.codec not in DOUBLE_BYTE)


def needed_gain(channel: Channel, damaged: str, original: str) -> float:
    """How many nats a restoration must gain; infinite where the damaged text is words of another script."""
    if channel.true == "utf-8":
        return GAIN
    if len(east_asian().findall(original)) * 3 < len(original) - len(_ascii().findall(original)):
        return math.inf  # brackets and signs alone are no text
    if are_accents(damaged) or (channel.reading.codec not in DOUBLE_BYTE and not _run().search(damaged)):
        return math.inf  # accents in Latin words: two double-byte characters hold more side by side
    letters = len(_other_letters().findall(damaged))
    if letters * 2 > len(damaged) - len(_ascii().findall(damaged)) and channel.reading.codec in DOUBLE_BYTE:
        return math.inf
    return GAIN_FEW if len(original) - len(_ascii().findall(original)) < _FEW else GAIN + 4


def plausibility_gain(damaged: str, original: str, most: float = math.inf) -> float:
    """How much more plausible ``original`` is, in nats; -inf if it is no language.

    Long texts are judged by their beginning. ``most`` is the most surprise allowed.
    """
    after = original[:_SAMPLE]
    before = damaged[: math.ceil(len(after) * len(damaged) / max(1, len(original)))]
    reached = model().score(after)
    if reached < FLOOR * len(after) - 4 or (most < math.inf and model().surprise(after) > most):
        return -math.inf
    gain = reached - model().score(before.replace(REPLACEMENT, ""))
    return gain * max(1.0, len(original) / _SAMPLE)


@cache
def _other_letters() -> re.Pattern[str]:
    return re.compile("[\u0370-\u052f]")


@cache
def _beyond_ascii() -> re.Pattern[str]:
    return re.compile("[\x80-\u04ff\u2010-\u22ff]")


@cache
def _foreign() -> re.Pattern[str]:
    """Combining marks, and the scripts behind Greek that two bytes of UTF-8 write."""
    return re.compile("[\u0300-\u036f]|[\u0400-\u07ff]+")


@cache
def _latin() -> re.Pattern[str]:
    return re.compile("[A-Za-z\u00c0-\u024f]|.[A-Za-z\u00c0-\u024f]")


@cache
def _phonetic() -> re.Pattern[str]:
    """Letters of no ordinary spelling."""
    return re.compile("[\u0250-\u02af\u1d00-\u1dbf]")


@cache
def _usual() -> re.Pattern[str]:
    """What may stand alone among ASCII: Latin letters and the signs of Western typography."""
    return re.compile("[\xa0-\u017f\u2010-\u2122]")


@cache
def _run() -> re.Pattern[str]:
    return re.compile("(?:[^\x00-\x7f][@-~]?){4}")


@cache
def _ascii() -> re.Pattern[str]:
    return re.compile("[\x00-\x7f]")


class _Offsets:
    """Where the characters of a damaged text begin in its stream."""

    def __init__(self, channel: Channel, text: str, stream: str) -> None:
        self.text, self.stream = text, stream
        self.starts = list(accumulate((_length(channel, char) for char in text), initial=0))

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """The characters that lie wholly between two offsets of the stream."""
        return bisect_left(self.starts, start), bisect_right(self.starts, end) - 1


def _length(channel: Channel, char: str) -> int:
    return 1 if char < "\x80" else len(stream_of(char, channel.reading))


def _regions(channel: Channel, stream: str) -> Iterator[tuple[int, int]]:
    """The parts of a stream that may be text in the true encoding."""
    if channel.true != "utf-8":
        yield 0, len(stream)
        return
    holes = SPECIAL.search(stream) is not None
    for match in _utf8_run(holes, channel.reading.mark == "").finditer(stream):
        yield match.span()


@cache
def _utf8_run(holes: bool, dropped: bool) -> re.Pattern[str]:
    hole = f"{MARK}{MAYBE}"
    tail = f"[\x80-\xbf{hole}]"
    if dropped:
        unit = f"[\xc2-\xdf]{tail}|[\xe0-\xef]{tail}{{0,2}}|[\xf0-\xf4]{tail}{{0,3}}"
    elif holes:
        unit = f"[\xc2-\xf4](?:[\x80-\xbf]{{1,3}}|(?=[{hole}]))|[{hole}][\x80-\xbf]{{0,5}}"
    else:
        unit = "[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
    return re.compile(f"(?:{unit})(?:{unit}|[\x00-\x7f]{{1,200}}(?={unit})|[\x00-\x7f]+\\Z)*")
