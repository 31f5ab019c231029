"""The proof at run time: a fault of a rule or of the engine costs a repair, never a text or a run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from seedlint import runner
from seedlint.cli import program
from seedlint.diagnostic import Diagnostic, Edit, Fix, Severity, Span
from seedlint.document import Document
from seedlint.files import Found
from seedlint.fixer import Outcome, repair
from seedlint.linter import RuleFailed
from seedlint.pieces import keeps_the_rest
from seedlint.report import FileReport
from seedlint.rule import Phase, Rule
from seedlint.rules.punctuation import halfwidth_punctuation
from seedlint.runner import Task, run_file
from seedlint.settings import Settings

DAMAGED = "春节,好"


def made(*found: Diagnostic, code: str = "AAA001", phase: Phase = Phase.CHARACTERS) -> Rule:
    """A rule that always finds the same."""

    class Made(Rule):
        """A rule for tests."""

        severity = Severity.ERROR

        def check(self, document: Document) -> Iterator[Diagnostic]:
            yield from found

    made = Made()
    made.code, made.phase = code, phase  # type: ignore[misc]
    return made


def at(span: Span, *edits: Edit, code: str = "AAA001") -> Diagnostic:
    rule = made(code=code)
    return rule.at(span, "found", fix=Fix(edits) if edits else None)


def fails(*_: object) -> Iterator[Diagnostic]:
    raise IndexError("index out of\nrange")
    yield


@pytest.fixture
def failing_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """PUN001 raises on every text that concerns it."""
    monkeypatch.setattr(halfwidth_punctuation.HalfwidthPunctuation, "check", fails)


@pytest.mark.usefixtures("failing_rule")
def test_a_rule_that_raises_costs_one_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, encoding="utf-8")
    (tmp_path / "b.txt").write_text("好\N{ZERO WIDTH SPACE}的", encoding="utf-8")
    options = ["--fix", "--no-cache", "--jobs", "1", "--output-format", "json", str(tmp_path)]
    run = CliRunner().invoke(program, options)
    assert run.exit_code == 2
    report = json.loads(run.stdout)
    (error,) = report["errors"]
    assert error["path"].endswith("a.txt")
    assert "PUN001 halfwidth-punctuation failed: IndexError: index out of;" in error["message"]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == DAMAGED
    assert (tmp_path / "b.txt").read_text(encoding="utf-8") == "好的"


@pytest.mark.usefixtures("failing_rule")
def test_standard_input_comes_out_as_it_came() -> None:
    run = CliRunner().invoke(program, ["--fix", "-"], input=DAMAGED.encode())
    assert run.exit_code == 2
    assert run.stdout_bytes == DAMAGED.encode()
    assert "PUN001 halfwidth-punctuation failed" in run.stderr


def test_a_fault_of_the_program_itself_is_said_and_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object) -> None:
        raise IndexError("\x1b[31m[red]\n\x9b")

    (tmp_path / "a.txt").write_text(DAMAGED, encoding="utf-8")
    monkeypatch.setattr("seedlint.cli.lint._files", faulty)
    run = CliRunner().invoke(program, ["--fix", str(tmp_path)])
    assert run.exit_code == 2
    assert "IndexError: <U+001B>[31m[red]\n<U+009B>" in run.stderr
    assert run.stderr.endswith("please report this fault of seedlint\n")


@pytest.mark.parametrize(
    "found",
    [
        at(Span(0, 9)),
        at(Span(2, 1)),
        at(Span(-1, 1)),
        at(Span(0, 1), Edit(0, 9, "")),
        at(Span(0, 1), Edit(2, 1, "")),
    ],
)
def test_a_place_outside_of_the_text_is_a_fault(found: Diagnostic) -> None:
    with pytest.raises(RuleFailed, match=r"AAA001 .* outside of the text"):
        repair(Document("三个字"), [made(found)])


def test_edits_that_overlap_do_not_meet() -> None:
    class Overlapping(Rule):
        """Finds two places, and would replace one within the other."""

        code, phase, severity = "AAA001", Phase.CHARACTERS, Severity.ERROR

        def check(self, document: Document) -> Iterator[Diagnostic]:
            if document.text == "abc":
                yield self.at(Span(0, 1), "found", fix=Fix((Edit(0, 3, "X"),)))
                yield self.at(Span(1, 2), "found", fix=Fix((Edit(1, 2, "Y"),)))

    outcome = repair(Document("abc"), [Overlapping()])
    assert outcome.text == "X"
    assert len(outcome.applied) == 1


@given(
    st.text(alphabet="ab\udc80中", max_size=12),
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 12), st.text(alphabet="xy中", max_size=3)), max_size=4
    ),
)
def test_the_rest_is_known_from_the_bytes(text: str, raw: list[tuple[int, int, str]]) -> None:
    edits, end = [], 0
    for start, length, replacement in sorted(raw):
        edit = Edit(max(start, end), max(start, end) + length, replacement)
        if edit.end <= len(text):
            edits.append(edit)
            end = edit.end
    after, last = "", 0
    for edit in edits:
        after += text[last : edit.start] + edit.replacement
        last = edit.end
    data = (after + text[last:]).encode("utf-8", "surrogateescape")
    assert keeps_the_rest(text, data, edits, "utf-8")


@pytest.mark.parametrize("after", ["", "ab", "abXcd!", "!abXcd", "aXcd", "abXd", "abXc", "cdXab"])
def test_bytes_that_no_edit_names_are_missed(after: str) -> None:
    assert keeps_the_rest("ab,cd", b"abXcd", [Edit(2, 3, "X")], "utf-8")
    assert not keeps_the_rest("ab,cd", after.encode(), [Edit(2, 3, "X")], "utf-8")


@pytest.mark.parametrize(
    "change", [lambda text: text + "!", lambda text: text[1:], lambda text: text.replace("好", "坏")]
)
def test_a_fault_of_the_fixer_is_found_before_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: object
) -> None:
    assert callable(change)
    real = runner.examine

    def faulty(*args: object) -> Outcome:
        outcome = real(*args)  # type: ignore[arg-type]
        return replace(outcome, text=change(outcome.text))

    path = tmp_path / "a.txt"
    path.write_text(DAMAGED, encoding="utf-8")
    monkeypatch.setattr(runner, "examine", faulty)
    report = run_file(Found(str(path), True), Task(Settings(select=("PUN",)), write=True)).report
    assert isinstance(report, FileReport)
    assert "bytes that no fix names" in (report.error or "")
    assert path.read_text(encoding="utf-8") == DAMAGED


@pytest.mark.parametrize("char", "中\N{GRINNING FACE}\N{FULLWIDTH LATIN SMALL LETTER A}")
def test_what_reads_otherwise_when_read_again_is_repaired_no_more(char: str) -> None:
    """Stray bytes and a last one behind a letter: removing that makes a character of them."""

    class Joins(Rule):
        """Removes an x, and the character where it meets one."""

        code, phase, severity = "AAA001", Phase.CHARACTERS, Severity.ERROR

        def check(self, document: Document) -> Iterator[Diagnostic]:
            for index, one in enumerate(document.text):
                if one in ("x", char):
                    yield self.at(Span(index, index + 1), "found", fix=Fix.remove(Span(index, index + 1)))

    data = char.encode()
    document = Document.from_bytes(b"a" + data[:-1] + b"x" + data[-1:])
    outcome = repair(document, [Joins()])
    again = repair(Document.from_bytes(outcome.data), [Joins()])
    assert again.data == outcome.data
    assert outcome.data == document.data
    assert outcome.broken


def test_what_is_left_is_told_as_it_reads_when_read_again() -> None:
    """A control between the bytes of a character: removing it makes the character whole."""
    document = Document.from_bytes("好\N{HANGUL SYLLABLE GA}x".encode().replace(b"\xea\xb0", b"\xea\x0e\xb0"))
    outcome = repair(document, Settings(select=("UNI",)).rules)
    assert outcome.text == "好\N{HANGUL SYLLABLE GA}x"
    assert not outcome.remaining
