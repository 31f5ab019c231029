"""What is left when the bytes are gone: replacement characters, read again or not, and fresh memory.

GBK text read as UTF-8 becomes U+FFFD, except where two of its bytes happen to be a
UTF-8 pair. Saved and read as GBK, U+FFFD U+FFFD becomes `锟斤拷`, and a lucky pair
between two of them keeps the half of two characters: `锟叫癸拷` is D0 B9 between two
lost bytes, nearly always D6D0 B9FA, 中国.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from seedlint.channels.inventory import inventories
from seedlint.channels.reading import REPLACEMENT
from seedlint.diagnostic import Span
from seedlint.language.plausibility import model

_MEMORY = "烫烫烫|屯屯屯|葺葺葺|铪铪铪"
_READ_AGAIN = "锟(?:斤拷|[^\x00-\x7f锟拷]{1,4}拷)"
_PROPOSED = 60
_SHOWN = 4
_BESIDE = 4


@dataclass(frozen=True, slots=True)
class Residue:
    """A stretch of residue; ``candidates`` are what a lucky pair may have been, best first."""

    span: Span
    kind: str
    candidates: tuple[str, ...] = ()


def residues(text: str) -> Iterator[Residue]:
    """The residue in a text, in order."""
    for match in _pattern().finditer(text):
        found = match.group()
        around = (
            text[max(0, match.start() - _BESIDE) : match.start()],
            text[match.end() : match.end() + _BESIDE],
        )
        candidates = lucky(found, *around) if match["again"] and "斤拷" not in found else ()
        yield Residue(Span(*match.span()), _kind(match), candidates)


def _kind(match: re.Match[str]) -> str:
    if match["again"]:
        return "replacement characters read as GBK"
    return "uninitialised memory" if match["memory"] else "replacement character"


@cache
def _pattern() -> re.Pattern[str]:
    beside = "[^\x00-\x7f]"
    return re.compile(
        f"(?P<again>(?:{_READ_AGAIN})(?:{_READ_AGAIN}|{beside}{{0,3}}锟斤拷|锟)*)"
        f"|(?P<memory>(?:{_MEMORY})[烫屯葺铪]*)|{REPLACEMENT}(?:{beside}{{0,3}}{REPLACEMENT})*"
    )


def lucky(found: str, before: str, after: str) -> tuple[str, ...]:
    """What one lucky pair between two lost bytes may have been, likeliest here first."""
    pair = kept_pair(found)
    if pair is None:
        return ()
    shelf = inventories("gbk")[0]
    firsts = shelf.matching((None, pair[0]))[:_PROPOSED]
    seconds = shelf.matching((pair[1], None))[:_PROPOSED]
    words = (first + second for (first, _), (second, _) in product(firsts, seconds))
    score = model("Hans").score
    possible = [word for word in words if damaged_again(word) == found]
    return tuple(sorted(possible, key=lambda word: -score(before + word + after))[:_SHOWN])


def kept_pair(found: str) -> bytes | None:
    """The two bytes that survived in the shape 锟XX拷, or None."""
    try:
        middle = found.encode("gb18030").decode("utf-8")
    except UnicodeError:
        return None
    kept = middle.strip(REPLACEMENT)
    data = kept.encode("utf-8")
    return data if len(kept) == 1 and len(data) == 2 and len(middle) == 3 else None


def damaged_again(text: str) -> str:
    """GBK read as UTF-8 with replacement, saved, and read as GBK."""
    return text.encode("gbk").decode("utf-8", "replace").encode("utf-8").decode("gb18030", "replace")
