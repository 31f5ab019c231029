"""Measure the plausibility model: size, load time, speed, cost and surprise of held-out text.

    plausibility.py [--texts DIR] [--limit CHARACTERS] [--write FILE]

Reads the corpora beside the checkout (`../shared/corpora`, none of them counted for the tables) and,
under `--texts`, the held-out sources that `tools/build_language.py texts` wrote. What is absent is
named and left out.
"""

import argparse
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from seedlint.language.plausibility import Model, model
from seedlint.language.tables import DATA

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "corpora"
HELD_OUT = (
    *("news", "chid", "essays", "cmrc", "gold-miner", "drcd", "hkcnews"),
    *("news-ja", "jsinfo-ja", "news-ko", "jsinfo-ko", "news-other"),
)
LENGTHS = (8, 16, 32, 64)
MISREAD = (("utf-8", "gb18030"), ("gb18030", "big5"), ("utf-8", "cp1252"))
LOAD = (
    "import time; from seedlint.language import plausibility; start = time.process_time(); "
    "plausibility.model(); print(time.process_time() - start)"
)


def corpora(texts: Path | None) -> Iterator[tuple[str, list[str]]]:
    """Name and lines of every held-out text that is here."""
    for folder in sorted(SHARED.iterdir()) if SHARED.is_dir() else ():
        if folder.is_dir():
            files = sorted(path for path in folder.iterdir() if path.suffix in {".md", ".json"})
            yield folder.name, [line for path in files for line in path.read_text("utf-8").splitlines()]
    for name in HELD_OUT:
        path = (texts or Path()) / f"{name}.txt"
        if texts and path.is_file():
            yield name, path.read_text("utf-8").splitlines()


def sample(lines: list[str], limit: int) -> list[str]:
    """Lines at random, up to a number of characters."""
    chosen, left = [], limit
    for line in random.Random(0).sample(lines, len(lines)):
        if left <= 0:
            break
        if len(line) > 3:
            chosen.append(line)
            left -= len(line)
    return chosen


def load_time() -> float:
    """Seconds of processor time that the first `model()` takes in a fresh process, median of nine."""
    runs = [subprocess.run([sys.executable, "-c", LOAD], capture_output=True, check=True) for _ in range(9)]
    return statistics.median(float(run.stdout) for run in runs)


def per_second(lines: list[str]) -> float:
    """Characters that a fresh model scores in a second of processor time."""
    fresh, start = Model(), time.process_time()
    for line in lines:
        fresh.score(line)
    return sum(map(len, lines)) / (time.process_time() - start)


def pieces(lines: list[str], length: int) -> list[str]:
    """Up to a thousand pieces of a length, cut anywhere from lines that are long enough."""
    chance = random.Random(length)
    long = [line for line in lines if len(line) >= length]
    cuts = ((line, chance.randrange(len(line) - length + 1)) for line in long)
    return [line[at : at + length] for line, at in cuts][:1000]


def percentiles(values: Iterable[float]) -> str:
    """The 1st, 50th, 99th and 99.9th percentile."""
    ordered = sorted(values)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.01, 0.5, 0.99, 0.999)]
    return " | ".join(f"{value:.1f}" for value in at)


def costs(name: str, lines: list[str]) -> str:
    """One row: nats a character by n-grams, by words, together, with the script known; speed."""
    known, size = model(Model.script("".join(lines))), sum(map(len, lines))
    parts = [sum(map(measure, lines)) / -size for measure in (known.ngrams, known.words, known.score)]
    return (
        f"| {name} | {size:,} | "
        + " | ".join(f"{part:.2f}" for part in parts)
        + f" | {per_second(lines):,.0f} |"
    )


def surprises(name: str, lines: list[str]) -> Iterator[str]:
    """Rows of percentiles of surprise by length, and of the same text misread."""
    for length in LENGTHS:
        clean = pieces(lines, length)
        if clean:
            yield f"| {name} | {length} | {len(clean)} | {percentiles(map(model().surprise, clean))} |"
    for true, wrong in MISREAD:
        foreign = [piece for piece in pieces(lines, 16) if len(piece.encode()) > 2 * len(piece)]
        bad = [piece.encode(true, "replace").decode(wrong, "replace") for piece in foreign]
        if bad:
            spread = percentiles(map(model().surprise, bad))
            yield f"| {name}, {true} as {wrong} | 16 | {len(bad)} | {spread} |"


def report(texts: Path | None, limit: int) -> Iterator[str]:
    """The report, line by line, in Markdown."""
    yield "# Plausibility of held-out text\n"
    yield "Written by `benchmarks/plausibility.py`. Surprise: nats a character above ordinary text.\n"
    size = sum(path.stat().st_size for path in Path(DATA).glob("*.z") if not path.name.startswith("script"))
    yield f"Tables: {size:,} bytes, loaded in {load_time() * 1000:.0f} ms of processor time (median of nine)."
    if not SHARED.is_dir():
        yield f"\nAbsent: {SHARED.name}/corpora."
    found = [(name, sample(lines, limit)) for name, lines in corpora(texts)]
    yield "\nNats a character, the script known:\n"
    yield "| text | characters | n-grams | words | score | characters/s |\n|---|---|---|---|---|---|"
    yield from (costs(name, lines) for name, lines in found)
    yield "\n| text | length | pieces | surprise p1 | p50 | p99 | p99.9 |\n|---|---|---|---|---|---|---|"
    for name, lines in found:
        yield from surprises(name, lines)


def main() -> None:
    """Print the report; write it where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, help="where build_language.py wrote the held-out sources")
    parser.add_argument("--limit", type=int, default=100_000, help="characters of each text")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    lines = []
    for line in report(options.texts, options.limit):
        print(line, flush=True)
        lines.append(line)
    if options.write:
        options.write.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
