"""The chrome of the four seeds: every line in its class, nothing of title, byline, body, captions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from seedlint.document import Document
from seedlint.fixer import repair
from seedlint.registry import find
from seedlint.rule import Diagnostic, Rule

SEEDS = Path(__file__).parents[2] / "seeds"
NAMES = (
    "navigation",
    "call-to-action",
    "related-links",
    "page-counter",
    "credit-line",
    "legal-notice",
    "end-marker",
    "repeated-boilerplate",
)
_READING = re.compile(r"\([a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")


def rules() -> list[Rule]:
    return [find(name) for name in NAMES]


def seed(number: str) -> str:
    """A seed as the chrome rules read it: annotations are gone by then."""
    (path,) = SEEDS.glob(f"{number}_*.txt")
    text = path.read_bytes().decode("utf-8")
    return _READING.sub("", text) if number == "001" else text


def found(number: str) -> list[Diagnostic]:
    return list(repair(Document(seed(number)), rules()).diagnostics)


def classes(number: str) -> list[tuple[str, bool | None]]:
    return [(one.name, one.fix.safe if one.fix else None) for one in found(number)]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("002", [("credit-line", False), ("credit-line", False), ("legal-notice", False)]),
        ("003", [("credit-line", False)]),
        (
            "001",
            [("navigation", True), ("page-counter", True), ("call-to-action", True), ("related-links", True)],
        ),
    ],
)
def test_the_chrome_of_a_seed(number: str, expected: list[tuple[str, bool]]) -> None:
    assert classes(number) == expected


def test_the_marker_goes_and_images_and_the_link_stay() -> None:
    assert [one for one in classes("000") if one[1] is not None] == [("end-marker", True)]
    told = [one for one in found("000") if one.fix is None]
    assert {one.name for one in told} == {"end-marker", "credit-line"}
    assert {one.severity for one in told} == {"info"}
    before, after = seed("000"), repair(Document(seed("000")), rules()).text
    assert after == before.replace("— 完 —\n\n", "")


def test_head_and_tail_of_the_copy_go_and_nothing_else() -> None:
    lines = seed("001").split("\n")
    title, byline = lines.index("DeepSeek無問西東!先行者早已趟平全國產之路"), 16
    kept = repair(Document(seed("001")), rules()).text
    assert kept.startswith(lines[title] + "\n\n" + lines[byline])
    assert kept == "\n".join([lines[title], "", *lines[byline:-2]])


def test_credit_and_legal_lines_go_only_when_asked() -> None:
    for number in ("002", "003"):
        assert repair(Document(seed(number)), rules()).text == seed(number)
    left = repair(Document(seed("003")), rules(), unsafe=True).text
    assert "責編" not in left
    assert left.endswith("技術都只是手段,真正發揮價值的還在於應用。")


def test_a_second_run_changes_nothing() -> None:
    for number in ("000", "001", "002", "003"):
        for unsafe in (False, True):
            once = repair(Document(seed(number)), rules(), unsafe=unsafe)
            again = repair(Document(once.text), rules(), unsafe=unsafe)
            assert not once.broken
            assert again.text == once.text


@pytest.mark.parametrize("name", NAMES[:7])
def test_every_report_says_what_counted(name: str) -> None:
    rule = find(name)
    for example in rule.damaged:
        assert isinstance(example.text, str)
        for one in rule.check(Document(example.text)):
            assert one.evidence["lines"]
