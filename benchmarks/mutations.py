"""Which faults put into the fixer, the file layer and the baseline their tests would miss.

    python benchmarks/mutations.py [--limit N] [--seed N] [--cosmic-ray PROGRAM] [--write]

cosmic-ray changes one operator, number or comparison at a time in a copy of the checkout and
runs the tests of the module; a mutant that no test kills is printed. ``--limit`` mutants of
each module are drawn; annotations, which nothing evaluates, are not among them. ``--write``
keeps the counts in docs/reliability.json, from which benchmarks/reliability.py makes the page.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from reliability import keep  # noqa: E402

MODULES = {
    "fixer": "tests/test_fixer.py tests/test_pieces.py tests/test_seeds.py tests/test_suppressions.py"
    " tests/reliability/test_proof.py",
    "files": "tests/test_files.py tests/reliability/test_writing.py tests/reliability/test_strangers.py",
    "baseline": "tests/test_baseline.py tests/scenarios/test_gate.py",
}
ANNOTATION = "core/ReplaceBinaryOperator_BitOr%"  # `str | None`, mostly; they are never evaluated
SETTINGS = """[cosmic-ray]
module-path = "src/seedlint/{module}.py"
timeout = 120.0
excluded-modules = []
test-command = "{python} -m pytest -x -q -p no:cacheprovider {tests}"
[cosmic-ray.distributor]
name = "local"
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--limit", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cosmic-ray", default="cosmic-ray")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "seedlint")
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy)], check=True)
        subprocess.run([sys.executable, "-m", "venv", f"{folder}/venv"], check=True)
        python = f"{folder}/venv/bin/python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-e", f"{copy}[dev]"], check=True)
        for module, tests in MODULES.items():
            settings = SETTINGS.format(module=module, python=python, tests=tests)
            rows[module] = mutated(copy, settings, options)
            print(f"{module}: {dict(rows[module])}", flush=True)
    if options.write:
        keep("mutations", rows, f"benchmarks/mutations.py --limit {options.limit} --seed {options.seed}")
    return 0


def mutated(copy: Path, settings: str, options: argparse.Namespace) -> Counter[str]:
    """How many mutants of one module were killed, and how many were not."""
    (copy / "mutants.toml").write_text(settings, encoding="utf-8")
    session = copy / "mutants.sqlite"
    session.unlink(missing_ok=True)
    subprocess.run([options.cosmic_ray, "init", "mutants.toml", session.name], cwd=copy, check=True)
    draw(session, options.limit, options.seed)
    subprocess.run([options.cosmic_ray, "exec", "mutants.toml", session.name], cwd=copy, check=True)
    subprocess.run(["git", "checkout", "--quiet", "--", "src"], cwd=copy, check=True)
    with sqlite3.connect(session) as found:
        outcomes = found.execute("select test_outcome, diff from work_results").fetchall()
    for outcome, change in outcomes:
        if outcome == "SURVIVED":
            print(change, flush=True)
    killed = sum(outcome != "SURVIVED" for outcome, _ in outcomes)
    return Counter({"killed": killed, "survived": len(outcomes) - killed})


def draw(session: Path, limit: int, seed: int) -> None:
    """Leave so many mutants of those that a session would try."""
    with sqlite3.connect(session) as found:
        mutants = found.execute(
            "select operator_name, start_pos_row, start_pos_col, occurrence, job_id from mutation_specs"
            " where operator_name not like ? order by 1, 2, 3, 4",
            (ANNOTATION,),
        ).fetchall()
        kept = {row[-1] for row in random.Random(seed).sample(mutants, min(limit, len(mutants)))}
        others = [row for row in found.execute("select job_id from mutation_specs") if row[0] not in kept]
        for table in ("mutation_specs", "work_items"):
            found.executemany(f"delete from {table} where job_id = ?", others)


if __name__ == "__main__":
    sys.exit(main())
