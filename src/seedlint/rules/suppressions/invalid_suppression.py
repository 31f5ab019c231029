"""invalid-suppression: a comment to seedlint that cannot be understood."""

from seedlint.rule import EVERYWHERE, Diagnostic, Document, Example, Iterator, Phase, Rule, Severity


class InvalidSuppression(Rule):
    """A comment to seedlint cannot be understood.

    A rule is misspelt, a block has no end, or the word behind `seedlint:` is not known.
    Such a comment, or the misspelt word of it, allows nothing. Nothing suppresses this rule.
    """

    code = "SUP002"
    phase = Phase.SUPPRESSIONS
    severity = Severity.WARNING
    regions = EVERYWHERE
    gate = "seedlint.document:has_comments"
    damaged = (
        Example("<!-- seedlint: alow byte-slip -->"),
        Example("<!-- seedlint: allow no-such-rule -->"),
        Example("<!-- seedlint: allow-start -->\n正文。"),
        Example("正文。\n<!-- seedlint: allow-end -->"),
    )
    sound = (
        "<!-- seedlint: allow byte-slip, PUN -- an example of it -->",
        "<!-- seedlint: allow-start -->\n正文。\n<!-- seedlint: allow-end -->",
        "```\n<!-- seedlint: alow -->\n```",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report the comments that the engine could not understand."""
        for fault in document.idle_comments:
            if fault.problem:
                yield self.at(fault.directive.span, fault.problem)
