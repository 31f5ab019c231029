"""The tables behind the rules on scripts."""

from __future__ import annotations

import pytest

from seedlint.document import Document
from seedlint.language.conversion import choose
from seedlint.language.script import Script, evidence, weigh
from seedlint.language.script_homoglyphs import lookalike
from seedlint.language.script_ideographs import equivalents
from seedlint.language.script_standards import Standard, canonical, standard_of
from seedlint.language.script_tables import characters, classes, owners, windows


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("这是简体中文。", Script.SIMPLIFIED),
        ("這是繁體中文。", Script.TRADITIONAL),
        ("山水人口", None),
        ("日本語の学校", None),
        ("他的後背被汗水湿透了。", Script.TRADITIONAL),
    ],
)
def test_a_script_is_told_by_its_common_characters(text: str, script: Script | None) -> None:
    assert document_script(text) is script


def document_script(text: str) -> Script | None:
    return evidence(Document(text)).script


def test_evidence_counts_both_scripts() -> None:
    found = weigh("這個问题")
    assert {found.own.number, found.other.number} == {2}


@pytest.mark.parametrize(
    ("text", "place", "form"),
    [
        ("皇_和公主", "后", "后"),
        ("在他背_的牆", "后", "後"),
        ("二十公_外", "里", "里"),
        ("在房間_面", "里", "裏"),
        ("很_雜的問題", "复", "複"),
        ("_興中華文化", "复", "復"),
        ("他的頭_白了", "发", "髮"),
        ("人_亦云", "云", "云"),
        ("_淨的衣服", "干", "乾"),
        ("新的_部", "干", "幹"),
        ("_造廠", "制", "製"),
        ("一碗牛肉_", "面", "麪"),
    ],
)
def test_context_chooses_the_form(text: str, place: str, form: str) -> None:
    at = text.index("_")
    assert choose(text.replace("_", place), place, at).forms[0] == form


def test_a_word_that_is_not_there_is_known_for_a_seam() -> None:
    choice = choose("位並回答覆雜問題", "复", 4)
    assert choice.forms[0] == "複" and "覆" in choice.seam


def test_every_class_has_forms_and_every_form_an_owner() -> None:
    for short in classes():
        table = windows(short)
        assert len(table.forms) == len(table.prior) == len(table.unknown) > 1
        assert any(owner == (short, form) for form in table.forms for owner in [owners().get(form)])


def test_no_character_is_of_both_scripts() -> None:
    table = characters()
    assert not table.simplified.keys() & table.traditional.keys()
    assert not {"后", "里", "云", "乾", "著", "么"} & (table.simplified.keys() | table.traditional.keys())


def test_standards() -> None:
    from collections import Counter

    assert standard_of(Counter("因為在這裡的眾人")) is Standard.TAIWAN
    assert standard_of(Counter("因為在這裏的眾人，説話")) is Standard.HONG_KONG
    assert standard_of(Counter("因爲在這裏的衆人")) is Standard.OPENCC
    assert canonical("裡") == canonical("裏") != canonical("里")


def test_lookalikes_keep_the_case() -> None:
    assert lookalike("\N{CYRILLIC SMALL LETTER A}", "LATIN") == "a"
    assert lookalike("\N{GREEK CAPITAL LETTER IOTA}", "LATIN") == "I"
    assert lookalike("\N{CYRILLIC SMALL LETTER ZHE}", "LATIN") == ""


def test_radicals_have_their_ideographs() -> None:
    table = equivalents()
    assert table["\N{KANGXI RADICAL USE}"] == "用"
    assert table["\u2ec5"] == "见"
    assert not set(table) & set(table.values())
