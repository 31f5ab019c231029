"""mixed-variants: two forms of one character in one document."""

import re

from seedlint.charclass import CharacterClass
from seedlint.language.prose import is_mentioned
from seedlint.language.script_standards import rows
from seedlint.rule import Diagnostic, Document, Example, Fix, Iterator, Phase, Rule, Severity, Span

_SHARE = 0.3  # of both forms: fewer are names, quotations and slips
_WORDS_APART = frozenset("菸煙着著蔘參檯枱")  # tobacco and smoke; 著名 is written 著 wherever 着 is
_FORMS = CharacterClass.of(lambda: frozenset("".join(row for row in rows() if _WORDS_APART.isdisjoint(row))))


class MixedVariants(Rule):
    """A Traditional text writes one character in the forms of two standards.

    `為` and `爲`, `裡` and `裏` are the same word to the reader and different ones to
    a search. The text was put together from several sources, or converted in parts.
    """

    code = "SCR003"
    phase = Phase.SCRIPTS
    gate = "seedlint.language.script:is_traditional"
    severity = Severity.INFO
    damaged = (
        Example(
            "因為這樣，我認為可以，為了大家，他也以爲如此，行爲如何？",
            suggested="因為這樣，我認為可以，為了大家，他也以為如此，行為如何？",
        ),
    )
    sound = ("因爲這裏的羣衆", "因為這裡的群眾", "這是字形表：\n爲\t為\n羣\t群\n衆\t眾\n")

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report the rarer form of every character that has two."""
        counts = _FORMS.tally(document.text)
        for row in rows():
            if len(present := counts.keys() & row) > 1:
                common, *rarer = sorted(present, key=lambda char: (-counts[char], char))
                for char in rarer:
                    yield from self._each(document, (common, counts[common]), (char, counts[char]))

    def _each(
        self, document: Document, common: tuple[str, int], rarer: tuple[str, int]
    ) -> Iterator[Diagnostic]:
        (usual, others), (char, number) = common, rarer
        if number < _SHARE * (number + others):
            return
        for span in (Span(*match.span()) for match in re.finditer(char, document.text)):
            if is_mentioned(document.text, span.start):
                continue
            yield self.at(
                span,
                f"{char} ({number} times) beside {usual} ({others} times)",
                fix=Fix.replace(span, usual, safe=False),
                evidence={"candidates": [usual]},
            )
