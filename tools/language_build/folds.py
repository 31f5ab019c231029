"""Makes the table that folds text to the alphabet of the model."""

import unicodedata


def fold_table(ts_characters: str) -> dict[str, str]:
    """Character to the one that stands for it; `ts_characters` is OpenCC's TSCharacters.txt."""
    table = lower_case() | digits()
    for line in ts_characters.splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        traditional, simplified = line.split("\t")[:2]
        first = simplified.split()[0]
        if (
            len(traditional) == len(first) == 1
            and traditional != first
            and max(traditional, first) < "\U00010000"
        ):
            table[traditional] = first
    return {char: table.get(to, to) for char, to in table.items()}


def lower_case() -> dict[str, str]:
    """Upper to lower case, for letters of the BMP where both are one character."""
    chars = (chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) in ("Lu", "Lt"))
    return {char: char.lower() for char in chars if len(char.lower()) == 1 and char.lower() != char}


def digits() -> dict[str, str]:
    """Every digit to the zero of its width."""
    table = dict.fromkeys("123456789", "0")
    return table | dict.fromkeys("１２３４５６７８９", "０")
