"""Classes of Traditional characters that one Simplified character stands for."""

from collections import Counter
from collections.abc import Iterable, Mapping

from seedlint.language.script_standards import canonical

Candidates = Mapping[str, list[str]]

# Pronouns and particles whose choice is the author's or the region's: 它/牠, 着/著, 吗, 借/藉, 娘/孃.
LEFT_OUT = frozenset("它着吗借娘象坐果")
# Simplified characters that Traditional text has in words of its own: 并州, 老么.
ALSO_TRADITIONAL = frozenset("并么")
# Forms that are words of their own: 哩 (mile), 幷 (another 并).
NOT_FORMS = frozenset("哩幷")
LEAST = 5  # occurrences of a form in the texts


def read(table: str) -> dict[str, list[str]]:
    """An OpenCC dictionary: key to candidates, best first."""
    rows = (line.split("\t") for line in table.splitlines() if "\t" in line and not line.startswith("#"))
    return {key: values.split(" ") for key, values in rows}


def candidates(short: str, chars: list[str]) -> list[str]:
    """The forms of a Simplified character in Traditional text: OpenCC's, and itself where it is one too."""
    forms = [*chars, short] if short in ALSO_TRADITIONAL else chars
    return [form for form in dict.fromkeys(map(canonical, forms)) if form not in NOT_FORMS]


def families(counts: Counter[str]) -> Counter[str]:
    """Occurrences of all forms that differ by standard alone, under the canonical one."""
    found = Counter[str]()
    for char, number in counts.items():
        found[canonical(char)] += number
    return found


def classes(simplified: Candidates, counts: Counter[str]) -> dict[str, list[str]]:
    """Simplified character to the Traditional forms between which only context decides, commonest first.

    Forms that differ by standard alone count as one (`script_standards.canonical`).
    """
    number, result = families(counts), {}
    for short, chars in simplified.items():
        forms = candidates(short, chars)
        kept = [form for form in forms if number[form] >= LEAST or form in {canonical(short), forms[0]}]
        if len(kept) > 1 and short not in LEFT_OUT:
            result[short] = sorted(kept, key=lambda form: -number[form])
    return result


def only(simplified: Candidates, traditional: Candidates) -> tuple[dict[str, str], dict[str, str]]:
    """Characters of one script alone: Simplified to its Traditional candidates, Traditional to Simplified."""
    shorts = {
        short: "".join(chars)
        for short, chars in simplified.items()
        if short not in chars and short not in ALSO_TRADITIONAL and len(short) == 1
    }
    longs = {
        char: folded[0] for char, folded in traditional.items() if char not in folded and char not in shorts
    }
    return shorts, {char: short for char, short in longs.items() if char not in simplified}


def owners(classes_: Mapping[str, list[str]], every: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Character to its class and form, for every character that belongs to one."""
    found: dict[str, tuple[str, str]] = {}
    for short, forms in classes_.items():
        for form in forms:
            found.setdefault(form, (short, form))
    for char in every:
        if canonical(char) in found:
            found.setdefault(char, found[canonical(char)])
    return found
