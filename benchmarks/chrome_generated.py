"""Clean articles with blocks of chrome put in at head, middle and tail.

The blocks are runs of chrome lines of held-out pages: no weight was trained on them.
Their phrases are not all new to the rules: the lexicon was written after reading lists
of stock phrases that were drawn from pages like these, so many lines are known word for
word. The table measures how blocks amid prose are found. How new phrases are is measured with
chrome_blocks.txt: 240 blocks in Chinese, each of another family or in other words, written
from knowledge of Chinese sites without sight of rules, phrases and labelled pages. They
are for measuring alone: no phrase and no weight was made with them in view.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from chrome_cases import CASES, Page, corpus_files, held_out, pages

_BLOCKS = Path(__file__).with_name("chrome_blocks.txt")


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
        yield where, *_with(chance.choice(known), article, where)


def _with(block: list[str], article: list[str], where: str) -> tuple[list[str], list[str | None]]:
    """The paragraphs of an article with a block put in, and their labels."""
    at = {"head": 0, "middle": len(article) // 2, "tail": len(article)}[where]
    content: list[str | None] = ["content"] * len(article)
    return [*article[:at], *block, *article[at:]], [*content[:at], *["chrome"] * len(block), *content[at:]]


def written(most: int) -> Iterator[tuple[str, list[str], list[str | None]]]:
    """The same with the blocks that were written for this: script and place, paragraphs, labels."""
    articles = list(_articles(held=True))
    parts = _BLOCKS.read_text("utf-8").removeprefix("== ").split("\n== ")
    for number, part in enumerate(parts[:most]):
        head, *block = part.strip("\n").split("\n")
        _, where = head.split()
        yield head.replace(" ", ", "), *_with(block, articles[number % len(articles)], where)
