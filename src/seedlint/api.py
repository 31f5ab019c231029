"""The Python interface: texts, bytes and paths in, diagnostics and repairs out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from seedlint.diagnostic import Diagnostic
from seedlint.document import Document
from seedlint.fixer import Outcome, repair
from seedlint.project import Project
from seedlint.report import FileReport
from seedlint.runner import Run, Task, examine
from seedlint.settings import Settings


@dataclass(frozen=True, slots=True)
class FixResult:
    """A repaired text: ``applied`` stand in the text as it was, ``remaining`` in ``text``.

    ``data`` is ``text`` as bytes: in UTF-8 after a transcoding, else in the encoding
    it came in, with every byte that did not decode as it was.
    """

    text: str
    data: bytes
    applied: tuple[Diagnostic, ...]
    remaining: tuple[Diagnostic, ...]

    @classmethod
    def _of(cls, outcome: Outcome) -> FixResult:
        return cls(outcome.text, outcome.data, outcome.applied, outcome.remaining)


def _repair_text(text: str, path: str | None, settings: Settings | None, unsafe: bool = False) -> Outcome:
    settings = settings or Settings()
    document = Document(text, path=path, script=settings.script)
    return repair(document, settings.rules, unsafe=unsafe)


def lint_text(text: str, *, path: str | None = None, settings: Settings | None = None) -> list[Diagnostic]:
    """The damage in ``text``, in order of place. Offsets count characters from 0."""
    return list(_repair_text(text, path, settings).diagnostics)


def fix_text(
    text: str, *, unsafe: bool = False, path: str | None = None, settings: Settings | None = None
) -> FixResult:
    """``text`` with every safe repair made, and with ``unsafe`` the others that have one."""
    return FixResult._of(_repair_text(text, path, settings, unsafe))


def lint_bytes(data: bytes, *, path: str | None = None, settings: Settings | None = None) -> list[Diagnostic]:
    """The damage in the bytes of a file. Offsets count characters of the decoded text from 0."""
    return list(examine(data, Task(settings or Settings()), path).diagnostics)


def fix_bytes(
    data: bytes, *, unsafe: bool = False, path: str | None = None, settings: Settings | None = None
) -> FixResult:
    """The bytes of a file repaired; ``data`` of the result is to be written."""
    return FixResult._of(examine(data, Task(settings or Settings(), unsafe=unsafe), path))


def lint_paths(
    paths: Iterable[str | os.PathLike[str]], *, settings: Settings | None = None
) -> Iterator[FileReport]:
    """A report on every file below ``paths``, in a stable order; unreadable ones say so in ``error``.

    Without ``settings``, the settings files near each file apply, as on the command
    line. Raises seedlint.settings.BadSettings.
    """
    project = Project() if settings is None else None
    names = [os.fspath(path) for path in paths]
    yield from Run.over(names, Task(settings or Settings()), project).reports(jobs=1)
