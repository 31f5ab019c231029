"""Writes the tables in the form that `seedlint.language.tables` reads."""

import zlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from language_build.ngrams import NGrams
from language_build.words import LONGEST


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
    """Write an n-gram model: characters by rank, bigrams by context, trigrams by bigram.

    Within a context the likeliest come first, so that levels only fall. The last character of a
    trigram is kept as its place among the bigrams of the middle one: a small number, mostly.
    """
    ranked = sorted(grams.unigrams, key=lambda char: (-grams.unigrams[char], char))
    rank = {char: chr(number) for number, char in enumerate(ranked)}
    twos, threes = by_context(grams.bigrams), by_context(grams.trigrams)
    place = {first + char: at for first, lasts in twos.items() for at, char in enumerate(lasts)}
    order2 = [context + last for context in ranked for last in twos.get(context, "")]
    order3 = [gram + last for gram in order2 for last in threes.get(gram, "")]
    totals = Counter(gram[0] for gram in grams.trigrams)
    write(folder, "characters", characters("".join(ranked)))
    write(folder, "unigrams", levels(map(grams.unigrams.__getitem__, ranked), step))
    write(folder, "unigram-backoff", levels((grams.backoff.get(c, 0.0) - 1 for c in ranked), step))
    write(folder, "bigram-counts", numbers(len(twos.get(c, "")) for c in ranked))
    write(folder, "bigrams", characters("".join(rank[gram[1]] for gram in order2)))
    write(folder, "bigram-levels", levels(map(grams.bigrams.__getitem__, order2), step))
    write(folder, "bigram-backoff", levels((grams.backoff.get(g, 0.0) - 1 for g in order2), step))
    write(folder, "trigram-totals", numbers(totals[c] for c in ranked))
    write(folder, "trigram-counts", numbers(len(threes.get(g, "")) for g in order2))
    write(folder, "trigrams", numbers(place[gram[1:]] for gram in order3))
    write(folder, "trigram-levels", levels(map(grams.trigrams.__getitem__, order3), step))


def by_context(grams: dict[str, float]) -> dict[str, str]:
    """The last characters of grams by context, likeliest first."""
    found: dict[str, list[str]] = {}
    for gram in sorted(grams, key=lambda gram: (-grams[gram], gram)):
        found.setdefault(gram[:-1], []).append(gram[-1])
    return {context: "".join(lasts) for context, lasts in found.items()}


def words(folder: Path, costs: dict[str, float], ranked: str, step: float) -> None:
    """Write words by first character and length, the likeliest of each group first.

    `ranked` are the characters of the n-gram model: words are spelt by rank, and the cost of every
    character as a word comes in the same order.
    """
    rank = {char: chr(number) for number, char in enumerate(ranked)}
    floor = min(costs.values())
    write(folder, "letter-levels", levels((costs.get(char, floor) for char in ranked), step))
    groups: dict[str, list[list[str]]] = {}
    for word in sorted(costs, key=lambda word: (-costs[word], word)):
        if len(word) > 1 and all(char in rank for char in word):
            by_length = groups.setdefault(word[0], [[] for _ in range(LONGEST - 1)])
            by_length[len(word) - 2].append(word)
    firsts = [char for char in ranked if char in groups]
    lists = [group for char in firsts for group in groups[char]]
    write(folder, "word-firsts", characters("".join(rank[char] for char in firsts)))
    write(folder, "word-counts", numbers(map(len, lists)))
    ordered = [word for group in lists for word in group]
    write(folder, "word-tails", characters("".join(rank[char] for word in ordered for char in word[1:])))
    write(folder, "word-levels", levels((costs[word] for word in ordered), step))


def variants(folder: Path, shares: dict[str, list[float]], step: float) -> None:
    """Write the characters that share a fold and, script after script, the levels of their shares."""
    ordered = sorted(shares)
    write(folder, "variants", characters("".join(ordered)))
    by_script = zip(*(shares[char] for char in ordered), strict=True)
    write(folder, "variant-levels", b"".join(levels(values, step) for values in by_script))
