"""How much leftover page chrome is found, and how much content is hit.

`python benchmarks/chrome.py [--limit N]` writes docs/chrome-benchmark.md. Reads ../shared;
without it there is nothing to measure, and the program says so.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

from chrome_cases import CASES, SHARED, Page, corpus_files, pages
from chrome_generated import generated, written

from seedlint.chrome.amid import amid
from seedlint.chrome.blocks import blocks
from seedlint.chrome.gate import Look
from seedlint.chrome.lines import Lines, of_strings
from seedlint.chrome.model import score
from seedlint.chrome.reported import is_page
from seedlint.document import Document

ROOT = Path(__file__).resolve().parent.parent
_UNSEEN = -20.0  # score of a line that was not worth one
CORPORA = ("zh-Hans-articles", "zh-Hant-book", "ja-docs", "ko-docs", "classical-Chinese")


class Judged(NamedTuple):
    """A labelled line: whether it is chrome, its score, whether it was reported and safely removed."""

    chrome: bool
    score: float
    reported: bool
    safe: bool
    text: str


def judged(lines: Sequence[str], labels: Sequence[str | None], gap: str = "\n") -> list[Judged]:
    """What is said of every labelled line of a page, its lines joined by ``gap``."""
    kept = [(line.strip(), label) for line, label in zip(lines, labels, strict=True) if line.strip()]
    reported, safe = _found(gap.join(line for line, _ in kept), len(gap))
    scores = [one.score for one in score(of_strings([line for line, _ in kept]))]
    return [
        Judged(label == "chrome", scores[index], index * len(gap) in reported, index * len(gap) in safe, line)
        for index, (line, label) in enumerate(kept)
        if label
    ]


def _found(text: str, step: int) -> tuple[set[int], set[int]]:
    """Numbers of the lines that blocks report, and of those that go safely."""
    reported: set[int] = set()
    safe: set[int] = set()
    for block in blocks(Document(text)):
        numbers = {one.line.number for one in block.lines}
        reported |= numbers
        safe |= numbers if block.safe else set()
    return reported, safe


def share(rows: Iterable[bool]) -> float:
    """The share of True, 0 for nothing."""
    listed = list(rows)
    return sum(listed) / len(listed) if listed else 0.0


def best_f1(rows: Sequence[Judged]) -> float:
    """The best F1 over all thresholds of the score."""
    total, best, true, false = sum(row.chrome for row in rows), 0.0, 0, 0
    for row in sorted(rows, key=lambda row: -row.score):
        true, false = true + row.chrome, false + (not row.chrome)
        best = max(best, 2 * true / (true + false + total))
    return best


def recall_at(rows: Sequence[Judged], most: float) -> float:
    """The share of chrome found at the threshold that hits ``most`` of the content."""
    content = sorted((row.score for row in rows if not row.chrome), reverse=True)
    least = content[int(most * len(content))] if content else 0.0
    return share(row.score > least for row in rows if row.chrome)


def _cells(rows: Sequence[Judged]) -> list[str]:
    chrome, content = [row for row in rows if row.chrome], [row for row in rows if not row.chrome]
    return [
        f"{len(chrome)} / {len(content)}",
        f"{best_f1(rows):.3f}",
        f"{recall_at(rows, 0.03):.1%}",
        f"{share(row.reported for row in chrome):.1%} / {share(row.reported for row in content):.2%}",
        f"{share(row.safe for row in chrome):.1%} / {share(row.safe for row in content):.2%}",
    ]


def _row(name: str, rows: Sequence[Judged]) -> str:
    return "| " + " | ".join([name, *_cells(rows)]) + " |"


_HEADER = (
    "| case | chrome / content lines | best F1 | chrome at 3 % of content | reported: chrome / content "
    "| safe: chrome / content |\n|---|---|---|---|---|---|"
)


def c4_like(text: str) -> bool:
    """Whether C4's line filter drops a line: no closing punctuation, or under five words."""
    return not text.endswith((".", "!", "?", '"', "。", "！", "？", "”", "」")) or _words(text) < 5


def justext_like(text: str) -> bool:
    """Whether a line is short for jusText: under 70 characters without the closing mark, or 30 with it."""
    return len(text) < (30 if text.endswith((".", "!", "?", "。", "！", "？")) else 70)


def _words(text: str) -> int:
    return len(text.split()) if text.isascii() or " " in text else len(text)


