"""Kills a repair at every system call, and lets every one fail, and counts the files that are lost.

    python benchmarks/syscalls.py [--write]

A whole ``seedlint --fix`` of a folder, in a process of its own that ``strace`` (which must be
there, and be allowed to trace) stops at one system call after the other: by SIGKILL as it is
entered, or by an error in its place, for calls on files and descriptors. A file is lost when
it is neither as it was nor wholly repaired; a failure is silent when the exit status is 0 and
a file is not repaired. After a kill the run is taken back by ``undo``. ``--write`` keeps the
counts in docs/reliability.json, from which benchmarks/reliability.py makes the page.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from reliability import keep  # noqa: E402

from seedlint import journal  # noqa: E402
from seedlint.cli import program  # noqa: E402

DAMAGED, REPAIRED = "春节,好\r\n末行".encode(), "春节，好\r\n末行".encode()
NAMES = ("a.txt", "b.txt")
ERRORS = ("ENOSPC", "EIO", "EACCES", "EINTR", "ENOMEM")
HARM = ("files lost", "not taken back", "silent", "crashed")
CRASHED = 70  # the exit status of an exception that nobody took
FAILING = "%file,%desc"  # calls whose failure a program must expect, for which a disk is to blame
_TRACE_ME = 0x59616D61  # PR_SET_PTRACER: strace is no parent of the process it traces


class End(NamedTuple):
    """How a run came out: by which signal, or with which exit status, and what it left."""

    signal: int
    status: int
    contents: tuple[bytes, ...]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SEEDLINT_CACHE_DIR"] = os.path.join(folder, "cache")
        texts = Path(folder, "texts")
        texts.mkdir()
        os.chdir(texts)
        fresh(texts)
        repair(texts)  # so that no traced run loads modules
        rows = {"SIGKILL": killed(texts)} | {error: failed(texts, error) for error in ERRORS}
    for name, row in rows.items():
        print(f"{name}: {dict(row)}")
    if options.write:
        keep("syscalls", rows, "benchmarks/syscalls.py")
    return int(any(row[name] for row in rows.values() for name in HARM))


def killed(texts: Path) -> Counter[str]:
    """Kill at every call, and take what was repaired back."""
    counts = Counter(dict.fromkeys(HARM, 0))
    for end in runs(texts, "all", "signal=KILL"):
        counts["calls"] += 1
        counts["files lost"] += lost(end)
        counts["files repaired"] += end.contents.count(REPAIRED)
        journal.undo(str(texts))
        counts["not taken back"] += sum(content != DAMAGED for content in contents(texts))
    return counts


def failed(texts: Path, error: str) -> Counter[str]:
    """Let every call fail with that error."""
    counts = Counter(dict.fromkeys(HARM, 0))
    for end in runs(texts, FAILING, f"error={error}"):
        counts["calls"] += 1
        counts["files lost"] += lost(end)
        counts["files repaired"] += end.contents.count(REPAIRED)
        silent = end.status == 0 and not end.signal and end.contents.count(REPAIRED) < len(NAMES)
        counts["silent"] += silent
        counts["crashed"] += end.status == CRASHED
    return counts


def lost(end: End) -> int:
    """How many files are neither as they were nor wholly repaired."""
    return sum(content not in (DAMAGED, REPAIRED) for content in end.contents)


def runs(texts: Path, which: str, fault: str) -> Iterator[End]:
    """A run for each time that each system call is made, with the fault at that time."""
    for call, times in sorted(made(texts, which).items()):
        for at in range(1, times + 1):
            yield traced(texts, f"--inject={call}:{fault}:when={at}")


def made(texts: Path, which: str) -> Counter[str]:
    """How often a whole run makes each system call."""
    with tempfile.NamedTemporaryFile() as log:
        end = traced(texts, f"--trace={which}", f"--output={log.name}")
        if end != End(0, 0, (REPAIRED,) * len(NAMES)):
            raise SystemExit(f"strace cannot trace here: {end}")
        said = log.read().decode()
    return Counter(re.findall(r"^\d+ +(\w+)\(", said, re.MULTILINE)) - Counter(["exit_group"])


def traced(texts: Path, *options: str) -> End:
    """Repair the folder under strace with these options."""
    fresh(texts)
    child = os.fork()
    if child == 0:
        waiting(texts)
    os.waitpid(child, os.WUNTRACED)
    command = ["strace", "-f", "-p", str(child), *options]
    with subprocess.Popen([*command, *["--output=/dev/null"] * (len(options) == 1)], stderr=-1) as strace:
        assert strace.stderr
        strace.stderr.readline()  # attached
        os.kill(child, signal.SIGCONT)
        _, status = os.waitpid(child, 0)
    died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    return End(died, 0 if died else os.WEXITSTATUS(status), tuple(contents(texts)))


def waiting(texts: Path) -> None:
    """Repair the folder when told to go on; never comes back."""
    try:
        with (
            open(os.devnull, "w", encoding="utf-8") as nothing,
            redirect_stdout(nothing),
            redirect_stderr(nothing),
        ):
            ctypes.CDLL(None).prctl(_TRACE_ME, ctypes.c_ulong(-1))
            os.kill(os.getpid(), signal.SIGSTOP)
            os._exit(repair(texts))
    finally:
        os._exit(CRASHED)


def repair(texts: Path) -> int:
    """Repair the folder; the exit status."""
    try:
        program(["--fix", "--select=PUN", "--jobs=1", "--quiet", str(texts)])
    except SystemExit as end:
        return int(end.code or 0)
    except Exception:
        return CRASHED
    return 0


def fresh(texts: Path) -> None:
    """The folder as it is before a run."""
    for path in texts.iterdir():
        path.unlink()
    shutil.rmtree(os.environ["SEEDLINT_CACHE_DIR"], ignore_errors=True)
    for _ in range(11):  # one more than are kept
        Path(journal.begin(str(texts)), "1.jsonl").touch()
    for name in NAMES:
        (texts / name).write_bytes(DAMAGED)


def contents(texts: Path) -> list[bytes]:
    return [(texts / name).read_bytes() for name in NAMES]


if __name__ == "__main__":
    sys.exit(main())
