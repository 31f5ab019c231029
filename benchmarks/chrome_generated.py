"""Clean articles with blocks of chrome put in at head, middle and tail.

The blocks are runs of chrome lines of held-out pages: no weight was trained on them.
Their phrases are not all new to the rules: the lexicon was written after reading lists
of stock phrases that were drawn from pages like these, so many lines are known word for
word. The table measures how blocks amid prose are found, not how new phrases are.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from chrome_cases import CASES, Page, corpus_files, held_out, pages


def _runs(page: Page) -> Iterator[list[str]]:
    run: list[str] = []
    for line, label in zip(page.lines, page.labels, strict=True):
        if label == "chrome" and line.strip():
            run.append(line.strip())
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def blocks(*, held: bool, languages: tuple[str, ...] = ("zh-Hans", "zh-Hant")) -> list[list[str]]:
    """The runs of chrome lines of pages in ``languages`` that are held out, or of the others."""
    known = pages(CASES / "chrome_lines.jsonl")
    chosen = [page for page in known if page.language in languages and page.held_out == held]
    return [run for page in chosen for run in _runs(page)]


def _articles(*, held: bool) -> Iterator[list[str]]:
    """The paragraphs of clean articles: prose only, without Markdown."""
    for folder in ("zh-Hans-articles", "zh-Hant-book"):
        for path in corpus_files(folder):
            if held_out(folder + path.name) == held:
                prose = [part.strip() for part in path.read_text("utf-8").split("\n\n")]
                prose = [part for part in prose if "\n" not in part and part.endswith(("。", "！", "？"))]
                if len(prose) >= 6:
                    yield [part for part in prose if not part.startswith((">", "#", "*", "-", "|"))][:40]


def generated(
    most: int, *, held: bool = True, languages: tuple[str, ...] = ("zh-Hans", "zh-Hant")
) -> Iterator[tuple[str, list[str], list[str | None]]]:
    """Where the block stands, and the paragraphs of a page with their labels; the same on every run."""
    chance = random.Random(7)
    known = blocks(held=held, languages=languages)
    for number, article in enumerate(_articles(held=held)):
        if number >= most:
            return
        where = ("head", "middle", "tail")[number % 3]
        at = {"head": 0, "middle": len(article) // 2, "tail": len(article)}[where]
        block = chance.choice(known)
        labels: list[str | None] = [
            *["content"] * at,
            *["chrome"] * len(block),
            *["content"] * (len(article) - at),
        ]
        yield where, [*article[:at], *block, *article[at:]], labels
