"""Finds the parts of a set, here or on any file system that pyarrow reaches."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from seedlint.arrow import load

FORMATS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet"}
_COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
_WILD = re.compile(r"\*|\?|\[[^\]/]+\]")


class PartError(Exception):
    """A part or a set that cannot be read; the message is one line for the user."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a set.

    ``path`` is what the user calls it, ``place`` where its file system finds it,
    ``relative`` where it goes below an output folder; ``filesystem`` is None on the
    local disk. ``size`` in bytes and ``modified`` in nanoseconds tell whether it changed.
    """

    path: str
    place: str
    relative: str
    format: str
    compression: str | None = None
    size: int = 0
    modified: int = 0
    filesystem: Any = field(default=None, compare=False)

    def open(self) -> Any:
        """The bytes as a pyarrow file that can seek; raises OSError."""
        filesystem = self.filesystem or load("pyarrow.fs").LocalFileSystem()
        return filesystem.open_input_file(self.place)

    @property
    def delimiter(self) -> str:
        """What stands between the fields of a CSV file, by its name."""
        return "\t" if ".tsv" in self.place else ","


def find(inputs: Iterable[str], output: str | None = None) -> list[Part]:
    """The parts of all inputs: files, folders, patterns and URIs, each part once, in a stable order.

    Raises PartError where an input names nothing, where two parts would be written to
    the same place, or where what is written to the folder ``output`` would be an input:
    a part would be lost, and a run taken up again would repair its own output.
    """
    found: dict[str, Part] = {}
    for given in inputs:
        walk = _walk(given)
        for part in walk.parts:
            found.setdefault(os.path.realpath(part.place) if part.filesystem is None else part.path, part)
        if output is not None and walk.reads(output):
            raise PartError(f"{given}: what goes to {output} would be part of it; choose another folder")
    _refuse_collisions(found.values())
    return list(found.values())


def kind(name: str) -> tuple[str, str | None] | None:
    """Format and compression by the name of a file; None for what is no part."""
    stem, suffix = os.path.splitext(name.lower())
    compression = _COMPRESSIONS.get(suffix)
    if compression:
        suffix = os.path.splitext(stem)[1]
    form = FORMATS.get(suffix)
    return None if form is None or (compression and form == "parquet") else (form, compression)


def resolve(given: str) -> tuple[Any, str, str]:
    """File system (None for the local one), place and what the place lacks to what the user wrote."""
    if "://" not in given:
        return None, os.path.normpath(given), ""
    try:
        filesystem, place = load("pyarrow.fs").FileSystem.from_uri(given)
    except (ValueError, OSError) as error:
        raise PartError(f"{given}: {str(error).partition(chr(10))[0]}") from error
    if filesystem.type_name == "local":
        return None, place, ""
    return filesystem, place, given[: given.index(place)] if place in given else ""


@dataclass(frozen=True)
class _Walk:
    """What an input names: ``pattern`` of the places of its parts, which lie below ``root``."""

    root: str
    pattern: re.Pattern[str]
    parts: list[Part]

    def reads(self, output: str) -> bool:
        """Whether a part that is written to a folder would be among the parts."""
        filesystem, folder, _ = resolve(output)
        if filesystem != self.parts[0].filesystem:
            return False
        return any(self._has(f"{folder.rstrip('/')}/{part.relative}", filesystem) for part in self.parts)

    def _has(self, place: str, filesystem: Any) -> bool:
        root = self.root or "."
        if filesystem is None:
            place, base = os.path.realpath(place), os.path.realpath(root)
            place = f"{root}/{place[len(base.rstrip('/')) + 1 :]}" if _below(place, base) else ""
        elif not _below(place, root):
            return False
        return _is_shown(place, root) and bool(self.pattern.match(_plain(place)))


def _below(place: str, root: str) -> bool:
    return place.startswith(root.rstrip("/") + "/")


def _is_shown(place: str, root: str) -> bool:
    """Whether neither a file nor a folder around it is hidden, looked at from ``root``."""
    below = len(root.rstrip("/")) + 1 if root != "." else 0
    return bool(place) and not re.search(r"(^|/)[._]", _plain(place)[below:])


def _walk(given: str) -> _Walk:
    filesystem, place, prefix = resolve(_escaped(given))
    known = filesystem or load("pyarrow.fs").LocalFileSystem()
    info = known.get_file_info(place)
    if info.is_file:
        if kind(place) is None:
            raise PartError(f"{given}: not a set of records by its name; known are {', '.join(FORMATS)}")
        root = place.rpartition("/")[0]
        whole = re.compile(re.escape(_plain(place)) + r"\Z")
        return _Walk(root, whole, [_part(info, root, filesystem, prefix)])
    folder = info.type == load("pyarrow.fs").FileType.Directory
    root, pattern = (place, re.compile("")) if folder else _split(place)
    listed = sorted(_listed(known, root, given), key=lambda one: one.path)
    chosen = [one for one in listed if kind(one.path) and pattern.match(_plain(one.path))]
    if not chosen:
        raise PartError(f"{given}: no such file, or no JSONL, CSV or Parquet files there")
    return _Walk(root, pattern, [_part(one, root, filesystem, prefix) for one in chosen])


def _escaped(given: str) -> str:
    """A URI may hold a pattern, which is none in a URI."""
    return given.replace("[", "%5B").replace("]", "%5D") if "://" in given else given


def _split(place: str) -> tuple[str, re.Pattern[str]]:
    """The folder before the first wildcard, and a pattern of the whole."""
    match = _WILD.search(place)
    fixed = place[: match.start()].rpartition("/")[0] if match else place
    return fixed or ("/" if place[0] == "/" else "."), _pattern(place)


def _pattern(glob: str) -> re.Pattern[str]:
    """``*`` and ``?`` stay inside a folder, ``**`` does not, ``[ab]`` is one of some characters."""
    meanings = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]/]+\])", glob)
    inside = (meanings.get(part) or (part if _WILD.match(part) else re.escape(part)) for part in parts)
    return re.compile("".join(inside) + r"\Z", re.DOTALL)


def _listed(filesystem: Any, root: str, given: str) -> list[Any]:
    """The files below a folder; hidden files and folders are left out, as every engine does."""
    fs = load("pyarrow.fs")
    try:
        infos = filesystem.get_file_info(fs.FileSelector(root, recursive=True))
    except OSError as error:
        raise PartError(f"{given}: no such file or folder") from error
    return [one for one in infos if one.is_file and _is_shown(one.path, root)]


def _plain(path: str) -> str:
    return path.removeprefix("./")


def _part(info: Any, root: str, filesystem: Any, prefix: str) -> Part:
    place = _plain(info.path)
    relative = place if root in ("", ".") else place[len(root.rstrip("/")) + 1 :]
    form, compression = kind(place) or ("", None)
    modified = info.mtime_ns or 0
    return Part(prefix + place, place, relative, form, compression, info.size or 0, modified, filesystem)


def _refuse_collisions(parts: Iterable[Part]) -> None:
    taken: dict[str, Part] = {}
    for part in parts:
        other = taken.setdefault(part.relative, part)
        if other is not part:
            raise PartError(
                f"{other.path} and {part.path} would both be written as {part.relative}; name their folder"
            )
