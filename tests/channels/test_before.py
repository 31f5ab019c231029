"""A line is expected to have gone the way of the lines before it."""

from __future__ import annotations

import pytest

from seedlint.channels.channel import Channel
from seedlint.channels.effort import Effort
from seedlint.channels.misreading import misreadings
from seedlint.channels.reading import Reading, Swallow
from seedlint.channels.restoration import Before, as_before
from seedlint.diagnostic import Span
from seedlint.document import Document

LINES = ["我们在公园里散步，讨论了明年的计划。", "他们决定先学习编程语言，然后开始工作。"]
CHANNELS = [
    Channel("utf-8", Reading("gbk")),
    Channel("utf-8", Reading("gbk", "?", Swallow.ASCII)),
    Channel("utf-8", Reading("gbk", "")),
    Channel("gbk", Reading("big5")),
]


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_line_of_a_document_comes_back(channel: Channel) -> None:
    found = misreadings(Document("\n".join(map(channel.damage, LINES))))
    assert [one.found.original for one in found] == LINES


@pytest.mark.parametrize("channel", CHANNELS)
def test_another_channel_explains_nothing(channel: Channel) -> None:
    damaged = Channel("utf-8", Reading("cp932")).damage(LINES[0])
    before = Before((channel,))
    assert as_before(damaged, Span(0, len(damaged)), before, Effort(100_000)) == []


def test_two_kinds_alternate() -> None:
    damaged = [CHANNELS[at % 2 * 3].damage(LINES[at % 2]) for at in range(6)]
    found = misreadings(Document("\n".join(damaged)))
    assert [one.found.original for one in found] == LINES * 3


def test_what_is_kept_of_the_lines_before() -> None:
    (one,) = misreadings(Document(CHANNELS[0].damage(LINES[0])))
    before = Before((CHANNELS[1], CHANNELS[3])).with_line([one.found])
    assert before == Before((CHANNELS[0], CHANNELS[1]), "Hans")
