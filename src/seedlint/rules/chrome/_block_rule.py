"""What the rules of this family share: each reports the blocks of its class."""

from __future__ import annotations

from typing import ClassVar

from seedlint.chrome.blocks import Block, blocks
from seedlint.chrome.phrases import ChromeClass
from seedlint.rule import (
    EVERYWHERE,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Iterator,
    Phase,
    Region,
    Rule,
    Safety,
    Severity,
    Span,
)

TEXTUAL = EVERYWHERE - {Region.FRONT_MATTER, Region.FENCED_CODE, Region.SOURCE_CODE}


class BlockRule(Rule):
    """Reports blocks of one class of chrome, and removes those that are chrome beyond doubt."""

    phase = Phase.CHROME
    severity: ClassVar[Severity] = Severity.WARNING
    regions = TEXTUAL
    gate: ClassVar[str] = "seedlint.chrome.gate:tells"
    chrome: ClassVar[ChromeClass]
    what: ClassVar[str]

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report every block of this class."""
        for block in document.analysis(blocks):
            if block.chrome is self.chrome:
                yield self.found(block)

    def found(self, block: Block) -> Diagnostic:
        """The diagnostic of one block."""
        count = len(block.lines)
        message = self.what if count == 1 else f"{self.what}, {count} lines"
        edit = Edit(block.cut.start, block.cut.end, "")
        fix = Fix((edit,), Safety.SAFE if block.safe else Safety.UNSAFE)
        return self.at(Span(block.start, block.end), message, fix=fix, evidence={"lines": block.evidence()})
