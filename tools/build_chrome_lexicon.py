"""Make fold.txt, lexicon.tsv and gate.tsv of src/seedlint/chrome from tools/chrome_phrases.txt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from seedlint.chrome import phrases
from seedlint.chrome.folding import _folded, normal
from seedlint.chrome.folding import folding as folding_of_texts
from seedlint.chrome.phrases import ChromeClass, Use

TOOLS = Path(__file__).resolve().parent
CHROME = TOOLS.parent / "src" / "seedlint" / "chrome"
_HEADER = re.compile(r"\[(\S+) (\S+) (\S+)\]")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_UNSPACED = re.compile(f"[{phrases.UNSPACED}]")


def sections() -> Iterator[tuple[ChromeClass, Use, list[str]]]:
    """The sections of chrome_phrases.txt: class, use, and phrases as written."""
    header: tuple[ChromeClass, Use] | None = None
    for row in (TOOLS / "chrome_phrases.txt").read_text("utf-8").split("\n"):
        if match := _HEADER.fullmatch(row):
            header = ChromeClass(match[1]), Use(match[2])
        elif row and header and not row.startswith("#"):
            yield *header, [phrase.strip() for phrase in row.split(" | ")]


def folding() -> str:
    """The characters of Chinese phrases with their Traditional forms."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    used = {character for _, _, listed in sections() for phrase in listed for character in convert(phrase)}
    han = (chr(code) for code in range(0x4E00, 0xA000))
    pairs = [f"{char}{folded}" for char in han if (folded := convert(char)) != char and folded in used]
    head = "# Traditional and Simplified, from OpenCC (Apache-2.0); made by tools/build_chrome_lexicon.py"
    return "\n".join([head, *pairs, ""])


def meanings() -> dict[str, dict[Use, ChromeClass]]:
    """Every phrase in normal form with its uses; the first class given for a use stays."""
    found: dict[str, dict[Use, ChromeClass]] = {}
    for chrome, use, listed in sections():
        for phrase in map(normal, listed):
            found.setdefault(phrase, {}).setdefault(use, chrome)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def lexicon(found: dict[str, dict[Use, ChromeClass]]) -> str:
    """A row for every phrase, the longest first."""
    rows = (
        "\t".join([phrase, *(f"{use}={chrome}" for use, chrome in uses.items())])
        for phrase, uses in found.items()
    )
    return "\n".join(rows) + "\n"


# Characters that stand in all prose, so that a phrase is not looked for by them.
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事"
    "成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已"
    "工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信"
    "录记载网编更推章料提入原件表注览取服任权源息容位"
    "いうえおかがきくけこさしすせたちってでとどなにのはへまもやよらりるれろわをんー"
    "가고기는다도들로를리사서수시에와은을의이자지하한해"
)


def _rarest(phrase: str, shared: Counter[str]) -> str:
    """What a phrase is looked for by: no common character if it has another, and one that others have too."""
    letters = [char for char in phrase if char.isalpha() and not char.isascii()]
    return min(letters, key=lambda char: (char in _COMMON, -shared[char]))


def gate(found: dict[str, dict[Use, ChromeClass]]) -> str:
    """What the first look at a line needs: strong phrases by character or word, labels, whole lines."""
    strong = [phrase for phrase, uses in found.items() if Use.STRONG in uses]
    unspaced = {phrase for phrase in strong if _UNSPACED.search(phrase)}
    shortest = {one for one in unspaced if not any(other != one and other in one for other in unspaced)}
    shared = Counter(char for phrase in shortest for char in set(phrase))
    characters = [f"{_rarest(phrase, shared)}={phrase}" for phrase in shortest]
    words = [
        f"{_longest(phrase)}={phrase}" for phrase in strong if phrase not in unspaced and _longest(phrase)
    ]
    labels = {phrase for phrase, uses in found.items() if Use.LABEL in uses}
    return "".join("\t".join(sorted(row)) + "\n" for row in (characters, words, labels, set(found)))


def _longest(phrase: str) -> str:
    return max(_WORDS.findall(phrase), key=len, default="")


def main() -> None:
    """Write the three files."""
    (CHROME / "fold.txt").write_text(folding(), "utf-8")
    folding_of_texts.cache_clear()
    _folded.cache_clear()
    found = meanings()
    (CHROME / "lexicon.tsv").write_text(lexicon(found), "utf-8")
    (CHROME / "gate.tsv").write_text(gate(found), "utf-8")
    print(f"{len(found)} phrases")


if __name__ == "__main__":
    main()
