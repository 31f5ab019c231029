"""wrong-conversion: right script, wrong word."""

from seedlint.language.conversion_repair import Repair, repairs
from seedlint.rule import Diagnostic, Document, Example, Fix, Iterator, Phase, Rule, Severity, Span


class WrongConversion(Rule):
    """A Traditional character stands where another of the same Simplified one belongs.

    Simplified 后 is 後 in 背後 and 后 in 皇后; converters that go character by
    character, or cut words wrongly, write 背后, 皇後, 回答覆雜. Names and words in
    which the rarer character is right stay, so do the forms of every standard.
    """

    code = "SCR002"
    phase = Phase.SCRIPTS
    gate = "seedlint.language.script:is_traditional"
    severity = Severity.WARNING
    cause = "converted to Traditional without regard to words"
    damaged = (
        Example("大樓后面是一片竹林。", suggested="大樓後面是一片竹林。"),
        Example("請盡快回答覆雜的問題。", suggested="請盡快回答複雜的問題。"),
        Example("只有少陣列織參加了會議。", suggested="只有少數組織參加了會議。"),
    )
    sound = (
        "皇后、太后、后羿、影后，都用「后」。",
        "于先生與范小姐在余光中紀念館前合影。",
        "人云亦云，不知所云，這裏沒有公里數。",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report every place where context asks for another character."""
        for repair in document.analysis(repairs):
            yield self._report(document, repair)

    def _report(self, document: Document, repair: Repair) -> Diagnostic:
        span = Span(repair.offset, repair.end)
        seen = document.text[span.start : span.end]
        return self.at(
            span,
            f"{seen} where {repair.replacement} belongs",
            fix=Fix.replace(span, repair.replacement, safe=repair.safe),
            evidence={"candidates": [repair.replacement], "nats": round(repair.odds, 1)},
        )
