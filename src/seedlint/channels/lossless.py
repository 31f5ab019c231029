"""All that a text may have been if no byte was lost, and whether one of these is what it was.

Every pair of encodings that reads the text back without a gap is a hypothesis; so is the
text as it stands. The likelihoods compare directly, and with them the distance between
the best and the next that says something else.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from seedlint.channels.channel import DOUBLE_BYTE, LATIN_PAGES, Channel
from seedlint.channels.reading import Reading
from seedlint.channels.suspects import familiar
from seedlint.channels.words import are_accents
from seedlint.language.characters import east_asian
from seedlint.language.plausibility import model

# Nats for how often files are written in an encoding, and read as one: orders of magnitude.
TRUE = {"utf-8": 0.0, "gbk": -1.0, "big5": -2.0, "cp932": -2.0, "cp949": -3.0, "euc_jp": -4.0}
_READ = {"gbk": 0.0, "gb18030": -1.0, "cp949": -8.0, "big5hkscs": -6.0, "euc_jp": -5.0}
_OTHER = -1.0
# The same for the text that it is used for: kana, syllables, syllables among ideographs, none of these.
_USED_FOR = {
    "gbk": (-8.0, -99.0, -99.0, 0.0),
    "big5": (-8.0, -99.0, -99.0, 0.0),
    "cp932": (0.0, -99.0, -99.0, -3.0),
    "euc_jp": (0.0, -99.0, -99.0, -16.0),
    "cp949": (-99.0, 0.0, -12.0, -30.0),
}
FAMILIES = {"gb18030": "gbk", "cp950": "big5", "big5hkscs": "big5", "shift_jis": "cp932", "euc_kr": "cp949"}
_DOUBLE = ("gbk", "gb18030", "big5", "cp950", "big5hkscs", "cp932", "cp949", "euc_jp")
_MANY = 6  # characters of UTF-8 that are no chance
_LAST_SYMBOL = "\u25ff"  # of single-byte pages
MIDDLE_DOT = "\u30fb"  # what .NET writes for lost bytes of Shift_JIS
_SAMPLE = 40  # characters judged
# Nats that the evidence must reach, by the different characters beyond ASCII: no alarm on 90,000
# clean strings of training sources and of half a lexicon, names and chemistry among them.
_NEEDED = {0: math.inf, 1: math.inf, 2: 11.0, 3: 6.0}
_NEEDED_MANY = 0.0
_NEEDED_LATIN, _NEEDED_APART = 10.0, 16.0  # of single bytes side by side, and apart
# Clean text comes less near to these, by so many nats.
_LESS = {"utf-8": 20.0, "big5": 2.0, "cp932": 7.0, "cp949": 7.0}
_FEW = 3
_STRANGEST, _STRANGEST_FEW = 4.5, 5.0  # nats a character above ordinary text: more is no language
_UNUSUAL = 3.0  # the same, from which ideographs without a word between them are chance
_STRANGE = 0.5  # share of an original's surprise that counts against it


class Hypothesis(NamedTuple):
    """What a text may have been, how it was damaged, and its likelihood in nats."""

    original: str
    channel: Channel
    score: float


class Verdict(NamedTuple):
    """The likeliest original, the nats it gains, those to the next, and those above what is needed."""

    best: Hypothesis
    gain: float
    margin: float
    evidence: float

    @property
    def proved(self) -> bool:
        """Whether the evidence is more than any clean text has."""
        return self.evidence >= 0

    @property
    def certainty(self) -> float:
        """The distance in nats to all else: other originals, and clean text."""
        return min(self.margin, self.evidence)


def hypotheses(text: str) -> list[Hypothesis]:
    """What ``text`` may have been, likeliest first, every original once."""
    best: dict[str, Hypothesis] = {}
    writings = list(_writings(text))
    for original, channel in _long_utf8(writings) or _originals(writings):
        likelihood = score(_once(original)[:_SAMPLE]) + prior(channel, original)
        if original not in best or best[original].score < likelihood:
            best[original] = Hypothesis(original, channel, likelihood)
    best.pop(text, None)
    return sorted(best.values(), key=lambda one: -one.score)


def _writings(text: str) -> Iterator[tuple[Reading, bytes]]:
    """The bytes behind ``text`` by the readings that make it of them; one of each family, bytes once."""
    done: set[str | bytes] = set()
    for codec in codecs(text):
        family = FAMILIES.get(codec, codec)
        if family in done or (family == "cp932" and MIDDLE_DOT in text):
            continue
        reading = Reading(codec) if codec in DOUBLE_BYTE else Reading(codec, None)
        try:
            data = reading.write(text)
        except UnicodeEncodeError:
            continue
        if (codec in DOUBLE_BYTE or data not in done) and reading.read(data) == text:
            done |= {family, data}
            yield reading, data
            if other := reading.otherwise(text):
                yield reading, other


def codecs(text: str) -> tuple[str, ...]:
    """The codecs that may have read a text: those of double bytes, of single bytes, or both."""
    if not any(char > _LAST_SYMBOL for char in text):
        return LATIN_PAGES
    return (*_DOUBLE, *LATIN_PAGES) if any("\x7f" < char <= _LAST_SYMBOL for char in text) else _DOUBLE


def _long_utf8(writings: list[tuple[Reading, bytes]]) -> list[tuple[str, Channel]]:
    """The reading that makes many characters of UTF-8: no other comes near."""
    for reading, data in writings:
        original = _decoded(data, "utf-8")
        if original and len(east_asian().findall(original)) >= _MANY and is_east_asian(original):
            return [(original, Channel("utf-8", reading))]
    return []


def _originals(writings: list[tuple[Reading, bytes]]) -> Iterator[tuple[str, Channel]]:
    for reading, data in writings:
        for true in TRUE:
            if true == FAMILIES.get(reading.codec, reading.codec):
                continue
            original = _decoded(data, true)
            if original and is_east_asian(original) and (true == "utf-8" or _is_usual(original, reading)):
                yield original, Channel(true, reading)


def _decoded(data: bytes, true: str) -> str | None:
    """The text of bytes that an author's program writes for it; Shift_JIS has some characters twice."""
    try:
        original = data.decode(true)
        return original if original.encode(true) == data else None
    except UnicodeError:
        return None


