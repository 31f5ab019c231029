"""Logistic regression over named evidence, with numpy: AdaGrad in batches, weights shrunk to zero."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Vocabulary(dict[str, int]):
    """Names of evidence with their numbers."""

    def number(self, name: str) -> int:
        """The number of a name, a new one if it is new."""
        return self.setdefault(name, len(self))


class Rows(NamedTuple):
    """Evidence of many lines: the numbers and values of line ``i`` stand from ``starts[i]`` on."""

    starts: Ints
    numbers: Ints
    values: Floats

    def take(self, rows: Ints) -> Rows:
        """Some of the lines."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        places = np.repeat(self.starts[rows] - starts[:-1], lengths) + np.arange(starts[-1])
        return Rows(starts, self.numbers[places], self.values[places])

    def only(self, kept: NDArray[np.bool_]) -> Rows:
        """All lines with only the evidence whose numbers are ``kept``."""
        chosen = kept[self.numbers]
        line = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))[chosen]
        counts = np.bincount(line, minlength=len(self.starts) - 1)
        starts = np.concatenate([[0], np.cumsum(counts)])
        return Rows(starts, self.numbers[chosen], self.values[chosen])

    def and_(self, other: Rows) -> Rows:
        """These lines and then others."""
        starts = np.concatenate([self.starts, self.starts[-1] + other.starts[1:]])
        numbers = np.concatenate([self.numbers, other.numbers])
        return Rows(starts, numbers, np.concatenate([self.values, other.values]))

    def dot(self, weights: Floats) -> Floats:
        """The weighted sum of every line."""
        out = np.zeros(len(self.starts) - 1)
        filled = self.starts[1:] > self.starts[:-1]
        sums = np.add.reduceat(weights[self.numbers] * self.values, self.starts[:-1][filled])
        out[filled] = sums
        return out


def rows(evidence: Iterable[Sequence[tuple[str, float]]], known: Vocabulary, *, grow: bool = True) -> Rows:
    """Rows of evidence; names that are not known are added, or dropped if it may not ``grow``."""
    starts, numbers, values = array("q", [0]), array("q"), array("d")
    for line in evidence:
        for name, value in line:
            if grow or name in known:
                numbers.append(known.number(name))
                values.append(value)
        starts.append(len(numbers))
    return Rows(np.array(starts), np.array(numbers), np.array(values))


class Fitted(NamedTuple):
    """Weights by number, and the bias."""

    weights: Floats
    bias: float

    def scores(self, lines: Rows) -> Floats:
        """The score of every line."""
        return lines.dot(self.weights) + self.bias


class Pace(NamedTuple):
    """How long it is trained, in batches of how many lines; how fast weights move, and shrink to zero."""

    epochs: int
    batch: int
    rate: float
    shrink: float
    decay: float = 1e-5


class Training(NamedTuple):
    """What is trained on: evidence, labels, weights, and what is known of the scores beforehand."""

    lines: Rows
    chrome: NDArray[np.bool_]
    weight: Floats
    told: Floats


def fit(lot: Training, size: int, pace: Pace) -> Fitted:
    """Weights for ``size`` names, averaged over the later half of the training; the bias is not shrunk."""
    lines, chrome, weight, told = lot
    chance, share = np.random.default_rng(0), weight / weight.sum()
    weights, squares, bias, bias_square = np.zeros(size), np.full(size, 1e-12), 0.0, 1e-12
    mean, mean_bias, counted = np.zeros(size), 0.0, 0
    count = max(1, len(chrome) // pace.batch)
    for epoch in range(pace.epochs):
        for chosen in np.array_split(chance.permutation(len(chrome)), count):
            batch = lines.take(chosen)
            guess = 1 / (1 + np.exp(-np.clip(batch.dot(weights) + bias + told[chosen], -30, 30)))
            slope = (guess - chrome[chosen]) * share[chosen] * count
            pull = np.repeat(slope, np.diff(batch.starts)) * batch.values
            gradient = np.bincount(batch.numbers, weights=pull, minlength=size) + pace.decay * weights
            squares += gradient * gradient
            stride = pace.rate / np.sqrt(squares)
            weights = weights - stride * gradient
            weights = np.sign(weights) * np.maximum(
                np.abs(weights) - np.minimum(stride, 1e6) * pace.shrink, 0
            )
            bias_square += slope.sum() ** 2
            bias -= pace.rate * slope.sum() / np.sqrt(bias_square)
            if epoch >= pace.epochs // 2:
                mean, mean_bias, counted = mean + weights, mean_bias + bias, counted + 1
    return Fitted(mean / counted, float(mean_bias / counted))
