"""The encoding of bytes, by what they would say."""

from __future__ import annotations

import pytest

from seedlint.channels.detection import detect

TEXTS = {
    "gb18030": "讨论明年的计划。",
    "big5": "討論明年的計畫。",
    "cp932": "来年の計画です。",
    "euc_jp": "来年の計画です。",
    "cp949": "내년 계획입니다.",
}


@pytest.mark.parametrize("codec", TEXTS)
def test_eight_characters_suffice(codec: str) -> None:
    data = TEXTS[codec].encode(codec)
    found = detect(data)
    assert found and data.decode(found.codec) == TEXTS[codec]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings(codec: str) -> None:
    data = "A plain line.\n".encode(codec)
    found = detect(data)
    assert found and data.decode(found.codec) == "A plain line.\n"
    assert found.certain


@pytest.mark.parametrize(
    "data", ["A line.".encode("utf-16")[:-1], b"\xff\xfe\x00\xd8a\x00", b"a\0b\0\x00\xd8c\0", b"\xd8\0\0\1"]
)
def test_wide_encodings_are_known_when_damaged(data: bytes) -> None:
    found = detect(data)
    assert found and found.codec.startswith("utf-16")
    assert not found.intact
    assert not found.certain


def test_western_text() -> None:
    data = "Le café où il était né, à côté de la forêt.".encode("cp1252")
    found = detect(data)
    assert found and data.decode(found.codec) == "Le café où il était né, à côté de la forêt."
