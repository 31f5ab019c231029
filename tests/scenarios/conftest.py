"""A real git repository with the damaged seeds, and the gate as its owner runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from seedlint.cli import program

SEEDS = Path(__file__).parents[2] / "seeds"
# The families whose every place in the seeds is counted here; the gate is the same for all others.
RULES = ("--select", "PUN,UNI")


@dataclass
class Repository:
    """A checkout; paths are relative to it."""

    root: Path

    def git(self, *arguments: str, check: bool = True) -> str:
        run = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, text=True, check=False)
        assert not check or run.returncode == 0, run.stderr
        return run.stdout

    def commit(self, message: str) -> str:
        self.git("add", "--all")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def read(self, name: str) -> str:
        return (self.root / name).read_bytes().decode()

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first ``old`` in a file, which must be there."""
        text = self.read(name)
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def seedlint(self, *arguments: str) -> Result:
        return CliRunner().invoke(program, list(arguments))

    def gate(self, *options: str) -> tuple[list[tuple[str, int, str]], int]:
        """What the gate reports (path, line, code) and its exit status."""
        run = self.seedlint(*RULES, "--fail-on", "info", "--output-format", "json", *options)
        assert run.exit_code in (0, 1), run.output
        return places(run), run.exit_code

    def summary(self, *options: str) -> dict[str, int]:
        run = self.seedlint(*RULES, "--output-format", "json", *options)
        summary: dict[str, int] = json.loads(run.stdout)["summary"]
        return summary


def places(run: Result) -> list[tuple[str, int, str]]:
    files = json.loads(run.stdout)["files"]
    return [
        (file["path"], one["start"]["line"], one["code"]) for file in files for one in file["diagnostics"]
    ]


@pytest.fixture
def isolated_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "someone")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "someone@example.org")


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, isolated_git: None) -> Repository:
    """A new repository, and the current folder."""
    root = tmp_path / "repository"
    root.mkdir()
    monkeypatch.chdir(root)
    repository = Repository(root)
    repository.git("init", "-q", "-b", "main")
    return repository


@pytest.fixture
def repository(empty: Repository) -> Repository:
    """A repository whose first commit holds the damaged seeds."""
    for number, seed in enumerate(sorted(SEEDS.glob("*.txt"))):
        (empty.root / "docs").mkdir(exist_ok=True)
        shutil.copyfile(seed, empty.root / "docs" / f"{number}.txt")
    empty.commit("the seeds as received")
    return empty
