"""Paths, folders, settings and baselines of strangers: a clear answer, at once, and nothing outside."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedlint import files, journal
from seedlint.baseline import BadBaseline, parse
from seedlint.cache import Cache
from seedlint.cli import program
from seedlint.configuration import Configuration
from seedlint.files import FileError, Walk, read
from seedlint.settings import BadSettings

DAMAGED = "春节,好"
ODD = [
    "line\nbreak.txt",
    "quo\"te's.txt",
    "\x1b[31mred.txt",
    "-rf.txt",
    " space .txt",
    "::error::x.txt",
    "rtl\N{RIGHT-TO-LEFT OVERRIDE}txt.exe.txt",
    "%41$HOME`id`.txt",
    "[bold]x.txt",
    "a" * 251 + ".txt",
    "\udcff\udc80.txt",
]


def run(*words: str) -> Result:
    return CliRunner().invoke(program, list(words), catch_exceptions=False)


@pytest.mark.parametrize("name", ODD, ids=range(len(ODD)))
def test_odd_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(DAMAGED, encoding="utf-8")
    done = run("--select", "PUN", "--no-cache", "--output-format", "concise", str(tmp_path))
    assert "halfwidth-punctuation" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in done.stdout
    assert len(done.stdout.splitlines()[0].split(": PUN001")) == 2
    assert run("--fix", "--select", "PUN", "--no-cache", str(tmp_path)).exit_code == 0
    assert path.read_text(encoding="utf-8") == "春节，好"


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Callable[[int], None]]:
    """Makes so many folders in one another, the last with a file; even longer than a path may be."""

    def make(depth: int) -> None:
        here = os.open(tmp_path, os.O_RDONLY)
        for _ in range(depth):
            os.mkdir("d", dir_fd=here)
            inner = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = inner
        os.close(os.open("a.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here))
        os.close(here)

    yield make
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)  # shutil.rmtree would not get so deep


def test_folders_deeper_than_the_stack(tmp_path: Path, deep: Callable[[int], None]) -> None:
    deep(1500)
    walk = Walk()
    walk.add(str(tmp_path))
    assert len(walk.found) == 1


def test_paths_too_long_are_said_and_the_rest_is_read(tmp_path: Path, deep: Callable[[int], None]) -> None:
    (tmp_path / "z.txt").write_text(DAMAGED, encoding="utf-8")
    deep(2500)
    done = run("--no-cache", "--output-format", "json", str(tmp_path))
    assert done.exit_code == 2
    report = json.loads(done.stdout)
    assert "file name too long" in report["errors"][0]["message"]
    assert any(one["path"].endswith("z.txt") and one["diagnostics"] for one in report["files"])


def test_an_unreadable_folder_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").touch()
    real = os.scandir

    def refusing(folder: str) -> object:
        if os.path.basename(folder) in ("a", "b"):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    walk = Walk()
    with pytest.raises(FileError, match=r"permission denied: .*a, and 1 more"):
        walk.add(str(tmp_path))
    assert len(walk.found) == 1


@pytest.mark.parametrize(
    ("shell", "said"),
    [
        ("mkdir gone; cd gone; rmdir ../gone; {} ../a.txt", "the current folder: no such file"),
        ("mkdir gone; cd gone; rmdir ../gone; {} undo", "the current folder: no such file"),
        ("{} a.txt >/dev/full", "no space left"),
        ("{} rules >/dev/full", "no space left"),
        ("{} --fix - <a.txt >/dev/full", "no space left"),
        ("{} a.txt >&-", "standard output is closed"),
        ("{} - <&-", "standard input is closed"),
    ],
)
def test_nowhere_to_be_to_read_or_to_print(tmp_path: Path, shell: str, said: str) -> None:
    """No exit status that means text was found, and no traceback."""
    (tmp_path / "a.txt").write_text(DAMAGED, encoding="utf-8")
    command = shell.format(f"exec {sys.executable} -m seedlint")
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"Error: {said}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
@pytest.mark.parametrize(
    "name", [".gitignore", "seedlint.toml", "pyproject.toml", ".seedlint-baseline.jsonl"]
)
def test_a_special_file_where_settings_should_be(tmp_path: Path, name: str, make: object) -> None:
    assert callable(make)
    make(tmp_path / name)
    (tmp_path / "a.txt").write_text(DAMAGED, encoding="utf-8")
    command = [sys.executable, "-m", "seedlint", "--no-cache", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1) if name == ".gitignore" else 2


@pytest.mark.parametrize("path", ["/proc/self/mem", "/proc/kmsg", "/proc/self/pagemap", "/proc/self/fd/0"])
def test_files_that_are_none(path: str) -> None:
    command = [sys.executable, "-c", f"from seedlint.files import read; read({path!r})"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=30, stdin=subprocess.PIPE, check=False
    )
    said = done.stderr.strip().splitlines()
    assert not said or said[-1].startswith("seedlint.files.FileError: ")


def test_a_file_of_the_system_is_read() -> None:
    assert b"Name:" in read("/proc/self/status")[0]


def test_a_large_binary_is_told_by_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "sparse.bin"
    with open(path, "wb") as file:
        file.truncate(files.LARGEST + 1)
    assert len(read(str(path))[0]) < 1 << 16
    done = run("--no-cache", str(path))
    assert done.exit_code == 2
    assert "binary file" in done.stdout


def test_a_text_too_large_is_said(tmp_path: Path) -> None:
    path = tmp_path / "sparse.txt"
    with open(path, "wb") as file:
        file.write(b"text\n" * 2000)
        file.truncate(files.LARGEST + 1)
    done = run("--no-cache", str(path))
    assert done.exit_code == 2
    assert "larger than" in done.stdout


@pytest.mark.parametrize(
    "pattern", ["*a" * 20 + "b", "a/**/" * 30 + "b", "[z-a]", "!", "\\", "a\\", "\0", "[[:x:]]"]
)
def test_hostile_patterns(tmp_path: Path, pattern: str) -> None:
    """None takes long to match or ends the run: a .gitignore goes on without it, settings refuse it."""
    (tmp_path / ("a" * 250)).touch()
    (tmp_path / "b.txt").touch()
    (tmp_path / ".gitignore").write_text(f"{pattern}\nb.txt\n", encoding="utf-8")
    walk = Walk()
    walk.add(str(tmp_path))
    assert not walk.found
    try:
        Configuration.read({"exclude": [pattern]}, "here").leaves_out("a" * 250)
    except BadSettings as error:
        assert "here: exclude" in str(error)


@given(st.lists(st.text(alphabet="ab*?[]!/\\-#. \0^", max_size=12), max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_gitignore(tmp_path: Path, lines: list[str]) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / ".gitignore").write_text("\n".join(lines), encoding="utf-8")
    Walk().add(str(tmp_path))


ACTS = "\x1b]0;owned\x07\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}"
LINE = json.dumps(
    {"id": "0" * 8, "fingerprint": f"{'0' * 12}:{'0' * 8}:{'0' * 8}", "path": ACTS, "rule": ACTS}
)
STRANGE = {
    "seedlint.toml": f"select = [{json.dumps(ACTS)}]\n",
    "pyproject.toml": f"[tool.seedlint]\nper-file = [{{files = ['*'], select = [{json.dumps(ACTS)}]}}]\n",
    ".seedlint-baseline.jsonl": f'{{"about": "seedlint baseline", "version": 1}}\n{LINE}\n',
}


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("command", [[], ["--diff"], ["baseline", "show"], [f"-{ACTS}"], [f"--{ACTS}"]])
def test_what_is_said_of_settings_and_names_does_not_act(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(DAMAGED, encoding="utf-8")
    (tmp_path / name).write_text(STRANGE[name], encoding="utf-8")
    done = CliRunner().invoke(program, command, catch_exceptions=False, color=True)
    said = done.stdout + done.stderr
    assert said
    assert not any(char in said for char in "\x1b\x07\N{RIGHT-TO-LEFT OVERRIDE}")


@pytest.mark.parametrize(
    "text", [".".join("a" * 50_000) + " = 1", "a = " + "[" * 50_000, "[" + ".".join("a" * 50_000) + "]"]
)
def test_settings_made_to_take_long_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "seedlint.toml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "seedlint", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "path", "rule"]), inner)
    ),
)


@given(st.lists(VALUES.map(json.dumps) | st.text(max_size=20), max_size=4))
def test_any_baseline_is_read_or_refused(lines: list[str]) -> None:
    try:
        parse("\n".join(['{"about": "seedlint baseline", "version": 1}', *lines]))
    except BadBaseline as error:
        assert "line " in str(error)


@given(st.binary(max_size=40) | VALUES.map(json.dumps).map(str.encode))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_cache_is_used_or_ignored(cache_folder: Path, data: bytes) -> None:
    Path(Cache.load().path).write_bytes(data)
    assert Cache.load().entries == {}


@given(st.binary(max_size=60) | VALUES.map(json.dumps).map(str.encode))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_journal_is_taken_back_or_refused(tmp_path: Path, data: bytes) -> None:
    run_folder = Path(journal.begin(str(tmp_path)))
    (run_folder / "1.jsonl").write_bytes(data + b"\n")
    with pytest.raises(journal.JournalError):
        journal.undo(str(tmp_path))


def fills(room: int) -> Callable[[int, bytes], int]:
    """``os.write`` on a disk that takes so many bytes and no more."""
    real, left = os.write, [room]

    def write(handle: int, data: bytes) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken = real(handle, bytes(data[: left[0]]))
        left[0] -= taken
        return taken

    return write


def test_a_journal_cut_off_by_a_full_disk_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_folder = journal.begin(str(tmp_path))
    path = tmp_path / "a.txt"
    path.write_bytes(b"after")
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", fills(10))
        with pytest.raises(FileError, match="its journal cannot be"):
            journal.record(run_folder, "other.txt", b"x", b"y")
    journal.record(run_folder, str(path), b"before", b"after")
    assert journal.undo(str(tmp_path)) == [journal.Undone(str(path))]
    assert path.read_bytes() == b"before"


def test_a_baseline_does_not_look_outside(tmp_path: Path) -> None:
    """A stranger's entry names a file outside: the settings there must not be read."""
    inside, outside = tmp_path / "clone", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "seedlint.toml").write_text("broken = [", encoding="utf-8")
    (inside / "a.txt").write_text(DAMAGED, encoding="utf-8")
    run("baseline", "create", "--baseline", str(inside / ".seedlint-baseline.jsonl"), str(inside))
    lines = (inside / ".seedlint-baseline.jsonl").read_text(encoding="utf-8").splitlines()
    entry = json.loads(lines[1]) | {
        "path": "../outside/x.txt",
        "fingerprint": f"{'0' * 12}:{'0' * 8}:{'0' * 8}",
    }
    with open(inside / ".seedlint-baseline.jsonl", "a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")
    done = run("--no-cache", str(inside))
    assert done.exit_code == 0, done.output


SETTINGS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["select", "files", "per-file", "exclude", "severity", "x"]), inner)
    ),
)


@given(
    st.dictionaries(
        st.sampled_from(["select", "ignore", "per-file", "exclude", "severity", "script", "x"]), SETTINGS
    )
)
def test_any_settings_are_read_or_refused(table: dict[str, object]) -> None:
    try:
        Configuration.read(table, "here")
    except BadSettings as error:
        assert str(error).startswith("here")


@pytest.mark.parametrize("path", ["a.txt", "-"])
def test_half_a_unit_of_an_encoding_that_the_settings_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seedlint.toml").write_text('encoding = "utf-16-le"\n', encoding="utf-8")
    data = "好".encode("utf-16-le") + b"x"
    (tmp_path / "a.txt").write_bytes(data)
    done = CliRunner().invoke(program, ["--no-cache", path], input=data)
    assert done.exit_code == 2
    assert "not utf-16-le: truncated data at byte 2" in done.stdout
