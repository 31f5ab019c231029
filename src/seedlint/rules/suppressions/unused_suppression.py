"""unused-suppression: a comment that allows damage which is not there."""

from seedlint.rule import (
    EVERYWHERE,
    Diagnostic,
    Document,
    Edit,
    Example,
    Fix,
    Iterator,
    Phase,
    Rule,
    Severity,
    Span,
)
from seedlint.suppressions import Fault, is_alone


class UnusedSuppression(Rule):
    """A comment allows damage that is not there.

    The place was repaired, or never was damaged. The next damage that comes there would
    pass unseen. Only what the rules of this run can tell is reported: with `--select ENC`
    a comment about punctuation may be of use. Nothing suppresses this rule.
    """

    code = "SUP001"
    phase = Phase.SUPPRESSIONS
    severity = Severity.INFO
    regions = EVERYWHERE
    gate = "seedlint.document:has_comments"
    damaged = (
        Example("正文。 <!-- seedlint: allow unused-suppression -->\n", repaired="正文。\n"),
        Example("<!-- seedlint: allow SUP001 -- of old -->\n正文。\n", repaired="正文。\n"),
        Example(
            "<!-- seedlint: allow byte-slip, SUP001 -->\n正文。\n",
            repaired="<!-- seedlint: allow byte-slip -->\n正文。\n",
        ),
        Example(
            "<!-- seedlint: allow-start SUP001 -->\n正文。\n<!-- seedlint: allow-end -->\n",
            repaired="正文。\n",
        ),
    )
    sound = (
        "正文。<!-- seedlint: allow byte-slip -->",
        "`<!-- seedlint: allow SUP001 -->`",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report the comments, or the words in them, that the engine found idle."""
        for fault in document.idle_comments:
            if fault.idle:
                yield self._report(document.text, fault)

    def _report(self, text: str, fault: Fault) -> Diagnostic:
        directive, idle = fault.directive, fault.idle
        kept = [word.text for word in directive.words if word.text not in idle]
        if kept:
            first, last = directive.words[0].span, directive.words[-1].span
            edits = [Edit(first.start, last.end, ", ".join(kept))]
        else:
            edits = [Edit(*_removed(text, comment), "") for comment in directive.comments]
        names = "" if idle == ("ALL",) else f" for {', '.join(idle)}"
        span = Span(edits[0].start, edits[-1].end)
        return self.at(span, f"nothing here needs to be allowed{names}", fix=Fix(tuple(edits)))


def _removed(text: str, comment: Span) -> Span:
    """What goes with a comment: its line, where it stands alone, else the blanks before it."""
    if is_alone(text, comment):
        start = max(text.rfind("\n", 0, comment.start), text.rfind("\r", 0, comment.start)) + 1
        end = comment.end
        while text[end : end + 1] in (" ", "\t"):
            end += 1
        end += 2 if text[end : end + 2] == "\r\n" else text[end : end + 1] in ("\n", "\r")
        return Span(start, end)
    start = len(text[: comment.start].rstrip(" \t")) if comment.start else 0
    return Span(start, comment.end)
