"""What the inversion proposes gives the damage back; the true text is among it."""

from __future__ import annotations

import random

import pytest

from seedlint.channels.copysite import Decoder, Narrowing, Site
from seedlint.channels.copysite_windows import windows
from seedlint.language.plausibility import model

CLEAN = [
    "我們需要的是市場。”他說，這是最好的時代。",
    "這個問題很難回答。可是，他還是說了出來。",
    "公司發布了新產品。《幼兒園教育指導綱要》也提到這一點。",
    "这是他的想法。“我”的意思是说，你可以自己决定。",
    "外面下起了大雨。和他一起来的人都走了，只有我留下。",
    "大家都知道他的名字。会议结束以后，他就离开了北京。",
]
DECODERS = [
    Decoder(),
    Decoder(private=False),
    Decoder(narrowing=Narrowing.MARKS),
    Decoder(private=False, narrowing=Narrowing.FORMS),
    Decoder(lost="\N{REPLACEMENT CHARACTER}", swallows=False),
]


@pytest.mark.parametrize("decoder", DECODERS)
@pytest.mark.parametrize("clean", CLEAN)
def test_every_candidate_gives_the_damage_back(clean: str, decoder: Decoder) -> None:
    damaged = Site(decoder=decoder)(clean)
    found = list(windows(damaged, model(), frozenset()))
    assert found
    for window in found:
        assert damaged[window.start : window.end] == window.damaged
        assert all(one.site(one.text) == window.damaged for one in window.candidates)


@pytest.mark.parametrize("clean", CLEAN)
def test_the_true_text_comes_first(clean: str) -> None:
    damaged = Site()(clean)
    repaired, at = "", 0
    for window in windows(damaged, model(), frozenset()):
        repaired += damaged[at : window.start] + window.best.text
        at = window.end
    assert repaired + damaged[at:] == clean


def test_candidates_are_in_order_and_differ() -> None:
    (window,) = windows(Site()("他們說。”市場狂歡背後"), model(), frozenset())
    nats = [one.nats for one in window.candidates]
    assert nats == sorted(nats, reverse=True)
    assert len({one.text for one in window.candidates}) == len(nats) > 1
    assert sum(float(str(one["odds"])) for one in window.odds()) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize(
    "text", ["怎么办?！他说不出话来。", "什么?!我不知道。", "你知道吗?？", "对吗?，他问。"]
)
def test_marks_that_people_write_are_no_windows(text: str) -> None:
    assert not [one for one in windows(text, model(), frozenset()) if one.gain > 0]


def test_random_bytes_do_not_break_the_search() -> None:
    draw = random.Random(7)
    for _ in range(60):
        data = bytes(draw.randrange(0x81, 0xFF) for _ in range(draw.randrange(4, 40)))
        text = Decoder()(data) + "?！" + Decoder()(data[::-1]) + "?yōu)" + Decoder()(data[1:])
        for window in windows(text, model(), frozenset()):
            assert text[window.start : window.end] == window.damaged
            assert all(one.site(one.text) == window.damaged for one in window.candidates)
