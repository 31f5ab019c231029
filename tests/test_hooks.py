"""The hooks, through real pre-commit in a real repository."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from packaged import ROOT, TAG, commit, environment, git, needs_network, package, repository, snippet

from seedlint.files import TEXT_SUFFIXES

DAMAGED = "国产\N{ZERO WIDTH SPACE}模型，还不错。\n"
REPAIRED = "国产模型，还不错。\n"
LONGER = "国产模型在过去的一年里进步很快，但是要真正用到生产里，仍然需要时间和耐心。\n"
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = package(tmp_path_factory.mktemp("source") / "seedlint")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("home"))


def pre_commit(folder: Path, home: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", *words]
    env = environment(PRE_COMMIT_HOME=home)
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=env, check=False)


def project(folder: Path, home: str, config: str) -> Path:
    """A repository with the hooks of ``config`` installed."""
    repository(folder)
    (folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    installed = pre_commit(folder, home, "install")
    assert installed.returncode == 0, installed.stdout
    return folder


def only_seedlint(source: Path) -> str:
    return f"repos: [{{repo: '{source.as_uri()}', rev: {TAG}, hooks: [{{id: seedlint}}]}}]\n"


def test_the_hooks_take_the_files_that_a_walk_takes() -> None:
    for hook in HOOKS:
        pattern = re.compile(hook["files"])
        names = re.search(r"\(([a-z|]+)\)\$$", hook["files"])
        assert names is not None
        assert {f".{name}" for name in names[1].split("|")} == TEXT_SUFFIXES
        assert all(pattern.search(f"文/a{suffix.upper()}") for suffix in TEXT_SUFFIXES)
        assert not pattern.search("a.md.png") and not pattern.search("amd")
        assert hook["types_or"] == ["file"]


def test_this_repository_runs_it_too() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert [hook["id"] for hook in hooks] == ["seedlint"]
    assert re.search(hooks[0]["files"], "fixtures/seeds/001.txt")


class TestInARepository:
    """Each needs the package, built and installed by pre-commit."""

    pytestmark = needs_network

    def test_a_damaged_file_is_refused(self, tmp_path: Path, source: Path, home: str) -> None:
        folder = project(tmp_path / "p", home, only_seedlint(source))
        (folder / "a.md").write_text(DAMAGED, encoding="utf-8")
        refused = commit(folder, PRE_COMMIT_HOME=home)
        assert refused.returncode == 1
        assert "UNI001 invisible-character" in refused.stdout + refused.stderr
        assert git(folder, "rev-parse", "HEAD").returncode != 0
        assert (folder / "a.md").read_text(encoding="utf-8") == DAMAGED
        (folder / "a.md").write_text(REPAIRED, encoding="utf-8")
        assert commit(folder, PRE_COMMIT_HOME=home).returncode == 0

    def test_the_fix_repairs_and_the_second_try_passes(self, tmp_path: Path, source: Path, home: str) -> None:
        folder = project(tmp_path / "p", home, snippet("pre-commit", source))
        (folder / "a.md").write_text(DAMAGED, encoding="utf-8")
        first = commit(folder, PRE_COMMIT_HOME=home)
        assert first.returncode == 1
        assert "files were modified by this hook" in first.stdout + first.stderr
        assert (folder / "a.md").read_text(encoding="utf-8") == REPAIRED
        second = commit(folder, PRE_COMMIT_HOME=home)
        assert second.returncode == 0, second.stdout + second.stderr
        assert git(folder, "show", "HEAD:a.md").stdout == REPAIRED

    @pytest.mark.parametrize(
        ("name", "encoding"),
        [("a.txt", "gb18030"), ("b.md", "utf-16"), ("c.lrc", "gb18030"), ("d.ass", "utf-16")],
    )
    def test_other_encodings_are_not_skipped(
        self, tmp_path: Path, source: Path, home: str, name: str, encoding: str
    ) -> None:
        folder = project(tmp_path / "p", home, only_seedlint(source))
        (folder / name).write_bytes(LONGER.encode(encoding))
        refused = commit(folder, PRE_COMMIT_HOME=home)
        assert refused.returncode == 1, refused.stdout + refused.stderr
        assert f"{name}:1:1: ENC001 not-utf8" in refused.stdout + refused.stderr

    def test_try_repo(self, tmp_path: Path, source: Path, home: str) -> None:
        folder = repository(tmp_path / "p")
        (folder / "a.md").write_text(DAMAGED, encoding="utf-8")
        git(folder, "add", "--all")
        program, *words = snippet("try").replace("SOURCE", str(source)).split()
        assert program == "pre-commit"
        tried = pre_commit(folder, home, *words)
        assert tried.returncode == 1
        assert "UNI001 invisible-character" in tried.stdout
