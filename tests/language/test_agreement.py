"""A filling agrees with the brackets, the question and the words of its line."""

from __future__ import annotations

import pytest

from seedlint.language.agreement import Surroundings
from seedlint.language.plausibility import digit, model


@pytest.mark.parametrize(
    ("before", "better", "worse", "after"),
    [
        ("お知らせください", "。", "」", ""),
        ("他说「我知道了", "」", "。", ""),
        ("我们（大家都", "）", "，", "去了"),
        ("这两本", "“", "—", "好书”都卖完了"),
        ("为什么天是蓝的", "？", "。", ""),
        ("他们没有提到", "。", "？", ""),
        ("最后一句到此结束", "。", "：", ""),
        ("这家公司", "于", "了", "2008年成立"),
        ("他们", "于2", "了2", "0世纪开始"),
        ("这是喀喇汗国的都城，又称", "喀", "单", "喇城"),
    ],
)
def test_what_agrees_gains(before: str, better: str, worse: str, after: str) -> None:
    line = Surroundings(model(), before, after, ends=True)
    assert line.agreement(better) > line.agreement(worse) + 0.5


def test_a_colon_may_stand_before_more_text() -> None:
    ends, goes_on = (Surroundings(model(), "他们说", "", end).agreement("：") for end in (True, False))
    assert ends < goes_on


def test_digits_are_told_apart_by_the_digit_before() -> None:
    assert digit("年1") > digit("年9")
    assert digit("19") > digit("16")
    assert digit("20") == 0


@pytest.mark.parametrize(
    ("before", "better", "worse", "after"),
    [
        ("他出生于", "19", "10", "57年，当时"),
        ("他出生于", "2", "1", "002年，当时"),
        ("先打开，再看看", "，", ",", "没有问题"),
        ("用 Web 的人，向", " ", ",", "CSS 学习"),
        ("像当", "*", " ", "*界面**设计师"),
        ("第七任校长", "（", "，", "1998年）上任"),
    ],
)
def test_a_filling_is_written_like_the_rest_of_its_line(
    before: str, better: str, worse: str, after: str
) -> None:
    line = Surroundings(model(), before, after, ends=True)
    assert line.agreement(better) > line.agreement(worse) + 0.5
