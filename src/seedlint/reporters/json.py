"""The report as JSON, version 1: plain ASCII, so nothing in a file can act on a terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from seedlint.diagnostic import Diagnostic, Edit, Fix, Position
from seedlint.report import FileReport, Report, ReportOptions
from seedlint.visible import escaped

VERSION = 1


def render(report: Report, options: ReportOptions) -> str:
    """One JSON object on lines of its own; offsets count characters of the decoded text."""
    value = {
        "version": VERSION,
        "files": [file_value(file) for file in report.files if file.error is None],
        "errors": [
            {"path": escaped(file.path), "message": escaped(file.error or "")} for file in report.errors
        ],
        "summary": report.summary(),
    }
    return json.dumps(value, indent=2, ensure_ascii=True, default=str) + "\n"


def file_value(file: FileReport) -> dict[str, Any]:
    """One file with its diagnostics, as JSON values."""
    return {
        "path": escaped(file.path),
        "encoding": file.encoding,
        "diagnostics": [diagnostic_value(one) for one in file.diagnostics],
    }


def diagnostic_value(one: Diagnostic) -> dict[str, Any]:
    """One diagnostic as JSON values."""
    assert one.location is not None
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity.value,
        "message": escaped(one.message),
        "verdict": one.verdict.value,
        "start": _position(one.location.start),
        "end": _position(one.location.end),
        "excerpt": escaped(one.location.excerpt),
        "evidence": _plain(one.evidence),
        "fix": None if one.fix is None else _fix(one.fix),
    }


def _position(at: Position) -> dict[str, int]:
    return {"line": at.line, "column": at.column, "offset": at.offset}


def _fix(fix: Fix) -> dict[str, Any]:
    if fix.transcode:
        transcode = {"from": fix.transcode.source, "to": fix.transcode.target}
        return {"safety": fix.safety.value, "transcode": transcode}
    return {"safety": fix.safety.value, "edits": [_edit(edit) for edit in fix.edits]}


def _edit(edit: Edit) -> dict[str, Any]:
    return {"start": edit.start, "end": edit.end, "replacement": escaped(edit.replacement)}


def _plain(value: Any) -> Any:
    """``value`` with lone surrogates escaped wherever a string stands."""
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, Mapping):
        return {_plain(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value
