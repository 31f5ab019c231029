"""One line a diagnostic: ``path:line:column: code name message``."""

from __future__ import annotations

from seedlint.diagnostic import Diagnostic
from seedlint.report import FileReport, Report, ReportOptions
from seedlint.reporters._summary import closing
from seedlint.visible import visible

MIXES = True


def render(report: Report, options: ReportOptions) -> str:
    """The lines, then a summary unless quiet."""
    lines = [] if options.statistics else [_line(file, one) for file, one in report.diagnostics]
    lines += [f"{visible(file.path)}: error: {visible(file.error or '')}" for file in report.errors]
    return "".join(f"{line}\n" for line in [*lines, *closing(report, options)])


def _line(file: FileReport, one: Diagnostic) -> str:
    assert one.location is not None
    start = one.location.start
    fixable = "" if one.fix is None else " [*]" if one.fix.safe else " [-]"
    place = f"{visible(file.path)}:{start.line}:{start.column}"
    return f"{place}: {one.code} {one.name} {visible(one.message)}{fixable}"
