"""repeated-boilerplate: lines that many files of a set share."""

from typing import ClassVar

from seedlint.chrome.shared import SharedBlock, shared_blocks
from seedlint.chrome.sketch import Count, Template, Templates, key
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
from seedlint.rules.chrome._block_rule import TEXTUAL

_FOOTER = "山城读书会每周三晚上在老图书馆见面"


class RepeatedBoilerplate(Rule):
    """The same lines stand in many files of a set.

    What begins or ends most files of a folder was written by the site, not by the
    authors, and nothing but the set can show it: a slogan, an address, a list of
    sections reads like any other text. Needs a template, learnt from a whole set; a
    hook that sees a few files of it has none and stays silent. Headings, tables and
    code are left alone.
    """

    code = "WEB008"
    phase = Phase.CHROME
    severity = Severity.WARNING
    regions = TEXTUAL
    gate = "seedlint.chrome.gate:is_of_a_set"
    template: ClassVar[Template] = Template(418, {key(_FOOTER): Count(412, 0, 412)})
    """The template that the examples were found with."""
    damaged = (
        Example(
            f"小船慢慢靠了岸，天已经黑了。\n\n{_FOOTER}\n",
            repaired="小船慢慢靠了岸，天已经黑了。\n",
        ),
    )
    sound = ("小船慢慢靠了岸，天已经黑了。\n", f"# {_FOOTER}\n\n上周三读的是一本游记。\n")

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report the blocks that the document's template knows."""
        known = document.template
        template = known.of(document.path or "") if isinstance(known, Templates) else known
        if isinstance(template, Template):
            for block in shared_blocks(document, template):
                yield self._found(block)

    def _found(self, block: SharedBlock) -> Diagnostic:
        safety = Safety.SAFE if block.safe else Safety.UNSAFE
        fix = Fix((Edit(block.cut.start, block.cut.end, ""),), safety)
        files = [count.files for count in block.counts]
        evidence = {
            "files": block.files,
            "lines": [line.text[:60] for line in block.lines],
            "shared by": files,
        }
        span = Span(block.lines[0].start, block.lines[-1].end)
        return self.at(span, f"{block.message()}", fix=fix, evidence=evidence)
