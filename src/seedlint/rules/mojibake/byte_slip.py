"""byte-slip: text cut between the bytes of a character and read from the wrong byte on."""

from __future__ import annotations

from seedlint.channels.copysite_findings import findings, is_safe, proposals
from seedlint.channels.copysite_swaps import EDITS, Swap
from seedlint.channels.copysite_windows import Window
from seedlint.rule import (
    Diagnostic,
    Document,
    Example,
    Fix,
    Iterator,
    Phase,
    Rule,
    Severity,
    Span,
    Verdict,
)


class ByteSlip(Rule):
    """Bytes were cut inside a character, and what follows was read from the wrong byte on.

    Copy sites split GBK bytes at every pair that spells a mark, also where the pair
    straddles two characters. `。”市場狂歡` (A1A3 A1B1 CAD0 …) holds A3A1, the exclamation
    mark: a byte is lost before it and every character behind it is another, `?！笔袌隹駳g`,
    up to where text and bytes fall into step again.

    Two more of their edits leave valid characters: an ideographic space deleted between
    two characters (`大小、` becomes `大孝`), corner brackets turned into curly quotation
    marks (`小姑` becomes `小泵`). Those are proposals.
    """

    code = "MOJ003"
    phase = Phase.MOJIBAKE
    severity = Severity.ERROR
    gate = "seedlint.channels.copysite_traces:is_cut"
    cause = "copied by a site that edits GBK bytes without minding characters"
    damaged = (
        Example(
            "他說:“總得有人做那個栽樹人?!笔袌隹駳g背後,先行者的遠見",
            repaired="他說:“總得有人做那個栽樹人。”市場狂歡背後,先行者的遠見",
        ),
    )
    sound = (
        "他愣住了：这是什么??！",
        "怎么办?！他说不出话来。",
        "正则 `[.!?！？]+$` 匹配句末标点。",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report every window of slipped bytes, with the candidates and how the bytes were cut."""
        for window in document.analysis(findings).slipped:
            yield self._window(window)
        for swap in document.analysis(proposals):
            yield self._swap(swap, document.text)

    def _window(self, window: Window) -> Diagnostic:
        best, safe, span = window.best, is_safe(window), Span(window.start, window.end)
        return self.at(
            span,
            f"the bytes were cut inside a character: {window.damaged} was {best.text}",
            fix=None if best.lacks_digit else Fix.replace(span, best.text, safe=safe, replay=best.site),
            verdict=Verdict.RESTORABLE if safe else Verdict.AMBIGUOUS,
            evidence={"bytes": window.cut(), "candidates": window.odds()},
        )

    def _swap(self, swap: Swap, text: str) -> Diagnostic:
        span = Span(swap.at - 1, swap.at + 1)
        left = text[swap.at - 1]
        return self.at(
            span,
            f"{left}{swap.damaged} may have been {left}{swap.text}: {swap.edit} between the bytes",
            fix=Fix.replace(span, left + swap.text, safe=False, replay=EDITS[swap.edit]),
            evidence={
                "edit": swap.edit,
                "candidates": [{"text": left + swap.text}],
                "gain": round(swap.gain, 1),
            },
        )
