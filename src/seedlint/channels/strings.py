"""Strings and lines of a few characters that are looked at though hardly anything in them is odd."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from seedlint.channels.suspects import SHORT, odd_lines, told
from seedlint.diagnostic import Span
from seedlint.document import Document
from seedlint.language.plausibility import model

_SURPRISING = 2.8  # nats a character above ordinary text: clean strings may be, 99.3 % of damaged ones are


def short_places(document: Document) -> Iterator[Span]:
    """The short lines of a document that may be misread, in order."""
    text = document.text
    if len(text) <= SHORT:
        for match in _string().finditer(text):
            if _string().match(told(match[0])) and model().surprise(match[0]) > _SURPRISING:
                yield Span(*match.span())
        return
    for line in odd_lines(document):
        if model().surprise(text[line.start : line.end]) > _SURPRISING:
            yield line


@cache
def _string() -> re.Pattern[str]:
    """A line with two characters beyond ASCII."""
    return re.compile(r"^(?=.*[^\x00-\x7f].*[^\x00-\x7f]).+$", re.MULTILINE)
