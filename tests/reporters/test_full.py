"""The report for a terminal: what stands under what, and how wide."""

from __future__ import annotations

from itertools import takewhile

from rich.cells import cell_len

from seedlint.diagnostic import Diagnostic, Fix, Span
from seedlint.report import FileReport, Report, ReportOptions
from seedlint.reporters import reporter

from .conftest import diagnostic, located


def lines(text: str, *found: Diagnostic, width: int = 60, verbose: bool = False) -> list[str]:
    file = FileReport("a.md", diagnostics=tuple(located(text, *found)), size=len(text))
    return reporter("full")(Report((file,)), ReportOptions(width=width, verbose=verbose)).split("\n")


def test_the_caret_stands_under_the_right_cells() -> None:
    text = "ab国产\t模型\N{ZERO WIDTH SPACE},好"
    span = Span(text.index(","), text.index(",") + 1)
    _, source, caret, *_ = lines(text, diagnostic(span, fix=Fix.replace(span, "，")), width=100)
    assert source == "1 | ab国产 模型<U+200B>,好"
    assert caret.strip(" |") == "^"
    assert cell_len(caret[: caret.index("^")]) == cell_len(source[: source.index(",")])


def test_a_wide_place_has_a_caret_as_wide() -> None:
    _, source, caret, *_ = lines("一二三四", diagnostic(Span(1, 3)))
    assert source == "1 | 一二三四"
    assert caret == "  |   ^^^^"


def test_notes_are_wrapped_and_long_ones_cut_unless_verbose() -> None:
    one = diagnostic(Span(0, 2), evidence={"candidates": ["证据" * 100]})
    short, whole = lines("一二三四", one), lines("一二三四", one, verbose=True)
    assert sum("证据" in line for line in short) == 2
    assert "".join(map(str.strip, whole)).count("证据") == 100
    notes = [*takewhile(bool, short[1:]), *takewhile(bool, whole[1:])]
    assert len(notes) > 10
    assert all(cell_len(line) <= 60 for line in notes)


def test_a_change_of_spaces_can_be_seen() -> None:
    text, span = "一\N{NO-BREAK SPACE}二", Span(1, 2)
    assert "  = fix: <U+00A0> -> \N{OPEN BOX}" in lines(text, diagnostic(span, fix=Fix.replace(span, " ")))


def test_many_like_places_are_one_group_unless_verbose() -> None:
    text = "甲,乙," * 5
    found = [diagnostic(Span(at, at + 1)) for at, char in enumerate(text) if char == ","]
    assert sum("PUN001 halfwidth-punctuation [info]" in line for line in lines(text, *found)) == 1
    assert any("in all: 10 places, first at 1:2, then 1:4" in line for line in lines(text, *found))
    assert sum("[info]" in line for line in lines(text, *found, verbose=True)) == 10
