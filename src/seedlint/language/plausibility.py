"""How plausible a text is: character trigrams and words of Chinese, Japanese, Korean and English.

All scores are natural logarithms of probabilities, in nats, and never positive. Text is folded
first (Traditional to Simplified, digits to 0, upper to lower case), so that one table serves every
script; see `seedlint.language.folding`.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, count
from operator import mul

from seedlint.language.folding import folds
from seedlint.language.tables import characters, numbers, read

STEP = 0.5  # nats between two levels of the tables
COSTS = [-STEP * level for level in range(256)]
MEMORY = 400_000  # steps remembered
UNKNOWN = "\ue000"
HALFWIDTH = -2.0  # nats for half-width punctuation where full-width is expected
LENGTHS = range(1, 7)  # of words, without their first character
DECIDED = 3.0  # nats by which one script must explain the characters better than the other
SCRIPTS = ("Hans", "Hant", "Jpan")
# Nats for ideographs, kana and their marks in Korean: of 4.7 million characters of six sources one in
# 14,000 is one, of the tables' text every second.
IN_KOREAN = -4.0
NGRAM_WEIGHT, WORD_WEIGHT = 0.55, 0.45
CALIBRATED = 1.3  # fitted on 4,245 clusters of lost bytes in six held-out texts

# ln P(character | a character without a row), by the first letter of its Unicode category: one in
# so many of its kind. "C" holds controls, private use, surrogates and unassigned code points.
RARE = {"L": -11.5, "M": -11.5, "N": -11.0, "P": -11.0, "S": -10.5, "Z": -11.0, "C": -20.0}


# Shares in percent of each digit behind no digit, 0, 1 ... 9, in 4,000,000 characters each of ten
# sources of `tools/language_sources.md`. The tables fold digits to one.
DIGITS = (
    (8, 30, 23, 10, 6, 6, 5, 4, 4, 4),
    (37, 22, 10, 4, 5, 4, 4, 5, 6, 4),
    (22, 11, 11, 6, 7, 8, 8, 6, 6, 15),
    (56, 7, 7, 6, 5, 5, 4, 3, 4, 3),
    (35, 13, 10, 6, 6, 6, 7, 5, 6, 6),
    (27, 8, 9, 8, 7, 13, 7, 6, 7, 9),
    (33, 9, 8, 6, 7, 9, 8, 7, 6, 7),
    (22, 8, 8, 7, 12, 10, 9, 6, 9, 10),
    (16, 8, 29, 6, 7, 8, 7, 7, 6, 7),
    (27, 7, 7, 8, 7, 8, 12, 7, 11, 6),
    (7, 4, 5, 5, 5, 6, 8, 17, 11, 32),
)

# Mean cost in nats of a character of each kind in ordinary text: Han, kana, Hangul, ASCII letters,
# other letters, everything else (least squares over held-out lines).
ORDINARY = (5.9, 3.9, 4.6, 3.3, 5.5, 4.3)
KINDS = (
    r"[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]",
    r"[\u3041-\u30ff]",
    r"[\uac00-\ud7a3]",
    r"[A-Za-z]",
    r"[^\W\d_A-Za-z\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]",
)


@cache
def kinds() -> tuple[re.Pattern[str], ...]:
    """One pattern for the characters of each kind but the last."""
    return tuple(map(re.compile, KINDS))


@cache
def not_korean() -> re.Pattern[str]:
    """Characters of Chinese and Japanese that Korean hardly uses."""
    return re.compile("[\u3001-\u30ff\u3400-\u9fff\uff01-\uff60]")


@cache
def halfwidth() -> re.Pattern[str]:
    """Half-width punctuation at an ideograph or kana: many pages use it for the full-width."""
    return re.compile(r"(?<=[\u3041-\u9fff])[,;:?!()]|[,;:?!()](?=[\u3041-\u9fff])")


@cache
def model(script: str | None = None) -> "Model":
    """The model; its tables are read on the first call.

    `script` is an ISO 15924 name, `"Hans"`, `"Hant"`, `"Jpan"` or `"Kore"`: the model then expects
    that of several forms of a character (`后`, `後`) the one which that script writes, and in Korean
    hardly an ideograph. Without it every form is as good as its average over the first three.
    `Model.script` tells the script of a text.
    """
    return Model(script)


@cache
def ngrams() -> "NGrams":
    """The n-gram tables, read once for the models of all scripts."""
    return NGrams()


@cache
def vocabulary() -> "Words":
    """The word tables, read once for the models of all scripts."""
    return Words()


@cache
def variants(script: str | None) -> dict[str, float]:
    """ln of the share of each character among those that fold to the same one, in a script.

    The last column of the table is the average over the scripts.
    """
    chars, packed = characters(read("variants")), read("variant-levels")
    start = len(chars) * (SCRIPTS.index(script) if script in SCRIPTS else len(SCRIPTS))
    column = packed[start : start + len(chars)]
    return dict(zip(chars, map(COSTS.__getitem__, column), strict=True))


class NGrams:
    """Character trigrams with backoff, as tries of ranked characters that are searched in place."""

    def __init__(self) -> None:
        self.ranks = Ranks(characters(read("characters")))
        self.unigrams, self.backoff1 = read("unigrams"), read("unigram-backoff")
        self.starts = [0, *accumulate(numbers(read("bigram-counts")))]
        self.bigrams, self.levels2 = characters(read("bigrams")), read("bigram-levels")
        self.backoff2, self.counts3 = read("bigram-backoff"), numbers(read("trigram-counts"))
        self.trigrams, self.levels3 = characters(read("trigrams")), read("trigram-levels")
        self.blocks = [0, *accumulate(numbers(read("trigram-totals")))]
        self.inside: dict[str, list[int]] = {}
        self.behind: dict[str, frozenset[str]] = {}

    def span(self, first: str, second: int) -> tuple[int, int]:
        """Where in `trigrams` the successors of a bigram stand, given its place in `bigrams`."""
        rank = ord(first)
        ends = self.inside.get(first)
        if ends is None:
            counts = self.counts3[self.starts[rank] : self.starts[rank + 1]]
            ends = self.inside[first] = list(accumulate(counts, initial=self.blocks[rank]))
        at = second - self.starts[rank]
        return ends[at], ends[at + 1]

    def followers(self, left: str) -> frozenset[str]:
        """The ranked characters with a bigram behind a ranked character."""
        found = self.behind.get(left)
        if found is None:
            start, end = self.starts[ord(left)], self.starts[ord(left) + 1]
            found = self.behind[left] = frozenset(self.bigrams[start:end])
        return found

    def after(self, left2: str, left1: str, rows: Iterable[str]) -> Iterator[tuple[str, float]]:
        """`three` for many ranked characters that have a bigram behind the second."""
        rank, start, end = ord(left2), self.starts[ord(left1)], self.starts[ord(left1) + 1]
        seconds = self.bigrams[start:end]
        context = self.bigrams.find(left1, self.starts[rank], self.starts[rank + 1])
        first, last = self.span(left2, context) if context >= 0 else (0, 0)
        thirds, shift = self.trigrams[first:last], 1 + COSTS[self.backoff2[context]] if context >= 0 else 0.0
        for row in rows:
            low = seconds.find(row)
            at = thirds.find(chr(low)) if thirds else -1
            yield (
                row,
                COSTS[self.levels3[first + at]] if at >= 0 else shift + COSTS[self.levels2[start + low]],
            )

    def unseen(self, left2: str, left1: str) -> float:
        """What is added to `one` for a character without a bigram behind ranked ones."""
        rank = ord(left2)
        cost = 1 + COSTS[self.backoff1[ord(left1)]]
        context = self.bigrams.find(left1, self.starts[rank], self.starts[rank + 1])
        return cost if context < 0 else 1 + cost + COSTS[self.backoff2[context]]

    def one(self, char: str) -> float:
        """ln P(char), for a ranked character."""
        return COSTS[self.unigrams[ord(char)]]

    def two(self, left: str, char: str) -> float:
        """ln P(char | left)."""
        rank = ord(left)
        at = self.bigrams.find(char, self.starts[rank], self.starts[rank + 1])
        if at >= 0:
            return COSTS[self.levels2[at]]
        return 1 + COSTS[self.backoff1[rank]] + self.one(char)

    def three(self, left2: str, left1: str, char: str) -> float:
        """ln P(char | left2 left1)."""
        rank, middle = ord(left2), ord(left1)
        context = self.bigrams.find(left1, self.starts[rank], self.starts[rank + 1])
        if context < 0:
            return self.two(left1, char)
        start = self.starts[middle]
        low = self.bigrams.find(char, start, self.starts[middle + 1])
        if low < 0:
            return 2 + COSTS[self.backoff2[context]] + COSTS[self.backoff1[middle]] + self.one(char)
        at = self.trigrams.find(chr(low - start), *self.span(left2, context))
        if at >= 0:
            return COSTS[self.levels3[at]]
        return 1 + COSTS[self.backoff2[context]] + COSTS[self.levels2[low]]


class Ranks(dict[int, str]):
    """Translation table from characters to the ranks of what they fold to."""

    def __init__(self, characters: str) -> None:
        ranks = {ord(char): chr(rank) for rank, char in enumerate(characters)}
        self.unknown = ranks[ord(UNKNOWN)]
        folded = ((code, ranks.get(ord(to), self.unknown)) for code, to in folds().items())
        super().__init__(ranks | dict(folded))

    def __missing__(self, code: int) -> str:
        return self.unknown


class Steps(dict[str, float]):
    """ln P(last character | the others) of strings of one to three characters, remembered."""

    def __init__(self, script: str | None) -> None:
        super().__init__()
        self.ngrams = ngrams()
        self.variants = variants(script)
        self.korean = script == "Kore"

    def __missing__(self, gram: str) -> float:
        if len(self) > MEMORY:
            self.clear()
        cost = self.plain(gram)
        wide = halfwidth().sub(lambda mark: chr(ord(mark[0]) + 0xFEE0), gram)
        if wide != gram:
            cost = max(cost, self.plain(wide) + (HALFWIDTH if wide[-1] != gram[-1] else 0.0))
        if gram[-1] in "0123456789":
            cost += digit(gram)
        cost = self[gram] = cost + self.own(gram[-1])
        return cost

    def plain(self, gram: str) -> float:
        """The cost of what the last character folds to."""
        ranked = gram.translate(self.ngrams.ranks)
        if len(ranked) == 3:
            return self.ngrams.three(*ranked)
        return self.ngrams.two(*ranked) if len(ranked) == 2 else self.ngrams.one(ranked)

    def own(self, char: str) -> float:
        """The share of a character among those that fold to the same one."""
        if self.ngrams.ranks[ord(char)] == self.ngrams.ranks.unknown:
            return RARE[unicodedata.category(char)[0]]
        return self.variants.get(char, 0.0) + IN_KOREAN * (self.korean and bool(not_korean().match(char)))


def digit(gram: str) -> float:
    """ln of the share of the last digit behind the character before it, beside that of the likeliest."""
    before = gram[-2:-1]
    shares = DIGITS[1 + int(before) if before and before in "0123456789" else 0]
    return math.log(shares[int(gram[-1])] / max(shares))


def add_pairs(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """The sums of the first and of the second numbers."""
    return one[0] + other[0], one[1] + other[1]


class Words:
    """Word frequencies by first character, all by rank; unpacked when the character is first met."""

    def __init__(self) -> None:
        self.letters = [COSTS[level] for level in read("letter-levels")]
        self.tails, self.levels = characters(read("word-tails")), read("word-levels")
        firsts, counts = characters(read("word-firsts")), numbers(read("word-counts"))
        self.counts = {char: counts[at : at + 6] for char, at in zip(firsts, count(0, 6))}
        sizes = ((sum(numbers), sum(map(mul, numbers, LENGTHS))) for numbers in self.counts.values())
        self.places = dict(zip(firsts, accumulate(sizes, add_pairs, initial=(0, 0)), strict=False))
        self.blocks: dict[str, tuple[dict[str, float], int]] = {}

    def block(self, first: str) -> tuple[dict[str, float], int]:
        """Words that begin with a character, by their other characters, and the longest of these."""
        found = self.blocks.get(first)
        if found is None:
            found = self.blocks[first] = self.unpacked(first)
        return found

    def unpacked(self, first: str) -> tuple[dict[str, float], int]:
        """The block of a character, as it is in the tables."""
        costs, longest = {"": self.letters[ord(first)]}, 0
        level, at = self.places.get(first, (0, 0))
        for length, number in zip(LENGTHS, self.counts.get(first, ()), strict=False):
            tails = [self.tails[start : start + length] for start in range(at, at + number * length, length)]
            costs.update(zip(tails, map(COSTS.__getitem__, self.levels[level : level + number]), strict=True))
            level, at, longest = level + number, at + number * length, length if number else longest
        return costs, longest


class Model:
    """The plausibility of text. Obtain it from `model()`."""

    def __init__(self, script: str | None = None) -> None:
        self._words, self._ranks, self._steps = vocabulary(), ngrams().ranks, Steps(script)
        self._shares: dict[str, float] = {}

    def step(self, left2: str, left1: str, char: str) -> float:
        """ln P(char | left2 left1) by character n-grams.

        An empty `left2`, or both empty, means that nothing is known of the context; a line end is
        `"\\n"` (and `"\\n", "\\n"` before the first character of a line).
        """
        return self._steps[left2 + left1 + char]

    def unigram(self, char: str) -> float:
        """ln P(char) without context."""
        return self._steps[char]

    def row(self, char: str) -> str:
        """The row of the tables that a character shares with all that fold to the same."""
        return self._ranks[ord(char)]

    def followers(self, char: str) -> frozenset[str]:
        """The rows that the tables know behind a character."""
        return ngrams().followers(self._ranks[ord(char)])

    def unseen(self, left2: str, left1: str) -> float:
        """What `step` adds to the cost of a character that is not known behind these two."""
        return ngrams().unseen(self._ranks[ord(left2)], self._ranks[ord(left1)])

    def steps(self, left2: str, left1: str, rows: Iterable[str]) -> Iterator[tuple[str, float]]:
        """`step` for rows that are known behind the second of two characters, without their share."""
        return ngrams().after(self._ranks[ord(left2)], self._ranks[ord(left1)], rows)

    def share(self, char: str) -> float:
        """ln of the share of a character in its row."""
        found = self._shares.get(char)
        if found is None:
            found = self._shares[char] = self._steps.own(char)
        return found

    def word(self, word: str) -> float | None:
        """ln-frequency of a word (2 to 7 characters) or of a character among words; None if unknown."""
        ranked = word.translate(self._ranks)
        if not ranked or self._ranks.unknown in ranked:
            return None
        return self._words.block(ranked[0])[0].get(ranked[1:])

    def ngrams(self, text: str) -> float:
        """ln-likelihood of the text by character n-grams alone, its context unknown."""
        if len(text) < 3:
            return self.step("", "", text[0]) + (self._steps[text] if len(text) > 1 else 0.0) if text else 0.0
        steps = self._steps
        grams = [text[at : at + 3] for at in range(len(text) - 2)]
        return steps[text[0]] + steps[text[:2]] + sum(map(steps.__getitem__, grams))

    def words(self, text: str) -> float:
        """ln-likelihood of the text as a sequence of independent words, best segmentation."""
        ranked, block, size = text.translate(self._ranks), self._words.block, len(text)
        best = [0.0] * (size + 1)
        for start in range(size - 1, -1, -1):
            tails, longest = block(ranked[start])
            top = tails[""] + best[start + 1]
            for stop in range(start + 2, min(size, start + longest + 1) + 1):
                cost = tails.get(ranked[start + 1 : stop])
                if cost is not None and cost + best[stop] > top:
                    top = cost + best[stop]
            best[start] = top
        return best[0]

    def score(self, text: str) -> float:
        """ln-likelihood of the text in nats: n-grams and words, weighted; 0.0 for no text.

        For candidates of one place, `CALIBRATED` times a difference of scores is the logarithm of
        their odds.
        """
        return NGRAM_WEIGHT * self.ngrams(text) + WORD_WEIGHT * self.words(text)

    def surprise(self, text: str) -> float:
        """Nats per character by which the text costs more than ordinary text of its mix of scripts.

        Ordinary text is near 0 whatever its language. Of held-out pieces of 16 characters (news,
        essays, encyclopedia, documentation; Chinese, Japanese, Korean and others) 98 % lie between
        -2 and 3 and 99.9 % below 5; the same pieces misread lie at 8 to 11, 99 % of them above 6
        (`docs/plausibility.md`, by text and length; kana read as Big5 is the closest, above 2.5).
        0.0 for no text.
        """
        counts = [sum(1 for _ in kind.finditer(text)) for kind in kinds()]
        counts.append(len(text) - sum(counts))
        expected = sum(count * mean for count, mean in zip(counts, ORDINARY, strict=True))
        return (-self.score(text) - expected) / max(1, len(text))

    @staticmethod
    def script(text: str) -> str | None:
        """The script of an East Asian text, for `model()`, or None if its characters do not tell.

        `"Kore"` if most are Hangul, `"Jpan"` if it has kana; otherwise `"Hans"` or `"Hant"` by the
        forms of its characters.
        """
        hangul = len(kinds()[2].findall(text))
        if hangul and hangul > len(kinds()[0].findall(text)) + len(kinds()[1].findall(text)):
            return "Kore"
        if kinds()[1].search(text):
            return "Jpan"
        simplified, traditional = variants("Hans"), variants("Hant")
        odds = sum(
            count * (simplified[char] - traditional[char])
            for char, count in Counter(text).items()
            if char in simplified
        )
        return None if abs(odds) < DECIDED else "Hans" if odds > 0 else "Hant"
