"""Undo: takes back the last repair byte for byte, and nothing that others wrote since."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from base64 import b64encode
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as some

from seedlint import journal
from seedlint.cache import digest
from seedlint.cli import program
from seedlint.journal import _packed  # what is stored is the concern here
from seedlint.runner import Run, Task
from seedlint.settings import Settings

DAMAGED = "春节没过完,就已适配。\r\n".encode() + b"\xff\x00no end"
REPAIRED = DAMAGED.replace(b",", "，".encode())


def seedlint(*arguments: str) -> Result:
    return CliRunner().invoke(program, list(arguments))


def fix(*paths: str) -> Result:
    return seedlint("--fix", "--select", "PUN", "--fail-on", "never", *paths)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "b.txt", "sub/c.txt"):
        (tmp_path / name).write_bytes(DAMAGED)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Path) -> set[bytes]:
    return {path.read_bytes() for path in folder.rglob("*.txt")}


def test_undo_takes_back_every_byte(folder: Path) -> None:
    os.chmod(folder / "a.txt", 0o600)
    fix()
    assert contents(folder) == {REPAIRED}
    run = seedlint("undo")
    assert run.exit_code == 0
    assert "3 of 3 files" in run.stdout
    assert contents(folder) == {DAMAGED}
    assert (folder / "a.txt").stat().st_mode & 0o777 == 0o600
    assert seedlint("undo").exit_code == 2


def test_nothing_is_left_in_the_tree(folder: Path) -> None:
    before = {path.name for path in folder.rglob("*")}
    fix()
    seedlint("undo")
    assert {path.name for path in folder.rglob("*")} == before


def test_a_file_that_has_changed_since_is_left_and_named(folder: Path) -> None:
    fix()
    (folder / "b.txt").write_bytes(REPAIRED + b"!")
    (folder / "sub" / "c.txt").unlink()
    run = seedlint("undo")
    assert run.exit_code == 1
    assert "b.txt: has changed since" in run.stdout
    assert "sub/c.txt: no such file" in run.stdout
    assert (folder / "a.txt").read_bytes() == DAMAGED
    assert (folder / "b.txt").read_bytes() == REPAIRED + b"!"
    (folder / "b.txt").write_bytes(REPAIRED)
    (folder / "sub" / "c.txt").write_bytes(REPAIRED)
    assert seedlint("undo").exit_code == 0
    assert contents(folder) == {DAMAGED}


def test_one_run_after_another(folder: Path) -> None:
    fix("a.txt")
    fix("b.txt")
    seedlint("undo")
    assert (folder / "b.txt").read_bytes() == DAMAGED
    assert (folder / "a.txt").read_bytes() == REPAIRED
    seedlint("undo")
    assert (folder / "a.txt").read_bytes() == DAMAGED


def test_a_run_that_repairs_nothing_is_none(folder: Path) -> None:
    fix()
    fix()
    seedlint("--fix", "--diff")
    seedlint()
    assert seedlint("undo").exit_code == 0
    assert contents(folder) == {DAMAGED}


def test_from_below_and_from_outside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fix()
    monkeypatch.chdir(folder / "sub")
    assert seedlint("undo").exit_code == 0
    fix(str(folder))
    monkeypatch.chdir("/")
    assert seedlint("undo", str(folder)).exit_code == 0
    assert contents(folder) == {DAMAGED}


def test_another_project_is_another_journal(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    fix()
    assert seedlint("undo", str(tmp_path_factory.mktemp("other"))).exit_code == 2
    assert contents(folder) == {REPAIRED}


def test_a_run_that_was_killed_can_be_taken_back(folder: Path) -> None:
    """The journal is written before the file: one entry may be ahead of it, one cut short."""
    run = journal.begin(str(folder))
    journal.record(run, "a.txt", DAMAGED, REPAIRED)
    journal.record(run, "b.txt", DAMAGED, REPAIRED)
    (folder / "a.txt").write_bytes(REPAIRED)
    with open(os.path.join(run, f"{os.getpid()}.jsonl"), "ab") as file:
        file.write(b'{"version": 1, "pa')
    assert seedlint("undo").exit_code == 0
    assert contents(folder) == {DAMAGED}


@pytest.mark.parametrize("broken", [b"{}\n", b"x\n", b'{"version": 2}\n', b"[" * 100_000 + b"\n"])
def test_a_broken_journal_changes_nothing(folder: Path, cache_folder: Path, broken: bytes) -> None:
    fix()
    (path,) = (cache_folder / "journal").rglob("*.jsonl")
    path.write_bytes(path.read_bytes() + broken)
    assert seedlint("undo").exit_code == 2
    assert contents(folder) == {REPAIRED}


def test_a_content_that_does_not_come_out_right_is_not_written(folder: Path, cache_folder: Path) -> None:
    fix("a.txt")
    (path,) = (cache_folder / "journal").rglob("*.jsonl")
    entry = json.loads(path.read_bytes())
    others = [[], ["AAAA"], [b64encode(zlib.compress(b"something else")).decode()]]
    for pieces in others:
        path.write_text(json.dumps({**entry, "pieces": pieces}) + "\n", encoding="utf-8")
        run = seedlint("undo")
        assert run.exit_code == 1
        assert "its journal is broken" in run.stdout
        assert (folder / "a.txt").read_bytes() == REPAIRED
        (path,) = (cache_folder / "journal").rglob("*.jsonl")


def test_without_a_place_for_the_journal_it_is_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("SEEDLINT_CACHE_DIR", str(tmp_path / "file"))
    run = fix()
    assert "this cannot be undone" in run.stderr
    assert contents(folder) == {REPAIRED}


def test_a_journal_that_breaks_off_leaves_the_file(folder: Path, tmp_path: Path) -> None:
    task = Task(Settings(select=("PUN",)), write=True, journal=str(tmp_path / "gone"))
    reports = list(Run.over(["a.txt"], task).reports(jobs=1))
    assert "journal" in (reports[0].error or "")
    assert (folder / "a.txt").read_bytes() == DAMAGED


def test_processes_write_one_journal(folder: Path) -> None:
    for number in range(60):
        (folder / f"{number}.txt").write_bytes(DAMAGED + b"\n" + "长".encode() * 40_000)
    before = contents(folder)
    command = [
        sys.executable,
        "-m",
        "seedlint",
        "--fix",
        "--select",
        "PUN",
        "--jobs",
        "2",
        "--fail-on",
        "never",
    ]
    subprocess.run(command, check=True, capture_output=True)
    assert contents(folder) != before
    assert seedlint("undo").exit_code == 0
    assert contents(folder) == before


def test_only_so_many_runs_are_kept(folder: Path, cache_folder: Path) -> None:
    for _ in range(12):
        (folder / "a.txt").write_bytes(DAMAGED)
        fix("a.txt")
    (runs,) = (cache_folder / "journal").iterdir()
    assert len(list(runs.iterdir())) == 10


@given(some.binary(max_size=300), some.integers(0, 200), some.binary(max_size=50))
def test_what_is_packed_comes_out_again(text: bytes, times: int, other: bytes) -> None:
    before, after = text * times, text * (times // 2) + other + text * (times - times // 2)
    entry = journal.Entry("", "", digest(before), len(before), tuple(_packed(before, after)), b"")
    assert entry._before(after) == before


def test_a_few_edits_take_a_few_bytes() -> None:
    import random

    text = "".join(chr(random.Random(at).randrange(0x4E00, 0x9FFF)) for at in range(100_000))
    before = ",".join(text[at : at + 100] for at in range(0, len(text), 100)).encode()
    packed = sum(map(len, _packed(before, before.replace(b",", "，".encode()))))
    assert packed < len(before) / 20
