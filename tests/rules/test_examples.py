"""The examples of a rule, in its file and in its fixture, are its tests."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedlint.diagnostic import Edit, Span
from seedlint.document import Document
from seedlint.fixer import Outcome, repair
from seedlint.registry import all_rules
from seedlint.rule import Example, Rule

FIXTURES = Path(__file__).parents[2] / "fixtures" / "rules"
FAMILIES = {
    "ENC": "encoding",
    "MOJ": "mojibake",
    "UNI": "characters",
    "SCR": "scripts",
    "WEB": "chrome",
    "PUN": "punctuation",
    "SUP": "suppressions",
}


def fixture_path(rule: Rule) -> Path:
    return FIXTURES / FAMILIES[rule.code[:3]] / (type(rule).__module__.rpartition(".")[2] + ".toml")


def fixture(rule: Rule) -> dict[str, list[dict[str, str]]]:
    path = fixture_path(rule)
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def examples(rule: Rule) -> Iterator[Example]:
    """A fixture row is ``text`` (or ``hex``: bytes) with ``repaired`` and ``suggested``."""
    yield from rule.damaged
    for row in fixture(rule).get("damaged", []):
        text = bytes.fromhex(row["hex"]) if "hex" in row else row["text"]
        yield Example(text, row.get("repaired"), row.get("suggested"))


def sound(rule: Rule) -> Iterator[str]:
    yield from rule.sound
    for row in fixture(rule).get("sound", []):
        yield row["text"]


def run(rule: Rule, text: str | bytes, *, unsafe: bool = False) -> Outcome:
    document = Document.from_bytes(text) if isinstance(text, bytes) else Document(text)
    document.template = getattr(rule, "template", None)
    return repair(document, [rule], unsafe=unsafe)


DAMAGED = [pytest.param(r, e, id=f"{r.code}-{n}") for r in all_rules() for n, e in enumerate(examples(r))]
SOUND = [pytest.param(r, t, id=f"{r.code}-{n}") for r in all_rules() for n, t in enumerate(sound(r))]


@pytest.mark.parametrize(("rule", "example"), DAMAGED)
def test_damage_is_found_and_repaired(rule: Rule, example: Example) -> None:
    safe = run(rule, example.text)
    assert [one.code for one in safe.diagnostics], "nothing was found"
    before = safe.document.text
    assert safe.text == (example.repaired if example.repaired is not None else before)
    unsafe = run(rule, example.text, unsafe=True)
    assert unsafe.text == (example.suggested if example.suggested is not None else safe.text)


@pytest.mark.parametrize(("rule", "example"), DAMAGED)
def test_the_laws_hold(rule: Rule, example: Example) -> None:
    for unsafe in (False, True):
        outcome = run(rule, example.text, unsafe=unsafe)
        assert not outcome.broken
        again = run(rule, outcome.text, unsafe=unsafe)
        assert again.text == outcome.text
        assert not again.applied


def _inside(edit: Edit, span: Span, text: str) -> bool:
    """Whether an edit stays in its span; lines that go may take the blank lines around them along."""
    before, behind = text[edit.start : span.start], text[span.end : edit.end]
    return edit.start <= edit.end and not before.strip() and not behind.strip()


@pytest.mark.parametrize(("rule", "example"), DAMAGED)
def test_edits_lie_inside_their_span_and_apart(rule: Rule, example: Example) -> None:
    document = run(rule, example.text).document
    for one in rule.check(document):
        edits = sorted(one.fix.edits) if one.fix else []
        assert all(_inside(edit, one.span, document.text) for edit in edits)
        assert all(left.end <= right.start for left, right in itertools.pairwise(edits))
        assert rule.concerns(document), "found, but the trigger would have kept the rule from running"


@pytest.mark.parametrize(("rule", "text"), SOUND)
def test_sound_text_is_left_alone(rule: Rule, text: str) -> None:
    assert not run(rule, text, unsafe=True).diagnostics


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_file_class_code_and_page_agree(rule: Rule) -> None:
    words = re.findall("[A-Z][a-z0-9]*", type(rule).__name__)
    assert "-".join(words).lower() == rule.name()
    assert FAMILIES[rule.code[:3]] == type(rule).__module__.split(".")[2]
    assert rule.__doc__
    assert rule.damaged
    assert rule.sound
    assert sum(other.code == rule.code for other in all_rules()) == 1


def test_every_fixture_belongs_to_a_rule() -> None:
    assert set(FIXTURES.rglob("*.toml")) <= {fixture_path(rule) for rule in all_rules()}
