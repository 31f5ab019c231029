"""Runs that break off: a clear error, finished parts kept, the exit status right, and on from there."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from seedlint.corpus.output import Output, Writing

from . import sets
from .sets import CLEAN, DAMAGED, SELECT, apart, outputs, run

PARTS = 8


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set of some parts, each a second or so of work."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(PARTS):
        name = f"part-{number}.{('jsonl', 'jsonl.gz', 'jsonl.zst', 'parquet')[number % 4]}"
        sets.write(folder, name, [f"{number}：{text}" for text in sets.texts(6000)])
    return folder


@pytest.fixture(scope="module")
def whole(many: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a run that nothing disturbs makes of it."""
    folder = tmp_path_factory.mktemp("whole")
    assert run("fix", many, "--output", folder, "--jobs", "1", *SELECT).returncode == 0
    return outputs(folder)


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


def finished(folder: Path) -> list[Path]:
    return list((folder / ".seedlint").glob("*.done"))


def partial(folder: Path) -> list[Path]:
    return list((folder / ".seedlint").glob("*.partial"))


def test_a_killed_run_goes_on_and_makes_the_same(many: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = ("fix", many, "--output", out, "--jobs", "1", *SELECT)
    first = apart(*command)
    until(lambda: finished(out))
    first.send_signal(signal.SIGKILL)
    first.communicate()
    kept = outputs(out)
    assert 0 < len(kept) < PARTS
    assert kept.items() <= whole.items()
    (out / ".seedlint" / "0123.partial").write_bytes(b"what a killed run leaves")
    times = {name: (out / name).stat().st_mtime_ns for name in kept}
    second = run(*command)
    assert second.returncode == 0
    assert f"{len(finished(out))} parts" in second.stdout
    assert "done by an earlier run" in second.stdout
    assert outputs(out) == whole
    assert {name: (out / name).stat().st_mtime_ns for name in kept} == times
    assert not partial(out)
    assert f"0 places left in 0 of {PARTS * 6000:,} records in {PARTS} parts" in second.stdout


def test_a_worker_that_is_killed_ends_the_run_with_what_is_finished(
    many: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = ("fix", many, "--output", out, "--jobs", "2", *SELECT)
    broken = apart(*command)
    until(lambda: finished(out))
    os.kill(workers(broken.pid)[0], signal.SIGKILL)
    _, said = broken.communicate(timeout=120)
    assert broken.returncode == 2
    assert "a worker process died" in said
    assert "Traceback" not in said
    assert not partial(out)
    assert 0 < len(outputs(out)) <= PARTS
    assert outputs(out).items() <= whole.items()
    assert run(*command).returncode == 0
    assert outputs(out) == whole


def workers(parent: int) -> list[int]:
    """The processes of the pool of a process."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            about, line = (path / "stat").read_text(), (path / "cmdline").read_bytes()
        except OSError:
            continue
        if int(about.rpartition(")")[2].split()[1]) == parent and b"spawn_main" in line:
            found.append(int(path.name))
    return found


def test_a_part_that_changed_is_done_again(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        sets.write(tmp_path / "in", name, [CLEAN])
    command = ("fix", tmp_path / "in", "--output", tmp_path / "out", *SELECT)
    run(*command)
    sets.write(tmp_path / "in", "a.jsonl", [DAMAGED, CLEAN])
    (tmp_path / "out/b.jsonl").write_bytes(b"{}")
    assert "1 part done by an earlier run" not in run(*command).stdout
    assert sets.read(tmp_path / "out/a.jsonl") == [sets.REPAIRED, CLEAN]
    assert sets.read(tmp_path / "out/b.jsonl") == [CLEAN]


def test_other_settings_need_another_folder(tmp_path: Path) -> None:
    path = sets.write(tmp_path, "a.jsonl", [DAMAGED])
    out = tmp_path / "out"
    run("fix", path, "--output", out, "--select", "UNI001", "--isolated")
    other = run("fix", path, "--output", out, *SELECT)
    assert other.returncode == 2
    assert "with other settings; choose another or --restart" in other.stderr
    assert run("fix", path, "--output", out, "--restart", *SELECT).returncode == 0
    assert sets.read(out / "a.jsonl") == [sets.REPAIRED]


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    path = sets.write(tmp_path, "a.jsonl", [DAMAGED])
    with Output.at(str(tmp_path / "out")).locked():
        done = run("fix", path, "--output", tmp_path / "out", *SELECT)
    assert (done.returncode, "another run is writing" in done.stderr) == (2, True)


@pytest.mark.parametrize("name", ["b.jsonl.gz", "b.jsonl.zst", "b.csv.gz"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_truncated_part_leaves_nothing_and_ends_no_other(tmp_path: Path, name: str, jobs: str) -> None:
    for one in ("a.jsonl", name, "c.jsonl"):
        sets.write(tmp_path / "in", one, sets.texts(3000))
    path = tmp_path / "in" / name
    path.write_bytes(path.read_bytes()[:-20])
    done = run("fix", tmp_path / "in", "--output", tmp_path / "out", "--jobs", jobs, *SELECT)
    assert done.returncode == 2
    assert f"{name}: error: Truncated compressed stream" in done.stdout
    assert "in 2 parts; 1 part could not be done." in done.stdout
    assert list(outputs(tmp_path / "out")) == ["a.jsonl", "c.jsonl"]
    assert not partial(tmp_path / "out")


def test_a_check_still_says_what_it_found_before_the_end_broke_off(tmp_path: Path) -> None:
    path = sets.write(tmp_path, "b.jsonl.gz", sets.texts(60000))
    path.write_bytes(path.read_bytes()[:-20])
    done = run("check", path, *SELECT)
    assert done.returncode == 2
    assert "UNI001" in done.stdout


def test_a_corrupt_row_group_is_named(tmp_path: Path) -> None:
    for one in ("a.parquet", "b.parquet", "c.parquet"):
        sets.write(tmp_path / "in", one, sets.texts(1000))
    path = tmp_path / "in/b.parquet"
    at = pq.ParquetFile(path).metadata.row_group(2).column(1).data_page_offset
    data = bytearray(path.read_bytes())
    data[at : at + 40] = b"\xff" * 40
    path.write_bytes(data)
    done = run("fix", tmp_path / "in", "--output", tmp_path / "out", "--jobs", "1", *SELECT)
    assert done.returncode == 2
    assert "b.parquet: error: row group 2: " in done.stdout
    assert list(outputs(tmp_path / "out")) == ["a.parquet", "c.parquet"]


def test_what_is_no_parquet_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 no, it is not")
    done = run("check", tmp_path / "a.parquet")
    assert (done.returncode, "a.parquet: error: not Parquet" in done.stdout) == (2, True)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_a_column_that_is_not_there_is_said(tmp_path: Path, name: str) -> None:
    path = sets.write(tmp_path, name, [CLEAN])
    done = run("fix", path, "--text-column", "body", "--output", tmp_path / "out")
    assert done.returncode == 2
    said = (
        "no record has a column 'body'"
        if name == "a.jsonl"
        else "there is no column 'body'; there are 'id', 'text'"
    )
    assert said in done.stdout
    assert not outputs(tmp_path / "out")


@pytest.mark.parametrize("option", ["--id-column", "--site-column"])
def test_another_column_that_no_record_has_is_said_too(tmp_path: Path, option: str) -> None:
    path = sets.write(tmp_path, "a.jsonl", [CLEAN, CLEAN])
    path.write_bytes(path.read_bytes() + b"{no JSON\n")
    done = run("fix", path, option, "nope", "--output", tmp_path / "out", *SELECT)
    assert (done.returncode, "no record has a column 'nope'" in done.stdout) == (2, True)
    assert not outputs(tmp_path / "out")
    path.write_bytes(path.read_bytes() + b'{"text": "", "nope": 1}\n')
    some = run("check", path, option, "nope", *SELECT)
    assert "no record has" not in some.stdout


def test_a_set_of_broken_lines_is_broken_and_lacks_no_column(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{\n[]\n", encoding="utf-8")
    done = run("check", tmp_path / "a.jsonl", "--id-column", "id", *SELECT)
    assert (done.returncode, "no record has" in done.stdout) == (2, False)
    assert "2 records broken: not examined.\n" in done.stdout


def test_a_full_disk_ends_the_run_with_what_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        sets.write(tmp_path / "in", f"{number}.jsonl", sets.texts(100))
    command = ("fix", tmp_path / "in", "--output", tmp_path / "out", *SELECT)
    real = Writing.commit

    def full(writing: Writing) -> int:
        if writing.relative == "1.jsonl":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(writing)

    with monkeypatch.context() as patch:
        patch.setattr(Writing, "commit", full)
        done = run(*command)
    assert done.returncode == 2
    assert "no space left on device; finished parts are kept" in done.stderr
    assert list(outputs(tmp_path / "out")) == ["0.jsonl"]
    assert not partial(tmp_path / "out")
    assert run(*command).returncode == 0
    assert len(outputs(tmp_path / "out")) == 3


@pytest.mark.parametrize("name", ["1.jsonl", "1.jsonl.zst", "1.parquet"])
def test_a_disk_that_takes_no_more_bytes(tmp_path: Path, name: str) -> None:
    """The same with a real limit of the system, hit inside a part."""
    sets.write(tmp_path / "in", "0.jsonl", sets.texts(100))
    noise = Random(1)
    sets.write(tmp_path / "in", name, [noise.randbytes(200).hex() for _ in range(5000)])
    limit = 200_000
    command = ["fix", str(tmp_path / "in"), "--output", str(tmp_path / "out"), "--jobs", "1", *SELECT]
    line = [sys.executable, "-m", "seedlint", "corpus", *command]
    done = subprocess.run(
        line,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 2, done.stderr
    assert "file too large; finished parts are kept" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(outputs(tmp_path / "out")) == ["0.jsonl"]
    assert not partial(tmp_path / "out")


def test_a_line_that_never_ends_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedlint.corpus.bytelines.LONGEST", 3 << 20)
    (tmp_path / "a.jsonl").write_bytes(b"x" * (5 << 20))
    done = run("check", tmp_path / "a.jsonl")
    assert (done.returncode, "record 1 is longer than 3 MB" in done.stdout) == (2, True)


def test_a_rule_that_fails_spoils_one_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from seedlint.rules.characters.invisible_character import InvisibleCharacter

    def broken(*_: object) -> None:
        raise ZeroDivisionError("on purpose")

    path = sets.write(tmp_path, "a.jsonl", [CLEAN, DAMAGED, "好,的吗。"])
    monkeypatch.setattr(InvisibleCharacter, "check", broken)
    done = run("fix", path, "--output", tmp_path / "out", *SELECT)
    assert done.returncode == 2
    assert "a.jsonl#2: error: seedlint failed: RuleFailed: UNI001 invisible-character" in done.stdout
    assert sets.read(tmp_path / "out/a.jsonl") == [CLEAN, DAMAGED, "好，的吗。"]
