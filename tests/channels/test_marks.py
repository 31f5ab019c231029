"""Which decoder left a mark is told by the bytes around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.channels.channel import Channel
from seedlint.channels.marks import contradicted
from seedlint.channels.misreading import misreadings
from seedlint.channels.reading import Reading, Swallow
from seedlint.channels.stream import EDGE, edged, stream_of
from seedlint.document import Document

TEXT = "在命令执行完成后，你就可以启动应用，在页面中看到被渲染为 React 组件的 SVG 图标。"
DOT = "\N{KATAKANA MIDDLE DOT}"
READINGS = [Reading("gbk", "?", swallow) for swallow in (Swallow.ASCII, Swallow.ANY, Swallow.NONE)]


def speaks_against(true: Reading, said: Reading, text: str = TEXT) -> bool:
    damaged = Channel("utf-8", true).damage(text)
    return contradicted(Channel("utf-8", said), stream_of(damaged, said), damaged)


@pytest.mark.parametrize("reading", READINGS, ids=repr)
def test_the_true_reading_is_not_contradicted(reading: Reading) -> None:
    assert not speaks_against(reading, reading)


@pytest.mark.parametrize(
    ("true", "said"),
    [(Swallow.ASCII, Swallow.ANY), (Swallow.ANY, Swallow.ASCII), (Swallow.NONE, Swallow.ASCII)],
)
def test_another_is(true: Swallow, said: Swallow) -> None:
    assert speaks_against(Reading("gbk", "?", true), Reading("gbk", "?", said))


def test_pairs_of_bytes_leave_no_halfwidth_katakana() -> None:
    text = "代わりに、ファイルを扱います。データはありません。"
    plain, pairs = Reading("cp932", DOT), Reading("cp932", DOT, pairwise=True)
    assert speaks_against(plain, pairs, text)
    assert speaks_against(pairs, plain, text)
    assert not speaks_against(pairs, pairs, text)


@given(st.text(st.sampled_from(TEXT + "我们你展代わりに、データ。"), min_size=4, max_size=30))
def test_pairs_of_bytes_are_not_contradicted(text: str) -> None:
    reading = Reading("cp932", DOT, pairwise=True)
    assert not speaks_against(reading, reading, text)


@given(st.text(st.sampled_from(TEXT + "。、？「」"), min_size=4, max_size=30))
def test_the_true_reading_of_any_text_is_not_contradicted(text: str) -> None:
    """A mark that eats nothing is always followed by what UTF-8 must have there."""
    reading = Reading("gbk", "?", Swallow.NONE)
    damaged = Channel("utf-8", reading).damage(text)
    stream = stream_of(damaged, reading)
    if "?" not in text:
        assert not contradicted(Channel("utf-8", reading), stream, damaged)


@given(st.text(st.sampled_from(TEXT), max_size=20), st.booleans())
def test_every_damaged_character_has_an_edge(text: str, euro: bool) -> None:
    reading = Reading("gbk", "", euro=euro)
    damaged = reading.read(text.encode())
    stream = stream_of(damaged, reading)
    marked = edged(stream, reading)
    assert sum(char >= chr(EDGE) for char in marked) == len(damaged)
    assert "".join(chr(ord(char) % EDGE) for char in marked) == stream


@pytest.mark.parametrize("reading", [*READINGS[:2], Reading("gbk", "")], ids=repr)
def test_the_reading_is_found(reading: Reading) -> None:
    (found,) = misreadings(Document(Channel("utf-8", reading).damage(TEXT)))
    assert found.found.channels[-1].reading == reading
