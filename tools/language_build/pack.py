"""Writes the tables in the form that `seedlint.language.tables` reads."""

import zlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from language_build.ngrams import NGrams


def write(folder: Path, name: str, data: bytes) -> None:
    """Write one table, deflated."""
    packed = zlib.compress(data, 9)
    (folder / f"{name}.z").write_bytes(packed)
    print(f"{name}: {len(data):,} -> {len(packed):,} bytes")


def planes(units: bytes) -> bytes:
    """All low bytes of 16-bit units, then all high bytes."""
    return units[::2] + units[1::2]


def characters(text: str) -> bytes:
    """A string of BMP characters as planes."""
    units = text.encode("utf-16-le", "surrogatepass")
    assert len(units) == 2 * len(text)
    return planes(units)


def numbers(values: Iterable[int]) -> bytes:
    """Numbers below 65,536 as planes."""
    return planes(b"".join(value.to_bytes(2, "little") for value in values))


def levels(values: Iterable[float], step: float) -> bytes:
    """Natural logarithms as multiples of -`step`, one byte each."""
    return bytes(max(0, min(255, round(-value / step))) for value in values)


def trie(folder: Path, grams: NGrams, step: float) -> None:
    """Write an n-gram model as characters by rank, bigrams by context, trigrams by bigram."""
    ranked = sorted(grams.unigrams, key=lambda char: (-grams.unigrams[char], char))
    rank = {char: chr(number) for number, char in enumerate(ranked)}
    twos = by_context(grams.bigrams, rank)
    threes = by_context(grams.trigrams, rank)
    order2 = [context + last for context in ranked for last in twos.get(context, "")]
    write(folder, "characters", characters("".join(ranked)))
    write(folder, "unigrams", levels(map(grams.unigrams.__getitem__, ranked), step))
    write(folder, "unigram-backoff", levels((grams.backoff.get(c, 0.0) - 1 for c in ranked), step))
    write(folder, "bigram-counts", numbers(len(twos.get(c, "")) for c in ranked))
    write(folder, "bigrams", characters("".join(rank[gram[1]] for gram in order2)))
    write(folder, "bigram-levels", levels(map(grams.bigrams.__getitem__, order2), step))
    write(folder, "bigram-backoff", levels((grams.backoff.get(g, 0.0) - 1 for g in order2), step))
    write(folder, "trigram-counts", numbers(len(threes.get(g, "")) for g in order2))
    totals = Counter(gram[0] for gram in grams.trigrams)
    write(folder, "trigram-totals", numbers(totals[c] for c in ranked))
    order3 = [gram + last for gram in order2 for last in threes.get(gram, "")]
    write(folder, "trigrams", characters("".join(rank[gram[2]] for gram in order3)))
    write(folder, "trigram-levels", levels(map(grams.trigrams.__getitem__, order3), step))


def by_context(grams: dict[str, float], rank: dict[str, str]) -> dict[str, str]:
    """The last characters of grams by context, each context's in order of rank."""
    found: dict[str, list[str]] = {}
    for gram in grams:
        found.setdefault(gram[:-1], []).append(gram[-1])
    return {context: "".join(sorted(lasts, key=rank.__getitem__)) for context, lasts in found.items()}


def words(folder: Path, costs: dict[str, float], step: float) -> None:
    """Write words by first character, each block's tails in order."""
    blocks: dict[str, list[str]] = {}
    for word in sorted(costs):
        blocks.setdefault(word[0], []).append(word[1:])
    ordered = [first + tail for first, tails in blocks.items() for tail in tails]
    write(folder, "word-firsts", characters("".join(blocks)))
    write(folder, "word-counts", numbers(map(len, blocks.values())))
    packed = ["\n".join(tails) for tails in blocks.values()]
    write(folder, "word-lengths", numbers(map(len, packed)))
    write(folder, "word-tails", characters("".join(packed)))
    write(folder, "word-levels", levels((costs[word] for word in ordered), step))


def variants(folder: Path, shares: dict[str, list[float]], step: float) -> None:
    """Write the characters that share a fold and, script after script, the levels of their shares."""
    ordered = sorted(shares)
    write(folder, "variants", characters("".join(ordered)))
    by_script = zip(*(shares[char] for char in ordered), strict=True)
    write(folder, "variant-levels", b"".join(levels(values, step) for values in by_script))