def _is_usual(original: str, reading: Reading) -> bool:
    """Whether a third of the letters are familiar, and none but few stand for accents in words."""
    letters = east_asian().findall(original[:_SAMPLE])
    if 3 * sum(one in familiar() or "\u3041" <= one <= "\u30fc" for one in letters) < len(letters):
        return False
    runs = len(_letter_runs().findall(original))
    return reading.codec in DOUBLE_BYTE or 3 * len(_glued().findall(original)) <= runs


def is_east_asian(text: str) -> bool:
    """Whether ideographs, kana or syllables are most of what is not ASCII, two at least side by side.

    Their marks speak neither for nor against it.
    """
    letters = len(east_asian().findall(text))
    beyond = len(text) - len(_ascii().findall(text)) - len(_marks().findall(text))
    return 3 * letters >= 2 * beyond and _two().search(text) is not None and not _odd().search(text)


def prior(channel: Channel, text: str) -> float:
    """Nats for how often text of this kind goes through a channel."""
    used = _USED_FOR[channel.true][_kind(text)] if channel.true in _USED_FOR else 0.0
    return used + TRUE.get(channel.true, _OTHER) + _READ.get(channel.reading.codec, _OTHER)


def _kind(text: str) -> int:
    if _kana().search(text):
        return 0
    syllables, ideographs = len(_syllable().findall(text)), len(_ideograph().findall(text))
    return 1 if syllables and not ideographs else 2 if syllables > ideographs else 3


def score(text: str) -> float:
    """The likelihood of a text in its own script, in nats."""
    return model(model().script(text)).score(text)


def judged(text: str, more: float = 0.0) -> Verdict | None:
    """The likeliest original of ``text``, and how much speaks for it; None if there is none.

    ``more`` nats are needed where the text was chosen among others.
    """
    found = hypotheses(text)
    if not found:
        return None
    best = found[0]
    once, original = _once(text)[:_SAMPLE], _once(best.original)[:_SAMPLE]
    gain = best.score - _as_it_stands(once)
    east = _ascii().sub("", original)
    strange = max(0.0, model(model().script(east)).surprise(east)) * len(east)
    letters = len(east_asian().findall(original))
    needs = needed(best.channel, once, letters, more > 0 and letters < _FEW)
    evidence = gain - _STRANGE * strange - needs - more
    wordless = strange > _UNUSUAL * len(east) and _is_wordless(best)
    chance = wordless or _is_strange(east, strange) or _is_utf8(text, best)
    if best.channel.true != "utf-8" and chance:
        evidence = -math.inf
    return Verdict(best, gain, found[0].score - found[1].score if found[1:] else float("inf"), evidence)


def _as_it_stands(text: str) -> float:
    """The likelihood of what stands there; half-width kana are words in another dress."""
    found = model().score(text)
    if not _halfwidth_kana().search(text):
        return found
    wide = unicodedata.normalize("NFKC", text)
    return max(found, model().score(wide) - len(wide))


def _is_strange(original: str, strange: float) -> bool:
    """Whether an original of a double-byte encoding is no language, ``strange`` being its surprise."""
    return strange > len(original) * (_STRANGEST_FEW if len(original) <= _FEW else _STRANGEST)


