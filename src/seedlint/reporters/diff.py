"""What ``--fix`` would change, as a unified diff with hidden characters made visible."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from seedlint.report import FileReport, Report, ReportOptions
from seedlint.visible import visible

MIXES = True


def render(report: Report, options: ReportOptions) -> str:
    """The differences of all files, one after another."""
    lines = [line for file in report.files if file.before != file.after for line in _difference(file)]
    lines += [
        f"# {visible(file.path)}: {file.encoding} would become UTF-8"
        for file in report.files
        if any(one.fix and one.fix.transcode for one in file.applied)
    ]
    lines += [f"# {visible(file.path)}: {visible(file.error or '')}" for file in report.errors]
    return "".join(f"{line}\n" for line in lines)


def _difference(file: FileReport) -> Iterator[str]:
    name = visible(file.path)
    for line in unified_diff(_lines(file.before), _lines(file.after), f"a/{name}", f"b/{name}", lineterm=""):
        yield from map(visible, line.split("\n"))


def _lines(text: str) -> list[str]:
    """The lines of a text, the last one marked where no line end closes it, as `patch` wants it."""
    *lines, last = text.split("\n")
    return [*lines, f"{last}\n\\ No newline at end of file"] if last else lines
