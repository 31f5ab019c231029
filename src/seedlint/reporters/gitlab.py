"""The Code Quality report of GitLab: a JSON array, shown in merge requests.

Source of the format: "Code Quality report format" in GitLab's documentation
(description, check_name, fingerprint, severity, location.path, location.lines.begin).
"""

from __future__ import annotations

import json
import os
from typing import Any

from seedlint.diagnostic import Diagnostic, Severity
from seedlint.report import FileReport, Report, ReportOptions
from seedlint.reporters._fingerprint import fault, named
from seedlint.visible import visible

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, options: ReportOptions) -> str:
    """The array, plain ASCII; a file that could not be read is a ``blocker``."""
    issues = [_fault(file) for file in report.errors]
    issues += [_issue(file, one, fingerprint) for file, one, fingerprint in named(report)]
    return json.dumps(issues, indent=2, ensure_ascii=True) + "\n"


def _fault(file: FileReport) -> dict[str, Any]:
    return {
        "description": visible(f"not checked: {file.error}"),
        "check_name": "unreadable-file",
        "fingerprint": fault(file),
        "severity": "blocker",
        "location": {"path": _path(file), "lines": {"begin": 1}},
    }


def _issue(file: FileReport, one: Diagnostic, fingerprint: str) -> dict[str, Any]:
    assert one.location is not None
    lines = {"begin": one.location.start.line, "end": one.location.end.line}
    return {
        "description": visible(f"{one.code} {one.name}: {one.message}"),
        "check_name": one.name,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[one.severity],
        "location": {"path": _path(file), "lines": lines},
    }


def _path(file: FileReport) -> str:
    return visible(file.path.replace(os.sep, "/"))