def _is_wordless(best: Hypothesis) -> bool:
    """Whether ideographs read back make no word: what was no text reads so too."""
    runs = _ideographs().findall(best.original)
    if sum(map(len, runs)) < _FEW:
        return False
    pairs = (run[at : at + 2] for run in runs for at in range(len(run) - 1))
    return _kind(best.original) == 3 and all(model().word(pair) is None for pair in pairs)


def _is_utf8(text: str, best: Hypothesis) -> bool:
    """Whether the same characters are UTF-8 once or twice over and say something likelier."""
    for reading, data in _writings(text):
        before = data
        for _ in range(2):
            try:
                once = before.decode("utf-8")
                before = reading.write(once)
            except UnicodeError:
                break
            if score(once) > best.score:
                return True
    return False


def needed(channel: Channel, text: str, letters: int, fewer: bool) -> float:
    """The nats that must speak for a channel where ``text`` stands.

    ``letters`` of the original are East Asian; ``fewer``: so few, and in a part of a line, that
    any encoding may explain them.
    """
    if are_accents(text):
        return math.inf
    if channel.reading.codec not in DOUBLE_BYTE:
        if not _not_a_word().search(text):
            return math.inf
        return _NEEDED_LATIN if _run().search(text) else _NEEDED_APART
    if 2 * len(_alphabet().findall(text)) > len(text) or sum(map(str.isalpha, text)) < 2:
        return math.inf
    different = min(len(set(text) - _plain()), 4 if channel.true == "utf-8" else letters)
    less = 0.0 if fewer or (different < _FEW and channel.true != "utf-8") else _LESS.get(channel.true, 0.0)
    return _NEEDED.get(different, _NEEDED_MANY) - less


def _once(text: str) -> str:
    """``text`` with what is repeated said once: a repetition is no further evidence."""
    seen: set[str] = set()
    once = _repeated().sub(r"\1", text)
    parts = []
    for part in _beyond_ascii().split(once):
        parts.append("" if part in seen and not part.isascii() else part)
        seen.add(part)
    return "".join(parts)


@cache
def _beyond_ascii() -> re.Pattern[str]:
    return re.compile(r"([^\x00-\x7f]+)")


@cache
def _plain() -> frozenset[str]:
    return frozenset(map(chr, range(0x80)))


@cache
def _repeated() -> re.Pattern[str]:
    return re.compile(r"([^\x00-\x7f]{1,2})\1+")


@cache
def _marks() -> re.Pattern[str]:
    return re.compile("[\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f]")


@cache
def _halfwidth_kana() -> re.Pattern[str]:
    return re.compile("[\uff66-\uff9f]")


@cache
def _kana() -> re.Pattern[str]:
    return re.compile("[\u3041-\u30fa]")


@cache
def _ideograph() -> re.Pattern[str]:
    return re.compile("[\u4e00-\u9fff]")


@cache
def _ideographs() -> re.Pattern[str]:
    return re.compile(f"{_ideograph().pattern}+")


@cache
def _alphabet() -> re.Pattern[str]:
    """Letters that double-byte encodings have too: Greek, Cyrillic, bopomofo with its tones, jamo."""
    return re.compile("[\u0370-\u052f\u3105-\u3129\u02ca\u02c7\u02cb\u02d9\u4e00\u3131-\u318e]")


@cache
def _not_a_word() -> re.Pattern[str]:
    """What words of Greek and Cyrillic do not hold: capitals behind small letters, anything else."""
    return re.compile("[^\x00-\x7f\u0370-\u04ff]|[\u03ac-\u03ce\u0430-\u045f][\u0386-\u03ab\u0400-\u042f]")


@cache
def _run() -> re.Pattern[str]:
    """Two double-byte characters at least as a page of single bytes shows them."""
    return re.compile("(?:[^\x00-\x7f][@-~]?){4}")


@cache
def _syllable() -> re.Pattern[str]:
    return re.compile("[\uac00-\ud7a3]")


@cache
def _two() -> re.Pattern[str]:
    return re.compile(f"{east_asian().pattern}{{2}}")


@cache
def _letter_runs() -> re.Pattern[str]:
    return re.compile(f"{east_asian().pattern}+")


@cache
def _glued() -> re.Pattern[str]:
    """One or two ideographs inside a word of small Latin letters, as accents become."""
    one = east_asian().pattern
    return re.compile(f"(?<=[a-z]){one}{{1,2}}(?!{one})|(?<!{one}){one}{{1,2}}(?=[a-z])")


@cache
def _ascii() -> re.Pattern[str]:
    return re.compile("[\x00-\x7f]")


@cache
def _odd() -> re.Pattern[str]:
    """What no author writes: controls, private use, halves of characters."""
    return re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\uf8ff\ufffd-\uffff]")
