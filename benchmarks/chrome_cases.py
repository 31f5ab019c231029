"""Labelled pages for the chrome benchmark and for training, split by page."""

from __future__ import annotations

import json
from hashlib import sha1
from pathlib import Path
from typing import NamedTuple

SHARED = Path(__file__).resolve().parents[2] / "shared"
CASES = SHARED / "cases"


class Page(NamedTuple):
    """The lines of one page; a label is "chrome", "content" or None."""

    name: str
    language: str
    lines: list[str]
    labels: list[str | None]
    classes: list[str | None]

    @property
    def held_out(self) -> bool:
        """Whether the page is for testing only: two of five, by name."""
        return held_out(self.name)


def held_out(name: str) -> bool:
    """Whether ``name`` falls into the two fifths kept for testing."""
    return sha1(name.encode()).digest()[0] % 5 < 2


def _page(record: dict[str, object], language: str) -> Page:
    lines = [str(line) for line in record["lines"]]  # type: ignore[attr-defined]
    labels = list(record["labels"])  # type: ignore[call-overload]
    classes = list(record.get("classes") or [None] * len(lines))  # type: ignore[call-overload]
    return Page(str(record["id"]), str(record.get("lang", language)), lines, labels, classes)


def pages(path: Path) -> list[Page]:
    """The pages of a JSON Lines file; raises FileNotFoundError where it is absent."""
    return [_page(json.loads(row), "Latin") for row in path.read_text("utf-8").splitlines()]


def corpus_files(folder: str) -> list[Path]:
    """The clean files of one corpus, in order."""
    return sorted(
        path for path in (SHARED / "corpora" / folder).glob("*.*") if path.suffix in (".md", ".json")
    )
