"""replacement-residue: U+FFFD, what becomes of it, and fresh memory printed as text."""

from __future__ import annotations

from seedlint.channels.examples import is_example
from seedlint.channels.misreading import misreadings
from seedlint.channels.residue import Residue, damaged_again, residues
from seedlint.rule import (
    Diagnostic,
    Document,
    Example,
    Fix,
    Iterator,
    Phase,
    Region,
    Rule,
    Severity,
    Verdict,
)


class ReplacementResidue(Rule):
    """The text is gone: `�`, `锟斤拷` and `烫烫烫` are what programs left in its place.

    A decoder writes U+FFFD for bytes it cannot read; saved and read as GBK, two of
    them are `锟斤拷`. Nothing can bring the text back: fetch it again from where it
    came from. Only a pair of bytes that survived by luck tells something, `锟叫癸拷`
    is nearly always 中国.
    """

    code = "MOJ005"
    phase = Phase.MOJIBAKE
    severity = Severity.ERROR
    gate = "seedlint.channels.suspects:may_be_residue"
    regions = frozenset({Region.FRONT_MATTER, Region.MARKUP, Region.SOURCE_CODE, Region.LINK_TARGET})
    damaged = (
        Example("这里是锟斤拷锟斤拷的文字。"),
        Example("值是烫烫烫烫烫。"),
        Example("在锟叫癸拷的城市。", suggested="在中国的城市。"),
    )
    sound = (
        "乱码“锟斤拷”来自把替换字符按 GBK 解码。",
        "汤很烫，烫得舌头疼。",
        "手持两把锟斤拷，口中疾呼烫烫烫。",
        'MOJIBAKE = ("锟斤拷", "鈥", "Ã©")  # detector patterns',
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report residue that no restoration explains."""
        restored = [one.found.span for one in document.analysis(misreadings)]
        everything = list(residues(document.text))
        if {"replacement characters read as GBK", "uninitialised memory"} <= {one.kind for one in everything}:
            return  # no program leaves both: the text speaks of them
        for found in everything:
            explained = any(found.span.overlaps(span) for span in restored)
            if not explained and not is_example(document, found.span):
                yield self._residue(found)

    def _residue(self, found: Residue) -> Diagnostic:
        if not found.candidates:
            return self.at(found.span, f"{found.kind}: the text is lost", verdict=Verdict.LOST)
        return self.at(
            found.span,
            f"{found.kind}, with two bytes that survived: perhaps {found.candidates[0]}",
            fix=Fix.replace(found.span, found.candidates[0], safe=False, replay=damaged_again),
            evidence={"candidates": list(found.candidates)},
        )
