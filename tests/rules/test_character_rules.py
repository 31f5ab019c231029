"""Hidden characters in turn, where they hide and where a script needs them."""

from __future__ import annotations

import random
import sys
import unicodedata

import pytest

from seedlint.document import Document
from seedlint.fixer import repair
from seedlint.language.script_joiners import BIDI, IGNORABLE, SELECTORS, TAGS, members
from seedlint.registry import select

RULES = select(("UNI",))
HIDDEN = sorted(members(IGNORABLE + SELECTORS + BIDI) | members(TAGS))
PROSE = ("中文{}文字。", "pass{}word", "one {} two")


def codes(text: str) -> list[str]:
    return [one.code for one in repair(Document(text), RULES).diagnostics]


def checked(text: str) -> list[str]:
    document = Document(text)
    return [one.code for rule in RULES if rule.concerns(document) for one in rule.check(document)]


@pytest.mark.parametrize("text", PROSE)
def test_every_hidden_character_is_found_in_prose(text: str) -> None:
    missed = [f"U+{ord(char):04X}" for char in HIDDEN if not checked(text.format(char))]
    assert not missed


def test_the_list_of_hidden_characters_is_whole() -> None:
    """Cf and the other Default_Ignorable characters, but for visible and prepended ones."""
    visible = set(range(0x600, 0x606)) | {0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    visible |= set(range(0x13430, 0x13440)) | {0xFEFF}
    formats = {code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"}
    assert not formats - visible - set(map(ord, HIDDEN))


SCRIPTS = {
    "Persian": "می\N{ZERO WIDTH NON-JOINER}خواهم به خانه\N{ZERO WIDTH NON-JOINER}ام بروم",
    "Hindi": "क\N{DEVANAGARI SIGN VIRAMA}\N{ZERO WIDTH JOINER}ष",
    "Marathi": "र\N{DEVANAGARI SIGN VIRAMA}\N{ZERO WIDTH NON-JOINER}य",
    "Malayalam": "അവന\N{MALAYALAM SIGN VIRAMA}\N{ZERO WIDTH JOINER}",
    "Sinhala": "ශ\N{SINHALA SIGN AL-LAKUNA}\N{ZERO WIDTH JOINER}රී",
    "Arabic": "ه\N{ZERO WIDTH JOINER} و \N{ARABIC LETTER MARK}(12)",
    "Hebrew": "שלום \N{LEFT-TO-RIGHT MARK}C++\N{RIGHT-TO-LEFT MARK}!",
    "isolated": "الملف \N{FIRST STRONG ISOLATE}readme.md\N{POP DIRECTIONAL ISOLATE} موجود",
    "Khmer": "ខ្ញុំ\N{ZERO WIDTH SPACE}ស្រឡាញ់",
    "Thai": "ภาษา\N{ZERO WIDTH SPACE}ไทย",
    "Mongolian": "ᠪᠠᠢᠨ\N{MONGOLIAN VOWEL SEPARATOR}ᠠ ᠭ\N{MONGOLIAN FREE VARIATION SELECTOR ONE}",
    "old Korean": "\u1112\u1160\u11ab \u115f\u1161",
    "family": "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}",
    "skin": "\N{WOMAN}\U0001f3fd\N{ZERO WIDTH JOINER}\N{MICROSCOPE}",
    "rainbow": "\N{WAVING WHITE FLAG}\N{VARIATION SELECTOR-16}\N{ZERO WIDTH JOINER}\N{RAINBOW}",
    "heart": "\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}\N{ZERO WIDTH JOINER}\N{FIRE}",
    "keycap": "1\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}",
    "Scotland": "\N{WAVING BLACK FLAG}" + "".join(chr(0xE0000 + ord(c)) for c in "gbsct") + "\N{CANCEL TAG}",
    "Japanese": "葛\N{VARIATION SELECTOR-17}城市の辻\N{VARIATION SELECTOR-18}さん",
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_what_a_script_or_an_emoji_needs_stays(text: str) -> None:
    assert not codes(text)


def test_hidden_text_is_shown() -> None:
    tagged = "ok" + "".join(chr(0xE0000 + ord(char)) for char in "run this")
    (found,) = repair(Document(tagged), RULES).diagnostics
    assert found.evidence["hidden"] == "run this"
    selectors = "".join(chr(0xE0100 + byte - 16) for byte in "秘密".encode())
    (found,) = repair(Document(f"\N{SLIGHTLY SMILING FACE}{selectors}"), RULES).diagnostics
    assert found.evidence["hidden"] == "秘密"


def test_an_override_is_found_in_right_to_left_text_too() -> None:
    assert codes("שלום \N{RIGHT-TO-LEFT OVERRIDE}abc\N{POP DIRECTIONAL FORMATTING}") == ["UNI002", "UNI002"]


def test_code_is_looked_at() -> None:
    text = "```python\nif role == 'admin\N{ZERO WIDTH SPACE}': # \N{RIGHT-TO-LEFT OVERRIDE}\n```\n"
    assert sorted(codes(text)) == ["UNI001", "UNI002"]


def test_messages_show_no_hidden_character() -> None:
    text = "a\N{ZERO WIDTH SPACE}b\x1b[31mc\x1b[0m \N{RIGHT-TO-LEFT OVERRIDE}"
    found = repair(Document(text), RULES).diagnostics
    assert found and all(one.message.isprintable() for one in found)


SENTENCE = "人工智能技术在最近几年发展得非常迅速，许多企业开始使用大型语言模型处理日常工作。"


def test_words_cut_by_spaces_throughout_are_joined_on_request() -> None:
    chance = random.Random(0)
    cut = "".join(char + (" " if chance.random() < 0.2 else "") for char in SENTENCE * 3)
    outcome = repair(Document(cut), RULES, unsafe=True)
    assert outcome.text.count(" ") < cut.count(" ") / 3
    assert repair(Document(cut), RULES).text == cut


def test_lines_wrapped_in_mid_word_are_joined_on_request() -> None:
    text = SENTENCE * 8
    wrapped = "\n".join(text[at : at + 17] for at in range(0, len(text), 17))
    assert repair(Document(wrapped), RULES).text == wrapped
    assert repair(Document(wrapped), RULES, unsafe=True).text.count("\n") < wrapped.count("\n") / 4


def test_verse_and_bylines_keep_their_spaces_and_lines() -> None:
    verse = "床前明月光\n疑是地上霜\n舉頭望明月\n低頭思故鄉\n" * 6
    titles = "文 圖 王小明 李大同\n第一章 總論\n第二章 背景\n" * 6
    assert not codes(verse) and not codes(titles)
