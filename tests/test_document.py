"""Documents: lossless, lines as editors count them, regions that are not prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.diagnostic import Span
from seedlint.document import Document
from seedlint.regions import Region


@given(st.binary())
def test_any_bytes_come_back(data: bytes) -> None:
    assert Document.from_bytes(data).data == data


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_any_text_can_be_encoded(text: str) -> None:
    assert isinstance(Document(text).data, bytes)


@given(st.text(alphabet="a中\n\r\x0b\x0c\x1c\x85\u2028"))
def test_lines_end_as_in_editors(text: str) -> None:
    document, counted = Document(text), Document(text)
    counted._asked = 1000  # by way of all lines, as for many places
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert len(document.line_starts) == len(lines)
    for number, start in enumerate(document.line_starts):
        span = document.line_span(start)
        assert text[span.start : span.end] == lines[number]
        assert counted.line_span(start) == span
        assert document.position(start)[:2] == (number + 1, 1)


def test_unknown_encoding_is_an_error() -> None:
    with pytest.raises(LookupError):
        Document.from_bytes(b"x", encoding="no-such-codec")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("---\ntitle: X\n---\n", Region.FRONT_MATTER),
        ("~~~\nX\n~~~\n", Region.FENCED_CODE),
        ("````\n```\nX\n````\n", Region.FENCED_CODE),
        ("```\nX never closed", Region.FENCED_CODE),
        ("see `X` there", Region.INLINE_CODE),
        ("see ``a`X`` there", Region.INLINE_CODE),
        ("到https://example.org/X看", Region.URL),
        ("[text](path/X)", Region.LINK_TARGET),
        ("[1]: path/X\n", Region.LINK_TARGET),
        ('<p title="X">', Region.MARKUP),
        ("<!-- X\n -->", Region.MARKUP),
    ],
)
def test_regions(text: str, kind: Region) -> None:
    at = text.index("X")
    found = list(Document(text).regions.overlapping(Span(at, at + 1)))
    assert [region for _, region in found] == [kind]


@pytest.mark.parametrize("text", ["X", "a < X", "---\nX", "[X](y)", "a ` X", "\\`X"])
def test_prose(text: str) -> None:
    at = text.index("X")
    assert Document(text).regions.is_prose(Span(at, at + 1))


def test_a_source_file_is_no_prose() -> None:
    assert not Document("X", path="a.py").regions.is_prose(Span(0, 1))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.adoc", "前面\n----\nX\n----\n后面"),
        ("a.org", "前面\n#+BEGIN_SRC org\nX\n#+END_SRC\n后面"),
        ("a.org", "命令 =ls X= 的结果"),
        ("a.tex", "前面\n\\begin{verbatim}\nX\n\\end{verbatim}\n后面"),
        ("a.tex", "公式 $X,y$ 成立"),
    ],
)
def test_code_of_other_markup(path: str, text: str) -> None:
    at = text.index("X")
    assert not Document(text, path=path).regions.is_prose(Span(at, at + 1))
    assert Document(text, path=path).regions.is_prose(Span(0, 1))
    assert Document(text, path="a.txt").regions.is_prose(Span(at, at + 1))


def test_an_analysis_runs_once() -> None:
    calls: list[Document] = []
    document = Document("x")

    def count(one: Document) -> int:
        calls.append(one)
        return len(calls)

    assert [document.analysis(count), document.analysis(count)] == [1, 1]


def test_a_location_shows_a_window_of_a_long_line() -> None:
    document = Document("第一行\r\n" + "长" * 5000 + "X" + "长" * 5000)
    at = document.text.index("X")
    location = document.locate(Span(at, at + 1))
    assert location.start == (2, 5001, at)
    assert location.context[location.indent] == "X"
    assert len(location.context) < 400
