"""Counts character trigrams, smooths them (modified Kneser-Ney) and prunes what context already says.

Smoothing: Chen and Goodman 1999, interpolated, three discounts an order. Pruning: Stolcke 1998, by
the share of the likelihood that an n-gram adds over its backoff.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

UNKNOWN = "\ue000"  # private use: stands for every character without a row of its own


@dataclass
class NGrams:
    """A backoff model in natural logarithms."""

    unigrams: dict[str, float] = field(default_factory=dict)
    bigrams: dict[str, float] = field(default_factory=dict)
    trigrams: dict[str, float] = field(default_factory=dict)
    backoff: dict[str, float] = field(default_factory=dict)  # of contexts of one and two characters


def count(lines: Iterable[str], counts: Counter[str]) -> None:
    """Add the trigrams of lines, each between two line ends."""
    text = "\n\n" + "\n\n".join(lines) + "\n\n"
    counts.update(map("".join, zip(text, text[1:], text[2:], strict=False)))


def discounts(counts: Iterable[int]) -> tuple[float, ...]:
    """The discounts of counts 0, 1, 2 and 3 or more."""
    seen = Counter(number for number in counts if number <= 4)
    one, two, three, four = (max(1, seen[number]) for number in (1, 2, 3, 4))
    y = one / (one + 2 * two)
    raw = 1 - 2 * y * two / one, 2 - 3 * y * three / two, 3 - 4 * y * four / three
    return 0.0, *(min(max(0.1, d), number - 0.1) for number, d in enumerate(raw, 1))


@dataclass
class Order:
    """Kneser-Ney statistics of one order, by context."""

    counts: dict[str, int]
    total: dict[str, int] = field(default_factory=dict)
    freed: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.discount = discounts(self.counts.values())
        total: dict[str, int] = defaultdict(int)
        freed: dict[str, float] = defaultdict(float)
        for gram, number in self.counts.items():
            context = gram[:-1]
            total[context] += number
            freed[context] += self.discount[min(number, 3)]
        self.total = dict(total)
        self.freed = {context: mass / total[context] for context, mass in freed.items()}

    def own(self, gram: str) -> float:
        """The discounted share of a gram in its context."""
        number = self.counts.get(gram, 0)
        return (number - self.discount[min(number, 3)]) / self.total[gram[:-1]] if number else 0.0


def continuations(counts: Iterable[str]) -> dict[str, int]:
    """How many different characters stand before each gram."""
    return dict(Counter(gram[1:] for gram in counts))


class Smoothed:
    """The full interpolated model, before pruning."""

    def __init__(self, counts: Counter[str]) -> None:
        self.three = Order(counts)
        self.two = Order(continuations(counts))
        ones = continuations(self.two.counts)
        whole = sum(ones.values()) + 1.0
        self.one = {char: (number + 1.0 / len(ones)) / whole for char, number in ones.items()}
        self.bigram: dict[str, float] = {}
        for gram in self.two.counts:
            self.bigram[gram] = self.two.own(gram) + self.two.freed[gram[0]] * self.one[gram[1]]

    def after_one(self, gram: str) -> float:
        """P(second | first)."""
        known = self.bigram.get(gram)
        return known if known is not None else self.two.freed.get(gram[0], 1.0) * self.one[gram[1]]

    def after_two(self, gram: str) -> float:
        """P(third | first two)."""
        return self.three.own(gram) + self.three.freed[gram[:2]] * self.after_one(gram[1:])


@dataclass
class Ranked:
    """N-grams with their gain and probability, and the probability of every character."""

    unigrams: dict[str, float]
    bigrams: dict[str, tuple[float, float]]
    trigrams: dict[str, tuple[float, float]]
    pairs: dict[str, float]  # bigrams that begin or end a trigram


def rank(counts: Counter[str], trigrams: int, bigrams: int) -> Ranked:
    """Smooth the counts and keep the n-grams that save most nats over backoff in the text."""
    model = Smoothed(counts)
    threes = heapq.nlargest(trigrams, trigram_gains(model))
    twos = heapq.nlargest(bigrams, bigram_gains(model))
    pairs = {pair for _, gram in threes for pair in (gram[:2], gram[1:])}
    return Ranked(
        model.one,
        {gram: (gain, model.after_one(gram)) for gain, gram in twos},
        {gram: (gain, model.after_two(gram)) for gain, gram in threes},
        {pair: model.after_one(pair) for pair in pairs},
    )


def trigram_gains(model: Smoothed) -> Iterator[tuple[float, str]]:
    """Nats that each trigram saves over its backoff."""
    three = model.three
    for gram, number in three.counts.items():
        if number > 1:
            backoff = three.freed[gram[:2]] * model.after_one(gram[1:])
            yield number * math.log(model.after_two(gram) / backoff), gram


def bigram_gains(model: Smoothed) -> Iterator[tuple[float, str]]:
    """Nats that each bigram saves over its backoff."""
    worth: Counter[str] = Counter()
    for gram, number in model.three.counts.items():
        worth[gram[1:]] += number
    for gram in model.two.counts:
        backoff = model.two.freed[gram[0]] * model.one[gram[1]]
        yield worth[gram] * math.log(model.bigram[gram] / backoff), gram


def prune(ranked: Ranked, trigrams: int, bigrams: int) -> NGrams:
    """Keep the most valuable n-grams and every bigram that begins or ends one."""
    threes, twos = best(ranked.trigrams, trigrams), best(ranked.bigrams, bigrams)
    twos |= {pair: ranked.pairs[pair] for gram in threes for pair in (gram[:2], gram[1:])}
    backoff: dict[str, float] = {}
    weigh(twos, ranked.unigrams, backoff)
    lower = Lower(twos, backoff, ranked.unigrams)
    weigh(threes, lower, backoff)
    return NGrams(logs(ranked.unigrams), logs(twos), logs(threes), backoff)


def logs(grams: dict[str, float]) -> dict[str, float]:
    """Natural logarithms of probabilities."""
    return {gram: math.log(p) for gram, p in grams.items()}


def best(grams: dict[str, tuple[float, float]], number: int) -> dict[str, float]:
    """The most valuable grams with their probability."""
    worth = {gram: gain * use(gram[-1]) for gram, (gain, _) in grams.items()}
    return {gram: grams[gram][1] for gram in heapq.nlargest(number, worth, key=worth.__getitem__)}


def use(char: str) -> float:
    """What telling a character from others is worth.

    ASCII is never lost, Hangul seldom: there the tables need only tell language from damage.
    """
    if "\u3400" <= char <= "\u9fff" or "\u2010" <= char <= "\u3020" or "\uff01" <= char <= "\uff5e":
        return 1.0
    if "\u3041" <= char <= "\u30ff":
        return 0.6
    return 0.3


class Lower(dict[str, float]):
    """P(second | first) of the pruned bigrams, by backoff where there is none."""

    def __init__(self, bigrams: dict[str, float], backoff: dict[str, float], one: dict[str, float]) -> None:
        super().__init__(bigrams)
        self.backoff, self.one = backoff, one

    def __missing__(self, gram: str) -> float:
        return math.exp(self.backoff.get(gram[0], 0.0)) * self.one[gram[1]]


def weigh(grams: dict[str, float], lower: dict[str, float], backoff: dict[str, float]) -> None:
    """Set the backoff of each context so that its distribution sums to one."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for gram, p in grams.items():
        pair = sums[gram[:-1]]
        pair[0] += p
        pair[1] += lower[gram[1:]]
    for context, (kept, low) in sums.items():
        backoff[context] = math.log(max(1 - kept, 1e-6) / max(1 - low, 1e-6))
