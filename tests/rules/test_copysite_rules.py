"""Copy sites on the seeds: annotations gone, both slips restored, the article the same as its source."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from seedlint.diagnostic import Verdict
from seedlint.document import Document
from seedlint.fixer import Outcome, repair
from seedlint.rules.mojibake.byte_slip import ByteSlip
from seedlint.rules.mojibake.pinyin_annotation import PinyinAnnotation

SEEDS = Path(__file__).parents[2] / "seeds"
RULES = [ByteSlip(), PinyinAnnotation()]
NOT_HAN = re.compile("[^\u4e00-\u9fff]+")
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
READING = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+ ?\)")


def seed(number: str) -> str:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_bytes().decode()


@cache
def repaired() -> Outcome:
    return repair(Document(seed("001")), RULES)


def body(text: str) -> str:
    """From the lead to the closing sentence, folded to Simplified, ideographs only, without images."""
    from opencc import OpenCC

    article = IMAGE.sub("", FRONT_MATTER.sub("", text))
    folded = NOT_HAN.sub("", OpenCC("t2s").convert(article))
    return folded[folded.index("太过火爆") : folded.index("最好答案") + 4]


def test_no_annotation_is_left() -> None:
    assert not READING.search(repaired().text)
    assert not repaired().broken


def test_both_slips_are_restored() -> None:
    assert "栽樹人。”市場狂歡背后" in repaired().text
    assert "終將演變為生態價值" in repaired().text


def test_every_annotation_is_counted() -> None:
    readings = [one for one in repaired().diagnostics if one.code == "MOJ004"]
    slips = [one for one in repaired().diagnostics if one.code == "MOJ003"]
    assert len(readings) == 453 + 1
    assert len(slips) == 1


def test_the_body_is_that_of_the_source() -> None:
    """What is left between the two is a lost word, a variant and the caption of an image."""
    import difflib

    ours, source = body(repaired().text), body(seed("000"))
    changes = [
        (ours[a:b], source[c:d])
        for kind, a, b, c, d in difflib.SequenceMatcher(None, ours, source, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    assert set(changes) <= {("", "像"), ("著", "着"), ("", "图源智能超参数")}


@pytest.mark.parametrize("number", ["000", "002", "003"])
def test_the_other_seeds_have_none(number: str) -> None:
    assert not repair(Document(seed(number)), RULES, unsafe=True).diagnostics


def test_evidence_shows_bytes_and_candidates() -> None:
    (slip,) = (one for one in repaired().diagnostics if one.code == "MOJ003")
    assert slip.verdict is Verdict.RESTORABLE
    assert slip.evidence["bytes"] == "C8CB A1|A3A1 B1CA D088 F6BF F19A 67"
    candidates = slip.evidence["candidates"]
    assert isinstance(candidates, list)
    assert candidates[0]["text"] == "人。”市場狂歡"
    assert len(candidates) > 1


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("國產(chǎn)大模型的技術(shù)優(yōu)勢?", "國產大模型的技術優勢?"),
        (
            "張翀(chōng)說國產(chǎn)算力與產(chǎn)業(yè)的應(yīng)用現(xiàn)狀",
            "張翀(chōng)說國產算力與產業的應用現狀",
        ),
    ],
)
def test_only_what_a_table_holds_goes_unasked(text: str, clean: str) -> None:
    assert repair(Document(text), RULES).text == clean


def test_full_width_brackets_are_understood() -> None:
    text = "國產（chǎn）大模型的技術（shù）優（yōu）勢"
    assert repair(Document(text), RULES).text == "國產大模型的技術優勢"
