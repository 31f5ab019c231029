"""Whether seedlint has become slower: instructions and ratios, never seconds.

    python benchmarks/regression.py [--write]

Instructions are counted by callgrind (valgrind), where it is there: of a whole process on a
small clean file, as a multiple of ``python -c 'import click'``, and of linting a hundred
kilobytes more, as a multiple of decoding them and taking their set. Where it is not, the
processor time of the latter two is compared, in turns, the best of many. The texts are
those of ``fixtures/seeds``. A number above its limit in ``.ci/speed.json`` fails; ``--write``
sets the limits a fifth above what is measured, for time three fifths.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIMITS = ROOT / ".ci" / "speed.json"
SMALL, LARGE = 2_000, 100_000  # bytes
SLACK, SLACK_OF_TIME = 1.2, 1.6
ROUNDS = 15


def text(size: int) -> bytes:
    """So many bytes of the repaired seeds, whole characters."""
    whole = b"\n\n".join(path.read_bytes() for path in sorted((ROOT / "fixtures" / "seeds").glob("*.txt")))
    repeated = whole * (size // len(whole) + 1)
    return repeated[:size].decode(errors="ignore").encode()


def instructions(*command: str) -> int:
    """Instructions that a command executes, counted by callgrind."""
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={os.devnull}", *command],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    found = re.search(r"Collected : (\d+)", done.stderr)
    assert found, done.stderr
    return int(found[1])


def counted() -> Iterator[tuple[str, float]]:
    """The ratios of instructions."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small.txt"), Path(folder, "large.txt")
        small.write_bytes(text(SMALL))
        large.write_bytes(text(LARGE))
        lint = [sys.executable, "-m", "seedlint", "--no-cache", "--fail-on", "never"]
        read = "import sys; set(open(sys.argv[1], 'rb').read().decode())"
        subprocess.run([*lint, str(small)], capture_output=True, check=True)  # compiles what is not compiled
        bare = instructions(sys.executable, "-c", "import click")
        start = instructions(*lint, str(small))
        more = instructions(*lint, str(large)) - start
        least = instructions(sys.executable, "-c", read, str(large)) - instructions(
            sys.executable, "-c", read, str(small)
        )
    yield "start-up, times import click", start / bare
    yield "reading more text, times decode and set, instructions", more / least


def timed() -> Iterator[tuple[str, float]]:
    """The ratio of processor time."""
    from seedlint.document import Document
    from seedlint.fixer import repair
    from seedlint.registry import select

    data, rules = text(LARGE), select()

    def best(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    repair(Document.from_bytes(data), rules)
    pairs = [
        (best(lambda: repair(Document.from_bytes(data), rules)), best(lambda: set(data.decode())))
        for _ in range(ROUNDS)
    ]
    ours, least = map(min, zip(*pairs, strict=True))
    yield "reading text, times decode and set, processor time", ours / least


def main() -> int:
    """Measure, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="set the limits")
    options = parser.parse_args()
    counts = shutil.which("valgrind") is not None
    if not counts:
        print("valgrind is not there: processor time is compared instead", file=sys.stderr)
    measured = dict(counted() if counts else timed())
    if options.write:
        times = {name: value * SLACK_OF_TIME for name, value in timed()}
        limits = {name: value * SLACK for name, value in measured.items() if counts} | times
        rounded = {name: round(value, 1) for name, value in limits.items()}
        LIMITS.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")
    limits = json.loads(LIMITS.read_text(encoding="utf-8"))
    slower = [name for name, value in measured.items() if value > limits[name]]
    for name, value in measured.items():
        print(f"{name}: {value:.1f}, limit {limits[name]:.1f}{' SLOWER' * (name in slower)}")
    return int(bool(slower))


if __name__ == "__main__":
    sys.exit(main())
