"""Lines that went the way of the line before them, told without a search.

Where a channel is proved for one line of a file, the next has most likely gone through it
too; where no byte was lost, one encode and one decode settle it.
"""

from __future__ import annotations

import math
import re
from functools import cache

from seedlint.channels.channel import Channel
from seedlint.channels.reading import REPLACEMENT
from seedlint.channels.restoration import Restoration, needed_gain, plausibility_gain, strangest
from seedlint.channels.suspects import odd_or_lost
from seedlint.diagnostic import Span

_PAIRED = ("gbk", "big5", "cp949")
_FEW, _MANY = 6, 12  # characters less than bytes that may be a chance, and that are none
_RARE = 6  # characters of ordinary text to an odd one
_TAIL = math.log(4)  # nats for a byte beyond the first of a character: one byte in four can be one
_FAMILIAR, _CERTAIN = math.log(2), 24  # the same for a familiar character, which every second pair is at most


def read_again(channel: Channel, text: str) -> Restoration | None:
    """All of a line as ``channel`` damaged it, if that is beyond doubt; None if it takes a search."""
    if channel.reading.mark not in (None, REPLACEMENT) or REPLACEMENT in text:
        return None
    try:
        data = channel.reading.write(text)
        original = data.decode(channel.true)
    except UnicodeError:
        return None
    if len(data) - len(original) < _FEW or not _is_ordinary(original):
        return None
    gain = _gain(channel, text, original)
    proved = gain > needed_gain(channel, text, original) and channel.reading.read(data) == text
    return Restoration(Span(0, len(text)), original, (channel,), (), gain) if proved else None


def _gain(channel: Channel, text: str, original: str) -> float:
    """What the original gains; UTF-8 and many familiar characters need no language to prove it."""
    fewer = len(text) - len(original)
    if channel.true == "utf-8" and fewer >= _MANY:
        return _TAIL * fewer
    if channel.true in _PAIRED and fewer >= _CERTAIN and not odd_or_lost(original):
        return _FAMILIAR * fewer
    return plausibility_gain(text, original, strangest(channel, original))


def _is_ordinary(original: str) -> bool:
    """Whether a text is East Asian, and nothing that was misread itself."""
    return _accents().search(original) is None and _RARE * len(odd_or_lost(original)) <= len(original)


@cache
def _accents() -> re.Pattern[str]:
    """Letters and signs of single-byte pages, but for those that East Asian text has."""
    return re.compile("[\x00-\x08\x0b-\x1f\x7f-\u200f\u2031-\u218f\u2500-\u259f](?<![\u00b7\u00d7\u00b0])")
