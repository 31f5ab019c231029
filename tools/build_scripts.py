"""Build the script tables of `seedlint.language` from clones of public repositories.

    build_scripts.py texts  --mirrors DIR --work DIR
    build_scripts.py tables --mirrors DIR --work DIR --unicode DIR

`texts` writes one file of lines per source of `script_build/sources.py`; `tables` counts them and
writes `src/seedlint/language/data/script_*.z`. Word lists: OpenCC (Apache-2.0), McBopomofo (MIT),
rime-cantonese (CC BY 4.0). `--unicode` holds confusables.txt, Scripts.txt and
EquivalentUnifiedIdeograph.txt of Unicode 17 (Unicode licence).
"""

import argparse
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from language_build import pack
from language_build.sources import files, git_directory
from script_build import classes, confusables, ideographs
from script_build.sources import TRAINING
from script_build.windows import Tallies, kept

from seedlint.language.script_standards import canonical

DATA = Path(__file__).resolve().parent.parent / "src/seedlint/language/data"
OPENCC = "data/dictionary/"
HAN_WORD = re.compile("[\u3400-\u9fff]{2,}")
STEP = 0.5  # nats between two levels
TITLES = (
    "先生 小姐 女士 老師 教授 委員 主任 同學 博士 太太 醫師 律師 經理 導演 局長 議員 氏 "
    "會長 夫人 主席 部長 市長 總統 校長 院長 記者 作者 將軍 姓"
).split()
STRAY = 100  # a Simplified character may be so many times rarer than its Traditional one in the texts
ZERO = ord("P")  # the letter of level 0


def from_git(mirrors: Path, repository: str, path: str) -> str:
    """One file of a clone, as text."""
    git = ["git", f"--git-dir={git_directory(mirrors, repository)}", "show", f"HEAD:{path}"]
    return subprocess.run(git, capture_output=True, check=True).stdout.decode("utf-8")


def texts(options: argparse.Namespace) -> None:
    """Write the Chinese lines of every source, within its budget."""
    options.work.mkdir(parents=True, exist_ok=True)
    for source in TRAINING:
        left = source.characters
        with (options.work / f"{source.name}.txt").open("w", encoding="utf-8") as out:
            for _, data in files(source, options.mirrors):
                lines = [line for line in source.reader(data) if chinese(line)]
                out.writelines(f"{line}\n" for line in lines)
                left -= sum(map(len, lines))
                if left <= 0:
                    break
        print(source.name, source.characters - left)


def chinese(line: str) -> bool:
    """Whether a line has ideographs and no kana."""
    return bool(re.search("[\u4e00-\u9fff]", line)) and not re.search("[\u3041-\u30fa]", line)


def lines(options: argparse.Namespace) -> Iterator[str]:
    """All lines of all sources."""
    for source in TRAINING:
        with (options.work / f"{source.name}.txt").open(encoding="utf-8") as text:
            yield from (line.rstrip("\n") for line in text)


def words(options: argparse.Namespace) -> Iterator[str]:
    """Words of all lists, as Traditional text writes them."""
    for name in ("STPhrases", "TWPhrases"):
        for values in classes.read(
            from_git(options.mirrors, "BYVoid/OpenCC", f"{OPENCC}{name}.txt")
        ).values():
            yield from filter(HAN_WORD.fullmatch, values[:1])
    occurrences = from_git(options.mirrors, "openvanilla/McBopomofo", "Source/Data/phrase.occ")
    cantonese = from_git(options.mirrors, "rime/rime-cantonese", "jyut6ping3.words.dict.yaml")
    for line in (*occurrences.splitlines(), *cantonese.splitlines()):
        word = re.split(r"[\t ]", line)[0]
        if HAN_WORD.fullmatch(word):
            yield word


def titles() -> Iterator[str]:
    """Surnames that are one of several forms, with a title: 于先生; and a region that lists lack."""
    yield "并州"
    for surname in "于范余云沈岳涂郁鍾丰卜党朴胡姜游朱梁曲万千松后鬱葉谷尹":
        for title in TITLES:
            yield surname + title
            yield title + surname


