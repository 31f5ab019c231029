"""The Code Quality report against the format GitLab documents."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema

from seedlint.report import Report, ReportOptions
from seedlint.reporters import reporter

from .conftest import hostile_file

# Written from "Code Quality report format" in GitLab's documentation: every field it demands.
LINES = {
    "type": "object",
    "required": ["begin"],
    "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer", "minimum": 1}},
}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32,64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {"path": {"type": "string", "pattern": "^[^./]"}, "lines": LINES},
            },
        },
    },
}


def issues(report: Report) -> list[dict[str, Any]]:
    value: list[dict[str, Any]] = json.loads(reporter("gitlab")(report, ReportOptions()))
    jsonschema.validate(value, SCHEMA)
    assert len({issue["fingerprint"] for issue in value}) == len(value)
    return value


def test_a_report_is_valid(plain: Report, hostile: Report) -> None:
    found = issues(plain)
    assert [issue["severity"] for issue in found].count("blocker") == 1
    assert found[1]["location"] == {"path": "文/a b.md", "lines": {"begin": 1, "end": 1}}
    assert len(issues(hostile)) == 3


def test_fingerprints_outlive_a_moved_line(plain: Report) -> None:
    def moved(report: Report) -> Report:
        return replace(report, files=tuple(map(lower, report.files)))

    def lower(file: Any) -> Any:
        return file._replace(diagnostics=tuple(map(shift, file.diagnostics)))

    def shift(one: Any) -> Any:
        start, end = one.location.start, one.location.end
        location = one.location._replace(
            start=start._replace(line=start.line + 7, offset=start.offset + 70),
            end=end._replace(line=end.line + 7, offset=end.offset + 70),
        )
        return replace(one, location=location)

    before, after = issues(plain), issues(moved(plain))
    assert [one["fingerprint"] for one in before] == [one["fingerprint"] for one in after]
    assert before != after


def test_another_file_is_another_issue() -> None:
    here, there = issues(Report((hostile_file("a.md"),))), issues(Report((hostile_file("b.md"),)))
    assert not {one["fingerprint"] for one in here} & {one["fingerprint"] for one in there}
