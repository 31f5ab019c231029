"""seedlint as others get it: a git repository with a release tag, and the snippets that use it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from seedlint import __version__

ROOT = Path(__file__).parents[1]
TAG = f"v{__version__}"
PARTS = ("src", "docs", "pyproject.toml", "README.md", "LICENSE", "action.yml", ".pre-commit-hooks.yaml")
PAGE = (ROOT / "docs" / "integrations.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"<!-- snippet: ([\w-]+) -->\n```(\w+)\n(.*?)```", re.DOTALL)
SNIPPETS: dict[str, str] = {name: text for name, _, text in BLOCK.findall(PAGE)}
needs_network = [
    pytest.mark.network,
    pytest.mark.skipif(os.environ.get("SEEDLINT_OFFLINE") == "1", reason="SEEDLINT_OFFLINE=1"),
]
AUTHOR = {
    **{f"GIT_{role}_NAME": "A" for role in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{role}_EMAIL": "a@example.org" for role in ("AUTHOR", "COMMITTER")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def snippet(name: str, source: Path | None = None) -> str:
    """A snippet of docs/integrations.md, for the repository ``source``."""
    text = SNIPPETS[name]
    return re.sub(r"\bSOURCE\b", source.as_uri(), text) if source else text


def environment(**more: str) -> dict[str, str]:
    """The environment without what git sets for hooks, and with an author."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return {**kept, **AUTHOR, "NO_COLOR": "1", **more}


def git(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = ["git", *words]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=environment(**more), check=False
    )


def repository(folder: Path) -> Path:
    """An empty repository whose branch is ``main``."""
    folder.mkdir(parents=True, exist_ok=True)
    assert git(folder, "init", "--quiet", "--initial-branch=main").returncode == 0
    return folder


def commit(folder: Path, message: str = "change", **more: str) -> subprocess.CompletedProcess[str]:
    git(folder, "add", "--all")
    return git(folder, "commit", "--quiet", "--message", message, **more)


def package(folder: Path) -> Path:
    """A repository of seedlint with the tag of its version."""
    repository(folder)
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    assert commit(folder, "release").returncode == 0
    assert git(folder, "tag", TAG).returncode == 0
    return folder
