"""homoglyph: a letter of another script that looks like the right one."""

import re
from collections import Counter
from functools import cache

from seedlint.language import script_homoglyphs as homoglyphs
from seedlint.language.script_joiners import members
from seedlint.rule import (
    Diagnostic,
    Document,
    Edit,
    Example,
    Fix,
    Iterator,
    Phase,
    Rule,
    Safety,
    Severity,
    Span,
)

_FOREIGN = homoglyphs.CYRILLIC + homoglyphs.GREEK + homoglyphs.OTHERS
_LEAST = 4  # letters of a word in which a Greek letter may be no symbol
_SAMPLE = 5_000  # characters that tell which letters are the rarer
_SIGNS = frozenset("¤¦¨¬\u00ad¯²³´µ¶¸¹¼½¾")  # beside a word they are bytes of text that was misread
_LIKELY = -4.0  # nats a letter of an English word


@cache
def _words() -> re.Pattern[str]:
    return re.compile(f"[{homoglyphs.LATIN}{_FOREIGN}]+")


@cache
def _meeting(letters: str, others: str) -> re.Pattern[str]:
    """A letter beside one of other scripts."""
    return re.compile(f"[{letters}](?:(?=[{others}])|(?<=[{others}].))", re.DOTALL)


def _mixed_words(text: str) -> Iterator[re.Match[str]]:
    """Words of letters of two scripts; the rarer letters are looked for."""
    sample = text[:_SAMPLE]
    latin = len(re.findall(f"[{homoglyphs.LATIN}]", sample))
    order = (_FOREIGN, homoglyphs.LATIN)
    rarer = order if latin > _foreign_letters(sample) else order[::-1]
    end = 0
    for meeting in _meeting(*rarer).finditer(text):
        if meeting.start() >= end:
            start = meeting.start()
            while start > end and _words().match(text, start - 1, start):
                start -= 1
            word = _words().match(text, start)
            assert word
            end = word.end()
            yield word


def _foreign_letters(sample: str) -> int:
    return len(re.findall(f"[{_FOREIGN}]", sample))


class Homoglyph(Rule):
    """A word mixes letters of two scripts that look the same.

    The word reads right and is another string: searches miss it, filters let it
    pass, names and addresses are forged so. Words of one script, Greek symbols,
    units and Latin stems with Cyrillic endings stay.
    """

    code = "SCR004"
    phase = Phase.SCRIPTS
    severity = Severity.ERROR
    triggers = members(_FOREIGN)
    damaged = (
        Example("p\u0430ypal", repaired="paypal"),
        Example("\u0421\u043bo\u0432\u043e", repaired="\u0421\u043b\u043e\u0432\u043e"),
        Example("\u0391pple", repaired="Apple"),
    )
    sound = (
        "Слово и дело, SMSка, в PDFе, IT-отдел",
        "5 μm, 10 kΩ, Δt, TNFα, NFκB, σx",
        "Ελληνικά and English",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report every mixed word whose fewer letters all look like letters of the other script."""
        for match in _mixed_words(document.text):
            host, edits = _repair(match[0])
            if edits:
                yield self._report(match, host, edits)

    def _report(self, match: re.Match[str], host: str, edits: dict[int, str]) -> Diagnostic:
        word = "".join(edits.get(at, char) for at, char in enumerate(match[0]))
        moved = tuple(
            Edit(match.start() + at, match.start() + at + 1, letter) for at, letter in sorted(edits.items())
        )
        codes = " ".join(f"U+{ord(match[0][at]):04X}" for at in sorted(edits))
        beside = (
            match.string[max(match.start() - 1, 0) : match.start()],
            match.string[match.end() : match.end() + 1],
        )
        safe = 2 * len(edits) < len(word) and _SIGNS.isdisjoint(beside)
        fix = Fix(moved, Safety.SAFE if safe else Safety.UNSAFE)
        message = f"{codes} in the {host.capitalize()} word {word}"
        return self.at(Span(*match.span()), message, fix=fix, evidence={"candidates": [word]})


def _repair(word: str) -> tuple[str, dict[int, str]]:
    """The script of the word and the letters that belong in the places of others; none if it may be meant.

    The word is of the script that most letters are of, or of the one whose letters
    look like none of the other.
    """
    scripts = [homoglyphs.script_of(char) for char in word]
    if _borrowed().fullmatch(word):
        return "", {}
    for host, number in Counter(filter(None, scripts)).most_common(2):
        foreign = [at for at, script in enumerate(scripts) if script and script != host]
        edits = {at: homoglyphs.lookalike(word[at], host) for at in foreign}
        own = (char for char, script in zip(word, scripts, strict=True) if script == host)
        if not all(edits.values()) or (_are_symbols(word, scripts) and not _reads(word, edits)):
            continue
        if 2 * number >= len(word) or not _all_look_alike(own, scripts[foreign[0]]):
            return host, edits
    return "", {}


def _all_look_alike(letters: Iterator[str], script: str) -> bool:
    return all(homoglyphs.lookalike(letter, script) for letter in letters)


@cache
def _borrowed() -> re.Pattern[str]:
    """A Latin abbreviation with a Cyrillic ending."""
    return re.compile(f"[A-Z]{{2,}}[{homoglyphs.CYRILLIC}]+")


def _are_symbols(word: str, scripts: list[str]) -> bool:
    """Whether the Greek letters are of those that stand for quantities: small, with shapes of their own."""
    greek = [char for char, script in zip(word, scripts, strict=True) if script == "GREEK"]
    return bool(greek) and all(char in _SYMBOLS for char in greek)


_SYMBOLS = frozenset("αβγδεζηθικλμνξπρστυφχψω")


def _reads(word: str, edits: dict[int, str]) -> bool:
    """Whether a Latin word written small has them in its midst, or is a likely word without them."""
    from seedlint.language.plausibility import model

    latin = "".join(char for at, char in enumerate(word) if at not in edits)
    plain = "".join(edits.get(at, char) for at, char in enumerate(word)).lower()
    if len(plain) < _LEAST or not latin[1:].islower():
        return False
    inside = len(plain) > _LEAST and min(edits) > 0 and max(edits) < len(word) - 1
    return inside or model().word(plain) is not None or model().score(plain) > _LIKELY * len(plain)
