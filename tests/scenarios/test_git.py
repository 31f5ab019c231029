"""git: every revision a gate may be given, and what is said where it cannot answer."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from seedlint.git import GitError, Since, merge_base, top

from .conftest import Repository

DAMAGED = "春节没过完,就已适配多个芯片。\n"


@pytest.fixture
def history(empty: Repository) -> Repository:
    """main with a second commit after ``change`` left it."""
    empty.write("a.md", DAMAGED)
    empty.write("b.md", "好。\n")
    empty.commit("one")
    empty.git("switch", "-q", "-c", "change")
    empty.write("b.md", DAMAGED)
    empty.commit("two")
    empty.git("switch", "-q", "main")
    empty.write("c.md", DAMAGED)
    empty.commit("three")
    empty.git("tag", "v1")
    empty.git("switch", "-q", "change")
    return empty


def since(repository: Repository, revision: str) -> list[tuple[str, int, str]]:
    return repository.gate("--new-since", revision)[0]


def test_a_branch_is_compared_with_where_it_left(history: Repository) -> None:
    """What main has repaired or damaged meanwhile is not this branch's business."""
    assert since(history, "main") == [("b.md", 1, "PUN001")]
    assert (
        since(history, "v1") == since(history, "HEAD~1") == since(history, "main~1") == since(history, "main")
    )
    assert since(history, "HEAD") == []


def test_what_changed_and_what_was_before(history: Repository) -> None:
    history.git("mv", "a.md", "moved.md")
    history.write("new.md", DAMAGED)
    found = Since.revision("main", str(history.root))
    assert found.changed == {"b.md", "moved.md"}
    assert found.before["moved.md"].path == "a.md"
    assert found.content(found.before["moved.md"]) == DAMAGED.encode()
    assert found.touched("new.md")
    history.git("rm", "-q", "b.md")
    assert [blob.path for blob in Since.revision("main", str(history.root)).removed] == ["b.md"]


@pytest.mark.parametrize("name", ["with space.md", "zwei\nZeilen.md", "中文.md", '"quoted".md', "tab\t.md"])
def test_odd_names(history: Repository, name: str) -> None:
    history.write(name, DAMAGED)
    assert since(history, "HEAD") == [(name, 1, "PUN001")]
    history.commit("odd")
    assert since(history, "HEAD") == []
    history.write(name, f"好。\n{DAMAGED}不好。\n{DAMAGED}")
    assert len(since(history, "HEAD")) == 1


def test_a_checkout_in_another_encoding_is_compared_as_checked_out(history: Repository) -> None:
    history.write(".gitattributes", "*.txt working-tree-encoding=GB18030\n*.md eol=crlf\n")
    history.write("seedlint.toml", "[[per-file]]\nfiles = ['*.txt']\nencoding = 'gb18030'\n")
    (history.root / "x.txt").write_bytes(DAMAGED.encode("gb18030"))
    history.commit("encodings")
    (history.root / "x.txt").write_bytes((DAMAGED * 2).encode("gb18030"))
    assert since(history, "HEAD") == [("x.txt", 2, "PUN001")]


def test_settings_of_today_hold_for_both_sides(history: Repository) -> None:
    history.write("seedlint.toml", "[severity]\nPUN001 = 'error'\n")
    assert since(history, "HEAD") == []
    assert since(history, "main") == [("b.md", 1, "PUN001")]


@pytest.mark.parametrize("moved", [False, True])
def test_of_several_copies_the_one_on_a_new_line_is_reported(history: Repository, moved: bool) -> None:
    name = "moved [1].md" if moved else "a.md"
    if moved:
        history.git("mv", "a.md", name)
    old = f"甲。\n{DAMAGED}乙。\n"
    history.write(name, old)
    history.commit("before")
    history.write(name, f"丙。\n{DAMAGED}丁。\n{old}")
    assert since(history, "HEAD") == [(name, 2, "PUN001")]
    history.write(name, f"{old}丙。\n{DAMAGED}丁。\n")
    assert since(history, "HEAD") == [(name, 5, "PUN001")]


