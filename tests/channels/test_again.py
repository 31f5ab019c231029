"""Lines that went the way of the line before them are read back at once, and nothing else is."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.channels.again import read_again
from seedlint.channels.channel import Channel
from seedlint.channels.misreading import misreadings
from seedlint.channels.reading import Reading
from seedlint.document import Document

HANS = "我们在这里说话，讨论了明年的工作，并且决定先学习怎样写文章。"
PAGES = [
    Channel("utf-8", Reading("latin-1", None)),
    Channel("utf-8", Reading("cp1252", None)),
    Channel("gbk", Reading("latin-1", None)),
    Channel("gbk", Reading("big5")),
]


@pytest.mark.parametrize("channel", PAGES)
def test_a_line_is_read_back(channel: Channel) -> None:
    found = read_again(channel, channel.damage(HANS))
    assert found
    assert (found.original, found.safe) == (HANS, True)
    assert 0 < found.gain < math.inf


@pytest.mark.parametrize("channel", PAGES)
@pytest.mark.parametrize(
    "text",
    [
        HANS,
        "國產的東西都很好，我們現在開始",
        "Déjà vu à l’été.",
        "Ïðèâåò êàê äåëà, âñ¸ õîðîøî",
        "plain",
        "Ã©tÃ©",
    ],
)
def test_other_lines_take_a_search(channel: Channel, text: str) -> None:
    assert read_again(channel, text) is None


def test_two_passes_are_not_taken_for_one() -> None:
    once = Channel("utf-8", Reading("cp1252", None))
    assert read_again(once, once.damage(once.damage(HANS))) is None


@pytest.mark.parametrize("channel", PAGES)
@settings(max_examples=60)
@given(text=st.text(st.sampled_from(HANS + "éÃ鐨\x81 a1"), min_size=6, max_size=30))
def test_what_is_read_back_damages_to_what_was_found(channel: Channel, text: str) -> None:
    found = read_again(channel, text)
    assert found is None or found.replay(found.original) == text


@pytest.mark.parametrize("channel", PAGES)
def test_a_whole_document(channel: Channel) -> None:
    lines = [HANS, "我们在公园里散步。", "plain ASCII", HANS[::-1]]
    damaged = [channel.damage(line) for line in lines]
    found = misreadings(Document("\n".join(damaged)))
    assert [one.found.original for one in found] == [lines[0], lines[1], lines[3]]
