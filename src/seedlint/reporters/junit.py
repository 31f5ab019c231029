"""JUnit XML for test dashboards: a suite a file, a case a diagnostic.

Source of the format: the ``testsuites`` schema that Jenkins' xUnit plugin publishes.
XML 1.0 has no way to write most control characters: they are shown by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from seedlint.diagnostic import Diagnostic
from seedlint.report import FileReport, Report, ReportOptions
from seedlint.reporters._change import before_after
from seedlint.visible import visible


def render(report: Report, options: ReportOptions) -> str:
    """The document: a sound file is one case that passes, an unreadable one an ``error``."""
    failures = sum(len(file.diagnostics) for file in report.files)
    errors = len(report.errors)
    tests = failures + sum(not file.diagnostics for file in report.files)
    head = _open("testsuites", name="seedlint", tests=tests, failures=failures, errors=errors)
    lines = [line for file in report.files for line in _suite(file)]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *lines, "</testsuites>"]) + "\n"


def _suite(file: FileReport) -> Iterator[str]:
    failures, errors = len(file.diagnostics), int(file.error is not None)
    tests = failures or 1
    yield "  " + _open("testsuite", name=file.path, tests=tests, failures=failures, errors=errors, skipped=0)
    if file.error is not None:
        yield from _case(file, "readable", _element("error", file.error, "unreadable", file.error))
    elif not file.diagnostics:
        yield from _case(file, "sound")
    for one in file.diagnostics:
        yield from _case(file, _name(one), _failure(one))
    yield "  </testsuite>"


def _name(one: Diagnostic) -> str:
    assert one.location is not None
    return f"{one.code} {one.name} {one.location.start.line}:{one.location.start.column}"


def _case(file: FileReport, name: str, inside: str = "") -> Iterator[str]:
    yield "    " + _open("testcase", classname=file.path, name=name, file=file.path)
    if inside:
        yield "      " + inside
    yield "    </testcase>"


def _failure(one: Diagnostic) -> str:
    before, after = before_after(one)
    fix = f", {one.fix.safety.value} fix" if one.fix else ", no fix"
    lines = [f"{one.verdict.value}{fix}", f"before: {before}"]
    lines += [f"after: {after}"] if one.fix and one.fix.edits else []
    return _element("failure", one.message, one.severity.value, "\n".join(map(visible, lines)))


def _element(tag: str, message: str, kind: str, text: str) -> str:
    inside = escape("\n".join(map(visible, text.split("\n"))))
    return f"{_open(tag, message=message, type=kind)}{inside}</{tag}>"


def _open(tag: str, **attributes: object) -> str:
    pairs = [f"{key}={quoteattr(visible(str(value)))}" for key, value in attributes.items()]
    return f"<{' '.join([tag, *pairs])}>"
