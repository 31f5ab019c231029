"""Suspicious places: found the same way whichever way they are looked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seedlint.channels import suspects
from seedlint.channels.reading import REPLACEMENT


@given(st.text(alphabet="中文a\n。鐨勫\ufffd"))
def test_both_searches_find_the_same(text: str) -> None:
    chars = "鐨勫"
    compiled = [match.span() for match in suspects._pair_of(chars).finditer(text + " " * 14)]
    assert list(suspects._pairs(text, chars + REPLACEMENT)) == compiled
