"""What each ``--fix`` has changed, so that ``seedlint undo`` can take it back.

A run writes down every file before it replaces it: what identifies the content after the
repair, and the content before, compressed against the one after, so that a few edits
take a few bytes. The journals lie beside the cache in the user's cache folder, never in
the tree, so that a cloned repository cannot bring one along. The last ten runs of every
project are kept.
"""

from __future__ import annotations

import json
import os
import shutil
import time
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from seedlint.cache import digest, folder
from seedlint.files import FileError, append, read, reason, write

VERSION = 1
_KEPT = 10  # runs of a project
_STEP = 1 << 14  # bytes compressed at once
_BACK, _AHEAD = (
    1 << 13,
    3 << 13,
)  # bytes of the other content looked at around the same place; zlib sees 32 KiB


class JournalError(Exception):
    """A journal that cannot be read; the message is one line for the user."""


def begin(root: str) -> str:
    """A folder for the journal of a new run in the project at ``root``; raises FileError."""
    runs = _runs_folder(root)
    run = os.path.join(runs, f"{time.time_ns():020}-{os.getpid()}")
    try:
        os.makedirs(run, mode=0o700)
        for old in _runs(root)[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise FileError(reason(error)) from error
    return run


def end(run: str) -> None:
    """Forget a run that has changed nothing."""
    with suppress(OSError):
        os.rmdir(run)


def record(run: str, path: str, before: bytes, after: bytes) -> None:
    """Write down that a file is about to change; every process has a file of its own. Raises FileError."""
    entry = {
        "version": VERSION,
        "path": os.path.abspath(path),
        "after": digest(after),
        "before": digest(before),
        "size": len(before),
        "pieces": [b64encode(piece).decode() for piece in _packed(before, after)],
    }
    try:
        append(os.path.join(run, f"{os.getpid()}.jsonl"), json.dumps(entry).encode() + b"\n")
    except OSError as error:
        raise FileError(f"not written: its journal cannot be: {reason(error)}") from error


def _packed(before: bytes, after: bytes) -> Iterator[bytes]:
    for at in range(0, len(before), _STEP):
        compressor = zlib.compressobj(9, zdict=_near(after, at, len(before)))
        yield compressor.compress(before[at : at + _STEP]) + compressor.flush()


def _near(after: bytes, at: int, size: int) -> bytes:
    """The part of ``after`` that is likely to hold what stands at ``at`` of ``size`` bytes."""
    middle = at * len(after) // size
    return after[max(middle - _BACK, 0) : middle + _AHEAD]


@dataclass(frozen=True)
class Entry:
    """One file that a run has changed."""

    path: str
    after: str
    before: str
    size: int
    pieces: tuple[bytes, ...]
    line: bytes

    @classmethod
    def parse(cls, line: bytes) -> Entry:
        """An entry from its line; raises JournalError."""
        try:
            value: dict[str, Any] = json.loads(line)
            if value["version"] != VERSION:
                raise JournalError("the journal was written by another version of seedlint")
            pieces = tuple(map(b64decode, value["pieces"]))
            path, after, before = (str(value[name]) for name in ("path", "after", "before"))
            return cls(path, after, before, int(value["size"]), pieces, line)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise JournalError("the journal is broken") from error

    def take_back(self) -> None:
        """Give the file the content it had; raises FileError where it has changed since."""
        data, stamp = read(self.path)
        if digest(data) == self.before:
            return
        if digest(data) != self.after:
            raise FileError("has changed since, left as it is")
        write(self.path, self._before(data), stamp)

    def _before(self, after: bytes) -> bytes:
        before = b""
        try:
            for at, piece in zip(range(0, self.size, _STEP), self.pieces, strict=True):
                before += zlib.decompressobj(zdict=_near(after, at, self.size)).decompress(piece)
        except (zlib.error, ValueError) as error:
            raise FileError("left as it is: its journal is broken") from error
        if digest(before) != self.before:
            raise FileError("left as it is: its journal is broken")
        return before


@dataclass(frozen=True)
class Undone:
    """One file of an undo: taken back, or why not."""

    path: str
    problem: str | None = None


def undo(root: str) -> list[Undone] | None:
    """Take back the last run in the project at ``root``; None where there is none.

    What could not be taken back stays in the journal. Raises JournalError.
    """
    runs = [run for run in _runs(root) if os.listdir(run)]
    if not runs:
        return None
    entries = list(_entries(runs[-1]))
    done = [_take_back(entry) for entry in entries]
    _keep(runs[-1], [one for one, undone in zip(entries, done, strict=True) if undone.problem])
    return done


def _take_back(entry: Entry) -> Undone:
    try:
        entry.take_back()
    except FileError as error:
        return Undone(entry.path, str(error))
    return Undone(entry.path)


def _entries(run: str) -> Iterator[Entry]:
    """All entries of a run; the last line of a file may be cut off where the run was killed."""
    for name in sorted(os.listdir(run)):
        with open(os.path.join(run, name), "rb") as file:
            lines = file.read().split(b"\n")
        yield from map(Entry.parse, lines[:-1])


def _keep(run: str, entries: list[Entry]) -> None:
    """Leave only these entries of a run."""
    names = os.listdir(run)
    if entries:
        with open(os.path.join(run, "left.new"), "wb") as file:
            file.writelines(entry.line + b"\n" for entry in entries)
    for name in names:
        os.unlink(os.path.join(run, name))
    if entries:
        os.replace(os.path.join(run, "left.new"), os.path.join(run, "left.jsonl"))
    else:
        os.rmdir(run)


def _runs_folder(root: str) -> str:
    return os.path.join(folder(), "journal", digest(os.fsencode(os.path.realpath(root))))


def _runs(root: str) -> list[str]:
    """The folders of the runs in a project, oldest first."""
    runs = _runs_folder(root)
    return [os.path.join(runs, name) for name in sorted(os.listdir(runs))] if os.path.isdir(runs) else []
