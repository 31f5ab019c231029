"""Make src/seedlint/chrome/weights.tsv: `python tools/train_chrome.py`.

Reads the training part of the labelled pages in ../shared/cases (three pages of
five, by name) and a part of the clean corpora as text without chrome. Logistic
regression with AdaGrad, truncated towards zero so that the table stays small;
the second stage is trained on scores of the first for pages it has not seen.
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha1
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from chrome_cases import CASES, Page, corpus_files, held_out, pages  # noqa: E402

from seedlint.chrome.context import Evidence, contextual  # noqa: E402
from seedlint.chrome.features import Features, local  # noqa: E402
from seedlint.chrome.lines import SHORT, STRUCTURE, Line, Lines, of_strings  # noqa: E402
from seedlint.document import Document  # noqa: E402

CHROME = ROOT / "src" / "seedlint" / "chrome"
FOLDS = 4
REPORTED = 0.016  # share of the content lines of unseen pages that may be reported
REMOVED = 0.009
SHORT_SHARES = {"report": 0.033, "remove": 0.008}
PROSE = {"report prose": -0.3, "remove prose": 1.5}  # no content line of made pages of the training part
LEAST = 0.15  # weights below it are left out of the table


class Example(NamedTuple):
    """Evidence, whether the line is chrome, and how much it counts."""

    evidence: Evidence
    chrome: bool
    weight: float


class Sample(NamedTuple):
    """One page with the features of its lines."""

    name: str
    lines: list[Line]
    features: list[Features]
    labels: list[str | None]
    weight: float

    @property
    def fold(self) -> int:
        """Which part of the cross-fitting the page and its excerpts belong to."""
        return sha1(self.name.split(" ")[0].encode()).digest()[1] % FOLDS


def _sigmoid(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def dot(weights: dict[str, float], evidence: Iterable[tuple[str, float]]) -> float:
    """The weighted sum of evidence, bias included."""
    return weights.get("bias", 0.0) + sum(weights.get(name, 0.0) * value for name, value in evidence)


def train(
    examples: list[Example], *, epochs: int, rate: float, shrink: float, decay: float = 0.0
) -> dict[str, float]:
    """Weights by AdaGrad with truncated gradients; the bias is not shrunk."""
    number: dict[str, int] = {"bias": 0}
    rows = [_numbered(example, number) for example in examples]
    weights, squares = [0.0] * len(number), [1e-6] * len(number)
    order = random.Random(1)
    pace = _Pace(rate, shrink, decay)
    for _ in range(epochs):
        order.shuffle(rows)
        for row in rows:
            _step(weights, squares, row, pace)
    return {name: weights[index] for name, index in number.items() if weights[index]}


_Row = tuple[list[int], list[float], bool, float]


def _numbered(example: Example, number: dict[str, int]) -> _Row:
    evidence = [("bias", 1.0), *example.evidence]
    indices = [number.setdefault(name, len(number)) for name, _ in evidence]
    return indices, [value for _, value in evidence], example.chrome, example.weight


class _Pace(NamedTuple):
    """How fast weights move, how fast they shrink to zero, and how they decay."""

    rate: float
    shrink: float
    decay: float


def _step(weights: list[float], squares: list[float], row: _Row, pace: _Pace) -> None:
    indices, values, chrome, importance = row
    score = sum([weights[index] * value for index, value in zip(indices, values, strict=True)])
    slope = (_sigmoid(score) - chrome) * importance
    shrink, decay = pace.shrink * importance, pace.decay * importance
    for index, value in zip(indices, values, strict=True):
        old = weights[index]
        gradient = slope * value + decay * old
        squares[index] += gradient * gradient
        stride = pace.rate / math.sqrt(squares[index])
        new = old - stride * gradient
        if index:
            new = max(new - stride * shrink, 0.0) if new > 0 else min(new + stride * shrink, 0.0)
        weights[index] = new


def _known(samples: Sequence[Sample]) -> Counter[str]:
    """On how many pages every feature occurs on a labelled line."""
    return Counter(
        name
        for sample in samples
        for name in {
            name
            for own, label in zip(sample.features, sample.labels, strict=True)
            if label
            for name in own.names
        }
    )


def _local_examples(
    samples: Sequence[Sample], known: Counter[str], soft: dict[str, list[float]] | None = None
) -> list[Example]:
    examples = []
    for sample in samples:
        for index, (own, label) in enumerate(zip(sample.features, sample.labels, strict=True)):
            guess = soft[sample.name][index] if soft and sample.name in soft else 0.0
            if not label and abs(guess) < 3.0:
                continue
            names = [(name, 1.0) for name in own.names if known[name] > 1]
            weight = sample.weight if label else 0.04
            examples.append(Example(names, label == "chrome" if label else guess > 0, weight))
    return examples


def _stage_one(samples: Sequence[Sample], soft: dict[str, list[float]] | None = None) -> dict[str, float]:
    known = _known(samples) if soft is None else _spread(samples)
    return train(_local_examples(samples, known, soft), epochs=8, rate=0.25, shrink=0.004, decay=0.002)


def _spread(samples: Sequence[Sample]) -> Counter[str]:
    """On how many pages every feature occurs on any line."""
    return Counter(
        name for sample in samples for name in {name for own in sample.features for name in own.names}
    )


def own_scores(sample: Sample, weights: dict[str, float]) -> list[float]:
    """The first stage's scores of one page."""
    return [dot(weights, [(name, 1.0) for name in own.names]) for own in sample.features]


