"""Feeds seedlint with bytes that atheris makes, guided by the branches that earlier ones took.

    python benchmarks/coverage_fuzz.py [--runs N] [--seconds N] [--seed N] [--write]

atheris (of the extra ``bench``; Linux and macOS alone) starts from damaged sentences of
tests/reliability/inputs.py and keeps what reaches new branches. Every input must pass what
benchmarks/fuzz.py asks. Stops at the first that does not, and leaves its bytes in the current
folder. ``--write`` keeps the counts in docs/reliability.json.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

LONGEST = 200  # bytes of an input
SEEDS = 20  # of each kind; before these are run no time counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--corpus", help=argparse.SUPPRESS)  # given by the run that counts
    options = parser.parse_args()
    if options.corpus:
        fed(options)
        return 0
    with tempfile.TemporaryDirectory() as corpus:
        seeded(Path(corpus), options.seed)
        command = [sys.executable, __file__, *sys.argv[1:], "--corpus", corpus]
        said = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
    counts = counted(said.stderr) | {"broken": int(said.returncode != 0)}
    print(counts if not said.returncode else said.stderr[-3000:])
    if options.write:
        from reliability import keep

        given = f"--runs {options.runs} --seconds {options.seconds} --seed {options.seed}"
        keep("coverage", counts, f"benchmarks/coverage_fuzz.py {given}")
    return int(said.returncode != 0)


def seeded(corpus: Path, seed: int) -> None:
    """Damaged sentences and files in wide encodings to start from."""
    from tests.reliability import inputs

    for kind in (inputs.damaged, inputs.wide, inputs.random_bytes):
        for number, data in enumerate(islice(kind(seed), SEEDS)):
            (corpus / f"{kind.__name__}{number}").write_bytes(data[:LONGEST])


def counted(said: str) -> dict[str, int]:
    """What libFuzzer says at its end: inputs run, branches and features reached, inputs kept."""
    done = re.search(r"Done (\d+) runs in (\d+) second", said)
    last = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", said)
    if not done or not last:
        return {}
    names = ("branches reached", "features", "inputs kept")
    return {
        "inputs": int(done[1]),
        "seconds": int(done[2]),
        **dict(zip(names, map(int, last[-1]), strict=True)),
    }


def fed(options: argparse.Namespace) -> None:
    """Run atheris; it ends this process."""
    import atheris

    with atheris.instrument_imports(include=["seedlint"]):
        from seedlint.registry import all_rules

        all_rules()
        from tests.reliability import inputs

    def one(data: bytes) -> None:
        fault = inputs.fault(data) or inputs.fault(data, unsafe=True)
        if fault:
            raise RuntimeError(f"{fault}: {data!r}")

    limits = [f"-runs={options.runs}", f"-max_total_time={options.seconds}", f"-max_len={LONGEST}"]
    where = f"-artifact_prefix={os.getcwd()}/"
    atheris.Setup([sys.argv[0], *limits, f"-seed={options.seed}", "-timeout=120", where, options.corpus], one)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