def tables(options: argparse.Namespace) -> None:
    """Count the texts and write the tables."""
    simplified, traditional = (
        classes.read(from_git(options.mirrors, "BYVoid/OpenCC", f"{OPENCC}{name}.txt"))
        for name in ("STCharacters", "TSCharacters")
    )
    counts = Counter[str]()
    for line in lines(options):
        counts.update(line)
    found = classes.classes(simplified, counts)
    owners = classes.owners(found, sorted({*traditional, *simplified}))
    folds = {ord(char): folded[0] for char, folded in traditional.items()}
    folds |= {ord(char): short for char, (short, _) in owners.items()}
    write_characters(simplified, traditional, counts)
    pack.write(DATA, "script_folds", "".join(chr(a) + b for a, b in sorted(folds.items())).encode("utf-8"))
    write_windows(found, owners, folds, options)
    pack.write(DATA, "script_confusables", confusables.table(options.unicode).encode("utf-8"))
    pack.write(DATA, "script_ideographs", ideographs.table(options.unicode).encode("utf-8"))


def write_characters(
    simplified: classes.Candidates, traditional: classes.Candidates, counts: Counter[str]
) -> None:
    """Characters of one script alone, with their counterparts and how common these are."""
    shorts, longs = classes.only(simplified, traditional)
    total, families = counts.total(), classes.families(counts)
    rows = [
        f"S{short}{''.join(sorted(chars, key=lambda char: -families[canonical(char)]))}"
        for short, chars in shorts.items()
        if "\u4e00" <= short <= "\u9fff"
        and canonical(short) not in map(canonical, chars)
        and counts[short] * STRAY <= max(families[canonical(char)] for char in chars)
    ]
    rows += [
        f"T{char}{short}{level(families[canonical(char)], total)}"
        for char, short in longs.items()
        if is_traditional_alone(char, short)
    ]
    pack.write(DATA, "script_characters", "\n".join(rows).encode("utf-8"))


def is_traditional_alone(char: str, short: str) -> bool:
    """Whether Simplified text never writes a character that OpenCC converts.

    GB 2312 has some (拚, 捱, 菸), of which only 後 is an error; and where it has no Simplified
    form (𬀩 for 暐), texts write the Traditional one, in names above all.
    """
    return _has_gb2312(short) and (char == "後" or not _has_gb2312(char))


def _has_gb2312(char: str) -> bool:
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def level(count: int, total: int) -> int:
    """How common a character is: powers of ten per ten million, from 0."""
    return len(str(count * 10_000_000 // total)) - 1 if count else 0


def write_windows(
    found: dict[str, list[str]],
    owners: dict[str, tuple[str, str]],
    folds: dict[int, str],
    options: argparse.Namespace,
) -> None:
    """The windows of every class, one block each."""
    tallies = Tallies(found, owners, folds)
    for line in lines(options):
        tallies.text(line)
    for word in (*words(options), *titles()):
        tallies.word(word)
    blocks = []
    for short, tally in tallies.tallies.items():
        tally.finish()
        rows = dict(kept(tally))
        unknown = letters(tally.unknown(rows), tally.forms)
        head = f"{short}{''.join(tally.forms)}\t{letters(tally.priors(), tally.forms)}\t{unknown}"
        blocks.append(
            "\n".join([head, *sorted(f"{key}\t{letters(row, tally.forms)}" for key, row in rows.items())])
        )
    print(sum(block.count("\n") for block in blocks), "windows")
    pack.write(DATA, "script_windows", "\f".join(blocks).encode("utf-8"))
    pack.write(
        DATA, "script_owners", "".join(char + short + form for char, (short, form) in owners.items()).encode()
    )


def letters(scores: dict[str, float], forms: list[str]) -> str:
    """One letter a form: P is 0 nats, Q half a nat more."""
    return "".join(chr(max(33, min(126, ZERO + round(scores[form] / STEP)))) for form in forms)


def main() -> None:
    """Run a step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("step", choices=("texts", "tables"))
    parser.add_argument("--mirrors", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--unicode", type=Path)
    options = parser.parse_args()
    {"texts": texts, "tables": tables}[options.step](options)


if __name__ == "__main__":
    main()
