"""Suspicious places: odd characters near each other that make no word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.channels.suspects import familiar, latin_places, suspicious_places
from seedlint.charclass import CharacterClass
from seedlint.document import Document

PADDING = "。" * 14


def places(text: str) -> list[str]:
    document = Document(text)
    return [document.text[span.start : span.end] for span in suspicious_places(document)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"鐨勫{PADDING}", ["鐨勫"]),
        (f"的鐨中文a勫的{PADDING}", ["鐨中文a勫"]),
        (f"的鐨中文ab勫的{PADDING}", []),
        (f"鐨\n勫{PADDING}", []),
        (f"鐨\ufffd{PADDING}", ["鐨\ufffd"]),
        (f"鐨鐨{PADDING}", []),
        (f"尴尬，蝴蝶{PADDING}", []),
        ("鐨好", ["鐨好"]),
    ],
)
def test_two_odd_characters_near_each_other_that_make_no_word(text: str, found: list[str]) -> None:
    assert places(text) == found


def test_words_of_other_alphabets_are_not_suspicious() -> None:
    assert not list(latin_places(Document("Дмитрий и Москва — naïve Ελλάδα")))
    assert list(latin_places(Document("Ã©t")))


@given(st.lists(st.text(alphabet="中文a\n。鐨勫\ufffd"), min_size=1))
def test_a_class_finds_the_same_by_the_census_and_by_its_pattern(texts: list[str]) -> None:
    members = frozenset("鐨勫")
    new, used = (CharacterClass.of(lambda: members) for _ in range(2))
    assert used.pattern
    for text in map(Document, texts):
        assert new.places(text) == used.places(text)
        assert new.census(text) == used.census(text)
        assert new.stands_in(text) == used.stands_in(text)
        assert new.tally(text.text) == used.tally(text.text)


def test_ordinary_text_is_familiar() -> None:
    assert familiar().issuperset("的一是在不了有和人这")
