"""The forward model agrees with the decoders it models."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedlint.channels.reading import Reading, Swallow

DOUBLE = ("gbk", "gb18030", "big5", "cp950", "cp932", "euc_jp", "cp949")


@pytest.mark.parametrize("codec", (*DOUBLE, "cp1252", "latin-1"))
@given(data=st.binary(max_size=30))
def test_plain_reading_is_pythons_replacement(codec: str, data: bytes) -> None:
    assert Reading(codec).read(data) == data.decode(codec, "replace")


@pytest.mark.parametrize("codec", (*DOUBLE, "big5hkscs", "shift_jis", "euc_kr"))
@given(data=st.binary(max_size=30))
@example(data=b"\x800")
@example(data=b"\x810A")
@example(data=b"\x8f\x00")
@example(data=b"\xa4\xd4\xa4\xa1")
def test_any_mark_stands_where_pythons_replacement_does(codec: str, data: bytes) -> None:
    assert Reading(codec, "\ue000").read(data) == data.decode(codec, "replace").replace("\ufffd", "\ue000")
    assert Reading(codec, "").read(data) == data.decode(codec, "ignore")


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (Reading("gbk", "?", Swallow.ASCII), "锛?/p"),
        (Reading("gbk", "?", Swallow.ANY), "锛?/p"),
        (Reading("gbk", "?"), "锛?</p"),
        (Reading("gbk", ""), "锛</p"),
        (Reading("gbk", "?", euro=True), "锛?</p"),
    ],
)
def test_what_a_mark_eats(reading: Reading, expected: str) -> None:
    assert reading.read("！".encode()[:2] + b"\x81</p") == expected


def test_byte_80_as_the_euro_sign() -> None:
    assert Reading("gbk", "?", euro=True).read("一".encode()) == "涓€"


def test_undefined_bytes_pass_as_controls() -> None:
    assert Reading("cp1252", None).read(b"\x81\x8d") == "\x81\x8d"


@pytest.mark.parametrize("codec", DOUBLE)
@given(data=st.binary(min_size=2, max_size=2))
def test_unread_agrees_with_the_decoder(codec: str, data: bytes) -> None:
    reading = Reading(codec)
    lost = data.decode(codec, "replace").startswith("\ufffd") and data[0] >= 0x80
    assert reading.unread(data[0], data[1], False) == lost
