"""What goes leaves clean paragraph breaks, whatever goes with it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.chrome.lines import Lines
from seedlint.chrome.removal import cuts
from seedlint.document import Document

EOL = st.sampled_from(["\n", "\r\n"])
PIECES = st.lists(st.tuples(st.sampled_from("bc"), st.integers(1, 3)), min_size=1, max_size=10)


def removed(text: str, marked: str = "b") -> str:
    """``text`` without its runs of lines that begin with ``marked``, one cut for a run."""
    document = Document(text)
    lines = Lines(document)
    spans: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if line.text.startswith(marked):
            if spans and spans[-1][1] == index - 1:
                spans[-1] = spans[-1][0], index
            else:
                spans.append((index, index))
    for cut in reversed(list(cuts(document, lines, spans))):
        text = text[: cut.start] + text[cut.end :]
    return text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("b\n\nc\n", "c\n"),
        ("b\nc\n", "c\n"),
        ("c\n\nb\n", "c\n"),
        ("c\n\nb", "c"),
        ("c\nb", "c"),
        ("c\n\nb\n\nc\n", "c\n\nc\n"),
        ("c\nb\nc\n", "c\nc\n"),
        ("c\nb\n\nc\n", "c\n\nc\n"),
        ("c\n\nb\nc\n", "c\n\nc\n"),
        ("c\r\n\r\nb\r\n\r\nc\r\n", "c\r\n\r\nc\r\n"),
        ("\n\nb\n\nc\n", "c\n"),
        ("c\n\n\nb\n\nc\n", "c\n\n\nc\n"),
    ],
)
def test_the_break_that_was_there_stays(before: str, after: str) -> None:
    assert removed(before) == after


@given(PIECES, EOL, st.booleans())
def test_no_content_goes_and_no_blank_line_comes(
    pieces: list[tuple[str, int]], eol: str, final: bool
) -> None:
    text = "".join(f"{kind}{eol * gap}" for kind, gap in pieces).rstrip("\r\n") + (eol if final else "")
    left = removed(text)
    if "c" not in text:
        return
    assert left.count("c") == text.count("c")
    assert "b" not in left
    assert left[0] == "c"
    assert left.endswith(eol) == final
    assert not left.endswith(eol * 2)
    longest = max(map(len, re.findall(r"(?:\r?\n)+", text)), default=0)
    assert max(map(len, re.findall(r"(?:\r?\n)+", left)), default=0) <= longest
