"""What lines say by their meaning, weighed by hand: credits, notices, where to go, that the text ends.

Weights are in nats, like the model's, which is trained on what they leave open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seedlint.chrome.features import DATE, TIME, Features, length_bucket
from seedlint.chrome.folding import normal
from seedlint.chrome.lines import STRUCTURE, Line, Place
from seedlint.chrome.phrases import ChromeClass, Hit, Use

STOCK = "a paragraph of stock phrases"
LISTED = ("in a list of what stands below", 5.0)
_ALL = 0.9  # share of a line that phrases must cover to be all of it
_HEAD, _TAIL = 8, 12  # lines that count as the edges of a page
_CREDIT_LENGTH = 12  # length bucket up to which a credit line may go
_MARK = r"[-—–~=_*·•●■◆○◎☆★\s]"
_OPEN, _CLOSE = r"[(（【\[<《]", r"[)）】\]>》]"
_FINISHED = r"完|全文完|本文完|正文完|未完待续|end|fin|the end|了|おわり|終わり|끝"
_UNFINISHED = r"本章未完|未完|本章完|本章节完结|未完待续|待续"
END_MARKER = re.compile(
    rf"{_MARK}*{_OPEN}{_MARK}*(?:{_FINISHED}|{_UNFINISHED})[^)）】\]>》]{{0,12}}{_CLOSE}{_MARK}*"
    rf"|{_MARK}+(?:{_FINISHED}){_MARK}+|全文完|本文完|正文完|the end",
    re.IGNORECASE,
)
_BYLINES = frozenset(
    "作者 本文作者 文章作者 作者简介 文 图 图文 文图 撰稿 译者 摄 摄影 时间 "
    "by author von par por di autor auteur".split()
)


def is_end_marker(text: str) -> bool:
    """Whether a line says only that the text ends, or goes on elsewhere, set off by marks."""
    return END_MARKER.fullmatch(text) is not None


def is_moment(text: str) -> bool:
    """Whether a line is a date or a time and nothing else."""
    if not any(map(str.isdigit, text)):
        return False
    rest = TIME.sub("", DATE.sub("", text))
    return rest != text and not any(map(str.isalpha, rest)) and len(re.sub(r"\W", "", rest)) <= 2


def _telling(hits: Sequence[Hit], chrome: ChromeClass) -> list[Hit]:
    return [
        hit for hit in hits if hit.chrome is chrome and hit.use is not Use.LINE and hit.phrase not in _BYLINES
    ]


def near_edge(place: Place) -> bool:
    """Whether a line with so many before it stands near the head or the tail of its page."""
    return place.before < _HEAD or place.before >= place.total - _TAIL


def _credits(line: Line, own: Features) -> bool:
    """Whether a short line begins with a credit: a label, or a role with names behind it."""
    first = next(iter(_telling(own.match.hits, ChromeClass.CREDIT_LINE)), None)
    if first is None or length_bucket(line.text) > _CREDIT_LENGTH or "ends sentence" in own.names:
        return False
    return first.use is Use.LABEL or "bracketed" in own.names or line.text[:1] in "(（"


def _directs(line: Line, own: Features) -> bool:
    """Whether a short line begins with a label of navigation: previous page, you are here."""
    first = own.match.hits[0] if own.match.hits else None
    if first is None or first.use is not Use.LABEL or first.chrome is not ChromeClass.NAVIGATION:
        return False
    opens = normal(line.text).lstrip("•·|-«»<>*[【( ").startswith(first.phrase)
    closed = "ends sentence" in own.names or line.text[-1] in ":："
    return opens and length_bucket(line.text) <= _CREDIT_LENGTH and not closed


def _legal(own: Features) -> bool:
    found = {hit.phrase for hit in _telling(own.match.hits, ChromeClass.LEGAL_NOTICE)}
    closed = "ends sentence" in own.names
    return len(found) > 2 or (len(found) > 1 and not closed) or (bool(found) and own.match.coverage > 0.6)


def is_stock(hits: Sequence[Hit], coverage: float) -> bool:
    """Whether a line or paragraph is stock phrases and nothing else, more than one word of a menu."""
    return coverage >= _ALL and _said(hits)


def _said(hits: Sequence[Hit]) -> bool:
    """Whether a line says more than one word that is a menu entry and a word of the language."""
    return len(hits) > 1 or any(hit.use is not Use.LINE for hit in hits)


def evidence(line: Line, own: Features, place: Place) -> Iterator[tuple[str, float]]:
    """What speaks for chrome by policy, with its weight."""
    if line.kind in STRUCTURE:
        return
    if is_end_marker(line.text):
        yield "says that the text ends", 6.0
    if near_edge(place):
        if is_moment(line.text):
            yield "date at the edge of the page", 1.5
        if _credits(line, own):
            yield "credit at the edge of the page", 3.0
        if _legal(own):
            yield "several legal phrases at the edge of the page", 3.5
    if _directs(line, own):
        yield "says where to go on the page", 2.0
    if is_stock(own.match.hits, own.match.coverage):
        yield "stock phrases and nothing else", 1.0
