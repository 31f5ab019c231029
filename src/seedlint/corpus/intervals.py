"""Shares with their intervals, from clusters of records drawn at random.

Records of a set come in clusters (a block of neighbouring lines, a part), and
neighbours are alike, so the interval must come from how clusters differ, not from how
many records were read. Source: W. G. Cochran, Sampling Techniques, 3rd ed., sections
6.3 (ratio estimator) and 11.7; the interval is Wilson's with the effective number of
records (Korn and Graubard, Survey Methodology 24, 1998), which keeps its level where a
share is small.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

_Z = 1.959964  # 95 % of a normal distribution lie within so many deviations


class Share(NamedTuple):
    """A share and the 95 % interval around it; both ends are the share itself where all was read."""

    share: float
    low: float
    high: float

    def value(self) -> dict[str, float]:
        """The share as JSON values, six digits."""
        return {name: float(f"{value:.6g}") for name, value in self._asdict().items()}


@dataclass(slots=True)
class Base:
    """What shares are of: the records (or characters) in clusters, their sum and sum of squares."""

    total: float = 0.0
    squares: float = 0.0

    def add(self, x: float) -> None:
        """One more cluster."""
        self.total += x
        self.squares += x * x


@dataclass(slots=True)
class Part:
    """What has some quality among them: the sum, the sum of squares, the products with the base."""

    total: float = 0.0
    squares: float = 0.0
    products: float = 0.0

    def add(self, y: float, x: float) -> None:
        """One more cluster: ``y`` of its ``x``."""
        self.total += y
        self.squares += y * y
        self.products += x * y


def estimate(part: Part, base: Base, clusters: int, drawn: float, design: float = 1.0) -> Share:
    """The share of ``part`` in ``base`` over ``clusters`` clusters, ``drawn`` of all there are (0 to 1).

    ``design`` is the design effect to assume where the part is empty and shows none.
    """
    if not base.total:
        return Share(0.0, 0.0, 1.0)
    share = part.total / base.total
    if drawn >= 1:
        return Share(share, share, share)
    effect = (
        max(design_effect(part, base, clusters), 1.0) if 0 < part.total < base.total else max(design, 1.0)
    )
    size = base.total / effect / max(1 - drawn, 1e-9)
    return Share(share, *_wilson(min(share, 1.0), size))


def design_effect(part: Part, base: Base, clusters: int) -> float:
    """How many times as many records these clusters need as records drawn one by one would."""
    share = part.total / base.total if base.total else 0.0
    if clusters < 2 or not 0 < share < 1:
        return 1.0
    residual = part.squares - 2 * share * part.products + share * share * base.squares
    variance = clusters / (clusters - 1) * max(residual, 0.0) / base.total**2
    return variance * base.total / (share * (1 - share))


def _wilson(share: float, size: float) -> tuple[float, float]:
    """Wilson's interval of a share seen in ``size`` independent records."""
    square = _Z * _Z / size
    middle = (share + square / 2) / (1 + square)
    half = _Z / (1 + square) * sqrt(share * (1 - share) / size + square / (4 * size))
    return max(middle - half, 0.0) if share else 0.0, min(middle + half, 1.0)
