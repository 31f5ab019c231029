"""Files are as they were or wholly repaired, whatever fails and whenever it is killed."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from seedlint import files
from seedlint.files import FileError, Found, read, write
from seedlint.runner import Done, Task, run_file
from seedlint.settings import Settings

from .faults import CLEANING, Failing, counted, killed_at, steps

DAMAGED, REPAIRED = "春节,好\r\n末行".encode(), "春节，好\r\n末行".encode()
FIX = Task(Settings(select=("PUN",)), write=True)
ERRORS = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EXDEV, errno.EROFS, errno.EDQUOT]
linux = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def make(folder: Path) -> Path:
    for left in folder.glob(".seedlint-*"):
        left.unlink()
    path = folder / "a.txt"
    path.write_bytes(DAMAGED)
    path.chmod(0o640)
    files._sweep.cache_clear()
    return path


def fix(path: Path) -> Done:
    return run_file(Found(str(path), True), FIX)


def temporaries(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.startswith(".seedlint-")]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The steps of one repair, in order."""
    path = make(tmp_path_factory.mktemp("taken"))
    fix(path)
    path = make(path.parent)
    return steps(lambda: fix(path))


def test_the_steps_are_those_that_matter(taken: list[str]) -> None:
    needed = {"stat", "open", "fstat", "write", "fchown", "fchmod", "fsync", "close", "replace"}
    assert needed <= set(taken)
    assert taken.index("fsync") < taken.index("replace")


@pytest.mark.parametrize("code", ERRORS, ids=errno.errorcode.get)
def test_every_step_may_fail(tmp_path: Path, taken: list[str], code: int) -> None:
    for at in range(len(taken)):
        path = make(tmp_path)
        failing = Failing(at, code)
        with counted(failing):
            done = fix(path)
        assert failing.name == taken[at]
        assert done.report is not None
        content = path.read_bytes()
        assert content in (DAMAGED, REPAIRED)
        assert (content == REPAIRED) == (done.report.error is None), (failing.name, done.report.error)
        assert not temporaries(tmp_path) or failing.name in CLEANING
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


@linux
def test_killed_at_every_step(tmp_path: Path, taken: list[str]) -> None:
    for at in range(len(taken)):
        path = make(tmp_path)
        assert killed_at(at, lambda: fix(path))  # noqa: B023
        content = path.read_bytes()
        assert content == (REPAIRED if "replace" in taken[:at] else DAMAGED)
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        for name in temporaries(tmp_path):
            os.utime(tmp_path / name, (0, time.time() - 10))
        files._sweep.cache_clear()
        fix(path)
        assert path.read_bytes() == REPAIRED
        assert not temporaries(tmp_path)


def test_short_writes_are_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data[:3])))
    path = make(tmp_path)
    fix(path)
    assert path.read_bytes() == REPAIRED


def test_a_file_system_that_is_full(tmp_path: Path) -> None:
    path = make(tmp_path)
    script = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8, 8))\n"
        "from seedlint.cli import program\n"
        "program(['--fix', '--no-cache', sys.argv[1]])\n"
    )
    run = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, check=False)
    assert run.returncode == 2
    assert b"not written" in run.stdout
    assert path.read_bytes() == DAMAGED
    assert not temporaries(tmp_path)


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    path = make(tmp_path)
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fix(path)
    assert path.read_bytes() == DAMAGED
    assert not temporaries(tmp_path)


def leave(folder: Path, name: str, seconds: float) -> Path:
    """A file that was last written so long ago."""
    path = folder / name
    path.write_bytes(b"")
    os.utime(path, (time.time() - seconds,) * 2)
    return path


def test_what_a_killed_run_left_goes(tmp_path: Path) -> None:
    path = make(tmp_path)
    leave(tmp_path, ".seedlint-dead.tmp", 10)
    young = leave(tmp_path, ".seedlint-young.tmp", 0)
    others = [leave(tmp_path, name, 7200) for name in (".seedlint-c.jsonl", "x.tmp", ".seedlint-a.tmp.txt")]
    link = tmp_path / ".seedlint-link.tmp"
    link.symlink_to(leave(tmp_path, "linked", 7200))
    with open(leave(tmp_path, ".seedlint-alive.tmp", 10)) as alive:
        assert files._locks(alive.fileno())
        fix(path)
        kept = {path, young, *others, link, tmp_path / "linked", Path(alive.name)}
        assert set(tmp_path.iterdir()) == kept


def test_without_locks_it_goes_after_an_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path)
    monkeypatch.setattr(files, "_locks", lambda _: False)
    leave(tmp_path, ".seedlint-old.tmp", 3700)
    leave(tmp_path, ".seedlint-new.tmp", 3500)
    fix(path)
    assert temporaries(tmp_path) == [".seedlint-new.tmp"]


