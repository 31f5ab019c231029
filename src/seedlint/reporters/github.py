"""Workflow commands of GitHub Actions: annotations at the lines of a pull request.

Source of the syntax and its escapes: "Workflow commands for GitHub Actions", and
``ActionCommand`` of the runner, which unescapes ``%25 %0D %0A`` in the message and
``%3A %2C`` besides in properties. GitHub shows ten annotations of a severity a step,
so the worst come first and like places of a line make one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.diagnostic import Diagnostic, Severity
from seedlint.report import FileReport, Report, ReportOptions
from seedlint.reporters._change import before_after
from seedlint.visible import visible

MIXES = True
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_LINE_ENDS = {"\r": "%0D", "\n": "%0A"}
_SHOWN = 60  # characters of a text before and after that are shown


def render(report: Report, options: ReportOptions) -> str:
    """A command a line, the worst first; nothing else, so that no text of a file begins a line."""
    lines = [_command("error", file.error or "", file=file.path, title="seedlint") for file in report.errors]
    lines += [_annotation(file, group) for file, group in _groups(report)]
    return "".join(f"{line}\n" for line in lines)


def _groups(report: Report) -> Iterator[tuple[FileReport, list[Diagnostic]]]:
    """The places of one rule in one line together, by severity, then in the order of the report."""
    groups: dict[tuple[int, str, int], tuple[FileReport, list[Diagnostic]]] = {}
    for index, file in enumerate(report.files):
        for one in file.diagnostics:
            assert one.location is not None
            key = (index, one.code, one.location.start.line)
            groups.setdefault(key, (file, []))[1].append(one)
    return iter(sorted(groups.values(), key=lambda group: -group[1][0].severity.rank))


def _annotation(file: FileReport, group: list[Diagnostic]) -> str:
    first = group[0]
    assert first.location is not None
    start, end = first.location.start, first.location.end
    place: dict[str, object] = {"file": file.path, "line": start.line, "endLine": end.line}
    if start.line == end.line:  # the columns of a longer place are refused
        place |= {"col": start.column, "endColumn": max(end.column - 1, start.column)}
    title = f"{first.code} {first.name}"
    return _command(_LEVELS[first.severity], "\n".join(_message(group)), **place, title=title)


def _message(group: list[Diagnostic]) -> Iterator[str]:
    first = group[0]
    more = f" ({len(group)} places in this line)" if len(group) > 1 else ""
    yield first.message + more
    if first.fix and first.fix.edits:
        before, after = (_cut(text.replace("\n", "⏎")) for text in before_after(first))
        yield f"{before} -> {after}" if after else f"remove {before}"
    yield f"Explained by: seedlint rule {first.code}"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _command(level: str, message: str, **properties: object) -> str:
    pairs = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{level} {pairs}::{_data(message)}"


def _data(text: str) -> str:
    """Line ends arrive as they are, every other hidden character by name."""
    parts = re.split("([\r\n])", text.replace("%", "%25"))
    return "".join(_LINE_ENDS.get(part) or visible(part) for part in parts)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
