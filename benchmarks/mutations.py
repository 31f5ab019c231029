"""Which faults put into the fixer, the file layer and the baseline their tests would miss.

    python benchmarks/mutations.py [--limit N] [--seed N] [--cosmic-ray PROGRAM] [--write]

cosmic-ray changes one operator, number or comparison at a time in a copy of the checkout and
runs the tests of the module; a mutant that no test kills is printed. ``--limit`` mutants of
each module are drawn (0: all); annotations, which nothing evaluates, are not among them.
``--write`` keeps the counts and the survivors in docs/reliability.json, from which
benchmarks/reliability.py makes the page; why they survive is said in benchmarks/mutants.json.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from reliability import COMMIT, keep, known  # noqa: E402

MODULES = {
    "fixer": "tests/reliability/test_proof.py tests/test_fixer.py tests/test_pieces.py"
    " tests/test_suppressions.py tests/test_seeds.py",
    "files": "tests/test_files.py tests/reliability/test_writing.py tests/test_journal.py"
    " tests/reliability/test_strangers.py",
    "baseline": "tests/test_baseline.py tests/scenarios/test_gate.py",
}
ANNOTATION = "core/ReplaceBinaryOperator_BitOr%"  # `str | None`, mostly; they are never evaluated
TEST = "env PYTHONPATH={copy}/src {python} -m pytest -x -q -p no:cacheprovider {tests}"
SETTINGS = """[cosmic-ray]
module-path = "src/seedlint/{module}.py"
timeout = 120.0
excluded-modules = []
test-command = "{test}"
[cosmic-ray.distributor]
name = "local"
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--limit", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--module", choices=MODULES, help="this one alone")
    parser.add_argument("--cosmic-ray", default="cosmic-ray")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "seedlint")
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy)], check=True)
        for module in [options.module] if options.module else MODULES:
            test = TEST.format(copy=copy, python=sys.executable, tests=MODULES[module])
            subprocess.run(test.split(), cwd=copy, check=True)  # a test that fails anyway kills nothing
            counts, left = mutated(copy, SETTINGS.format(module=module, test=test), options)
            print(f"{module}: {counts}", flush=True)
            if options.write:
                noted(module, counts, left)
    return 0


def noted(module: str, counts: dict[str, int | str], left: list[dict[str, str]]) -> None:
    """Keep what was found of one module beside what is known of the others."""
    old = known("mutations")
    survivors = [one for one in old.get("survivors", ()) if one["module"] != module]
    survivors += [{"module": module, **one} for one in left]
    keep(
        "mutations", {**old.get("counts", {}), module: counts}, "benchmarks/mutations.py", survivors=survivors
    )


def mutated(
    copy: Path, settings: str, options: argparse.Namespace
) -> tuple[dict[str, int | str], list[dict[str, str]]]:
    """How many mutants of one module there are, were killed, and were not, and what these are."""
    (copy / "mutants.toml").write_text(settings, encoding="utf-8")
    session = copy / "mutants.sqlite"
    session.unlink(missing_ok=True)
    subprocess.run([options.cosmic_ray, "init", "mutants.toml", session.name], cwd=copy, check=True)
    mutants = draw(session, options.limit, options.seed)
    subprocess.run([options.cosmic_ray, "exec", "mutants.toml", session.name], cwd=copy, check=True)
    subprocess.run(["git", "checkout", "--quiet", "--", "src"], cwd=copy, check=True)
    with sqlite3.connect(session) as found:
        outcomes = found.execute("select test_outcome, diff from work_results").fetchall()
    left = [_change(diff) for outcome, diff in outcomes if outcome == "SURVIVED"]
    for one in left:
        print(f"- {one['was']}\n+ {one['becomes']}", flush=True)
    drawn = f"--limit {options.limit} --seed {options.seed}"
    killed = len(outcomes) - len(left)
    return {"mutants": mutants, "killed": killed, "survived": len(left), "drawn": drawn, "at": COMMIT}, left


def _change(diff: str) -> dict[str, str]:
    """The line that a mutant changes, without its indent, before and after."""
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++"))]
    was, becomes = (" ".join(line[1:].strip() for line in lines if line[:1] == sign) for sign in "-+")
    return {"was": was.strip(), "becomes": becomes.strip()}


def draw(session: Path, limit: int, seed: int) -> int:
    """Leave so many mutants of those that a session would try; how many there were."""
    with sqlite3.connect(session) as found:
        mutants = found.execute(
            "select operator_name, start_pos_row, start_pos_col, occurrence, job_id from mutation_specs"
            " where operator_name not like ? order by 1, 2, 3, 4",
            (ANNOTATION,),
        ).fetchall()
        kept = {
            row[-1] for row in random.Random(seed).sample(mutants, min(limit or len(mutants), len(mutants)))
        }
        others = [row for row in found.execute("select job_id from mutation_specs") if row[0] not in kept]
        for table in ("mutation_specs", "work_items"):
            found.executemany(f"delete from {table} where job_id = ?", others)
    return len(mutants)


if __name__ == "__main__":
    sys.exit(main())
