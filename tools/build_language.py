"""Build the tables of `seedlint.language` from clones of public repositories.

    build_language.py STAGE... --mirrors DIR --work DIR [--held-out DIR] [--jieba dict.txt]

Stages, in order: `texts` writes one file of lines per source of `language_build/sources.py` (see
`language_sources.md`), leaving out every file that stands under `--held-out`; `characters` writes
how characters fold; `count` and `segment` count trigrams and words; `prune` and then `choose` write
those that fit; `credits` writes down the sources. `--jieba` is the dictionary in jieba's package.
"""

import argparse
import pickle
import random
import subprocess
import unicodedata
import zlib
from collections import Counter
from pathlib import Path

from language_build import folds, ngrams, pack, variants, wordlists, words
from language_build.credits import credits as credit_text
from language_build.extract import extract, held_out_keys
from language_build.sources import HELD_OUT, TRAINING, Source, git_directory

from seedlint.language import tables

DATA = Path(__file__).resolve().parent.parent / "src/seedlint/language/data"
STEP = 0.5  # nats between two levels
REPEATED = 3  # times that the same line counts
RARE = 5  # occurrences that earn a character a row
LIST_WEIGHTS = {"large_zh": 0.55, "large_ja": 0.15, "small_ko": 0.1, "jieba": 0.19, "phrase.occ": 0.01}
LISTED = 0.75  # share of the lists in the frequencies of words