def _unseen_scores(samples: Sequence[Sample], soft: dict[str, list[float]] | None) -> dict[str, list[float]]:
    """First-stage scores of every page by a model that was not trained on it."""
    scores = {}
    for fold in range(FOLDS):
        weights = _stage_one([sample for sample in samples if sample.fold != fold], soft)
        for sample in samples:
            if sample.fold == fold:
                scores[sample.name] = own_scores(sample, weights)
    return scores


def _context_examples(samples: Sequence[Sample], scores: dict[str, list[float]]) -> list[Example]:
    examples = []
    for sample in samples:
        around = contextual(sample.lines, sample.features, scores[sample.name])
        for evidence, label in zip(around, sample.labels, strict=True):
            if label and evidence:
                examples.append(Example(evidence, label == "chrome", sample.weight))
    return examples


def _stage_two(samples: Sequence[Sample], scores: dict[str, list[float]]) -> dict[str, float]:
    return train(_context_examples(samples, scores), epochs=12, rate=0.1, shrink=0.002, decay=0.001)


def _guesses(
    samples: Sequence[Sample], scores: dict[str, list[float]], weights: dict[str, float]
) -> dict[str, list[float]]:
    """What both stages say of every line, for lines without a label."""
    return {
        sample.name: [
            dot(weights, evidence or [])
            for evidence in contextual(sample.lines, sample.features, scores[sample.name])
        ]
        for sample in samples
    }


def fit(
    samples: Sequence[Sample], rounds: int = 2
) -> tuple[dict[str, float], dict[str, float], dict[str, list[float]]]:
    """Both stages, the first taught by confident guesses too; with the scores of unseen pages."""
    soft: dict[str, list[float]] | None = None
    for _ in range(rounds):
        scores = _unseen_scores(samples, soft)
        context = _stage_two(samples, scores)
        guesses = _guesses(samples, scores, context)
        last, soft = soft, guesses
    return _stage_one(samples, last), context, guesses


def _sample(page: Page, weight: float) -> Sample:
    kept = [(line, label) for line, label in zip(page.lines, page.labels, strict=True) if line.strip()]
    lines = of_strings(line for line, _ in kept)
    return Sample(page.name, lines, [local(line) for line in lines], [label for _, label in kept], weight)


def _clean(path: Path) -> Sample:
    lines = [line for line in Lines(Document(path.read_text("utf-8"))) if line.kind not in STRUCTURE][:200]
    labels: list[str | None] = ["content" if index < len(lines) - 12 else None for index in range(len(lines))]
    return Sample(path.parent.name + path.name, lines, [local(line) for line in lines], labels, 0.03)


def training_pages() -> list[Sample]:
    """The training part of the labelled pages and of the clean corpora."""
    samples = [_sample(page, 1.0) for page in pages(CASES / "chrome_pages.jsonl") if not page.held_out]
    samples += [_sample(page, 0.7) for page in pages(CASES / "chrome_lines.jsonl") if not page.held_out]
    for folder, most in (("zh-Hans-articles", 60), ("ko-docs", 10)):
        samples += [_clean(path) for path in corpus_files(folder) if not held_out(folder + path.name)][:most]
    return samples


def _rows(table: str, weights: dict[str, float], least: float) -> list[str]:
    return [
        f"{table}\t{name}\t{weight:.2f}" for name, weight in sorted(weights.items()) if abs(weight) >= least
    ]


def write_model(
    local_weights: dict[str, float], context: dict[str, float], thresholds: dict[str, float]
) -> None:
    """Write both tables and the thresholds."""
    rows = ["# Weights in nats, made by tools/train_chrome.py"]
    rows += _rows("threshold", thresholds, 0.0)
    rows += _rows("context", context, 0.005) + _rows("local", local_weights, LEAST)
    (CHROME / "weights.tsv").write_text("\n".join(rows) + "\n", "utf-8")


def _threshold(samples: Sequence[Sample], guesses: dict[str, list[float]], share: float) -> float:
    """The score that no more than ``share`` of the content lines of unseen pages exceed."""
    content = sorted(
        guess
        for sample in samples
        for guess, label in zip(guesses[sample.name], sample.labels, strict=True)
        if label == "content" and sample.weight > 0.5
    )
    return content[min(int(len(content) * (1 - share)), len(content) - 1)]


def thresholds(samples: Sequence[Sample], guesses: dict[str, list[float]]) -> dict[str, float]:
    """From which score lines are reported and removed, on short pages and on long ones."""
    short = [sample for sample in samples if len(sample.lines) <= SHORT]
    long = [sample for sample in samples if len(sample.lines) > SHORT]
    shares = {"report": REPORTED, "remove": REMOVED}
    found = {name: _threshold(long, guesses, share) for name, share in shares.items()}
    found |= {f"{name} short": _threshold(short, guesses, share) for name, share in SHORT_SHARES.items()}
    return found | PROSE


def main() -> None:
    """Train and write."""
    samples = training_pages()
    local_weights, context, guesses = fit(samples)
    found = thresholds(samples, guesses)
    write_model(local_weights, context, found)
    print(f"{len(local_weights)} + {len(context)} weights, {found}")


if __name__ == "__main__":
    main()
