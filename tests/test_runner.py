"""Many files: in order, in processes, from the cache; never a stale answer."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from seedlint import cache, runner
from seedlint.files import Found
from seedlint.report import FileReport
from seedlint.runner import Run, Task
from seedlint.settings import Settings
from seedlint.workers import ordered

DAMAGED, CLEAN = "春节,好", "春节，好"
PAYS = cache.PAYS
PUNCTUATION = Task(Settings(select=("PUN",)))


def make(folder: Path, count: int, text: str = DAMAGED) -> list[Path]:
    paths = [folder / f"{number:04}.txt" for number in range(count)]
    for path in paths:
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(10**18, 10**18))
    return paths


def lint(folder: Path, task: Task = PUNCTUATION, jobs: int = 1, *, cached: bool = True) -> list[FileReport]:
    return list(Run.over([str(folder)], task).reports(jobs=jobs, cached=cached))


@pytest.fixture(autouse=True)
def any_size_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "PAYS", 0)


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that are linted from here on."""
    read: list[str] = []
    real = runner.run_file

    def counted(found: Found, task: Task) -> runner.Done:
        read.append(os.path.basename(found.path))
        return real(found, task)

    monkeypatch.setattr(runner, "run_file", counted)
    return read


def test_processes_give_what_one_gives(tmp_path: Path) -> None:
    make(tmp_path, 40, DAMAGED + "长" * 60_000)
    alone, together = (lint(tmp_path, jobs=jobs, cached=False) for jobs in (1, 2))
    assert alone == together
    assert len(alone) == 40
    assert all(report.diagnostics for report in alone)


def test_results_come_in_order() -> None:
    items = list(range(300))
    assert list(ordered(abs, items, lambda _: 1 << 16, jobs=2)) == items


def test_unchanged_files_are_not_read_again(tmp_path: Path, read_files: list[str]) -> None:
    make(tmp_path, 5)
    first = lint(tmp_path)
    assert len(read_files) == 5
    assert lint(tmp_path) == first
    assert len(read_files) == 5


def test_a_changed_file_is(tmp_path: Path, read_files: list[str]) -> None:
    paths = make(tmp_path, 3)
    lint(tmp_path)
    read_files.clear()
    paths[1].write_text(CLEAN, encoding="utf-8")
    assert [bool(report.diagnostics) for report in lint(tmp_path)] == [True, False, True]
    assert read_files == ["0001.txt"]


def test_the_same_content_at_another_time_is_known(tmp_path: Path, read_files: list[str]) -> None:
    paths = make(tmp_path, 1)
    lint(tmp_path)
    read_files.clear()
    os.utime(paths[0], ns=(2 * 10**18 // 2, 11 * 10**17))
    lint(tmp_path)
    assert read_files == []


def test_other_settings_are_another_question(tmp_path: Path, read_files: list[str]) -> None:
    make(tmp_path, 1)
    lint(tmp_path)
    assert not lint(tmp_path, Task(Settings(select=("UNI",))))[0].diagnostics
    assert len(read_files) == 2


def test_a_repair_does_not_trust_the_cache_with_damage(tmp_path: Path) -> None:
    paths = make(tmp_path, 1)
    lint(tmp_path)
    fixed = lint(tmp_path, Task(PUNCTUATION.settings, write=True))
    assert paths[0].read_text(encoding="utf-8") == CLEAN
    assert len(fixed[0].applied) == 1
    assert not lint(tmp_path)[0].diagnostics


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"program": 1}', '{"program": "x", "entries": 3}'])
def test_a_broken_cache_is_ignored_and_rebuilt(tmp_path: Path, cache_folder: Path, broken: str) -> None:
    make(tmp_path, 2)
    first = lint(tmp_path)
    (path,) = cache_folder.iterdir()
    whole = path.read_text(encoding="utf-8")
    path.write_text(broken, encoding="utf-8")
    assert lint(tmp_path) == first
    assert path.read_text(encoding="utf-8") == whole


def test_broken_entries_are_ignored(tmp_path: Path, cache_folder: Path) -> None:
    make(tmp_path, 1)
    first = lint(tmp_path)
    (path,) = cache_folder.iterdir()
    path.write_text(path.read_text(encoding="utf-8").replace('"PUN001"', "null, 3"), encoding="utf-8")
    assert lint(tmp_path) == first


def test_a_file_changed_just_now_is_not_cached(tmp_path: Path, read_files: list[str]) -> None:
    (path,) = make(tmp_path, 1)
    soon = time.time_ns() + 60 * 10**9
    os.utime(path, ns=(soon, soon))
    lint(tmp_path)
    lint(tmp_path)
    assert len(read_files) == 2


def test_clean_removes_all(tmp_path: Path, cache_folder: Path) -> None:
    make(tmp_path, 1)
    lint(tmp_path)
    assert cache.clean() == 1
    assert list(cache_folder.iterdir()) == []


def test_a_small_run_leaves_the_cache_alone(
    tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "PAYS", PAYS)
    make(tmp_path, 1)
    lint(tmp_path)
    assert not list(cache_folder.iterdir())
    make(tmp_path, 1, CLEAN * (PAYS // len(CLEAN.encode()) + 1))
    lint(tmp_path)
    assert list(cache_folder.iterdir())
