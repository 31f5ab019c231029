"""Reads published word lists: words with how often a million words have each."""

import gzip
import struct
from collections.abc import Iterator
from typing import Any

Weighed = Iterator[tuple[str, float]]


def counted(text: str) -> Weighed:
    """Lines of `word count …`, scaled to a million; jieba, FrequencyWords, THUOCL, McBopomofo."""
    rows = [line.split()[:2] for line in text.splitlines() if len(line.split()) > 1]
    counts = [(word, float(number)) for word, number in rows if number.isdigit() and int(number)]
    total = sum(number for _, number in counts) or 1.0
    for word, number in counts:
        yield word, number / total * 1e6


def wordfreq(data: bytes) -> Weighed:
    """A list of the wordfreq package (gzipped MessagePack): row n holds words of 10 ** (-n / 100)."""
    rows, _ = unpack(gzip.decompress(data), 0)
    for centibels, words in enumerate(rows[1:]):
        for word in words:
            yield word, 10 ** (-centibels / 100) * 1e6


def folded(rows: Weighed, pairs: dict[int, str], longest: int) -> dict[str, float]:
    """The words of a list up to a length, folded, their weights added up."""
    found: dict[str, float] = {}
    for word, weight in rows:
        if len(word) <= longest:
            to = word.translate(pairs)
            found[to] = found.get(to, 0.0) + weight
    return found


def unpack(data: bytes, at: int) -> tuple[Any, int]:
    """The MessagePack value at an offset (strings, arrays, maps, small integers) and the offset behind it."""
    code = data[at]
    if code < 0x80:
        return code, at + 1
    for kind, low, width in (("map", 0x80, 0xDE), ("array", 0x90, 0xDC), ("str", 0xA0, 0xD9)):
        head = header(data, at, low, width, kind)
        if head:
            return FILL[kind](data, *head)
    if code in (0xCC, 0xCD, 0xCE):
        size = 1 << code - 0xCC
        return int.from_bytes(data[at + 1 : at + 1 + size], "big"), at + 1 + size
    raise ValueError(f"MessagePack code {code:#x}")


def header(data: bytes, at: int, low: int, wide: int, kind: str) -> tuple[int, int] | None:
    """Length and offset of the contents, if a value of this kind begins here."""
    code, few = data[at], 32 if kind == "str" else 16
    if low <= code < low + few:
        return code - low, at + 1
    sizes = ("B", "H", "I") if kind == "str" else ("H", "I")
    if wide <= code < wide + len(sizes):
        form = ">" + sizes[code - wide]
        return struct.unpack_from(form, data, at + 1)[0], at + 1 + struct.calcsize(form)
    return None


def fill_array(data: bytes, size: int, at: int) -> tuple[list[Any], int]:
    """The elements of an array."""
    found = []
    for _ in range(size):
        value, at = unpack(data, at)
        found.append(value)
    return found, at


def fill_map(data: bytes, size: int, at: int) -> tuple[dict[Any, Any], int]:
    """The entries of a map."""
    flat, at = fill_array(data, 2 * size, at)
    return dict(zip(flat[::2], flat[1::2], strict=True)), at


def fill_str(data: bytes, size: int, at: int) -> tuple[str, int]:
    """A string."""
    return data[at : at + size].decode("utf-8"), at + size


FILL = {"map": fill_map, "array": fill_array, "str": fill_str}
