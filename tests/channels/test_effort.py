"""Any input ends: the search counts its steps and stops at a number that grows with the text alone."""

from __future__ import annotations

import pytest

from seedlint.channels import effort, misreading
from seedlint.channels.channel import Channel
from seedlint.channels.effort import Effort, document_effort, trial_cost
from seedlint.channels.explanation import describe
from seedlint.channels.inversion import invert
from seedlint.channels.reading import Reading, Swallow
from seedlint.channels.restoration import Before, restorations
from seedlint.channels.stream import stream_of
from seedlint.diagnostic import Verdict
from seedlint.document import Document

TEXT = (
    "我们在公园里散步，讨论了明年的计划，并且决定先学习编程语言。他们的孩子也喜欢在那里看书，听音乐和写作业。"
)
COSTLY = [
    Channel("utf-8", Reading("big5")),
    Channel("utf-8", Reading("cp932", "・", pairwise=True)),
    Channel("utf-8", Reading("gbk", "?", Swallow.ANY)),
    Channel("utf-8", Reading("cp949")),
]
ONE_ADVANCE = 40_000
"""The most one step along the stream costs: paths times characters, and characters looked at."""


@pytest.mark.parametrize("channel", COSTLY, ids=str)
def test_a_line_costs_no_more_than_it_may(channel: Channel) -> None:
    damaged = channel.damage(TEXT)
    share = document_effort(len(damaged)).line(len(damaged))
    restorations(damaged, effort=share)
    assert 0 < share.used <= share.limit + ONE_ADVANCE


def test_a_search_ends_at_its_limit() -> None:
    channel = COSTLY[0]
    found = invert(channel, stream_of(channel.damage(TEXT), channel.reading), limit=5_000)
    assert found.given_up
    assert found.steps <= 5_000 + ONE_ADVANCE


def test_a_line_without_lost_bytes_costs_one_trial_of_the_likely_channel() -> None:
    channel = Channel("utf-8", Reading("cp1252", None))
    damaged, share = channel.damage(TEXT), Effort(1_000)
    (found,) = restorations(damaged, before=Before((channel,)), effort=share)
    assert found.original == TEXT
    assert share.used == trial_cost(len(damaged))


def test_the_rest_of_a_document_is_reported_without_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "_DOCUMENT", 30_000)
    monkeypatch.setattr(effort, "_DOCUMENT_EACH", 0)
    monkeypatch.setattr(misreading, "document_effort", counted := Counted())
    lines = [COSTLY[2].damage(TEXT[: 20 + number % 9] + str(number)) for number in range(400)]
    found = misreading.misreadings(Document("\n".join(lines)))
    unread = [one for one in found if one.found.unread]
    assert len(unread) > 200
    assert len(found) < 450
    assert all(len(one.found.original) > 10 for one in unread[-100:])
    assert counted.effort.used <= 2 * counted.effort.limit + 2 * ONE_ADVANCE + 20_000


def test_unread_places_have_no_fix() -> None:
    channel = COSTLY[0]
    damaged = channel.damage(TEXT)
    (one,) = restorations(damaged, before=Before((channel,)), effort=Effort(1_000))
    said = describe(misreading.Misreading(one, whole=True))
    assert said["fix"] is None
    assert said["verdict"] is Verdict.LOST


class Counted:
    """Keeps the effort of the last document."""

    effort = Effort(0)

    def __call__(self, characters: int) -> Effort:
        self.effort = document_effort(characters)
        return self.effort


def test_every_line_of_a_dense_document_is_read() -> None:
    channel = Channel("utf-8", Reading("gb18030"))
    text = "\n".join([TEXT, TEXT[:24], TEXT[9:40]])
    damaged = channel.damage(text)
    lines = [one.found.original for one in misreading.misreadings(Document(damaged))]
    assert len(lines) == 3
    assert sum(map(str.__eq__, "\n".join(lines), text)) > 0.9 * len(text)
