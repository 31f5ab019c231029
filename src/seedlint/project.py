"""The project around a file: its root, and the settings files that apply."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from seedlint import files
from seedlint.configuration import Applied, Configuration, Layer, apply
from seedlint.settings import BadSettings, Settings
from seedlint.visible import visible

BASELINE = ".seedlint-baseline.jsonl"
_OWN, _SHARED = "seedlint.toml", "pyproject.toml"
NO_COMMAND = Layer("command line")
_LARGEST = 1 << 20  # bytes of a settings file
_MOST_DOTS = 1_000  # in a line: the time of tomllib grows with the square of the parts of a key


def root(path: str = ".") -> str:
    """The folder of the project around ``path``: that with a baseline or a git checkout, nearest first.

    Without either, that with settings; else the current folder, or that of a ``path`` outside it.
    """
    parents = list(_parents(path))
    for marks in ((BASELINE, ".git"), (_OWN, _SHARED)):
        for parent in parents:
            if any(os.path.exists(os.path.join(parent, mark)) for mark in marks):
                return parent
    here = os.getcwd()
    return here if here in parents else parents[0]


def _parents(path: str) -> Iterator[str]:
    """The folder of ``path`` (itself, if it is one) and those above."""
    folder = os.path.abspath(path)
    folder = folder if os.path.isdir(folder) else os.path.dirname(folder)
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def relative(path: str, folder: str) -> str:
    """``path`` as seen from ``folder``, with ``/``."""
    return os.path.relpath(path, folder).replace(os.sep, "/")


class Source(NamedTuple):
    """A settings file, read; ``folder`` is where its patterns start."""

    folder: str
    configuration: Configuration


@dataclass
class Project:
    """What the settings files and the command line say of every file.

    ``config`` is the one settings file that the command line names; ``isolated``
    reads none.
    """

    command: Layer = NO_COMMAND
    config: str | None = None
    isolated: bool = False
    _sources: dict[str, Source | None] = field(default_factory=dict)
    _applied: dict[tuple[str, tuple[Layer, ...]], Applied] = field(default_factory=dict)

    def settings(self, path: str) -> Settings:
        """The settings of a file; raises BadSettings."""
        return self.applied(path).settings

    def applied(self, path: str) -> Applied:
        """The same, and where each comes from; raises BadSettings."""
        source = self.source(path)
        layers = source.configuration.layers(relative(path, source.folder)) if source else ()
        key = (source.folder if source else "", layers)
        if key not in self._applied:
            self._applied[key] = apply((*layers, self.command))
        return self._applied[key]

    def leaves_out(self, path: str, is_folder: bool = False) -> str | None:
        """The pattern of the settings that excludes a file or folder; None where none does."""
        source = self.source(path)
        if source is None or not source.configuration.exclude:
            return None
        return source.configuration.leaves_out(relative(path, source.folder) + "/" * is_folder)

    def takes(self, path: str) -> bool | None:
        """Whether the settings ask for a file found in a folder; None where they say nothing."""
        source = self.source(path)
        return source.configuration.takes(relative(path, source.folder)) if source else None

    def source(self, path: str) -> Source | None:
        """The settings file of ``path``: the nearest in the folders above it, within its git checkout."""
        if self.isolated:
            return None
        return self._nearest(os.path.dirname(os.path.abspath(path)))

    def _nearest(self, folder: str) -> Source | None:
        if self.config is not None:
            folder = ""
        if folder not in self._sources:
            self._sources[folder] = self._find(folder)
        return self._sources[folder]

    def _find(self, folder: str) -> Source | None:
        if self.config is not None:
            table = _table(self.config, os.path.basename(self.config) == _SHARED)
            return Source(os.getcwd(), Configuration.read(table or {}, visible(self.config)))
        found = _in_folder(folder)
        above = os.path.dirname(folder)
        if found is None and above != folder and not os.path.exists(os.path.join(folder, ".git")):
            return self._nearest(above)
        return found


def _in_folder(folder: str) -> Source | None:
    for name in (_OWN, _SHARED):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            table = _table(path, name == _SHARED)
            if table is not None:
                return Source(folder, Configuration.read(table, visible(relative(path, os.getcwd()))))
    return None


def _table(path: str, shared: bool) -> dict[str, object] | None:
    """The table of settings in a TOML file, None where it has none; raises BadSettings."""
    import tomllib

    try:
        data, _ = files.read(path)
        if shared and b"seedlint" not in data:
            return None
        if len(data) > _LARGEST:
            raise files.FileError(f"larger than {_LARGEST:,} bytes")
        if any(line.count(b".") > _MOST_DOTS for line in data.splitlines()):
            raise files.FileError(f"more than {_MOST_DOTS:,} dots in a line")
        value = tomllib.loads(data.decode("utf-8-sig"))
    except (files.FileError, ValueError, RecursionError) as error:
        raise BadSettings(f"{visible(path)}: {visible(str(error))}") from error
    if not shared and set(value) != {"tool"}:
        return value
    table = value.get("tool", {}).get("seedlint") if isinstance(value.get("tool", {}), dict) else None
    if table is not None and not isinstance(table, dict):
        raise BadSettings(f"{visible(path)}: tool.seedlint must be a table")
    return table
