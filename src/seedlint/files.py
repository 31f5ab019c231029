"""The disk: finds files, reads them, replaces them atomically or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

TEXT_SUFFIXES = frozenset(
    ".adoc .asciidoc .ass .csv .lrc .markdown .md .mdx .mkd .org .po .pot .rst .sbv .srt .ssa .sub .tex .text"
    " .tsv .txt .vtt .wiki".split()
)
_SKIPPED_FOLDERS = frozenset(
    ".git .hg .svn .mypy_cache .nox .pytest_cache .ruff_cache .tox .venv __pycache__ node_modules".split()
)
_MAGIC = (
    *(b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"%PDF", b"\x7fELF", b"\x1f\x8b", b"BZh"),
    *(
        b"ID3\x02",
        b"ID3\x03",
        b"ID3\x04",
        b"OggS\0",
        b"fLaC\0",
        b"7z\xbc\xaf",
        b"Rar!\x1a",
        b"SQLite format 3\0",
    ),
    *(b"\xde\x12\x04\x95", b"\x95\x04\x12\xde", b"wOFF", b"wOF2", b"\xca\xfe\xba\xbe"),
)
_CONTROLS = frozenset(range(32)) - set(b"\t\n\f\r\x1b")
_SAMPLE = 8192
LARGEST = 1 << 28  # bytes of a file; its text and what is worked out of it take ten times as many
_LARGEST_LIST = 1 << 20  # bytes of a .gitignore
_YOUNG, _STALE = 2, 3600  # seconds: before, a temporary file may not be locked yet; after, no lock counts
_TEMPORARY = (".seedlint-", ".tmp")


class FileError(Exception):
    """A file that cannot be read or written; the message is one line for the user."""


class Stamp(NamedTuple):
    """The state of a file: device, inode, size in bytes, times of change of content and inode in ns."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, info: os.stat_result) -> Stamp:
        """The stamp in a stat result."""
        return cls(info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns)


class Found(NamedTuple):
    """A file to read; ``named`` when the user named it, rather than a folder above it."""

    path: str
    named: bool


class Scope(Protocol):
    """What settings say of files: which to leave out, even when named, and which to take."""

    def leaves_out(self, path: str, is_folder: bool = False) -> str | None:
        """The pattern that excludes a file or folder."""

    def takes(self, path: str) -> bool | None:
        """Whether to read a file found in a folder; None: if it is text by its name."""


@dataclass
class Walk:
    """Files found in a stable order, each once.

    ``skipped`` counts those that are not text by name, ``excluded`` the files and
    folders that ``scope`` leaves out.
    """

    scope: Scope | None = None
    found: dict[str, Found] = field(default_factory=dict)
    skipped: int = 0
    excluded: int = 0

    def add(self, path: str) -> None:
        """Find the files of ``path``.

        Raises FileError when it is not there, and when a folder in it cannot be read: after
        the others have been.
        """
        try:
            info = os.stat(path)
        except (OSError, ValueError) as error:
            raise FileError(reason(error)) from error
        if stat.S_ISDIR(info.st_mode):
            self._walk(path)
        elif not self._leaves_out(path):
            self.found[os.path.normpath(path)] = Found(path, True)

    def _walk(self, path: str) -> None:
        """Without recursion: folders may lie deeper than Python's stack."""
        unread: list[str] = []
        waiting = _entries(path, Ignored.above(path), unread)
        while waiting:
            entry, ignored = waiting.pop()
            is_folder = entry.is_dir(follow_symlinks=False)
            if entry.name in _SKIPPED_FOLDERS or entry.is_symlink() or ignored.has(entry.path, is_folder):
                continue
            if self._leaves_out(entry.path, is_folder):
                continue
            if is_folder:
                waiting += _entries(entry.path, ignored, unread)
            else:
                self._meet(entry)
        if unread:
            more = f", and {len(unread) - 1:,} more folders" if len(unread) > 1 else ""
            raise FileError(f"{unread[0]}{more}")

    def _meet(self, entry: os.DirEntry[str]) -> None:
        if entry.is_file() and self._takes(entry):
            path = os.path.normpath(entry.path)
            self.found.setdefault(path, Found(path, False))
        else:
            self.skipped += 1

    def _leaves_out(self, path: str, is_folder: bool = False) -> bool:
        left_out = self.scope is not None and self.scope.leaves_out(path, is_folder) is not None
        self.excluded += left_out
        return left_out

    def _takes(self, entry: os.DirEntry[str]) -> bool:
        asked = self.scope.takes(entry.path) if self.scope else None
        return os.path.splitext(entry.name)[1].lower() in TEXT_SUFFIXES if asked is None else asked


