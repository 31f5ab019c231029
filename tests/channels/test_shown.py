"""Texts that speak of mojibake keep their examples."""

from __future__ import annotations

import pytest

from seedlint.channels.misreading import misreadings
from seedlint.document import Document

SHOWN = [
    "Strings were double-encoded:\n- `â€”` (em-dash), `Ã‰` (É), `Ã§` (ç), Turkish `ÅŸ`/`Ä±`/`ÄŸ`\n",
    "UTF-8 text read as Windows-1252 shows Ã© instead of é and â€™ instead of ’.\n",
    "If you see Ã©, Ã¨ or â€œ in your page, the encoding is wrong.\n",
    "常见的乱码：用 GBK 读 UTF-8 的“你好”得到“浣犲ソ”，用 Latin-1 读得到 ä½ å¥½。\n",
    "| 乱码 | 例 |\n|---|---|\n| 拼音码 | ÓÉÔÂÒªºÃºÃÑ§Ï°ÌìÌìÏòÉÏ |\n",
    "assert looks_garbled('Ã¼ber')\nassert looks_garbled(\"浣犲ソ\")\nbad = 'ÃƒÂ©'\n",
    "日本語の文字化けの例：「譁蟄怜喧縺」は UTF-8 を Shift_JIS で読んだもの。\n",
]
DAMAGED = [
    "We changed the encoding of the page. Itâ€™s much better now, isnâ€™t it?\n",
    "修复了乱码问题。\n杩欎竴琛屾槸鐪熺殑鍧忎簡銆\n",
    "The charset was fixed: le cafÃ© est fermÃ© aujourd'hui, revenez demain s'il vous plaÃ®t.\n",
]


@pytest.mark.parametrize("text", SHOWN)
def test_examples_are_left_alone(text: str) -> None:
    assert not misreadings(Document(text))


@pytest.mark.parametrize("text", DAMAGED)
def test_damage_beside_words_about_encodings_is_found(text: str) -> None:
    assert misreadings(Document(text))
