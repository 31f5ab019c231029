"""What earlier runs found, by content, settings and version: unchanged files are not read again.

The cache lies in the user's cache folder, never in the tree that is linted, so that a
cloned repository cannot bring one along. It is JSON, replaced atomically; one that is
broken or of another version is ignored and written anew.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache as once
from typing import Any

from seedlint.diagnostic import (
    Diagnostic,
    Edit,
    Fix,
    Location,
    Position,
    Safety,
    Severity,
    Span,
    Transcode,
    Verdict,
)
from seedlint.files import FileError, Found, Stamp, create, read
from seedlint.report import FileReport
from seedlint.settings import Settings

PAYS = 1 << 16
"""Bytes of files below which reading them is quicker than the cache."""
_SETTLED = 50_000_000  # ns after its last change from which a file's time of change can be trusted
_LARGEST = 64 << 20  # bytes of all caches together; the oldest go


def folder() -> str:
    """``SEEDLINT_CACHE_DIR``, or ``seedlint`` in the user's cache folder (XDG Base Directory)."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.environ.get("SEEDLINT_CACHE_DIR") or os.path.join(home, "seedlint")


def digest(data: bytes) -> str:
    """What identifies a content: 128 bits of BLAKE2b."""
    from hashlib import blake2b

    return blake2b(data, digest_size=16).hexdigest()


@once
def _program() -> str:
    """What identifies this state of the program: every source file's size and time."""
    root = os.path.dirname(os.path.abspath(__file__))
    files = (os.path.join(base, name) for base, _, names in os.walk(root) for name in names)
    states = sorted((name, *_state(name)) for name in files if not name.endswith(".pyc"))
    return digest(repr(states).encode())


def _state(path: str) -> tuple[int, int]:
    info = os.stat(path)
    return info.st_size, info.st_mtime_ns


@dataclass
class Cache:
    """The reports of one working folder; entries are ``[settings, stamp, content, report]`` by path."""

    path: str
    entries: dict[str, list[Any]] = field(default_factory=dict)
    changed: bool = False

    @classmethod
    def load(cls) -> Cache:
        """The cache of the current folder, empty where there is none or it is broken."""
        path = os.path.join(folder(), digest(os.fsencode(os.getcwd())) + ".json")
        with suppress(FileError, ValueError, KeyError, TypeError, RecursionError):
            value = json.loads(read(path)[0])
            if value["program"] == _program() and isinstance(value["entries"], dict):
                return cls(path, value["entries"])
        return cls(path)

    def get(self, found: Found, settings: Settings, template: str = "") -> FileReport | None:
        """The report on a file that has not changed since, by its state or else by its content.

        ``template`` identifies the template that the run has.
        """
        entry = self.entries.get(os.path.abspath(found.path))
        with suppress(OSError, FileError, ValueError, KeyError, TypeError, AssertionError):
            if entry is None or entry[0] != _key(settings, template):
                return None
            stamp = Stamp.of(os.stat(found.path))
            if entry[1] != list(stamp):
                if entry[1][2] != stamp.size or entry[2] != digest(read(found.path)[0]):
                    return None
                self.entries[os.path.abspath(found.path)] = [*entry[:1], list(stamp), *entry[2:]]
                self.changed = True
            return _unpack(found.path, entry[3])
        return None

    def put(
        self, report: FileReport, settings: Settings, stamp: Stamp, content: str, template: str = ""
    ) -> None:
        """Remember a report, unless the file was changed so recently that its time says nothing."""
        if time.time_ns() - stamp.modified > _SETTLED and not report.broken:
            entry = [_key(settings, template), list(stamp), content, _pack(report)]
            self.entries[os.path.abspath(report.path)] = entry
            self.changed = True

    def save(self) -> None:
        """Write what has changed; a cache that cannot be written is no error."""
        if not self.changed:
            return
        with suppress(OSError):
            os.makedirs(os.path.dirname(self.path), mode=0o700, exist_ok=True)
            value = {"program": _program(), "entries": self.entries}
            create(self.path, json.dumps(value, separators=(",", ":")).encode())
            _trim(os.path.dirname(self.path))


def clean() -> int:
    """Remove all caches; how many there were."""
    removed = 0
    with suppress(OSError):
        for entry in list(os.scandir(folder())):
            if entry.name.endswith(".json"):
                os.unlink(entry.path)
                removed += 1
    return removed


def _trim(where: str) -> None:
    """Drop the caches used longest ago until the rest is small enough."""
    entries = [entry for entry in os.scandir(where) if entry.name.endswith(".json")]
    total = 0
    for entry in sorted(entries, key=lambda one: one.stat().st_mtime_ns, reverse=True):
        total += entry.stat().st_size
        if total > _LARGEST:
            os.unlink(entry.path)


@once
def _key(settings: Settings, template: str) -> str:
    return digest(repr((settings, template)).encode(errors="surrogatepass"))


def _pack(report: FileReport) -> list[Any]:
    return [report.encoding, report.size, [_pack_diagnostic(one) for one in report.diagnostics]]


def _pack_diagnostic(one: Diagnostic) -> list[Any]:
    fix = None if one.fix is None else [one.fix.edits, one.fix.safety, one.fix.transcode]
    at = one.location
    place = None if at is None else [at.start, at.end, at.excerpt, at.context, at.indent]
    return [
        one.code,
        one.name,
        one.severity,
        one.message,
        one.span,
        one.verdict,
        dict(one.evidence),
        fix,
        place,
    ]


def _unpack(path: str, value: list[Any]) -> FileReport:
    return FileReport(path, value[0], tuple(map(_unpack_diagnostic, value[2])), size=value[1])


def _unpack_diagnostic(value: list[Any]) -> Diagnostic:
    code, name, severity, message, span, verdict, evidence, fix, at = value
    place = at and Location(Position(*at[0]), Position(*at[1]), *at[2:])
    repair = fix and Fix(tuple(Edit(*edit) for edit in fix[0]), Safety(fix[1]), fix[2] and Transcode(*fix[2]))
    return Diagnostic(
        code, name, Severity(severity), message, Span(*span), Verdict(verdict), evidence, repair, place
    )
