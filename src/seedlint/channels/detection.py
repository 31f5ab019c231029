"""Which encoding some bytes are in, by the plausibility of what they would say.

Every encoding explains the same bytes, so the likelihoods of the decoded texts
compare directly; the distance between the two best is the margin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from seedlint.language.plausibility import model

CJK = ("gb18030", "big5", "cp950", "big5hkscs", "cp932", "euc_jp", "cp949")
SAFE_MARGIN = 8.0  # nats
STRANGE = 3.0  # nats a character beyond ordinary text: no language
_SAMPLE = 600  # bytes judged
_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAME = {"cp950": "big5", "big5hkscs": "big5", "gbk": "gb18030", "gb2312": "gb18030", "euc_kr": "cp949"}


class Guess(NamedTuple):
    """An encoding (a Python codec name) with the likelihood of the text in nats, and its surprise."""

    codec: str
    score: float
    surprise: float


class Detection(NamedTuple):
    """The best guess and its distance in nats to the next that reads otherwise.

    ``intact``: whether all bytes are of that encoding; UTF-16 and UTF-32 are known when cut, too.
    """

    codec: str
    margin: float
    surprise: float
    intact: bool = True

    @property
    def certain(self) -> bool:
        """Whether nothing else comes near and the text is language."""
        return self.intact and self.margin >= SAFE_MARGIN and self.surprise < STRANGE


def detect(data: bytes, peers: bool = True) -> Detection | None:
    """The encoding of ``data``, which is not UTF-8; None if no encoding fits.

    ``peers``: ask charset-normalizer for encodings beyond the CJK ones.
    """
    if marked := _by_mark(data) or _by_zeros(data):
        return Detection(marked, float("inf"), 0.0, _decodes(data, marked))
    guesses = sorted(_guesses(data, CJK), key=lambda guess: -guess.score)
    if peers and (not guesses or guesses[0].surprise > STRANGE / 2):
        guesses = sorted([*guesses, *_guesses(data, _single_byte(data))], key=lambda guess: -guess.score)
    return _decision(guesses, data) if guesses else None


def _by_mark(data: bytes) -> str | None:
    return next((codec for mark, codec in _BYTE_ORDER_MARKS if data.startswith(mark)), None)


def _by_zeros(data: bytes) -> str | None:
    """UTF-16 and UTF-32 without a mark: every other byte of ASCII is zero."""
    head = data[:400]
    zeros = head.count(0)
    if zeros * 4 < len(head) or len(data) % 2:
        return None
    if zeros * 3 > len(head) * 2 and len(data) % 4 == 0:
        return "utf-32-le" if head[3:4] == b"\0" else "utf-32-be"
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _guesses(data: bytes, codecs: Iterable[str]) -> Iterator[Guess]:
    sample = _telling(data)
    for codec in filter(partial(_decodes, data), codecs):
        text = sample.decode(codec, "ignore")
        yield Guess(codec, _best_score(text), _surprise(text))


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _best_score(text: str) -> float:
    plain = model()
    return model(plain.script(text)).score(text)


def _surprise(text: str) -> float:
    plain = model()
    return model(plain.script(text)).surprise(text)


def _telling(data: bytes) -> bytes:
    """The lines that hold bytes beyond ASCII, up to the size of the sample."""
    lines, size = [], 0
    for line in re.findall(rb"[^\n]*[\x80-\xff][^\n]*\n?", data):
        lines.append(line)
        if (size := size + len(line)) > _SAMPLE:
            break
    return b"".join(lines)


def _single_byte(data: bytes) -> list[str]:
    """The single-byte pages that charset-normalizer holds possible."""
    from charset_normalizer import from_bytes

    found = [match.encoding for match in from_bytes(data[:20_000])]
    return [codec for codec in (*found, "cp1252") if codec not in {"utf_8", "ascii", *CJK, *_SAME}]


def _decision(guesses: list[Guess], data: bytes) -> Detection:
    best = guesses[0]
    reading = data.decode(best.codec)
    others = (guess for guess in guesses[1:] if data.decode(guess.codec) != reading)
    rival = next(others, None)
    return Detection(best.codec, best.score - rival.score if rival else float("inf"), best.surprise)
