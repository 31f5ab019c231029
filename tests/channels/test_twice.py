"""Two passes through GBK are taken back together."""

from __future__ import annotations

import pytest

from seedlint.channels.channel import Channel
from seedlint.channels.misreading import misreadings
from seedlint.channels.reading import Reading
from seedlint.channels.twice import read_twice
from seedlint.document import Document

TEXTS = [
    "我们在公园里散步，讨论了明年的计划。",
    "讓我們看看結果吧！",
    "これは来年の計画についての話です。",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("codec", ["gb18030", "gbk"])
def test_two_passes_through_gbk(text: str, codec: str) -> None:
    channel = Channel("utf-8", Reading(codec))
    damaged = channel.damage(channel.damage(text))
    (one,) = misreadings(Document(damaged))
    assert len(one.found.channels) == 2
    assert one.found.replay(one.found.original) == damaged
    assert sum(map(str.__eq__, one.found.original, text)) >= 0.8 * len(text)


@pytest.mark.parametrize("text", [*TEXTS, "锟斤拷锟斤拷", "平仄平平仄，仄仄平平。"])
def test_text_that_was_not_read_twice(text: str) -> None:
    assert read_twice(text) is None
    assert read_twice(Channel("utf-8", Reading("gb18030")).damage(text)) is None
