"""mixed-script: characters of the other script in a document of one script."""

from seedlint.language.conversion_mixed import Mixed, mixed_places
from seedlint.rule import Diagnostic, Document, Example, Fix, Iterator, Phase, Rule, Severity, Span

_NAMES = {True: "Traditional", False: "Simplified"}


class MixedScript(Rule):
    """A Simplified character stands in Traditional text, or the other way round.

    Converters miss what their tables lack, and text put together from two sources
    keeps both scripts: the reader stumbles, the search misses. Paragraphs and
    quotations in the other script stay, so do characters that are spoken of.
    """

    code = "SCR001"
    phase = Phase.SCRIPTS
    gate = "seedlint.language.script:is_mixed"
    severity = Severity.WARNING
    damaged = (
        Example("他的後背被汗水湿透了。", suggested="他的後背被汗水濕透了。"),
        Example("这些问题還没有解决，我们需要继续讨论。", repaired="这些问题还没有解决，我们需要继续讨论。"),
    )
    sound = (
        "簡體字「汉」對應繁體字「漢」，這是規定。",
        "国際線の飛行機が空港に着いた。",
        "他讀了《这个问题还没有解决》這篇文章。",
        "参考[甜琛廚房](https://example.org)的做法，这里还没有说过。",
        "他拚命追赶，还是没有追上这个问题。",
        "臺灣傳統漢字**和**大陆简化汉字**。要切換用字標準。",
        '標籤是 "港台"、"香港电台"，這裡沒有說過。',
        "林暐哲担任制作人，奕訢的宅邸也在这里。",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report every character that only the other script writes."""
        for place in document.analysis(mixed_places):
            yield self._report(place)

    def _report(self, place: Mixed) -> Diagnostic:
        span = Span(place.offset, place.offset + 1)
        script, other = _NAMES[place.traditional], _NAMES[not place.traditional]
        return self.at(
            span,
            f"{other} {place.char} in {script} text: {place.replacement}",
            fix=Fix.replace(span, place.replacement, safe=place.safe),
            evidence={"candidates": list(place.candidates), "script": script},
        )
