"""Measure the rules on scripts and characters; write docs/scripts.md.

    python benchmarks/scripts.py [--limit CHARACTERS] [--texts DIR] [--write]

Reads `../shared` beside the checkout and, under `--texts`, the held-out sources `drcd` and `hkcnews`
that `tools/build_language.py texts` wrote; none of them was counted for the tables. What is absent is
named and left out.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from script_damage import channels, convert, forge, hidden, is_wrong, words

from seedlint.diagnostic import Diagnostic
from seedlint.document import Document
from seedlint.fixer import repair
from seedlint.language.script_standards import canonical
from seedlint.registry import all_rules, select

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CORPORA = ("zh-Hant-book", "zh-Hans-articles", "classical-Chinese", "ja-docs", "ko-docs")
RULES = select(("UNI", "SCR"))
PAGE = ROOT / "docs" / "scripts.md"


class Row(NamedTuple):
    """One line of the table."""

    case: str
    target: str
    measured: str


def documents(name: str, texts: Path | None) -> list[str]:
    """The texts of a corpus beside the checkout, or of a held-out source cut into pages of thirty lines."""
    folder = SHARED / "corpora" / name
    if folder.is_dir():
        paths = sorted(path for path in folder.iterdir() if path.suffix in {".md", ".json"})
        return [path.read_text("utf-8") for path in paths]
    path = (texts or Path("-")) / f"{name}.txt"
    if not path.is_file():
        return []
    lines = path.read_text("utf-8").split("\n")
    return ["\n".join(lines[at : at + 30]) for at in range(0, len(lines), 30)]


def sample(pages: list[str], limit: int) -> list[str]:
    """Pages at random up to a number of characters."""
    chosen, left = [], limit
    for page in random.Random(1).sample(pages, len(pages)):
        if left <= 0:
            break
        chosen.append(page)
        left -= len(page)
    return chosen


def found(text: str, code: str) -> list[Diagnostic]:
    """What one rule says of a text."""
    return list(repair(Document(text), select((code,))).diagnostics)


def clean(name: str, pages: list[str]) -> Iterator[Row]:
    """Reports on clean text by rule."""
    size = sum(map(len, pages))
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update(one.code for one in repair(Document(page), RULES).diagnostics)
    worst = ", ".join(f"{code} {number}" for code, number in sorted(counts.items())) or "none"
    most = max(counts.values(), default=0) * 100_000 / max(size, 1)
    yield Row(
        f"clean text: {name}, {size:,} characters",
        "1 report per 100,000 and rule",
        f"{most:.2f} ({worst})",
    )


class Score:
    """Counts of one round trip."""

    def __init__(self) -> None:
        self.wrong = self.found = self.right = self.safe = self.safe_right = 0

    def add(self, original: str, damaged: str) -> None:
        """Judge the repairs of one page."""
        fixes = {
            edit.start: (edit.replacement, one.fix.safe)
            for code in ("SCR001", "SCR002")
            for one in found(damaged, code)
            if one.fix
            for edit in one.fix.edits
        }
        wrong = {at for at, pair in enumerate(zip(original, damaged, strict=True)) if is_wrong(*pair)}
        hits = {at for at in fixes if canonical(fixes[at][0]) == canonical(original[at])}
        safe = {at for at in fixes if fixes[at][1]}
        self.wrong += len(wrong)
        self.found += len(wrong & fixes.keys())
        self.right += len(wrong & hits)
        self.safe += len(safe)
        self.safe_right += len(safe & hits)

    def rows(self, case: str) -> Iterator[Row]:
        """Recall and precision."""
        yield Row(
            case,
            "recall 90 %, safe fixes 99.5 % right",
            f"of {self.wrong:,} wrong places {share(self.found, self.wrong)} found, "
            f"{share(self.right, self.wrong)} read right; {self.safe:,} safe fixes, "
            f"{share(self.safe_right, self.safe)} right",
        )


def share(part: int, whole: int) -> str:
    """A share in percent."""
    return f"{100 * part / whole:.2f} %" if whole else "-"


def round_trips(name: str, pages: list[str]) -> Iterator[Row]:
    """Traditional text folded and converted back."""
    for channel in channels():
        score = Score()
        for page in pages:
            damaged = convert(page, channel)
            if len(damaged) == len(page):
                score.add(page, damaged)
        yield from score.rows(f"{name}, {channel}")


def cases(file: str, kind: str, codes: tuple[str, ...]) -> Iterator[Row]:
    """Sentences with their corrections."""
    path = SHARED / "cases" / file
    if not path.is_file():
        print(f"absent: {path.name}", file=sys.stderr)
        return
    rules = select(codes)
    rows = [row for row in map(json.loads, path.read_text("utf-8").split("\n")[:-1]) if row["kind"] == kind]
    full = sum(repair(Document(row["text"]), rules, unsafe=True).text == row["expected"] for row in rows)
    outcomes = [(repair(Document(row["text"]), rules), row) for row in rows]
    wrong = sum(not _towards(out.text, row["text"], row["expected"]) for out, row in outcomes)
    yield Row(
        f"{file}, {kind}",
        "90 % found, none made wrongly",
        f"{full} of {len(rows)} corrected; {wrong} wrong safe fixes",
    )


def _towards(repaired: str, text: str, expected: str) -> bool:
    """Whether every changed character became the expected one."""
    if len(repaired) != len(text) or len(text) != len(expected):
        return repaired in (text, expected)
    return all(new in (old, right) for new, old, right in zip(repaired, text, expected, strict=True))


def legitimate() -> Iterator[Row]:
    """Text that looks damaged and is not."""
    path = SHARED / "cases" / "legitimate.jsonl"
    if path.is_file():
        texts = [json.loads(row)["text"] for row in path.read_text("utf-8").split("\n")[:-1]]
        out = [one for text in texts for one in repair(Document(text), RULES).diagnostics]
        errors = sum(one.severity == "error" for one in out)
        safe = sum(bool(one.fix and one.fix.safe) for one in out)
        yield Row(
            "legitimate.jsonl",
            "no error, no safe fix",
            f"{errors} errors, {safe} safe fixes, {len(out)} reports",
        )


def seeds() -> Iterator[Row]:
    """The seeds, after the repairs of the earlier phases."""
    for number in ("001", "003"):
        path = next((ROOT / "seeds").glob(f"{number}*"), None)
        if path is None:
            continue
        rules = [rule for rule in all_rules() if rule.code[:3] in ("MOJ", "SCR")]
        places = [
            one
            for one in repair(Document(path.read_text("utf-8")), rules).diagnostics
            if one.code[:3] == "SCR"
        ]
        safe = sum(bool(one.fix and one.fix.safe) for one in places)
        target = "55 of 57 found, 50 safely" if number == "001" else "答覆雜 and nothing else"
        shown = (
            f"{len(places)} places, {safe} safe"
            if number == "001"
            else ", ".join(one.message for one in places)
        )
        yield Row(f"seed {number}", target, shown)


def homoglyphs(text: str, number: int = 4000) -> Iterator[Row]:
    """Latin words with look-alike letters."""
    chance = random.Random(2)
    chosen = chance.sample(sorted(set(words(text))), number)
    forged = [(word, forge(word, chance)) for word in chosen]
    forged = [(word, fake) for word, fake in forged if word != fake]
    hits = sum(bool(found(f"the {fake} here", "SCR004")) for _, fake in forged)
    rule = select(("SCR004",))
    exact = sum(
        repair(Document(f"a {fake} b"), rule, unsafe=True).text == f"a {word} b" for word, fake in forged
    )
    yield Row(
        "homoglyphs: generated substitutions in Latin words",
        "recall 95 %",
        f"{share(hits, len(forged))} of {len(forged):,} found, {share(exact, len(forged))} restored",
    )


def hidden_characters() -> Iterator[Row]:
    """Every hidden character in prose."""
    every = list(hidden())
    prose = ("中文{}文字", "pass{}word", "line one {} line two")
    missed = [
        (char, text)
        for char in every
        for text in prose
        if char not in "\ufeff" and not any(one.code[:3] == "UNI" for one in _quick(text.format(char)))
    ]
    shown = ", ".join(sorted({f"U+{ord(char):04X}" for char, _ in missed})) or "none"
    yield Row(
        f"{len(every):,} hidden characters in {len(prose)} contexts of prose (U+FEFF is byte-order-mark's)",
        "all found",
        f"missed: {shown}",
    )


def _quick(text: str) -> list[Diagnostic]:
    document = Document(text)
    return [
        one
        for rule in RULES
        if rule.code in HIDDEN and rule.concerns(document)
        for one in rule.check(document)
    ]


HIDDEN = {"UNI001", "UNI002", "UNI003", "UNI004"}


def measure(options: argparse.Namespace) -> Iterator[Row]:
    """All rows."""
    yield from seeds()
    for name in CORPORA:
        if pages := documents(name, None):
            yield from clean(name, sample(pages, options.limit))
        else:
            print(f"absent: {name}", file=sys.stderr)
    for name in ("zh-Hant-book", "drcd", "hkcnews"):
        if pages := sample(documents(name, options.texts), options.limit):
            if name != "zh-Hant-book":
                yield from clean(name, pages)
            yield from round_trips(name, pages)
        else:
            print(f"absent: {name}", file=sys.stderr)
    yield from cases("wrong_conversion.jsonl", "wrong-conversion", ("SCR",))
    yield from cases("damaged.jsonl", "pdf-extraction", ("UNI006",))
    yield from legitimate()
    if pages := documents("zh-Hans-articles", None):
        yield from homoglyphs("\n".join(pages))
    yield from hidden_characters()


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--limit", type=int, default=1_000_000_000)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = []
    for row in measure(options):
        print(" | ".join(row), flush=True)
        rows.append(row)
    if options.write:
        table = "\n".join(f"| {row.case} | {row.target} | {row.measured} |" for row in rows)
        head, _, tail = PAGE.read_text("utf-8").partition("<!-- table -->\n")
        rest = tail.partition("<!-- end -->")[2]
        heading = "| case | at least | measured |\n|---|---|---|\n"
        PAGE.write_text(f"{head}<!-- table -->\n{heading}{table}\n<!-- end -->{rest}", "utf-8")


if __name__ == "__main__":
    main()
