"""One JSON object a line, plain ASCII: diagnostics, then files that could not be read, then the summary."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from seedlint.report import Report, ReportOptions
from seedlint.reporters.json import VERSION, diagnostic_value
from seedlint.visible import escaped


def render(report: Report, options: ReportOptions) -> str:
    """Lines whose ``kind`` is ``diagnostic``, ``error`` or ``summary``; keys as in the JSON report."""
    return "".join(json.dumps(value, ensure_ascii=True, default=str) + "\n" for value in _values(report))


def _values(report: Report) -> Iterator[dict[str, Any]]:
    for file, one in report.diagnostics:
        place = {"path": escaped(file.path), "encoding": file.encoding}
        yield {"kind": "diagnostic", **place, **diagnostic_value(one)}
    for file in report.errors:
        yield {"kind": "error", "path": escaped(file.path), "message": escaped(file.error or "")}
    yield {"kind": "summary", "version": VERSION, **report.summary()}
