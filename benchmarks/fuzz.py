"""Feeds seedlint with all that a file may hold and counts what broke.

    python benchmarks/fuzz.py [--limit N] [--endless N] [--seed N] [--unsafe] [--growth] [--write]

``--limit`` bounds the inputs of each kind, to a tenth for damaged sentences, which take long
(default 500; 0: all there are, of kinds without end as many as ``--endless`` says). ``--growth`` measures
hostile fragments instead, at a length and at eight times as much. What broke is printed with
its bytes. ``--write`` keeps the counts of each kind, once it is done, in docs/reliability.json,
from which benchmarks/reliability.py makes the page.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from reliability import keep  # noqa: E402

from tests.reliability import inputs  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=500)
    parser.add_argument("--endless", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unsafe", action="store_true", help="make unsafe repairs too")
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    command = f"benchmarks/fuzz.py --limit {options.limit} --seed {options.seed}"
    if not options.limit:
        command += f" --endless {options.endless}"
    if options.growth:
        counts = grown()
        if options.write:
            keep("growth", counts, "benchmarks/fuzz.py --growth")
        return int(bool(counts["steep"]))
    rows: dict[str, Counter[str]] = {}
    for name, some in kinds(options.limit, options.endless, options.seed):
        rows[name] = tried(some, options.unsafe)
        if options.write:  # kind by kind: a run may take days
            keep("sample" if options.limit else "fuzz", rows, command + " --unsafe" * options.unsafe)
    return int(any(row["broken"] for row in rows.values()))


def kinds(limit: int, endless: int, seed: int) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The kinds of inputs, evenly thinned out where they are too many."""
    yield "every code point in context", inputs.characters(-(-0x110000 // limit) if limit else 1)
    yield "pairs of telling characters", _thinned(list(inputs.pairs()), limit)
    yield "files of two bytes", _thinned(list(inputs.pairs_of_bytes()), limit)
    yield "random bytes", islice(inputs.random_bytes(seed), limit or endless)
    yield "UTF-16 and UTF-32, whole and cut", islice(inputs.wide(seed), limit or endless)
    yield "sentences misread, cut and stuffed", islice(inputs.damaged(seed), (limit or endless) // 10)


def _thinned(some: list[bytes], limit: int) -> list[bytes]:
    return some[:: -(-len(some) // limit)] if limit else some


def tried(some: Iterable[bytes], unsafe: bool) -> Counter[str]:
    """How many inputs there were, how many broke something, and how long the slowest took."""
    counts: Counter[str] = Counter({"broken": 0})
    seen: set[str] = set()
    for data in some:
        start = time.process_time()
        fault = inputs.fault(data, unsafe=unsafe)
        counts["slowest, ms"] = max(counts["slowest, ms"], round(1000 * (time.process_time() - start)))
        counts["inputs"] += 1
        counts["broken"] += bool(fault)
        if fault and fault not in seen:
            seen.add(fault)
            print(f"{fault}\n    {data!r}", flush=True)
    print(dict(counts), flush=True)
    return counts


def grown() -> dict[str, int | str]:
    """How many fragments there are, and which grow faster than the text."""
    steep = []
    for fragment in inputs.FRAGMENTS:
        small, large = inputs.growth(fragment)
        if inputs.is_steep(small, large):
            steep.append(ascii(fragment))
            print(f"{fragment!a}: {small:.3f} s, {large:.3f} s", flush=True)
    return {"fragments": len(inputs.FRAGMENTS), "steep": len(steep)}


if __name__ == "__main__":
    sys.exit(main())
