"""Counts the neighbours of every form and keeps those that tell forms apart."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

# Characters to the left and right of the place; a window is written with a gap for the place itself.
LEFT = ((1, 0), (2, 0), (3, 0))
RIGHT = ((0, 1), (0, 2), (0, 3))
AROUND = ((1, 1), (2, 1), (1, 2))
GAP = "_"
EDGE = "\N{MIDDLE DOT}"
NOT_HAN = re.compile("[^\u3400-\u9fff]+")

SMOOTHING = 0.5
ACCEPTED = 0.1  # share of a window that a form is granted when a word list writes it so
SUPPORT = 5  # occurrences from which a longer window may overrule a shorter one
DECISIVE = 2.0  # nats by which a window on both sides must say more than each side alone
LEAST_GAIN = 0.6  # nats that a longer window must add to be kept
LEAST = 1.2  # nats that any window must tell to be kept
SAMPLED = 7  # of so many places one is kept whole
LISTED_SHARE = 0.05  # share of a window from which texts speak for a form that no list has
UNLISTED = 2.0  # nats against a form of a listed word that no list has
WORD_WEIGHT = 3  # occurrences that a listed word counts as

Scores = dict[str, float]


class Tally:
    """How often each form of one class stands in each window."""

    def __init__(self, forms: list[str]) -> None:
        self.forms = forms
        self.texts: dict[str, Counter[str]] = defaultdict(Counter)
        self.words: dict[str, Counter[str]] = defaultdict(Counter)
        self.places: list[tuple[str, str, str]] = []

    def finish(self) -> None:
        """Forget what was seen once and sum up."""
        self.texts = {key: seen for key, seen in self.texts.items() if seen.total() > 1 or key == GAP}
        self.sums = self.texts.setdefault(GAP, Counter()) + self.words.get(GAP, Counter())
        self.total = self.sums.total()

    def priors(self) -> Scores:
        """ln P(form), from running text alone."""
        seen = self.texts[GAP]
        return {form: math.log((seen[form] + 1) / (seen.total() + len(self.forms))) for form in self.forms}

    def unknown(self, rows: Mapping[str, Scores]) -> Scores:
        """ln P(no window of a place is known | form) / P(no window is known), by a sample.

        A form that lives in few words hardly ever stands where no word is known.
        """
        placed, lost = Counter[str](), Counter[str]()
        for form, left, right in self.places:
            placed[form] += 1
            keys = (*(left[at:] + GAP for at in range(3)), *(GAP + right[:at] for at in range(1, 4)))
            around = (left[2:] + GAP + right[:1], left[1:] + GAP + right[:1], left[2:] + GAP + right[:2])
            lost[form] += not any(key in rows for key in (*keys, *around))
        share = (lost.total() + 1) / (placed.total() + 2)
        return {form: math.log((lost[form] + share) / (placed[form] + 1) / share) for form in self.forms}

    def weigh(self, key: str) -> tuple[int, Scores] | None:
        """Occurrences of a window and ln P(window | form) / P(window) of every form.

        A form that is rare altogether cannot be excluded by a window that is rare too.
        """
        texts, words = self.texts.get(key, Counter()), self.words.get(key, Counter())
        seen: dict[str, float] = dict(texts + words)
        if not seen:
            return None
        total = sum(seen.values())
        for form in words:
            seen[form] = max(seen[form], ACCEPTED * total)
        share = sum(seen.values()) / self.total
        scores = {
            form: math.log((seen.get(form, 0) + SMOOTHING) / (self.sums[form] * share + SMOOTHING))
            for form in self.forms
        }
        listed = {form for form, number in words.items() if number >= WORD_WEIGHT}
        if listed:
            for form in self.forms:
                scores[form] -= UNLISTED * (form not in listed and seen.get(form, 0) < LISTED_SHARE * total)
        return int(total), scores


def best(scores: Scores) -> str:
    """The form that fits best."""
    return max(scores, key=scores.__getitem__)


def spread(scores: Scores) -> float:
    """Nats between the best form and the next."""
    first, second = sorted(scores.values(), reverse=True)[:2]
    return first - second


class Tallies:
    """Tallies of all classes, filled from texts and word lists."""

    def __init__(
        self, classes: Mapping[str, list[str]], owners: Mapping[str, tuple[str, str]], folds: dict[int, str]
    ) -> None:
        self.tallies = {short: Tally(forms) for short, forms in classes.items()}
        self.owners, self.folds = owners, folds
        self.places = re.compile("[" + "".join(owners) + "]")

    def text(self, line: str) -> None:
        """Count one line of running text."""
        plain = NOT_HAN.sub(EDGE, line)
        folded = EDGE * 3 + plain.translate(self.folds) + EDGE * 3
        for match in self.places.finditer(plain):
            short, form = self.owners[match[0]]
            at = match.start() + 3
            tally = self.tallies[short].texts
            tally[GAP][form] += 1
            if tally[GAP][form] % SAMPLED == 0:
                self.tallies[short].places.append((form, folded[at - 3 : at], folded[at + 1 : at + 4]))
            for left, right in (*LEFT, *RIGHT, *AROUND):
                tally[folded[at - left : at] + GAP + folded[at + 1 : at + 1 + right]][form] += 1

    def word(self, word: str) -> None:
        """Count one word of a list: the windows inside of it."""
        folded = word.translate(self.folds)
        for match in self.places.finditer(word):
            short, form = self.owners[match[0]]
            at = match.start()
            tally = self.tallies[short].words
            tally[GAP][form] += WORD_WEIGHT
            for left, right in (*LEFT, *RIGHT, *AROUND):
                if left <= at and at + 1 + right <= len(word):
                    weight = WORD_WEIGHT if left + right > 1 or len(word) == 2 else 1
                    tally[folded[at - left : at] + GAP + folded[at + 1 : at + 1 + right]][form] += weight


def kept(tally: Tally) -> Iterator[tuple[str, Scores]]:
    """The windows worth keeping with what each says once the shorter ones are taken into account."""
    settled: dict[str, Scores] = {}
    for sizes in (LEFT, RIGHT):
        for left, right in sizes:
            yield from _side(tally, left, right, settled)
    for left, right in AROUND:
        yield from _around(tally, left, right, settled)


def _keys(tally: Tally, left: int, right: int) -> Iterable[str]:
    for key in {**tally.texts, **tally.words}:
        before, _, after = key.partition(GAP)
        if len(before) == left and len(after) == right and key != GAP:
            yield key


def _side(tally: Tally, left: int, right: int, settled: dict[str, Scores]) -> Iterator[tuple[str, Scores]]:
    for key in _keys(tally, left, right):
        weighed = tally.weigh(key)
        assert weighed
        number, scores = weighed
        shorter = settled.get(key[1:] if left else key[:-1])
        if shorter is not None:
            agrees = best(shorter) == best(scores)
            if number < SUPPORT or (agrees and spread(scores) < spread(shorter) + LEAST_GAIN):
                settled[key] = shorter
                continue
        elif spread(scores) < LEAST:
            continue
        settled[key] = scores
        yield key, scores


def _around(tally: Tally, left: int, right: int, settled: dict[str, Scores]) -> Iterator[tuple[str, Scores]]:
    nothing = dict.fromkeys(tally.forms, 0.0)
    for key in _keys(tally, left, right):
        before, _, after = key.partition(GAP)
        weighed = tally.weigh(key)
        assert weighed
        number, scores = weighed
        first = _longest(settled, [before[index:] + GAP for index in range(len(before))]) or nothing
        second = (
            _longest(settled, [GAP + after[: len(after) - index] for index in range(len(after))]) or nothing
        )
        apart = {form: first[form] + second[form] for form in tally.forms}
        overrules = best(scores) != best(apart) and spread(scores) > DECISIVE
        if (
            number >= 2
            and (overrules or spread(scores) > spread(apart) + LEAST_GAIN)
            and spread(scores) > LEAST
        ):
            yield key, scores


def _longest(settled: dict[str, Scores], keys: list[str]) -> Scores | None:
    return next((settled[key] for key in keys if key in settled), None)
