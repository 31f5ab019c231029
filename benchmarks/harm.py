"""Counts the safe fixes that all rules would make on text that nobody damaged, and the harmful ones.

    python benchmarks/harm.py --texts DIR [--corpora DIR] [--limit N] [--unread FILE] [--write]

``--texts`` holds the held-out and other sources as ``tools/build_language.py texts`` writes them,
``--limit`` characters of each are read; ``--corpora`` (default: ../shared/corpora) is read whole.
Not all of it is sound: what was found was read, and benchmarks/harm.json keeps what
was found right and what harmful, by a hash of the place and its repair. ``--unread`` takes the
places that are not in there. ``--write`` keeps the counts in docs/reliability.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import accuracy_clean  # noqa: E402
from reliability import keep  # noqa: E402

from seedlint import lint_text  # noqa: E402

VERDICTS = ROOT / "benchmarks" / "harm.json"
_AROUND = 12


class Place(NamedTuple):
    """A safe fix: its rule, what stands before, in and behind it, and what it makes of it."""

    code: str
    before: str
    text: str
    after: str
    edits: tuple[str, ...]

    @property
    def key(self) -> str:
        """A hash of all of it."""
        return blake2b(repr(self).encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--limit", type=int, default=140_000)
    parser.add_argument("--unread", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    verdicts = json.loads(VERDICTS.read_text(encoding="utf-8"))
    characters, found = 0, list[Place]()
    for text in texts(options):
        characters += len(text)
        found += places(text)
    rows = counted(found, verdicts)
    print(f"{characters:,} characters", *rows.items(), sep="\n")
    if options.unread:
        new = [place for place in found if place.key not in verdicts["right"]]
        lines = [json.dumps([place.key, *place], ensure_ascii=False) for place in new]
        options.unread.write_text("\n".join(lines) + "\n", "utf-8", "surrogatepass")
    if options.write:
        command = f"benchmarks/harm.py --texts DIR --limit {options.limit}"
        keep("harm", {**rows, f"all, in {characters:,} characters": total(rows.values())}, command)
    return 0


def total(rows: Iterable[Counter[str]]) -> Counter[str]:
    """All rows together; what is counted stays where it is none."""
    counted = Counter[str]()
    for row in rows:
        counted.update(row)
    return counted


def texts(options: argparse.Namespace) -> Iterator[str]:
    """The documents of every source."""
    for _, paths in accuracy_clean.bodies(options.texts, options.corpora):
        whole = options.corpora in paths[0].parents
        yield from accuracy_clean.documents(paths, 10**9 if whole else options.limit)


def places(text: str) -> Iterator[Place]:
    """The safe fixes of a document."""
    for one in lint_text(text):
        if one.fix and one.fix.safe:
            start, end = one.span
            near = text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]
            yield Place(one.code, *near, tuple(edit.replacement for edit in one.fix.edits))


def counted(found: list[Place], verdicts: dict[str, list[str]]) -> dict[str, Counter[str]]:
    """Of each family of rules: safe fixes, how many were read, and how many of these were harmful."""
    right, harmful = set(verdicts["right"]), set(verdicts["harmful"])
    rows: dict[str, Counter[str]] = {}
    for place in found:
        row = rows.setdefault(place.code[:3], Counter({"harmful": 0, "read": 0}))
        row["safe fixes"] += 1
        row["harmful"] += place.key in harmful
        row["read"] += place.key in right or place.key in harmful
    return rows


if __name__ == "__main__":
    sys.exit(main())
