"""Short strings, and parts of lines beside sound text: no byte is lost here."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.channels.channel import Channel
from seedlint.channels.lossless import hypotheses, judged
from seedlint.channels.misreading import Misreading, misreadings
from seedlint.channels.reading import Reading
from seedlint.document import Document

STRINGS = [
    ("安装说明", Channel("utf-8", Reading("gb18030"))),
    ("安装说明", Channel("gbk", Reading("big5"))),
    ("安装说明", Channel("gbk", Reading("cp949"))),
    ("政府機關", Channel("big5", Reading("gbk"))),
    ("設定方法", Channel("cp932", Reading("gbk"))),
    ("사용자", Channel("cp949", Reading("gbk"))),
    ("説明書", Channel("cp932", Reading("latin-1", None))),
    ("天气", Channel("utf-8", Reading("cp1252", None))),
    ("天气好", Channel("gbk", Reading("cp1252", None))),
]
CONTEXTS = [
    "今天，{}。\n",
    '{{"title": "{}", "text": "今天很好"}}\n',
    "1,今天很好,{}\n",
    "| 今天很好 | {} |\n",
    "n = 1  # {}\n",
    '<a href="a.html">{}</a>今天很好\n',
]
SENTENCE = "我们讨论了明年的计划"


def made(text: str, found: tuple[Misreading, ...]) -> str:
    for one in reversed(found):
        text = text[: one.found.span.start] + one.found.original + text[one.found.span.end :]
    return text


@pytest.mark.parametrize(("text", "channel"), STRINGS, ids=str)
def test_a_string_of_its_own(text: str, channel: Channel) -> None:
    damaged = channel.damage(text)
    assert made(damaged, misreadings(Document(damaged))) == text


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize(
    "channel",
    [Channel("utf-8", Reading("cp1252", None)), Channel("gbk", Reading("latin-1", None))],
    ids=str,
)
def test_beside_sound_text(context: str, channel: Channel) -> None:
    damaged = context.format(channel.damage(SENTENCE))
    found = misreadings(Document(damaged))
    assert made(damaged, found) == context.format(SENTENCE)
    assert all(one.safe for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "哌唑嗪", "联吡啶", "靺鞨族", "平仄平平仄", "噔噔噔", "ㄎ一ㄤ", "헌츠맨", "ころころ", "瘰疬", "鰟鮍",
        "hráčům", "řeži", "Уэлш", "Τζάκσον", "đôi", "côtés", "küçük", "Ångström", "naïve", "Дмитрий", "╊┾",
        "一、桫椤", "áčů", "ﾊﾝｶｸ", "🙂🙃", "№①②", "æøå", "ÅÄÖ åäö",
    ],
)  # fmt: skip
def test_clean_strings_are_left_alone(text: str) -> None:
    assert not misreadings(Document(text))
    assert not misreadings(Document(f"今天天气很好。\n{text}\n我们去公园。\n"))


def test_ideographs_in_korean_text() -> None:
    damaged = Channel("cp949", Reading("gbk")).damage("비행기를")
    text = f"우리는 공원을 산책했습니다.\n{damaged}\n내년 계획을 이야기했습니다.\n"
    assert "비행기를" in made(text, misreadings(Document(text)))
    assert not misreadings(
        Document("우리는 공원을 산책했습니다.\n大韓民國 臨時政府\n내년 계획을 이야기했습니다.\n")
    )


def test_two_characters_are_never_safe_unless_they_are_utf_8() -> None:
    damaged = Channel("big5", Reading("latin-1", None)).damage("芫荽")
    assert not any(one.safe for one in misreadings(Document(damaged)))


def test_what_a_rival_explains_as_well_is_not_safe() -> None:
    damaged = Channel("cp949", Reading("latin-1", None)).damage("벌일")
    assert not any(one.safe for one in misreadings(Document(damaged)))


def test_a_mark_of_lost_bytes_is_no_byte() -> None:
    damaged = Channel("utf-8", Reading("cp932", "\u30fb", pairwise=True)).damage("これは不幸な状況でした。")
    assert all(not one.safe for one in misreadings(Document(damaged)))


@given(
    text=st.text(
        st.sampled_from("我们在公园里散步讨论明年計畫書これはペン우리는 abcé，。1"), min_size=1, max_size=12
    )
)
@settings(deadline=None, max_examples=60)
@pytest.mark.parametrize("channel", [channel for _, channel in STRINGS], ids=str)
def test_hypotheses_damage_to_what_was_found(channel: Channel, text: str) -> None:
    damaged = channel.reading.read(text.encode(channel.true, "ignore"))
    for one in hypotheses(damaged):
        assert one.channel.proves(one.original, damaged)
    verdict = judged(damaged)
    assert verdict is None or verdict.margin >= 0


def test_a_word_is_damaged_all_of_it() -> None:
    """Its first character may be a common one by chance: no reason to leave it."""
    for channel in (Channel("gbk", Reading("cp949")), Channel("gbk", Reading("big5"))):
        found = misreadings(Document(channel.damage("康盛花园")))
        assert [one.found.original for one in found] == ["康盛花园"]


@pytest.mark.parametrize("text", ["学生都在读书", "我们不会再去", "他们已经回家了"])
def test_a_clause_that_lost_bytes_without_a_mark(text: str) -> None:
    damaged = text.encode().decode("gbk", "ignore")
    assert [one.found.original for one in misreadings(Document(damaged))] == [text]


@pytest.mark.parametrize(("text", "page"), [("卡杜那", "cp437"), ("名思摩", "cp437"), ("埃歐有", "cp437")])
def test_a_part_of_what_a_page_made_is_never_safe(text: str, page: str) -> None:
    damaged = text.encode("big5").decode(page)
    found = misreadings(Document(f"今天的天氣很好，我們去公園。\n{damaged}\n大家都說這裡很漂亮。"))
    assert all(one.found.original == text for one in found if one.safe)


@pytest.mark.parametrize("text", ["政治學者認為有幾個", "候選人提出問題及意"])
def test_a_part_that_runs_over_into_sound_text_is_never_safe(text: str) -> None:
    around = "今天的天氣很好，我們去公園。"
    document = Document(around + text.encode("big5").decode("gb18030") + around)
    assert all(one.found.original == text for one in misreadings(document) if one.safe)


@pytest.mark.parametrize("text", ["柔毛，具长柄，长约", "场，英国第5频道在"])
def test_a_character_that_shift_jis_has_twice(text: str) -> None:
    (found,) = misreadings(Document(text.encode("gbk").decode("cp932")))
    assert found.found.original == text
    assert not found.safe
