"""Which decoder left the marks of lost bytes, told by what stands around them."""

from __future__ import annotations

import re
from functools import cache

from seedlint.channels.channel import Channel
from seedlint.channels.reading import Swallow
from seedlint.channels.stream import MARK, MAYBE

_LEAD, _TAIL, _MARK = "[\xe1-\xef]", "[\x80-\xbf]", f"[{MARK}{MAYBE}]"
_DOT = "\N{KATAKANA MIDDLE DOT}"
_FEW_DOTS = 3


def contradicted(channel: Channel, stream: str, text: str) -> bool:
    """Whether what stands around the marks of UTF-8 speaks against the reading.

    A mark that eats any byte stands for two, another for one: a lead byte and a mark are two
    bytes of three, or all of them. Before a blank stands no mark that would have eaten it.
    A decoder that takes bytes in pairs leaves half-width katakana in pairs, another any number.
    """
    if channel.true != "utf-8" or not channel.reading.mark or channel.reading.swallow is Swallow.HIGH:
        return False
    if channel.reading.mark == _DOT:
        katakana = _katakana().search(text) is not None
        return katakana if channel.reading.pairwise else not katakana and text.count(_DOT) >= _FEW_DOTS
    single, double, blank = (len(pattern.findall(stream)) for pattern in _patterns())
    if channel.reading.swallow is Swallow.ANY:
        return single > double
    return double > single or (channel.reading.swallow is Swallow.ASCII and blank > 0)


@cache
def _katakana() -> re.Pattern[str]:
    """An odd number of characters of one byte beyond ASCII; two of them make a pair that is read."""
    single = "\x80\xa0\uf8f0-\uf8f3\uff61-\uff9f"
    return re.compile(f"(?<![{single}])(?:[{single}]{{2}})*[{single}](?=[^\x00-\x7f{single}])")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Marks that stand for one byte, for two, and for one byte before a blank that was not eaten."""
    return (
        re.compile(f"{_LEAD}{_MARK}{_TAIL}(?!{_TAIL})|{_LEAD}{_TAIL}{_MARK}(?=[\xe1-\xef])"),
        re.compile(f"{_LEAD}{_MARK}(?=[\x00-\x7f\xc2-\xf4]|\\Z)|{_LEAD}{_TAIL}{_MARK}{_TAIL}"),
        re.compile(f"{_LEAD}{_TAIL}{_MARK}(?=[ \n])"),
    )
