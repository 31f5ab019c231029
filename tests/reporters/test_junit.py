"""JUnit XML through real parsers."""

from __future__ import annotations

from xml.etree import ElementTree

from junitparser import Error, Failure, JUnitXml

from seedlint.report import Report, ReportOptions
from seedlint.reporters import reporter
from seedlint.visible import visible

from .conftest import HOSTILE


def test_counts_and_kinds(plain: Report) -> None:
    text = reporter("junit")(plain, ReportOptions())
    parsed = JUnitXml.fromstring(text.encode())
    suites = list(parsed)
    assert [suite.name for suite in suites] == ["文/a b.md", "b.md", "c.md", "gone.md"]
    counted = [len(list(suite)) for suite in suites]
    assert counted == [suite.tests for suite in suites] == [5, 1, 1, 1]
    before = (parsed.tests, parsed.failures, parsed.errors)
    parsed.update_statistics()  # type: ignore[no-untyped-call]
    assert before == (parsed.tests, parsed.failures, parsed.errors) == (8, 6, 1)
    results = [[type(result) for case in suite for result in case.result] for suite in suites]
    assert results == [[Failure] * 5, [Failure], [], [Error]]


def test_case_names_are_unique_within_a_suite(plain: Report) -> None:
    parsed = JUnitXml.fromstring(reporter("junit")(plain, ReportOptions()).encode())
    for suite in parsed:
        names = [case.name for case in suite]
        assert len(set(names)) == len(names)


def test_hostile_text_is_text(hostile: Report) -> None:
    root = ElementTree.fromstring(reporter("junit")(hostile, ReportOptions()))
    assert {element.tag for element in root.iter()} == {
        *("testsuites", "testsuite", "testcase", "failure", "error")
    }
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("message") == visible(HOSTILE)
    assert failure.text is not None
    assert f"before: {visible(HOSTILE[:160])}" in failure.text
