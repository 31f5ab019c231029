"""Characters that a copy site made of two others: ideographic spaces deleted, quotation marks turned.

Both edits work on bytes and leave valid characters behind (小、 became 孝, 小姑 became
小泵), so that only the words around them tell. What is found is a proposal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from seedlint.channels.copysite import delete_spaces, encode, turn_quotes
from seedlint.channels.copysite_inversion import Language

GAIN, GAIN_AT_END = 5.0, 2.3
"""Nats by which what stood there must be likelier; less where a line lost its last mark."""
_CONTEXT = 8
_SENTENCE = 8


class Swap(NamedTuple):
    """One character, or two, that became another at ``at``; ``edit`` names what the site did."""

    at: int
    damaged: str
    text: str
    edit: str
    gain: float


def _decode(data: bytes) -> str:
    return data.decode("gbk", "replace")


def without_spaces(text: str) -> str:
    """What a site makes of ``text`` that deletes ideographic spaces."""
    return _decode(delete_spaces(encode(text)))


def with_turned_quotes(text: str) -> str:
    """What a site makes of ``text`` that turns corner brackets into curly quotes."""
    return _decode(turn_quotes(encode(text)))


EDITS = {"ideographic space deleted": without_spaces, "quotation mark turned": with_turned_quotes}
"""The two edits by name, as functions from a text to the damaged text."""
_DELETED, _TURNED = EDITS


def swaps(text: str, model: Language, places: list[tuple[int, str]]) -> Iterator[Swap]:
    """The places where what may have stood there is far likelier; the best of each place."""
    best: dict[int, Swap] = {}
    for at, true in places:
        edit = _DELETED if len(true) == 2 else _TURNED
        span = text[at - 1 : at + 1] if edit == _TURNED else text[at]
        gain = _gain(text, at, true, model)
        proved = EDITS[edit](span[:-1] + true) == span
        proved &= edit == _DELETED or _is_word(text, at, true, model)
        least = GAIN_AT_END if true.endswith("。") and _ends_line(text, at + 1) else GAIN
        if proved and gain >= least and (at not in best or gain > best[at].gain):
            best[at] = Swap(at, text[at], true, edit, gain)
    yield from best.values()


def _ends_line(text: str, at: int) -> bool:
    """Whether a line ends there that is long enough for a sentence: items of lists have no mark to lose."""
    return text[at : at + 1] in ("", "\n", "\r") and at - text.rfind("\n", 0, at) > _SENTENCE


def _is_word(text: str, at: int, true: str, model: Language) -> bool:
    """Whether what may have stood there makes a word with what stands beside it: 小寡 is none."""
    words = (text[at - 1] + true, true + text[at + 1 : at + 2], text[at - 1] + true + text[at + 1 : at + 2])
    return any(len(word) > 1 and model.word(word) is not None for word in words)


def _gain(text: str, at: int, true: str, model: Language) -> float:
    left = text[max(0, at - _CONTEXT) : at].rpartition("\n")[2]
    right = text[at + 1 : at + 1 + _CONTEXT].partition("\n")[0]
    return model.score(left + true + right) - model.score(left + text[at] + right)