def texts(options: argparse.Namespace) -> None:
    """Write the lines of every source."""
    test = set().union(*(held_out_keys(folder) for folder in options.held_out))
    options.work.mkdir(parents=True, exist_ok=True)
    for source in TRAINING + HELD_OUT:
        lines = extract(source, options.mirrors, test)
        (options.work / f"{source.name}.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def from_git(mirrors: Path, repository: str, path: str) -> bytes:
    """One file of a clone."""
    git = ["git", f"--git-dir={git_directory(mirrors, repository)}", "show", f"HEAD:{path}"]
    return subprocess.run(git, capture_output=True, check=True).stdout


def fold_pairs(options: argparse.Namespace) -> dict[str, str]:
    """How characters fold."""
    listed = from_git(options.mirrors, "BYVoid/OpenCC", "data/dictionary/TSCharacters.txt")
    return folds.fold_table(listed.decode("utf-8"))


def code_points(pairs: dict[str, str]) -> dict[int, str]:
    """The same as a table for `str.translate`."""
    return {ord(char): to for char, to in pairs.items()}


def folded(source: Source, work: Path, pairs: dict[str, str]) -> list[str]:
    """The lines of a source, folded; what it repeats word for word counts a few times only."""
    text = (work / f"{source.name}.txt").read_text("utf-8")
    lines = Counter(text.translate(code_points(pairs)).split("\n"))
    return [line for line, times in lines.items() for _ in range(min(times, REPEATED))]


def characters(options: argparse.Namespace) -> None:
    """Write how characters fold, and which forms a script prefers."""
    pairs = fold_pairs(options)
    pack.write(options.out, "folds", "".join(map("".join, sorted(pairs.items()))).encode("utf-8"))
    counts: dict[str, Counter[str]] = {source.script: Counter() for source in TRAINING}
    for source in TRAINING:
        counts[source.script].update((options.work / f"{source.name}.txt").read_text("utf-8"))
    pack.variants(options.out, variants.shares(pairs, counts), STEP)


def is_text(char: str) -> bool:
    """Whether a character of the basic plane may have a row: no control, private use, lost byte."""
    return ord(char) < 0xFFFD and (char in "\n\t" or unicodedata.category(char) not in {"Cc", "Co", "Cs"})


class Known(dict[int, str]):
    """Translation table that turns every character without a row into one."""

    def __init__(self, texts: list[list[str]]) -> None:
        counts: Counter[str] = Counter()
        for lines in texts:
            counts.update("".join(lines))
        rows = (char for char, number in counts.items() if number >= RARE and is_text(char))
        super().__init__({ord(char): char for char in rows})

    def __missing__(self, code: int) -> str:
        return ngrams.UNKNOWN


def count(options: argparse.Namespace) -> None:
    """Count trigrams and smooth them; keep the valuable ones for `prune`."""
    pairs = fold_pairs(options)
    sources = [folded(source, options.work, pairs) for source in TRAINING]
    known = Known(sources)
    counts: Counter[str] = Counter()
    for lines in sources:
        ngrams.count((line.translate(known) for line in lines), counts)
    print(f"{len(known):,} characters, {sum(counts.values()):,} trigrams, {len(counts):,} kinds", flush=True)
    ranked = ngrams.rank(counts, 2_000_000, 1_000_000)
    (options.work / "ngrams.pickle").write_bytes(pickle.dumps(ranked))


def prune(options: argparse.Namespace) -> None:
    """Choose the n-grams that fit and write them."""
    ranked = pickle.loads((options.work / "ngrams.pickle").read_bytes())
    pack.trie(options.out, ngrams.prune(ranked, options.trigrams, options.bigrams), STEP)


def lists(options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Published word lists by name, folded."""
    pairs = code_points(fold_pairs(options))
    found = {
        "jieba": wordlists.counted(options.jieba.read_text("utf-8")),
        "phrase.occ": wordlists.counted(
            from_git(options.mirrors, "openvanilla/McBopomofo", "Source/Data/phrase.occ").decode("utf-8")
        ),
    }
    for name in ("large_zh", "large_ja", "small_ko"):
        packed = from_git(options.mirrors, "rspeer/wordfreq", f"wordfreq/data/{name}.msgpack.gz")
        found[name] = wordlists.wordfreq(packed)
    return {name: wordlists.folded(rows, pairs, words.LONGEST) for name, rows in found.items()}


def segment(options: argparse.Namespace) -> None:
    """Segment a sample of the texts and count its words; keep the counts for `choose`."""
    pairs = fold_pairs(options)
    lines = [line for source in TRAINING for line in folded(source, options.work, pairs)]
    random.Random(0).shuffle(lines)
    sample = lines[: options.lines]
    listed = words.blend(lists(options), LIST_WEIGHTS)
    counts = words.learn(sample, listed, words.recurring(sample, 8), 2)
    (options.work / "words.pickle").write_bytes(pickle.dumps((listed, counts)))


def choose(options: argparse.Namespace) -> None:
    """Choose the words that fit and write them."""
    listed, counts = pickle.loads((options.work / "words.pickle").read_bytes())
    chosen = words.choose(words.settle(listed, counts, LISTED), options.words)
    ranked = tables.characters(zlib.decompress((options.out / "characters.z").read_bytes()))
    pack.words(options.out, chosen, ranked, STEP)


def credits(options: argparse.Namespace) -> None:
    """Write down the sources."""
    (Path(__file__).parent / "language_sources.md").write_text(credit_text(), "utf-8")


STAGES = {stage.__name__: stage for stage in (texts, characters, count, prune, segment, choose, credits)}


def main() -> None:
    """Read the arguments and run the stages."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("stages", nargs="+", choices=STAGES, metavar="STAGE")
    parser.add_argument("--mirrors", type=Path, required=True, help="clones named owner+name")
    parser.add_argument("--work", type=Path, required=True, help="where the lines of each source are kept")
    parser.add_argument("--held-out", type=Path, action="append", default=[], help="text never to count")
    parser.add_argument("--jieba", type=Path, help="jieba's dict.txt")
    parser.add_argument("--out", type=Path, default=DATA, help="where the tables are written")
    parser.add_argument("--trigrams", type=int, default=262_000)
    parser.add_argument("--bigrams", type=int, default=320_000)
    parser.add_argument("--words", type=int, default=230_000)
    parser.add_argument("--lines", type=int, default=500_000, help="lines segmented for word counts")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for stage in options.stages:
        STAGES[stage](options)


if __name__ == "__main__":
    main()
