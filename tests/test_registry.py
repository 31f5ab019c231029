"""Rules by their outlines: the same rules, and right even where an outline is old."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint import registry
from seedlint.document import UNUSUAL, Document
from seedlint.registry import UnknownRule, all_rules, find, matching, outlines, select
from seedlint.rule import Rule

ROOT = Path(__file__).parents[1]


def test_outlines_say_what_the_rules_say() -> None:
    for outlined, rule in zip(outlines(), all_rules(), strict=True):
        for word in ("code", "phase", "severity", "triggers", "context", "regions"):
            assert getattr(outlined, word) == getattr(rule, word), rule.code
        assert outlined.name() == rule.name()


def test_the_written_outlines_are_up_to_date() -> None:
    written = (ROOT / "src" / "seedlint" / "_outlines.py").read_text(encoding="utf-8")
    command = [sys.executable, "-c", "import build_outlines; print(build_outlines.source(), end='')"]
    made = subprocess.run(command, cwd=ROOT / "tools", capture_output=True, text=True, check=True)
    assert made.stdout == written, "run: make docs"


def test_an_old_outline_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    old = registry.Outline("0" * 16, "OLD001", 1, "info", "", ("", ""), ())
    monkeypatch.setattr(registry, "_time", len)  # every path is longer than that of the outlines
    monkeypatch.setattr(registry, "_known", lambda: {module: old for module, _ in registry.rule_files()})
    fresh = outlines.__wrapped__()
    assert [rule.code for rule in fresh] == [rule.code for rule in all_rules()]


def test_outlined_rules_travel_to_other_processes() -> None:
    rules = select(["PUN"])
    assert pickle.loads(pickle.dumps(rules)) == rules


def test_selecting() -> None:
    assert matching("PUN001") == matching("halfwidth-punctuation") == matching("pun001") == {"PUN001"}
    assert {"PUN001", "PUN004"} <= matching("PUN")
    assert [rule.code for rule in select(["PUN001"], extended=["PUN003"])] == ["PUN001", "PUN003"]
    assert "PUN001" not in [rule.code for rule in select(ignored=["PUN001"])]
    with pytest.raises(UnknownRule, match="did you mean 'halfwidth-punctuation'"):
        matching("half-width-punctuation")
    with pytest.raises(UnknownRule):
        find("")


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_triggers_are_characters_that_a_document_looks_for(rule: Rule) -> None:
    assert all(char in UNUSUAL for char in rule.triggers)


@given(st.text(alphabet='的，。,:;?!()（）《“”"&#x4e2d;\\u%E4=é a\ufffdニｘ', max_size=40))
def test_contexts_are_the_same_together_as_one_by_one(text: str) -> None:
    document = Document(text)
    for outlined, rule in zip(outlines(), all_rules(), strict=True):
        assert outlined.stands_in(document) == rule.stands_in(document), rule.code
