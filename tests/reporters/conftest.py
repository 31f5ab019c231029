"""Reports whose every text is hostile: nothing of it may act on what reads the report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from seedlint.diagnostic import Diagnostic, Edit, Fix, Safety, Severity, Span, Transcode, Verdict
from seedlint.document import Document
from seedlint.report import FileReport, Report

ESCAPE = "\x1b[31m\x1b]0;owned\x07"
BIDI = "\N{RIGHT-TO-LEFT OVERRIDE}txt.exe\N{POP DIRECTIONAL FORMATTING}"
HOSTILE = (
    f"{ESCAPE}</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    f"]]>&amp;&#27;%0A%25::error::a,b:c##[set-output name=x]y\n::stop-commands::x\r\n{BIDI}"
    "\x00\x08\x85\N{ZERO WIDTH SPACE}\N{LINE SEPARATOR}\udcff\ufffe\uffff\U000e0041{0}[click](https://evil)é"
)
PATH = f"docs/{HOSTILE.replace(chr(0), '')}.md"


def located(text: str, *found: Diagnostic) -> Iterator[Diagnostic]:
    from dataclasses import replace

    document = Document(text)
    return (replace(one, location=document.locate(one.span)) for one in found)


def diagnostic(
    span: Span, message: str = "half-width , in Chinese text", fix: Fix | None = None, **changes: object
) -> Diagnostic:
    values: dict[str, object] = {
        "code": "PUN001",
        "name": "halfwidth-punctuation",
        "severity": Severity.INFO,
        "verdict": Verdict.RESTORABLE if fix else Verdict.AMBIGUOUS,
        "evidence": {},
    }
    return Diagnostic(message=message, span=span, fix=fix, **(values | changes))  # type: ignore[arg-type]


def hostile_file(path: str = PATH, hostile: str = HOSTILE) -> FileReport:
    text = f"第一行\n{hostile}\n末行,好"
    start = text.index(hostile)
    whole = Span(start, start + len(hostile))
    comma = Span(text.index(",好"), text.index(",好") + 1)
    found = located(
        text,
        diagnostic(
            whole,
            hostile,
            Fix((Edit(*whole, hostile[::-1].replace("\udcff", "")),), Safety.UNSAFE),
            severity=Severity.ERROR,
            evidence={"cause": hostile, "candidates": [hostile], hostile: {"n": 1.5}},
        ),
        diagnostic(comma, fix=Fix.replace(comma, "，")),
    )
    return FileReport(path, diagnostics=tuple(found), size=len(text))


@pytest.fixture
def hostile() -> Report:
    return Report((hostile_file(), FileReport("sound.md"), FileReport(HOSTILE, error=HOSTILE)))


@pytest.fixture
def plain() -> Report:
    text = "甲,乙,丙\n丁,戊\n"
    commas = [Span(at, at + 1) for at, char in enumerate(text) if char == ","]
    found = located(
        text,
        *(diagnostic(span, fix=Fix.replace(span, "，")) for span in commas),
        diagnostic(Span(0, 1), "an error", severity=Severity.ERROR, code="MOJ003", name="byte-slip"),
        diagnostic(
            Span(8, 9), "a warning", severity=Severity.WARNING, code="UNI001", name="invisible-character"
        ),
    )
    transcoded = diagnostic(
        Span(0, 0),
        "the file is gb18030, not utf-8",
        Fix(transcode=Transcode("gb18030", "utf-8")),
        severity=Severity.ERROR,
        code="ENC001",
        name="not-utf8",
    )
    return Report(
        (
            FileReport("文/a b.md", diagnostics=tuple(sorted(found, key=lambda one: one.span)), size=9),
            FileReport("b.md", encoding="gb18030", diagnostics=tuple(located("甲", transcoded)), size=1),
            FileReport("c.md", size=3),
            FileReport("gone.md", error="no such file or directory"),
        ),
        skipped=2,
    )
