"""Openings of web pages as text extractors leave them, labelled line by line, for training.

chrome_openings/*.txt holds them: pages in some twenty languages, seen on some hundreds of
sites. What an author wrote was reworded in its shape, some lines nearer to it than others, names
and numbers were changed; the lines of the sites are stock phrases and stand as they were seen.

A page begins with ``== language site``. Every line after it is a label and a text: ``X``
what the site put there, ``c`` content, ``-`` what may be either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from chrome_pages import Labelled

FOLDER = Path(__file__).resolve().parent / "chrome_openings"
_LABELS = {"X": "chrome", "c": "content", "-": None}
GROUPS = {"zh-Hans": "zh", "zh-Hant": "zh", "ja": "ja", "ko": "ko"}


def openings() -> Iterator[Labelled]:
    """All pages, in the order of the files; raises ValueError for a line without a label."""
    for file in sorted(FOLDER.glob("*.txt")):
        numbers: Counter[str] = Counter()
        for part in file.read_text("utf-8").removeprefix("== ").split("\n== "):
            head, *lines = part.strip("\n").split("\n")
            numbers[head] += 1
            yield _page(f"{head} {numbers[head]}", head.split()[0], lines)


def _page(name: str, language: str, lines: list[str]) -> Labelled:
    for line in lines:
        if line[:1] not in _LABELS or line[1:2] != " " or not line[2:].strip():
            raise ValueError(f"no label or no text on {name}: {line!r}")
    labels = [_LABELS[line[0]] for line in lines]
    return Labelled(
        name, "opening", GROUPS.get(language, "other"), [line[2:].strip() for line in lines], labels
    )
