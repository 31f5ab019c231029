"""Blocks: what is found, as what, and what may go."""

from __future__ import annotations

import pytest

from seedlint.chrome.blocks import Block, blocks
from seedlint.chrome.gate import Look
from seedlint.chrome.lines import Lines
from seedlint.chrome.phrases import ChromeClass
from seedlint.chrome.reported import is_page
from seedlint.document import Document

ARTICLE = (
    "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走，谁也不说话。",
    "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年冬天的事。",
    "到了傍晚，山下的灯一盏一盏亮起来，像是有人在远处数着数。",
    "第二天我们很早就起来了，想在太阳出来以前走到山顶去。",
)
BODY = "\n\n".join(ARTICLE)


def found(text: str) -> list[tuple[ChromeClass, bool]]:
    return [(block.chrome, block.safe) for block in blocks(Document(text))]


def without(text: str, chosen: tuple[Block, ...]) -> str:
    for block in reversed(chosen):
        text = text[: block.cut.start] + text[block.cut.end :]
    return text


def test_prose_has_no_blocks() -> None:
    assert found(BODY) == []


def test_a_table_of_contents_copied_from_the_page_goes() -> None:
    menu = "• 正文\n    • 山里的早晨\n    • 溪边\n    • 山顶\n  • 相关推荐"
    parts = ["山里的早晨", ARTICLE[0], "溪边", ARTICLE[1], "山顶", ARTICLE[3]]
    text = menu + "\n\n" + "\n\n".join(parts) + "\n"
    assert found(text) == [(ChromeClass.NAVIGATION, True)]
    assert without(text, blocks(Document(text))) == "\n\n".join(parts) + "\n"


def test_a_table_of_contents_that_somebody_wrote_stays() -> None:
    menu = "- [山里的早晨](#a)\n- [溪边](#b)\n- [山顶](#c)\n"
    assert (
        found(f"{menu}\n# 山里的早晨\n\n{ARTICLE[0]}\n\n# 溪边\n\n{ARTICLE[1]}\n\n# 山顶\n\n{ARTICLE[3]}\n")
        == []
    )


def test_a_line_of_several_classes_is_one_block_of_the_most_careful() -> None:
    line = "来源:山城晚报 责任编辑:李小禾 分享到 2025-01-28 16:40:28"
    assert found(f"山里的秋天\n{line}\n\n{BODY}\n") == [(ChromeClass.CREDIT_LINE, False)]


def test_a_lone_date_is_metadata_and_one_among_counters_is_not() -> None:
    assert found(f"2025-02-07 12:10\n\n{BODY}\n") == [(ChromeClass.PAGE_COUNTER, False)]
    crowded = f"02/07 12:10\n931\n加入交流群\n扫码加入\n关注我们\n\n{BODY}\n"
    assert all(safe for _, safe in found(crowded))
    assert without(crowded, blocks(Document(crowded))) == BODY + "\n"


@pytest.mark.parametrize("line", ["责任编辑：李小禾", "版权所有 未经授权不得转载", "Source: Example Times"])
def test_credit_and_legal_lines_are_never_safe(line: str) -> None:
    blocked = blocks(Document(f"相关推荐\n\n{BODY}\n\n{line}\n"))
    assert not blocked[-1].safe


@pytest.mark.parametrize(
    "text",
    [
        f"---\ntitle: 首页\ntags: 相关推荐\n---\n\n{BODY}\n",
        f"{BODY}\n\n```\n首页 | 登录 | 注册\n相关推荐\n```\n\n{ARTICLE[0]}\n",
        f"# 目录\n\n{BODY}\n",
        f"## 相关推荐\n\n{BODY}\n",
        f"| 首页 | 登录 |\n|---|---|\n| 注册 | 帮助 |\n\n{BODY}\n",
        f"{BODY}\n\n[1]: https://example.org/share\n[2]: https://example.org/login\n",
    ],
)
def test_markdown_is_respected(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "line", ["首页 | 登录 | 注册\n关于我们 | 联系我们", "Home | Login | Contact us", "ログイン | 新規登録"]
)
def test_a_text_that_is_all_chrome_is_not_emptied(line: str) -> None:
    assert not any(safe for _, safe in found(line + "\n"))


def test_a_heading_whose_list_stays_is_not_safe() -> None:
    text = f"{BODY}\n\n推荐阅读：\n\n他的书我只读过三本，最喜欢的是写海的那一本，读了很多遍。\n"
    assert not any(safe for _, safe in found(text))


def test_evidence_is_told_per_line() -> None:
    (block,) = blocks(Document(f"{BODY}\n\n猜你喜欢\n"))
    (told,) = block.evidence()
    assert told["line"] == "猜你喜欢"
    assert told["because"]


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end(eol: str) -> None:
    text = f"{BODY}\n\n猜你喜欢\n".replace("\n", eol)
    (block,) = blocks(Document(text))
    assert text[block.start : block.end] == "猜你喜欢"
    assert without(text, (block,)) == f"{BODY}\n".replace("\n", eol)


@pytest.mark.parametrize("word", ["下载", "下載", "Tải về", "İndir"])
def test_a_first_line_that_is_one_entry_of_a_menu_may_be_the_title(word: str) -> None:
    assert not any(safe for _, safe in found(f"{word}\n\n{BODY}\n"))


def test_a_line_joined_to_chrome_that_is_not_sure_by_itself_stays() -> None:
    text = f"{BODY}\n溪边的晚上\n猜你喜欢\n相关推荐\n扫码关注公众号\n分享到微信\n"
    assert "溪边的晚上\n" in without(text, tuple(block for block in blocks(Document(text)) if block.safe))


@pytest.mark.parametrize("tag", ["</Note>", "<TerminalBlock>", "<Directory />"])
def test_tags_stay(tag: str) -> None:
    assert found(f"{BODY}\n\n{tag}\n\n{BODY}\n\n{tag}\n") == []


def test_a_page_without_blank_lines_is_scored_whole_where_lines_that_tell_are_frequent() -> None:
    menu = ["首页", "登录", "注册", "相关推荐", "分享到微信", "返回顶部"]
    prose = [one for one in ARTICLE for _ in range(4)]
    dense, plain = (Document("\n".join(lines)) for lines in ([*menu, *prose], ["首页", *prose, *prose]))
    assert is_page(Lines(dense), Look(dense))
    assert not is_page(Lines(plain), Look(plain))


def test_fields_of_front_matter_that_was_cut_are_never_safe() -> None:
    text = 'date: "2017-11-01"\nlast_updated: "2017-11-01 05:02:46"\nauthor: "讀者來論"'
    assert not any(safe for _, safe in found(text))


@pytest.mark.parametrize(
    "lines",
    [
        ["menu", "video", "profile", "register", "reply", "report", "follow", "link", "view", "news"] * 6,
        [f"{year}-0{year % 9 + 1}-1{year % 9} 1" for year in range(1900, 1980)],
        [f"{number} 47 82 {number + 3}" for number in range(10, 99)],
    ],
)
def test_nothing_goes_from_lists_of_words_and_tables(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    assert not [block for block in blocks(Document(text)) if block.safe]


def test_pieces_of_wrapped_sentences_stay() -> None:
    licence = (
        "By exercising the licensed rights (defined below), you accept and agree to be bound by\n"
        "the terms and conditions of this public licence, to the extent that this public licence\n"
        "may be interpreted as a contract, and the licensor grants you such rights in return.\n"
    )
    assert not [block for block in blocks(Document(licence * 12)) if block.safe]
