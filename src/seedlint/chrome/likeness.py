"""How a line is like those around it: put together alike, begun alike, in the script of its page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from seedlint.chrome.features import Features, length_bucket
from seedlint.chrome.lines import Line

_SCRIPTS = (
    re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    re.compile("[\u3040-\u30ff\u3400-\u9fff]"),
    re.compile("[\uac00-\ud7a3]"),
    re.compile("[\u0370-\u1dff]"),
)
"""Letters: Latin, Chinese and Japanese, Korean, Greek to Georgian with all between."""
_LETTER = re.compile(r"[^\W\d_]")
_STEPS = (2, 3, 5, 9, 17)
_PROSE = (0.01, 0.15, 0.35, 0.6)
_SEARCHED = 200  # lines of a page up to which it is looked whether one stands in another
_TITLE = range(4, 60)  # characters of a line that may stand in another


def _foreign(texts: Sequence[str]) -> list[bool]:
    """Whether a line has letters, but none of the script that most letters of its page are in."""
    whole = "\n".join(texts)
    main = max(_SCRIPTS, key=lambda script: len(script.findall(whole)))
    return [main.search(text) is None and _LETTER.search(text) is not None for text in texts]


def _shape(size: int, features: Features) -> tuple[object, ...]:
    """What two lines of one list have in common: their length, their ending, how they are put together."""
    made = (name for name in reversed(features.names) if name.startswith("made like "))
    return size, features.names[1], next(made, "")


def _lengths(keys: Sequence[object]) -> list[int]:
    """For every key how many equal ones stand in a row with it."""
    lengths, start = [0] * len(keys), 0
    for at in range(1, len(keys) + 1):
        if at == len(keys) or keys[at] != keys[start]:
            lengths[start:at] = [at - start] * (at - start)
            start = at
    return lengths


def _beginning(text: str) -> str:
    first = text.split(maxsplit=1)[0]
    return first if first.isascii() else first[:2]


def _closing(text: str) -> str:
    last = text.rsplit(maxsplit=1)[-1]
    return last if last.isascii() else last[-2:]


def _alike(texts: Sequence[str]) -> Iterator[list[str]]:
    """Whether a line begins or ends as one beside it."""
    starts, ends = list(map(_beginning, texts)), list(map(_closing, texts))
    for at, text in enumerate(texts):
        near = [one for one in (at - 1, at + 1) if 0 <= one < len(texts)]
        beside = [one for one in near if texts[one] != text]
        names = ["begins like a neighbour"] if any(starts[one] == starts[at] for one in beside) else []
        if any(ends[one] == ends[at] for one in beside) and ends[at][-1:].isalnum():
            names.append("ends like a neighbour")
        if len(beside) < len(near):
            names.append("repeats a neighbour")
        yield names


def _within(texts: Sequence[str]) -> list[bool]:
    """Whether a line stands inside another one."""
    if len(texts) > _SEARCHED:
        return [False] * len(texts)
    whole, seen = "\n".join(texts), Counter(texts)
    return [len(text) in _TITLE and whole.count(text) > seen[text] for text in texts]


def likeness(
    lines: Sequence[Line], features: Sequence[Features], prose: Sequence[bool]
) -> Iterator[list[str]]:
    """The names of what counts for every line of a page; ``prose`` says which lines are."""
    texts = [line.text for line in lines]
    sizes = [length_bucket(text) // 2 for text in texts]
    rows = _lengths([_shape(size, own) for size, own in zip(sizes, features, strict=True)])
    share = bisect_right(_PROSE, sum(prose) / max(len(prose), 1))
    beside = zip(_alike(texts), _within(texts), _foreign(texts), strict=True)
    for at, (names, within, foreign) in enumerate(beside):
        told = [f"{bisect_right(_STEPS, rows[at])} like it in a row", *names]
        told += ["stands in another line"] if within else []
        told += [f"prose {share}", f"prose {share}, length {sizes[at]}"]
        if foreign:
            told += [
                "in another script than the page",
                f"in another script than the page, length {sizes[at]}",
            ]
        told += ["before prose"] if at + 1 < len(prose) and prose[at + 1] else []
        told += ["after prose"] if at and prose[at - 1] else []
        yield told
