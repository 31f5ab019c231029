"""What the documents promise is held by tests that exist, and their numbers are the counted ones."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
LICENCES = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", SECURITY)
TABLES: dict[str, str] = dict(re.findall(r"^\| `([^`]+)` \| `([^`]+)`", LICENCES, re.MULTILINE))
HARM = ("files lost", "not taken back", "silent", "crashed")


def test_every_promise_names_a_test() -> None:
    promised = SECURITY.partition("## What is not promised")[0]
    items = re.split(r"^- ", promised, flags=re.MULTILINE)[1:]
    assert items
    assert not [item for item in items if "::test_" not in item]


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_the_test_exists(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def shipped() -> list[str]:
    """The data files of the package."""
    git = ["git", "ls-files", "src/seedlint"]
    names = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    data = (name.removeprefix("src/seedlint/") for name in names)
    return [name for name in data if not name.endswith((".py", ".html", "py.typed"))]


def test_every_table_has_a_licence_and_a_maker() -> None:
    assert shipped()
    assert not [name for name in shipped() if not any(fnmatch(name, row) for row in TABLES)]
    assert not [maker for maker in TABLES.values() if not (ROOT / maker).exists()]


def test_every_row_is_about_a_table() -> None:
    assert not [row for row in TABLES if not any(fnmatch(name, row) for name in shipped())]


def test_every_mutant_that_survives_is_explained_and_nothing_else() -> None:
    found = json.loads((ROOT / "docs" / "reliability.json").read_text(encoding="utf-8"))["mutations"]
    survivors = {(one["module"], one["was"], one["becomes"]) for one in found["survivors"]}
    reasons = json.loads((ROOT / "benchmarks" / "mutants.json").read_text(encoding="utf-8"))
    assert survivors == {
        (one["module"], one["was"], becomes) for one in reasons for becomes in one["becomes"]
    }
    for module, row in found["counts"].items():
        assert row["killed"] >= 0.9 * (row["killed"] + row["survived"]), module


def test_the_page_says_what_was_counted() -> None:
    command = [sys.executable, "benchmarks/reliability.py", "--check"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    results = json.loads((ROOT / "docs" / "reliability.json").read_text(encoding="utf-8"))
    assert set(results) >= {
        "coverage",
        "sample",
        "fuzz",
        "growth",
        "harm",
        "hostile",
        "kills",
        "mutations",
        "syscalls",
    }
    assert results["kills"]["counts"]["files lost"] == 0
    assert not any(row[name] for row in results["syscalls"]["counts"].values() for name in HARM)
    assert not any(results["harm"]["counts"][family]["harmful"] for family in ("ENC", "MOJ"))
    assert not any(row["let through"] for row in results["hostile"]["counts"].values())
    assert not any(row["broken"] for kind in ("fuzz", "sample") for row in results[kind]["counts"].values())
    assert results["coverage"]["counts"]["broken"] == 0
