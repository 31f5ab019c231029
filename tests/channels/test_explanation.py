"""What is said of a misread place, for one line and for the summary of a run."""

from __future__ import annotations

import json

import pytest

from seedlint.channels.channel import Channel
from seedlint.channels.explanation import cause, describe
from seedlint.channels.misreading import misreadings
from seedlint.channels.reading import Reading
from seedlint.document import Document

CP1252 = Channel("utf-8", Reading("cp1252"))


def test_the_cause_says_what_the_reader_needs() -> None:
    (one,) = misreadings(Document("浠婂ぉ澶╂皵寰堝ソ"))
    assert cause(one.found) == "UTF-8 read as GBK; the reader needs encoding='utf-8'"


def test_the_cause_of_two_passes_names_the_first_reader() -> None:
    (one,) = misreadings(Document(CP1252.damage(CP1252.damage("我们讨论了明年的计划"))))
    assert cause(one.found).endswith("; the first reader needs encoding='utf-8'")


@pytest.mark.parametrize("text", ["cafÃ© au lait", "Má»™t láº§n ná»¯a, Rangers", "浠婂ぉ澶╂皵寰堝ソ"])
def test_evidence_is_plain_json(text: str) -> None:
    (one,) = misreadings(Document(text))
    assert json.dumps(describe(one)["evidence"], allow_nan=False)