def test_a_baseline_and_a_revision_together(history: Repository) -> None:
    """Reported is what neither knows; a copy that one of them knows is not known twice."""
    history.seedlint("baseline", "create", "--select", "PUN")
    assert since(history, "main") == []
    history.write("b.md", DAMAGED * 2)
    assert since(history, "main") == [("b.md", 2, "PUN001")]
    history.write("a.md", DAMAGED * 2)
    assert since(history, "main") == [("a.md", 2, "PUN001"), ("b.md", 2, "PUN001")]


@pytest.mark.parametrize("revision", ["nope", "--output=x", "-h", "main..change", "", "HEAD:a.md"])
def test_what_is_no_revision(history: Repository, revision: str) -> None:
    run = history.seedlint("--new-since", revision)
    assert run.exit_code == 2
    assert "there is no revision" in run.stderr
    assert not (history.root / "x").exists()


def test_outside_a_checkout_and_without_git(
    history: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain").mkdir()
    assert history.seedlint("--new-since", "main", str(tmp_path / "plain")).exit_code == 2
    monkeypatch.setenv("PATH", str(tmp_path / "plain"))
    run = history.seedlint("--new-since", "main")
    assert run.exit_code == 2
    assert "git is not installed" in run.stderr


def test_without_a_commit_and_without_a_common_one(empty: Repository) -> None:
    with pytest.raises(GitError, match="no revision 'HEAD'"):
        merge_base(str(empty.root), "HEAD")
    empty.write("a.md", "x")
    empty.commit("one")
    empty.git("switch", "-q", "--orphan", "other")
    empty.write("b.md", "x")
    empty.commit("another")
    with pytest.raises(GitError, match="no commit in common"):
        merge_base(str(empty.root), "main")


def test_a_shallow_clone_says_what_to_fetch_and_then_works(
    history: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = tmp_path / "clone"
    source = f"file://{history.root}"
    history.git("clone", "-q", "--depth=1", "--branch=change", source, str(clone))
    monkeypatch.chdir(clone)
    shallow = Repository(clone)
    run = shallow.seedlint("--new-since", "origin/main")
    assert run.exit_code == 2
    assert "shallow" in run.stderr
    advice = " ".join(run.stderr.split()).partition("run: ")[2].partition(" (")[0]
    subprocess.run(advice.split(), cwd=clone, check=True, capture_output=True)
    assert since(shallow, "origin/main") == [("b.md", 1, "PUN001")]


def test_a_shallow_clone_that_does_not_reach_back(
    history: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = tmp_path / "clone"
    history.git(
        "clone",
        "-q",
        "--depth=1",
        "--no-single-branch",
        "--branch=change",
        f"file://{history.root}",
        str(clone),
    )
    monkeypatch.chdir(clone)
    run = Repository(clone).seedlint("--new-since", "origin/main")
    assert run.exit_code == 2
    assert "does not reach back" in run.stderr
    subprocess.run(["git", "fetch", "--unshallow"], cwd=clone, check=True, capture_output=True)
    assert since(Repository(clone), "origin/main") == [("b.md", 1, "PUN001")]


def test_inside_a_hook(history: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index.lock")
    (history.root / "sub").mkdir()
    monkeypatch.chdir(history.root / "sub")
    assert top(".") == os.path.normpath("..")
    assert repository_gate(history) == [("../b.md", 1, "PUN001")]


def repository_gate(repository: Repository) -> list[tuple[str, int, str]]:
    return repository.gate("--new-since", "main", "..")[0]


def test_a_linked_worktree(history: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history.git("worktree", "add", "-q", "-b", "third", str(tmp_path / "tree"), "change")
    monkeypatch.chdir(tmp_path / "tree")
    (tmp_path / "tree" / "a.md").write_text(DAMAGED * 2, encoding="utf-8")
    assert since(Repository(tmp_path / "tree"), "main") == [("a.md", 2, "PUN001"), ("b.md", 1, "PUN001")]