def _peer(name: str, drops: Callable[[str], bool], rows: Sequence[Judged]) -> str:
    true = sum(drops(row.text) for row in rows if row.chrome)
    false = sum(drops(row.text) for row in rows if not row.chrome)
    total = sum(row.chrome for row in rows)
    f1 = 2 * true / (true + false + total)
    lost = false / max(len(rows) - total, 1)
    return f"| {name} | | {f1:.3f} | | {true / total:.1%} / {lost:.1%} | |"


def labelled(limit: int) -> Iterator[str]:
    """The tables of the labelled pages that were held out."""
    for name in ("chrome_pages", "chrome_lines"):
        held: list[Page] = [page for page in pages(CASES / f"{name}.jsonl") if page.held_out][:limit]
        by_language: dict[str, list[Judged]] = defaultdict(list)
        for page in held:
            by_language[page.language] += judged(page.lines, page.labels)
        rows = [row for some in by_language.values() for row in some]
        yield _row(f"**{name}**, {len(held)} pages", rows)
        yield _peer("C4-like line filter", c4_like, rows)
        yield _peer("jusText-like length filter", justext_like, rows)
        if len(by_language) > 1:
            yield from (_row(language, some) for language, some in sorted(by_language.items()))


def made(limit: int) -> Iterator[str]:
    """The rows of the generated pages."""
    sets = {"generated pages": generated(limit), "generated pages, blocks of other families": written(limit)}
    for name, found in sets.items():
        by_place: dict[str, list[Judged]] = defaultdict(list)
        for where, lines, labels in found:
            by_place[where] += _paragraphed(lines, labels)
        yield _row(f"**{name}**", [row for rows in by_place.values() for row in rows])
        yield from (_row(f"block: {where}", rows) for where, rows in sorted(by_place.items()))


def _paragraphed(lines: Sequence[str], labels: Sequence[str | None]) -> list[Judged]:
    """A page whose paragraphs are parted by blank lines, the lines of its block are not."""
    text, numbers, number = "", [], 0
    for index, line in enumerate(lines):
        joined = index and labels[index] == labels[index - 1] == "chrome"
        text += "" if not index else "\n" if joined else "\n\n"
        number += 0 if not index else 1 if joined else 2
        numbers.append(number)
        text += line
    reported, safe = _found(text, 1)
    scores = _amid(Document(text))
    rows = zip(lines, labels, numbers, strict=True)
    return [
        Judged(label == "chrome", scores.get(at, _UNSEEN), at in reported, at in safe, line)
        for line, label, at in rows
    ]


def _amid(document: Document) -> dict[int, float]:
    """The scores of the lines of a text that were worth one, by their numbers."""
    look, lines = document.analysis(Look), Lines(document)
    if is_page(lines, look):
        return {one.line.number: one.score for one in score(lines)}
    return {one.line.number: one.score for _, one in amid(lines, look, ())} if look.tells else {}


def clean(limit: int) -> Iterator[str]:
    """Reports and safe removals in clean text, and the time they took."""
    yield "| corpus | million characters | blocks reported | safe removals | per million | CPU ms per MB |"
    yield "|---|---|---|---|---|---|"
    for folder in CORPORA:
        texts = [path.read_text("utf-8") for path in corpus_files(folder)[:limit]]
        millions, size = sum(map(len, texts)) / 1e6, sum(len(text.encode()) for text in texts) / 1e6
        begun = time.process_time()
        found = [block for text in texts for block in blocks(Document(text))]
        spent = (time.process_time() - begun) * 1000
        safe = [block for block in found if block.safe]
        cells = [
            f"{millions:.2f}",
            str(len(found)),
            str(len(safe)),
            f"{len(safe) / millions:.1f}",
            f"{spent / size:.0f}",
        ]
        yield f"| {folder} | {' | '.join(cells)} |"
        for block in safe:
            print(folder, block.chrome, [one.line.text for one in block.lines][:3], file=sys.stderr)


def table(limit: int) -> str:
    """The whole page."""
    rows = [_HEADER, *labelled(limit), *made(min(limit, 300))]
    title = "# Leftover page chrome: what is found\n\n"
    told = "Made by `python benchmarks/chrome.py`; pages held out, two of five, by name.\n\n"
    return title + told + "\n".join(rows) + "\n\n## Clean text\n\n" + "\n".join(clean(limit)) + "\n"


def main() -> None:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=10_000, help="pages and files of each kind")
    limit = parser.parse_args().limit
    if not CASES.is_dir():
        sys.exit(f"{SHARED} is not there: nothing to measure with")
    text = table(limit)
    if limit >= 10_000:
        (ROOT / "docs" / "chrome-benchmark.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
