"""JSON, an object a line."""

from __future__ import annotations

import json

from seedlint.report import Report, ReportOptions
from seedlint.reporters import reporter


def test_lines_say_what_the_json_report_says(plain: Report) -> None:
    lines = [json.loads(line) for line in reporter("jsonl")(plain, ReportOptions()).splitlines()]
    whole = json.loads(reporter("json")(plain, ReportOptions()))
    kinds = [line.pop("kind") for line in lines]
    assert kinds == ["diagnostic"] * 6 + ["error", "summary"]
    flat = [
        {"path": file["path"], "encoding": file["encoding"], **one}
        for file in whole["files"]
        for one in file["diagnostics"]
    ]
    assert lines[:6] == flat
    assert lines[6] == whole["errors"][0]
    assert lines[7] == {"version": 1, **whole["summary"]}


def test_hostile_text_stays_on_its_line(hostile: Report) -> None:
    text = reporter("jsonl")(hostile, ReportOptions())
    assert text.isascii()
    assert [json.loads(line)["kind"] for line in text.splitlines()] == [
        *("diagnostic", "diagnostic", "error", "summary")
    ]
