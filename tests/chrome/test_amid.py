"""Short lines amid prose: what is found, and what people write that must stay."""

from __future__ import annotations

import pytest

from seedlint.chrome.blocks import blocks
from seedlint.chrome.gate import Look, tells
from seedlint.chrome.phrases import ChromeClass
from seedlint.chrome.telling import saying, spoken
from seedlint.document import Document

PROSE = (
    "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走，谁也不说话。",
    "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年冬天的事。",
    "到了傍晚，山下的灯一盏一盏亮起来，像是有人在远处数着数。",
    "第二天我们很早就起来了，想在太阳出来以前走到山顶去，看一看云。",
    "路上遇见几个采药的人，他们说再过几天就要下雪了，让我们早些下山。",
    "山顶的风很大，云从脚下流过去，远处的湖像一面没有擦干净的镜子。",
)
BODY = "\n\n".join(PROSE)
ENGLISH = "\n\n".join(
    [
        "The river had risen in the night, and the boats lay low at the quay where nobody came to look.",
        "By noon the rain had stopped, and the children ran down to see how far the water had come.",
        "An old man said that he had seen it higher, in the year when the bridge was carried away.",
    ]
    * 4
)


def found(text: str) -> list[tuple[ChromeClass, bool]]:
    return [(block.chrome, block.safe) for block in blocks(Document(text))]


@pytest.mark.parametrize(
    "text",
    [
        f"山里的早晨\n\n{BODY}\n",
        f"山里的早晨\n李小禾\n\n{BODY}\n",
        f"{PROSE[0]}\n\n历史\n\n{BODY}\n",
        "春夜\n\n雨落在窗前\n灯还没有灭\n谁在远处唱\n一支旧的歌\n\n风停了以后\n月亮才出来\n照着空空的\n一条长街\n",
        "“你去哪儿？”\n\n“上山。”\n\n“一个人？”\n\n“一个人。”\n\n" + BODY,
        "1\n00:00:01,000 --> 00:00:03,500\n你去哪儿？\n\n2\n00:00:04,000 --> 00:00:06,000\n上山去看雪。\n",
        "目录\n\n第一章 山里的早晨\n第二章 溪边\n第三章 山顶\n第四章 下山\n\n第一章 山里的早晨\n\n" + BODY,
        "西红柿炒鸡蛋\n\n西红柿 2 个\n鸡蛋 3 个\n盐 1 勺\n糖 半勺\n\n先把鸡蛋打散，加一点盐。\n\n" + BODY,
        f"Rain\n\n{ENGLISH}\n",
        f"{ENGLISH}\n\n- the old bridge\n- the quay\n- the mill\n\n{ENGLISH}\n",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE[0]}\n\n正文\n\n{BODY}\n\n正文\n\n{PROSE[1]}\n",
        "# 更新记录\n\n## 1.2.0\n\n- 修复登录后闪退\n- 新增夜间模式\n- 搜索结果可以分享\n",
    ],
)
def test_short_texts_in_words_of_menus_stay(text: str) -> None:
    assert found(text) == []


@pytest.mark.xfail(
    strict=True, reason="some words of the list are entries of menus too, and none speaks against"
)
def test_a_list_in_words_of_menus_stays() -> None:
    text = "旅行の持ち物\n\n着替え\n傘\n地図\n本\n音楽\n薬\n\n忘れ物がないように、前の日に確認する。\n"
    assert found(text) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.jsonl", '{"title": "首页", "text": "相关推荐"}\n{"title": "登录", "text": "分享到微信"}\n'),
        ("a.csv", "name,page\n首页,1\n登录,2\n注册,3\n"),
        ("a.py", "首页 = 1\n登录 = 2\n# 相关推荐\n# 分享到微信\n"),
    ],
)
def test_records_and_code_stay(path: str, text: str) -> None:
    assert blocks(Document(text, path=path)) == ()


