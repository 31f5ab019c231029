"""Kills repairs at random moments and counts the files that are neither as they were nor repaired.

    python benchmarks/kills.py [--limit N] [--seed N] [--write]

Every run repairs a folder of damaged files in a process of its own, killed by SIGKILL at
a moment drawn evenly from the time that a whole run takes. Every tenth is then taken back
by ``undo``, and every file must be as it was; where another has left a temporary file, a
second run must finish the folder and take that away. ``--write`` keeps the counts in
docs/reliability.json, from which benchmarks/reliability.py makes the page.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from reliability import keep  # noqa: E402

from seedlint import files, journal  # noqa: E402
from seedlint.runner import Run, Task  # noqa: E402
from seedlint.settings import Settings  # noqa: E402

FILES = 12
DAMAGED = [("春节,好\r\n末行" + "，再长一点" * 400 * number).encode() for number in range(FILES)]
REPAIRED = [("春节，好\r\n末行" + "，再长一点" * 400 * number).encode() for number in range(FILES)]
HARM = ("files lost", "files not taken back", "files not finished")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=200, help="how many kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SEEDLINT_CACHE_DIR"] = os.path.join(folder, "cache")
        counts = killed(Path(folder), options.limit, random.Random(options.seed))
    for name, count in counts.items():
        print(f"{name}: {count:,}")
    if options.write:
        keep("kills", {**counts, "seed": options.seed}, f"benchmarks/kills.py --limit {options.limit}")
    return int(any(counts[name] for name in HARM))


def killed(folder: Path, limit: int, chance: random.Random) -> Counter[str]:
    """Kill until ``limit`` runs have died in their work."""
    texts = folder / "texts"
    texts.mkdir()
    counts = Counter({"kills": 0} | dict.fromkeys(HARM, 0))
    whole = max(_one(texts, None) for _ in range(3))
    while counts["kills"] < limit:
        _one(texts, chance.random() * whole)
        contents = [path.read_bytes() for path in sorted(texts.glob("*.txt"))]
        counts["kills"] += contents != REPAIRED
        counts["runs"] += 1
        pairs = list(zip(DAMAGED, REPAIRED, strict=True))
        sound = [one in pair for one, pair in zip(contents, pairs, strict=True)]
        counts["files"] += FILES
        counts["files lost"] += FILES - sum(sound)
        counts["files repaired when killed"] += sum(map(REPAIRED.__contains__, contents))
        left = list(texts.glob(".seedlint-*"))
        counts["temporary files left"] += len(left)
        if counts["runs"] % 10 == 0:
            journal.undo(str(folder))
            back = [path.read_bytes() for path in sorted(texts.glob("*.txt"))]
            counts["runs taken back"] += 1
            counts["files not taken back"] += sum(one != was for one, was in zip(back, DAMAGED, strict=True))
        elif left:
            counts["runs finished by another"] += 1
            counts["files not finished"] += _finished(texts, left)
    return counts


def _finished(texts: Path, left: list[Path]) -> int:
    """How many files a second run has not repaired, or of the first run not taken away."""
    for path in left:
        os.utime(path, (0, time.time() - 10))  # as if some time had passed
    _run(texts, None)
    return sum(
        path.name.startswith(".seedlint-") or path.read_bytes() not in REPAIRED for path in texts.iterdir()
    )


def _one(texts: Path, delay: float | None) -> float:
    """Repair a folder made anew."""
    for path in texts.iterdir():
        path.unlink()
    for number, data in enumerate(DAMAGED):
        (texts / f"{number:02}.txt").write_bytes(data)
    return _run(texts, delay)


def _run(texts: Path, delay: float | None) -> float:
    """Repair the folder in a process that is killed after so many seconds; how long it took."""
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        files._sweep.cache_clear()
        task = Task(Settings(select=("PUN001",)), write=True, journal=journal.begin(str(texts.parent)))
        list(Run.over([str(texts)], task).reports(jobs=1))
        os._exit(0)
    if delay is not None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
