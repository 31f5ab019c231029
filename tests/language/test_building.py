"""The tool that builds the tables: distributions stay distributions, packing loses nothing."""

import math
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.language import tables

TOOLS = Path(__file__).resolve().parents[2] / "tools"
sys.path.insert(0, str(TOOLS))

from language_build import credits, ngrams, pack, readers, variants, wordlists, words  # noqa: E402

LINES = ["我们去公园", "我们去学校", "他们在公园里", "学校里有公园", "我在学校里等他们", "去公园的路上"] * 3
LINES += ["去年的公园", "等我们", "路上有他", "里里外外", "他们的学校"]


@pytest.fixture(scope="module")
def ranked() -> ngrams.Ranked:
    counts: Counter[str] = Counter()
    ngrams.count(LINES, counts)
    return ngrams.rank(counts, 1000, 1000)


@pytest.mark.parametrize(("trigrams", "bigrams"), [(1000, 1000), (20, 10), (0, 5), (0, 0)])
def test_pruned_distributions_sum_to_one(ranked: ngrams.Ranked, trigrams: int, bigrams: int) -> None:
    pruned = ngrams.prune(ranked, trigrams, bigrams)
    for first in "我们公园\n":
        for context in (first, *(gram[:2] for gram in pruned.trigrams if gram[0] == first)):
            total = sum(math.exp(cost(pruned, context + char)) for char in pruned.unigrams)
            assert math.isclose(total, 1.0, rel_tol=1e-6)


def cost(model: ngrams.NGrams, gram: str) -> float:
    """ln P(last | others) of a backoff model."""
    known = {1: model.unigrams, 2: model.bigrams, 3: model.trigrams}[len(gram)]
    if gram in known or len(gram) == 1:
        return known[gram]
    return model.backoff.get(gram[:-1], 0.0) + cost(model, gram[1:])


@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])))
def test_characters_come_back(text: str) -> None:
    assert tables.characters(pack.characters(text)) == text


@given(st.lists(st.integers(0, 65535)))
def test_numbers_come_back(values: list[int]) -> None:
    assert list(tables.numbers(pack.numbers(values))) == values


def test_segmentation_prefers_frequent_words() -> None:
    segment = words.Segmenter({"北京": 2, "大学": 3, "北京大学": 2, "北": 2, "京": 1, "大": 3, "学": 2})
    assert segment("北京大学") == ["北京大学"]
    assert segment("大学北京") == ["大学", "北京"]


def test_shares_of_variants_sum_to_one() -> None:
    counts = {
        script: Counter(text) for script, text in (("Hans", "后后"), ("Hant", "後後后"), ("Jpan", "後"))
    }
    found = variants.shares({"後": "后"}, counts)
    for column in zip(*found.values(), strict=True):
        assert math.isclose(sum(map(math.exp, column)), 1.0)


def test_message_pack() -> None:
    packed = b"\x93\x81\xa1a\x01\x92\xa3\xe6\x88\x91\xd9\x01b\xcd\x01\x00"
    assert wordlists.unpack(packed, 0) == ([{"a": 1}, ["我", "b"], 256], len(packed))


def test_readers() -> None:
    assert list(readers.markdown(b"a\n```\ncode\n```\n<b>b</b>")) == ["a", "b"]
    assert list(readers.cloze("1 ||| 我们 去 New York 玩 。\n".encode())) == ["我们去New York玩。"]
    assert list(readers.strings("a")(b'{"a": ["x", {"b": "y"}], "b": {"a": "z"}}')) == ["x", "z"]


def test_the_sources_are_written_down() -> None:
    assert (TOOLS / "language_sources.md").read_text("utf-8") == credits.credits()
