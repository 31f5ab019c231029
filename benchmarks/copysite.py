"""Measure what seedlint restores of the damage of copy sites.

    copysite.py [--texts DIR] [--limit N] [--seed N]

Runs the edits of copy sites on clean lines, with several tables of readings, decoders
and later narrowings, repairs the result with the two rules and compares. A line counts
as exact when all proposals together give it back, as safe when every edit that is
applied unasked is right and there is one; wrong is a line that an edit applied unasked
made different from what its author wrote. Marks that a site made half-width count as
equal: another rule widens them.

The lines come from the corpora beside the checkout (`../shared`) and from the held-out
sources under `--texts`, as `tools/build_language.py texts` writes them. What is absent
is named and left out.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from seedlint.channels.copysite import Decoder, Narrowing, Site, encode
from seedlint.channels.copysite_readings import SEEN_CHARACTERS, readings
from seedlint.channels.copysite_swaps import with_turned_quotes, without_spaces
from seedlint.document import Document
from seedlint.fixer import repair
from seedlint.rule import Rule
from seedlint.rules.mojibake.byte_slip import ByteSlip
from seedlint.rules.mojibake.pinyin_annotation import PinyinAnnotation

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPORA = {"Hans": ("zh-Hans-articles",), "Hant": ("zh-Hant-book",)}
HELD_OUT = {"Hans": ("cmrc", "gold-miner", "news"), "Hant": ("drcd", "hkcnews")}
RULES: list[Rule] = [ByteSlip(), PinyinAnnotation()]
KINDS = ("pinyin-annotation", "byte-slip")
SENTENCE = re.compile(r"[^\n。！？]{8,60}[。！？”」]+(?:[^\n。！？]{4,40}[。！？])?")
HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Damage:
    """One kind of damage: its name, what it does to a line, given a table of readings."""

    name: str
    run: Callable[[str, tuple[tuple[str, str], ...]], str]


PLAIN = Decoder()
HIDDEN = Decoder(private=False)
NARROWED = Decoder(narrowing=Narrowing.MARKS)


def site(form: str = "({})", *, annotates: bool, cuts: bool, decoder: Decoder = PLAIN) -> Callable[..., str]:
    """A site as a function of a line and a table."""
    return lambda text, table: Site(table if annotates else (), form, cuts, decoder)(text)


DAMAGES = (
    Damage("annotated", site(annotates=True, cuts=False)),
    Damage("annotated, private use hidden", site(annotates=True, cuts=False, decoder=HIDDEN)),
    Damage("annotated, space inside", site("({} )", annotates=True, cuts=False)),
    Damage("annotated and half-widthed", site(annotates=True, cuts=False, decoder=NARROWED)),
    Damage("cut at marks", site(annotates=False, cuts=True)),
    Damage("cut at marks, half-widthed", site(annotates=False, cuts=True, decoder=NARROWED)),
    Damage("cut at marks, private use hidden", site(annotates=False, cuts=True, decoder=HIDDEN)),
    Damage("annotated and cut", site(annotates=True, cuts=True)),
    Damage("ideographic spaces deleted", lambda text, _: without_spaces(text)),
    Damage("quotation marks turned", lambda text, _: with_turned_quotes(text)),
)


@dataclass
class Tally:
    """Lines by outcome."""

    lines: int = 0
    exact: int = 0
    safe: int = 0
    wrong: int = 0
    seconds: float = 0.0

    def add(self, damaged: str, clean: str) -> None:
        """Repair one line and count it."""
        began = time.perf_counter()
        safe, unsafe = repaired(damaged, unsafe=False), repaired(damaged, unsafe=True)
        self.seconds += time.perf_counter() - began
        self.lines += 1
        self.exact += narrow(unsafe) == narrow(clean)
        applied = safe != damaged
        wrong = applied and not is_on_the_way(damaged, safe, clean)
        self.wrong += wrong
        self.safe += applied and not wrong
        if wrong:
            print(f"WRONG  {damaged}\n    -> {safe}\n    not {clean}")

    def row(self, name: str) -> str:
        """One line of the table."""
        share = (100 * count / max(self.lines, 1) for count in (self.exact, self.safe))
        exact, safe = share
        speed = 1000 * self.seconds / max(self.lines, 1)
        return f"{name:34} {self.lines:5} {exact:6.1f} {safe:6.1f} {self.wrong:6} {speed:7.1f}"


def repaired(text: str, *, unsafe: bool) -> str:
    """What the two rules make of ``text``."""
    return repair(Document(text), RULES, unsafe=unsafe).text


def narrow(text: str) -> str:
    """The text with the marks half-width that sites narrow."""
    return Narrowing.MARKS(text)


def is_on_the_way(damaged: str, repair_: str, clean: str) -> bool:
    """Whether every place that the repair changed is now as in ``clean``.

    What it left may still be damaged: the parts that ``repair_`` does not share with the
    damage must stand in ``clean``, in order, between what surrounds them.
    """
    changed = SequenceMatcher(None, narrow(damaged), narrow(repair_), autojunk=False).get_opcodes()
    truth, at = narrow(clean), 0
    for kind, _, _, start, end in changed:
        if kind == "equal":
            continue
        piece = narrow(repair_)[max(0, start - 1) : end + 1]
        at = truth.find(piece, max(0, at - 2))
        if at < 0:
            return False
    return True


def sentences(script: str, texts: Path | None, draw: random.Random) -> list[str]:
    """Clean sentences of a script, in random order."""
    found = [one for text in sources(script, texts) for one in SENTENCE.findall(text)]
    fit = [one.strip() for one in found if len(HAN.findall(one)) > 0.6 * len(one) and is_encodable(one)]
    draw.shuffle(fit)
    return fit


def is_encodable(text: str) -> bool:
    """Whether the code page holds all of ``text``: what it lacks is lost before any site cuts it."""
    return b"?" not in encode(text.replace("?", ""))


def sources(script: str, texts: Path | None) -> Iterator[str]:
    """The clean texts of a script."""
    for name in CORPORA[script]:
        folder = SHARED / "corpora" / name
        if not folder.is_dir():
            print(f"absent: corpora/{name}")
        yield from (path.read_text("utf-8", "ignore") for path in sorted(folder.glob("*.md")))
    for name in HELD_OUT[script]:
        path = texts / f"{name}.txt" if texts else None
        if path is None or not path.is_file():
            print(f"absent: {name}")
        else:
            yield path.read_text("utf-8", "ignore")


def table(draw: random.Random) -> tuple[tuple[str, str], ...]:
    """A site's table: some of the characters seen, each with its first reading."""
    return tuple((char, readings(char)[0]) for char in draw.sample(SEEN_CHARACTERS, 80))