def _entries(folder: str, ignored: Ignored, unread: list[str]) -> list[tuple[os.DirEntry[str], Ignored]]:
    """What is in a folder, last first, with what bears on it; a folder that cannot be read is noted."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name, reverse=True)
    except OSError as error:
        unread.append(f"{reason(error)}: {folder}")
        return []
    ignored = ignored.within(folder)
    return [(entry, ignored) for entry in entries]


@dataclass(frozen=True)
class Ignored:
    """The ``.gitignore`` files that bear on a folder, outermost first."""

    specs: tuple[tuple[str, GitIgnoreSpec], ...] = ()

    @classmethod
    def above(cls, folder: str) -> Ignored:
        """Those between the root of the git checkout around ``folder`` and ``folder``."""
        parents = [os.path.realpath(folder)]
        while (parent := os.path.dirname(parents[-1])) != parents[-1]:
            parents.append(parent)
        checkouts = (at for at, one in enumerate(parents) if os.path.exists(os.path.join(one, ".git")))
        ignored = cls()
        for parent in reversed(parents[1 : next(checkouts, 0) + 1]):
            ignored = ignored.within(parent)
        return ignored

    def within(self, folder: str) -> Ignored:
        """Those of ``folder`` too."""
        try:
            data, _ = read(os.path.join(folder, ".gitignore"), _LARGEST_LIST)
        except FileError:
            return self
        return Ignored((*self.specs, (os.path.realpath(folder), _spec(data.decode(errors="replace")))))

    def has(self, path: str, is_folder: bool) -> bool:
        """Whether git would leave ``path`` out; the innermost file that speaks of it decides."""
        for folder, spec in reversed(self.specs):
            inner = os.path.relpath(os.path.realpath(path), folder) + "/" * is_folder
            verdict = spec.check_file(inner).include
            if verdict is not None:
                return verdict
        return False


def _spec(text: str) -> GitIgnoreSpec:
    """The patterns of a ``.gitignore``, without those that are none or would take forever to match."""
    from pathspec import GitIgnoreSpec

    from seedlint.configuration import check_pattern
    from seedlint.settings import BadSettings

    lines = []
    for line in text.splitlines():
        with suppress(BadSettings):
            lines.append(check_pattern(line))
    return GitIgnoreSpec.from_lines(lines)


def read(path: str, most: int = LARGEST) -> tuple[bytes, Stamp]:
    """The bytes of a regular file of at most ``most`` bytes and its state; raises FileError."""
    try:
        _refuse_special(os.stat(path))
        with open(path, "rb", opener=_open_at_once) as file:
            info = os.fstat(file.fileno())
            _refuse_special(info)
            return _content(file, info.st_size, most), Stamp.of(info)
    except (OSError, ValueError, MemoryError) as error:
        raise FileError(reason(error)) from error


def _content(file: BinaryIO, length: int, most: int) -> bytes:
    """All bytes; of a binary too large to read, as many as tell that it is one."""
    if length > most:
        start = file.read(_SAMPLE)
        if is_binary(start):
            return start
        raise FileError(f"larger than {most:,} bytes; split it, or keep it as records for seedlint corpus")
    data: bytes | None = file.read()
    if data is None:  # a file of /proc that has nothing to say yet
        raise FileError("nothing to read without waiting")
    return data


def _refuse_special(info: os.stat_result) -> None:
    """Before a file is opened, since opening a device may set it to work, and after."""
    if not stat.S_ISREG(info.st_mode):
        raise FileError("not a regular file")


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting: a FIFO without a writer must not hang the run."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def size(found: Found) -> int:
    """The bytes of a file, 0 when it cannot be told."""
    try:
        return os.stat(found.path).st_size
    except (OSError, ValueError):
        return 0


def is_binary(data: bytes) -> bool:
    """Whether ``data`` is no text in any encoding: by its magic number, or by its control bytes."""
    sample = data[:_SAMPLE]
    if sample.startswith(_MAGIC):
        return True
    if b"\0" not in sample or sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return False
    zeros = max(sample[0::2].count(0), sample[1::2].count(0)) / len(sample)
    controls = sum(sample.count(byte) for byte in _CONTROLS) / len(sample)
    return controls > 0.1 and not (zeros > 0.1 and controls - zeros < 0.02)


def write(path: str, data: bytes, stamp: Stamp) -> None:
    """Replace the file that was in the state ``stamp`` by ``data``, wholly or not at all.

    A symbolic link stays one: its target is replaced, if that lies below the link's own
    folder or the current one. Mode, group, extended attributes and, where permitted,
    owner are kept. Raises FileError when the file has changed since it was read,
    is read-only, has other hard links, or cannot be written.
    """
    target = os.path.realpath(path)
    try:
        _refuse_distant(path, target)
        info = os.stat(target)
        _refuse(target, info, stamp)
        _replace(target, data, info, stamp)
    except (OSError, ValueError) as error:
        raise FileError(f"not written: {reason(error)}") from error


def _refuse_distant(path: str, target: str) -> None:
    """A link in a folder of strangers must not lead a repair out of it."""
    near = os.path.realpath(os.path.dirname(path) or "."), os.path.realpath(".")
    if not any(os.path.commonpath((folder, target)) == folder for folder in near):
        raise FileError("not written: a link to a file outside of this folder; name the file itself")


def _refuse(target: str, info: os.stat_result, stamp: Stamp) -> None:
    if Stamp.of(info) != stamp:
        raise FileError("not written: the file changed while it was being repaired")
    if not os.access(target, os.W_OK) or not info.st_mode & 0o222:
        raise FileError("not written: the file is read-only")
    if info.st_nlink > 1:
        raise FileError(
            f"not written: the file has {info.st_nlink} hard links, which replacing it would part"
        )


def _replace(target: str, data: bytes, info: os.stat_result, stamp: Stamp) -> None:
    def ready(handle: int) -> None:
        _keep_owner(handle, info)
        os.fchmod(handle, stat.S_IMODE(info.st_mode))
        _keep_attributes(target, handle)
        if Stamp.of(os.stat(target)) != stamp:
            raise FileError("not written: the file changed while it was being repaired")

    create(target, data, ready)


def _keep_owner(handle: int, info: os.stat_result) -> None:
    """Owner and group as they were; a group that cannot be kept must not give its rights to another."""
    with suppress(OSError):
        os.fchown(handle, info.st_uid, info.st_gid)
        return
    with suppress(OSError):
        os.fchown(handle, -1, info.st_gid)
    if os.fstat(handle).st_gid != info.st_gid and (info.st_mode >> 3 ^ info.st_mode) & 0o7:
        raise FileError("not written: its group has rights of its own, and cannot be kept")


def _keep_attributes(target: str, handle: int) -> None:
    """Extended attributes, access lists among them, as far as they may be set."""
    if not hasattr(os, "listxattr"):
        return
    with suppress(OSError):
        for name in os.listxattr(target):
            with suppress(OSError):
                os.setxattr(handle, name, os.getxattr(target, name))


def create(target: str, data: bytes, ready: Callable[[int], None] = lambda _: None) -> None:
    """Put a file there, new or in the place of another, wholly or not at all; raises OSError.

    ``ready`` is called with the descriptor of the written file before it takes its name.
    """
    import tempfile

    where = os.path.dirname(target)
    _sweep(where)
    handle, temporary = tempfile.mkstemp(_TEMPORARY[1], _TEMPORARY[0], where)
    try:
        try:
            _locks(handle)
            _write_all(handle, data)
            ready(handle)
            os.fsync(handle)
        finally:
            os.close(handle)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(where)


def append(path: str, data: bytes) -> None:
    """Add ``data`` to the end of a file, wholly or not at all; raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        try:
            _write_all(handle, data)
        except OSError:
            os.ftruncate(handle, size)
            raise
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    """All of ``data``: a write may take only a part."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


@cache
def _sweep(folder: str) -> None:
    """Take away what a killed run has left in a folder, once a run.

    Were the run alive after all, its replacement would fail and its file stay as it was.
    """
    with suppress(OSError), os.scandir(folder or ".") as entries:
        for entry in entries:
            if entry.name.startswith(_TEMPORARY[0]) and entry.name.endswith(_TEMPORARY[1]):
                with suppress(OSError):
                    if _abandoned(entry):
                        os.unlink(entry.path)


def _abandoned(entry: os.DirEntry[str]) -> bool:
    """Whether the run that wrote a temporary file is dead: by its lock, without locks by its age."""
    import time

    info = entry.stat(follow_symlinks=False)
    age = time.time() - info.st_mtime
    if not stat.S_ISREG(info.st_mode) or age < _YOUNG:
        return False
    return age > _STALE or _is_free(entry.path)


def _is_free(path: str) -> bool:
    handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        return _locks(handle)
    finally:
        os.close(handle)


def _locks(handle: int) -> bool:
    """Lock a file as long as it is open here; False where it is locked, or nothing can be."""
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


def _sync_folder(folder: str) -> None:
    """Make the new name durable; not every system lets a folder be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def reason(error: BaseException) -> str:
    """One line on what went wrong, without the path."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "too large for the memory of this machine" if isinstance(error, MemoryError) else str(error)
