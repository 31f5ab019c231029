"""SARIF against the schema of OASIS; its fixes, applied by another hand, give the repaired text."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from seedlint.api import fix_text
from seedlint.document import Document
from seedlint.report import FileReport, Report, ReportOptions
from seedlint.reporters import reporter
from seedlint.settings import Settings

ROOT = Path(__file__).parents[2]
TEXT = "春节没过完,就已适配。\r\n他说”好”,走了。\r最后,\N{ZERO WIDTH SPACE}完\n😀甲,乙"


@cache
def validator() -> jsonschema.Draft4Validator:
    schema = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_bytes())
    jsonschema.Draft4Validator.check_schema(schema)
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


def run(report: Report) -> dict[str, Any]:
    text = reporter("sarif")(report, ReportOptions())
    assert text.isascii()
    value = json.loads(text)
    validator().validate(value)
    (only,) = value["runs"]
    assert isinstance(only, dict)
    return only


def linted(text: str, path: str = "a.md") -> Report:
    from seedlint.runner import Task, examine, report_on

    task = Task(Settings())
    return Report((report_on(examine(text.encode(), task, path), task, path),))


def test_a_report_is_valid(plain: Report, hostile: Report) -> None:
    assert [one["level"] for one in run(plain)["results"]] == [
        "error",
        "note",
        "note",
        "note",
        "warning",
        "error",
    ]
    assert len(run(hostile)["results"]) == 2
    assert run(Report(()))["results"] == []


def test_the_validator_refuses_what_is_wrong(plain: Report) -> None:
    value = json.loads(reporter("sarif")(plain, ReportOptions()))
    value["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    with pytest.raises(jsonschema.ValidationError):
        validator().validate(value)


def test_an_unreadable_file_makes_the_run_a_failure(plain: Report) -> None:
    (invocation,) = run(plain)["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "gone.md: no such file or directory"
    assert run(linted("好。"))["invocations"][0]["executionSuccessful"] is True


def test_uris_are_the_bytes_of_the_path() -> None:
    def uri(path: str) -> str:
        return str(run(Report((FileReport(path),)))["artifacts"][0]["location"]["uri"])

    assert uri("文/a b.md") == "%E6%96%87/a%20b.md"
    assert uri("caf\udce9:%.md") == "caf%E9%3A%25.md"
    assert uri("/abs/x.md") == "file:///abs/x.md"


def test_messages_hold_no_link_and_no_placeholder(hostile: Report) -> None:
    text = run(hostile)["results"][0]["message"]["text"]
    assert "](" not in text
    assert "{{0}}" in text


def offset(lines: list[str], line: int, column: int) -> int:
    return sum(map(len, lines[: line - 1])) + column - 1


def apply(text: str, results: list[dict[str, Any]], *, by_lines: bool) -> str:
    """Apply every fix as a review tool would: by line and column, or by offset."""
    lines = [text[a:b] for a, b in line_spans(text)]
    edits = []
    for fix in (fix for result in results for fix in result.get("fixes", [])):
        for replacement in fix["artifactChanges"][0]["replacements"]:
            region, new = replacement["deletedRegion"], replacement["insertedContent"]["text"]
            start, end = region["charOffset"], region["charOffset"] + region["charLength"]
            if by_lines:
                start = offset(lines, region["startLine"], region["startColumn"])
                end = offset(lines, region["endLine"], region["endColumn"])
            edits.append((start, end, new))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def line_spans(text: str) -> list[tuple[int, int]]:
    starts = Document(text).line_starts
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


@pytest.mark.parametrize("by_lines", [True, False])
def test_the_fixes_give_the_repaired_text(by_lines: bool) -> None:
    repaired = fix_text(TEXT, unsafe=True)
    assert repaired.text != TEXT
    assert apply(TEXT, run(linted(TEXT))["results"], by_lines=by_lines) == repaired.text


@pytest.mark.parametrize("seed", sorted((ROOT / "seeds").glob("*.txt")), ids=lambda path: path.name[:3])
def test_the_seeds(seed: Path) -> None:
    found = run(linted(seed.read_bytes().decode(), f"seeds/{seed.name}"))
    assert found["results"]
    assert {one["ruleId"] for one in found["results"]} == {
        rule["id"] for rule in found["tool"]["driver"]["rules"]
    }
    names = [one["partialFingerprints"]["seedlint/v1"] for one in found["results"]]
    assert len(set(names)) == len(names)