def generated(script: str, texts: Path | None, limit: int, draw: random.Random) -> Iterator[str]:
    """One row for each kind of damage, made of clean sentences."""
    clean = sentences(script, texts, draw)
    for damage in DAMAGES:
        tally = Tally()
        for line in clean:
            damaged = damage.run(line, table(draw))
            if narrow(damaged) == narrow(line):
                continue
            tally.add(damaged, line)
            if tally.lines == limit:
                break
        yield tally.row(damage.name)


def cases() -> Iterator[str]:
    """One row for each channel of the shared cases, and what legitimate text raised."""
    path = SHARED / "cases"
    if not path.is_dir():
        print("absent: cases")
        return
    rows = records(path / "damaged.jsonl")
    tallies: dict[str, Tally] = {}
    for row in rows:
        if row["kind"] in KINDS:
            tallies.setdefault(row["channel"], Tally()).add(row["text"], row["expected"])
    yield from (tally.row(channel) for channel, tally in tallies.items())
    sound = [row["text"] for row in records(path / "legitimate.jsonl")]
    raised = sum(bool(repair(Document(text), RULES, unsafe=True).diagnostics) for text in sound)
    yield f"legitimate: {raised} of {len(sound)} raised a diagnostic"


def records(path: Path) -> list[dict[str, str]]:
    """The records of a JSONL file; other line ends than LF stand inside them."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def false_alarms() -> Iterator[str]:
    """What the clean corpora raise, and how fast they are read."""
    for folder in sorted(path for path in (SHARED / "corpora").glob("*") if path.is_dir()):
        texts = [path.read_text("utf-8", "ignore") for path in folder.iterdir()]
        began = time.perf_counter()
        raised = sum(len(repair(Document(text), RULES).diagnostics) for text in texts)
        seconds = time.perf_counter() - began
        characters = sum(map(len, texts))
        yield f"{folder.name:20} {characters:9} characters {raised:3} diagnostics {seconds:6.2f} s"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--texts", type=Path, help="held-out lines, one file for each source")
    parser.add_argument("--limit", type=int, default=100, help="lines for each kind of damage")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    head = f"{'':34} lines  exact   safe  wrong      ms"
    print(f"cases\n{head}", *cases(), sep="\n")
    for script in CORPORA:
        rows = generated(script, options.texts, options.limit, random.Random(options.seed))
        print(f"\ngenerated, {script}\n{head}", *rows, sep="\n")
    print("\nclean text", *false_alarms(), sep="\n")


if __name__ == "__main__":
    main()
