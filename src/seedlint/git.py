"""git: which files have changed since a revision, and what was in them then."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

# What a hook inherits about the commit in the making; the checkout is found by its folder.
_INHERITED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_REGULAR = ("100644", "100755")
_PLAIN = "--no-relative --no-ext-diff --no-textconv --ignore-submodules=all"
_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


class GitError(Exception):
    """git is not there, or cannot answer; the message says what to do about it."""


class Blob(NamedTuple):
    """A file as it was: the object that held it and its path from the root, with ``/``."""

    id: str
    path: str


def _git(folder: str, *arguments: str) -> bytes:
    """What git prints; raises GitError with what it says."""
    environment = {name: value for name, value in os.environ.items() if name not in _INHERITED}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-c", "core.fsmonitor=false", *arguments]
    try:
        run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    except FileNotFoundError as error:
        missing = "git is not installed" if os.path.isdir(folder) else f"{folder!a} is not there"
        raise GitError(missing) from error
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror}") from error
    if run.returncode:
        said = run.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise GitError(said.partition("\n")[0] or f"git {arguments[0]} failed")
    return run.stdout


def top(folder: str) -> str:
    """The root of the checkout around ``folder``; raises GitError."""
    up = os.fsdecode(_git(folder, "rev-parse", "--show-cdup")).rstrip("\n")
    return os.path.normpath(os.path.join(folder, up))


def merge_base(folder: str, revision: str) -> str:
    """The commit at which ``revision`` and the present part; raises GitError."""
    commit = _commit(folder, revision)
    _commit(folder, "HEAD")
    try:
        return _git(folder, "merge-base", commit, "HEAD").decode().strip()
    except GitError as error:
        if not _is_shallow(folder):
            raise GitError(f"{revision!a} and HEAD have no commit in common") from error
        raise GitError(
            f"this shallow clone does not reach back to where {revision!a} and HEAD part; "
            "run: git fetch --unshallow (in GitHub's checkout: fetch-depth: 0)"
        ) from error


def _commit(folder: str, revision: str) -> str:
    try:
        name = f"{revision}^{{commit}}"
        return _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()
    except GitError as error:
        if _is_shallow(folder):
            raise GitError(
                f"this shallow clone does not have {revision!a}; run: {_fetch(revision)} "
                "(in GitHub's checkout: fetch-depth: 0)"
            ) from error
        raise GitError(f"there is no revision {revision!a}") from error


def _fetch(revision: str) -> str:
    """The command that makes a revision known to a shallow clone of one branch."""
    remote, slash, branch = revision.partition("/")
    if not slash or not revision.replace("/", "").replace("-", "").replace(".", "").isalnum():
        return "git fetch --unshallow"
    return f"git fetch --unshallow {remote} +refs/heads/{branch}:refs/remotes/{revision}"


def _is_shallow(folder: str) -> bool:
    return _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


@dataclass
class Since:
    """What has changed in a checkout since a commit, files not yet added included.

    ``before`` has, for every changed path that was there, maybe under another name,
    what was in it; ``removed`` the files that are there no more.
    """

    top: str
    commit: str
    changed: set[str] = field(default_factory=set)
    before: dict[str, Blob] = field(default_factory=dict)
    removed: list[Blob] = field(default_factory=list)

    @classmethod
    def revision(cls, revision: str, folder: str) -> Since:
        """What has changed since the present and ``revision`` parted; raises GitError."""
        root = top(folder)
        since = cls(root, merge_base(root, revision))
        for row in _rows(root, since.commit):
            since._add(*row)
        return since

    def _add(self, mode: str, blob: str, status: str, old: str, new: str) -> None:
        if status == "D":
            self.removed += [Blob(blob, old)] * (mode in _REGULAR)
            return
        self.changed.add(new)
        if mode in _REGULAR and status != "U":
            self.before[new] = Blob(blob, old)

    @cached_property
    def tracked(self) -> frozenset[str]:
        """The paths that git knows."""
        names = _git(self.top, "ls-files", "-z", "--full-name").split(b"\0")
        return frozenset(map(os.fsdecode, names))

    def touched(self, path: str) -> bool:
        """Whether a file, by its path from the root, may differ from what it was."""
        return path in self.changed or path not in self.tracked

    def blob(self, path: str) -> Blob | None:
        """What was in a file, by its path from the root; None where it was not there."""
        if path in self.changed or path not in self.tracked:
            return self.before.get(path)
        return Blob(f"{self.commit}:{path}", path)

    def added(self, path: str) -> set[int]:
        """The numbers, from 1, of the lines of a changed file that were not in it."""
        if path not in self.before:
            return set()
        options = f"-U0 -M --no-color {_PLAIN}"
        paths = {self.before[path].path, path}
        shown = _git(self.top, "--literal-pathspecs", "diff", *options.split(), self.commit, "--", *paths)
        hunks = [(int(start), int(count or 1)) for start, count in _HUNK.findall(shown)]
        return {line for start, count in hunks for line in range(start, start + count)}

    def content(self, blob: Blob) -> bytes:
        """The bytes that a checkout would write for a file as it was; raises GitError."""
        return _git(self.top, "cat-file", "--filters", f"--path={blob.path}", blob.id)


def _rows(root: str, commit: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Old mode, old object, status letter, old and new path of every change."""
    options = f"--raw -z --no-abbrev -M {_PLAIN}"
    fields = iter(_git(root, "diff", *options.split(), commit, "--").split(b"\0")[:-1])
    for head in fields:
        mode, _, blob, _, status = head.decode().removeprefix(":").split(" ")
        old = os.fsdecode(next(fields))
        new = os.fsdecode(next(fields)) if status[0] in "RC" else old
        yield mode, blob, status[0], old, new
