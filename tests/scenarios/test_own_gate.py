"""The gate of this repository: the damage of its seeds is known, one more damaged line fails."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from .conftest import Repository

ROOT = Path(__file__).parents[2]


def arguments() -> list[str]:
    """What `make gate`, which CI runs, gives to seedlint."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "make gate" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (line,) = (line for line in makefile.splitlines() if "-m seedlint --baseline" in line)
    return shlex.split(line.partition("-m seedlint ")[2])


@pytest.fixture
def checkout(empty: Repository) -> Repository:
    """The seeds and what is known of them, as they stand here."""
    shutil.copytree(ROOT / "seeds", empty.root / "seeds")
    (empty.root / ".ci").mkdir()
    shutil.copyfile(ROOT / ".ci" / "known-damage.jsonl", empty.root / ".ci" / "known-damage.jsonl")
    return empty


def test_the_seeds_pass(checkout: Repository) -> None:
    run = checkout.seedlint(*arguments())
    assert run.exit_code == 0, run.stdout + "make known writes down what is rightly found now"


@pytest.mark.parametrize("seed", sorted(path.name for path in (ROOT / "seeds").glob("*.txt")))
def test_one_new_damaged_line_fails(checkout: Repository, seed: str) -> None:
    checkout.write(f"seeds/{seed}", checkout.read(f"seeds/{seed}") + "\n他说：“你好“，然后走了。\n")
    run = checkout.seedlint(*arguments(), "--output-format", "concise")
    assert run.exit_code == 1
    assert run.stdout.count(": PUN002 ") == 1
    assert run.stdout.startswith(f"seeds/{seed}:")
