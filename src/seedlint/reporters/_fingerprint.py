"""Names a place so that the name outlives moved lines: for consumers that compare two runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from seedlint.diagnostic import Diagnostic
from seedlint.report import FileReport, Report
from seedlint.visible import escaped

_NEAR = 12  # characters on either side that belong to the name


def named(report: Report) -> Iterator[tuple[FileReport, Diagnostic, str]]:
    """Every diagnostic with its fingerprint, 64 hexadecimal digits, each once in the report."""
    seen: Counter[str] = Counter()
    for file, one in report.diagnostics:
        place = f"{file.path}\0{one.code}\0{_text(one)}"
        seen[place] += 1
        yield file, one, _digest(f"{place}\0{seen[place]}")


def fault(file: FileReport) -> str:
    """The fingerprint of a file that could not be read or written."""
    return _digest(f"{file.path}\0{file.error}")


def _text(one: Diagnostic) -> str:
    """The damaged text and what stands near it, without its place."""
    assert one.location is not None
    at, length = one.location.indent, len(one.location.excerpt)
    return one.location.excerpt + "\0" + one.location.context[max(at - _NEAR, 0) : at + length + _NEAR]


def _digest(text: str) -> str:
    return sha256(escaped(text).encode()).hexdigest()
