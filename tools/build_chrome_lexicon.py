"""Make fold.txt, lexicon.tsv and gate.tsv of src/seedlint/chrome from tools/chrome_phrases.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from seedlint.chrome import phrases
from seedlint.chrome.phrases import ChromeClass, Use, head, normal

TOOLS = Path(__file__).resolve().parent
CHROME = TOOLS.parent / "src" / "seedlint" / "chrome"
_HEADER = re.compile(r"\[(\S+) (\S+) (\S+)\]")
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


def gate(found: dict[str, dict[Use, ChromeClass]]) -> str:
    """What the first look at a line needs: strong phrases or their first words, labels, whole lines."""
    strong = [phrase for phrase, uses in found.items() if Use.STRONG in uses]
    unspaced = {phrase for phrase in strong if _UNSPACED.search(phrase)}
    shortest = {one for one in unspaced if not any(other != one and other in one for other in unspaced)}
    words = {head(phrase) for phrase in strong if phrase not in unspaced}
    labels = {phrase for phrase, uses in found.items() if Use.LABEL in uses}
    return "".join("\t".join(sorted(row)) + "\n" for row in (shortest, words, labels, set(found)))


def main() -> None:
    """Write the three files."""
    (CHROME / "fold.txt").write_text(folding(), "utf-8")
    phrases._folding.cache_clear()
    found = meanings()
    (CHROME / "lexicon.tsv").write_text(lexicon(found), "utf-8")
    (CHROME / "gate.tsv").write_text(gate(found), "utf-8")
    print(f"{len(found)} phrases")


if __name__ == "__main__":
    main()
