"""Bytes of a document that are not UTF-8: another encoding, some lines in another, or broken sequences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from seedlint.channels.detection import Detection, detect
from seedlint.diagnostic import Span
from seedlint.document import Document
from seedlint.places import count

UNDECODED = frozenset(map(chr, range(0xDC80, 0xDD00)))
"""The characters that stand for undecodable bytes (PEP 383)."""

_LONE = "[\udc80-\udcbf]"
_MALFORMED = (
    ("surrogate pair", f"(?:\udced[\udca0-\udcaf]{_LONE}\udced[\udcb0-\udcbf]{_LONE})+"),
    ("lone surrogate", f"\udced[\udca0-\udcbf]{_LONE}"),
    (
        "overlong form",
        f"[\udcc0\udcc1]{_LONE}|\udce0[\udc80-\udc9f]{_LONE}|\udcf0[\udc80-\udc8f]{_LONE}{{2}}",
    ),
    ("truncated sequence", f"[\udcc2-\udcf4]{_LONE}{{0,3}}|{_LONE}+|[\udcc0-\udcff]"),
)


@dataclass(frozen=True, slots=True)
class ForeignPart:
    """Whole lines in another encoding: where they stand and what they say."""

    span: Span
    text: str
    detection: Detection

    def replay(self, text: str) -> str:
        """Write ``text`` in the foreign encoding and read it as UTF-8 again."""
        return text.encode(self.detection.codec, "replace").decode("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True)
class Malformed:
    """A sequence that is not UTF-8: what is wrong with it, and the text it stands for if it does."""

    span: Span
    kind: str
    text: str | None


@dataclass(frozen=True, slots=True)
class ByteDamage:
    """All that is wrong with the bytes of a document."""

    whole: Detection | None
    parts: tuple[ForeignPart, ...]
    malformed: tuple[Malformed, ...]


def byte_damage(document: Document) -> ByteDamage:
    """What is wrong with the bytes; for `Document.analysis`."""
    if UNDECODED.isdisjoint(document.unusual) and not _is_wide(document):
        return ByteDamage(None, (), ())
    if _is_foreign(document.text) and (whole := detect(document.data)):
        return ByteDamage(whole, (), ())
    parts = tuple(_parts(document))
    return ByteDamage(None, parts, tuple(_malformed(document, parts)))


def _is_wide(document: Document) -> bool:
    """UTF-16 and UTF-32 of ASCII text is valid UTF-8, with a NUL at every other place."""
    return "\0" in document.unusual and document.text.count("\0") * 3 > len(document.text)


@cache
def _beyond_pairs() -> re.Pattern[str]:
    return re.compile("[\u0800-\ud7ff\ue000-\U0010ffff]")


@cache
def _stray() -> re.Pattern[str]:
    return re.compile("[\udc80-\udcff]")


def _is_foreign(text: str) -> bool:
    """Whether hardly a character beyond ASCII is UTF-8; two bytes of another code may be by chance."""
    sound, broken = count(_beyond_pairs(), text), count(_stray(), text)
    encoded = sum(len(found[0]) for _, source in _MALFORMED[:3] for found in re.finditer(source, text))
    return sound * 5 < broken - encoded or "\0" in text


def _parts(document: Document) -> Iterator[ForeignPart]:
    """Runs of lines that are in another encoding."""
    lines = dict.fromkeys(
        document.line_span(match.start()) for match in re.finditer("[\udc80-\udcff]+", document.text)
    )
    texts = ((line, document.text[line.start : line.end]) for line in lines)
    foreign = [line for line, text in texts if _is_foreign(text) and not _cut().fullmatch(text)]
    for _, run in groupby(enumerate(foreign), lambda item: document.position(item[1].start).line - item[0]):
        yield from _part(document, [line for _, line in run])


@cache
def _cut() -> re.Pattern[str]:
    """A line whose last character alone was cut, with two bytes of it left."""
    return re.compile("[^\udc80-\udcff]*[\udce0-\udcf4][\udc80-\udcbf]{1,2}")


def _part(document: Document, lines: list[Span]) -> Iterator[ForeignPart]:
    span = Span(lines[0].start, lines[-1].end)
    data = document.text[span.start : span.end].encode("utf-8", "surrogateescape")
    if (found := detect(data)) and found.intact:
        yield ForeignPart(span, data.decode(found.codec), found)
    elif len(lines) > 1:
        for line in lines:
            yield from _part(document, [line])


def _malformed(document: Document, parts: tuple[ForeignPart, ...]) -> Iterator[Malformed]:
    pattern = re.compile("|".join(f"({source})" for _, source in _MALFORMED))
    for match in pattern.finditer(document.text):
        span = Span(*match.span())
        if not any(span.overlaps(part.span) for part in parts):
            kind = _MALFORMED[(match.lastindex or 1) - 1][0]
            yield Malformed(span, kind, _meant(kind, match.group()))


def _meant(kind: str, found: str) -> str | None:
    """The characters that a malformed sequence stands for."""
    data = found.encode("utf-8", "surrogateescape")
    if kind == "surrogate pair":
        units = data.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
        return units.decode("utf-16-le")
    if kind == "overlong form":
        code = data[0] & (0x1F if len(data) == 2 else 0x0F if len(data) == 3 else 0x07)
        for byte in data[1:]:
            code = code << 6 | byte & 0x3F
        return chr(code) if 0x20 <= code < 0xD800 or code >= 0xE000 else None
    return None


def overlong(kind: str, length: int, text: str) -> str:
    """Write ``text`` malformed again: as surrogate pairs, or as an overlong form of ``length`` bytes."""
    if kind == "surrogate pair":
        units = text.encode("utf-16-le").decode("utf-16-le", "surrogatepass")
        pairs = units.encode("utf-16-le", "surrogatepass")
        halves = (pairs[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(pairs), 2))
        return "".join(
            half.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape") for half in halves
        )
    code, tail = ord(text), []
    for _ in range(length - 1):
        tail.append(0x80 | code & 0x3F)
        code >>= 6
    lead = (0xC0, 0xE0, 0xF0)[length - 2] | code
    return bytes([lead, *reversed(tail)]).decode("utf-8", "surrogateescape")
