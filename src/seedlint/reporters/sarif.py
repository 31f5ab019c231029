"""SARIF 2.1.0 (OASIS), for code scanning and review tools: results, their fixes, the rules behind them.

Columns and offsets count code points (``columnKind``). Text of a file stands in
messages and snippets with hidden characters made visible, and raw only in the
replacement of a fix, which a tool applies and nobody reads.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from seedlint import __version__
from seedlint.diagnostic import Diagnostic, Edit, Fix, Location, Position, Severity
from seedlint.report import FileReport, Report, ReportOptions
from seedlint.reporters._fingerprint import named
from seedlint.visible import visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, options: ReportOptions) -> str:
    """One run as JSON, plain ASCII; files that could not be read are notifications of a failed run."""
    run = {
        "tool": {"driver": _driver(report)},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "invocations": [_invocation(report)],
        "artifacts": [_artifact(file) for file in report.files if file.error is None],
        "results": [_result(*place) for place in named(report)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _driver(report: Report) -> dict[str, Any]:
    rules = [_rule(code, name) for code, name in sorted(report.by_rule())]
    return {"name": "seedlint", "version": __version__, "semanticVersion": __version__, "rules": rules}


def _rule(code: str, name: str) -> dict[str, Any]:
    value: dict[str, Any] = {"id": code, "name": name}
    if described := _described(code):
        value |= described
    return value


def _described(code: str) -> dict[str, Any] | None:
    """What the rule's page says; None for a code that is no rule of this version."""
    from seedlint.pages import page, summary
    from seedlint.registry import UnknownRule, find

    try:
        rule = find(code)
    except UnknownRule:
        return None
    text = page(rule)
    return {
        "shortDescription": {"text": _message(summary(rule))},
        "help": {"text": _message(text), "markdown": text},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.phase.name.lower()]},
    }


def _invocation(report: Report) -> dict[str, Any]:
    notifications = [
        {
            "level": "error",
            "message": {"text": _message(f"{file.path}: {file.error}")},
            "locations": [{"physicalLocation": {"artifactLocation": _place(file)}}],
        }
        for file in report.errors
    ]
    return {"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}


def _artifact(file: FileReport) -> dict[str, Any]:
    return {"location": _place(file), "encoding": file.encoding}


def _result(file: FileReport, one: Diagnostic, fingerprint: str) -> dict[str, Any]:
    assert one.location is not None
    region = {**_region(one.location.start, one.location.end), "snippet": _snippet(one.location)}
    value: dict[str, Any] = {
        "ruleId": one.code,
        "level": _LEVELS[one.severity],
        "message": {"text": _message(one.message)},
        "locations": [{"physicalLocation": {"artifactLocation": _place(file), "region": region}}],
        "partialFingerprints": {"seedlint/v1": fingerprint},
        "properties": _properties(one),
    }
    if one.fix and one.fix.edits and _sayable(one.fix):
        value["fixes"] = [_fix(file, one, one.fix)]
    return value


def _place(file: FileReport) -> dict[str, str]:
    """The path as a URI reference: its bytes, percent-encoded, relative to where seedlint ran."""
    path = quote(file.path.replace(os.sep, "/"), safe="/", errors="surrogateescape")
    return {"uri": f"file://{path}" if path.startswith("/") else path}


def _region(start: Position, end: Position) -> dict[str, Any]:
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": start.offset,
        "charLength": end.offset - start.offset,
    }


def _snippet(at: Location) -> dict[str, Any]:
    return {"rendered": {"text": visible(at.excerpt)}}


def _properties(one: Diagnostic) -> dict[str, Any]:
    value: dict[str, Any] = {"verdict": one.verdict.value, "evidence": _plain(one.evidence)}
    if one.fix:
        value["safety"] = one.fix.safety.value
    if one.fix and one.fix.transcode:
        value["transcode"] = {"from": one.fix.transcode.source, "to": one.fix.transcode.target}
    return value


def _sayable(fix: Fix) -> bool:
    """Whether the replacements are Unicode text: a stray byte has no place in a SARIF file."""
    return not any("\ud800" <= char <= "\udfff" for edit in fix.edits for char in edit.replacement)


def _fix(file: FileReport, one: Diagnostic, fix: Fix) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _deleted(one, edit), "insertedContent": {"text": edit.replacement}}
        for edit in sorted(fix.edits)
    ]
    return {
        "description": {"text": f"Repair ({fix.safety.value})"},
        "artifactChanges": [{"artifactLocation": _place(file), "replacements": replacements}],
    }


def _deleted(one: Diagnostic, edit: Edit) -> dict[str, Any]:
    """The region of an edit; by offset alone where its lines are not known from the excerpt."""
    start, end = _position(one, edit.start), _position(one, edit.end)
    if start and end:
        return _region(start, end)
    return {"charOffset": edit.start, "charLength": edit.end - edit.start}


def _position(one: Diagnostic, offset: int) -> Position | None:
    """Line and column of an offset in the place, as far as the excerpt tells."""
    assert one.location is not None
    start, end, text = one.location.start, one.location.end, one.location.excerpt
    inside = offset - start.offset
    if offset == end.offset:
        return end
    if not 0 <= inside <= len(text):
        return None
    lines = text[:inside].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) == 1:
        return Position(start.line, start.column + inside, offset)
    return Position(start.line + len(lines) - 1, len(lines[-1]) + 1, offset)


def _plain(value: Any) -> Any:
    """``value`` as JSON, with every string made visible."""
    if isinstance(value, Mapping):
        return {visible(str(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value if isinstance(value, (int, float, bool, type(None))) else visible(str(value))


def _message(text: str) -> str:
    """A plain text message: braces doubled (section 3.11.5), no embedded link (3.11.6)."""
    text = "\n".join(map(visible, text.split("\n")))
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