def test_one_that_cannot_be_taken_away_keeps_no_other(tmp_path: Path) -> None:
    path = make(tmp_path)
    names = {f".seedlint-{number}.tmp" for number in range(3)}
    for name in names:
        leave(tmp_path, name, 7200)
    failing = iter([True])

    def refused(name: str) -> None:
        if name == "unlink" and next(failing, False):
            raise PermissionError(errno.EPERM, "Operation not permitted")

    with counted(refused):
        done = fix(path)
    assert done.report is not None
    assert done.report.error is None
    assert len(temporaries(tmp_path)) == 1


@pytest.mark.parametrize("other", ["由别人改过".encode(), b"x", DAMAGED * 2], ids=["other", "less", "more"])
def test_a_file_changed_at_the_last_moment_is_left_alone(tmp_path: Path, other: bytes) -> None:
    path = make(tmp_path)
    for step in ("write", "fchmod", "fchown"):
        path.write_bytes(DAMAGED)

        def change(name: str, step: str = step) -> None:
            if name == step:
                path.write_bytes(other)

        with counted(change):
            done = fix(path)
        assert done.report is not None
        assert "changed while" in (done.report.error or "")
        assert path.read_bytes() == other
        assert not temporaries(tmp_path)


def test_two_runs_at_once(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(60)]
    for path in paths:
        path.write_bytes(DAMAGED)
    command = [sys.executable, "-m", "seedlint", "--fix", "--no-cache", "--select", "PUN", str(tmp_path)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    said = [run.communicate()[0] for run in runs]
    assert all(path.read_bytes() == REPAIRED for path in paths)
    assert not temporaries(tmp_path)
    for run, text in zip(runs, said, strict=True):
        assert run.returncode in (0, 1) or b"changed while" in text


def test_a_link_does_not_lead_out_of_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "clone" / "docs").mkdir(parents=True)
    secret, link = tmp_path / "home" / "secret.md", tmp_path / "clone" / "docs" / "link.md"
    secret.write_bytes(DAMAGED)
    link.symlink_to(secret)
    monkeypatch.chdir(tmp_path / "clone")
    with pytest.raises(FileError, match="a link to a file outside"):
        write(str(link), REPAIRED, read(str(link))[1])
    assert secret.read_bytes() == DAMAGED
    inner = tmp_path / "clone" / "inner.md"
    inner.write_bytes(DAMAGED)
    link.unlink()
    link.symlink_to(inner)
    write(str(link), REPAIRED, read(str(link))[1])
    assert link.is_symlink()
    assert inner.read_bytes() == REPAIRED


@pytest.mark.parametrize("other", [1, -1])
def test_rights_do_not_pass_to_another_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: int
) -> None:
    path = make(tmp_path)
    real = os.fstat

    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    def foreign(handle: int) -> os.stat_result:
        info = list(real(handle))
        info[stat.ST_GID] += other
        return os.stat_result(info)

    monkeypatch.setattr(os, "fchown", refused)
    monkeypatch.setattr(os, "fstat", foreign)
    for mode in (0o640, 0o604, 0o624):
        path.chmod(mode)
        with pytest.raises(FileError, match="group"):
            write(str(path), REPAIRED, files.Stamp.of(os.stat(path)))
        assert path.read_bytes() == DAMAGED
    path.chmod(0o644)
    write(str(path), REPAIRED, files.Stamp.of(os.stat(path)))
    assert path.read_bytes() == REPAIRED


def test_extended_attributes_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path)
    kept: dict[str, bytes] = {}
    monkeypatch.setattr(os, "listxattr", lambda _: ["user.origin"])
    monkeypatch.setattr(os, "getxattr", lambda _, name: name.encode())
    monkeypatch.setattr(os, "setxattr", lambda _, name, value: kept.update({name: value}))
    fix(path)
    assert path.read_bytes() == REPAIRED
    assert kept == {"user.origin": b"user.origin"}


def test_the_group_is_kept_where_the_owner_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path)
    asked = []

    def only_groups(_: int, owner: int, group: int) -> None:
        asked.append((owner, group))
        if owner != -1:
            raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", only_groups)
    fix(path)
    assert path.read_bytes() == REPAIRED
    assert asked == [(os.getuid(), path.stat().st_gid), (-1, path.stat().st_gid)]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_is_kept(tmp_path: Path) -> None:
    path = make(tmp_path)
    os.chown(path, 12345, 54321)
    fix(path)
    assert path.read_bytes() == REPAIRED
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 54321)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "x"])
def test_line_ends_are_kept(tmp_path: Path, ends: str, last: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"春节,好{ends}再说,吧{ends}{last}".encode())
    fix(path)
    assert path.read_bytes() == f"春节，好{ends}再说，吧{ends}{last}".encode()