def test_front_matter_of_a_joined_file_stays() -> None:
    matter = "---\ntitle: 山里的早晨\nauthor: 李小禾\ndate: 2020-10-05\ntags: 分享\n---"
    assert found(f"{BODY}\n\n{matter}\n\n{BODY}\n") == []


def test_fields_of_front_matter_that_was_cut_stay() -> None:
    fields = "ms.custom: SEO-VS-2020\nms.date: 11/04/2016\nms.topic: how-to\nauthor: a"
    assert not any(safe for _, safe in found(f"{fields}\n---\n\n{BODY}\n"))


def test_comments_of_html_stay() -> None:
    comment = "<!--\nCopyright 2025 Example LLC\nSPDX-License-Identifier: CC-BY-4.0\n-->"
    assert found(f"{comment}\n\n# Rivers\n\n{ENGLISH}\n") == []
    assert found(f"{ENGLISH}\n\nCopyright 2025 Example LLC. All rights reserved.\n") != []


def test_a_title_above_its_credits_is_no_chrome() -> None:
    (block,) = blocks(Document(f"山里的早晨\n来源：山城晚报 责任编辑：李小禾 2025-01-28\n\n{BODY}\n"))
    assert block.chrome is ChromeClass.CREDIT_LINE
    assert [one.line.number for one in block.lines] == [1]


@pytest.mark.parametrize(
    "block",
    ["上一篇：春天的海\n下一篇：没有了\n返回顶部", "扫码关注我们\n分享到朋友圈\n点击阅读原文"],
)
def test_a_block_at_the_tail_goes(block: str) -> None:
    assert all(safe for _, safe in found(f"{BODY}\n\n{block}\n"))
    assert found(f"{BODY}\n\n{block}\n")


def test_one_line_goes_at_the_edge_only() -> None:
    assert found(f"{BODY}\n\n相关推荐\n") == [(ChromeClass.RELATED_LINKS, True)]
    amid = found(f"{BODY}\n\n相关推荐\n\n{BODY}\n")
    assert not any(safe for _, safe in amid)


@pytest.mark.parametrize(
    ("line", "loosely"),
    [
        ("首页 > 旅游 > 春天的海", False),
        ("2025-01-28 16:40", False),
        ("来源：山城晚报", False),
        ("登录 注册", True),
    ],
)
def test_a_line_says_that_it_is_chrome(line: str, loosely: bool) -> None:
    assert list(saying(["天黑了", line], loosely=loosely)) == [1]


def test_phrases_are_found_in_the_line_that_holds_them() -> None:
    assert spoken(["天黑了", "请扫码关注", "all rights reserved", ""]) == {1, 2}


def test_scarce_short_lines_are_looked_at_but_for_the_first() -> None:
    assert Look(Document(f"山里的早晨\n\n{BODY}\n\n限制级\n")).scarce == [7]
    assert not tells(Document(f"山里的早晨\n\n{BODY}\n"))


def test_quoted_lines_are_closed() -> None:
    look = Look(Document('"Where to?"\n\n"Up."\n\n' * 20))
    assert look.is_prose
    assert not look.tells


def test_tables_and_the_heads_of_mails_stay() -> None:
    table = "\n".join(
        f"{word:14} |  {gloss}" for word, gloss in (("in", "in"), ("del", "di"), ("la", "the"), ("di", "of"))
    )
    ruled = "语言 | 项目数\n-----|-----\nJavaScript | 37\nRuby | 6"
    log = "commit 1c3618887afb5f\nAuthor: J. Doe <doe@example.org>\nDate:   Mon Mar 17 21:52:11 2008 -0700"
    assert not blocks(Document(f"{BODY}\n\n{table}\n\n{ruled}\n\n{log}\n\n{BODY}\n"))


@pytest.mark.parametrize("suffix", [".tex", ".rst", ".adoc", ".org"])
def test_what_is_typeset_by_hand_is_no_page(suffix: str) -> None:
    text = f"{BODY}\n\n分享到：微信 微博 QQ空间\n\n{BODY}\n"
    assert blocks(Document(text))
    assert not blocks(Document(text, path=f"a{suffix}"))
