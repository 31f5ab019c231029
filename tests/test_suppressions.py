"""Comments that allow damage: for a line, a block, a file; the useless ones go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as some

import seedlint
from seedlint.cli import program
from seedlint.document import Document
from seedlint.fixer import repair
from seedlint.settings import Settings

DAMAGED = "春节没过完,就已适配。"
RULES = Settings(select=("PUN", "UNI", "SUP"))
ALL = "<!-- seedlint: allow -->"


def found(text: str, path: str | None = "a.md") -> list[tuple[int, str]]:
    """Line and code of what is reported."""
    diagnostics = seedlint.lint_text(text, path=path, settings=RULES)
    return [(one.location.start.line, one.code) for one in diagnostics if one.location]


def fixed(text: str, path: str = "a.md") -> str:
    return seedlint.fix_text(text, path=path, settings=RULES).text


def test_without_a_comment_it_is_reported() -> None:
    assert found(DAMAGED) == [(1, "PUN001")]


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- seedlint: allow halfwidth-punctuation -->",
        "<!-- seedlint: allow PUN001 -->",
        "<!-- seedlint: allow PUN -- quoted as printed -->",
        "<!-- seedlint: allow pun -->",
        "<!--seedlint:allow PUN-->",
        "<!-- seedlint: allow ALL -->",
    ],
)
def test_a_line_by_name_code_prefix_or_whole(comment: str) -> None:
    assert found(f"{DAMAGED} {comment}\n") == []
    assert found(f"{comment}\n{DAMAGED}\n") == []
    assert found(f"{comment}\n{DAMAGED}\n\n{DAMAGED}\n") == [(4, "PUN001")]


def test_another_rule_is_not_allowed() -> None:
    assert found(f"{DAMAGED}\N{ZERO WIDTH SPACE} <!-- seedlint: allow UNI001 -->") == [(1, "PUN001")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(end: str) -> None:
    assert found(f"{ALL}{end}{DAMAGED}{end}{DAMAGED}{end}") == [(3, "PUN001")]
    assert found(f"# seedlint: allow UNI{end}a: '好\N{ZERO WIDTH SPACE}的'{end}", "a.yml") == []


def test_blank_lines_and_other_comments_may_stand_between() -> None:
    assert found(f"{ALL}\n\n\n{DAMAGED}\n") == []
    both = "<!-- seedlint: allow PUN -->\n<!-- seedlint: allow UNI -->\n"
    assert found(f"{both}{DAMAGED}\N{ZERO WIDTH SPACE}\n") == []


def test_a_block() -> None:
    block = f"<!-- seedlint: allow-start PUN -->\n{DAMAGED}\n\n{DAMAGED}\n<!-- seedlint: allow-end -->"
    text = f"{DAMAGED}\n{block}\n{DAMAGED}"
    assert found(text) == [(1, "PUN001"), (7, "PUN001")]


def test_blocks_inside_blocks() -> None:
    text = (
        "<!-- seedlint: allow-start PUN -->\n<!-- seedlint: allow-start UNI -->\n"
        f"{DAMAGED}\N{ZERO WIDTH SPACE}\n<!-- seedlint: allow-end -->\n{DAMAGED}\N{ZERO WIDTH SPACE}\n"
        "<!-- seedlint: allow-end -->\n"
    )
    assert found(text) == [(5, "UNI001")]


def test_a_file() -> None:
    assert found(f"{DAMAGED}\n\n{DAMAGED}\n<!-- seedlint: allow-file PUN -->\n") == []


@pytest.mark.parametrize(
    ("path", "comment"),
    [
        ("a.py", "# seedlint: allow"),
        ("a.yaml", "# seedlint: allow UNI001 -- made by a tool"),
        ("a.js", "// seedlint: allow"),
        ("a.css", "/* seedlint: allow invisible-character */"),
        ("a.tex", "% seedlint: allow"),
        ("a.rst", ".. seedlint: allow"),
        ("a.sql", "-- seedlint: allow UNI -- of old"),
        ("a.html", "<!-- seedlint: allow -->"),
        ("a.po", "# seedlint: allow"),
        ("a.vtt", "NOTE seedlint: allow"),
        ("a.ASS", "; seedlint: allow"),
        ("-", "<!-- seedlint: allow -->"),
        (None, "<!-- seedlint: allow -->"),
    ],
)
def test_the_comments_of_each_kind_of_file(path: str | None, comment: str) -> None:
    text = "a\N{ZERO WIDTH SPACE}b\n"
    assert found(text, path) == [(1, "UNI001")]
    assert found(f"{comment}\n{text}", path) == []
    assert found(f"{comment}\nx\n{text}", path)[-1] == (3, "UNI001")


@pytest.mark.parametrize("path", ["a.txt", "a.srt", "a.csv"])
def test_text_without_comments_has_none(path: str) -> None:
    """For those there are settings by path."""
    assert (1, "UNI001") in found(f"a\N{ZERO WIDTH SPACE}b {ALL} # seedlint: allow\n", path)


@pytest.mark.parametrize(
    "quoted",
    ["`{}`", "```\n{}\n```", "a {} b".format("`<!-- seedlint: allow-file -->`") + "{}"[:0], "~~~\n{}"],
)
def test_a_comment_quoted_in_code_is_none(quoted: str) -> None:
    text = quoted.replace("{}", "<!-- seedlint: allow-file -->")
    assert found(f"{DAMAGED}\n\n{text}\n") == [(1, "PUN001")]


def test_what_is_allowed_is_not_repaired() -> None:
    text = f"{DAMAGED} <!-- seedlint: allow PUN -->\n\n{DAMAGED}\n"
    assert fixed(text) == text[: -len(DAMAGED) - 1] + DAMAGED.replace(",", "，") + "\n"
    assert seedlint.fix_text(text, path="a.md", settings=RULES).remaining == ()


def test_what_a_rule_of_lower_code_may_not_report_one_of_higher_code_does() -> None:
    text = "零\x9b31m <!-- seedlint: allow UNI004 -->"
    assert found(text, "a.md") == []


def test_a_repair_may_move_the_comment() -> None:
    text = "a\N{ZERO WIDTH SPACE}b\n" * 3 + f"{DAMAGED} <!-- seedlint: allow PUN -->\n"
    assert fixed(text) == "ab\n" * 3 + f"{DAMAGED} <!-- seedlint: allow PUN -->\n"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"好。 {ALL}\n", "好。 " + f"{ALL}\n"),
        ("好。 <!-- seedlint: allow PUN, UNI -->\n", "好。\n"),
        ("<!-- seedlint: allow-file PUN -- why -->\n好。\n", "好。\n"),
        ("好。\n<!-- seedlint: allow PUN -->", "好。\n"),
        ("a\r\n<!-- seedlint: allow PUN -->\r\nb\r\n", "a\r\nb\r\n"),
        (
            f"<!-- seedlint: allow UNI, PUN001 -->\n{DAMAGED}\n",
            f"<!-- seedlint: allow PUN001 -->\n{DAMAGED}\n",
        ),
        (
            "<!-- seedlint: allow-start PUN -->\n好。\n<!-- seedlint: allow-end -->\n好。\n",
            "好。\n好。\n",
        ),
        (
            f"{DAMAGED} <!-- seedlint: allow PUN -->\n<!-- seedlint: allow PUN -->\n",
            f"{DAMAGED} <!-- seedlint: allow PUN -->\n",
        ),
        (
            f"<!-- seedlint: allow-file PUN -->\n{DAMAGED} <!-- seedlint: allow PUN -->\n",
            f"{DAMAGED} <!-- seedlint: allow PUN -->\n",
        ),
    ],
)
def test_a_useless_comment_is_reported_and_removed(text: str, left: str) -> None:
    assert (text == left) == ("SUP001" not in {code for _, code in found(text)})
    assert fixed(text) == left
    assert fixed(left) == left


def test_a_bare_comment_is_judged_only_when_every_rule_ran() -> None:
    assert "SUP001" in [one.code for one in seedlint.lint_text(f"好。 {ALL}\n", path="a.md")]
    assert found(f"好。 {ALL}\n") == []
    assert fixed("好。 <!-- seedlint: allow MOJ -->\n") == "好。 <!-- seedlint: allow MOJ -->\n"


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("<!-- seedlint: alow PUN -->", "alow"),
        ("<!-- seedlint: -->", "empty"),
        ("<!-- seedlint: allow halfwith-punctuation -->", "did you mean 'halfwidth-punctuation'"),
        ("<!-- seedlint: allow-start PUN -->", "no allow-end"),
        ("<!-- seedlint: allow-end -->", "no allow-start"),
    ],
)
def test_what_cannot_be_understood_is_said_and_allows_nothing(comment: str, said: str) -> None:
    text = f"{comment}\n{DAMAGED}\n"
    diagnostics = seedlint.lint_text(text, path="a.md", settings=RULES)
    assert [one.code for one in diagnostics] == ["SUP002", "PUN001"]
    assert said in diagnostics[0].message
    assert fixed(text) == f"{comment}\n{DAMAGED.replace(',', '，')}\n"


def test_nothing_allows_a_comment_to_be_useless() -> None:
    text = "<!-- seedlint: allow-file SUP -->\n<!-- seedlint: alow -->\n"
    assert {code for _, code in found(text)} == {"SUP001", "SUP002"}


def test_an_allowed_mojibake_is_protected_from_later_rules() -> None:
    """What is damaged on purpose must not be made worse."""
    from collections.abc import Iterator

    from seedlint.registry import select
    from seedlint.rule import Diagnostic, Phase, Rule, Severity, Span

    class Odd(Rule):
        """Stands for any rule of mojibake."""

        code, phase, severity = "MOJ999", Phase.MOJIBAKE, Severity.ERROR

        def name(self) -> str:
            return "odd"

        def check(self, document: Document) -> Iterator[Diagnostic]:
            yield self.at(Span(document.text.index(","), document.text.index(",") + 1), "odd")

    document = Document(f"{DAMAGED} <!-- seedlint: allow MOJ -->", path="a.md")
    assert repair(document, [Odd(), *select(["PUN"])]).diagnostics == ()
    assert len(repair(document, select(["PUN"])).diagnostics) == 1


def test_a_hostile_number_of_comments_costs_seconds_not_hours() -> None:
    import time

    text = ("<!-- seedlint: allow-start -->" + "a\N{ZERO WIDTH SPACE}b " * 10 + "\n") * 3000
    start = time.perf_counter()
    assert len(found(text)) >= 3000
    assert time.perf_counter() - start < 60


def test_settings_raise_the_severity_of_a_useless_comment(tmp_path: Path) -> None:
    (tmp_path / "seedlint.toml").write_text("select = ['PUN', 'SUP']\n[severity]\nSUP001 = 'error'\n")
    (tmp_path / "a.md").write_text("好。 <!-- seedlint: allow PUN -->\n", encoding="utf-8")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(program, [*arguments, str(tmp_path)])

    (file,) = json.loads(run("--output-format", "json").stdout)["files"]
    (one,) = file["diagnostics"]
    assert (one["code"], one["severity"]) == ("SUP001", "error")
    assert run("--fix").exit_code == 0
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "好。\n"


_PARTS = some.sampled_from(
    [DAMAGED, "\n", "\n\n", "\r\n", " ", "`", "a\N{ZERO WIDTH SPACE}b", "“a“", "(中)", ALL]
    + [
        f"<!-- seedlint: {one} -->"
        for one in ("allow PUN", "allow-file UNI", "allow-start", "allow-end", "alow")
    ]
    + ["<!-- seedlint: allow-start PUN, UNI001 -->", "<!-- seedlint: allow PUN001, no-such-rule -- why -->"]
)


@settings(max_examples=200, deadline=None)
@given(some.lists(_PARTS, max_size=14).map("".join))
def test_a_second_repair_changes_nothing_and_a_lint_says_what_is_left(text: str) -> None:
    once = seedlint.fix_text(text, path="a.md", settings=RULES)
    assert fixed(once.text) == once.text
    again = seedlint.lint_text(once.text, path="a.md", settings=RULES)
    assert [(one.code, one.span) for one in once.remaining] == [(one.code, one.span) for one in again]
