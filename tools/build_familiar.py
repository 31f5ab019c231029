"""Build `familiar.txt` and `familiar_pairs.txt` of `seedlint/channels/data`: what ordinary text is made of.

    build_familiar.py --work DIR

The first holds the ideographs and syllables of ordinary text; the second the pairs of
others that stand beside each other in it (`尴尬`, `蝴蝶`), the most frequent ones.

DIR holds the lines of the training sources of `language_build/sources.py`, as
`build_language.py texts` writes them; names and licences of the sources are there.
Traditional forms come from the fold table of `seedlint.language` (OpenCC, Apache-2.0),
kept when Big5 level 1 has them.
"""

import argparse
import re
from collections import Counter
from pathlib import Path

from seedlint.language.folding import folds

DATA = Path(__file__).resolve().parent.parent / "src/seedlint/channels/data"
CHINESE = ("lctt", "laws", "reviews", "gsd-zh", "recipes")
JAPANESE = ("aozora", "vue-ja", "gsd-ja")
KOREAN = ("nsmc", "kornlu", "kaist", "gsd-ko", "vue-ko")
TAKEN = {CHINESE: 3000, JAPANESE: 1900, KOREAN: 1100}
SHARE_OF_A_SOURCE = 3_000_000  # characters, so that no source outweighs the others
PROSE = (
    *(
        "lctt",
        "laws",
        "reviews",
        "recipes",
        "essays",
        "stories",
        "modern-classics",
        "novels",
        "tales",
        "talk",
    ),
    *("talk", "chid", "d2l", "gazette", "transcripts", "laws-hant", "aozora", "nsmc", "kornlu"),
)
PAIRS = 5000  # at most


def frequent(work: Path, names: tuple[str, ...], first: str, last: str, number: int) -> set[str]:
    """The most frequent characters between two, every source having the same weight."""
    weights: Counter[str] = Counter()
    for name in names:
        counts = Counter((work / f"{name}.txt").read_text("utf-8")[:SHARE_OF_A_SOURCE])
        wanted = {char: count for char, count in counts.items() if first <= char <= last}
        total = sum(wanted.values())
        weights.update({char: count / total for char, count in wanted.items()})
    return {char for char, _ in weights.most_common(number)}


def frequent_pairs(work: Path, familiar: set[str]) -> list[str]:
    """The most frequent pairs of characters that are not familiar, every source having the same weight.

    What one source alone has may be damage of its own.
    """
    weights, sources = Counter[str](), Counter[str]()
    others = re.compile(f"(?=([^\x00-\u33ff{''.join(sorted(familiar))}\ud800-\uffff]{{2}}))")
    for name in PROSE:
        text = (work / f"{name}.txt").read_text("utf-8")
        counts = Counter(others.findall(text))
        weights.update({pair: count / len(text) for pair, count in counts.items()})
        sources.update(counts.keys())
    shared = [pair for pair, _ in weights.most_common() if sources[pair] > 1]
    return sorted(shared[:PAIRS])


def in_level_one(char: str) -> bool:
    """Whether Big5 counts the character among the frequent ones (A440 to C67E)."""
    try:
        return b"\xa4\x40" <= char.encode("big5") <= b"\xc6\x7e"
    except UnicodeEncodeError:
        return False


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True)
    work = parser.parse_args().work
    chinese = frequent(work, CHINESE, "\u4e00", "\u9fff", TAKEN[CHINESE])
    traditional = {chr(code) for code, to in folds().items() if to in chinese and in_level_one(chr(code))}
    japanese = frequent(work, JAPANESE, "\u4e00", "\u9fff", TAKEN[JAPANESE])
    korean = frequent(work, KOREAN, "\uac00", "\ud7a3", TAKEN[KOREAN])
    found = chinese | traditional | japanese | korean
    DATA.mkdir(exist_ok=True)
    (DATA / "familiar.txt").write_text("".join(sorted(found)), "utf-8")
    pairs = frequent_pairs(work, found)
    (DATA / "familiar_pairs.txt").write_text("".join(pairs), "utf-8")
    print(f"{len(found):,} characters, {len(pairs):,} pairs of others")


if __name__ == "__main__":
    main()
