"""Counts words by segmenting text with the counts themselves (expectation maximisation, best path).

A word here is any string of two to `LONGEST` characters that is worth a row: dictionary words, and
runs of kana or hangul that recur.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from language_build.ngrams import use

LONGEST = 7
RUN = re.compile(r"[\u30a1-\u30fa\u30fc]{2,7}|[\uac00-\ud7a3]{2,7}|[\u3041-\u3096]{2,6}|[a-z]{2,7}")


def recurring(lines: Iterable[str], least: int) -> Counter[str]:
    """Runs of one script that recur: loan words, Korean phrases, English words."""
    counts = Counter(match[0] for line in lines for match in RUN.finditer(line))
    return Counter({run: number for run, number in counts.items() if number >= least})


class Segmenter:
    """Best segmentation under word counts; unlisted characters are words of their own."""

    def __init__(self, counts: Mapping[str, float]) -> None:
        total = sum(counts.values())
        self.costs = {word: math.log(number / total) for word, number in counts.items()}
        self.floor = min(self.costs.values()) - 2
        self.longest: dict[str, int] = {}
        for word in self.costs:
            self.longest[word[0]] = max(self.longest.get(word[0], 1), len(word))

    def __call__(self, line: str) -> list[str]:
        """The words of a line."""
        get, size = self.costs.get, len(line)
        best, ends = [0.0] * (size + 1), [0] * (size + 1)
        for start in range(size - 1, -1, -1):
            top, end = get(line[start], self.floor) + best[start + 1], start + 1
            for stop in range(start + 2, min(size, start + self.longest.get(line[start], 1)) + 1):
                cost = get(line[start:stop])
                if cost is not None and cost + best[stop] > top:
                    top, end = cost + best[stop], stop
            best[start], ends[start] = top, end
        words, at = [], 0
        while at < size:
            words.append(line[at : ends[at]])
            at = ends[at]
        return words


def learn(lines: list[str], listed: dict[str, float], runs: Counter[str], rounds: int) -> dict[str, float]:
    """Counts of the words of `lines`, starting from listed frequencies and recurring runs."""
    letters = Counter("".join(lines))
    counts = blend(
        {"lists": listed, "runs": runs, "letters": letters}, {"lists": 0.7, "runs": 0.1, "letters": 0.2}
    )
    for _ in range(rounds):
        segment, found = Segmenter(counts), Counter[str]()
        for line in lines:
            found.update(segment(line))
        counts = dict(found)
    return counts


def blend(lists: Mapping[str, Mapping[str, float]], shares: Mapping[str, float]) -> dict[str, float]:
    """Word frequencies of several lists, each scaled to its share of one."""
    mixed: dict[str, float] = {}
    for name, counts in lists.items():
        scale = shares[name] / sum(counts.values())
        for word, number in counts.items():
            mixed[word] = mixed.get(word, 0.0) + number * scale
    return mixed


SCRIPTS = {"Han": "\u3400-\u9fff", "kana": "\u3041-\u30ff", "Hangul": "\uac00-\ud7a3"}


def settle(listed: Mapping[str, float], counts: Mapping[str, float], share: float) -> dict[str, float]:
    """Frequencies of the text, where lists have their share of the words of each script they know.

    How much of the text each script is, and all punctuation, numbers and Latin words, is told by
    the text alone.
    """
    mixed = dict(counts)
    for letters in SCRIPTS.values():
        of_script = re.compile(f"[{letters}]").match
        ours = {word: number for word, number in counts.items() if of_script(word)}
        theirs = {word: number for word, number in listed.items() if of_script(word)}
        size = sum(ours.values())
        both = blend({"ours": ours, "theirs": theirs}, {"ours": size * (1 - share), "theirs": size * share})
        mixed.update(both)
    return mixed


def choose(counts: dict[str, float], number: int) -> dict[str, float]:
    """The words that save most over being spelt by their parts, and all characters, in nats.

    Words in ASCII have no row: ASCII is never lost.
    """
    chars = {word: count for word, count in counts.items() if len(word) == 1}
    parts = Segmenter(chars | {word: count for word, count in counts.items() if len(word) == 2})
    whole = Segmenter(counts)
    gain = {}
    for word, count in counts.items():
        if len(word) > 1 and not word.isascii():
            split = sum(whole.costs.get(part, whole.floor) for part in parts_of(word, parts))
            gain[word] = count * (whole.costs[word] - split) * use(word[-1])
    best = sorted(gain, key=lambda word: -gain[word])[:number]
    return {word: whole.costs[word] for word in best} | flattened(chars, whole.costs)


def flattened(chars: Mapping[str, float], costs: Mapping[str, float]) -> dict[str, float]:
    """Costs of single characters, one cost for all of ASCII and all that are no letters.

    How often a mark occurs says nothing of which stands here, n-grams know it by context; and there
    are no words in ASCII to compare its letters with.
    """
    marks = {char for char in chars if char.isascii() or unicodedata.category(char)[0] not in "LMN"}
    mean = sum(chars[mark] * costs[mark] for mark in marks) / sum(chars[mark] for mark in marks)
    return {char: mean if char in marks else costs[char] for char in chars} | {"\n": mean}


def parts_of(word: str, segment: Segmenter) -> list[str]:
    """The best way to spell a word without itself."""
    own = segment.costs.pop(word, None)
    parts = segment(word)
    if own is not None:
        segment.costs[word] = own
    return parts
